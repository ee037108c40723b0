"""Our two Anki note types: ids, fields, templates and look.

All of it is a promise to every student who has imported a deck: a field or template that is added, removed or moved
under the same id makes Anki refuse every further update of the notes (docs/promises.md). So there are spare ones.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

# Anki takes new templates and a new look only from a note type that is newer than the student's. Whoever changes a
# file of this folder sets this to the day of the change, in seconds since 1970; a test watches over it.
CHANGED = 1_795_564_800

MAIN_FIELDS = (
    "Question", "Answer", "Options", "Typed", "Accept", "Reverse", "Claim", "Hint", "Explanation", "Caution",
    "Notice", "Source", "Kind", "Language", "Id", "Spare 1", "Spare 2", "Spare 3", "Spare 4",
)  # fmt: skip
CLOZE_FIELDS = (
    "Text", "Claim", "Hint", "Explanation", "Caution", "Notice", "Source", "Kind", "Language", "Id",
    "Spare 1", "Spare 2", "Spare 3", "Spare 4",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Template:
    """One card of a note. `needs` is the field without which there is no such card."""

    name: str
    id: int
    front: str
    back: str
    needs: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type; the id of a field is `field_ids` and its position, `changed` when any of it last changed."""

    key: Literal["main", "cloze"]
    id: int
    name: str
    fields: tuple[str, ...]
    field_ids: int
    templates: tuple[Template, ...]
    style: str
    changed: int = field(default=CHANGED, repr=False)


def released() -> tuple[NoteType, ...]:
    """All note types, as the next release has them."""
    return main(), cloze()


@cache
def main() -> NoteType:
    """The note type of every kind but cloze, so that a question may change its kind and keep its history."""
    return NoteType(
        key="main",
        id=1_568_097_375_934,
        name="octdeck",
        fields=MAIN_FIELDS,
        field_ids=4_118_235_601_000,
        templates=(
            Template("Question", 7_350_914_226_001, _file("front.html"), _file("back.html"), "Question"),
            Template("Reverse", 7_350_914_226_002, _file("reverse-front.html"), _file("reverse-back.html"), "Reverse"),
            Template("Spare", 7_350_914_226_003, "{{#Spare 4}}{{Spare 4}}{{/Spare 4}}", "{{Spare 3}}", "Spare 4"),
        ),
        style=_file("style.css"),
    )


@cache
def cloze() -> NoteType:
    """The note type of gap texts."""
    return NoteType(
        key="cloze",
        id=1_469_318_266_789,
        name="octdeck cloze",
        fields=CLOZE_FIELDS,
        field_ids=4_118_235_602_000,
        templates=(Template("Cloze", 7_350_914_226_101, _file("cloze-front.html"), _file("cloze-back.html"), "Text"),),
        style=_file("style.css"),
    )


def _file(name: str) -> str:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return text.replace("/* card.js */", _file("card.js").strip()) if name.endswith(".html") else text
