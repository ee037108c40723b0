"""What a build remembers → whether anything has changed since, and which outputs can stay as they are.

A build notes what it asked of the disk and what it wrote, all by digests, and by which octdeck and which libraries.
Times of files count for nothing. A memory is a file of its own in the user's cache folder, to be lost at any time; one
that is damaged is none.
"""

import hashlib
import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct

from octdeck import disk
from octdeck.disk import Question
from octdeck.errors import OctdeckError

_LIBRARIES: Final = (
    *("babel", "fontpkg_noto_sans", "genanki", "jinja2", "lxml", "markdown_it_py", "markupsafe", "python_docx"),
    *("pyyaml", "typst"),
)
"""What decides on the bytes of outputs, besides octdeck itself, by the names of their projects."""

_MOST: Final = 16 * 2**20  # bytes of a memory
_MOST_KEPT: Final = 100  # memories
_DIGEST: Final = re.compile("[0-9a-f]{64}")


class Memory(Struct, frozen=True):
    """A build as remembered.

    `asked` has the digest of the disk's answer to each question; `made`, for each output by its name, the digest of all
    that it is made of and that of its bytes. `notes` is how many notes students have, where a package was made.
    `said` is all that the build had to say of the bank, in colour; None where another might have to say something else.
    """

    maker: str = ""
    asked: Mapping[Question, str] = {}
    made: Mapping[str, tuple[str, str]] = {}
    outputs: tuple[str, ...] = ()
    notes: int | None = None
    said: str | None = None


NOTHING: Final = Memory()
"""What there is to remember before the first build."""


def file_of(cache: Path, bank: Path, out: Path, articles: Path | None, formats: Sequence[str]) -> Path:
    """Where in the folder `cache` the memory of such builds is."""
    # By its name as well, which is in all that is said of it.
    what = [str(bank), str(bank.resolve()), str(out.resolve()), str(articles.resolve()) if articles else "", *formats]
    return cache / f"{_digest(json.dumps(what).encode())}.json"


def recall(path: Path) -> Memory:
    """The memory in a file, or an empty one, where there is none that can be relied on."""
    try:
        with disk.opened(path) as file:
            data = json.loads(file.read(_MOST))
        asked = {tuple(map(_text, question)): _text(answer) for question, answer in data["asked"]}
        made = {_text(name): (_hex(of), _hex(digest)) for name, (of, digest) in data["made"].items()}
        outputs = tuple(map(_text, data["outputs"]))
        notes, said = data["notes"], data["said"]
        if notes is not None and type(notes) is not int:
            return NOTHING
        return Memory(_hex(data["maker"]), asked, made, outputs, notes, None if said is None else _text(said))
    except (OctdeckError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return NOTHING


def keep(path: Path, memory: Memory) -> None:
    """Write a memory to a file; where it cannot be written, the next build takes longer, and that is all."""
    data = {
        "maker": memory.maker,
        "asked": [[list(question), answer] for question, answer in memory.asked.items()],
        "made": memory.made,
        "outputs": memory.outputs,
        "notes": memory.notes,
        "said": memory.said,
    }
    with suppress(OctdeckError, OSError):
        disk.replace_all({path: json.dumps(data).encode()})
        others = sorted(path.parent.glob("*.json"), key=lambda other: other.stat().st_mtime)
        for old in others[:-_MOST_KEPT]:
            old.unlink()


def is_current(memory: Memory, out: Path) -> bool:
    """Whether a build would find everything as it was, write nothing, and say what was said before."""
    from octdeck import transaction

    return (
        memory.said is not None
        and bool(memory.asked)
        and not transaction.is_pending(out)
        and memory.maker == maker() != ""
        and all(disk.answer(question) == answer for question, answer in memory.asked.items())
        and all(name in memory.made and stands(memory, out, name) for name in memory.outputs)
    )


def stands(memory: Memory, out: Path, name: str) -> bool:
    """Whether an output is still what was made."""
    try:
        return _digest((out / name).read_bytes()) == memory.made[name][1]
    except OSError:
        return False


@cache
def maker() -> str:
    """A digest of octdeck's own code and of the libraries that decide on the bytes of outputs.

    Empty where that cannot be told; then nothing can be relied on.
    """
    import sqlite3
    import zlib

    records = _records()
    found = hashlib.sha256(f"{sys.version} {sqlite3.sqlite_version} {zlib.ZLIB_RUNTIME_VERSION}".encode())
    try:
        for path in (*_files(Path(__file__).parent), *(str(records[library]) for library in _LIBRARIES)):
            found.update(f"\0{path}\0{_digest(Path(path).read_bytes())}".encode())
    except (KeyError, OSError):
        return ""
    return found.hexdigest()


def _files(folder: Path) -> list[str]:
    """All files of a package, less what Python makes of them."""
    found: list[str] = []
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir():
            found += _files(Path(entry.path)) if entry.name != "__pycache__" else []
        else:
            found.append(entry.path)
    return found


def _records() -> dict[str, Path]:
    """Of each library, the list of its files with their digests, as it was installed."""
    found: dict[str, Path] = {}
    for folder in filter(os.path.isdir, sys.path):
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            library = entry.name.partition("-")[0].lower()
            if library in _LIBRARIES and entry.name.endswith(".dist-info"):
                found.setdefault(library, Path(entry.path, "RECORD"))
    return found


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _hex(value: object) -> str:
    if not isinstance(value, str) or not _DIGEST.fullmatch(value):
        raise ValueError
    return value
