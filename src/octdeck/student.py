"""What a student has in Anki, and what a rehearsal showed, as frozen data."""

from collections.abc import Mapping

from msgspec import Struct


class HeldCard(Struct, frozen=True):
    """A card. `position` is that of its template; `deck`, where it is at home, also while a filtered deck has it.

    `schedule` is all that Anki knows of its past and future, in Anki's own columns, its stage first (0: a new card);
    `empty` if its front is blank.
    """

    id: int
    position: int
    deck: str
    schedule: tuple[object, ...]
    empty: bool


class HeldNote(Struct, frozen=True):
    """A note. `stamp` is when it last changed, in seconds since 1970."""

    guid: str
    type_id: int
    stamp: int
    fields: tuple[str, ...]
    tags: frozenset[str]
    cards: tuple[HeldCard, ...]


class HeldType(Struct, frozen=True):
    """A note type: the names of its fields, its templates as (name, front, back), and its CSS."""

    fields: tuple[str, ...]
    templates: tuple[tuple[str, str, str], ...]
    style: str


class Holdings(Struct, frozen=True):
    """A collection at one moment: `notes` and `note_types` (by id) that came from packages.

    `reviews` is the review log of each card that has one, by the card's id.
    """

    notes: tuple[HeldNote, ...]
    note_types: Mapping[int, HeldType]
    reviews: Mapping[int, tuple[tuple[object, ...], ...]]


class Rehearsal(Struct, frozen=True):
    """What was seen: `studied` is the collection before the second import, `updated` the one after it.

    `found` and `conflicting` count notes of the second package; `again`, the notes that a further import of it changed.
    `own_changed` names what is not as the student made it, though it came from no package; `missing`, media files that
    cards show and that are not there. `integrity` is what Anki's own check finds, empty if that is nothing. `anki` is
    Anki's version; `fsrs`, which of its schedulers was on.
    """

    anki: str
    fsrs: bool
    studied: Holdings
    updated: Holdings
    found: int
    conflicting: int
    again: int
    own_changed: tuple[str, ...]
    missing: tuple[str, ...]
    integrity: str
