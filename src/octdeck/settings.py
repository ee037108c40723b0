"""The settings of a quiz, the same in bank.yaml and on the command line."""

import datetime
import re
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, Tag
from pydantic.dataclasses import dataclass as model

from octdeck.look import Layout, Paper, Printed
from octdeck.values import Difficulty, Flag, Kind, Slug, Slugs, Text, Texts, Whole, refusal, several

Grouping: TypeAlias = Literal["kind", "theme", "deck", "difficulty"]
"""What sections can be made by."""

WORD, LIST = "[word]", "[list]"
"""Where pydantic says that something is wrong, the two forms of `sections`; no keys of the file."""

_MOST_SHIFTED = 50  # millimetres

_CONFIG = ConfigDict(extra="forbid", hide_input_in_errors=True)


def _date(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            raise refusal("OD104", f"there is no day {value}", "write year, month and day: 2026-11-24") from None
    if isinstance(value, datetime.date):
        return value
    raise refusal("OD104", "this is not a date", "write year, month and day: 2026-11-24")


def _offset(value: object) -> object:
    """`X,Y`, or a list of the two."""
    parts = value.split(",") if isinstance(value, str) else value
    if isinstance(parts, list | tuple) and len(parts) == 2:
        texts = [str(part).strip() for part in parts]
        if all(re.fullmatch(r"-?\d{1,2}(\.\d{1,3})?", text) for text in texts):
            x, y = map(float, texts)
            if max(abs(x), abs(y)) <= _MOST_SHIFTED:
                return x, y
    message = f"this is not two numbers of millimetres, each at most {_MOST_SHIFTED} either way"
    raise refusal("OD104", message, "write how far to the right and how far down, as in 1.5,-2")


def _per_page(value: object) -> object:
    return int(value) if value in {"8", "10"} else value


def _form(value: object) -> str:
    return WORD if isinstance(value, str) else LIST


@model(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Selection:
    """`count` of the questions that fit, all by default.

    A question fits if it is of one of the `themes`, one of the `decks` and so on, each where any is named.
    """

    decks: Texts = ()
    sources: Slugs = ()
    themes: Slugs = ()
    kinds: Annotated[tuple[Kind, ...], BeforeValidator(several)] = ()
    difficulty: Annotated[tuple[Difficulty, ...], BeforeValidator(several)] = ()
    questions: Slugs = ()
    count: Annotated[Whole, Field(ge=1, le=1000)] | None = None


@model(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Section(Selection):
    """A part of a quiz under a heading of its own."""

    title: Text


@model(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Quiz(Selection):
    """A quiz, shuffled by `seed`, within `sections` if it has any.

    What fits a section also fits the quiz; with a word as `sections`, what is picked is put in groups. `to` and
    `template`: its own formats, and its own layout in one of them. `together`: all versions in one PDF. `flip`,
    `offset` and `per_page` are for cards.
    """

    id: Slug
    title: Text
    sections: (
        Annotated[Annotated[Grouping, Tag(WORD)] | Annotated[tuple[Section, ...], Tag(LIST)], Discriminator(_form)]
        | None
    ) = None
    versions: Annotated[Whole, Field(ge=1, le=26)] = 1
    seed: Whole = 0
    date: Annotated[datetime.date, BeforeValidator(_date)] | None = None
    paper: Paper | None = None
    layout: Layout | None = None
    to: Annotated[tuple[Printed, ...], BeforeValidator(several)] = ()
    together: Flag = False
    template: Text | None = None
    flip: Literal["long", "short"] = "long"
    offset: Annotated[tuple[float, float], BeforeValidator(_offset)] = (0, 0)
    per_page: Annotated[Literal[8, 10], BeforeValidator(_per_page)] = 8

    def __post_init__(self) -> None:
        if isinstance(self.sections, tuple):
            if not self.sections:
                raise refusal("OD104", "there is no section here", "begin each with '- title: ...'", "sections")
            if self.count is not None:
                hint = "give each section its own count"
                raise refusal("OD213", "'count' does not go with a list of sections", hint, "count")
