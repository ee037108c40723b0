"""The values that a teacher may write: text, ids, numbers, flags, citations; each from the text that was typed.

A check is given a value and the name of the key it stands under, and returns what the value means, or raises
RefusedError with all that is wrong in it. The types below are annotations that carry their check; shapes.py applies it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from octdeck import accents
from octdeck.accents import are_piled_up, composed
from octdeck.faults import MAX_ENTRIES, MAX_FAULTS, Fault, RefusedError, named, refusal, shortened

MAX_TEXT = 10_000
MAX_PARAGRAPH = 100_000

_CONTROL = "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
_SLUG = re.compile(r"[^\W_][\w.-]*")
_RANGE = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")

_T = TypeVar("_T")
_K = TypeVar("_K")
Check: TypeAlias = Callable[[object, str], _T]


def text(value: object, key: str) -> str:
    """Text, without the white space around it."""
    if isinstance(value, str) and value.isascii() and value.isprintable() and len(value) <= MAX_TEXT and value.strip():
        return value.strip()  # in which nothing else can be wrong, as in most
    written = _string(value, key)
    found = composed(written).strip()
    if not found:
        raise refusal("OD104", "there is no text here", "write some, or delete the key")
    if len(found) > MAX_TEXT:
        raise refusal("OD104", f"the text has more than {MAX_TEXT} characters", "shorten it, or make several questions")
    if are_piled_up(found):
        message = f"more than {accents.MOST} accents or invisible characters stand on one letter"
        raise refusal("OD104", message, "delete those that do not belong there")
    if not found.isprintable() and (control := re.search(_CONTROL, found)):
        message = f"there is a character that text cannot have (U+{ord(control[0]):04X})"
        raise refusal("OD104", message, "delete the invisible character")
    return found


def slug(value: object, key: str) -> str:
    """An id."""
    written = _string(value, key)
    found = composed(written)
    if not _SLUG.fullmatch(found):
        hint = "use letters, digits, '-', '_' and '.', beginning with a letter or digit: 'mrc-purpose'"
        raise refusal("OD107", f"'{found if len(found) <= 40 else found[:40] + '…'}' is not an id", hint)
    if len(found) > 80:
        raise refusal("OD107", "the id has more than 80 characters", "shorten it")
    return found


def flag(value: object, key: str) -> bool:
    """`true` or `false`."""
    if isinstance(value, str) and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    raise refusal("OD104", "here only 'true' or 'false' can stand", "write true or false")


def points(value: object, key: str) -> float:
    """A number from 0 to 100, in halves."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{1,9}(\.\d)?", value):
        raise refusal("OD104", "a number belongs here", "write it in digits")
    number = float(value)
    if number > 100 or number % 0.5:
        raise _beyond(value, key, "0 to 100, in halves")
    return number


def whole(value: object, key: str) -> int:
    """A whole number from 0 on."""
    if isinstance(value, str) and value.isdecimal() and len(value) <= 9:
        return int(value)
    raise refusal("OD104", "a whole number belongs here", "write it in digits")


def within(least: int, most: int, allowed: str, value: object, key: str) -> int:
    """A whole number from `least` to `most`; `allowed` says so in words."""
    number = whole(value, key)
    if not least <= number <= most:
        raise _beyond(str(number), key, allowed)
    return number


def one_of(words: Sequence[str], value: object, key: str) -> str:
    """One of a few words."""
    if isinstance(value, str) and value in words:
        return value
    shown = f"'{shortened(value)}'" if isinstance(value, str) else named(value)
    raise _beyond(shown, key, ", ".join(words))


def listed(of: Check[_T], value: object, key: str, most: int = MAX_ENTRIES) -> tuple[_T, ...]:
    """A list of not more than `most`."""
    if not isinstance(value, list | tuple):
        hint = "write each item in a line that begins with '- '"
        raise refusal("OD104", f"'{shortened(key)}' is a list, not {named(value)}", hint)
    _check_length(value, key, most)
    found: list[_T] = []
    faults: list[Fault] = []
    for index, item in enumerate(value):
        if len(faults) >= MAX_FAULTS:
            break
        try:
            found.append(of(item, key))
        except RefusedError as refused:
            faults += refused.under(index)
    if faults:
        raise RefusedError(*faults)
    return tuple(found)


def several(of: Check[_T], value: object, key: str) -> tuple[_T, ...]:
    """A list, where a single text may stand for a list of one."""
    return (of(value, key),) if isinstance(value, str) else listed(of, value, key)


def themes(value: object, key: str) -> tuple[str, ...]:
    """One id or several, each once."""
    if isinstance(value, list) and 0 < len(value) <= MAX_ENTRIES and all(isinstance(part, str) for part in value):
        with suppress(RefusedError):  # each is to be told at its place in the list
            return _same_themes(tuple(value))
    found = several(slug, value, key)
    if not found:
        raise refusal("OD104", "no theme is named", "name one or more of those in bank.yaml")
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def _same_themes(written: tuple[str, ...]) -> tuple[str, ...]:
    # Many questions have the same: they are looked at once, and take room once.
    return tuple(dict.fromkeys(slug(part, "themes") for part in written))


