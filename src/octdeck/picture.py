"""Pictures drawn in SVG: any picture as one, whatever its type, the right way up; and with numbers over regions."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Final

from octdeck.media import MIME, Medium, Picture, Sound
from octdeck.regions import Region

_READABLE: Final = 12.0  # pixels

# How Exif numbers the ways in which a camera was held: the picture's own width and height, w and h, to how it is shown.
_TURNS: Final = {
    2: "matrix(-1 0 0 1 {w} 0)",
    3: "matrix(-1 0 0 -1 {w} {h})",
    4: "matrix(1 0 0 -1 0 {h})",
    5: "matrix(0 1 1 0 0 0)",
    6: "matrix(0 1 -1 0 {h} 0)",
    7: "matrix(0 -1 -1 0 {h} {w})",
    8: "matrix(0 -1 1 0 0 {w})",
}


def data_uri(type_: Picture | Sound, data: bytes) -> str:
    """An address that holds the file itself."""
    return f"data:{MIME[type_]};base64,{b64encode(data).decode()}"


def as_svg(medium: Medium) -> bytes:
    """A picture as an SVG of its size, which holds it."""
    if medium.type == "svg":
        return medium.data
    width, height = _size(medium)
    return _svg(width, height, _held(medium, width, height))


def numbered(medium: Medium, regions: Sequence[Region]) -> Medium:
    """A picture with its regions covered, each by its number."""
    width, height = _size(medium)
    long_side = max(width, height)
    stroke = long_side * 0.003
    covers, numbers = "", ""
    for number, region in enumerate(regions, 1):
        left, top, wide, high = (
            per_cent / 100 * side for per_cent, side in zip(region.at, (width, height) * 2, strict=True)
        )
        x, y = left + wide / 2, top + high / 2
        covers += (
            f'<ellipse cx="{x:.2f}" cy="{y:.2f}" rx="{wide / 2:.2f}" ry="{high / 2:.2f}"/>'
            if region.shape == "ellipse"
            else f'<rect x="{left:.2f}" y="{top:.2f}" width="{wide:.2f}" height="{high:.2f}"/>'
        )
        # A number in a small region reaches beyond it rather than be too small to read.
        size = max(min(high * 0.7, wide * 0.6, long_side * 0.045), long_side * 0.03, _READABLE)
        numbers += f'<text x="{x:.2f}" y="{y + 0.36 * size:.2f}" font-size="{size:.2f}">{number}</text>'
    drawn = (
        f'{_held(medium, width, height)}<g fill="#fff" stroke="#000" stroke-width="{stroke:.2f}">{covers}</g>'
        f'<g fill="#000" stroke="#fff" stroke-width="{2 * stroke:.2f}" paint-order="stroke" text-anchor="middle"'
        f' font-weight="700" font-family="Noto Sans, Arial, sans-serif">{numbers}</g>'
    )
    return Medium(f"{medium.stem}-numbered", _svg(width, height, drawn), "svg", (width, height))


def _size(medium: Medium) -> tuple[float, float]:
    assert medium.size is not None
    return medium.size


def _svg(width: float, height: float, drawn: str) -> bytes:
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{drawn}</svg>'.encode()


def _held(medium: Medium, width: float, height: float) -> str:
    """A picture as part of an SVG."""
    if medium.type == "svg":
        # Within an SVG, not as a picture in it: there Typst shows no text.
        return medium.data.decode()
    w, h = (height, width) if medium.turned >= 5 else (width, height)
    turn = ""
    if medium.turned in _TURNS:
        # A browser would turn it by itself, Typst would not: so both are told.
        way = _TURNS[medium.turned].format(w=f"{w:g}", h=f"{h:g}")
        turn = f' transform="{way}" style="image-orientation:none"'
    return f'<image width="{w:g}" height="{h:g}"{turn} href="{data_uri(medium.type, medium.data)}"/>'
