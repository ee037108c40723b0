"""The strip that a teacher marks by, as a table for Word."""

from typing import Final

from octdeck.manuscript import Grid, GridCell, Para
from octdeck.markup import Run
from octdeck.strip import Cell, Strip
from octdeck.words import Words

_TWIPS: Final = 1440 / 25.4  # a millimetre
_NUMBER: Final = round(8 * _TWIPS)
_POINTS: Final = round(12 * _TWIPS)
_ROW: Final = round(4.6 * _TWIPS)
_LETTER: Final = 1.45 * _TWIPS  # the width of one
_SIDES: Final = 3 * _TWIPS  # left and right of what stands in a cell
_ROWS: Final = 44  # fit on the first page


def columns_of(strip: Strip) -> int:
    """In how many columns the strip stands, so that it fits on one page if it can."""
    rows = len(strip.rows) + sum(map(bool, strip.headings))
    most = {1: 3, 2: 2}.get(len(strip.versions), 1)
    least = 2 if len(strip.versions) == 1 else 1
    return min(most, max(least, -(-rows // _ROWS)))


def grid(strip: Strip, words: Words, width: int) -> Grid:
    """The strip as a table so wide, in twips."""
    count = len(strip.versions)
    answer = (width - _NUMBER) // count - _POINTS
    letters = int((answer - _SIDES) / _LETTER)

    def line(style: str, text: str, *, strong: bool = False, columns: int = 1) -> GridCell:
        return GridCell(Para(style, (Run(text, strong=strong),) if text else ()), columns)

    def shown(cell: Cell) -> tuple[GridCell, GridCell]:
        text = cell.text if len(cell.text) <= letters else f"{cell.text[: letters - 1].rstrip()}…"
        return line("Strip", text, strong=cell.marks), line("Strip points", cell.points)

    head = [line("Strip", "")]
    foot = [line("Strip", words.total, columns=2)]
    for number, (version, total) in enumerate(zip(strip.versions, strip.totals, strict=True)):
        head += (line("Strip", version, strong=True), line("Strip points", words.points))
        foot += (*([line("Strip", "")] if number else []), line("Strip points", total, strong=True))
    rows = [tuple(head)]
    for number, (row, heading) in enumerate(zip(strip.rows, strip.headings, strict=True), 1):
        if heading:
            rows.append((line("Strip heading", heading, columns=1 + 2 * count),))
        rows.append((line("Strip points", str(number)), *(cell for answer in row for cell in shown(answer))))
    return Grid((_NUMBER, *(answer, _POINTS) * count), _ROW, (*rows, tuple(foot)))