def mapping(of_key: Check[_K], of: Check[_T], value: object, key: str) -> Mapping[_K, _T]:
    """`key: value` lines."""
    if not isinstance(value, dict):
        message = f"'{shortened(key)}' holds 'key: value' lines, not {named(value)}"
        raise refusal("OD104", message, "see the example in the README")
    _check_length(value, key, MAX_ENTRIES)
    names: dict[_K, str] = {}
    parts: list[_T] = []
    faults: list[Fault] = []
    for name, part in value.items():
        if len(faults) >= MAX_FAULTS:
            break
        try:
            known = of_key(name, key)
            if known in names:
                # Not for YAML, which knows two ways to write é; nor does it know which spaces do not count.
                message = f"the key '{shortened(name)}' stands here a second time"
                raise refusal("OD003", message, "delete one of the two, or join them")
            names[known] = name
        except RefusedError as refused:
            faults += [replace(fault, on_key=True) for fault in refused.under(name)]
        try:
            parts.append(of(part, name))
        except RefusedError as refused:
            faults += refused.under(name)
    if faults:
        raise RefusedError(*faults)
    return dict(zip(names, parts, strict=True))


def _check_length(value: Sequence[object] | Mapping[str, object], key: str, most: int) -> None:
    if len(value) > most:
        raise refusal("OD110", f"'{shortened(key)}' has more than {most} entries", "leave some out")


def anything(value: object, key: str) -> Any:
    """Any data; something else checks it."""
    return value


def rows(value: object, key: str) -> tuple[Any, ...]:
    """A list of any length and of any data; something else checks them."""
    return tuple(value) if isinstance(value, list | tuple) else listed(anything, value, key)


class Cite(Struct, frozen=True):
    """Paragraphs of one source, as ranges (first, last); `source` None means the deck file's own."""

    source: str | None
    paragraphs: tuple[tuple[int, int], ...]


def cites(value: object, key: str) -> tuple[Cite, ...]:
    """`27`, `26-28`, a list of these, or either by source."""
    if isinstance(value, dict):
        if not value:
            raise refusal("OD104", "no source is named", "write 'source-id: 27'")
        return tuple(Cite(slug(source, key), _ranges(where, source)) for source, where in value.items())
    return _same_cites(value) if isinstance(value, str) else (Cite(None, _ranges(value)),)


@lru_cache(maxsize=4096)
def _same_cites(written: str) -> tuple[Cite, ...]:
    return (Cite(None, _ranges(written)),)


def skip(value: object, key: str) -> tuple[tuple[int, int], ...]:
    """Paragraphs that are not worth a question, as ranges; a list of them may be empty."""
    return _ranges(value, empty=True)


def range_of(written: str) -> tuple[int, int] | None:
    """The first and the last paragraph that `27` or `26-28` names; None where it names none."""
    match = _RANGE.fullmatch(written.strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    return (first, last) if 1 <= first <= last <= MAX_PARAGRAPH else None


def _ranges(value: object, *at: str | int, empty: bool = False) -> tuple[tuple[int, int], ...]:
    hint = "write the number of a paragraph, a range or a list: 27, 26-28, [9, 26-28]"
    if isinstance(value, list) and (value or empty):
        return tuple(pair for index, part in enumerate(value) for pair in _ranges(part, *at, index, empty=empty))
    written = value.strip() if isinstance(value, str) else ""
    if not _RANGE.fullmatch(written):
        raise refusal("OD104", "this is not the number of a paragraph", hint, *at)
    pair = range_of(written)
    if pair is None:
        raise refusal("OD104", f"there is no paragraph {written}", hint, *at)
    return (pair,)


def _string(value: object, key: str) -> str:
    if isinstance(value, str):
        return value
    hint = "write it in one line; put it in quotation marks if it has ': ' in it"
    if key == "answer":
        hint = "for several right options add 'distractors'; for a list ask for an 'order' or make several questions"
    raise refusal("OD104", f"'{shortened(key)}' is text, not {named(value)}", hint)


def _beyond(shown: str, key: str, allowed: str) -> RefusedError:
    return refusal("OD110", f"'{shortened(key)}' cannot be {shown}", f"write {allowed}")


_DIFFICULTIES = "1 (recall), 2 (understanding) or 3 (comparing and judging)"

Text: TypeAlias = Annotated[str, text]
Slug: TypeAlias = Annotated[str, slug]
Flag: TypeAlias = Annotated[bool, flag]
Whole: TypeAlias = Annotated[int, whole]
Points: TypeAlias = Annotated[float, points]
Texts: TypeAlias = Annotated[tuple[str, ...], partial(several, text)]
Slugs: TypeAlias = Annotated[tuple[str, ...], partial(several, slug)]
Themes: TypeAlias = Annotated[tuple[str, ...], themes]
Cites: TypeAlias = Annotated[tuple[Cite, ...], cites]
Skip: TypeAlias = Annotated[tuple[tuple[int, int], ...], skip]
Difficulty: TypeAlias = Annotated[int, partial(within, 1, 3, _DIFFICULTIES)]
Difficulties: TypeAlias = Annotated[tuple[int, ...], partial(several, partial(within, 1, 3, _DIFFICULTIES))]
Kind: TypeAlias = Literal["short-answer", "multiple-choice", "true-false", "cloze", "order", "match", "occlusion"]
