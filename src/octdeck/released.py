"""A bank's folder, and the folder of its outputs → what they tell of past releases: lock file and packages."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from octdeck import disk, lock, outputs, sourcemap
from octdeck.bank import Bank
from octdeck.diagnostics import Diagnostic
from octdeck.errors import OctdeckError
from octdeck.lock import Lock
from octdeck.sourcemap import MAX_BYTES

if TYPE_CHECKING:
    from octdeck.readers.apkg import Snapshot


def lock_file(
    folder: Path, texts: dict[Path, str], instead: Mapping[Path, bytes] | None = None
) -> tuple[Lock | None, list[Diagnostic]]:
    """The lock file of the bank in `folder`, whose text is added to `texts`, and what is wrong in it.

    None where there is none, or none that is text; with findings, what can be relied on. `instead` may hold what to
    read instead of the file.

    Raises:
        OctdeckError: it cannot be read.

    """
    path = folder / lock.NAME
    data = lock_data(folder, instead)
    if data is None:
        return None, []
    texts[path] = data.decode("utf-8-sig", "replace")
    text, found = sourcemap.decode(data, path)
    return (None, found) if text is None else lock.parse(text, path)


def lock_data(folder: Path, instead: Mapping[Path, bytes] | None = None) -> bytes | None:
    """The bytes of the lock file of the bank in `folder`, or those to read `instead`; None where there is none.

    Raises:
        OctdeckError: it cannot be read.

    """
    path = folder / lock.NAME
    if not disk.is_there(path):
        return None
    return instead[path] if instead and path in instead else disk.read(path, folder, MAX_BYTES)


def package(path: Path, bank: str) -> "Snapshot":
    """The notes of `bank` in the Anki package at `path`, of which there is one at least.

    Raises:
        OctdeckError: it cannot be read, or has none.

    """
    snapshot = _package(path, bank)
    if not snapshot.notes:
        others = ", ".join(f"'{other}'" for other in snapshot.others[:3])
        raise OctdeckError(
            f"{path} has no question of the bank '{bank}'" + (f", but some of {others}" if others else ""),
            f"write 'bank: {snapshot.others[0]}' again if that was its id, or name another package"
            if others
            else "name a package that 'octdeck build' made of this bank",
        )
    return snapshot


def _package(path: Path, bank: str) -> "Snapshot":
    from octdeck.readers import apkg

    with disk.opened(path) as file:
        return apkg.read(file, str(path), bank)


def refuse_without_lock(bank: Bank, folder: Path, out: Path) -> None:
    """Keep a build from forgetting a release: let there be no package of the bank in `out` when it has no lock file.

    Raises:
        OctdeckError: there is one.

    """
    lock_path = folder / lock.NAME
    if disk.is_there(lock_path):
        return
    for output in outputs.of_bank(bank, ["anki"]):
        path = out / output.name
        if not disk.is_file(path):
            continue
        try:
            is_release = bool(_package(path, bank.id).notes)
        except OctdeckError as error:
            hint = f"{lock_path} is missing, and this may have been a release: take it back, or move the package away"
            raise OctdeckError(str(error), hint) from None
        if is_release:
            cure = f"octdeck lock --from {_typed(path)} {_typed(folder)}"
            raise OctdeckError(
                f"{lock_path} is missing, though {path} was released: without it, students would miss corrections",
                f"run '{cure}', or move the package away if no student has it",
            )


def _typed(path: Path) -> str:
    """A path as it is typed in a command, on any system."""
    return f'"{path}"' if " " in str(path) else str(path)
