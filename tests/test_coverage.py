"""`octdeck coverage`: as text, as JSON, and as a page in a real browser."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

import browser as chromium
from browser import Browser
from octdeck import article
from octdeck.cli import main
from octdeck.questions import KINDS
from octdeck.writers import coverage_page
from support import edit, kinds_bank

BANK = "bank: harbours\ntitle: Harbours & <quays>\nthemes: {building: Building, trade: Trade}\n"
OLD = """
deck: Harbours
source: {id: old-port, title: The old port, skip: [1, 6]}
questions:
  - {id: cargo, question: "What left from the *east* quay?", answer: Slate, distractors: [Coal], themes: trade,
     cites: 3, difficulty: 1}
  - {id: years, cloze: "The mole was done in {{c1::1827}} after {{c2::*seven*}} years.", themes: building, cites: 2,
     claim: true}
  - {id: deeds, question: Who did what?, pairs: {Telford: drew, Evans: paid, Riga: bought}, themes: [building, trade],
     cites: [2-3, 3], difficulty: 2}
  - {id: ships, statement: "<b>Ships</b> came from Riga.", answer: true, themes: trade, cites: 3}
  - {id: old, question: What was it?, answer: A port, themes: trade, cites: 5, retired: true}
"""
NEW = """
deck: Other
source: {id: new-port, title: The new port}
questions:
  - {id: both, question: How do they differ?, answer: In age, themes: trade, cites: {old-port: 4, new-port: [7, 9]}}
"""
PORT = (
    "THE OLD PORT",
    "The mole was begun in 1820 and took seven years.",
    "Slate left from the east quay. <script>document.title = 'caught'</script>",
    "The new port took the coal.",
    "When tiles became cheap, the quarry closed, and after some years the ships stayed away for good.",
    "Photograph: the quay in winter",
)


def written(folder: Path, paragraphs: tuple[str, ...] | None = PORT, released: tuple[str, ...] | None = None) -> Path:
    """The bank of two articles, one of which may be at hand, or known from the lock file."""
    decks = folder / "decks"
    decks.mkdir()
    for name, text in (("bank", BANK), ("old-port", OLD), ("other", NEW)):
        (decks / f"{name}.yaml").write_text(text, encoding="utf-8")
    if paragraphs is not None:
        (folder / "articles").mkdir()
        (folder / "articles" / "old-port.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")
    if released is not None:
        digests = " ".join(article.parse("\n\n".join(released)).digests)
        text = f"octdeck-lock 1\nbank harbours\n\narticle old-port {digests}\n"
        (decks / "octdeck.lock").write_text(text, encoding="utf-8")
    return decks


def run(decks: Path, *options: str | Path) -> Result:
    return CliRunner().invoke(main, ["coverage", str(decks), *map(str, options)], catch_exceptions=False)


TEXT = """\
old-port: The old port
  6 paragraphs: 3 covered, 1 bare, 2 skipped
  bare          5    When tiles became cheap, the quarry closed, and after some years the …
  1 question    4
  2 questions   2
  3 questions   3
  skipped       1, 6
  themes        building: 2, trade: 4
  kinds         short-answer: 1, multiple-choice: 1, true-false: 1, cloze: 1, match: 1
  difficulty    1: 1, 2: 1, none said: 3

new-port: The new port
  how many paragraphs it has is not known: no article is at hand, and octdeck.lock has none of it
  1 question    7, 9
  themes        trade: 1
  kinds         short-answer: 1
  difficulty    none said: 1

all 5 questions
  themes        building: 2, trade: 4
  kinds         short-answer: 1, multiple-choice: 1, true-false: 1, cloze: 1, match: 1
  difficulty    1: 1, 2: 1, none said: 3

