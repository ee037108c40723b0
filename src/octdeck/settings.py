"""The settings of a quiz, the same in bank.yaml and on the command line."""

import datetime
import re
from functools import partial
from typing import Annotated, Literal, TypeAlias, get_args

from msgspec import Struct

from octdeck.faults import refusal
from octdeck.look import Layout, Paper, Printed
from octdeck.shapes import shape
from octdeck.values import Difficulties, Flag, Kind, Slug, Slugs, Text, Texts, Whole, listed, one_of, several, within

Grouping: TypeAlias = Literal["kind", "theme", "deck", "difficulty"]
"""What sections can be made by."""

_MOST_SECTIONS = 20
_MOST_SHIFTED = 50  # millimetres


def _date(value: object, key: str) -> datetime.date:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise refusal("OD104", "this is not a date", "write year, month and day: 2026-11-24")
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise refusal("OD104", f"there is no day {value}", "write year, month and day: 2026-11-24") from None


def _offset(value: object, key: str) -> tuple[float, float]:
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


def _per_page(value: object, key: str) -> int:
    return int(one_of(("8", "10"), value, key))


def _words(of: object) -> partial[tuple[str, ...]]:
    """A check: some of the words of a Literal."""
    return partial(several, partial(one_of, get_args(of)))


def _sections(value: object, key: str) -> "str | tuple[Section, ...]":
    """A word, or a list of sections."""
    if isinstance(value, str):
        return one_of(get_args(Grouping), value, key)
    return listed(partial(shape, Section), value, key, _MOST_SECTIONS)


class Selection(Struct, frozen=True, kw_only=True):
    """`count` of the questions that fit, all by default.

    A question fits if it is of one of the `themes`, one of the `decks` and so on, each where any is named.
    """

    decks: Texts = ()
    sources: Slugs = ()
    themes: Slugs = ()
    kinds: Annotated[tuple[Kind, ...], _words(Kind)] = ()
    difficulty: Difficulties = ()
    questions: Slugs = ()
    count: Annotated[int, partial(within, 1, 1000, "1 to 1000")] | None = None


class Section(Selection, frozen=True, kw_only=True):
    """A part of a quiz under a heading of its own."""

    title: Text


class Quiz(Selection, frozen=True, kw_only=True):
    """A quiz, shuffled by `seed`, within `sections` if it has any.

    What fits a section also fits the quiz; with a word as `sections`, what is picked is put in groups. `to` and
    `template`: its own formats, and its own layout in one of them. `together`: all versions in one PDF. `flip`,
    `offset` and `per_page` are for cards.
    """

    id: Slug
    title: Text
    sections: Annotated[Grouping | tuple[Section, ...], _sections] | None = None
    versions: Annotated[int, partial(within, 1, 26, "1 to 26")] = 1
    seed: Whole = 0
    date: Annotated[datetime.date, _date] | None = None
    paper: Paper | None = None
    layout: Layout | None = None
    to: Annotated[tuple[Printed, ...], _words(Printed)] = ()
    together: Flag = False
    template: Text | None = None
    flip: Literal["long", "short"] = "long"
    offset: Annotated[tuple[float, float], _offset] = (0, 0)
    per_page: Annotated[Literal[8, 10], _per_page] = 8

    def __post_init__(self) -> None:
        if isinstance(self.sections, tuple):
            if not self.sections:
                raise refusal("OD104", "there is no section here", "begin each with '- title: ...'", "sections")
            if self.count is not None:
                hint = "give each section its own count"
                raise refusal("OD213", "'count' does not go with a list of sections", hint, "count")
