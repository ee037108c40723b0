"""Look → the styles, lists and measures of a Word document, from wordlook.xml."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from string import Template
from typing import Final, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from octdeck.look import Layout, Look, Paper

Kind: TypeAlias = Literal["quiz", "key"]

_PAPERS: Final[dict[Paper, tuple[float, float]]] = {"a4": (210, 297), "letter": (215.9, 279.4)}
_TWIPS: Final = 1440 / 25.4  # a millimetre
_POINT: Final = 25.4 / 72
_TWO_DIGITS: Final = 99
_LARGE: Final = 18  # points
_BOX: Final = 1.3  # the size of boxes, in parts of the text's
_LETTER: Final = 0.5  # the width of a letter, in parts of the size
_SPACE: Final = 0.265  # the width of a space, in parts of the size


class Setting(Struct, frozen=True, kw_only=True):
    """How a layout is set: sizes in points, lengths in millimetres, leading in parts of a line."""

    font: str = "Times New Roman"
    size: float = 11
    title: float = 20
    head: float = 12
    foot: float = 8.5
    leading: float = 1.08
    gap_leading: float = 1.45
    tracking: float = 0
    slant: bool = True
    soft: str = "4D4D4D"
    rule: str = "595959"
    sides: float = 21
    top: float = 19
    bottom: float = 23
    columns: int = 1
    gutter: float = 8
    between: float = 7
    apart: float = 1.7
    number: float = 8
    points: float = 17
    line: float = 8.5
    hand: float = 2.3


_STANDARD: Final = Setting()
_KEY: Final = Setting(size=9.5, between=4.5)
_LAYOUTS: Final[dict[Layout, Setting]] = {
    "standard": _STANDARD,
    "large": Setting(
        font="Arial", size=18, title=26, head=18, foot=14, gap_leading=1.35, slant=False, soft="000000", rule="000000",
        sides=20, top=18, bottom=25, between=12, apart=3, number=14, points=25, line=13, hand=3.4,
    ),
    "spaced": Setting(
        font="Arial", size=12.5, foot=10, leading=1.45, gap_leading=1.8, tracking=0.75, slant=False, soft="333333",
        sides=28, top=22, bottom=26, between=13, apart=3, number=10, points=19, line=10.5, hand=2.6,
    ),
    "two-column": Setting(
        size=9.5, title=17, head=11, foot=8, leading=1.04, sides=15, top=15, bottom=18, columns=2, gutter=9, between=5,
        apart=1.2, number=6.5, points=11, line=7.5, hand=2.1,
    ),
}  # fmt: skip


class WordLook(Struct, frozen=True):
    """The parts of a document that say how it looks, as XML, and what else must be known to write it.

    Lengths in twips; `beside` is what a column has beside the numbers, `total` is the box for all points, its width and
    height. A blank to write in has `fewest` to `most` spaces, so many for each `letter`. Options of up to `short`
    letters stand side by side.
    """

    styles: str
    numbering: str
    page: str
    columns: int
    gutter: int
    number: int
    beside: int
    total: tuple[int, int]
    large: bool
    letter: float
    fewest: float
    most: float
    short: int


def of(kind: Kind, look: Look, language: str, numbers: Sequence[int], lists: int = 1) -> WordLook:
    """How a quiz or a key looks, in its language, with these numbers of questions, in so many lists."""
    setting = _KEY if kind == "key" else _LAYOUTS[look.layout]
    scale = setting.size / _STANDARD.size
    if max(numbers, default=0) > _TWO_DIGITS:
        setting = replace(setting, number=setting.number + 2.5 * scale)
    width = _PAPERS[look.paper][0] - 2 * setting.sides
    column = (width - (setting.columns - 1) * setting.gutter) / setting.columns
    lengths = {name: _twips(length) for name, length in _lengths(setting, width, column).items()}
    large = setting.size > _STANDARD.head
    # Name, class and date on one line; in large print, name above.
    stops = [_twips(width * part + gap) for part in ((0.5,) if large else (0.5, 0.75)) for gap in (0, 5)]
    tabs = "".join(f'<w:tab w:val="left" w:pos="{stop}"/>' for stop in stops)
    given = {"language": language, "first": min(numbers, default=1), "name_tabs": tabs}
    values = lengths | _values(setting) | given
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    each_list = (
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/>{again if n > 1 else ""}</w:num>'
        for n in range(1, lists + 1)
    )
    space = _SPACE * setting.size * _POINT
    return WordLook(
        styles=Template(_part("styles", "both") + _part("styles", kind)).substitute(values),
        numbering=Template(_part("lists", kind)).substitute(values) + "".join(each_list),
        page=_page(setting, look.paper),
        columns=setting.columns,
        gutter=_twips(setting.gutter),
        number=lengths["number"],
        beside=lengths["column"] - lengths["number"],
        total=(lengths["total"], _twips(13 * scale)),
        large=large,
        letter=setting.hand / space,
        fewest=24 * scale / space,
        most=min(60 * scale, (column - setting.number - setting.points) / 2) / space,
        short=int(((column - setting.number) / 2 - 13 * scale) / (_LETTER * setting.size * _POINT)),
    )


def _lengths(setting: Setting, width: float, column: float) -> dict[str, float]:
    scale = setting.size / _STANDARD.size
    number = setting.number
    return {
        "width": width,
        "column": column,
        "number": number,
        "points": setting.points,
        "beside_box": setting.apart + (_BOX - 1) * 1.15 * setting.leading * setting.size * _POINT,
        "statement": number + 18.5 * scale,
        "between": setting.between,
        "apart": setting.apart,
        "option": number + 13 * scale,
        "option_hanging": 13 * scale,
        "left_number": 4.5 * scale,
        "left": 16.5 * scale,
        "right": 7 * scale,
        "side": 4 * scale,
        "step": number + 10.5 * scale,
        "step_hanging": 10.5 * scale,
        "bank": number + 2.5,
        "hand": setting.line,
        "total": 30 * scale,
        "total_end": 25 * scale,
        "beside": 45 * scale,
        "name_before": setting.line if setting.size > _STANDARD.head else 7,
        "part": number + 8 * scale,
        "part_hanging": 8 * scale,
        "caution": number + 3,
    }


def _values(setting: Setting) -> dict[str, object]:
    """Sizes in half points, leading in 240ths of a line, and the rest as it is."""
    size = setting.size
    sizes = {"size": size, "title": setting.title, "head": setting.head, "foot": setting.foot}
    # In large print nothing that a pupil must read is smaller.
    small, names = (1, 1) if size >= _LARGE else (0.88, 0.92)
    sizes |= {"small": size * small, "names": size * names, "tiny": size * 0.85, "identity": size * 0.72}
    sizes |= {"box": size * _BOX}
    return {
        **{name: round(2 * points) for name, points in sizes.items()},
        "font": setting.font,
        "soft": setting.soft,
        "rule": setting.rule,
        "leading": round(240 * setting.leading),
        "gap_leading": round(240 * setting.gap_leading),
        "tracking": round(20 * setting.tracking),
        "slant": "<w:i/>" if setting.slant else "",
        "stressed": "" if setting.slant else "<w:b/>",
    }


def _page(setting: Setting, paper: Paper) -> str:
    width, height = map(_twips, _PAPERS[paper])
    sides, top, bottom, foot = map(_twips, (setting.sides, setting.top, setting.bottom, setting.bottom / 2))
    return (
        f'<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="{top}" w:right="{sides}" w:bottom="{bottom}"'
        f' w:left="{sides}" w:header="{foot}" w:footer="{foot}" w:gutter="0"/>'
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS)


@cache
def _part(name: str, kind: Kind | Literal["both"]) -> str:
    text = Path(__file__).with_name("wordlook.xml").read_text(encoding="utf-8")
    (part,) = re.findall(rf'<{name} of="{kind}">(.*?)</{name}>', text, re.DOTALL)
    return str(part)
