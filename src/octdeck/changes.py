"""A bank on disk and its last release → what the next release does to students; nothing is written."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from octdeck import building, difference, disk, lock, released
from octdeck.bank import Bank
from octdeck.difference import Base, Difference
from octdeck.errors import OctdeckError
from octdeck.project import Project

if TYPE_CHECKING:
    from octdeck.readers.apkg import Snapshot


def since(found: Project, out: Path, now: int, package: Path | None = None) -> Difference:
    """What a release at the time `now` does to students who have the last one, or that in the file `package`.

    The last one is what the lock file tells of. Its package in the folder `out`, if it is the same, tells the texts.

    Raises:
        OctdeckError: the project has errors, `package` cannot be read or has no question of the bank, or `out` holds a
            release and the lock file is missing.

    """
    planned = building.next_release(found, now)
    bank = found.bank
    assert bank is not None  # or there would be no release
    released.refuse_without_lock(bank, found.folder, out)
    base = _base(released.package(package, bank.id), bank, package, found) if package else _of_last(found, bank, out)
    return difference.compare(bank, base, planned, found.folder / lock.NAME)


def _of_last(found: Project, bank: Bank, out: Path) -> Base:
    """The last release by its package, if that is what the lock file tells of, or by the lock file alone."""
    known, path = found.lock, out / f"{bank.id}.apkg"
    if not known.notes:
        return Base(known)
    if not disk.is_file(path):
        return Base(known, found.folder / lock.NAME)
    with suppress(OctdeckError):
        snapshot = released.package(path, bank.id)
        if _is_last(snapshot, found, bank):
            here = {id_ for id_, _ in snapshot.notes} | {item.question.id for item in bank.items}
            earlier = tuple(sorted({id_ for id_, _ in known.notes} - here))
            return replace(_base(snapshot, bank, path, found), earlier=earlier)
    return Base(known, found.folder / lock.NAME, unlike=path)


def _is_last(snapshot: "Snapshot", found: Project, bank: Bank) -> bool:
    """Whether a package has what was released last: all of it that the bank still has, and nothing else."""
    known = found.lock.notes
    same = all(
        key in known and (known[key].stamp, known[key].digest) == (note.stamp, note.digest)
        for key, note in snapshot.as_lock(bank.id).notes.items()
    )
    here = {item.question.id for item in bank.items if item.question.anki}
    return same and all(key in snapshot.notes for key in known if key[0] in here and _latest(key, found))


def _latest(key: lock.NoteKey, found: Project) -> bool:
    """Whether a note is the one that a question has now; it may have been of another kind before."""
    known = found.lock.notes
    return all(known[other].stamp <= known[key].stamp for other in lock.others(key) if other in known)


def _base(snapshot: "Snapshot", bank: Bank, path: Path, found: Project) -> Base:
    """The base that a package is; lines of the lock file that say the same are kept as places."""
    notes = snapshot.as_lock(bank.id).notes
    known = found.lock.notes
    placed = {key: known[key] if key in known and known[key].says == note.says else note for key, note in notes.items()}
    return Base(lock.Lock(bank.id, placed), path, True, snapshot.notes, snapshot.looks)
