"""Files in and out: read no more than is sane and nothing from outside the folder; write whole files or none."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from errno import EEXIST
from io import BufferedReader
from pathlib import Path
from typing import TypeAlias

from octdeck.errors import OctdeckError
from octdeck.filenames import composed

Question: TypeAlias = tuple[str, ...]
"""What was asked of the disk: `read`, a file, its folder and the most to read; `names`, a folder and the endings; or
`is_there`, `is_file` or `is_folder`, a file or folder. Paths are absolute."""

_MOST_ANSWERED = 256 * 2**20

_ASKED: ContextVar[dict[Question, str] | None] = ContextVar("asked", default=None)


@contextmanager
def witnessed() -> Iterator[dict[Question, str]]:
    """Note what is asked of the disk meanwhile by the functions below, each question with a digest of its answer."""
    asked: dict[Question, str] = {}
    token = _ASKED.set(asked)
    try:
        yield asked
    finally:
        _ASKED.reset(token)


def answer(question: Sequence[str]) -> str | None:
    """A digest of what the disk answers now, or None where it cannot answer any more."""
    try:
        match question:
            case "read", path, folder, most if most.isdecimal() and int(most[:12]) <= _MOST_ANSWERED:
                return _digest(read(Path(path), Path(folder), int(most)))
            case "names", folder, *endings:
                return _digest(*(os.fsencode(path.name) for path in names(Path(folder), endings)))
            case "is_there", path:
                return str(is_there(Path(path)))
            case "is_file", path:
                return str(is_file(Path(path)))
            case "is_folder", path:
                return str(is_folder(Path(path)))
            case _:
                return None
    except (OctdeckError, ValueError):
        return None


def _note(answer: str, what: str, path: Path, *more: str) -> None:
    asked = _ASKED.get()
    if asked is not None:
        asked[what, os.path.abspath(path), *more] = answer  # noqa: PTH100  links stay as they are


def _digest(*parts: bytes) -> str:
    # No name of a file has a NUL in it.
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_there(path: Path) -> bool:
    """Whether there is such a file or folder, or a link that leads to none."""
    found = os.path.lexists(path)
    _note(str(found), "is_there", path)
    return found


# Of a name that is too long, or in a folder that may not be entered, pathlib makes a fault.


def is_file(path: Path) -> bool:
    """Whether this leads to a regular file."""
    found = os.path.isfile(path)  # noqa: PTH113
    _note(str(found), "is_file", path)
    return found


def is_folder(path: Path) -> bool:
    """Whether this leads to a folder."""
    found = os.path.isdir(path)  # noqa: PTH112
    _note(str(found), "is_folder", path)
    return found


def lies_in(path: Path, folder: Path) -> bool:
    """Whether this leads to a regular file in `folder`, or in a folder below."""
    return is_file(path) and path.resolve().is_relative_to(folder.resolve())


def read(path: Path, folder: Path, most: int) -> bytes:
    """The bytes of a regular file that lies in `folder`; of a file larger than `most`, the first `most` + 1.

    Raises:
        OctdeckError: it is no regular file, a link leads out of the folder, or it cannot be read.

    """
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve(strict=True)):
            raise OctdeckError(f"{path} is a link that leads out of {folder}", "copy the file into the folder")
    except OSError as error:
        raise _unreadable(path, error) from None
    except RuntimeError:  # what Python before 3.13 says of it
        raise OctdeckError(f"{path} is a link that leads in a circle", "put a file in its place") from None
    with opened(path) as file:
        data = file.read(most + 1)
    if _ASKED.get() is not None:
        _note(_digest(data), "read", path, os.path.abspath(folder), str(most))  # noqa: PTH100
    return data


@contextmanager
def opened(path: Path) -> Iterator[BufferedReader]:
    """A regular file, wherever it lies, to read from.

    Raises:
        OctdeckError: it is no regular file, or cannot be read.

    """
    try:
        # Not to wait for ever where somebody put a pipe in place of the file.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OctdeckError(f"{path} is not a regular file", "put a file in its place")
            yield file
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: OSError) -> OctdeckError:
    return OctdeckError(f"{path} cannot be read: {reason(error)}", "check that it is there and may be read")


def are_same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file; not if either leads nowhere."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def names(folder: Path, endings: Iterable[str]) -> list[Path]:
    """The files right in `folder` with one of these endings, hidden ones aside, in the order of their names.

    The order is the same on every system; capitals in endings do not count.

    Raises:
        OctdeckError: the folder cannot be listed.

    """
    wanted = tuple(endings)
    try:
        found = [
            path for path in folder.iterdir() if path.name.lower().endswith(wanted) and not path.name.startswith(".")
        ]
    except OSError as error:
        raise OctdeckError(
            f"{folder} cannot be listed: {reason(error)}", "check that it is there and may be read"
        ) from None
    found.sort(key=lambda path: (composed(path.name), path.name))
    if _ASKED.get() is not None:
        _note(_digest(*(os.fsencode(path.name) for path in found)), "names", folder, *wanted)
    return found


def replace_all(contents: Mapping[Path, bytes]) -> frozenset[Path]:
    """Put these files in place, each whole or not at all, and return those that were not the same already.

    A file that is replaced leaves its permissions to the new one. All are written beside their places first; only when
    none failed are they moved there, in the order given.

    Raises:
        OctdeckError: a file could not be written. Each is then the old one or the new one; if the fault came before
            the moving, all are old.

    """
    import shutil

    staged: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            if path.is_dir():
                raise OctdeckError(
                    f"{path} cannot be written: it is a folder", "move the folder away, then run the command again"
                )
            path.parent.mkdir(parents=True, exist_ok=True)
            if not _holds(path, content):
                staged[path] = temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
                _write(temporary, content)
                if path.exists():
                    shutil.copymode(path, temporary)
        for path, temporary in staged.items():
            temporary.replace(path)
    except OSError as error:
        where = error.filename or next(iter(contents))
        raise OctdeckError(
            f"{where} cannot be written: {reason(error)}",
            "close what has it open, make room or get permission, then run the command again",
        ) from None
    finally:
        for temporary in staged.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    return frozenset(staged)


def create_all(contents: Mapping[Path, bytes]) -> None:
    """Make these new files, each whole or not at all, in the order given; where one cannot be made, none.

    Raises:
        OctdeckError: a file of that name is there already, or it cannot be written.

    """
    staged: dict[Path, Path] = {}
    made: list[Path] = []
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            staged[path] = temporary = path.with_name(f".{path.name}.octdeck")
            temporary.unlink(missing_ok=True)  # of a run that was killed
            _write(temporary, content)
        for path, temporary in staged.items():
            _settle(temporary, path)
            made.append(path)
    except BaseException as error:
        for path in made:
            with suppress(OSError):
                path.unlink()
        if not isinstance(error, OSError):
            raise
        raise _unmade(error, next(iter(contents))) from None
    finally:
        for temporary in staged.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def create_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Make a new folder with these files, by their names in it; it appears whole or not at all.

    Raises:
        OctdeckError: something of that name is there already, or it cannot be written.

    """
    import shutil

    temporary = folder.with_name(f".{folder.name}.octdeck")
    try:
        shutil.rmtree(temporary, ignore_errors=True)  # of a run that was killed
        for name, content in contents.items():
            (temporary / name).parent.mkdir(parents=True, exist_ok=True)
            _write(temporary / name, content)
        temporary.rename(folder)
    except OSError as error:
        raise _unmade(error, folder) from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _settle(temporary: Path, path: Path) -> None:
    """Give a file its name, unless there is one of that name."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        # Some drives know no links. Windows refuses to rename to a name that is there; elsewhere it has to be asked.
        if path.exists() or path.is_symlink():
            raise FileExistsError(EEXIST, os.strerror(EEXIST), str(path)) from None
        temporary.rename(path)


def _unmade(error: OSError, path: Path) -> OctdeckError:
    name = error.filename2 or error.filename or path
    if isinstance(error, FileExistsError):
        return OctdeckError(f"{name} is there already", "choose another name; nothing is overwritten")
    return OctdeckError(
        f"{name} cannot be written: {reason(error)}", "make room or get permission, then run the command again"
    )


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except FileNotFoundError:
        return False


def reason(error: OSError) -> str:
    """Why, in words for the middle of a sentence."""
    return (error.strerror or str(error)).lower()
