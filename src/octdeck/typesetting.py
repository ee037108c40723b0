"""A Typst template and its data to PDF; the same data gives the same bytes anywhere.

A template sees its data and the templates beside it, all in memory, and no file of the machine.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from octdeck import picture
from octdeck.errors import OctdeckError
from octdeck.fonts import FONTS
from octdeck.look import Logo, Template
from octdeck.media import Medium

if TYPE_CHECKING:
    import typst

_PROBE: Final = '#set document(title: "probe", date: none)\n#let texts = json(bytes(sys.inputs.data))\n'


_DOTS: Final = 600  # an inch
_PICTURE: Final = """
#let d = json(bytes(sys.inputs.data))
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#let picture(..size) = if "picture" in d { image(bytes(d.picture), format: d.format, ..size) } else {
  image("picture.svg", ..size)
}
#context if measure(picture(height: d.height * 1mm)).width > d.width * 1mm { picture(width: d.width * 1mm) } else {
  picture(height: d.height * 1mm)
}
"""


def to_pdf(template: Path, data: Mapping[str, Any], own: Template | None = None, media: Iterable[Medium] = ()) -> bytes:
    """What a template makes of its data; a teacher's `own` in its stead may build on those beside it.

    `media` are the pictures that it may show.

    Raises:
        OctdeckError: Typst cannot set it.

    """
    instead = {"main.typ": own.text.encode()} if own else {}
    with _faults(own):
        return _pdf(_beside(template) | instead | _files(media), data)


def said(template: Path, data: Mapping[str, Any], label: str, media: Iterable[Medium] = ()) -> list[Any]:
    """What a template says of its data: the values of its metadata that have this label.

    Raises:
        OctdeckError: Typst cannot set it.

    """
    with _faults():
        values = json.loads(_compiler(_beside(template) | _files(media), data).query(f"<{label}>", field="value"))
    assert isinstance(values, list)
    return values


def to_png(shown: Logo | Medium, width: float, height: float) -> bytes:
    """A picture as dots, fine enough for print at the size that fits into so many millimetres.

    Raises:
        OctdeckError: it is none.

    """
    data: dict[str, Any] = {"width": width, "height": height}
    if isinstance(shown, Medium):
        files = {"picture.svg": picture.as_svg(shown)}
    else:
        files, data = {}, data | {"picture": list(shown.data), "format": shown.type}
    with _faults():
        png = _compiler({"main.typ": _PICTURE.encode(), **files}, data).compile(format="png", ppi=_DOTS)
    assert isinstance(png, bytes)
    return png


def file_of(medium: Medium) -> str:
    """What a picture is called for a template."""
    return f"{medium.name}.svg"


def not_set(texts: Collection[str]) -> set[str]:
    """Those of the texts, one line each, that Typst cannot set in all fonts with what stands in for each.

    Raises:
        OctdeckError: the fonts cannot be tried.

    """
    return set().union(*(_not_set(texts, fonts) for fonts in FONTS.values())) if texts else set()


def undrawable(pictures: Mapping[str, Medium]) -> list[str]:
    """The names of those SVG pictures that Typst cannot draw to the last letter."""
    import typst

    def draws(names: Collection[str]) -> bool:
        shown = "".join(f'#image("{number}.svg", alt: "-")\n' for number in range(len(names)))
        files = {f"{number}.svg": pictures[name].data for number, name in enumerate(names)}
        try:
            _pdf({"main.typ": (_PROBE + shown).encode(), **files}, [])
        except typst.TypstError:
            return False
        return True

    return [] if not pictures or draws(list(pictures)) else [name for name in pictures if not draws([name])]


def _not_set(texts: Collection[str], fonts: tuple[str, ...]) -> set[str]:
    import typst

    trying, refused = sorted(texts), set[str]()
    names = ", ".join(f'"{name}"' for name in fonts)
    start = f"{_PROBE}#set text(font: ({names}))\n"
    first = start.count("\n") + 1
    while trying:
        # Each is on its own line, and the errors name the lines.
        probe = start + "".join(f"#texts.at({index})#parbreak()\n" for index in range(len(trying)))
        try:
            # An accent may get another font after a letter than it gets after nothing.
            _pdf({"main.typ": probe.encode()}, [f"{text}a{text}" for text in trying])
        except typst.TypstError as error:
            lines = map(int, re.findall(r"\.typ:(\d+):", error.diagnostic))
            found = {trying[line - first] for line in lines if first <= line < first + len(trying)}
            if not found:
                raise OctdeckError(f"the fonts cannot be tried: {error.message}") from error
            refused |= found
            trying = sorted(set(texts) - refused)
        else:
            break
    return refused


# --- Typst ----------------------------------------------------------------------------------------------------------


def _files(media: Iterable[Medium]) -> dict[str, bytes]:
    """Pictures as files that Typst takes from memory, which must be text."""
    return {file_of(medium): picture.as_svg(medium) for medium in media if medium.size}


def _beside(template: Path) -> dict[str, bytes]:
    """A template as the main file, and all in its folder."""
    folder = {path.name: path.read_bytes() for path in sorted(template.parent.glob("*.typ"))}
    return folder | {"main.typ": folder[template.name]}


def _pdf(templates: Mapping[str, bytes], data: object) -> bytes:
    pdf = _compiler(templates, data).compile(pdf_standards=["ua-1"])
    assert isinstance(pdf, bytes)
    return pdf


def _compiler(templates: Mapping[str, bytes], data: object) -> "typst.Compiler":
    import typst

    # The root is a file, so that there is nothing below it to read.
    nowhere = Path(__file__)
    return typst.Compiler(
        templates,  # type: ignore[type-var]  # missing in its types
        root=nowhere,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        ignore_system_fonts=True,
        package_path=nowhere,
        package_cache_path=nowhere,
    )


@cache
def _fonts() -> "typst.Fonts":
    import typst

    package = find_spec("fontpkg_noto_sans")
    folders = [f"{place}/files" for place in package.submodule_search_locations or ()] if package else []
    fonts = typst.Fonts(include_system_fonts=False, font_paths=folders)
    if missing := {name for names in FONTS.values() for name in names} - set(fonts.families()):
        raise OctdeckError(f"the font {min(missing)} is missing", "install octdeck again")
    return fonts


@contextmanager
def _faults(own: Template | None = None) -> Iterator[None]:
    import typst

    try:
        yield
    except typst.TypstError as error:
        if own is not None:
            line = re.search(r"main\.typ:(\d+)", error.diagnostic)
            place = f"{own.name}:{line[1]}" if line else own.name
            raise OctdeckError(
                f"{place}: {error.message}", "see docs/templates.md for what a template is given"
            ) from error
        about_picture = re.search("image|SVG", error.message)
        hint = "take another picture as the logo" if about_picture else "see 'octdeck check'"
        raise OctdeckError(f"the PDF cannot be made: {error.message}", hint) from error
