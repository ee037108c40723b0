"""Two packages → what becomes of a student who imports one, studies, and imports the other: tried in the real Anki.

Anki comes with the extra `octdeck[verify]`, so nothing else imports this module before it is needed. What is done to
the collection is what the app does.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import anki.collection  # noqa: F401  anki.cards cannot be imported before it
from anki import import_export_pb2
from anki.buildinfo import version
from anki.cards import CardId
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest, ImportLogWithChanges
from anki.decks import DeckId
from anki.errors import AnkiException
from anki.models import NotetypeId
from anki.notes import NoteId
from anki.scheduler.v3 import CardAnswer, Scheduler
from msgspec import Struct

from octdeck.errors import OctdeckError
from octdeck.student import HeldCard, HeldNote, HeldType, Holdings, Rehearsal

_ANSWERED = 400  # cards that are answered one by one, as a student does; the others get their intervals at one go
_RATINGS = (CardAnswer.AGAIN, CardAnswer.HARD, CardAnswer.GOOD, CardAnswer.EASY)
_CARDS = "id, nid, ord, CASE odid WHEN 0 THEN did ELSE odid END"
_SCHEDULE = "type, queue, due, ivl, factor, reps, lapses, left, odue, flags, data"


class _Own(Struct, frozen=True):
    """Where to find what the student has made himself."""

    notes: tuple[NoteId, ...]
    decks: tuple[DeckId, ...]
    note_type: NotetypeId
    file: Path


def rehearse(last: Path, following: Path, folder: Path, *, fsrs: bool) -> Rehearsal:
    """Import `last` into a new collection in `folder`, study, and import `following`, both with the app's defaults.

    The student has decks, notes, a note type and a file of his own; one of the notes comes to lie among the bank's.

    Raises:
        OctdeckError: Anki cannot import a package, or fails otherwise.

    """
    student = Collection(str(folder / "collection.anki2"))
    try:
        student.set_config("fsrs", fsrs)
        own = _begin(student)
        begun = _contents(student, own)
        _import(student, last)
        touched = _changed(begun, _contents(student, own))
        _study(student, own)
        studied, contents = _holdings(student, own), _contents(student, own)
        log = _import(student, following)
        updated = _holdings(student, own)
        touched |= _changed(contents, _contents(student, own))
        again = _import(student, following)
        missing = tuple(sorted(student.media.check().missing))
        problems, clean = student.fix_integrity()
    except AnkiException as error:
        raise OctdeckError(f"Anki failed: {error}", "make room where temporary files go, or set TMPDIR") from None
    finally:
        student.close()
    return Rehearsal(
        anki=version,
        fsrs=fsrs,
        studied=studied,
        updated=updated,
        found=log.found_notes,
        conflicting=len(log.conflicting),
        own_changed=tuple(sorted(touched)),
        again=len(again.new) + len(again.updated),
        missing=missing,
        integrity="" if clean else "; ".join(problems.split("\n")[:-1]),  # the last line is there always
    )


def _import(student: Collection, package: Path) -> ImportLogWithChanges.Log:
    newer = import_export_pb2.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER
    options = ImportAnkiPackageOptions(update_notes=newer, update_notetypes=newer)
    try:
        log = student.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options)).log
    except AnkiException as error:
        raise OctdeckError(f"Anki cannot import {package}: {error}", "name a package that octdeck has built") from None
    student.models._clear_cache()  # what Python remembers of note types is of before the import
    return log


def _begin(student: Collection) -> _Own:
    """Give the student decks, notes, a note type and a file of his own, and no limit to the cards of a day."""
    for preset in student.decks.all_config():
        preset["new"]["perDay"] = preset["rev"]["perDay"] = 9999
        student.decks.update_config(preset)
    note_type = student.models.copy(student.models.current())
    note_type["css"] += "/* my own */"
    student.models.update_dict(note_type)
    file = Path(student.media.dir()) / student.media.write_data("my-own.txt", b"my own")
    decks, notes = [], []
    for name in ("A student's own", "A student's own::Within"):
        decks.append(DeckId(student.decks.add_normal_deck_with_name(name).id))
        note = student.new_note(note_type)
        note.fields[:2] = [name, f'<img src="{file.name}">']
        note.tags = ["my-own"]
        student.add_note(note, decks[-1])
        student.sched.set_due_date(note.card_ids(), "5!")
        notes.append(note.id)
    return _Own(tuple(notes), tuple(decks), NotetypeId(note_type["id"]), file)


def _study(student: Collection, own: _Own) -> None:
    """Give most cards that were imported a past, suspend, bury and flag some, and put an own card among them."""
    query = f"SELECT id, did FROM cards WHERE nid NOT IN {_listed(own.notes)} ORDER BY id"
    cards = {CardId(card): DeckId(deck) for card, deck in _rows(student, query)}
    decks = list(dict.fromkeys(cards.values()))
    for deck in decks[:_ANSWERED]:
        _answer(student, deck, max(1, _ANSWERED // len(decks)))
    unseen = [CardId(row[0]) for row in _rows(student, "SELECT id FROM cards WHERE type = 0 ORDER BY id")]
    for start, days in enumerate(("3!", "40!", "400!")):  # of four cards, one stays new
        student.sched.set_due_date(unseen[start::4], days)
    every = list(cards)
    student.sched.suspend_cards(every[::9])
    student.sched.bury_cards(every[1::9], manual=True)
    student.set_user_flag_for_cards(1, every[::7])
    if decks:
        student.set_deck(student.card_ids_of_note(own.notes[0]), decks[0])
    student.fix_integrity()  # so that whatever it finds later has come with the next release


def _answer(student: Collection, deck: DeckId, count: int) -> None:
    """Answer so many cards of a deck as they come: again, hard, good, easy."""
    scheduler = student.sched
    assert isinstance(scheduler, Scheduler)
    student.decks.select(deck)
    for number in range(count):
        queue = scheduler.get_queued_cards().cards
        if not queue:
            break
        card = student.get_card(CardId(queue[0].card.id))
        card.start_timer()
        rating = _RATINGS[number % len(_RATINGS)]
        scheduler.answer_card(scheduler.build_answer(card=card, states=queue[0].states, rating=rating))


def _holdings(student: Collection, own: _Own) -> Holdings:
    """The collection as it is now."""
    empty = {card for note in student.get_empty_cards().notes for card in note.card_ids}
    decks = {deck.id: deck.name for deck in student.decks.all_names_and_ids()}
    cards: dict[int, list[HeldCard]] = defaultdict(list)
    for card, note, position, deck, *schedule in _rows(
        student, f"SELECT {_CARDS}, {_SCHEDULE} FROM cards ORDER BY nid, ord"
    ):
        cards[note].append(HeldCard(card, position, decks[deck], tuple(schedule), card in empty))
    notes = tuple(
        HeldNote(guid, type_id, stamp, tuple(fields.split("\x1f")), frozenset(tags.split()), tuple(cards[id_]))
        for id_, guid, type_id, stamp, fields, tags in _rows(
            student, "SELECT id, guid, mid, mod, flds, tags FROM notes"
        )
        if id_ not in own.notes
    )
    reviews: dict[int, list[tuple[object, ...]]] = defaultdict(list)
    for row in _rows(student, "SELECT cid, * FROM revlog ORDER BY id"):
        reviews[row[0]].append(tuple(row))
    return Holdings(
        notes=notes,
        note_types={type_id: _note_type(student, type_id) for type_id in {note.type_id for note in notes}},
        reviews={card: tuple(rows) for card, rows in reviews.items()},
    )


def _note_type(student: Collection, type_id: int) -> HeldType:
    found = student.models.get(NotetypeId(type_id))
    assert found is not None
    return HeldType(
        fields=tuple(field["name"] for field in found["flds"]),
        templates=tuple((template["name"], template["qfmt"], template["afmt"]) for template in found["tmpls"]),
        style=found["css"],
    )


def _contents(student: Collection, own: _Own) -> dict[str, str]:
    """All that is the student's own, as it is now, by what it is."""
    notes = _listed(own.notes)
    parts = {
        "notes": _rows(student, f"SELECT * FROM notes WHERE id IN {notes}"),
        "cards": _rows(student, f"SELECT * FROM cards WHERE nid IN {notes}"),
        "reviews": _rows(student, f"SELECT * FROM revlog WHERE cid IN (SELECT id FROM cards WHERE nid IN {notes})"),
        "decks": [student.decks.get(deck) for deck in own.decks],
        "deck options": student.decks.all_config(),
        "note type": student.models.get(own.note_type),
        "file": own.file.read_text(encoding="utf-8") if own.file.exists() else None,
    }
    return {name: json.dumps(part, sort_keys=True) for name, part in parts.items()}


def _changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name, content in before.items() if after[name] != content}


def _listed(ids: Sequence[int]) -> str:
    return f"({','.join(map(str, ids))})"


def _rows(student: Collection, query: str) -> Sequence[Sequence[Any]]:
    assert student.db is not None
    return student.db.all(query)
