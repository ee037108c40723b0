"""The pictures and sounds that a bank's texts name, read from its folder, and what is wrong with them."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from octdeck import disk, recognise
from octdeck.bank import Bank, Item
from octdeck.diagnostics import Diagnostic, did_you_mean, surely_meant
from octdeck.document import Key
from octdeck.media import Medium
from octdeck.plain import Value
from octdeck.questions import media_in
from octdeck.recognise import UnfitError

_MOST_TOGETHER: Final = 200 * 2**20
_SEARCHED: Final = 5000  # files among which a misspelt one is looked for


_Names: TypeAlias = Callable[[Path], Mapping[str, Path]]
"""What lies in a folder, by name as a text may have it."""


class Mention(Struct, frozen=True):
    """A file that a question names, and the keys that lead to the text that does; `of_key`: that text is a key."""

    item: Item
    file: str
    shows: str
    keys: tuple[Key, ...]
    of_key: bool

    def fault(self, code: str, message: str, hint: str, meant: str | None = None) -> Diagnostic:
        """What is wrong with the file, shown where it is named, which is looked for only now."""
        alone = next((at for at in _own_keys(self.keys) if _written(self.item, at) == self.file), None)
        if alone is None:
            return Diagnostic(code, message, self.item.span(*self.keys, key=self.of_key), hint=hint)
        fix = self.item.spot.edit(*alone, old=self.file, new=meant) if meant else None
        return Diagnostic(code, message, self.item.span(*alone), hint=hint, fix=fix)


def added(bank: Bank, folder: Path) -> tuple[Bank, list[Diagnostic]]:
    """The bank with all pictures and sounds that its questions name, and what is wrong with any.

    Raises:
        OctdeckError: a file cannot be read.

    """
    names, nearby = cache(_names), cache(_nearby)
    read = _Read()
    found: list[Diagnostic] = []
    seen: set[str] = set()
    for mention in (mention for item in bank.items for mention in mentions(item)):
        if not mention.shows:
            hint = "write it between the brackets, as in '![a map of the harbour](map.png)'"
            found.append(mention.fault("OD259", f"what '{mention.file[:80]}' shows is not said in words", hint))
        path = _path(mention.file, folder, names)
        if path is None:
            found.append(_missing(mention, nearby(folder, names)))
        elif mention.file not in seen:
            seen.add(mention.file)
            found += _added(mention, path, folder, read)
    return replace(bank, media=read.media), found


class _Read(Struct):
    """What is read so far: by the name in a text, by the name in a package, and how many bytes that is."""

    media: dict[str, Medium] = {}
    packaged: dict[str, Medium] = {}
    together: int = 0


def _added(mention: Mention, path: Path, folder: Path, read: _Read) -> Iterator[Diagnostic]:
    """Add a file to what is read, unless it cannot be taken."""
    try:
        medium, lost = recognise.medium(path.stem, disk.read(path, folder, recognise.MOST_BYTES))
    except UnfitError as error:
        yield mention.fault(error.code, str(error), error.hint)
        return
    if lost:
        message = f"of this SVG some parts are left out, as they are no picture: {', '.join(lost)[:200]}"
        fault = mention.fault("OD261", message, "save it without them, in Inkscape as 'Plain SVG'")
        yield replace(fault, severity="warning")
    known = read.packaged.setdefault(medium.name, medium)
    if known is medium:
        read.together += len(medium.data)
    if read.together > _MOST_TOGETHER:
        message = f"with this one, all pictures and sounds are larger than {_MOST_TOGETHER // 2**20} MB together"
        yield mention.fault("OD258", message, "make them smaller, or make two banks")
    elif known.data != medium.data:
        other = next(file for file, held in read.media.items() if held is known)
        message = f"this file would have the same name in Anki as '{other}', '{medium.name}'"
        yield mention.fault("OD260", message, "rename one of the two")
    else:
        read.media[mention.file] = known


# --- where a file is named ------------------------------------------------------------------------------------------


def mentions(item: Item) -> Iterator[Mention]:
    """The files that a question names, in the order in which it shows them."""
    for keys, run, of_key in media_in(item.question):
        assert run.medium is not None
        yield Mention(item, run.medium, run.text, keys, of_key)


def _own_keys(keys: tuple[Key, ...]) -> Iterator[tuple[Key, ...]]:
    """Where the name of a file in the text at `keys` may stand alone."""
    for key in ("image", "audio"):
        yield (key,)
        yield (*keys, key)
        yield (*(part for part in keys if isinstance(part, str)), key)


def _written(item: Item, keys: tuple[Key, ...]) -> str | None:
    """The text that stands at `keys` in the deck file."""
    value: Value = item.spot.document.value
    for key in (*item.spot.document.home(*item.spot.keys, keys[0]), *keys[1:]):
        match value, key:
            case dict(), str() if key in value:
                value = value[key]
            case list(), int() if key < len(value):
                value = value[key]
            case _:
                return None
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else None


# --- where it lies --------------------------------------------------------------------------------------------------


def _path(file: str, folder: Path, names: _Names) -> Path | None:
    """The file of this name in the bank's folder, whatever the system makes of capitals and accents."""
    place = folder
    for part in PurePosixPath(file).parts:
        below = names(place).get(part)
        if below is None:
            return None
        place = below
    return place if disk.lies_in(place, folder) else None


def _names(folder: Path) -> dict[str, Path]:
    paths = disk.names(folder, ("",)) if disk.is_folder(folder) else ()
    return {unicodedata.normalize("NFC", path.name): path for path in paths}


def _missing(mention: Mention, known: list[str]) -> Diagnostic:
    file = mention.file
    if ":" in file or file.startswith(("/", "~")) or ".." in PurePosixPath(file).parts:
        message = f"'{file[:80]}' is not in the bank's folder"
        return mention.fault("OD256", message, "copy the file into the bank's folder, and write its name alone")
    if file in known:
        hint = "copy the picture or the sound itself into the folder"
        return mention.fault("OD256", f"'{file[:80]}' is no file, or a link that leads out of the bank's folder", hint)
    same = [name for name in known if PurePosixPath(name).name == PurePosixPath(file).name]
    meant = same[0] if len(same) == 1 else surely_meant(file, known)
    near = meant or did_you_mean(file, known)
    hint = f"did you mean '{near}'?" if near else "put the file into the bank's folder, beside bank.yaml"
    return mention.fault("OD256", f"there is no file '{file[:80]}' in the bank's folder", hint, meant)


def _nearby(folder: Path, names: _Names) -> list[str]:
    """The files in a folder and in those right below it."""
    found = []
    for name, path in names(folder).items():
        inside = (
            [f"{name}/{below}" for below, at in names(path).items() if disk.is_file(at)]
            if disk.is_folder(path)
            else [name]
        )
        found += [file for file in inside if not file.startswith(".")]
        if len(found) > _SEARCHED:
            break
    return sorted(found[:_SEARCHED])
