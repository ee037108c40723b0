"""Files that a teacher adds to a bank for the look of its sheets: the logo, and templates."""

import re
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from octdeck import disk
from octdeck.bank import Bank
from octdeck.diagnostics import Diagnostic
from octdeck.errors import OctdeckError
from octdeck.look import Logo, Template

_MAX_LOGO = 2 * 2**20
_PICTURES: dict[Literal["png", "jpg", "svg"], bytes] = {
    "png": rb"\x89PNG\r\n\x1a\n",
    "jpg": rb"\xff\xd8\xff",
    "svg": rb"(\xef\xbb\xbf)?\s*<[^\x00]{0,2000}?<?svg[\s>]",
}
_MAX_TEMPLATE = 2**20
_TEMPLATES: dict[str, Literal["pdf", "html"]] = {".typ": "pdf", ".html.j2": "html"}


def added(bank: Bank, folder: Path) -> tuple[Bank, list[Diagnostic]]:
    """The bank with the files that its bank.yaml names, and what is wrong with them.

    Raises:
        OctdeckError: a file cannot be read.

    """
    logo, found = _logo(bank, folder)
    templates = dict[str, Template]()
    for index, wanted in enumerate(bank.quizzes):
        if wanted.template is None:
            continue
        read = _template(wanted.template, folder)
        if isinstance(read, Template) and wanted.to and read.format not in wanted.to:
            read = f"'{wanted.template[:80]}' is a template for {read.format}, which is not among 'to'"
        if isinstance(read, Template):
            templates[wanted.template] = read
        else:
            hint = f"name a {' or '.join(_TEMPLATES)} file that lies beside bank.yaml or in a folder below"
            found.append(Diagnostic("OD214", read, bank.span("quizzes", index, "template"), hint=hint))
    return replace(bank, look=replace(bank.look, logo=logo), templates=templates), found


def template(path: Path, formats: tuple[str, ...]) -> Template:
    """A teacher's own layout, from a file whose ending says for which format it is made.

    Raises:
        OctdeckError: it is made for none of `formats`, or cannot be read.

    """
    format_ = _made_for(path.name)
    if format_ not in formats:
        hint = " or ".join(f"'--to {format_}' with a {ending} file" for ending, format_ in _TEMPLATES.items())
        raise OctdeckError(f"{path} is no template for {', '.join(formats)}", f"use {hint}")
    return Template(path.name, disk.read(path, path.parent, _MAX_TEMPLATE).decode("utf-8-sig", "replace"), format_)


def _template(name: str, folder: Path) -> Template | str:
    """A template of the bank, or why there is none."""
    format_, path = _made_for(name), folder / name
    if format_ is None:
        return f"'{name[:80]}' is no template: its ending is neither {' nor '.join(_TEMPLATES)}"
    if not disk.lies_in(path, folder):
        return f"there is no file '{name[:80]}' in the bank's folder"
    data = disk.read(path, folder, _MAX_TEMPLATE)
    if len(data) > _MAX_TEMPLATE:
        return f"the template is larger than {_MAX_TEMPLATE // 2**20} MB"
    return Template(path.name, data.decode("utf-8-sig", "replace"), format_)


def _made_for(name: str) -> Literal["pdf", "html"] | None:
    return next((format_ for ending, format_ in _TEMPLATES.items() if name.endswith(ending)), None)


def _logo(bank: Bank, folder: Path) -> tuple[Logo | None, list[Diagnostic]]:
    """The picture for the head of sheets, or why it cannot be one."""
    if bank.logo is None:
        return None, []
    path = folder / bank.logo
    hint = "name a .png, .jpg or .svg file that lies beside bank.yaml or in a folder below"
    if not disk.lies_in(path, folder):
        message = f"there is no file '{bank.logo[:80]}' in the bank's folder"
        return None, [Diagnostic("OD212", message, bank.span("logo"), hint=hint)]
    from octdeck import svg

    data = disk.read(path, folder, _MAX_LOGO)
    if len(data) > _MAX_LOGO:
        message = f"the logo is larger than {_MAX_LOGO // 2**20} MB"
        return None, [Diagnostic("OD212", message, bank.span("logo"), hint="make the picture smaller")]
    for type_, beginning in _PICTURES.items():
        if re.match(beginning, data, re.DOTALL):
            try:
                return Logo(svg.cleaned(data)[0] if type_ == "svg" else data, type_), []
            except svg.NotSvgError:
                break
    return None, [Diagnostic("OD212", "the logo is not a picture that can be printed", bank.span("logo"), hint=hint)]
