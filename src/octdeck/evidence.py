"""Articles to what can be looked up in them: the numbers and names of each paragraph, and which words are names."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from octdeck import names, numerals
from octdeck.article import Article

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ.-][^\W\d_]+)*")
_PARTS = re.compile(r"[-.]")
# What stands before the first word of a sentence, a heading or a quotation.
_BEGINNING = re.compile(r"[.!?:;…–—(\[/][\s\"'“”„«»‘’(\[]*$|[\"“„«‘(\[]$")
_LOOK_BACK = 6  # characters
_DECIMAL = re.compile(r"\d+[.,:]\d+")
_MOST_ACRONYM = 6  # letters


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, and folded; `is_first`: it may have its capital because something begins with it."""

    text: str
    folded: str
    is_first: bool

    @property
    def has_capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def parts(self) -> tuple[str, ...]:
        """The words it is made of, folded: all and russia of All-Russia."""
        return tuple(names.fold(part) for part in _PARTS.split(self.text) if part)

    @property
    def is_acronym(self) -> bool:
        """Whether it is written in capitals only, such as MRC, or SRs."""
        letters = self.text.removesuffix("s")
        return 2 <= len(letters) <= _MOST_ACRONYM and letters.isupper()


def words_of(text: str, start: int = 0) -> Iterator[Word]:
    """The words of a text without markup, from `start` on."""
    for match in _WORD.finditer(text, start):
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        yield Word(match[0], names.fold(match[0]), not match.start() or bool(_BEGINNING.search(before)))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What one paragraph has: its numbers, all its words, those with a capital, and the initials of these in a row."""

    numbers: frozenset[float]
    words: frozenset[str]
    capitals: frozenset[str]
    initials: str


@dataclass(frozen=True, eq=False)
class Indexed:
    """An article, looked through once; each paragraph only when it is asked for. `language` is the bank's."""

    article: Article
    language: str
    _known: dict[int, Paragraph] = field(default_factory=dict)

    def paragraph(self, number: int) -> Paragraph:
        """The paragraph with this number, as the article at hand counts."""
        if number not in self._known:
            self._known[number] = _look_through(self.article.paragraphs[number - 1], self.language)
        return self._known[number]

    @cached_property
    def all(self) -> Sequence[Paragraph]:
        """All paragraphs."""
        return [self.paragraph(number) for number in range(1, len(self.article.paragraphs) + 1)]

    @cached_property
    def vocabulary(self) -> "Vocabulary":
        """Which of its words are names, and which are not."""
        return vocabulary(self.article.paragraphs)

    @cached_property
    def often(self) -> frozenset[str]:
        """Words with a capital that stand all over the article: what it is about, also where it does not say so."""
        counts = Counter(word for paragraph in self.all for word in paragraph.capitals)
        least = max(_LEAST_OFTEN, len(self.all) / _OFTEN)
        return frozenset(word for word, count in counts.items() if count >= least)


_LEAST_OFTEN = 3  # paragraphs
_OFTEN = 10  # one of so many


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words, folded: those that are written small somewhere, and those with a capital where nothing begins."""

    small: frozenset[str]
    names: frozenset[str]


def vocabulary(texts: Iterable[str]) -> Vocabulary:
    """The words of texts without markup, by how they are written."""
    small: set[str] = set()
    capital: set[str] = set()
    for text in texts:
        for word in words_of(text):
            if not word.has_capital:
                small.add(word.folded)
            elif not word.is_first:
                capital.add(word.folded)
    return Vocabulary(frozenset(small), frozenset(capital))


def _look_through(text: str, language: str) -> Paragraph:
    words = list(words_of(text))
    folded = {word.folded for word in words}
    folded |= {part for word in words for part in word.parts}
    capitals = [word for word in words if word.has_capital]
    parts = [part for word in capitals for part in word.parts]
    return Paragraph(
        numerals.values(text, language) | _halves(text),
        frozenset(folded),
        frozenset({*(word.folded for word in capitals), *parts}),
        "".join(part[0] for part in parts),
    )


def _halves(text: str) -> set[float]:
    """What stands on each side of a point: a footnote's number may be glued to a date, and 17.30 is a time of day."""
    return {float(part) for match in _DECIMAL.findall(text) for part in re.split("[.,:]", match)}
