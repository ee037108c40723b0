"""Pictures drawn in SVG: any picture as one, whatever its type, the right way up."""

from base64 import b64encode
from typing import Final

from octdeck.media import MIME, Medium, Picture, Sound

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
    assert medium.size is not None
    width, height = medium.size
    w, h = (height, width) if medium.turned >= 5 else (width, height)
    turn = f' transform="{_TURNS[medium.turned].format(w=f"{w:g}", h=f"{h:g}")}"' if medium.turned in _TURNS else ""
    held = f'<image width="{w:g}" height="{h:g}"{turn} href="{data_uri(medium.type, medium.data)}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}"'
        f' viewBox="0 0 {width:g} {height:g}">{held}</svg>'
    ).encode()
