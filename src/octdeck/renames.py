"""Questions that are gone × questions that are new → which were only given another id."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from octdeck import fieldtext, notes
from octdeck.bank import Bank
from octdeck.lock import NoteKey, Released
from octdeck.notes import Note

_MOST_PAIRS = 1_000_000  # that are compared at all
_MOST_DIGESTS = 100_000  # pairs for which a note is made; either takes some seconds
_ALIKE = 80  # percent
_ASKED = ("Question", "Text", "Header", "Answer", "Answers")  # those of its fields that a note type has
_MOST = 500  # characters of a text that are compared


def find(
    bank: Bank, gone: Mapping[NoteKey, Released], new: Sequence[Note], texts: Mapping[NoteKey, Note]
) -> dict[str, str]:
    """By the id of a question that is gone, the id of the new one that it seems to have become.

    `texts` are the notes as last released, as far as they are known. Where one is not, its digest tells whether a new
    question says the very same, and else the ids must be alike. Only notes of one type are compared, as Anki would not
    take others for the same note anyway.
    """
    before = {key: _asked(texts[key]) for key in gone if key in texts}
    now = {note.key: _asked(note) for note in new} if before else {}
    found = _same(before, now)
    left = {key: released for key, released in gone.items() if key[0] not in found}
    taken = set(found.values())
    rest = [note for note in new if note.key[0] not in taken]
    pairs = len(left) * len(rest)
    if pairs > _MOST_PAIRS:
        return found
    unread = {key: released for key, released in left.items() if key not in before}
    scores = [*_by_text({key: before[key] for key in left if key in before}, now, rest), *_by_id(unread, rest)]
    if pairs <= _MOST_DIGESTS:
        scores += _by_digest(bank, unread, rest)
    for _, old, id_ in sorted(scores, key=lambda scored: -scored[0]):
        if old not in found and id_ not in taken:
            found[old] = id_
            taken.add(id_)
    return found


def _same(before: Mapping[NoteKey, str], now: Mapping[NoteKey, str]) -> dict[str, str]:
    """Questions that ask and answer the very same."""
    by_text = {(key[1], text): key[0] for key, text in now.items()}
    found = {}
    for key, text in before.items():
        if id_ := by_text.pop((key[1], text), None):
            found[key[0]] = id_
    return found


_Scores: TypeAlias = Iterator[tuple[float, str, str]]
"""How sure it is, in percent, that of two ids the first became the second; pairs that are not alike aside."""


def _by_text(before: Mapping[NoteKey, str], now: Mapping[NoteKey, str], rest: Sequence[Note]) -> _Scores:
    for key, text in before.items():
        for note in rest:
            if note.key[1] == key[1] and (score := _alike(text, now[note.key])):
                yield score, key[0], note.key[0]


def _by_id(unread: Mapping[NoteKey, Released], rest: Sequence[Note]) -> _Scores:
    for key in unread:
        for note in rest:
            score = _alike(key[0], note.key[0]) if note.key[1] == key[1] else 0
            # Another number is another question, and an id is never as sure as a text.
            if score and _numbers(key[0]) == _numbers(note.key[0]):
                yield score - 1, key[0], note.key[0]


def _by_digest(bank: Bank, unread: Mapping[NoteKey, Released], rest: Sequence[Note]) -> _Scores:
    """Which new question would be the very note that was released, had it the old id."""
    items = {item.question.id: item for item in bank.items}
    for key, released in unread.items():
        for note in rest:
            if note.key[1] == key[1] and notes.known_as(bank, items[note.key[0]], key[0]).digest == released.digest:
                yield 100, key[0], note.key[0]


def _asked(note: Note) -> str:
    """What a note asks and answers."""
    of_kind = notes.fields_of(note)
    texts = (" ".join(fieldtext.of(of_kind.get(name, ""))) for name in _ASKED)
    return " ".join(texts)[:_MOST].casefold()


def _alike(one: str, other: str) -> float:
    """How alike two texts are, in percent; 0 if they are not."""
    from rapidfuzz import fuzz

    return float(fuzz.ratio(one, other, score_cutoff=_ALIKE))


def _numbers(id_: str) -> list[str]:
    return re.findall(r"\d+", id_)
