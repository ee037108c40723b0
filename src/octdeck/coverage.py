"""Bank × Shelf to which paragraphs of each article have questions, which have none, and which need none."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from octdeck.article import Shelf
from octdeck.bank import Bank, Deck, Item
from octdeck.questions import KINDS
from octdeck.schema import Source

_MOST = 1000  # paragraphs of one range: ten thousand questions that cite everything must not take for ever

Status: TypeAlias = Literal["covered", "bare", "skipped"]


class Paragraph(Struct, frozen=True):
    """A paragraph by its number, and the questions that cite it. `text` is None where the article is not at hand."""

    number: int
    status: Status
    items: tuple[Item, ...]
    text: str | None = None


class Tally(Struct, frozen=True):
    """How many questions there are, and how many on each theme, of each kind, of each difficulty (None: of none said).

    A question on two themes counts for both.
    """

    questions: int
    themes: Mapping[str, int]
    kinds: Mapping[str, int]
    difficulties: Mapping[int | None, int]


class Covered(Struct, frozen=True):
    """An article and its questions.

    `known`: how many paragraphs it has is known, from the article or the lock file; else only those that deck files
    name are there, and none of them is bare. `at_hand`: the article itself is there; `changed`: it is not the one of
    the lock file, whose paragraphs are counted.
    """

    source: Source
    deck: Deck
    paragraphs: tuple[Paragraph, ...]
    tally: Tally
    known: bool
    at_hand: bool
    changed: bool

    def numbers(self, status: Status) -> tuple[int, ...]:
        """The paragraphs of one status."""
        return tuple(paragraph.number for paragraph in self.paragraphs if paragraph.status == status)


class Coverage(Struct, frozen=True):
    """All articles of a bank, in the order of its deck files. `uncited` are the questions that cite none."""

    bank: Bank
    articles: tuple[Covered, ...]
    tally: Tally
    uncited: tuple[Item, ...]

    @property
    def is_complete(self) -> bool:
        """Whether no paragraph is bare."""
        return not any(article.numbers("bare") for article in self.articles)


def measure(bank: Bank, shelf: Shelf) -> Coverage:
    """The coverage of a bank's articles by its questions; those that are retired do not count."""
    items = [item for item in bank.items if not item.question.retired]
    cited: dict[str, dict[int, list[Item]]] = {source: {} for source in bank.homes}
    citing: dict[str, list[Item]] = {source: [] for source in bank.homes}
    for item in items:
        for citation in item.citations:
            here = cited[citation.source.id]
            citing[citation.source.id].append(item)
            for number in sorted({number for pair in citation.paragraphs for number in _within(*pair)}):
                here.setdefault(number, []).append(item)
    return Coverage(
        bank,
        tuple(_covered(bank, deck, shelf, cited[source], citing[source]) for source, deck in bank.homes.items()),
        _tally(bank, items),
        tuple(item for item in items if not item.citations),
    )


def _covered(
    bank: Bank, deck: Deck, shelf: Shelf, cited: Mapping[int, Sequence[Item]], citing: Sequence[Item]
) -> Covered:
    source = deck.source
    assert source is not None  # its deck file is the source's home
    digests, article = shelf.digests(source.id), shelf.at_hand.get(source.id)
    skipped = {number for pair in source.skip for number in _within(*pair)}
    texts = _texts(shelf, source.id)
    numbers = range(1, len(digests) + 1) if digests is not None else sorted({*cited, *skipped})
    paragraphs = tuple(
        Paragraph(
            number,
            "covered" if number in cited else "skipped" if number in skipped else "bare",
            tuple(cited.get(number, ())),
            texts.get(number),
        )
        for number in numbers
    )
    return Covered(
        source,
        deck,
        paragraphs,
        _tally(bank, citing),
        known=digests is not None,
        at_hand=article is not None,
        changed=article is not None and article.digests != digests,
    )


def _within(first: int, last: int) -> range:
    return range(first, min(last, first + _MOST - 1) + 1)


def _texts(shelf: Shelf, source: str) -> dict[int, str]:
    """The text of each paragraph that deck files count, as it is in the article at hand."""
    article = shelf.at_hand.get(source)
    return {
        number: "\n".join(article.paragraphs[place.first - 1 : place.last])
        for number, place in enumerate(shelf.places(source) or (), start=1)
        if article and place
    }


def _tally(bank: Bank, items: Iterable[Item]) -> Tally:
    questions = [item.question for item in items]
    themes = Counter(theme for question in questions for theme in question.themes)
    kinds = Counter(question.kind for question in questions)
    difficulties = Counter(question.difficulty for question in questions)
    every: tuple[int | None, ...] = (1, 2, 3, None)
    return Tally(
        len(questions),
        {theme: themes[theme] for theme in bank.themes},
        {kind.kind: kinds[kind.kind] for kind in KINDS},
        {difficulty: difficulties[difficulty] for difficulty in every},
    )
