"""Our three Anki note types: ids, fields, templates and look.

All of it is a promise to every student who has imported a deck: a field or template that is added, removed or moved
under the same id makes Anki refuse every further update of the notes (docs/promises.md). So there are spare ones.
"""

from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

from msgspec import Struct

Key: TypeAlias = Literal["main", "cloze", "occlusion"]
"""What the lock file calls a note type, and a part of each note's identity."""

# Anki takes new templates and a new look only from a note type that is newer than the student's. Whoever changes a
# file of this folder sets this to the day of the change, in seconds since 1970; a test watches over it.
CHANGED = 1_795_638_000

MAIN_FIELDS = (
    "Question", "Answer", "Options", "Typed", "Accept", "Reverse", "Claim", "Hint", "Explanation", "Caution",
    "Notice", "Source", "Kind", "Language", "Id", "Spare 1", "Spare 2", "Spare 3", "Spare 4",
)  # fmt: skip
CLOZE_FIELDS = (
    "Text", "Claim", "Hint", "Explanation", "Caution", "Notice", "Source", "Kind", "Language", "Id",
    "Spare 1", "Spare 2", "Spare 3", "Spare 4",
)  # fmt: skip

OCCLUSION_FIELDS = (
    "Occlusion", "Image", "Header", "Back Extra", "Comments",  # Anki's own, in Anki's order
    "Answers", "Claim", "Hint", "Caution", "Notice", "Source", "Kind", "Language", "Id",
    "Spare 1", "Spare 2", "Spare 3", "Spare 4",
)  # fmt: skip


class Template(Struct, frozen=True):
    """One card of a note. `needs` is the field without which there is no such card."""

    name: str
    id: int
    front: str
    back: str
    needs: str


class NoteType(Struct, frozen=True):
    """A note type; the id of a field is `field_ids` and its position, `changed` when any of it last changed.

    `stock`: the number of Anki's own note type whose place it takes in the app, whose fields are the first of its own.
    """

    key: Key
    id: int
    name: str
    fields: tuple[str, ...]
    field_ids: int
    templates: tuple[Template, ...]
    style: str
    changed: int = CHANGED
    stock: int = 0

    @property
    def is_cloze(self) -> bool:
        """Whether its cards follow from the numbers in a field, not from templates."""
        return self.key != "main"


def released() -> tuple[NoteType, ...]:
    """All note types, as the next release has them."""
    return main(), cloze(), occlusion()


def key_of(kind: str) -> Key:
    """Which note type the questions of a kind have."""
    return "cloze" if kind == "cloze" else "occlusion" if kind == "occlusion" else "main"


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


@cache
def occlusion() -> NoteType:
    """The note type of pictures with regions: to the app it is Image Occlusion, so it shows and edits them as such."""
    front, back = _file("occlusion-front.html"), _file("occlusion-back.html")
    return NoteType(
        key="occlusion",
        id=1_622_904_518_347,
        name="octdeck image occlusion",
        fields=OCCLUSION_FIELDS,
        field_ids=4_118_235_603_000,
        templates=(Template("Image Occlusion", 7_350_914_226_201, front, back, "Occlusion"),),
        style=_file("style.css"),
        stock=6,
    )


def _file(name: str) -> str:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return text.replace("/* card.js */", _file("card.js").strip()) if name.endswith(".html") else text
