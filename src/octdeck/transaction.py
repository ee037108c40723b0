"""Several files put in place as one step: all of them or none, even if the program is killed on the way.

New contents are written beside their places. Then a journal in the output folder says so: from that moment on they
count as written, and moving them into place is a formality that the next run finishes if this one cannot. Names that
begin with a dot and end in `.octdeck` are the transaction's own.
"""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from octdeck.disk import reason
from octdeck.errors import OctdeckError

_JOURNAL: Final = ".journal.octdeck"
_MOST: Final = 16 * 2**20  # of a journal
_NAME: Final = re.compile(r"[^/\\:\x00-\x1f]{1,240}")
_PATIENCE: Final = 120  # seconds


@contextmanager
def alone(*folders: Path) -> Iterator[None]:
    """Let no other run of this user write to these folders meanwhile; wait for one that does.

    Raises:
        OctdeckError: another run does not come to an end.

    """
    from filelock import FileLock, Timeout

    with ExitStack() as stack:
        # Always in one order, so that two runs do not wait for each other.
        for folder in sorted({folder.resolve() for folder in folders}):
            name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
            try:
                stack.enter_context(FileLock(_own_folder() / f"{name}.lock", timeout=_PATIENCE))
            except Timeout:
                raise OctdeckError(
                    f"another run of octdeck is writing to {folder}", "wait until it is done, then build again"
                ) from None
            except OSError as error:
                message = f"{error.filename} cannot be written: {reason(error)}"
                raise OctdeckError(message, "set TMPDIR to a folder of your own") from None
        yield


def put(out: Path, files: Mapping[str, bytes], beside: tuple[Path, bytes] | None = None) -> frozenset[str]:
    """Make `files`, by name, the files of the folder `out`, and with them the one file `beside` in a folder of its own.

    Returns the names in `out` that were not the same already; these alone are touched. Call it within `alone`, after
    `recover`.

    Raises:
        OctdeckError: a file could not be written. If the fault came before the journal was written, everything is as it
            was; if it came while files were moved into place, the next run moves the rest.

    """
    wanted = {out / name: content for name, content in files.items()} | dict([beside] if beside else [])
    with _faults(out):
        out.mkdir(parents=True, exist_ok=True)
        for path in wanted:
            if path.is_dir():
                raise OctdeckError(
                    f"{path} cannot be written: it is a folder", "move the folder away, then build again"
                )
        changed = {path: content for path, content in wanted.items() if not _holds(path, content)}
        if not changed:
            return frozenset()
        try:
            for path, content in changed.items():
                _write(_staged(path), content)
            digests = {path: hashlib.sha256(content).hexdigest() for path, content in changed.items()}
            journal = {
                "files": {path.name: digest for path, digest in digests.items() if not beside or path != beside[0]},
                "beside": digests.get(beside[0]) if beside else None,
            }
            _write(_staged(out / _JOURNAL), json.dumps(journal, ensure_ascii=False, indent=1).encode())
            _staged(out / _JOURNAL).replace(out / _JOURNAL)
        except BaseException:
            if not (out / _JOURNAL).exists():
                for path in (*changed, out / _JOURNAL):
                    with suppress(OSError):
                        _staged(path).unlink(missing_ok=True)
            raise
        # What the output rests on goes first.
        _move(sorted(changed, key=lambda path: path.parent == out), out)
    return frozenset(path.name for path in changed if path.parent == out and path.name in files)


def is_pending(out: Path) -> bool:
    """Whether a run that was killed has left something for `recover` to do."""
    return (out / _JOURNAL).exists()


def recover(out: Path, beside: Path) -> None:
    """Finish what a run that was killed had begun: move the files of its journal into place, drop what has none.

    Raises:
        OctdeckError: a file cannot be moved.

    """
    with _faults(out):
        journal = _journal(out / _JOURNAL)
        paths = {out / name: digest for name, digest in journal.items() if name is not None}
        if None in journal:
            paths = {beside: journal[None]} | paths
        # A staged file that is not what the journal says is no loss: it will be made again.
        whole = [path for path, digest in paths.items() if _digest(_staged(path)) == digest]
        _move(whole, out)
        for path in (*_leftovers(out), _staged(beside)):
            path.unlink(missing_ok=True)


def _journal(path: Path) -> dict[str | None, str]:
    """The digests that a journal has, by the name of the file in its folder; None is the file beside."""
    try:
        if path.stat().st_size > _MOST:
            return {}
        data = json.loads(path.read_bytes())
        files, beside = data["files"], data["beside"]
        entries: list[tuple[str | None, str]] = [(str(name), str(digest)) for name, digest in files.items()]
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}  # not ours
    # A journal may come with a folder from anywhere: it can name files of that folder and nothing else.
    known = {name: digest for name, digest in entries if name and _NAME.fullmatch(name)}
    return known | ({None: str(beside)} if beside else {})


def _move(paths: list[Path], out: Path) -> None:
    for path in paths:
        _staged(path).replace(path)
    for folder in {path.parent for path in paths}:
        _sync(folder)
    (out / _JOURNAL).unlink(missing_ok=True)


def _staged(path: Path) -> Path:
    """Where the new content of a file waits."""
    return path.with_name(f".{path.name}.octdeck")


def _leftovers(out: Path) -> list[Path]:
    return [path for path in out.glob(".*.octdeck") if path.name != _JOURNAL] if out.is_dir() else []


def _own_folder() -> Path:
    """A folder for locks that no other user can write to."""
    folder = Path(tempfile.gettempdir()) / f"octdeck-{os.getuid() if hasattr(os, 'getuid') else 'locks'}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _write(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)  # it may be a link to somewhere else
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Have the names in a folder survive a power cut, where the system can."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except FileNotFoundError:
        return False


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


@contextmanager
def _faults(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OctdeckError(
            f"{error.filename or out} cannot be written: {reason(error)}",
            "close what has it open, make room or get permission, then build again",
        ) from None
