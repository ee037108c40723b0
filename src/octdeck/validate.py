"""Plain data to what questions.py and schema.py describe, or to all its faults in a teacher's words."""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from msgspec.structs import replace

from octdeck.diagnostics import did_you_mean
from octdeck.faults import MAX_FAULTS, At, Fault, RefusedError
from octdeck.questions import KINDS, Choice, Cloze, Match, Occlusion, Order, Question, ShortAnswer, TrueFalse
from octdeck.schema import BankFile, DeckFile
from octdeck.settings import Quiz
from octdeck.shapes import Unknown, checks, shape, unknown_key

MARKS: dict[str, type[Question]] = {
    "cloze": Cloze,
    "statement": TrueFalse,
    "order": Order,
    "pairs": Match,
    "regions": Occlusion,
}
_ALL_KEYS = dict.fromkeys(key for kind in KINDS for key in checks(kind))
_KIND_NAMES: dict[type[Question], str] = {
    ShortAnswer: "a short answer",
    Choice: "a multiple-choice question",
    TrueFalse: "a true-or-false statement",
    Cloze: "a gap text",
    Order: "an order",
    Match: "a match",
    Occlusion: "a picture with regions",
}

_T = TypeVar("_T")


def bank_file(data: object) -> BankFile | list[Fault]:
    """Plain data of bank.yaml, or what is wrong with it."""
    return _with_repairs(lambda it: _parse(BankFile, it), data)


def deck_file(data: object) -> DeckFile | list[Fault]:
    """Plain data of a deck file, or what is wrong with it (the questions aside)."""
    return _with_repairs(lambda it: _parse(DeckFile, it), data)


def quiz(data: object) -> Quiz | list[Fault]:
    """Plain data of a quiz, or what is wrong with it."""
    return _parse(Quiz, data)


def question(data: object, defaults: Mapping[str, Any]) -> Question | list[Fault]:
    """Plain data of one question, or what is wrong with it. What it is follows from its keys."""
    return _with_repairs(lambda it: _question(it, defaults), data)


def _question(data: object, defaults: Mapping[str, Any]) -> Question | list[Fault]:
    if not isinstance(data, dict):
        return [Fault((), "OD104", "a question is written as 'key: value' lines", "begin it with '- id: ...'")]
    marks = [key for key in MARKS if key in data]
    if len(marks) > 1:
        message = f"'{marks[0]}' and '{marks[1]}' do not go together: a question is of one kind"
        also = "the other", (marks[0],)
        return [Fault((marks[1],), "OD105", message, "make two questions of it", on_key=True, also=also)]
    kind: type[Question]
    if marks:
        kind = MARKS[marks[0]]
    elif "distractors" in data:
        kind = Choice
    elif "question" in data or "answer" in data:
        kind = ShortAnswer
    elif near := next(
        (mark for key in islice(data, MAX_FAULTS) if (mark := did_you_mean(key, MARKS)) and key not in _ALL_KEYS), None
    ):
        kind = MARKS[near]
    else:
        hint = "write 'question' and 'answer', or 'statement', 'cloze', 'order', 'pairs' or 'regions'"
        return [Fault((), "OD102", "nothing is asked here", hint)]
    known = checks(kind)
    given = {key: defaults[key] for key in defaults if key in known}
    return _parse(kind, given | data if given else data, partial(_strange, kind))


def _strange(kind: type[Question], key: str) -> Fault:
    """What is wrong with a key that a question of this kind does not have."""
    if key not in _ALL_KEYS:
        return unknown_key(key, checks(kind), _ALL_KEYS)
    name = _KIND_NAMES[kind]
    hint = f"delete it; {name} is what the other keys make it"
    return Fault((key,), "OD106", f"'{key}' does not go with {name}", hint, on_key=True)


def _with_repairs(parse: Callable[[object], _T | list[Fault]], data: object) -> _T | list[Fault]:
    """What `parse` makes of the data; a misspelt key comes with the right one only if nothing speaks against it."""
    result = parse(data)
    if not isinstance(result, list):
        return result
    counts = Counter((*fault.at[:-1], fault.meant) for fault in result if fault.meant)
    slips = {
        fault.at: fault.meant
        for fault in result
        if fault.meant and counts[*fault.at[:-1], fault.meant] == 1 and fault.meant not in _at(data, fault.at[:-1])
    }
    again = parse(_renamed(data, slips)) if slips else []
    still = {fault.at for fault in again if fault.code in _ABOUT_KEYS} if isinstance(again, list) else set()
    wrong = {at for at, name in slips.items() if {at, (*at[:-1], name)} & still}
    return [fault if fault.at in slips.keys() - wrong else replace(fault, meant=None) for fault in result]


_ABOUT_KEYS = ("OD101", "OD105", "OD106")


def _at(data: Any, at: At) -> Any:
    """The part of the data to which these keys lead."""
    for key in at:
        data = data[key]
    return data


def _renamed(data: Any, names: Mapping[At, str]) -> object:
    """The data with other names for keys, each given with the keys that lead to it."""
    here = {at[0]: name for at, name in names.items() if len(at) == 1}
    below: dict[str | int, dict[At, str]] = {}
    for at, name in names.items():
        if len(at) > 1:
            below.setdefault(at[0], {})[at[1:]] = name
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    changed = {here.get(key, key): _renamed(part, below[key]) if key in below else part for key, part in pairs}
    return changed if isinstance(data, dict) else list(changed.values())


def _parse(kind: type[_T], data: object, unknown: Unknown | None = None) -> _T | list[Fault]:
    try:
        return shape(kind, data, "", unknown)
    except RefusedError as refused:
        return list(refused.faults)
