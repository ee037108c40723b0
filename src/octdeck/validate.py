"""Plain data to what schema.py describes, or to all its faults in a teacher's words."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeAlias, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from octdeck.diagnostics import did_you_mean, surely_meant
from octdeck.schema import (
    DEFAULTABLE,
    KINDS,
    BankFile,
    Choice,
    Cloze,
    DeckFile,
    Match,
    Order,
    Question,
    ShortAnswer,
    Source,
    Theme,
    TrueFalse,
)
from octdeck.settings import LIST, WORD, Quiz, Section
from octdeck.values import shortened

_MARKS: dict[str, type[Question]] = {"cloze": Cloze, "statement": TrueFalse, "order": Order, "pairs": Match}
_KEYS = {kind: frozenset(field.name for field in fields(kind)) for kind in KINDS}
_ALL_KEYS = frozenset[str]().union(*_KEYS.values())


At: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in plain data: `at` are the keys that lead to it.

    `also` names a second place that has to do with it, and the keys that lead there. `meant` is the key that this one
    was surely meant to be.
    """

    at: At
    code: str
    message: str
    hint: str | None = None
    on_key: bool = False
    also: tuple[str, At] | None = None
    meant: str | None = None


_T = TypeVar("_T")
_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


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
    marks = [key for key in _MARKS if key in data]
    if len(marks) > 1:
        message = f"'{marks[0]}' and '{marks[1]}' do not go together: a question is of one kind"
        also = "the other", (marks[0],)
        return [Fault((marks[1],), "OD105", message, "make two questions of it", on_key=True, also=also)]
    kind: type[Question]
    if marks:
        kind = _MARKS[marks[0]]
    elif "distractors" in data:
        kind = Choice
    elif data.keys() & {"question", "answer"}:
        kind = ShortAnswer
    elif near := next((mark for key in data if (mark := did_you_mean(key, _MARKS)) and key not in _ALL_KEYS), None):
        kind = _MARKS[near]
    else:
        hint = "write 'question' and 'answer', or 'statement', 'cloze', 'order' or 'pairs'"
        return [Fault((), "OD102", "nothing is asked here", hint)]
    return _parse(kind, {key: defaults[key] for key in defaults if key in _KEYS[kind]} | data)


def _with_repairs(parse: Callable[[object], _T | list[Fault]], data: object) -> _T | list[Fault]:
    """What `parse` makes of the data; a misspelt key comes with the right one only if nothing speaks against it."""
    result = parse(data)
    if not isinstance(result, list):
        return result
    faults = [_with_repair(parse, data, fault) for fault in result]
    counts = Counter((*fault.at[:-1], fault.meant) for fault in faults)
    return [fault if counts[*fault.at[:-1], fault.meant] == 1 else replace(fault, meant=None) for fault in faults]


def _with_repair(parse: Callable[[object], Any], data: object, fault: Fault) -> Fault:
    if fault.code != "OD101" or fault.meant is None:
        return fault
    *above, key = fault.at
    place = (*above, fault.meant)
    renamed = _renamed(data, above, str(key), fault.meant)
    again = parse(renamed) if renamed is not None else [fault]
    still = [f for f in again if f.at in (fault.at, place) and f.code in _ABOUT_KEYS] if isinstance(again, list) else []
    return replace(fault, meant=None) if still else fault


_ABOUT_KEYS = ("OD101", "OD105", "OD106")


def _renamed(data: Any, above: Sequence[str | int], key: str, name: str) -> object | None:
    """The data with another name for the key; None if there is one of that name."""
    if above:
        inner = _renamed(data[above[0]], above[1:], key, name)
        if inner is None:
            return None
        if isinstance(data, dict):
            return {**data, above[0]: inner}
        return [inner if index == above[0] else item for index, item in enumerate(data)]
    return None if name in data else {name if known == key else known: value for known, value in data.items()}


def _parse(kind: type[_T], data: object) -> _T | list[Fault]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    try:
        result: _T = _ADAPTERS[kind].validate_python(data)
    except ValidationError as error:
        return _faults(error, kind)
    return result


def _faults(error: ValidationError, kind: type) -> list[Fault]:
    found = [_fault(details, kind) for details in error.errors(include_url=False, include_input=True)]
    # A misspelt key is one mistake, not two: the key it was meant to be is not missing.
    meant = {
        (*fault.at[:-1], fault.hint.split("'")[1])
        for fault in found
        if fault.code == "OD101" and fault.hint and fault.hint.startswith("did you mean")
    }
    return [fault for fault in found if not (fault.code == "OD102" and fault.at in meant)]


