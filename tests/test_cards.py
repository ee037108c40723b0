"""What the cards do in a browser, as Anki shows them: options mixed by the day, taps, typed answers, no script."""

import json
from collections.abc import Iterator

import pytest

import browser as chromium
from browser import Browser, Page
from support import Student, built, kinds_bank, student

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.start() as running:
        yield running


@pytest.fixture(scope="module")
def anna(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Student]:
    """A student with the bank of every kind of question."""
    folder = tmp_path_factory.mktemp("cards")
    built(kinds_bank(folder))
    with student(folder) as someone:
        someone.imports(folder / "dist" / "kinds.apkg")
        yield someone


def sides(anna: Student, question: str, typed: str = "") -> tuple[str, str]:
    """Front and back of a question's first card, as Anki's reviewer puts them together."""
    card = anna.cards(question)[0]
    front = card.question().replace("[[type:Typed]]", "<input id=typeans>")
    compared = anna.collection.compare_answer(anna.note(question)["Typed"], typed) if typed else ""
    return tuple(
        f'<body class="card"><div id="qa">{side}</div>'
        for side in (front, card.answer().replace("[[type:Typed]]", compared))
    )  # type: ignore[return-value]


def on_day(day: int, html: str) -> str:
    """The page, with a clock that shows another day."""
    return f"<script>Date.now = () => {day * 86_400_000 + 5};</script>{html}"


def options(page: Page) -> list[str]:
    """The options as they are shown, from top to bottom."""
    shown = page.run("JSON.stringify([...document.querySelectorAll('ul.options > li')].map(li => li.textContent))")
    found: list[str] = json.loads(shown)
    return found


def shown(browser: Browser, html: str) -> list[str]:
    with browser.page(html) as page:
        assert page.errors() == []
        return options(page)


@pytest.mark.parametrize("question", ["choice", "several", "sequence", "roles"])
def test_same_order_on_both_sides(browser: Browser, anna: Student, question: str) -> None:
    """Options are mixed, and stand in the same order on the front and on the back of one day."""
    front, back = sides(anna, question)

    assert shown(browser, front) == shown(browser, back)


def test_another_order_another_day(browser: Browser, anna: Student) -> None:
    """Over two weeks the options come in many orders, `last` always last, `fixed` always as written."""
    front, fixed = sides(anna, "choice")[0], sides(anna, "fixed")[0]
    orders = [shown(browser, on_day(day, front)) for day in range(20_000, 20_014)]

    assert len({tuple(order) for order in orders}) >= 4
    assert {order[-1] for order in orders} == {"None of these"}
    assert {tuple(shown(browser, on_day(day, fixed))) for day in (20_000, 20_001, 20_002)} == {("1879", "1884", "1891")}


def test_an_order_never_comes_solved(browser: Browser, anna: Student) -> None:
    """On no day do the steps stand in the right order already."""
    front = sides(anna, "sequence")[0]

    assert all(shown(browser, on_day(day, front)) != ["Dredging", "Piling", "Paving"] for day in range(20_000, 20_014))


def test_tapping_an_option(browser: Browser, anna: Student) -> None:
    """A tap marks an option; a second tap elsewhere moves the mark, or adds one where several are right."""
    marked = "document.querySelectorAll('ul.options > li[aria-pressed=true]').length"
    for question, expected in (("choice", 1), ("several", 2), ("statement", 1)):
        with browser.page(sides(anna, question)[0]) as page:
            assert page.run(marked) == 0
            page.click("ul.options > li:nth-child(1)")
            page.click("ul.options > li:nth-child(2)")

            assert page.run(marked) == expected
            assert page.errors() == []


def test_the_right_option_shows_on_the_back_only(browser: Browser, anna: Student) -> None:
    """Front and back show the same list; only the back makes the right option look different, also without script."""
    look = "(() => { const c = s => getComputedStyle(document.querySelector(s)).backgroundColor; return "
    look += "c('ul.options > li.right') === c('ul.options > li:not(.right)') })()"
    front, back = sides(anna, "choice")
    for scripts in (True, False):
        with browser.page(front, scripts=True) as page:
            assert page.run(look) is True
        with browser.page(back, scripts=scripts) as page:
            if scripts:
                assert page.run(look) is False
            assert "Slate" in page.text()


@pytest.mark.parametrize(("typed", "accepted"), [("cormorant", True), ("Phalacrocorax", True), ("gull", False)])
def test_typed_answers(browser: Browser, anna: Student, typed: str, accepted: bool) -> None:
    """What was typed counts as right whatever its capitals, and so do the other right answers; nothing else does."""
    with browser.page(sides(anna, "typed", typed)[1]) as page:
        assert page.run("document.querySelector('.typed').className.includes('accepted')") is accepted
        assert page.errors() == []


@pytest.mark.parametrize("width", [360, 900])
def test_nothing_is_wider_than_the_screen(browser: Browser, anna: Student, width: int) -> None:
    """No card needs sideways scrolling, on a phone or on a desktop."""
    for question in ("short", "typed", "choice", "gaps", "sequence", "roles", "judgement", "withdrawn"):
        for side in sides(anna, question):
            with browser.page(side, width=width, height=700) as page:
                assert page.run("document.documentElement.scrollWidth <= innerWidth")
