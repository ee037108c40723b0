"""Notes × lock → what is new, changed, unchanged or gone, and the time stamp of each note.

A stamp is what makes Anki update a note: a newer one than the student's copy, or the note is skipped. So only what
changed gets a new one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from octdeck.bank import Bank
from octdeck.diagnostics import Diagnostic, Span
from octdeck.lock import Lock, NoteKey, Released


@dataclass(frozen=True, slots=True)
class Release:
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


def check(bank: Bank, lock: Lock, lock_path: Path) -> list[Diagnostic]:
    """What the next release would cost students, before it happens."""
    if lock.bank != bank.id:
        message = f"the bank's id was '{lock.bank}' when it was released; as '{bank.id}' every card would be a new one"
        hint = f"write 'bank: {lock.bank}' again; a bank of its own belongs in a folder of its own"
        return [Diagnostic("OD211", message, bank.span("bank"), hint=hint)]
    found: list[Diagnostic] = []
    items = {item.question.id: item for item in bank.items}
    for (id_, note), released in lock.notes.items():
        item = items.get(id_)
        if item is None or not item.question.anki:
            message = (
                f"the question '{id_}' was released and is gone: students keep the card, and no correction reaches it"
            )
            hint = f"bring '{id_}' back with 'retired: true' (and without 'anki: false')"
            before = len("question ") + 1
            here = Span(lock_path, released.line, before, released.line, before + len(id_))
            found.append(Diagnostic("OD208", message, here, "warning", hint))
        elif (item.question.kind == "cloze") != (note == "cloze") and (id_, _other(note)) not in lock.notes:
            message = (
                "this question was released as another kind; to or from a gap text, "
                "students get a new card without the old one's history"
            )
            hint = "give the new question a new id, and keep the old one with 'retired: true'"
            found.append(Diagnostic("OD207", message, item.span("id"), "warning", hint))
    return found


def _other(note: Literal["main", "cloze"]) -> Literal["main", "cloze"]:
    return "main" if note == "cloze" else "cloze"
