"""Text that means something to a program on its way reaches students as the plain text that the teacher typed."""

import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

import browser as chromium
from browser import Browser
from octdeck import markup
from octdeck.building import build
from octdeck.project import load
from support import START, Student, student

TEXTS = (
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- x", "]]>", "&amp;", "&#60;b&#62;", "</style>"),
    *("{{Front}}", "{{c1::x}}", "{{#Question}}", "{{type:Answer}}", "}}", "{{", "{0} {name} %s", "{% x %}", "{#"),
    *("[sound:x.mp3]", "[latex]x[/latex]", "[$]x[/$]", "[$$]x[/$$]", "[anki:play:q:0]", "[[type:x]]"),
    *("\\x1f", "$x^2$", '#eval("1")', "#sys.inputs", "@cite", "= 1+1", "~", "// no", "/* no", "'\"’", "a::b"),
    *("$(reboot)", "%00", "''"),
)  # fmt: skip
ALL = " ¶ ".join(TEXTS)
NO_GAP = " ¶ ".join(text for text in TEXTS if "{{" not in text)  # a gap text takes all braces for gaps
IN_A_GAP = " ¶ ".join(text for text in TEXTS if "{{" not in text and "}}" not in text and "::" not in text)


def bank(folder: Path) -> Path:
    """A bank that has them all in every place where a text can stand."""
    decks = folder / "decks"
    decks.mkdir()
    common: dict[str, object] = {
        "themes": ["t"],
        "explain": f"explain {ALL}",
        "caution": f"caution {ALL}",
        "hint": f"hint {ALL}",
    }
    questions: list[dict[str, object]] = [
        {"id": "short", "question": f"Q {ALL}", "answer": f"A {ALL}", "claim": "true", "cites": "1"},
        {"id": "typed", "question": f"Q {ALL}", "answer": f"A {ALL}", "typed": "true", "accept": [f"also {ALL}"]},
        {"id": "reverse", "question": f"Q {ALL}", "answer": f"A {ALL}", "reverse": "true"},
        {"id": "choice", "question": f"Q {ALL}", "answer": f"A {ALL}", "distractors": [f"B {ALL}", f"C {ALL}"]},
        {"id": "true", "statement": f"S {ALL}", "answer": "true"},
        {"id": "cloze", "cloze": f"{NO_GAP} {{{{c1::A {IN_A_GAP}::hint {IN_A_GAP}}}}} {{{{c2::b}}}} {NO_GAP}"},
        {"id": "order", "question": f"Q {ALL}", "order": [f"{n} {ALL}" for n in "ABC"]},
        {"id": "match", "question": f"Q {ALL}", "pairs": {f"{n} {ALL}": f"to {n} {ALL}" for n in "ABC"}},
    ]
    source = {key: f"{key} {ALL}" for key in ("title", "short", "author", "publisher", "issue", "date")}
    deck = {
        "deck": f"Deck {ALL.replace('::', ':')}"[:200].strip(),
        "source": {"id": "s", **source},
        "questions": [common | question for question in questions],
    }
    sections = [{"title": f"section {ALL}"}]
    head = {
        "bank": "kinds",
        "title": f"bank {ALL}",
        "school": f"school {ALL}",
        "author": f"author {ALL}",
        "themes": {"t": f"theme {ALL}"},
        "quizzes": [
            {"id": "q", "title": f"quiz {ALL}", "sections": sections, "versions": 2, "to": ["pdf", "html", "docx"]}
        ],
    }
    for name, data in (("bank.yaml", head), ("deck.yaml", deck)):
        (decks / name).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return decks


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is made of it, in every format."""
    folder = tmp_path_factory.mktemp("hostile")
    project = load(bank(folder))
    assert not project.failed, project.diagnostics
    build(project, folder / "dist", START, ["anki", "pdf", "html", "docx"])
    return folder / "dist"


class _Shown(HTMLParser):
    """The text of HTML, and its tags with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.feed(text)
        self.close()

    def handle_data(self, data: str) -> None:
        if not self.tags or self.tags[-1] not in ("style", "script"):
            self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")


