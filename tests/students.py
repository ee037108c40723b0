"""What students do with their cards between two releases: study them, and write, tag, suspend, move or delete."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from anki.notes import Note
from anki.scheduler.v3 import CardAnswer

from support import START, Student

_RATINGS = (CardAnswer.AGAIN, CardAnswer.HARD, CardAnswer.GOOD, CardAnswer.EASY)


@dataclass(frozen=True, slots=True)
class Habit:
    """What a student does to a note. With `earlier`, he did it before the next release was built, else after."""

    title: str
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


def _nothing(student: Student, note: Note) -> None:
    pass


HABITS: Final[Mapping[str, Habit]] = {
    "studied": Habit("studied it", _nothing),
    "unseen": Habit("has not studied it yet", _nothing),
    "wrote": Habit("wrote in it, before the release was built", _write, earlier=True),
    "wrote-later": Habit("wrote in it, after the release was built", _write),
    "tagged": Habit("gave it a tag, before", _tag, earlier=True),
    "tagged-later": Habit("gave it a tag, after", _tag),
    "marked": Habit("marked it, before", _mark, earlier=True),
    "marked-later": Habit("marked it, after", _mark),
    "leech": Habit("forgot it until Anki made it a leech, before", _forget, earlier=True),
    "leech-later": Habit("forgot it until Anki made it a leech, after", _forget),
    "suspended": Habit("suspended it", _suspend),
    "buried": Habit("buried it", _bury),
    "flagged": Habit("flagged it", _flag),
    "moved": Habit("moved it to a deck of his own", _move),
    "crammed": Habit("has it in a filtered deck", _cram),
    "deleted": Habit("deleted it", _delete),
}


def study(student: Student, habits: Sequence[str]) -> None:
    """Answer every card, and give every second one a long interval; then do what each of the habits is.

    The habit of a note stands before the first dot of its question's id.
    """
    col = student.collection
    for preset in col.decks.all_config():
        preset["new"]["perDay"] = preset["rev"]["perDay"] = 9999
        preset["lapse"]["leechFails"] = 1
        col.decks.update_config(preset)
    held = {habit: [col.get_note(id_) for id_ in col.find_notes(f"Id:matrix/{habit}.*")] for habit in habits}
    cards = [card for habit, notes in held.items() if habit != "unseen" for note in notes for card in note.card_ids()]
    for number, card in enumerate(cards):
        student.answers(card, _RATINGS[number % len(_RATINGS)])
    col.sched.set_due_date(cards[::2], "40!")
    for habit, notes in held.items():
        for note in notes:
            HABITS[habit].do(student, note)
    # Anki takes the time from the clock, which is long after both releases.
    earlier = [note.id for habit, notes in held.items() if HABITS[habit].earlier for note in notes]
    assert col.db is not None
    col.db.execute(f"UPDATE notes SET mod = {START + 1} WHERE id IN ({','.join(map(str, earlier))})")