def _fault(details: ErrorDetails, kind: type) -> Fault:
    at, context = tuple(step for step in details["loc"] if step not in (WORD, LIST)), details.get("ctx", {})
    key = next((step for step in reversed(at) if isinstance(step, str)), "")
    match details["type"]:
        case code if code.startswith("OD"):
            also = (context["also"][0], (*at, *context["also"][1])) if context["also"] else None
            return Fault((*at, *context["at"]), code, context["message"], context["hint"], code in _ON_KEYS, also)
        case "missing":
            return Fault(at, "OD102", f"'{key}' is missing", f"add a line '{key}: ...'")
        case "unexpected_keyword_argument" | "unexpected_keyword" | "extra_forbidden":
            return _unknown_key(at, key, kind)
        case "literal_error" if "[key]" in at:
            return _unknown_key(at[:-1], str(at[-2]), kind, known=DEFAULTABLE)
        case "string_type":
            return Fault(at, "OD104", f"'{key}' is text, not {_named(details['input'])}", _text_hint(key))
        case "greater_than_equal" | "less_than_equal" | "multiple_of":
            allowed = _LIMITS.get(key, "another number")
            return Fault(at, "OD110", f"'{key}' cannot be {shortened(str(details['input']))}", f"write {allowed}")
        case "literal_error":
            message = f"'{key}' cannot be '{shortened(str(details['input']))}'"
            return Fault(at, "OD110", message, f"write {context['expected'].replace(' or ', ', ')}".replace("'", ""))
        case "string_too_long":
            return Fault(at, "OD104", f"'{key}' is too long", "shorten it")
        case "tuple_type":
            return Fault(
                at,
                "OD104",
                f"'{key}' is a list, not {_named(details['input'])}",
                "write each item in a line that begins with '- '",
            )
        case "mapping_type" | "dataclass_type":
            what = f"'{key}' holds" if key else "the file holds"
            return Fault(
                at,
                "OD104",
                f"{what} 'key: value' lines, not {_named(details['input'])}",
                "see the example in the README",
            )
        case other:
            return Fault(at, "OD104", f"'{key}' cannot be read ({other})", "see docs/decks.md")


_ON_KEYS = ("OD101", "OD106")

_LIMITS = {
    "difficulty": "1 (recall), 2 (understanding) or 3 (comparing and judging)",
    "points": "0 to 100, in halves",
    "lines": "0 to 40",
    "count": "1 to 1000",
    "versions": "1 to 26",
    "per_page": "8 or 10",
}


def _unknown_key(at: tuple[str | int, ...], key: str, kind: type, known: frozenset[str] | None = None) -> Fault:
    here = known or _KEYS.get(kind) or frozenset(field.name for field in fields(_holder(at, kind)))
    if kind in _KEYS and key in _ALL_KEYS:
        name = _KIND_NAMES[kind]
        return Fault(
            at,
            "OD106",
            f"'{key}' does not go with {name}",
            f"delete it; {name} is what the other keys make it",
            on_key=True,
        )
    candidates = _ALL_KEYS if kind in _KEYS else here
    meant = surely_meant(key, candidates)
    near = meant or did_you_mean(key, candidates)
    hint = f"did you mean '{near}'?" if near else f"use one of: {', '.join(sorted(here))}"
    return Fault(at, "OD101", f"unknown key '{shortened(key)}'", hint, on_key=True, meant=meant)


def _holder(at: tuple[str | int, ...], kind: type) -> type:
    inner: dict[str, type] = {"source": Source, "themes": Theme, "quizzes": Quiz}
    if at[0] == "quizzes" and "sections" in at[2:-1]:
        return Section
    return inner.get(str(at[0]), kind) if len(at) > 1 else kind


_KIND_NAMES: dict[type, str] = {
    ShortAnswer: "a short answer",
    Choice: "a multiple-choice question",
    TrueFalse: "a true-or-false statement",
    Cloze: "a gap text",
    Order: "an order",
    Match: "a match",
}


def _text_hint(key: str) -> str:
    if key == "answer":
        return "for several right options add 'distractors'; for a list ask for an 'order' or make several questions"
    return "write it in one line; put it in quotation marks if it has ': ' in it"


def _named(value: object) -> str:
    match value:
        case list() | tuple():
            return "a list"
        case dict():
            return "'key: value' lines"
        case _:
            return "text"
