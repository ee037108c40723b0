"""A rehearsal × the notes of the next release → findings: what does not hold, what it costs students, what to know.

Each finding belongs to one of CLAIMS; a claim without a finding that fails is proved.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from octdeck import lock
from octdeck.lock import NoteKey
from octdeck.notes import Note
from octdeck.notetypes import NoteType
from octdeck.student import HeldNote, Rehearsal

Claim: TypeAlias = Literal[
    "found", "conflicts", "text", "tags", "look", "cards", "reviews", "schedule", "untouched", "own", "media",
    "integrity", "again",
]  # fmt: skip
Outcome: TypeAlias = Literal["failed", "cost", "expected"]

CLAIMS: Final[Mapping[Claim, str]] = {
    "found": "every question is there, and once",
    "conflicts": "none is in conflict with the copy that the student has",
    "text": "each says what the bank says",
    "tags": "each has the tags of the bank",
    "look": "cards look as this octdeck makes them",
    "cards": "each has all its cards in its deck, and none is empty",
    "reviews": "no review is lost or changed",
    "schedule": "intervals and due dates are as they were, and new cards begin as new ones",
    "untouched": "what did not change is left alone",
    "own": "the student's own notes, decks and files are as they were",
    "media": "every picture and sound is there",
    "integrity": "Anki's own check of the collection finds nothing",
    "again": "importing the release a second time changes nothing",
}

_OLD_LOCK: Final = f"take {lock.NAME} back from version control, or run 'octdeck lock --from' with the last release"
_OWN_KINDS: Final[dict[str, str]] = {"cloze": "a gap text", "occlusion": "a picture with regions"}
_OURS: Final = "report it: this is a fault of octdeck, not of the bank"


class Finding(Struct, frozen=True):
    """`outcome` says whether the claim fails, or holds at a cost to students, or holds and this is good to know.

    `question` is the id of the question concerned, None where it is the bank as a whole.
    """

    claim: Claim
    outcome: Outcome
    message: str
    question: str | None = None
    hint: str | None = None


class _Seen(Struct, frozen=True):
    """A note of the release, and the student's copy before and after."""

    note: Note
    before: HeldNote | None
    after: HeldNote

    @property
    def question(self) -> str:
        return self.note.key[0]


def prove(
    rehearsal: Rehearsal, notes: Sequence[Note], note_types: Sequence[NoteType], known: Mapping[str, NoteKey]
) -> list[Finding]:
    """What the rehearsal of a release of `notes` showed, claim by claim.

    `known` tells the question and note type of each GUID that the bank has or had.
    """
    before = {note.guid: note for note in rehearsal.studied.notes}
    after = {note.guid: note for note in rehearsal.updated.notes}
    seen = [_Seen(note, before.get(note.guid), after[note.guid]) for note in notes if note.guid in after]
    found = [*_found(rehearsal, notes), *_conflicts(rehearsal, seen, note_types)]
    conflicting = {finding.question for finding in found if finding.claim == "conflicts"}
    for one in seen:
        if one.question not in conflicting:
            found += [*_text(one), *_tags(one), *_untouched(one)]
            found += _cards(one, next(t for t in note_types if t.key == one.note.key[1]))
    found += [
        *_look(rehearsal, note_types),
        *_moved(seen),
        *_learned(rehearsal, known),
        *_left(rehearsal, notes, known),
    ]
    found += _whole(rehearsal)
    return sorted(found, key=lambda finding: list(CLAIMS).index(finding.claim))


def _found(rehearsal: Rehearsal, notes: Sequence[Note]) -> Iterator[Finding]:
    copies = Counter(note.guid for note in rehearsal.updated.notes)
    for note in notes:
        if copies[note.guid] != 1:
            how_often = "not there" if not copies[note.guid] else f"there {copies[note.guid]} times"
            yield Finding("found", "failed", f"after the import it is {how_often}", note.key[0], _OURS)
    if rehearsal.found != len(notes):
        message = f"the package should hold {len(notes)} questions, and Anki found {rehearsal.found}"
        yield Finding("found", "failed", message, hint=_OURS)


