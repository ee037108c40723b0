"""Sections of a quiz: what comes into each, in which order, and their headings on paper."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pypdf import PdfReader

import browser as chromium
from browser import Browser
from octdeck import quiz
from octdeck.bank import Bank
from octdeck.cli import main
from octdeck.languages import languages
from octdeck.look import LAYOUTS, Layout, Look
from octdeck.questions import Choice
from octdeck.readers import yaml
from octdeck.settings import Grouping, Quiz, Section
from octdeck.sheet import Sheet, from_bank
from octdeck.words import words_of
from octdeck.writers import docx, html, pdf
from support import kinds_bank
from test_paper import pages

HEAD = "bank: b\ntitle: T\nthemes: {trade: Trade, ships: Ships, people: People}\n"
DECKS = {
    "a": "deck: 'All::Old port'\nsource: {id: old, title: The old port}\ndefaults: {cites: 1}\nquestions:\n",
    "b": "deck: 'All::New port'\nsource: {id: new, title: The new port}\ndefaults: {cites: 1}\nquestions:\n",
}


def choices(name: str, count: int, more: str) -> str:
    return "".join(
        f"  - {{id: {name}{n}, question: Q {name}{n}?, answer: yes, distractors: [no, maybe, never], {more}}}\n"
        for n in range(count)
    )


def statements(name: str, count: int, more: str) -> str:
    return "".join(f"  - {{id: {name}{n}, statement: S {name}{n}, answer: true, {more}}}\n" for n in range(count))


QUESTIONS = {
    "a": choices("c", 9, "themes: trade, difficulty: 1") + statements("s", 5, "themes: ships, difficulty: 3"),
    "b": choices("d", 8, "themes: [people, trade]")
    + "  - {id: w, question: W?, answer: w, themes: people, difficulty: 2}\n",
}


def read(quizzes: str = "") -> Bank:
    decks = [(Path(f"{name}.yaml"), (DECKS[name] + QUESTIONS[name]).encode()) for name in DECKS]
    bank, found = yaml.read((Path("bank.yaml"), (HEAD + quizzes).encode()), decks)
    assert found == []
    assert bank is not None
    return bank


def sections(made: Bank) -> dict[str, list[str]]:
    """The ids of the questions under each heading, in order; a heading that came twice would fail."""
    shown = from_bank(made, "Z").entries
    found: dict[str, list[str]] = {}
    for entry in shown:
        if entry.heading:
            assert entry.heading not in found
            found[entry.heading] = []
        list(found.values())[-1].append(entry.id)
    assert [entry.number for entry in shown] == list(range(1, len(shown) + 1))
    return found


LISTED = (
    Section(title="To choose", kinds=("multiple-choice",), themes=("trade",), count=6),
    Section(title="All the rest on trade", themes=("trade",)),
    Section(title="True or not", kinds=("true-false",), count=3),
)


@given(st.integers(0, 999))
@settings(deadline=None)
def test_listed_sections(seed: int) -> None:
    """Each section has what it asks for and no question of another, and all versions have the same sections."""
    made = quiz.versions(read(), Quiz(id="z", title="Z", seed=seed, versions=3, sections=LISTED))
    first, *others = [sections(version) for _, version in made]

    assert list(first) == ["To choose", "All the rest on trade", "True or not"]
    assert [len(ids) for ids in first.values()] == [6, 11, 3]
    assert sorted(first["To choose"] + first["All the rest on trade"]) == sorted(
        [f"c{n}" for n in range(9)] + [f"d{n}" for n in range(8)]
    )
    for other in others:
        assert list(other) == list(first)
        assert {name: set(ids) for name, ids in other.items()} == {name: set(ids) for name, ids in first.items()}
        assert other != first


def test_the_quiz_s_own_settings_hold_for_all_sections() -> None:
    """What the quiz asks for narrows every section."""
    wanted = Quiz(id="z", title="Z", decks=("a",), difficulty=(1, 3), sections=LISTED)

    ((_, made),) = quiz.versions(read(), wanted)

    assert {name: len(ids) for name, ids in sections(made).items()} == {
        "To choose": 6,
        "All the rest on trade": 3,
        "True or not": 3,
    }
    assert {item.deck.file for item in made.items} == {"a"}


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("kind", {"Multiple choice": 17, "True or false?": 5, "Short answers": 1}),
        ("theme", {"Trade": 9, "Ships": 5, "People": 9}),
        ("deck", {"Old port": 14, "New port": 9}),
        ("difficulty", {"Knowing": 9, "Understanding": 1, "Comparing and judging": 5, "Other questions": 8}),
    ],
)
def test_one_word_groups_what_was_picked(by: Grouping, expected: Mapping[str, int]) -> None:
    """One word puts the questions into sections by kind, theme, deck or difficulty, and picks the same questions."""
    source = read()
    wanted = Quiz(id="z", title="Z", versions=2)
    plain = quiz.versions(source, wanted)

    for (_, made), (_, before) in zip(quiz.versions(source, replace(wanted, sections=by)), plain, strict=True):
        assert {name: len(ids) for name, ids in sections(made).items()} == expected
        assert list(sections(made)) == list(expected)
        assert {item.question.id for item in made.items} == {item.question.id for item in before.items}


@pytest.mark.parametrize("language", sorted(languages()))
@pytest.mark.parametrize("by", ["kind", "difficulty"])
def test_headings_in_every_language(language: str, by: Grouping) -> None:
    """The headings that octdeck itself gives come in the bank's language, each of them another."""
    ((_, made),) = quiz.versions(replace(read(), language=language), Quiz(id="z", title="Z", sections=by))

    words = words_of(language)
    headings = (words.kinds if by == "kind" else words.difficulties).values()
    found = list(sections(made))
    assert found == [heading for heading in headings if heading in found]
    assert len(found) == {"kind": 3, "difficulty": 4}[by]


