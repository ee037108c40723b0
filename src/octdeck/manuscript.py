"""What a document for Word consists of: paragraphs in styles, cells, sections; ooxml.py makes a file of it."""

from collections.abc import Sequence
from typing import TypeAlias, assert_never

from msgspec import Struct
from msgspec.structs import replace

from octdeck.markup import Run


class Label(Struct, frozen=True):
    """Text in a character style."""

    text: str
    style: str


class Tab(Struct, frozen=True):
    """A jump to the next tab stop, in a character style if it shall be seen."""

    style: str = ""


class Field(Struct, frozen=True):
    """What Word counts itself: PAGE or NUMPAGES."""

    code: str


class Picture(Struct, frozen=True):
    """A png or jpg, as large as fits into so many millimetres; `name` is read out to who cannot see it."""

    data: bytes
    name: str
    width: float
    height: float


Piece: TypeAlias = Run | Label | Tab | Field | Picture


class Para(Struct, frozen=True):
    """A paragraph in a style; lengths in twips.

    `keep`: on one page with what follows. `list`: its list and level, if not its style's. `frame`: the width and height
    of a frame at the right margin, in which it stands beside what follows.
    """

    style: str
    pieces: tuple[Piece, ...] = ()
    keep: bool = False
    list: tuple[int, int] | None = None
    frame: tuple[int, int] | None = None


class Cells(Struct, frozen=True):
    """A table of one row without borders, so wide and so far from the margin."""

    cells: tuple[tuple[Para, ...], ...]
    width: int
    left: int


class GridCell(Struct, frozen=True):
    """A line in so many columns of a grid."""

    para: Para
    columns: int = 1


class Grid(Struct, frozen=True):
    """A ruled table of single lines: the widths of its columns, the height of each row, in twips.

    The first row stands again wherever the table goes on.
    """

    widths: tuple[int, ...]
    height: int
    rows: tuple[tuple[GridCell, ...], ...]


Block: TypeAlias = Para | Cells | Grid


class Section(Struct, frozen=True):
    """Blocks over the whole width or in columns."""

    blocks: tuple[Block, ...]
    columns: int = 1
    new_page: bool = False


class Manuscript(Struct, frozen=True):
    """A whole document. As XML: `styles`, `numbering` and, of `page`, its measures."""

    title: str
    author: str
    language: str
    styles: str
    numbering: str
    page: str
    gutter: int
    sections: tuple[Section, ...]
    footer: Para


def together(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with no page break between them."""
    return (*map(_kept, blocks[:-1]), *blocks[-1:])


def _kept(block: Block) -> Block:
    match block:
        case Para():
            return replace(block, keep=True)
        case Cells(cells=cells):
            return replace(block, cells=tuple(tuple(replace(para, keep=True) for para in cell) for cell in cells))
        case Grid():
            return block
        case other:
            assert_never(other)