def _conflicts(rehearsal: Rehearsal, seen: Sequence[_Seen], note_types: Sequence[NoteType]) -> Iterator[Finding]:
    wanted = {note_type.id: (len(note_type.fields), len(note_type.templates)) for note_type in note_types}
    ids = {note_type.key: note_type.id for note_type in note_types}
    held = {id_: (len(found.fields), len(found.templates)) for id_, found in rehearsal.updated.note_types.items()}
    told = 0
    for one in seen:
        type_id = one.after.type_id
        if type_id != ids[one.note.key[1]] or held[type_id] != wanted[type_id]:
            told += 1
            message = "Anki never updates it again: its note type has other fields or cards than the student's copy"
            yield Finding("conflicts", "failed", message, one.question, _OURS)
    if rehearsal.conflicting > told:
        message = f"Anki holds {rehearsal.conflicting} notes to be in conflict and does not update them"
        yield Finding("conflicts", "failed", message, hint=_OURS)


def _text(one: _Seen) -> Iterator[Finding]:
    if one.after.fields != one.note.fields:
        yield Finding("text", "failed", *_not_taken(one, "text"))


def _tags(one: _Seen) -> Iterator[Finding]:
    if one.after.tags != set(one.note.tags):
        yield Finding("tags", "failed", *_not_taken(one, "tags"))
    withdrawn = "retired" in one.note.tags
    if one.before and withdrawn != ("retired" in one.before.tags):
        now = "withdrawn: its card says so" if withdrawn else "no longer withdrawn: its card is as before"
        yield Finding("tags", "expected", f"it is {now}, and keeps its reviews", one.question)


def _not_taken(one: _Seen, what: str) -> tuple[str, str, str]:
    """Message, question and hint where the student's copy is not what the bank says."""
    if one.before and one.before.stamp == one.after.stamp:
        message = f"students keep the old {what}: to Anki, this release of it is no newer than theirs"
        return message, one.question, _OLD_LOCK
    return f"Anki made other {what} of it", one.question, _OURS


def _untouched(one: _Seen) -> Iterator[Finding]:
    before = one.before
    same = before and before.fields == one.note.fields and before.tags == set(one.note.tags)
    if before and same and before.stamp != one.after.stamp:
        message = "it did not change, and is stamped as new: students lose what they wrote or tagged on it themselves"
        yield Finding("untouched", "failed", message, one.question, _OLD_LOCK)


def _cards(one: _Seen, note_type: NoteType) -> Iterator[Finding]:
    known = {card.id for card in one.before.cards} if one.before else set()
    held = {card.position: card for card in one.after.cards}
    for position in one.note.cards:
        card = held.get(position)
        name = _name(position, note_type)
        if card is None:
            yield Finding("cards", "failed", f"{name} is not there", one.question, _OURS)
        elif card.empty:
            yield Finding("cards", "failed", f"{name} is blank", one.question, _OURS)
        elif card.id not in known and card.deck.casefold() != one.note.deck.casefold():
            message = f"{name} came into the deck '{card.deck}', not into '{one.note.deck}'"
            yield Finding("cards", "failed", message, one.question, _OURS)
    for position, card in held.items():
        if position not in one.note.cards and card.id in known:
            message = f"{_name(position, note_type)} is blank from now on, until students choose Tools > Empty Cards"
            hint = "keep what it asked, or tell students: the command deletes the card, with its reviews"
            yield Finding("cards", "cost", message, one.question, hint)
        elif position not in one.note.cards:
            yield Finding("cards", "failed", f"{_name(position, note_type)} should not be", one.question, _OURS)


def _name(position: int, note_type: NoteType) -> str:
    """What to call a card of a note."""
    if note_type.is_cloze:
        return f"the card of {'gap c' if note_type.key == 'cloze' else 'region '}{position + 1}"
    return f"its card '{note_type.templates[position].name}'" if position else "its card"


