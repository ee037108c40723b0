"""What a teacher may write around the questions: deck files and bank.yaml, from plain data."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any

from msgspec import Struct

from octdeck import values
from octdeck.faults import RefusedError, refusal
from octdeck.look import Layout, Paper
from octdeck.questions import DEFAULTABLE
from octdeck.settings import Quiz
from octdeck.shapes import shape, unknown_key
from octdeck.values import Skip, Slug, Text, Texts, Whole, anything, listed, mapping, slug


def _url(value: object, key: str) -> str:
    from urllib.parse import urlsplit

    address = values.text(value, key)
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets around what is no IPv6 address, letters that stand for slashes
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise refusal("OD104", "this is not a web address", "begin it with https://")
    return address


def _deck_name(value: object, key: str) -> str:
    # One line, as octdeck.lock has a line for each note.
    parts = [" ".join(part.split()) for part in values.text(value, key).split("::")]
    if not all(parts):
        raise refusal("OD104", "the deck's name has an empty part", "write it as in 'Harbours::The old port'")
    name = "::".join(parts)
    if len(name) > 200:
        raise refusal("OD104", f"'{key}' is too long", "shorten it")
    return name


def _theme(value: object, key: str) -> "Theme":
    return shape(Theme, {"title": value} if isinstance(value, str) else value, key)


def _calendar(value: object, key: str) -> "Calendar":
    return shape(Calendar, {"words": value} if isinstance(value, str | list) else value, key)


def _defaults(value: object, key: str) -> Mapping[str, Any]:
    """Values for questions, which are checked where they are used."""
    found = mapping(anything, anything, value, key)
    if strange := [unknown_key(name, DEFAULTABLE, DEFAULTABLE) for name in found if name not in DEFAULTABLE]:
        raise RefusedError(*strange)
    return found


def _questions(value: object, key: str) -> tuple[Any, ...]:
    """A list, or nothing yet."""
    return () if value == "" else values.rows(value, key)


class Source(Struct, frozen=True, kw_only=True):
    """An article as cards and sheets cite it; only what it states of itself.

    `skip` are the paragraphs that are not worth a question, as ranges (first, last).
    """

    id: Slug
    title: Text
    short: Text | None = None
    author: Text | None = None
    publisher: Text | None = None
    issue: Text | None = None
    date: Text | None = None
    url: Annotated[str, _url] | None = None
    skip: Skip = ()

    @property
    def cited_as(self) -> str:
        """The short title where there is one."""
        return self.short or self.title


class Theme(Struct, frozen=True, kw_only=True):
    """A theme of the bank."""

    title: Text
    description: Text | None = None


class Calendar(Struct, frozen=True, kw_only=True):
    """Words, one of which is to stand with each date up to the year `until`, as two calendars were in use."""

    words: Texts
    until: Whole | None = None

    def __post_init__(self) -> None:
        if not self.words:
            raise refusal("OD104", "no calendar is named", "write the words that tell it: 'Old Style'", "words")


class BankFile(Struct, frozen=True, kw_only=True):
    """bank.yaml."""

    bank: Slug
    title: Text
    language: Text = "en"
    themes: Annotated[Mapping[str, Theme], partial(mapping, slug, _theme)]
    quizzes: Annotated[tuple[Quiz, ...], partial(listed, partial(shape, Quiz), most=100)] = ()
    ignore: Texts = ()
    paper: Paper = "a4"
    layout: Layout = "standard"
    author: Text | None = None
    school: Text | None = None
    logo: Text | None = None
    calendar: Annotated[Calendar, _calendar] | None = None


class DeckFile(Struct, frozen=True, kw_only=True):
    """A deck file; its questions are parsed one by one, so that each can be wrong alone."""

    deck: Annotated[str, _deck_name]
    source: Source | None = None
    defaults: Annotated[Mapping[str, Any], _defaults] = {}
    questions: Annotated[tuple[Any, ...], _questions]
