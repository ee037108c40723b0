"""A file's name → whether every system can hold it, and what a system takes for the same name.

Who builds, who fetches a package and who prints may have Windows, macOS or Linux, each with rules of its own.
"""

import re
import unicodedata

_MOST = 120  # characters: Windows has 260 for a file's name and all the folders it lies in
_MOST_BYTES = 200  # in UTF-8: Linux has 255, and some of it is needed while a file is written
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_NO_TEXT = re.compile("[\ud800-\udfff]")  # how Python writes such bytes
_DEVICES = frozenset(
    [
        "con",
        "prn",
        "aux",
        "nul",
        "conin$",
        "conout$",
        *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789¹²³"),
    ]
)


def same(name: str) -> str:
    """What is equal for two names that are one to Windows or macOS: capitals and the form of accents do not count."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def composed(name: str) -> str:
    """The name with each accent and its letter in one character, as keyboards write them; macOS may take them apart."""
    return unicodedata.normalize("NFC", name)


def trouble(name: str) -> str | None:
    """Why some system cannot hold a file of this name, in words that go on from "it"; None if every one can."""
    stem = name.rpartition(".")[0] or name
    device = name.partition(".")[0].rstrip(" ")
    if _NO_TEXT.search(name):
        return "has bytes in it that are no letters"
    if unfit := _UNFIT.search(name):
        shown = unfit[0] if unfit[0].isprintable() else f"U+{ord(unfit[0]):04X}"
        return f"has the character {shown}, which Windows takes in no name"
    if device.casefold() in _DEVICES:
        return f"is no name on Windows, where '{device}' is a device"
    if stem != stem.rstrip(". "):
        return "has a dot or a space before its ending, which Windows and cloud drives drop"
    if name != name.lstrip(" "):
        return "begins with a space, which cloud drives drop"
    if len(name) > _MOST or len(name.encode()) > _MOST_BYTES:
        return "is too long for some systems"
    return None