@given(st.integers(0, 999))
@settings(deadline=None)
def test_right_letters_are_spread_over_the_whole_sheet(seed: int) -> None:
    """Over a sheet with sections, each letter is the right one equally often, to within one."""
    wanted = Quiz(id="z", title="Z", seed=seed, versions=2, sections=LISTED)
    for _, made in quiz.versions(read(), wanted):
        letters = Counter(
            item.options.index(item.question.answer[0]) for item in made.items if isinstance(item.question, Choice)
        )

        assert sum(letters.values()) == 17
        assert max(letters.values()) - min(letters[place] for place in range(4)) <= 1


@pytest.mark.parametrize(
    ("written", "line", "said"),
    [
        ("[{title: A, kinds: order}]", 1, "OD206 0 questions fit this section, and a section needs one"),
        ("[{title: A, themes: trade},\n      {title: B, themes: trade, count: 1}]", 2, "OD206 0 questions fit"),
        ("[{title: A, themes: trade, count: 50}]", 1, "OD206 17 questions fit this section, and 50 are asked for"),
        ("[{title: A},\n      {title: B, themes: [ships, shps]}]", 2, "OD103 unknown theme 'shps'"),
        ("[{title: A, questions: [c0, x]}]", 1, "OD206 unknown question 'x'"),
        ("[{title: A, them: ships}]", 1, "OD101 unknown key 'them'"),
        ("[{kinds: cloze}]", 1, "OD102 'title' is missing"),
        ("[{title: A, kinds: poem}]", 1, "OD110 'kinds' cannot be 'poem'"),
        ("[]", 1, "OD104 there is no section here"),
        ("{title: A}", 1, "OD104 'sections' is a list, not 'key: value' lines"),
        ("kinds", 1, "OD110 'sections' cannot be 'kinds'"),
        ("[{title: A}]\n    count: 5", 2, "OD213 'count' does not go with a list of sections"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_place(written: str, line: int, said: str) -> None:
    """A section that cannot be made, or is written wrongly, is told where it stands."""
    text = f"{HEAD}quizzes:\n  - {{id: z, title: Z}}\n  - id: y\n    title: Y\n    sections: {written}\n"
    decks = [(Path(f"{name}.yaml"), (DECKS[name] + QUESTIONS[name]).encode()) for name in DECKS]

    bank, found = yaml.read((Path("bank.yaml"), text.encode()), decks)
    (finding,) = found or quiz.check(bank)  # type: ignore[arg-type]

    assert f"{finding.code} {finding.message}".startswith(said)
    assert finding.span.line == text[: text.index("sections")].count("\n") + line
    assert finding.hint


# --- on paper -------------------------------------------------------------------------------------------------------


def long_sheets(letters: str = "") -> list[Sheet]:
    """Many questions of different lengths, in sections of three; each section begins with a high one."""
    items = "".join(
        f"  - {{id: q{n}, question: 'start{n}{' word' * (n * 37 % 90)}', answer: a, themes: trade, lines: {lines}}}\n"
        for n, lines in enumerate(n % 5 + 4 * (n % 3 == 0) for n in range(45))
    )
    bank, found = yaml.read((Path("bank.yaml"), HEAD.encode()), [(Path("a.yaml"), (DECKS["a"] + items).encode())])
    assert found == []
    assert bank is not None
    parts = tuple(
        Section(title=f"Heading{n:02}", questions=tuple(f"q{i}" for i in range(3 * n, 3 * n + 3))) for n in range(15)
    )
    wanted = Quiz(id="z", title="Z", sections=parts, versions=len(letters) or 1)
    return [from_bank(made, "Z", letter if letters else "") for letter, made in quiz.versions(bank, wanted)]


def alone(texts: list[str], shown: Sheet) -> list[str]:
    """The headings that are not on one page with the question below them."""
    return [
        entry.heading
        for entry in shown.entries
        if entry.heading
        and not any(
            entry.heading in text and re.search(rf"\b{''.join(p.text for p in entry.stem).split()[0]}\b", text)  # type: ignore[union-attr]
            for text in texts
        )
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_heading_stays_with_its_question(layout: Layout) -> None:
    """In the PDF each heading stands on one page with the first question of its section, in every layout."""
    (shown,) = long_sheets()
    texts = pages(pdf.quiz(shown, Look(layout=layout)))

    assert len(texts) > 3
    assert alone(texts, shown) == []


def test_a_heading_above_a_question_longer_than_a_page() -> None:
    """A heading stands right above its question even where that is longer than a page and breaks."""
    long = f"  - {{id: x, question: 'begin {'word ' * 1500}', answer: a, themes: trade}}\n"
    bank, _ = yaml.read(
        (Path("bank.yaml"), HEAD.encode()),
        [(Path("a.yaml"), (DECKS["a"] + choices("c", 3, "themes: ships") + long).encode())],
    )
    assert bank is not None
    parts = (Section(title="One", themes=("ships",)), Section(title="Heading", themes=("trade",)))
    ((_, made),) = quiz.versions(bank, Quiz(id="z", title="Z", sections=parts))

    texts = pages(pdf.quiz(from_bank(made)))

    assert [("Heading" in text, "begin" in text) for text in texts][:3].count((True, True)) == 1
    assert sum(text.count("word") for text in texts) == 1500


def roles(data: bytes) -> list[str]:
    from test_paper import roles as of

    root = PdfReader(io.BytesIO(data)).trailer["/Root"]
    return [role for role in of(root["/StructTreeRoot"]["/K"]) if role.startswith("/H")]  # type: ignore[index]


def test_headings_are_headings() -> None:
    """A screen reader finds the sections in the PDF: below the title on the sheet, below each version in the key."""
    sheets = [
        from_bank(made, "Z", letter)
        for letter, made in quiz.versions(read(), Quiz(id="z", title="Z", versions=2, sections=LISTED))
    ]

    assert roles(pdf.quiz(sheets[0])) == ["/H1", "/H2", "/H2", "/H2"]
    assert roles(pdf.key(sheets)) == ["/H1", *["/H2", "/H3", "/H3", "/H3"] * 2, "/H2"]


@pytest.mark.parametrize("letters", ["", "AB", "ABCDE"])
def test_key_and_strip_have_the_sections(letters: str) -> None:
    """Each heading stands in the key once in the strip and once for each version, with its first question."""
    sheets = long_sheets(letters)
    texts = pages(pdf.key(sheets))
    count = Counter(re.findall(r"Heading\d\d", " ".join(texts)))

    assert set(count.values()) == {1 + len(sheets)}
    strip, rest = texts[0], texts[1:]
    assert all(f"Heading{n:02}" in strip for n in range(15))
    for shown in sheets:
        assert alone(rest if letters else texts, shown) == []


def test_word_has_the_sections() -> None:
    """In Word, headings keep to the next paragraph, numbers run through, and the key has them too."""
    sheets = long_sheets("AB")
    for data, style, times in (
        (docx.quiz(sheets[0], Look()), "Heading 1", 1),
        (docx.key(sheets, Look()), "Heading 2", 2),
    ):
        document = Document(io.BytesIO(data))
        found = [p for p in document.paragraphs if p.style and p.style.name == style]

        assert [p.text for p in found] == [f"Heading{n:02}" for n in range(15)] * times
        assert all(p.paragraph_format.keep_with_next for p in found)
    (numbers,) = {p._p.xml.count("w:numPr") for p in Document(io.BytesIO(docx.quiz(sheets[0], Look()))).paragraphs}
    assert numbers == 0  # none restarts: all are counted by their style
    (table,) = Document(io.BytesIO(docx.key(sheets, Look()))).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert [row[0] for row in rows if row[0].startswith("Heading")] == [f"Heading{n:02}" for n in range(15)]
    assert [row[0] for row in rows if row[0].isdigit()] == [str(n) for n in range(1, 46)]


def test_web_page_has_the_sections() -> None:
    """On the web page the sections are headings, and lists that go on counting."""
    (shown,) = long_sheets()
    page = html.quiz(shown, Look()).decode()

    assert re.findall(r'<h2 class="section">(\w+)</h2>\s*<ol class="questions"(?: start="(\d+)")?>', page) == [
        (f"Heading{n:02}", str(3 * n + 1) if n else "") for n in range(15)
    ]
    key = html.key([shown], Look()).decode()
    assert len(re.findall(r'<h3 class="section">', key)) == 15
    assert len(re.findall(r'<tr class="section">', key)) == 15


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.start() as one:
        yield one


@pytest.mark.browser
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_printed_web_page_keeps_headings(browser: Browser, layout: Layout) -> None:
    """Printed from a browser, a heading stays with its first question, and all can still be answered and checked."""
    (shown,) = long_sheets()
    with browser.page(html.quiz(shown, Look(layout=layout))) as page:
        page.click(".finish .first")

        assert page.run("document.querySelectorAll('.feedback .solution').length") == 45
        assert alone(pages(page.pdf()), shown) == []
        assert page.errors() == []


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`octdeck quiz --sections kind` prints the headings; an unknown word is wrong usage that lists them."""
    monkeypatch.chdir(tmp_path)
    kinds_bank(tmp_path)
    runner = CliRunner()

    made = runner.invoke(main, ["quiz", "--sections", "kind"], catch_exceptions=False)
    wrong = runner.invoke(main, ["quiz", "--sections", "size"], catch_exceptions=False)

    assert made.exit_code == 0
    text = " ".join(pages(Path("dist/quiz-A.pdf").read_bytes()))
    found = [text.find(heading) for heading in ("Multiple choice", "Fill in the gaps", "Matching", "Short answers")]
    assert -1 < found[0] < found[1] < found[2] < found[3]
    assert wrong.exit_code == 2
    assert "'sections' cannot be 'size'; write kind, theme, deck, difficulty" in wrong.stderr