def _look(rehearsal: Rehearsal, note_types: Sequence[NoteType]) -> Iterator[Finding]:
    for note_type in note_types:
        held = rehearsal.updated.note_types.get(note_type.id)
        templates = tuple((template.name, template.front, template.back) for template in note_type.templates)
        if held and (held.fields, held.templates, held.style) != (note_type.fields, templates, note_type.style):
            message = f"students keep another look of the note type '{note_type.name}'"
            yield Finding("look", "failed", message, hint="update octdeck: a newer one may have built the last release")


def _moved(seen: Sequence[_Seen]) -> Iterator[Finding]:
    moves: dict[tuple[str, str], list[str]] = {}
    for one in seen:
        old = {card.deck for card in one.before.cards} if one.before else set()
        for deck in old:
            if deck.casefold() != one.note.deck.casefold():
                moves.setdefault((deck, one.note.deck), []).append(one.question)
    for (old_deck, new_deck), questions in moves.items():
        how_many = f"it and {len(questions) - 1} more" if len(questions) > 1 else "it"
        message = (
            f"{how_many} went from the deck '{old_deck}' to '{new_deck}': students keep their cards where they are"
        )
        hint = "tell students, who can move cards in Anki's Browse window; new students get the new deck"
        yield Finding("cards", "expected", message, questions[0], hint)


def _learned(rehearsal: Rehearsal, known: Mapping[str, NoteKey]) -> Iterator[Finding]:
    """Reviews and schedules of all cards of the bank, also of those that the release has no longer."""
    before = {card.id: card for note in rehearsal.studied.notes for card in note.cards}
    logs = rehearsal.studied.reviews, rehearsal.updated.reviews
    held: set[int] = set()
    for note in rehearsal.updated.notes:
        question = known[note.guid][0] if note.guid in known else None
        cards = [(card, before.get(card.id)) for card in note.cards]
        held |= {card.id for card in note.cards}
        if any(logs[0].get(card.id) != logs[1].get(card.id) for card in note.cards):
            yield Finding("reviews", "failed", "its reviews are not what they were", question, _OURS)
        if any(card.schedule != old.schedule for card, old in cards if old):
            yield Finding("schedule", "failed", "its cards are not due when they were", question, _OURS)
        if any(card.schedule[0] != 0 for card, old in cards if not old):
            yield Finding("schedule", "failed", "its new card does not begin as a new one", question, _OURS)
    for note in rehearsal.studied.notes:
        if {card.id for card in note.cards} - held:
            question = known[note.guid][0] if note.guid in known else None
            yield Finding("reviews", "failed", "a card of it is gone, with its reviews", question, _OURS)


def _left(rehearsal: Rehearsal, notes: Sequence[Note], known: Mapping[str, NoteKey]) -> Iterator[Finding]:
    """Notes that only the last release had."""
    still = {note.guid for note in notes}
    questions = {note.key[0]: note.key[1] for note in notes}
    for held in rehearsal.studied.notes:
        if held.guid in still or held.guid not in known:
            continue
        question, note_type = known[held.guid]
        if question in questions:
            now = questions[question]
            became = _OWN_KINDS[now] if now in _OWN_KINDS else f"no longer {_OWN_KINDS[note_type]}"
            message = f"it is {became}: students get a new card, and the old one stays, which no correction reaches"
            hint = "give the new question a new id, and keep the old one with 'retired: true'"
            yield Finding("found", "cost", message, question, hint)
        else:
            message = "it is gone from the bank: students keep its card, and no correction reaches it"
            hint = "bring it back with 'retired: true', so that the card says that it was withdrawn"
            yield Finding("found", "cost", message, question, hint)


def _whole(rehearsal: Rehearsal) -> Iterator[Finding]:
    """What concerns no single question."""
    for name in rehearsal.own_changed:
        yield Finding("own", "failed", f"the student's own {name} are not what they were", hint=_OURS)
    for name in rehearsal.missing:
        yield Finding("media", "failed", f"the file '{name}' is not there", hint=_OURS)
    if rehearsal.integrity:
        yield Finding("integrity", "failed", rehearsal.integrity.replace("\n", "; "), hint=_OURS)
    if rehearsal.again:
        message = f"the second time, Anki takes {rehearsal.again} questions for changed again"
        yield Finding("again", "failed", message, hint="look at this computer's clock, which may be wrong")
