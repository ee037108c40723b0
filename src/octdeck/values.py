"""The values that a teacher may write: text, ids, numbers, flags, citations; each from the text that was typed."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

MAX_TEXT = 10_000
MAX_PARAGRAPH = 100_000

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SLUG = re.compile(r"[^\W_][\w.-]*")
_RANGE = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")


def refusal(
    code: str, message: str, hint: str, *at: str | int, also: tuple[str, tuple[str | int, ...]] | None = None
) -> PydanticCustomError:
    """Why a value is refused, in a teacher's words, for pydantic to carry.

    `at` are the keys that lead from the value to the part to blame; `also` names another part that has to do with it,
    and the keys that lead there.
    """
    # pydantic would fill in braces itself, and a teacher's text may hold some: so the text travels as a value.
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint, "at": at, "also": also})


def _text(value: str) -> str:
    text = unicodedata.normalize("NFC", value).strip()
    if not text:
        raise refusal("OD104", "there is no text here", "write some, or delete the key")
    if len(text) > MAX_TEXT:
        raise refusal("OD104", f"the text has more than {MAX_TEXT} characters", "shorten it, or make several questions")
    if control := _CONTROL.search(text):
        message = f"there is a character that text cannot have (U+{ord(control[0]):04X})"
        raise refusal("OD104", message, "delete the invisible character")
    return text


def _slug(value: str) -> str:
    slug = unicodedata.normalize("NFC", value)
    if not _SLUG.fullmatch(slug):
        shown = slug if len(slug) <= 40 else slug[:40] + "…"
        hint = "use letters, digits, '-', '_' and '.', beginning with a letter or digit: 'mrc-purpose'"
        raise refusal("OD107", f"'{shown}' is not an id", hint)
    if len(slug) > 80:
        raise refusal("OD107", "the id has more than 80 characters", "shorten it")
    return slug


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    raise refusal("OD104", "here only 'true' or 'false' can stand", "write true or false")


def number(value: object) -> object:
    """A number, with one decimal at most."""
    if isinstance(value, int | float):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}(\.\d)?", value):
        return float(value)
    raise refusal("OD104", "a number belongs here", "write it in digits")


def _whole(value: object) -> object:
    if isinstance(value, int):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}", value):
        return int(value)
    raise refusal("OD104", "a whole number belongs here", "write it in digits")


def several(value: object) -> object:
    """A list, where a single text may stand for a list of one."""
    return (value,) if isinstance(value, str) else value


def _themes(value: tuple[str, ...]) -> tuple[str, ...]:
    if not value:
        raise refusal("OD104", "no theme is named", "name one or more of those in bank.yaml")
    return tuple(dict.fromkeys(value))


Text: TypeAlias = Annotated[str, AfterValidator(_text)]
Slug: TypeAlias = Annotated[str, AfterValidator(_slug)]
Flag: TypeAlias = Annotated[bool, BeforeValidator(_flag)]
Texts: TypeAlias = Annotated[tuple[Text, ...], BeforeValidator(several)]
Slugs: TypeAlias = Annotated[tuple[Slug, ...], BeforeValidator(several)]
Themes: TypeAlias = Annotated[tuple[Slug, ...], BeforeValidator(several), AfterValidator(_themes)]
Whole: TypeAlias = Annotated[int, BeforeValidator(_whole)]
Difficulty: TypeAlias = Annotated[Whole, Field(ge=1, le=3)]
Kind: TypeAlias = Literal["short-answer", "multiple-choice", "true-false", "cloze", "order", "match"]


@dataclass(frozen=True, slots=True)
class Cite:
    """Paragraphs of one source, as ranges (first, last); `source` None means the deck file's own."""

    source: str | None
    paragraphs: tuple[tuple[int, int], ...]


def cites_of(value: object) -> tuple[Cite, ...]:
    """`27`, `26-28`, a list of these, or either by source."""
    if isinstance(value, dict):
        if not value:
            raise refusal("OD104", "no source is named", "write 'source-id: 27'")
        return tuple(Cite(_slug(source), _ranges(where, source)) for source, where in value.items())
    return (Cite(None, _ranges(value)),)


def skip_of(value: object) -> tuple[tuple[int, int], ...]:
    """Paragraphs that are not worth a question, as ranges; a list of them may be empty."""
    return _ranges(value, empty=True)


def range_of(text: str) -> tuple[int, int] | None:
    """The first and the last paragraph that `27` or `26-28` names; None where it names none."""
    match = _RANGE.fullmatch(text.strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    return (first, last) if 1 <= first <= last <= MAX_PARAGRAPH else None


def _ranges(value: object, *at: str | int, empty: bool = False) -> tuple[tuple[int, int], ...]:
    hint = "write the number of a paragraph, a range or a list: 27, 26-28, [9, 26-28]"
    if isinstance(value, list) and (value or empty):
        return tuple(pair for index, part in enumerate(value) for pair in _ranges(part, *at, index, empty=empty))
    text = value.strip() if isinstance(value, str) else ""
    if not _RANGE.fullmatch(text):
        raise refusal("OD104", "this is not the number of a paragraph", hint, *at)
    pair = range_of(text)
    if pair is None:
        raise refusal("OD104", f"there is no paragraph {text}", hint, *at)
    return (pair,)


def shortened(text: str | None) -> str:
    """At most 40 characters of `text`, for a message."""
    text = text or ""
    return text if len(text) <= 40 else text[:39] + "…"