1 paragraph without a question
"""


def test_text(tmp_path: Path) -> None:
    """Each article with its bare paragraphs first, the others by how many questions cite them, and its questions."""
    result = run(written(tmp_path))

    assert (result.exit_code, result.stdout) == (0, TEXT)


def test_from_the_lock_file(tmp_path: Path) -> None:
    """Without the article, all numbers are the same; only its words are missing."""
    decks = written(tmp_path, None, PORT)

    result = run(decks)

    lines = TEXT.splitlines(keepends=True)
    lines[2] = "  bare          5\n"
    assert result.stdout == "".join(lines)


def test_json(tmp_path: Path) -> None:
    """The object that docs/promises.md promises, without a word of the article."""
    data = json.loads(run(written(tmp_path), "--format", "json").stdout)

    old, new = data.pop("articles")
    assert data == {
        "bank": "harbours",
        "title": "Harbours & <quays>",
        "questions": 5,
        "themes": {"building": 2, "trade": 4},
        "kinds": {kind.kind: 0 for kind in KINDS}
        | {"short-answer": 1, "multiple-choice": 1, "true-false": 1, "cloze": 1, "match": 1},
        "difficulties": {"1": 1, "2": 1, "3": 0, "none": 3},
        "uncited": [],
    }
    assert [(p["number"], p["status"], p["questions"]) for p in old["paragraphs"]] == [
        (1, "skipped", []),
        (2, "covered", ["years", "deeds"]),
        (3, "covered", ["cargo", "deeds", "ships"]),
        (4, "covered", ["both"]),
        (5, "bare", []),
        (6, "skipped", []),
    ]
    assert (old["covered"], old["bare"], old["skipped"], old["questions"]) == (3, 1, 2, 5)
    assert [(a["id"], a["known"], a["at_hand"], a["changed"]) for a in (old, new)] == [
        ("old-port", True, True, False),
        ("new-port", False, False, False),
    ]
    assert "quay." not in json.dumps(old)


def test_what_is_promised_of_the_json(tmp_path: Path) -> None:
    """docs/promises.md names each key of it."""
    promises = (Path(__file__).parents[1] / "docs" / "promises.md").read_text(encoding="utf-8")
    data = json.loads(run(written(tmp_path), "--format", "json").stdout)

    keys = {*data, *data["articles"][0], *data["articles"][0]["paragraphs"][0]}
    assert not {key for key in keys if f"`{key}`" not in promises}


def test_strict(tmp_path: Path) -> None:
    """`--strict` tells by its exit status whether a paragraph is bare."""
    decks = written(tmp_path)

    assert run(decks, "--strict").exit_code == 1
    edit(decks / "old-port.yaml", "skip: [1, 6]", "skip: [1, 5-6]")
    result = run(decks, "--strict")
    assert result.exit_code == 0
    assert result.stdout.endswith("of the articles that are known, every paragraph has a question or is skipped\n")


def test_an_article_that_changed(tmp_path: Path) -> None:
    """Paragraphs are counted as deck files count them, the text found where it is now."""
    decks = written(tmp_path, ("New", *PORT[:3], *PORT[4:]), PORT)
    out = tmp_path / "c.html"

    shown = run(decks).stdout
    run(decks, "--out", out)

    assert "  the article at hand is another one now; 'octdeck check' says what changed\n" in shown
    assert "  bare          5    When tiles became cheap" in shown
    page = out.read_text(encoding="utf-8")
    assert page.count("This paragraph is gone from the article.") == 1
    assert "octdeck check says what changed" in page


def test_questions_without_a_citation(tmp_path: Path) -> None:
    """They are named at the end."""
    decks = written(tmp_path)
    edit(decks / "other.yaml", ", cites: {old-port: 4, new-port: [7, 9]}", "")

    assert "  no citation   both\n" in run(decks).stdout


def test_an_article_without_questions(tmp_path: Path) -> None:
    """A deck file that only declares its source is bare all over."""
    decks = written(tmp_path)
    (decks / "other.yaml").write_text(NEW.split("questions:")[0] + "questions: []\n", encoding="utf-8")
    (tmp_path / "articles" / "new-port.md").write_text("One\n\nTwo", encoding="utf-8")

    assert "new-port: The new port\n  2 paragraphs: 0 covered, 2 bare, 0 skipped\n" in run(decks).stdout


def test_a_bank_without_articles(tmp_path: Path) -> None:
    """There is nothing to cover, and that is said."""
    decks = written(tmp_path)
    for name in ("old-port", "other"):
        (decks / f"{name}.yaml").write_text("deck: D\nquestions: []\n", encoding="utf-8")

    assert run(decks).stdout.endswith("no deck file has a source, so there is nothing to cover\n")
    assert run(decks, "--out", tmp_path / "c.html").exit_code == 0


def test_every_kind_has_its_place(tmp_path: Path) -> None:
    """Questions of all kinds come on the page, and each kind has a name there."""
    decks = kinds_bank(tmp_path)

    result = run(decks, "--out", tmp_path / "c.html")

    assert result.exit_code == 0
    assert set(coverage_page.KIND_NAMES) == {kind.kind for kind in KINDS}


def test_errors_come_first(tmp_path: Path) -> None:
    """With an error in the bank the numbers would be wrong: it is shown, and nothing else."""
    decks = written(tmp_path)
    edit(decks / "other.yaml", "themes: trade", "themes: tarde")

    result = run(decks, "--out", tmp_path / "c.html")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "error[OD103]" in result.stderr
    assert not (tmp_path / "c.html").exists()


def test_where_the_page_goes(tmp_path: Path) -> None:
    """The page has the article in it, so it is written only to a file that is named."""
    decks = written(tmp_path)
    before = sorted(tmp_path.rglob("*"))

    result = run(decks, "--format", "html")

    assert result.exit_code == 2
    assert "--out FILE" in result.stderr
    assert sorted(tmp_path.rglob("*")) == before
    assert run(decks, "--out", tmp_path / "c.txt").stdout == f"wrote {tmp_path / 'c.txt'}\n"
    assert (tmp_path / "c.txt").read_text(encoding="utf-8") == TEXT


# --- the page, in a browser -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.start() as started:
        yield started


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("coverage")
    run(written(folder), "--out", folder / "c.html")
    return (folder / "c.html").read_bytes()


@pytest.mark.browser
def test_each_paragraph_stands_beside_its_questions(browser: Browser, page: bytes) -> None:
    """Text and questions stand in one row; a bare paragraph is marked, and says what to write."""
    with browser.page(page) as shown:
        rows = shown.run(
            "[...document.querySelectorAll('.paragraph')].map(row => [row.querySelector('h3').textContent.trim(),"
            " row.querySelector('.text').innerText, row.querySelector('.questions').innerText, row.className])"
        )
        aligned = shown.run(
            "[...document.querySelectorAll('.paragraph')].every(row => Math.abs("
            "row.querySelector('.text').getBoundingClientRect().top"
            " - row.querySelector('.questions').getBoundingClientRect().top) < 2)"
        )

        assert [row[1] for row in rows[:6]] == list(PORT)
        assert rows[1][2].splitlines() == ["The mole was done in 1827 after seven years.", "Who did what?"]
        assert rows[4][0].endswith("5")
        assert (rows[4][2], rows[4][3]) == ("no question yet cites: 5", "paragraph bare")
        assert aligned
        assert shown.run("document.querySelectorAll('mark em').length") == 1
        assert shown.text(".state") == "Bare: 5. Skipped: 1, 6."


@pytest.mark.browser
def test_text_is_only_text(browser: Browser, page: bytes) -> None:
    """No markup of article, deck or bank becomes markup of the page, and no address is fetched."""
    with browser.page(page) as shown:
        assert shown.run("document.title") == "Coverage: Harbours & <quays>"
        assert shown.run("document.querySelectorAll('script, .questions b').length") == 0
        assert "<b>Ships</b> came from Riga." in shown.text()
        assert shown.errors() == []
        assert len(shown.addresses()) == 1


@pytest.mark.browser
def test_a_question_opens(browser: Browser, page: bytes) -> None:
    """A click on a question shows what is right, and what the question is."""
    with browser.page(page) as shown:
        shown.click("#old-port-3 li:nth-child(2) summary")

        opened = shown.text("#old-port-3 details[open]")
        assert "Telford – drew Evans – paid Riga – bought" in opened
        assert "deeds · match · understanding · Building · Trade · old-port.yaml, line 9" in opened


@pytest.mark.browser
def test_bare_paragraphs_alone(browser: Browser, page: bytes) -> None:
    """Without a script, a tick leaves only the paragraphs that have no question."""
    with browser.page(page) as shown:
        shown.click("#only-bare")

        left = "[...document.querySelectorAll('.paragraph')].filter(row => row.offsetParent).map(row => row.id)"
        assert shown.run(left) == ["old-port-5"]


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True])
def test_on_a_phone(browser: Browser, page: bytes, dark: bool) -> None:
    """At phone width nothing runs out of the page, the questions stand below their paragraph, and all can be read."""
    with browser.page(page, width=360, height=780, dark=dark) as shown:
        below = shown.run(
            "[...document.querySelectorAll('.paragraph')].every(row =>"
            " row.querySelector('.questions').getBoundingClientRect().top"
            " >= row.querySelector('.text').getBoundingClientRect().bottom)"
        )
        brightness = shown.run(
            "['html', '.bare .note strong', '.bare', '.text p'].map(name => {"
            " const style = getComputedStyle(document.querySelector(name));"
            " const value = /html|bare$/.test(name) ? style.backgroundColor : style.color;"
            " const [r, g, b] = value.match(/[0-9.]+/g).slice(0, 3).map(part => {"
            "  const share = part / 255; return share <= .03928 ? share / 12.92 : ((share + .055) / 1.055) ** 2.4; });"
            " return .2126 * r + .7152 * g + .0722 * b; })"
        )

        def contrast(one: float, other: float) -> float:
            return (max(one, other) + 0.05) / (min(one, other) + 0.05)

        paper, bare, wash, ink = brightness
        assert shown.run("document.documentElement.scrollWidth") == 360
        assert below
        assert (paper < ink) == dark
        assert contrast(bare, wash) > 4.5
        assert contrast(ink, paper) > 4.5


@pytest.mark.browser
def test_on_paper(browser: Browser, page: bytes) -> None:
    """Printed, all paragraphs and questions are there, and nothing to click."""
    with browser.page(page) as shown:
        text = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(shown.pdf())).pages)

        assert "the ships stayed away" in " ".join(text.split())
        assert "no question yet" in text
        assert "Who did what?" in text
        assert "Show bare paragraphs only" not in text
