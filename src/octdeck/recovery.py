"""Packages that students have → the lock file of their bank, where it was lost or does not know of them."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from octdeck import disk, lock, project, released, transaction
from octdeck.diagnostics import Diagnostic
from octdeck.errors import OctdeckError
from octdeck.lock import Lock


class Recovered(Struct, frozen=True):
    """The lock file at `path` as it now is; `before` is what could be relied on of the one that was there.

    `lost` are the lines of it that could not be read; `written` is False if it said all of this already.
    """

    path: Path
    lock: Lock
    before: Lock | None
    lost: tuple[Diagnostic, ...]
    written: bool


def recover(folder: Path, packages: Sequence[Path], *, force: bool = False) -> Recovered:
    """Write the lock file of the bank in `folder` from Anki packages of it.

    What a lock file there says besides is kept: of a question that both know, what is later holds. `force` allows to
    add to a lock file that is in order. Fingerprints of articles are in no package.

    Raises:
        OctdeckError: there is no bank, a package cannot be read or has none of its questions, or there is a lock file
            in order that does not say the same.

    """
    bank = project.load(folder, formats=["anki"]).bank
    if bank is None:
        message = f"{folder / project.BANK_FILE} has errors, so nobody knows of which bank this would be the lock file"
        raise OctdeckError(message, "run 'octdeck check' and mend them")
    path = folder / lock.NAME
    with transaction.alone(folder):
        before, faults = released.lock_file(folder, {})
        if before is not None and before.bank not in {"", bank.id}:
            message = f"{path} is the lock file of the bank '{before.bank}', and this is '{bank.id}'"
            raise OctdeckError(message, f"write 'bank: {before.bank}' again, or move the file away")
        recovered = replace(before, bank=bank.id) if before is not None else Lock(bank.id)
        for package in packages:
            recovered = _with(recovered, package)
        written = before is None or bool(faults) or lock.text(recovered) != lock.text(before)
        if before is not None and not faults and written and not force:
            message = f"{path} is in order, and does not say all that {_named(packages)} has"
            raise OctdeckError(message, "add --force to have it added; nothing that the file says is lost")
        if written:
            disk.replace_all({path: lock.text(recovered).encode()})
    return Recovered(path, recovered, before, tuple(faults), written)


def _with(known: Lock, path: Path) -> Lock:
    """The lock, and what the package at `path` says of its bank."""
    snapshot = released.package(path, known.bank)
    notes = dict(known.notes)
    for key, note in snapshot.as_lock(known.bank).notes.items():
        # Of two with one time they say the same, or the package was made anew from the same text.
        if key not in notes or note.stamp >= notes[key].stamp:
            notes[key] = note
    return replace(known, notes=notes)


def _named(packages: Sequence[Path]) -> str:
    return ", ".join(map(str, packages))
