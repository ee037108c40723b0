"""Changes → outcomes: what becomes of every kind of question in a student's real Anki, however he imports.

A bank is built and imported, the student studies, the bank is changed and built again a year later, and imported again.
"""

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal, TypeAlias

from anki.collection import ImportLogWithChanges
from anki.models import NotetypeDict
from msgspec import Struct
from msgspec.structs import replace

from changes import CHANGES, KINDS, PICTURE, Change, Data
from octdeck import notes, notetypes
from octdeck.notes import Note
from octdeck.notetypes import NoteType
from octdeck.project import load
from octdeck.writers import anki
from students import study
from support import START, YEAR, Student, built, student

_SVG: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9H0z" fill="{colour}"/></svg>'
)
_SCHEDULE: Final = "ord, type, queue, due, ivl, factor, reps, lapses, left, odue, flags, data"
CHOICES: Final = ("default", "always", "never", "merge", "merge and always")
DECK: Final = "Matrix::Before"
BANK: Final = {"bank": "matrix", "title": "Matrix", "themes": {"one": "One", "two": "Two"}}

Which: TypeAlias = Literal["same", "new", "old", "other", "none"]


class Outcome(Struct, frozen=True):
    """What became of one question.

    `text`, `tags`, `deck` and `look` are the new ones, or still the old ones, or the same in both releases. `report` is
    what Anki's log of the import calls the question. `kept` if each card that the student had is there, with every
    review, interval and due date; `more` and `blank` count new cards and cards without a front; `copies`, the notes of
    the question.
    """

    change: str
    kind: str
    student: str
    choice: str
    fsrs: bool
    text: Which
    tags: Which
    deck: Which
    look: Which
    report: str
    kept: bool
    more: int
    blank: int
    copies: int


# --- the bank ---------------------------------------------------------------------------------------------------------


def questions(change: Change, habits: Sequence[str], release: int) -> list[Data]:
    """The questions of a release (0: the first, 1: one in between, 2: the last), a kind for each of the habits.

    One more is the same in all releases.
    """
    found: list[Data] = [{"id": "control", "question": "Is this the same?", "answer": "It is", "themes": ["one"]}]
    for habit in habits:
        for kind, base in KINDS.items():
            data = {"id": name(kind, habit), "themes": ["one"], **base, **change.before}
            if kind in change.patches and release > 0:
                if change.gone and not (change.back and release == 2):
                    continue
                data |= change.patches[kind]
                data |= {"id": f"{data['id']}-renamed"} if change.new_id else {}
            found.append({key: value for key, value in data.items() if value is not None})
    return found[::-1] if change.reversed and release > 0 else found


def name(kind: str, habit: str) -> str:
    """The id of a question."""
    return f"{habit}.{kind}".replace(" ", "-")


class Release(Struct, frozen=True):
    """A package, and what is in it, by question."""

    package: Path
    notes: Mapping[str, Note]
    note_types: tuple[NoteType, ...]


