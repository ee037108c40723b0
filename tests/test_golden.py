"""Golden files: what the writers make of the bank with every kind of question, to be read when it changes.

`make golden` writes them anew; the difference is part of the change.
"""

import hashlib
import json
import os
from pathlib import Path

import pypdf
import pytest

import octdeck
from octdeck import notes, notetypes
from octdeck.project import load
from support import KINDS, START

GOLDEN = Path(__file__).with_name("golden")


def check_golden(name: str, text: str) -> None:
    """Compare with the golden file, or write it where UPDATE_GOLDEN asks for it."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def test_notes() -> None:
    """Identity, fields, tags and cards of a note of every kind are what students have."""
    bank = load(KINDS).bank
    assert bank is not None

    shown = [
        {
            "guid": note.guid,
            "tags": " ".join(note.tags),
            "cards": note.cards,
            "digest": note.digest,
            "fields": {name: text for name, text in zip(_fields(note), note.fields, strict=True) if text},
        }
        for note in notes.of_bank(bank)
    ]
    check_golden("notes.json", as_json(shown))


@pytest.mark.parametrize("name", ["forms-quiz", "forms-key", "mixed-B", "mixed-key"])
def test_paper(name: str, tmp_path: Path) -> None:
    """The text of a sheet and of a key, as a PDF reader finds it."""
    octdeck.build(KINDS, tmp_path, formats=["pdf"], now=START)

    pages = [page.extract_text() for page in pypdf.PdfReader(tmp_path / f"{name}.pdf").pages]
    check_golden(f"{name}.txt", "\n\f\n".join(pages) + "\n")


def test_look_of_cards_is_dated() -> None:
    """Whoever changes a template or the style must raise `CHANGED`, or no student gets the change."""
    parts = repr((notetypes.main(), notetypes.cloze())).replace(f", changed={notetypes.CHANGED}", "")
    digest = hashlib.sha256(parts.encode()).hexdigest()
    before = json.loads((GOLDEN / "notetypes.json").read_text(encoding="utf-8"))
    if os.environ.get("UPDATE_GOLDEN") and before["changed"] < notetypes.CHANGED:
        check_golden("notetypes.json", as_json({"changed": notetypes.CHANGED, "digest": digest}))
        return

    assert (notetypes.CHANGED, digest) == (before["changed"], before["digest"])


def _fields(note: notes.Note) -> tuple[str, ...]:
    return notetypes.CLOZE_FIELDS if note.key[1] == "cloze" else notetypes.MAIN_FIELDS
