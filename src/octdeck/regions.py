"""Regions of a picture, and what stands in each, as a teacher writes them: in per cent of its width and its height."""

import re
from functools import partial
from typing import Annotated, Literal, TypeAlias

from msgspec import Struct

from octdeck import values
from octdeck.faults import refusal
from octdeck.shapes import shape
from octdeck.values import Text

MOST_CARDS = 500  # Anki's
MOST = 50

_PER_CENT = re.compile(r"\d{1,3}(?:\.\d{1,2})?")
_HINT = "write left, top, width and height in per cent of the picture: [12, 30.5, 10, 5]"


def at(value: object, key: str) -> tuple[float, float, float, float]:
    """The left edge, the top edge, the width and the height of a region."""
    parts = values.listed(_per_cent, value, key)
    if len(parts) != 4:
        raise refusal("OD104", f"'{key}' has four numbers, not {len(parts)}", _HINT)
    left, top, width, height = parts
    if not width or not height:
        raise refusal("OD263", "the region has no size", _HINT)
    if left + width > 100 or top + height > 100:
        side = "right edge" if left + width > 100 else "bottom"
        raise refusal("OD263", f"the region reaches beyond the {side} of the picture", _HINT)
    return left, top, width, height


def _per_cent(value: object, key: str) -> float:
    if isinstance(value, str) and _PER_CENT.fullmatch(value):
        return float(value)
    raise refusal("OD104", "a number of per cent belongs here", _HINT)


class Region(Struct, frozen=True, kw_only=True):
    """A part of a picture, what stands there, and the number of the card that asks for it, if not its place."""

    answer: Text
    at: Annotated[tuple[float, float, float, float], at]
    shape: Literal["rect", "ellipse"] = "rect"
    card: Annotated[int, partial(values.within, 1, MOST_CARDS, f"1 to {MOST_CARDS}")] | None = None


def regions(value: object, key: str) -> tuple[Region, ...]:
    """A list of regions."""
    found = values.listed(partial(shape, Region), value, key)
    if not 1 <= len(found) <= MOST:
        message = f"there are {len(found)} regions" if found else "there is no region here"
        raise refusal("OD104", message, f"list 1 to {MOST} of them")
    return found


Regions: TypeAlias = Annotated[tuple[Region, ...], regions]
