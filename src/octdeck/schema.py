"""What a teacher may write: the kinds of question, deck files and bank files, from plain data.

Shorthand is expanded here and nowhere else: after this, `cites: 27` and `cites: [27]` are the same value.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any, ClassVar, Literal, TypeAlias
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field
from pydantic.dataclasses import dataclass as model
from pydantic_core import PydanticCustomError

from octdeck import cloze as cloze_notation
from octdeck.diagnostics import did_you_mean
from octdeck.look import Layout, Paper

MAX_TEXT = 10_000
MAX_OPTIONS = 26  # one letter each
MAX_PARAGRAPH = 100_000

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SLUG = re.compile(r"[^\W_][\w.-]*")
_RANGE = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")


def _refusal(code: str, message: str, hint: str, key: str | None = None) -> PydanticCustomError:
    # pydantic would fill in braces itself, and a teacher's text may hold some: so the text travels as a value.
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint, "key": key})


# --- values ---------------------------------------------------------------------------------------------------------


def _text(value: str) -> str:
    text = unicodedata.normalize("NFC", value).strip()
    if not text:
        raise _refusal("OD104", "there is no text here", "write some, or delete the key")
    if len(text) > MAX_TEXT:
        raise _refusal(
            "OD104", f"the text has more than {MAX_TEXT} characters", "shorten it, or make several questions"
        )
    if control := _CONTROL.search(text):
        message = f"there is a character that text cannot have (U+{ord(control[0]):04X})"
        raise _refusal("OD104", message, "delete the invisible character")
    return text


def _slug(value: str) -> str:
    slug = unicodedata.normalize("NFC", value)
    if not _SLUG.fullmatch(slug):
        shown = slug if len(slug) <= 40 else slug[:40] + "…"
        hint = "use letters, digits, '-', '_' and '.', beginning with a letter or digit: 'mrc-purpose'"
        raise _refusal("OD107", f"'{shown}' is not an id", hint)
    if len(slug) > 80:
        raise _refusal("OD107", "the id has more than 80 characters", "shorten it")
    return slug


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    raise _refusal("OD104", "here only 'true' or 'false' can stand", "write true or false")


def _number(value: object) -> object:
    if isinstance(value, int | float):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}(\.\d)?", value):
        return float(value)
    raise _refusal("OD104", "a number belongs here", "write it in digits")


def _whole(value: object) -> object:
    if isinstance(value, int):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}", value):
        return int(value)
    raise _refusal("OD104", "a whole number belongs here", "write it in digits")


def _several(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _themes(value: tuple[str, ...]) -> tuple[str, ...]:
    if not value:
        raise _refusal("OD104", "no theme is named", "name one or more of those in bank.yaml")
    return tuple(dict.fromkeys(value))


Text: TypeAlias = Annotated[str, AfterValidator(_text)]
Slug: TypeAlias = Annotated[str, AfterValidator(_slug)]
Flag: TypeAlias = Annotated[bool, BeforeValidator(_flag)]
Texts: TypeAlias = Annotated[tuple[Text, ...], BeforeValidator(_several)]
Slugs: TypeAlias = Annotated[tuple[Slug, ...], BeforeValidator(_several)]
Themes: TypeAlias = Annotated[tuple[Slug, ...], BeforeValidator(_several), AfterValidator(_themes)]
Whole: TypeAlias = Annotated[int, BeforeValidator(_whole)]
Difficulty: TypeAlias = Annotated[Whole, Field(ge=1, le=3)]
Kind: TypeAlias = Literal["short-answer", "multiple-choice", "true-false", "cloze", "order", "match"]


@dataclass(frozen=True, slots=True)
class Cite:
    """Paragraphs of one source, as ranges (first, last); `source` None means the deck file's own."""

    source: str | None
    paragraphs: tuple[tuple[int, int], ...]


def _cites(value: object) -> tuple[Cite, ...]:
    if isinstance(value, dict):
        if not value:
            raise _refusal("OD104", "no source is named", "write 'source-id: 27'")
        return tuple(Cite(_slug(source), _ranges(where)) for source, where in value.items())
    return (Cite(None, _ranges(value)),)


def _ranges(value: object) -> tuple[tuple[int, int], ...]:
    hint = "write the number of a paragraph, a range or a list: 27, 26-28, [9, 26-28]"
    if isinstance(value, list) and value:
        return tuple(pair for part in value for pair in _ranges(part))
    match = _RANGE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise _refusal("OD104", "this is not the number of a paragraph", hint)
    first, last = int(match[1]), int(match[2] or match[1])
    if not 1 <= first <= last <= MAX_PARAGRAPH:
        raise _refusal("OD104", f"there is no paragraph {match[0]}", hint)
    return ((first, last),)


