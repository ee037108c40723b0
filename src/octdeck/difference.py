"""Bank × what students have → what the next release does to them, question by question."""

from collections import Counter
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from octdeck import fieldtext, notes, notetypes, renames
from octdeck.bank import Bank
from octdeck.diagnostics import Span
from octdeck.lock import Lock, NoteKey, Released, others
from octdeck.notes import Note
from octdeck.release import Release
from octdeck.wordwise import Stretch, compared_parts

Status: TypeAlias = Literal["new", "changed", "retired", "restored", "replaced", "removed", "unchanged"]
"""`replaced`: by a new card, as the question became a gap text, or was one. `unchanged`: all but its deck, at most."""

Danger: TypeAlias = Literal["renamed", "replaced", "removed", "blanked", "ignored"]
"""What costs students history, or leaves them with a card that no correction reaches.

`blanked`: a card of the question, such as its reverse, is no more; students keep it blank until they delete it.

`ignored`: Anki would skip the correction, as the release has no later time than the copy that students have.
"""


class Base(Struct, frozen=True):
    """What students have: `released`, and the `texts` as far as they are known, of the package or lock file `path`.

    `looks` tells by note type when it last changed, where that is known; `path` is None if nothing was released.
    `earlier` are the ids of questions that were gone already; `unlike` is a package that might have been the last
    release, and is not.
    """

    released: Lock
    path: Path | None = None
    is_package: bool = False
    texts: Mapping[NoteKey, Note] = {}
    looks: Mapping[str, int] = {}
    earlier: tuple[str, ...] = ()
    unlike: Path | None = None


class FieldChange(Struct, frozen=True):
    """What changes in a field, or in the tags: no words at all where only the markup does."""

    name: str
    words: tuple[Stretch, ...]


class Change(Struct, frozen=True):
    """What happens to a question.

    `span` is its id's place in its deck file, or in the lock file where it is gone; None if no file names it. `fields`
    is None where the text before is not known. `deck` and `kind` are those before and after, where they differ; the
    kind before may not be known. `other` is the old id of a new question that seems to be renamed, and the new id of
    one that is gone.
    """

    id: str
    status: Status
    span: Span | None
    danger: Danger | None = None
    fields: tuple[FieldChange, ...] | None = None
    deck: tuple[str, str] | None = None
    kind: tuple[str | None, str] | None = None
    other: str | None = None


class Difference(Struct, frozen=True):
    """All that happens; of questions that stay as they are and where they are, only the count.

    `look`: the cards of the release look different.
    """

    bank: str
    base: Base
    changes: tuple[Change, ...]
    counts: Mapping[Status, int]
    look: bool

    @property
    def dangers(self) -> tuple[Change, ...]:
        """What a teacher should not release without a second look."""
        return tuple(change for change in self.changes if change.danger)


def compare(bank: Bank, base: Base, planned: Release, lock_path: Path) -> Difference:
    """What the release `planned` of `bank` does to students who have `base`; `lock_path` is where its lines stand."""
    now = {note.key: note for note in notes.of_bank(bank)}
    before = base.released.notes
    gone = {key: known for key, known in before.items() if key not in now and not _other(key, now)}
    new = [note for key, note in now.items() if key not in before and not _other(key, before)]
    renamed = renames.find(bank, gone, new, base.texts)
    was = {id_: old for old, id_ in renamed.items()}
    places = {item.question.id: item for item in bank.items}
    counts: Counter[Status] = Counter()
    changes = []
    for key, note in now.items():
        change = _change(note, before.get(key), base.texts.get(key), planned.stamp(key))
        if key not in before:
            change = replace(change, other=was.get(note.key[0]))
            if other := _other(key, before):
                kind = _kind_of(base, other), _kind(note)
                change = replace(change, status="replaced", danger="replaced", kind=kind)
        counts[change.status] += 1
        if change.status != "unchanged" or change.deck:
            changes.append(replace(change, span=places[change.id].span("id")))
    for (id_, _), known in gone.items():
        counts["removed"] += 1
        span = places[id_].span("id") if id_ in places else _line(id_, known, lock_path)
        danger: Danger = "renamed" if id_ in renamed else "removed"
        changes.append(Change(id_, "removed", span, danger, other=renamed.get(id_)))
    look = any(
        note_type.changed > base.looks.get(note_type.key, note_type.changed) for note_type in notetypes.released()
    )
    return Difference(bank.id, base, tuple(changes), counts, look)


def _change(note: Note, before: Released | None, text: Note | None, stamp: int) -> Change:
    """What happens to a question that the release has."""
    id_ = note.key[0]
    if before is None:
        return Change(id_, "new", None)
    deck = (before.deck, note.deck) if before.deck != note.deck else None
    if before.digest == note.digest:
        return Change(id_, "unchanged", None, deck=deck)
    retired, was_retired = "retired" in note.tags, text is not None and "retired" in text.tags
    status: Status = "changed"
    if retired != was_retired:
        status = "retired" if retired else "restored"
    kinds = (_kind(text), _kind(note)) if text else None
    danger: Danger | None = None
    if stamp <= before.stamp:
        danger = "ignored"
    elif text and set(text.cards) - set(note.cards):
        danger = "blanked"
    return Change(
        id_,
        status,
        None,
        danger=danger,
        fields=_fields(text, note) if text else None,
        deck=deck,
        kind=kinds if kinds and kinds[0] != kinds[1] else None,
    )


_TOLD = frozenset({"Kind", "Id", "Notice"})  # in another way
_TOLD_TAGS = ("kind::", "retired")
_REPEATS = frozenset({"Typed", "Reverse"})  # the answer
_WORDLESS = frozenset({"Occlusion"})  # measures of regions


def _fields(before: Note, after: Note) -> tuple[FieldChange, ...]:
    old, new = notes.fields_of(before), notes.fields_of(after)
    found = list[FieldChange]()
    told = set[Stretch]()
    for name in new:
        if old[name] == new[name] or name in _TOLD or (name in _REPEATS and old[name] and new[name]):
            continue
        parts = fieldtext.of(old[name]), fieldtext.of(new[name])
        words = compared_parts(*parts) if parts[0] != parts[1] and name not in _WORDLESS else ()
        differences = {stretch for stretch in words if stretch.sort != "same"}
        # The options of an order are the answer, in another order.
        if not differences or differences - told:
            found.append(FieldChange(name.lower(), words))
            told |= differences
    tags = [[tag for tag in note.tags if not tag.startswith(_TOLD_TAGS)] for note in (before, after)]
    if tags[0] != tags[1]:
        found.append(FieldChange("tags", _by_tag(*tags)))
    return tuple(found)


def _by_tag(before: list[str], after: list[str]) -> tuple[Stretch, ...]:
    gone, come = [tag for tag in before if tag not in after], [tag for tag in after if tag not in before]
    return (*(Stretch("removed", f"{tag} ") for tag in gone), *(Stretch("added", f"{tag} ") for tag in come))


def _kind_of(base: Base, key: NoteKey) -> str | None:
    """What a question was when it was released: without its text, only what has a note type of its own is known."""
    return _kind(base.texts[key]) if key in base.texts else key[1] if key[1] != "main" else None


def _kind(note: Note) -> str:
    return notes.fields_of(note)["Kind"]


def _line(id_: str, known: Released, path: Path) -> Span | None:
    start = len("question ") + 1
    return Span(path, known.line, start, known.line, start + len(id_)) if known.line else None


def _other(key: NoteKey, among: Container[NoteKey]) -> NoteKey | None:
    """The note that the same question is among these, as another kind."""
    return next((other for other in others(key) if other in among), None)
