"""A bank and its last release → a verdict on the next one, as the real Anki shows it, each finding with its place."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from octdeck import building, disk, lock, notes, notetypes, project, proof, released
from octdeck.bank import Bank
from octdeck.diagnostics import Span
from octdeck.errors import OctdeckError
from octdeck.lock import NoteKey
from octdeck.proof import Finding
from octdeck.verdict import Verdict


def last_package(sound: project.Project, out: Path) -> Path | None:
    """The package of the whole bank in the folder `out`, as `build` left it; None if nothing was released yet.

    Raises:
        OctdeckError: the lock file tells of a release, and its package is not there.

    """
    path = out / f"{sound.lock.bank}.apkg"
    if path.exists():
        return path
    if sound.lock.notes:
        message = f"{sound.folder / lock.NAME} tells of a release, and its package {path} is not there"
        raise OctdeckError(message, "name the package that students have with --from")
    return None


def verify(sound: project.Project, last: Path | None, now: int, progress: project.Progress | None = None) -> Verdict:
    """Try the release that `build` would make at the time `now`, after the release in the package `last`.

    Everything happens in a temporary folder. Without a last release, the next one is imported as the first and then
    again. It is tried with each of Anki's two schedulers.

    Raises:
        OctdeckError: Anki is not installed or fails, `last` is no package of the bank, the project has errors, or
            there is no room for a collection.

    """
    try:
        from octdeck import rehearsal
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("anki"):
            raise
        hint = "run: python -m pip install 'octdeck[verify]' (in a copy of octdeck's folder, '.[verify]')"
        raise OctdeckError("verify needs the real Anki, which is not installed", hint) from None
    planned, package = building.next_package(sound, now)
    bank = sound.bank
    assert bank is not None  # or there would be no package
    all_notes = notes.of_bank(bank)
    known = {note.guid: note.key for note in all_notes} | _released(last, bank)
    found: dict[Finding, None] = {}
    with _temporary_folder() as folder:
        following = folder / f"{bank.id}.apkg"
        following.write_bytes(package)
        for number, fsrs in enumerate((False, True), start=1):
            if progress is not None:
                progress(f"trying it in Anki, {'with' if fsrs else 'without'} FSRS", number, 2)
            room = folder / str(number)
            room.mkdir()
            seen = rehearsal.rehearse(last or following, following, room, fsrs=fsrs)
            found |= dict.fromkeys(proof.prove(seen, all_notes, notetypes.released(), known))
    places, bank_id = _places(sound, bank), partial(bank.span, "bank")
    return Verdict(
        anki=seen.anki,
        last=last,
        release=planned,
        cards=sum(len(note.cards) for note in seen.studied.notes),
        findings=tuple((finding, places.get(finding.question or "", bank_id)()) for finding in found),
    )


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    try:
        with tempfile.TemporaryDirectory(prefix="octdeck-") as folder:
            yield Path(folder)
    except OSError as error:
        message = f"{error.filename or tempfile.gettempdir()} cannot be written: {disk.reason(error)}"
        raise OctdeckError(message, "make room, or set TMPDIR to a folder with room") from None


def _released(last: Path | None, bank: Bank) -> dict[str, NoteKey]:
    """The question and note type of each GUID in the last release."""
    if last is None:
        return {}
    snapshot = released.package(last, bank.id)
    if not snapshot.notes:
        hint = "name a package that 'octdeck build' made of this bank"
        raise OctdeckError(f"{last} has no question of the bank '{bank.id}'", hint)
    return {note.guid: key for key, note in snapshot.notes.items()}


def _places(sound: project.Project, bank: Bank) -> Mapping[str, Callable[[], Span]]:
    """Where each question stands: in its deck file, else in the lock file."""
    path, start = sound.folder / lock.NAME, len("question ") + 1
    gone = {
        id_: partial(Span, path, note.line, start, note.line, start + len(id_))
        for (id_, _), note in sound.lock.notes.items()
    }
    return gone | {item.question.id: partial(item.span, "id") for item in bank.items}
