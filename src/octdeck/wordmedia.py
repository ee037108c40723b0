"""Blocks of a document → the same with pictures and sounds in place of what is said of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, assert_never

from msgspec.structs import replace

from octdeck import typesetting
from octdeck.manuscript import Block, Cells, Grid, Para, Picture, Piece
from octdeck.markup import BREAK, Run
from octdeck.media import Medium
from octdeck.wordlook import WordLook

_PIXEL: Final = 25.4 / 96  # millimetres
_TWIPS: Final = 1440 / 25.4  # a millimetre
_WORD_TAKES: Final = frozenset({"png", "jpg", "gif"})
_HIGHEST: Final = 75  # millimetres
_HEIGHTS: Final = {
    **dict.fromkeys(("Option", "Option of several", "Step", "Left side", "Right side", "Word bank"), 37),
    **dict.fromkeys(("Key answer", "Key part", "Key text", "Caution"), 30),
}


def illustrated(
    blocks: Iterable[Block], media: Mapping[str, Medium], shown: WordLook, columns: int = 1
) -> Iterator[Block]:
    """The blocks of questions that stand in so many columns.

    Raises:
        OctdeckError: a picture cannot be drawn.

    """
    if not media:
        yield from blocks
        return
    width = ((shown.number + shown.beside) / columns - shown.number) / _TWIPS
    for block in blocks:
        match block:
            case Para():
                yield _para(block, media, width)
            case Cells(cells=cells):
                room = width / len(cells)
                yield replace(block, cells=tuple(tuple(_para(para, media, room) for para in cell) for cell in cells))
            case Grid():
                yield block
            case other:
                assert_never(other)


def _para(para: Para, media: Mapping[str, Medium], width: float) -> Para:
    highest = _HEIGHTS.get(para.style, _HIGHEST)
    pieces = [_piece(piece, media, width, highest) for piece in para.pieces]
    return replace(para, pieces=tuple(_on_lines_of_their_own(pieces)))


def _on_lines_of_their_own(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, with a line break wherever a picture stands beside words."""
    for before, piece in zip([BREAK, *pieces], pieces, strict=False):
        if (isinstance(piece, Picture) and _is_text(before)) or (isinstance(before, Picture) and _is_text(piece)):
            yield BREAK
        yield piece


def _is_text(piece: Piece) -> bool:
    return isinstance(piece, Run) and bool(piece.text.strip())


def _piece(piece: Piece, media: Mapping[str, Medium], widest: float, highest: float) -> Piece:
    medium = media.get(piece.medium or "") if isinstance(piece, Run) else None
    if medium is None or not isinstance(piece, Run):
        return piece
    if medium.size is None:
        return replace(piece, text=f"♪\xa0{piece.text}")
    width, height = (pixels * _PIXEL for pixels in medium.size)
    scale = min(1, widest / width, highest / height)
    size = width * scale, height * scale
    as_it_is = medium.type in _WORD_TAKES and medium.turned == 1
    return Picture(medium.data if as_it_is else typesetting.to_png(medium, *size), piece.text, *size)
