"""Questions that are gone × questions that are new → which were only given another id."""

import re
from collections.abc import Mapping, Sequence

from octdeck import fieldtext, notes
from octdeck.bank import Bank
from octdeck.lock import NoteKey, Released
from octdeck.notes import Note

_MOST_PAIRS = 100_000  # that are compared; some seconds' work
_ALIKE = 80  # percent
_MOST = 500  # characters of a text that are compared


def find(
    bank: Bank, gone: Mapping[NoteKey, Released], new: Sequence[Note], texts: Mapping[NoteKey, Note]
) -> dict[str, str]:
    """By the id of a question that is gone, the id of the new one that it seems to have become.

    `texts` are the notes as last released, as far as they are known. Where one is not, its digest tells whether a new
    question says the very same, and else the ids must be alike.
    """
    if len(gone) * len(new) > _MOST_PAIRS:
        return {}
    items = {item.question.id: item for item in bank.items}
    asked = {note.key: _asked(note) for note in (*new, *(texts[key] for key in gone if key in texts))}
    scores: list[tuple[float, str, str]] = []
    for key, released in gone.items():
        for note in new:
            if note.key[1] != key[1]:
                continue  # Anki would not take it for the same note anyway
            if key in texts:
                score = _alike(asked[key], asked[note.key])
            elif notes.known_as(bank, items[note.key[0]], key[0]).digest == released.digest:
                score = 100.0
            else:
                score = _alike(key[0], note.key[0]) if _numbers(key[0]) == _numbers(note.key[0]) else 0.0
            if score:
                scores.append((score, key[0], note.key[0]))
    found: dict[str, str] = {}
    for _, old, now in sorted(scores, key=lambda score: -score[0]):
        if old not in found and now not in found.values():
            found[old] = now
    return found


def _asked(note: Note) -> str:
    """What a note asks and answers."""
    of_kind = notes.fields_of(note)
    texts = (" ".join(fieldtext.of(of_kind.get(name, ""))) for name in ("Question", "Text", "Answer"))
    return " ".join(texts)[:_MOST].casefold()


def _alike(one: str, other: str) -> float:
    """How alike two texts are, in percent; 0 if they are not."""
    from rapidfuzz import fuzz

    return float(fuzz.ratio(one, other, score_cutoff=_ALIKE))


def _numbers(id_: str) -> list[str]:
    return re.findall(r"\d+", id_)
