"""A question that is withdrawn: students are told on the card, and no paper has it."""

import re
import zipfile
from pathlib import Path

import pypdf
import pytest

from octdeck.building import build, build_quiz
from octdeck.project import load
from octdeck.settings import Quiz
from support import START, YEAR, built, edit, kinds_bank, student

WITHDRAWN = "    cites: 4-5\n"


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    return kinds_bank(tmp_path)


def words(path: Path) -> str:
    """The words in a file for paper, whatever its format."""
    if path.suffix == ".pdf":
        return " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as document:
            return " ".join(re.sub("<[^>]+>", "", document.read(n).decode()) for n in document.namelist() if "xml" in n)
    return path.read_text(encoding="utf-8")


def test_it_prints_nowhere(decks: Path) -> None:
    """Neither sheet nor key, card nor table, in any format, has a word of a question that is retired."""
    edit(decks / "forms.yaml", WITHDRAWN, f"{WITHDRAWN}    retired: true\n")
    out = decks.parent / "out"

    build(load(decks), out, START, ["pdf", "html", "docx"])
    build_quiz(load(decks), Quiz(id="all", title="All"), out, ["pdf", "html", "docx", "cards", "csv"])

    texts = {path.name: words(path) for path in out.iterdir()}
    assert {path.suffix for path in out.iterdir()} == {".pdf", ".html", ".docx", ".csv"}
    assert "all-cards.pdf" in texts
    for name, text in texts.items():
        assert "Cormorant" not in text, name
        assert "Phalacrocorax" not in text, name
        assert "gave the island" not in " ".join(text.split()), name
    assert "lighthouse" in texts["all-A.pdf"]


def test_students_are_told_and_keep_their_reviews(decks: Path, tmp_path: Path) -> None:
    """The update brings a line on the card, before the question and with the answer, and the tag; reviews stay.

    When the question comes back, line and tag go.
    """
    package = decks.parent / "dist" / "kinds.apkg"
    built(decks)
    with student(tmp_path) as anna:
        anna.imports(package)
        for _ in range(3):
            anna.reviews_next("Kinds::All of them")
        reviews, schedule = anna.reviews(), anna.schedule()

        edit(decks / "forms.yaml", WITHDRAWN, f"{WITHDRAWN}    retired: true\n")
        built(decks, START + YEAR)
        log = anna.imports(package)
        (card,) = anna.cards("typed")
        retired = card.question(), card.answer(), anna.note("typed").tags
        found = anna.collection.find_cards("tag:retired")
        after = anna.reviews(), anna.schedule()

        edit(decks / "forms.yaml", f"{WITHDRAWN}    retired: true\n", WITHDRAWN)
        built(decks, START + 2 * YEAR)
        again = anna.imports(package)
        (card,) = anna.cards("typed")
        back = card.question(), anna.note("typed").tags

    assert (len(log.updated), len(log.new), len(again.updated)) == (1, 0, 1)
    assert all("This question was withdrawn." in side for side in retired[:2])
    assert "retired" in retired[2]
    assert card.id in found
    assert after == (reviews, schedule)
    assert "withdrawn" not in back[0]
    assert "retired" not in back[1]
