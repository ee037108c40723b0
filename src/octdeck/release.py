"""Notes × lock → what is new, changed, unchanged or gone, and the time stamp of each note.

A stamp is what makes Anki update a note: a newer one than the student's copy, or the note is skipped. So only what
changed gets a new one.
"""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from octdeck import notetypes
from octdeck.bank import Bank
from octdeck.diagnostics import MOST_FOUND, Diagnostic, Span
from octdeck.lock import Lock, NoteKey, Released, iso

_DAY = 24 * 3600  # so much may the clocks of two computers differ


class Release(Struct, frozen=True):
    """The next release: `lock` is what becomes of the lock file; the rest says what it means for students."""

    lock: Lock
    new: tuple[NoteKey, ...]
    changed: tuple[NoteKey, ...]
    unchanged: tuple[NoteKey, ...]
    gone: tuple[NoteKey, ...]

    def stamp(self, key: NoteKey) -> int:
        """When this note last changed, in seconds since 1970."""
        return self.lock.notes[key].stamp


def plan(
    notes: Mapping[NoteKey, tuple[str, str]], articles: Mapping[str, tuple[str, ...]], lock: Lock, now: int
) -> Release:
    """The release of `notes`, given as (digest, deck) by key, at the time `now` (seconds since 1970).

    What is gone from the bank stays in the lock: should it come back, its stamp must not be older than a student's.
    """
    now = max(now, 1)  # Anki cannot bear the time 0
    known = dict(lock.notes)
    new, changed, unchanged = [], [], []
    for key, (digest, deck) in notes.items():
        before = lock.notes.get(key)
        if before is None:
            new.append(key)
            stamp = now
        elif before.digest == digest:
            unchanged.append(key)
            stamp = before.stamp
        else:
            changed.append(key)
            # Anki skips a note whose stamp equals the student's copy, so two builds in one second need two stamps.
            stamp = max(now, before.stamp + 1)
        known[key] = Released(stamp, digest, deck)
    gone = tuple(key for key in lock.notes if key not in notes)
    kept = {source: lock.articles.get(source, digests) for source, digests in articles.items()}
    return Release(
        Lock(lock.bank, known, {**lock.articles, **kept}), tuple(new), tuple(changed), tuple(unchanged), gone
    )


def check(bank: Bank, lock: Lock, lock_path: Path, now: int | None = None) -> list[Diagnostic]:
    """What the next release would cost students, before it happens; and times in the lock that are beyond `now`.

    If the bank is not whole, as there are mistakes in its files, nobody knows which questions are gone.
    """
    if lock.bank != bank.id:
        message = f"the bank's id was '{lock.bank}' when it was released; as '{bank.id}' every card would be a new one"
        hint = f"write 'bank: {lock.bank}' again; a bank of its own belongs in a folder of its own"
        return [Diagnostic("OD211", message, bank.span("bank"), hint=hint)]
    found = _future(lock, lock_path, now) if now is not None else []
    items = {item.question.id: item for item in bank.items}
    renamed = _renamed(bank, lock) if bank.whole else {}
    for (id_, note), released in lock.notes.items():
        if len(found) >= MOST_FOUND:
            break
        item = items.get(id_)
        if item is None and not bank.whole:
            continue
        if item is None or not item.question.anki:
            message = (
                f"the question '{id_}' was released and is gone: students keep the card, and no correction reaches it"
            )
            hint = f"bring '{id_}' back with 'retired: true' (and without 'anki: false')"
            also: tuple[tuple[str, Span], ...] = ()
            if id_ in renamed:
                hint = f"did you rename it to '{renamed[id_]}'? write 'id: {id_}' again, or students begin anew with it"
                also = (("the new question", items[renamed[id_]].span("id")),)
            before = len("question ") + 1
            here = Span(lock_path, released.line, before, released.line, before + len(id_))
            found.append(Diagnostic("OD208", message, here, "warning", hint, also))
        elif note != (key := notetypes.key_of(item.question.kind)) and (id_, key) not in lock.notes:
            message = (
                "this question was released as another kind; to or from a gap text or a picture with regions, "
                "students get a new card without the old one's history"
            )
            hint = "give the new question a new id, and keep the old one with 'retired: true'"
            found.append(Diagnostic("OD207", message, item.span("id"), "warning", hint))
    return found


def _renamed(bank: Bank, lock: Lock) -> dict[str, str]:
    """The new id of each question that is gone and seems to have got one."""
    here = {item.question.id for item in bank.items}
    gone = {key: known for key, known in lock.notes.items() if key[0] not in here}
    if not gone:
        return {}
    from octdeck import renames
    from octdeck.notes import of_bank

    released = {id_ for id_, _ in lock.notes}
    new = replace(bank, items=tuple(item for item in bank.items if item.question.id not in released))
    return renames.find(bank, gone, of_bank(new), {})


def _future(lock: Lock, path: Path, now: int) -> list[Diagnostic]:
    """Of times that cannot be, one finding: often all lines of a release have the same."""
    late = sorted((known.line, key, known.stamp) for key, known in lock.notes.items() if known.stamp > now + _DAY)
    if not late:
        return []
    line, (id_, note), stamp = late[0]
    rest = f", and so are {len(late) - 1} more times in this file" if len(late) > 1 else ""
    hint = (
        "set the clock of this computer, if it is wrong; leave the file as it is: students may have cards of that time"
    )
    column = len(f"question {id_} {note} ") + 1
    here = Span(path, line, column, line, column + len(iso(stamp)))
    return [Diagnostic("OD238", f"{iso(stamp)} is in the future{rest}", here, "warning", hint)]
