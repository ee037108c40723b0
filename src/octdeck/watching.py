"""The folder of a bank → a run whenever something in it changes: is saved, renamed, added, deleted."""

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from octdeck import lock, shelving
from octdeck.disk import reason
from octdeck.errors import OctdeckError

if TYPE_CHECKING:
    from watchfiles import Change

_LOOK = 250  # milliseconds between two looks at whether the folders are still there
_SETTLED = 50  # milliseconds without a change, after which a save is over
_MOST = 500  # milliseconds to wait for that

_Folder: TypeAlias = tuple[Path, int, int]
"""A folder and what tells it from another one of its name."""


def runs(
    run: Callable[[tuple[Path, ...]], None], bank: Path, articles: Path | None = None, out: Path | None = None
) -> Iterator[None]:
    """Call `run` at once, and then with the files that changed in the bank and among its articles; yield after each.

    What `run` itself does to the lock file is no change; nor is what happens to hidden files and in the folder `out`. A
    folder that is not there is waited for.

    Raises:
        OctdeckError: a folder cannot be watched.

    """
    written: str | None = None
    while True:
        folders = _folders(bank, articles)
        if not folders:
            run(())
            yield
            while not _folders(bank, articles):
                time.sleep(_LOOK / 1000)
            continue
        first = True
        for changed in _looks([path for path, _, _ in folders], out):
            files = _files(changed, bank, written)
            if first or files:
                first = False
                run(files)
                written = _digest(bank / lock.NAME)
                yield
            if _folders(bank, articles) != folders:
                break  # one went away, came, or stands in place of another


def _looks(folders: list[Path], out: Path | None) -> "Iterator[set[tuple[Change, str]]]":
    """What changed since the last look, over and over; the first look comes when the watching has begun."""
    from watchfiles import watch

    try:
        yield from watch(
            *folders,
            watch_filter=partial(_counts, folders, out),
            debounce=_MOST,
            step=_SETTLED,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        )
    except FileNotFoundError:
        time.sleep(_LOOK / 1000)  # it went away just now
    except OSError as error:
        hint = "run the command without --watch"
        raise OctdeckError(f"{folders[0]} cannot be watched: {reason(error)}", hint) from None


def _folders(bank: Path, articles: Path | None) -> list[_Folder]:
    """The folders to watch that are there; articles within the bank are watched with it."""
    found: list[_Folder] = []
    for path in (bank, articles or shelving.home(bank)):
        try:
            status = path.stat()
        except OSError:
            continue
        if path.is_dir() and not any(path.resolve().is_relative_to(other.resolve()) for other, _, _ in found):
            found.append((path, status.st_dev, status.st_ino))
    return found if found and found[0][0] == bank else []


def _counts(roots: list[Path], out: Path | None, _: "Change", name: str) -> bool:
    """Whether a change of this file is one of the bank."""
    path = Path(name)
    for root in map(Path.absolute, roots):
        if path.is_relative_to(root):
            if out is not None and path.is_relative_to(out.absolute()) and not root.is_relative_to(out.absolute()):
                return False
            names = path.relative_to(root).parts
            return bool(names) and not any(name.startswith(".") or name.endswith("~") for name in names)
    return False


def _files(changed: "set[tuple[Change, str]]", bank: Path, written: str | None) -> tuple[Path, ...]:
    """The files that changed, seen from here; the lock file only if somebody else wrote it."""
    paths = sorted({Path(path) for _, path in changed})
    lock_path = (bank / lock.NAME).absolute()
    if lock_path in paths and _digest(lock_path) == written:
        paths.remove(lock_path)
    return tuple(Path(os.path.relpath(path)) if path.is_relative_to(Path.cwd()) else path for path in paths)


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