# --- kinds of question ----------------------------------------------------------------------------------------------

_CONFIG = ConfigDict(extra="forbid", hide_input_in_errors=True)


@model(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class _Common:
    """What any question may have. DESIGN: every key of a deck file is a long-lived promise (docs/promises.md)."""

    id: Slug
    themes: Themes
    cites: Annotated[tuple[Cite, ...], BeforeValidator(_cites)] = ()
    claim: Flag = False
    explain: Text | None = None
    caution: Text | None = None
    hint: Text | None = None
    difficulty: Difficulty | None = None
    points: Annotated[float, BeforeValidator(_number), Field(ge=0, le=100, multiple_of=0.5)] = 1
    lines: Annotated[Whole, Field(ge=0, le=40)] | None = None
    paper: Flag = True
    anki: Flag = True
    retired: Flag = False
    ignore: Texts = ()


@model(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class ShortAnswer(_Common):
    """A question whose answer is a few words; `typed`: the student types it; `reverse`: a second card, turned round."""

    kind: ClassVar[str] = "short-answer"
    question: Text
    answer: Text
    typed: Flag = False
    accept: Texts = ()
    reverse: Flag = False

    def __post_init__(self) -> None:
        if self.accept and not self.typed:
            raise _refusal("OD106", "'accept' goes only with a typed answer", "add 'typed: true'", "accept")
        if self.typed and "\n" in self.answer:
            raise _refusal("OD106", "a typed answer has one line", "shorten the answer, or delete 'typed'", "typed")


@model(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Choice(_Common):
    """Multiple choice; more than one answer means that all of them are right.

    `fixed`: the options keep their order, and an answer that is repeated among the distractors has its place there.
    """

    kind: ClassVar[str] = "multiple-choice"
    question: Text
    answer: Texts
    distractors: Texts
    fixed: Flag = False
    last: Texts = ()

    @property
    def options(self) -> tuple[str, ...]:
        """Answers and distractors, each once."""
        placed = set(self.distractors)
        return (*(text for text in self.answer if text not in placed), *self.distractors)

    def __post_init__(self) -> None:
        if not self.answer or not self.distractors:
            raise _refusal(
                "OD111",
                "a multiple-choice question needs an answer and a distractor",
                "add what is missing",
                "distractors",
            )
        texts = (*self.answer, *self.distractors)
        twice = next((text for text in texts if texts.count(text) > 1), None)
        if twice in self.answer and twice in self.distractors and not self.fixed:
            hint = "delete it from the distractors, or add 'fixed: true' if that is its place among the options"
            raise _refusal("OD111", f"'{shortened(twice)}' is both an answer and a distractor", hint, "distractors")
        if len(set(self.answer)) < len(self.answer) or len(set(self.distractors)) < len(self.distractors):
            raise _refusal(
                "OD111", f"the option '{shortened(twice)}' stands here twice", "delete one of the two", "distractors"
            )
        if len(self.options) > MAX_OPTIONS:
            raise _refusal("OD111", f"there are more than {MAX_OPTIONS} options", "keep the best", "distractors")
        for text in self.last:
            if text not in texts:
                near = did_you_mean(text, texts)
                hint = f"did you mean '{near}'?" if near else "repeat one of the options exactly"
                raise _refusal("OD111", f"'last' names '{shortened(text)}', which is not an option", hint, "last")


@model(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class TrueFalse(_Common):
    """A statement, true or false."""

    kind: ClassVar[str] = "true-false"
    statement: Text
    answer: Flag


@model(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Cloze(_Common):
    """A text with gaps, in Anki's notation."""

    kind: ClassVar[str] = "cloze"
    cloze: Text

    def __post_init__(self) -> None:
        try:
            cloze_notation.parts(self.cloze)
        except cloze_notation.ClozeError as error:
            raise _refusal("OD109", str(error), error.hint, "cloze") from None


@model(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Order(_Common):
    """Steps or events to put in order; `order` holds them as they belong."""

    kind: ClassVar[str] = "order"
    question: Text
    order: Texts

    def __post_init__(self) -> None:
        if not 3 <= len(self.order) <= MAX_OPTIONS:
            raise _refusal(
                "OD111", f"an order needs 3 to {MAX_OPTIONS} items", "add some, or ask in another way", "order"
            )
        if len(set(self.order)) < len(self.order):
            raise _refusal("OD111", "two items of the order are the same", "delete one, or tell them apart", "order")


@model(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Match(_Common):
    """Lefts and the right that belongs to each; `distractors` are rights that belong to none."""

    kind: ClassVar[str] = "match"
    question: Text
    pairs: Mapping[Text, Text]
    distractors: Texts = ()

    @property
    def rights(self) -> tuple[str, ...]:
        """Every right once, distractors last."""
        return tuple(dict.fromkeys((*self.pairs.values(), *self.distractors)))

    def __post_init__(self) -> None:
        if len(self.pairs) < 2 or not 3 <= len(self.rights) <= MAX_OPTIONS:
            message = f"a match needs two pairs or more, and 3 to {MAX_OPTIONS} right sides to choose from"
            raise _refusal("OD111", message, "add pairs, or 'distractors' that belong to none", "pairs")
        if both := set(self.pairs.values()) & set(self.distractors):
            raise _refusal(
                "OD111",
                f"'{shortened(min(both))}' is both an answer and a distractor",
                "delete the distractor",
                "distractors",
            )


Question: TypeAlias = ShortAnswer | Choice | TrueFalse | Cloze | Order | Match

KINDS: tuple[type[Question], ...] = (ShortAnswer, Choice, TrueFalse, Cloze, Order, Match)
DEFAULTABLE = frozenset(field.name for kind in KINDS for field in fields(kind)) - {
    "id", "question", "answer", "statement", "cloze", "order", "pairs", "distractors", "accept",
}  # fmt: skip


def stem(question: Question) -> str:
    """What is asked, as written."""
    match question:
        case TrueFalse(statement=text) | Cloze(cloze=text):
            return text
        case ShortAnswer(question=text) | Choice(question=text) | Order(question=text) | Match(question=text):
            return text


# --- files ----------------------------------------------------------------------------------------------------------


def _url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise _refusal("OD104", "this is not a web address", "begin it with https://")
    return value


def _deck_name(value: str) -> str:
    # One line, as octdeck.lock has a line for each note.
    parts = [" ".join(part.split()) for part in value.split("::")]
    if not all(parts):
        raise _refusal("OD104", "the deck's name has an empty part", "write it as in 'Harbours::The old port'")
    return "::".join(parts)


def _theme(value: object) -> object:
    return {"title": value} if isinstance(value, str) else value


@model(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Source:
    """An article as cards and sheets cite it; only what it states of itself."""

    id: Slug
    title: Text
    short: Text | None = None
    author: Text | None = None
    publisher: Text | None = None
    issue: Text | None = None
    date: Text | None = None
    url: Annotated[Text, AfterValidator(_url)] | None = None

    @property
    def cited_as(self) -> str:
        """The short title where there is one."""
        return self.short or self.title


@model(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Theme:
    """A theme of the bank."""

    title: Text
    description: Text | None = None


@model(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Quiz:
    """A quiz: `count` of the questions that fit (all by default), shuffled by `seed`.

    A question fits if it is of one of the `themes`, one of the `decks` and so on, each where any is named.
    """

    id: Slug
    title: Text
    decks: Texts = ()
    sources: Slugs = ()
    themes: Slugs = ()
    kinds: Annotated[tuple[Kind, ...], BeforeValidator(_several)] = ()
    difficulty: Annotated[tuple[Difficulty, ...], BeforeValidator(_several)] = ()
    questions: Slugs = ()
    count: Annotated[Whole, Field(ge=1, le=1000)] | None = None
    versions: Annotated[Whole, Field(ge=1, le=26)] = 1
    seed: Whole = 0
    paper: Paper | None = None
    layout: Layout | None = None


@model(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class BankFile:
    """bank.yaml."""

    bank: Slug
    title: Text
    language: Text = "en"
    themes: Mapping[Slug, Annotated[Theme, BeforeValidator(_theme)]]
    quizzes: tuple[Quiz, ...] = ()
    ignore: Texts = ()
    paper: Paper = "a4"
    layout: Layout = "standard"
    school: Text | None = None
    logo: Text | None = None


@model(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class DeckFile:
    """A deck file; its questions are parsed one by one, so that each can be wrong alone."""

    deck: Annotated[Text, AfterValidator(_deck_name), Field(max_length=200)]
    source: Source | None = None
    defaults: Mapping[Literal[*sorted(DEFAULTABLE)], Any] = Field(default_factory=dict)  # type: ignore[valid-type]
    questions: tuple[Any, ...]


def shortened(text: str | None) -> str:
    """At most 40 characters of `text`, for a message."""
    text = text or ""
    return text if len(text) <= 40 else text[:39] + "…"
