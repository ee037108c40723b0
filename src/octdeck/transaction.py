"""Several files put in place as one step: all of them or none, even if the program is killed on the way.

New contents are written beside their places. Then a journal in the folder says so: from that moment on they count as
written, and moving them into place is a formality that the next run finishes if this one cannot. Names that begin with
a dot and end in `.octdeck` or `.octdeck-beside` are the transaction's own.
"""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from stat import S_IMODE
from typing import Final

from msgspec import Struct

from octdeck import disk
from octdeck.disk import reason
from octdeck.errors import OctdeckError

_JOURNAL: Final = ".journal.octdeck"
_BESIDE: Final = "/beside"
_MOST: Final = 16 * 2**20  # of a journal
_SIGN: Final = r"[^/\\:\x00-\x1f\ud800-\udfff]"
_NAME: Final = rf"(?:(?!\.){_SIGN}{{1,240}}/)*+(?!\.{{1,2}}$){_SIGN}{{1,240}}"
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
                    f"another run of octdeck is writing to {folder}", "wait until it is done, then run octdeck again"
                ) from None
            except OSError as error:
                message = f"{error.filename} cannot be written: {reason(error)}"
                raise OctdeckError(message, "set TMPDIR to a folder of your own") from None
        yield


class _Entry(Struct, frozen=True):
    """What a journal says of a file: the digest of its new content, and of what alone that may replace.

    `instead` is empty where no file was; None: it may replace whatever is there.
    """

    content: str
    instead: str | None

    def may_replace(self, path: Path) -> bool:
        """Whether the file is still what it was, or is gone."""
        return self.instead is None or _digest(path) in {None, self.instead, self.content}


def put(
    out: Path, files: Mapping[str, bytes], beside: tuple[Path, bytes] | None = None, *, by_hand: bool = False
) -> frozenset[str]:
    """Make `files`, by name, files of the folder `out`, and with them the one file `beside` in a folder of its own.

    A name may lead through folders in `out`, as in `maps/old.yaml`. A file that is replaced leaves its permissions to
    the new one. Returns the names that were not the same already; these alone are touched. Call it within `alone`,
    after `recover`. With `by_hand`, people write these files: what they have changed meanwhile is not replaced.

    Raises:
        OctdeckError: a file could not be written. If the fault came before the journal was written, everything is as it
            was; if it came while files were moved into place, the next run moves the rest.

    """
    names = {out / name: name for name in files}
    wanted = {path: files[name] for path, name in names.items()} | dict([beside] if beside else [])
    for name in files:
        if not _is_within(name, out):
            raise OctdeckError(f"{out / name} cannot be written: it has an unusual name", "rename it")
    with _faults(out):
        out.mkdir(parents=True, exist_ok=True)
        for path in wanted:
            if path.is_dir():
                hint = "move the folder away, then run octdeck again"
                raise OctdeckError(f"{path} cannot be written: it is a folder", hint)
        changed = {path: content for path, content in wanted.items() if not _holds(path, content)}
        if not changed:
            return frozenset()
        # What the files rest on goes first.
        order = sorted(changed, key=lambda path: path in names)
        staged = {path: _staged(path) if path in names else _beside(path) for path in order}
        try:
            for path, waiting in staged.items():
                _write(waiting, changed[path])
                with suppress(FileNotFoundError):
                    waiting.chmod(S_IMODE(path.stat().st_mode))
            entries = {
                names.get(path, _BESIDE): _Entry(
                    hashlib.sha256(changed[path]).hexdigest(),
                    _digest(path) or "" if by_hand or path not in names else None,
                )
                for path in order
            }
            _write(_staged(out / _JOURNAL), _told(entries))
            _staged(out / _JOURNAL).replace(out / _JOURNAL)
        except BaseException:
            if not (out / _JOURNAL).exists():
                for waiting in (*staged.values(), _staged(out / _JOURNAL)):
                    with suppress(OSError):
                        waiting.unlink(missing_ok=True)
            raise
        _move(staged, out)
    return frozenset(name for path, name in names.items() if path in changed)


