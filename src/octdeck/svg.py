"""SVG to SVG without anything that runs, loads or leads elsewhere: only known elements and attributes stay."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

_SVG: Final = "{http://www.w3.org/2000/svg}"
_XLINK_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

_ELEMENTS: Final = frozenset(
    re.findall(
        r"\S+",
        """
    svg g defs symbol use switch a title desc style path rect circle ellipse line polyline polygon text tspan textPath
    image linearGradient radialGradient stop pattern clipPath mask marker filter feBlend feColorMatrix
    feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow
    feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset
    fePointLight feSpecularLighting feSpotLight feTile feTurbulence
        """,
    )
)
_ATTRIBUTES: Final = frozenset(
    re.findall(
        r"\S+",
        """
    id class style lang version viewBox preserveAspectRatio x y x1 x2 y1 y2 cx cy r rx ry fx fy fr dx dy width height d
    points pathLength transform rotate textLength lengthAdjust startOffset method spacing side offset href
    alignment-baseline baseline-shift clip-path clip-rule color color-interpolation color-interpolation-filters
    direction display dominant-baseline enable-background fill fill-opacity fill-rule filter flood-color flood-opacity
    font font-family font-size font-size-adjust font-stretch font-style font-variant font-weight image-rendering
    isolation letter-spacing lighting-color marker marker-end marker-mid marker-start mask mask-type mix-blend-mode
    opacity overflow paint-order shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration
    text-rendering transform-origin unicode-bidi vector-effect visibility white-space word-spacing writing-mode
    clipPathUnits gradientTransform gradientUnits spreadMethod maskContentUnits maskUnits patternContentUnits
    patternTransform patternUnits markerHeight markerUnits markerWidth orient refX refY filterUnits primitiveUnits
    amplitude azimuth baseFrequency bias diffuseConstant divisor edgeMode elevation exponent in in2 intercept k1 k2 k3
    k4 kernelMatrix limitingConeAngle mode numOctaves operator order pointsAtX pointsAtY pointsAtZ preserveAlpha radius
    result scale seed slope specularConstant specularExponent stdDeviation stitchTiles surfaceScale tableValues targetX
    targetY type values xChannelSelector yChannelSelector z media requiredFeatures systemLanguage role aria-label
    aria-labelledby aria-hidden
        """,
    )
)
_MOST_ELEMENTS: Final = 100_000
_DEEPEST: Final = 200
_MOST_PIXELS: Final = 10_000
_WITHIN: Final = re.compile(r"\s*#[^\s\"'()]+\s*")
_EMBEDDED: Final = re.compile(r"\s*data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_URL: Final = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)", re.IGNORECASE | re.DOTALL)
_LOADING: Final = re.compile(
    r"[@\\]|//|\b(?:image|image-set|src|element|expression)\s*\(|script:|binding", re.IGNORECASE
)
_LENGTH: Final = re.compile(r"\s*(\d{1,6}(?:\.\d*)?|\.\d+)\s*(px|pt|pc|mm|cm|in)?\s*")
_PIXELS: Final = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, None: 1.0}


class NotSvgError(ValueError):
    """It is no SVG, or one that cannot be shown; the text says why."""


def cleaned(data: bytes) -> tuple[bytes, tuple[float, float], tuple[str, ...]]:
    """The same picture in a safe and canonical form, its size in pixels, and the names of what is missing in it now.

    What only an editor reads goes without saying.

    Raises:
        NotSvgError: it is no SVG picture.

    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
    if b"<!ENTITY" in data:
        # One can stand for any amount of text.
        raise NotSvgError("it has entities of its own")
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotSvgError(f"its XML is broken: {(error.msg or '')[:100]}") from None
    if root.tag != f"{_SVG}svg":
        raise NotSvgError("it is no SVG")
    removed = tuple(dict.fromkeys(_clean(root)))
    if _expanded(root) > _MOST_ELEMENTS:
        raise NotSvgError("it has too many parts")
    size = _sized(root)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, method="c14n2"), size, removed


def _clean(element: "_Element") -> Iterator[str]:
    """Take out of an element what may not stay, and say what it was."""
    for name, value in list(element.attrib.items()):
        if not _may_stay(element.tag, name, value):
            del element.attrib[name]
            if name.startswith("on") or name in _ATTRIBUTES or name == _XLINK_HREF:
                yield name.rpartition("}")[2]
    for child in list(element):
        name = child.tag.removeprefix(_SVG) if isinstance(child.tag, str) else ""
        if name not in _ELEMENTS or (name == "style" and _reaches_out("".join(child.itertext()))):
            _remove(child)
            if not name.startswith("{") and name != "metadata":
                yield name
        else:
            yield from _clean(child)


def _may_stay(tag: str, name: str, value: str) -> bool:
    if name in ("href", _XLINK_HREF):
        embedded = tag in (f"{_SVG}image", f"{_SVG}feImage") and _EMBEDDED.fullmatch(value)
        return bool(embedded or _WITHIN.fullmatch(value))
    return name == _SPACE or (name in _ATTRIBUTES and not _reaches_out(value))


def _reaches_out(style: str) -> bool:
    """Whether a style names anything outside of the picture."""
    return bool(_LOADING.search(style)) or any(not _WITHIN.fullmatch(url[2]) for url in _URL.finditer(style))


def _remove(element: "_Element") -> None:
    """Take an element out, but leave the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    assert parent is not None
    if element.tail:
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    element.tail = None
    parent.remove(element)


def _expanded(root: "_Element") -> int:
    """How many elements there are when each `use` is replaced by what it shows, or more than may be."""
    by_id = {element.get("id"): element for element in root.iter()}
    known: dict[_Element, int] = {}

    def count(element: "_Element", depth: int) -> int:
        if depth > _DEEPEST:
            return _MOST_ELEMENTS + 1
        if element not in known:
            known[element] = 1
            href = element.get("href") or element.get(_XLINK_HREF) or ""
            shown = by_id.get(href.strip().removeprefix("#")) if element.tag == f"{_SVG}use" else None
            inner = [*element, *([shown] if shown is not None else [])]
            known[element] = min(1 + sum(count(part, depth + 1) for part in inner), _MOST_ELEMENTS + 1)
        return known[element]

    return count(root, 0)


def _sized(root: "_Element") -> tuple[float, float]:
    """Give the picture a size of its own, without which a browser takes any, and return it."""
    box = [float(number) for number in re.findall(r"-?\d{1,9}(?:\.\d+)?", root.get("viewBox", ""))][:4]
    ratio = box[2] / box[3] if len(box) == 4 and box[2] > 0 and box[3] > 0 else None
    width, height = (_pixels(root.get(side, "")) for side in ("width", "height"))
    if ratio:
        width, height = width or (height * ratio if height else box[2]), height or (width / ratio if width else box[3])
    if not width or not height:
        raise NotSvgError("it does not say how large it is")
    if not ratio:
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    scale = min(1.0, _MOST_PIXELS / max(width, height))
    size = round(width * scale, 3), round(height * scale, 3)
    for side, length in zip(("width", "height"), size, strict=True):
        root.set(side, f"{length:g}")
    return size


def _pixels(length: str) -> float:
    """A length in pixels; 0 if it is none or a part of something else."""
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _PIXELS[found[2]] if found else 0.0