def releases(change: Change, habits: Sequence[str], folder: Path) -> tuple[Release, Release]:
    """The first and the last release of the bank in `folder`, a year apart."""
    decks = folder / "decks"
    decks.mkdir(parents=True)
    (decks / "bank.yaml").write_text(json.dumps(BANK), encoding="utf-8")
    made = []
    for release, now in enumerate((START, START + YEAR // 2, START + YEAR)):
        if release == 1 and not change.back:
            continue
        deck = {"deck": (change.deck if release else None) or DECK, "questions": questions(change, habits, release)}
        colour = "red" if change.other_picture and release else "blue"
        (decks / PICTURE).write_text(_SVG.format(colour=colour), encoding="utf-8")
        (decks / "deck.yaml").write_text(json.dumps(deck), encoding="utf-8")
        made.append(_released(decks, now, folder / f"{release}.apkg", change.note_types if release else ()))
    return made[0], made[-1]


def _released(decks: Path, now: int, package: Path, note_types: tuple[NoteType, ...]) -> Release:
    """Build the bank; of an octdeck with other note types, the same notes with those."""
    result = built(decks, now)
    bank = load(decks).bank
    assert bank is not None
    assert result.release is not None
    every = notes.of_bank(bank)
    if note_types:
        sizes = {note_type.key: len(note_type.fields) for note_type in note_types}
        every = tuple(replace(note, fields=(*note.fields, "", "")[: sizes[note.key[1]]]) for note in every)
        package.write_bytes(anki.write(bank, every, result.release.stamp, note_types))
    else:
        shutil.copy(decks.parent / "dist" / "matrix.apkg", package)
    return Release(package, {note.key[0]: note for note in every}, note_types or notetypes.released())


# --- the student ------------------------------------------------------------------------------------------------------


class Copy(Struct, frozen=True):
    """A note in the student's collection, with its cards: where each is, when it is due, and its reviews."""

    question: str
    fields: tuple[str, ...]
    tags: frozenset[str]
    look: tuple[object, ...]
    decks: Mapping[int, str]
    cards: Mapping[int, tuple[object, ...]]
    blank: frozenset[int]


def outcomes(change: str, habits: Sequence[str], folder: Path) -> list[Outcome]:
    """All outcomes of a change, for students with these habits."""
    first, last = releases(CHANGES[change], habits, folder)
    found = []
    for fsrs in (False, True):
        files, before = _studied(first.package.read_bytes(), tuple(habits), fsrs)
        for choice in CHOICES:
            room = folder / f"{fsrs}-{choice}"
            for name, content in files.items():
                (room / name).parent.mkdir(parents=True, exist_ok=True)
                (room / name).write_bytes(content)
            with student(room) as someone:
                update = next((word for word in ("always", "never") if word in choice), "newer")
                log = someone.imports(last.package, update=update, merge="merge" in choice)
                after = copies(someone)
                seen = _compared(first, last, before, after, log)
                found += [replace(outcome, change=change, choice=choice, fsrs=fsrs) for outcome in seen]
                report, is_sound = someone.collection.fix_integrity()
                assert is_sound, report
                assert not someone.collection.media.check().missing
    return found


@cache
def _studied(package: bytes, habits: tuple[str, ...], fsrs: bool) -> tuple[Mapping[Path, bytes], Mapping[str, Copy]]:
    """The files of a student who has imported a package and studied, and what notes he has."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "first.apkg").write_bytes(package)
        with student(folder) as someone:
            someone.collection.set_config("fsrs", fsrs)
            someone.imports(folder / "first.apkg")
            study(someone, habits)
            held = copies(someone)
        return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}, held


def copies(student: Student) -> dict[str, Copy]:
    """The student's notes of the bank, by GUID."""
    col = student.collection
    assert col.db is not None
    decks = {deck.id: deck.name for deck in col.decks.all_names_and_ids()}
    blank = frozenset(card for note in col.get_empty_cards().notes for card in note.card_ids)
    reviews: dict[int, list[Sequence[object]]] = defaultdict(list)
    for row in col.db.all("SELECT cid, * FROM revlog ORDER BY id"):
        reviews[row[0]].append(row[1:])
    cards: dict[int, dict[int, tuple[object, ...]]] = defaultdict(dict)
    homes: dict[int, dict[int, str]] = defaultdict(dict)
    for note, id_, did, odid, *schedule in col.db.all(f"SELECT nid, id, did, odid, {_SCHEDULE} FROM cards"):
        cards[note][id_] = (*schedule, odid, reviews[id_])
        homes[note][id_] = decks[odid or did]
    looks = {held["id"]: _look(held) for held in col.models.all()}
    return {
        guid: Copy(
            question=next(
                field.removeprefix("matrix/") for field in fields.split("\x1f") if field.startswith("matrix/")
            ),
            fields=_filled(fields.split("\x1f")),
            tags=frozenset(tags.split()),
            look=looks[type_id],
            decks=homes[id_],
            cards=cards[id_],
            blank=blank & cards[id_].keys(),
        )
        for id_, guid, type_id, fields, tags in col.db.all("SELECT id, guid, mid, flds, tags FROM notes")
    }


def _filled(fields: Sequence[str]) -> tuple[str, ...]:
    """The fields up to the last that holds anything: how many there are is a matter of the note type."""
    return tuple("\x1f".join(fields).rstrip("\x1f").split("\x1f"))


def _look(held: NotetypeDict) -> tuple[object, ...]:
    names = tuple(field["name"] for field in held["flds"])
    return names, tuple((template["qfmt"], template["afmt"]) for template in held["tmpls"]), held["css"]


def _compared(
    first: Release, last: Release, before: Mapping[str, Copy], after: Mapping[str, Copy], log: ImportLogWithChanges.Log
) -> Iterator[Outcome]:
    """What became of each question of the first release; change, choice and scheduler are not filled in."""
    for question, note in first.notes.items():
        old, new = before.get(note.guid), after.get(note.guid)
        wanted = last.notes.get(question)
        wanted = wanted if wanted and wanted.guid == note.guid else None
        now = [held for held in after.values() if held.question in {question, f"{question}-renamed"}]
        had = old.cards if old else {}
        looks = [
            next(_released_look(kind) for kind in release.note_types if kind.key == note.key[1])
            for release in (first, last)
        ]
        habit, _, kind = question.partition(".")
        yield Outcome(
            change="",
            kind=kind.replace("-", " "),
            student=habit.replace("-", " "),
            choice="",
            fsrs=False,
            text=_which(old and old.fields, wanted and _filled(wanted.fields), new and new.fields),
            tags=_which(old and old.tags, wanted and frozenset(wanted.tags), new and new.tags),
            deck=_which(
                old and set(old.decks.values()),
                {wanted.deck} if wanted else None,
                new and {deck for card, deck in new.decks.items() if card in had or not had},
            ),
            look=_which(looks[0], looks[1], new and new.look),
            report=next(
                (
                    name
                    for name in ("new", "updated", "duplicate", "conflicting", "first_field_match")
                    for told in getattr(log, name)
                    if {f"matrix/{question}", f"matrix/{question}-renamed"} & set(told.fields)
                ),
                "absent",
            ),
            kept=all(new is not None and new.cards.get(card) == past for card, past in had.items()),
            more=sum(len(held.cards) for held in now) - len(had),
            blank=sum(len(held.blank) for held in now) - (len(old.blank) if old else 0),
            copies=len(now),
        )


def _released_look(kind: NoteType) -> tuple[object, ...]:
    return kind.fields, tuple((template.front, template.back) for template in kind.templates), kind.style


def _which(old: object, wanted: object, now: object) -> Which:
    """Whether the student has now what the release wants, or what he had."""
    if now is None:
        return "none"
    if now == old:
        return "same" if wanted in (None, old) else "old"
    return "new" if now == wanted else "other"
