"""The Bank: validated questions in order, each with what its file implied. Readers make it, writers print it.

It holds no HTML, no XML and no Anki ids.
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from octdeck.diagnostics import Span
from octdeck.document import Document, Key, Place, Spot
from octdeck.look import Look, Template
from octdeck.media import Medium
from octdeck.questions import Choice, Match, Order, Question
from octdeck.schema import Calendar, Source, Theme
from octdeck.settings import Quiz
from octdeck.values import range_of

_NOWHERE = Spot(Document(Path("bank.yaml"), "", lambda: Place(1, 1, 1, 1)))


class Deck(Struct, frozen=True):
    """A deck file: `name` is the Anki deck's, `file` the file's name without its ending."""

    name: str
    file: str
    path: Path
    source: Source | None = None
    spot: Spot = _NOWHERE

    def span(self, *keys: Key, key: bool = False) -> Span:
        """Where the value at `keys` of the deck file stood, or its key."""
        return self.spot.span(*keys, key=key)

    @property
    def skips(self) -> tuple[tuple[Spot, tuple[int, int]], ...]:
        """The ranges of paragraphs that are declared not worth a question, each with where it stands."""
        if not self.source or not self.source.skip:
            return ()
        return tuple((spot, pair) for spot, text in self.spot.texts("source", "skip") if (pair := range_of(text)))


class Citation(Struct, frozen=True):
    """Paragraphs of one source that support a question, as ranges (first, last)."""

    source: Source
    paragraphs: tuple[tuple[int, int], ...]

    @property
    def where(self) -> str:
        """As cards and sheets print it: `9, 26–28`."""
        return ranges(self.paragraphs)


class Item(Struct, frozen=True):
    """A question in its place: `options` in the order in which a sheet shows them, `citations` with their sources.

    `section` is the heading under which it stands in a quiz that has sections.
    """

    question: Question
    deck: Deck
    citations: tuple[Citation, ...]
    options: tuple[str, ...]
    spot: Spot
    section: str = ""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources cited; without citations, the deck file's own."""
        if self.citations:
            return tuple([citation.source for citation in self.citations])
        return (self.deck.source,) if self.deck.source else ()

    @property
    def cites(self) -> tuple[tuple[str, Spot, tuple[int, int]], ...]:
        """Each range of paragraphs that is cited, with its source's id before and the place where it stands."""
        if not self.citations:
            return ()
        document = self.spot.document
        at = document.home(*self.spot.keys, "cites")
        own = self.deck.source.id if self.deck.source else ""
        return tuple(
            # By source, its id is the first key within.
            (normalize("NFC", str(spot.keys[len(at)])) if self.question.cites[0].source else own, spot, pair)
            for spot, text in Spot(document, at).texts()
            if (pair := range_of(text))
        )

    def span(self, *keys: Key, key: bool = False) -> Span:
        """Where the value at `keys` stood, or its key, be it a default of the deck file; else the question's id."""
        document, here = self.spot.document, self.spot.keys
        first, *rest = keys
        at = document.home(*here, first)
        if at[0] == here[0] and first not in document.place.find(here).inside:
            return self.spot.span("id")
        return document.span(*at, *rest, key=key)


class Bank(Struct, frozen=True):
    """All questions of a bank, or some of them: a deck's, a quiz's.

    `files` are all its deck files, also those without a question; `whole`, whether every question of theirs could be
    read.
    `look` is what paper looks like unless a quiz says otherwise, `logo` the name of a picture file for its head,
    `templates` the layouts that quizzes name, by that name. `media` are the pictures and sounds that texts name, by
    that name. `path` and `spot` are those of bank.yaml.
    """

    id: str
    title: str
    language: str
    themes: Mapping[str, Theme]
    items: tuple[Item, ...] = ()
    files: tuple[Deck, ...] = ()
    whole: bool = True
    quizzes: tuple[Quiz, ...] = ()
    ignore: tuple[str, ...] = ()
    look: Look = Look()
    logo: str | None = None
    calendar: Calendar | None = None
    templates: Mapping[str, Template] = {}
    media: Mapping[str, Medium] = {}
    path: Path = Path("bank.yaml")
    spot: Spot = _NOWHERE

    def span(self, *keys: Key, key: bool = False) -> Span:
        """Where the value at `keys` of bank.yaml stood, or its key."""
        return self.spot.span(*keys, key=key)

    @property
    def homes(self) -> dict[str, Deck]:
        """The deck file that declares a source, by the source's id."""
        found: dict[str, Deck] = {}
        for deck in self.files:
            if deck.source:
                found.setdefault(deck.source.id, deck)
        return found

    @property
    def decks(self) -> tuple[Deck, ...]:
        """The deck files the items come from, in order."""
        return tuple({item.deck.path: item.deck for item in self.items}.values())

    def by_deck(self) -> "tuple[tuple[Deck, Bank], ...]":
        """The deck files, in order, each with the bank of its items only."""
        items: dict[Path, list[Item]] = {}
        for item in self.items:
            items.setdefault(item.deck.path, []).append(item)
        return tuple((some[0].deck, replace(self, items=tuple(some))) for some in items.values())


def ranges(paragraphs: Sequence[tuple[int, int]]) -> str:
    """Ranges of paragraphs as cards and sheets print them: `9, 26–28`."""
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in paragraphs)


def arrange(question: Question, seed: str) -> tuple[str, ...]:
    """The options of a question, the steps of an order or the rights of a match, mixed as `seed` says.

    The place of each depends on the seed and its own text alone, so a changed option moves no other.
    """
    match question:
        case Choice(answer=answers, distractors=distractors, fixed=True):
            shown = list(distractors)
            for text in answers:
                if text not in shown:
                    shown.insert(int(mixing_key(seed, text), 16) % (len(shown) + 1), text)
            return _with_last(shown, question.last)
        case Choice(options=options, last=last):
            return _with_last(sorted(options, key=lambda text: mixing_key(seed, text)), last)
        case Order(order=right):
            return _unlike(right, sorted(right, key=lambda text: mixing_key(seed, text)))
        case Match(pairs=pairs, rights=rights):
            paired = tuple(dict.fromkeys(pairs.values()))
            return _unlike(paired, sorted(rights, key=lambda text: mixing_key(seed, text)))
        case _:
            return ()


def mixing_key(seed: object, text: str) -> str:
    """What to sort by for an order that looks like chance and is the same each time."""
    return hashlib.sha256(f"{seed}\x1f{text}".encode()).hexdigest()


def _with_last(shown: list[str], last: tuple[str, ...]) -> tuple[str, ...]:
    return (*(text for text in shown if text not in last), *last)


def _unlike(right: tuple[str, ...], mixed: list[str]) -> tuple[str, ...]:
    """The mixed texts, in which those of `right` do not stand in their order, whatever stands among them."""
    places = [index for index, text in enumerate(mixed) if text in right]
    if [mixed[index] for index in places] == list(right):
        # What comes out of the mixing already solved is turned by one.
        for index, text in zip(places, (*right[1:], right[0]), strict=True):
            mixed[index] = text
    return tuple(mixed)