def squeezed(text: str) -> str:
    """Without what lines and columns make of it."""
    return re.sub(r"[\s\u00ad\u200b]+", "", text)


def test_they_are_no_markdown() -> None:
    """What follows is about text that Markdown leaves alone."""
    assert markup.plain(ALL) == ALL


# --- Anki -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def anna(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Student]:
    """A student who has imported the package."""
    with student(tmp_path_factory.mktemp("anna")) as someone:
        someone.imports(dist / "kinds.apkg")
        yield someone


@pytest.mark.parametrize("id_", ["short", "typed", "reverse", "choice", "true", "order", "match"])
def test_in_anki(id_: str, anna: Student) -> None:
    """The real Anki shows it on both sides of each card, plays nothing, fills in nothing and typesets nothing."""
    for card in anna.cards(id_):
        front, back = _Shown(card.question()), _Shown(card.answer())

        assert squeezed(ALL) in squeezed(front.text)
        assert squeezed(back.text).count(squeezed(ALL)) >= 3  # with explanation and caution
        assert not card.question_av_tags()
        assert not card.answer_av_tags()
        assert "img" not in front.tags + back.tags
        assert not {name for name in front.attributes | back.attributes if name.startswith("on")}


def test_in_a_gap_text(anna: Student) -> None:
    """So does it in a gap, in its hint and around it."""
    first, second = anna.cards("cloze")

    assert squeezed(NO_GAP) in squeezed(_Shown(first.question()).text)
    assert squeezed(f"[hint {IN_A_GAP}]") in squeezed(_Shown(first.question()).text)
    assert squeezed(f"A {IN_A_GAP}") in squeezed(_Shown(first.answer()).text)
    assert squeezed(f"A {IN_A_GAP}") in squeezed(_Shown(second.question()).text)


def test_the_collection_is_sound(anna: Student) -> None:
    """Anki finds nothing to mend, no card is empty, and no file is missed."""
    assert anna.is_sound()
    assert not anna.collection.media.check().missing


# --- paper ----------------------------------------------------------------------------------------------------------


PLACES = {
    "deck-quiz": ("Q", "B", "C", "S", "hint", "school", "to A", "to B", "bank"),
    "deck-key": ("A", "explain", "caution", "also", "author", "publisher", "issue", "date", "theme"),
    "q-A": ("Q", "B", "C", "S", "hint", "school", "section", "quiz"),
    "q-key": ("A", "explain", "caution", "also", "section"),
}


@pytest.mark.parametrize("name", PLACES)
def test_in_word(name: str, dist: Path) -> None:
    """Word gets it as text: what python-docx reads back is what was typed."""
    document = docx.Document(str(dist / f"{name}.docx"))
    text = squeezed("".join(node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t")))
    text += squeezed(
        "".join(node.text or "" for part in document.sections for node in part.header._element.iter() if node.text)
    )

    for place in PLACES[name]:
        assert squeezed(f"{place} {ALL}") in text, place


@pytest.mark.parametrize("name", PLACES)
def test_in_pdf(name: str, dist: Path) -> None:
    """So does the PDF, read back with pypdf."""
    text = squeezed(
        "".join(page.extract_text() for page in PdfReader(io.BytesIO((dist / f"{name}.pdf").read_bytes())).pages)
    )

    for place in PLACES[name]:
        assert squeezed(f"{place} {ALL}") in text, place


@pytest.mark.browser
@pytest.mark.parametrize("name", PLACES)
def test_in_a_browser(name: str, dist: Path, browser: Browser) -> None:
    """A browser shows it, runs nothing of it and loads nothing for it."""
    with browser.page((dist / f"{name}.html").read_bytes()) as page:
        text = squeezed(page.run("document.body.textContent"))

        for place in PLACES[name]:
            assert squeezed(f"{place} {ALL}") in text, place
        assert page.errors() == []
        assert page.events("Page.javascriptDialogOpening") == []
        assert page.run("document.querySelectorAll('img, [onerror]').length") == 0
        assert page.run("document.title").replace(" ", "") != ""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.start() as running:
        yield running