def is_pending(out: Path) -> bool:
    """Whether a run that was killed has left something for `recover` to do."""
    return disk.is_there(out / _JOURNAL)


def recover(out: Path, beside: Path | None = None) -> None:
    """Finish what a run that was killed had begun: move the files of its journal into place, drop what has none.

    Where it had begun to write a file beside the folder as well, only a run that does so, too, can finish it. If that
    file is by now another one than was to be replaced, nothing that rests on it is moved.

    Raises:
        OctdeckError: a file cannot be moved, or somebody has changed what it is to replace.

    """
    with _faults(out):
        entries, staged = _journal(out), dict[Path, Path]()
        if rests_on := entries.pop(_BESIDE, None):
            if beside is None:
                return
            if _digest(_beside(beside)) == rests_on.content and rests_on.may_replace(beside):
                staged[beside] = _beside(beside)
            elif _digest(beside) != rests_on.content:
                entries = {}
        for name, entry in entries.items():
            path, waiting = out / name, _staged(out / name)
            # One that is not what the journal says is no loss: it will be made again.
            if _digest(waiting) == entry.content:
                if not entry.may_replace(path):
                    message = f"{path} was changed before octdeck, which was killed, could put a repaired one in place"
                    raise OctdeckError(message, "move it away, run octdeck again, and put your change into the new one")
                staged[path] = waiting
        _move(staged, out)
        for path in (*_leftovers(out), *([_beside(beside)] if beside else [])):
            path.unlink(missing_ok=True)


def _told(entries: Mapping[str, _Entry]) -> bytes:
    """A journal: the files by name; by `_BESIDE`, which is no name, the one beside."""
    import json

    data = {name: [entry.content, entry.instead] for name, entry in entries.items()}
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def _journal(out: Path) -> dict[str, _Entry]:
    import json

    try:
        data = json.loads(disk.read(out / _JOURNAL, out, _MOST)) if is_pending(out) else {}
        entries = {
            name: _Entry(str(content), None if instead is None else str(instead))
            for name, (content, instead) in data.items()
        }
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}  # not ours
    # A journal may come with a folder from anywhere: it can name files of that folder and nothing else.
    return {name: entry for name, entry in entries.items() if name == _BESIDE or _is_within(name, out)}


def _is_within(name: str, out: Path) -> bool:
    """Whether a journal may name this file: it lies in the folder, or below it in one that is not hidden."""
    if not re.fullmatch(_NAME, name):
        return False
    return Path(os.path.realpath((out / name).parent)).is_relative_to(os.path.realpath(out))


def _move(staged: Mapping[Path, Path], out: Path) -> None:
    for path, waiting in staged.items():
        waiting.replace(path)
    for folder in {path.parent for path in staged}:
        _sync(folder)
    (out / _JOURNAL).unlink(missing_ok=True)


def _staged(path: Path) -> Path:
    """Where the new content of a file waits."""
    return path.with_name(f".{path.name}.octdeck")


def _beside(path: Path) -> Path:
    """Where that of a file beside the folder waits: apart from what waits in that file's folder, and its journal."""
    return path.with_name(f".{path.name}.octdeck-beside")


def _leftovers(out: Path) -> list[Path]:
    found = out.glob(".*.octdeck") if out.is_dir() else ()
    return [path for path in found if path.name != _JOURNAL and (path.is_symlink() or not path.is_dir())]


def _own_folder() -> Path:
    """A folder for locks that no other user can write to."""
    import tempfile

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
    """The digest of a regular file; None where there is none."""
    if not disk.is_file(path):
        return None
    with disk.opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _faults(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OctdeckError(
            f"{error.filename or out} cannot be written: {reason(error)}",
            "close what has it open, make room or get permission, then run octdeck again",
        ) from None
