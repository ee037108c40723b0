"""What students do with their cards between two releases: study them, and write, tag, suspend, move or delete."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from anki.notes import Note
from anki.scheduler.v3 import CardAnswer
from msgspec import Struct

from octdeck import notetypes
from support import START, Student

_RATINGS = (CardAnswer.AGAIN, CardAnswer.HARD, CardAnswer.GOOD, CardAnswer.EASY)


class Habit(Struct, frozen=True):
    """What a student does to a note. With `earlier`, he did it before the next release was built, else after."""

    do: Callable[[Student, Note], object]
    earlier: bool = False


def _write(student: Student, note: Note) -> None:
    note.fields[0] += " My own words."
    student.collection.update_note(note)


def _tag(student: Student, note: Note) -> None:
    note.tags.append("mine")
    student.collection.update_note(note)


def _mark(student: Student, note: Note) -> None:
    note.tags.append("marked")
    student.collection.update_note(note)


def _forget(student: Student, note: Note) -> None:
    """Forget the first card so often that Anki tags it as a leech."""
    card = note.card_ids()[0]
    student.collection.sched.set_due_date([card], "0")
    student.answers(card, CardAnswer.AGAIN)


def _suspend(student: Student, note: Note) -> None:
    student.collection.sched.suspend_notes([note.id])


def _bury(student: Student, note: Note) -> None:
    student.collection.sched.bury_notes([note.id])


def _flag(student: Student, note: Note) -> None:
    student.collection.set_user_flag_for_cards(1, note.card_ids())


def _move(student: Student, note: Note) -> None:
    deck = student.collection.decks.id("My own")
    assert deck is not None
    student.collection.set_deck(note.card_ids(), deck)


def _cram(student: Student, note: Note) -> None:
    """Have the cards in a filtered deck."""
    col = student.collection
    deck_id = col.decks.new_filtered(f"Cram {note.id}")
    deck = col.decks.get(deck_id)
    assert deck is not None
    deck["terms"] = [[f"nid:{note.id}", 100, 0]]
    col.decks.save(deck)
    col.sched.rebuild_filtered_deck(deck_id)


def _delete(student: Student, note: Note) -> None:
    student.collection.remove_notes([note.id])


def _restyle(student: Student, note: Note) -> None:
    """Give the cards of this note's type a look of one's own."""
    held = student.collection.models.get(note.mid)
    assert held is not None
    held["css"] += "/* mine */"
    student.collection.models.update_dict(held)


def _widen(student: Student, note: Note) -> None:
    """Add a field to this note's type, if it is not there yet."""
    models = student.collection.models
    held = models.get(note.mid)
    assert held is not None
    if "Mine" not in models.field_names(held):
        models.add_field(held, models.new_field("Mine"))
        models.update_dict(held)


def _nothing(student: Student, note: Note) -> None:
    pass


HABITS: Final[Mapping[str, Habit]] = {
    "studied": Habit(_nothing),
    "unseen": Habit(_nothing),
    "wrote": Habit(_write, earlier=True),
    "wrote later": Habit(_write),
    "tagged": Habit(_tag, earlier=True),
    "tagged later": Habit(_tag),
    "marked": Habit(_mark, earlier=True),
    "marked later": Habit(_mark),
    "leech": Habit(_forget, earlier=True),
    "leech later": Habit(_forget),
    "suspended": Habit(_suspend),
    "buried": Habit(_bury),
    "flagged": Habit(_flag),
    "moved": Habit(_move),
    "crammed": Habit(_cram),
    "deleted": Habit(_delete),
}
"""What can be done to one note and not to another."""

LOOKS: Final[Mapping[str, Habit]] = {
    "restyled": Habit(_restyle, earlier=True),
    "restyled later": Habit(_restyle),
    "widened": Habit(_widen),
}
"""What is done to the note types, and so to all notes."""


def study(student: Student, habits: Sequence[str]) -> None:
    """Answer every card, and give every second one a long interval; then do what each of the habits is.

    The habit of a note stands before the first dot of its question's id.
    """
    col = student.collection
    for preset in col.decks.all_config():
        preset["new"]["perDay"] = preset["rev"]["perDay"] = 9999
        preset["lapse"]["leechFails"] = 1
        col.decks.update_config(preset)
    held = {
        habit: [col.get_note(id_) for id_ in col.find_notes(f"Id:matrix/{habit.replace(' ', '-')}.*")]
        for habit in habits
    }
    cards = [card for habit, notes in held.items() if habit != "unseen" for note in notes for card in note.card_ids()]
    for number, card in enumerate(cards):
        student.answers(card, _RATINGS[number % len(_RATINGS)])
    col.sched.set_due_date(cards[::2], "40!")
    known = {**HABITS, **LOOKS}
    for habit, notes in held.items():
        for note in notes:
            known[habit].do(student, note)
    student.settles()
    # Anki took the time of all this from the clock.
    assert col.db is not None
    for habit, notes in held.items():
        ids = ",".join(str(note.id) for note in notes)
        if known[habit].earlier:
            col.db.execute(f"UPDATE notes SET mod = {START + 1} WHERE id IN ({ids})")
        if habit in LOOKS:
            days = 0 if known[habit].earlier else 2
            types = f"SELECT mid FROM notes WHERE id IN ({ids})"
            col.db.execute(
                f"UPDATE notetypes SET mtime_secs = {notetypes.CHANGED + days * 24 * 3600} WHERE id IN ({types})"
            )
