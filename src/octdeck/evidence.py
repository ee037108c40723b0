"""Articles to what can be looked up in them: the numbers and names of each paragraph, and which words are names."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache

from msgspec import Struct

from octdeck import names, numerals
from octdeck.article import Article

_REST = r"[^\W\d_]*(?:['’ʼ.-][^\W\d_]+)*"
_WORD = re.compile(rf"[^\W\d_]{_REST}")
_PARTS = re.compile(r"[-.]")
# What stands before the first word of a sentence, a heading or a quotation.
_BEGINNING = re.compile(r"[.!?:;…–—(\[/][\s\"'“”„«»‘’(\[]*$|[\"“„«‘(\[]$")
_LOOK_BACK = 6  # characters
_DECIMAL = re.compile(r"(?<!\d)\d++[.,:]\d+")
_MOST_ACRONYM = 6  # letters
_LEAST_OFTEN = 3  # paragraphs
_OFTEN = 10  # one of so many
_LAST_CAPITAL = 0x2E00  # behind it come scripts without capitals


class Word(Struct, frozen=True):
    """A word with a capital, and folded; `is_first`: it may have its capital because something begins with it."""

    text: str
    folded: str
    is_first: bool

    @property
    def parts(self) -> tuple[str, ...]:
        """The words it is made of, folded: all and russia of All-Russia."""
        return _parts(self.text)

    @property
    def is_acronym(self) -> bool:
        """Whether it is written in capitals only, such as MRC, or SRs."""
        letters = self.text.removesuffix("s")
        return 2 <= len(letters) <= _MOST_ACRONYM and letters.isupper()


def capitals(text: str, start: int = 0) -> Iterator[Word]:
    """The words with a capital in a text without markup, from `start` on."""
    for match in _capital().finditer(text, start):
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        yield Word(match[0], names.fold(match[0]), not match.start() or bool(_BEGINNING.search(before)))


def words(text: str) -> set[str]:
    """All words of a text without markup, folded, and the parts that a hyphen joins."""
    return {part for word in set(_WORD.findall(text)) for part in (names.fold(word), *_parts(word))}


@lru_cache(maxsize=50_000)
def _parts(word: str) -> tuple[str, ...]:
    return tuple(names.fold(part) for part in _PARTS.split(word) if part)


@cache
def _capital() -> re.Pattern[str]:
    # re knows no class for letters that are capitals.
    letters = "".join(char for char in map(chr, range(_LAST_CAPITAL)) if char.isupper())
    return re.compile(rf"(?<![^\W\d_])[{re.escape(letters)}]{_REST}")


# --- articles -------------------------------------------------------------------------------------------------------


class Paragraph(Struct, frozen=True):
    """What one paragraph has: its numbers, all its words, those with a capital, and the initials of these in a row."""

    numbers: frozenset[float]
    words: frozenset[str]
    capitals: frozenset[str]
    initials: str


class Vocabulary(Struct, frozen=True):
    """Words, folded: those that are written small somewhere, and those with a capital where nothing begins."""

    small: frozenset[str]
    names: frozenset[str]


class Indexed(Struct, frozen=True, eq=False, dict=True):
    """An article, looked through once; each paragraph only when it is asked for. `language` is the bank's."""

    article: Article
    language: str
    _known: dict[int, Paragraph] = {}

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
    def numbers(self) -> frozenset[float]:
        """All its numbers."""
        return frozenset(number for paragraph in self.all for number in paragraph.numbers)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Which of its words are names, and which are not."""
        return _vocabulary(self.article.paragraphs)

    @cached_property
    def often(self) -> frozenset[str]:
        """Words with a capital that stand all over the article: what it is about, also where it does not say so."""
        counts = Counter(word for paragraph in self.all for word in paragraph.capitals)
        least = max(_LEAST_OFTEN, len(self.all) / _OFTEN)
        return frozenset(word for word, count in counts.items() if count >= least)


def _vocabulary(texts: Iterable[str]) -> Vocabulary:
    small: set[str] = set()
    named: set[str] = set()
    for text in texts:
        small.update(word for word in _WORD.findall(text) if not word[0].isupper())
        named.update(word.folded for word in capitals(text) if not word.is_first)
    return Vocabulary(frozenset(map(names.fold, small)), frozenset(named))


def _look_through(text: str, language: str) -> Paragraph:
    large = list(capitals(text))
    parts = [part for word in large for part in word.parts]
    return Paragraph(
        numerals.values(text, language) | _halves(text),
        frozenset(words(text)),
        frozenset({*(word.folded for word in large), *parts}),
        "".join(part[0] for part in parts),
    )


def _halves(text: str) -> set[float]:
    """What stands on each side of a point: a footnote's number may be glued to a date, and 17.30 is a time of day."""
    return {float(part) for match in _DECIMAL.findall(text) for part in re.split("[.,:]", match)}
