"""Sheets to the strip that a teacher marks them by: number, answer and points, all versions side by side."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from msgspec import Struct

from octdeck import markup
from octdeck.forms import answer
from octdeck.sheet import Entry, Sheet

_FEW: Final = 5
_ABREAST: Final = 5  # versions have room side by side


class Cell(Struct, frozen=True):
    """An answer on a marking strip: `marks` tells whether pupils mark it so (`B`, `3 1 2`) or write words."""

    text: str = ""
    marks: bool = False
    points: str = ""


class Strip(Struct, frozen=True):
    """What to mark all versions by: for each number a row, with the answer in each version.

    `headings` are those above the rows, empty where no section begins.
    """

    versions: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    headings: tuple[str, ...]
    totals: tuple[str, ...]


def needs_strip(sheets: Sequence[Sheet]) -> bool:
    """Whether a key to these versions begins with a strip; few answers are seen at a glance anyway."""
    return len(sheets) > 1 or len(sheets[0].entries) > _FEW


def marking_strip(sheets: Sequence[Sheet]) -> Strip:
    """For each number the answer in each version."""
    return Strip(
        versions=tuple(sheet.version for sheet in sheets),
        rows=tuple(tuple(map(_cell, row)) for row in zip_longest(*(sheet.entries for sheet in sheets))),
        headings=tuple(entry.heading for entry in max((sheet.entries for sheet in sheets), key=len)),
        totals=tuple(sheet.total for sheet in sheets),
    )


def strips(sheets: Sequence[Sheet]) -> list[Strip]:
    """The strips of a key, each of as many versions as have room side by side; none if it needs none."""
    side_by_side = (sheets[first : first + _ABREAST] for first in range(0, len(sheets), _ABREAST))
    return [marking_strip(some) for some in side_by_side] if needs_strip(sheets) else []


def _cell(entry: Entry | None) -> Cell:
    if entry is None:
        return Cell()
    right = answer(entry.form)
    words = (f"({label}) {markup.to_plain(runs)}" if label else markup.to_plain(runs) for label, runs in right.parts)
    return Cell(right.marks or " ".join(" ".join(words).split()), bool(right.marks), entry.points)
