"""An article's text to numbered paragraphs with digests, so that a citation can be checked without the text."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from msgspec import Struct

from octdeck.accents import composed
from octdeck.diagnostics import Span
from octdeck.moves import Where, moves

MAX_PARAGRAPHS = 100_000
_SHOWN = 300  # characters of a paragraph
_MOST_SHOWN = 3  # paragraphs
_LONG_WORD = 4  # letters; shorter ones are shared by all sentences
_WORD = re.compile(r"[^\W_]+")
_SENTENCE = r"(?<=[.!?…])[\s\"'“”„«»‘’)]*\s+"  # compiled only when something is wrong
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


class Article(Struct, frozen=True):
    """The paragraphs of an article; `paragraphs[0]` is paragraph 1.

    `digests` has ten hexadecimal digits for each; white space and Unicode form do not count.
    """

    paragraphs: tuple[str, ...]
    digests: tuple[str, ...]


def parse(text: str) -> Article:
    """Blocks separated by blank lines are the paragraphs, counted from 1; no more than `MAX_PARAGRAPHS` + 1."""
    blocks = _blocks(composed(text).replace("\r\n", "\n").replace("\r", "\n"))
    paragraphs = tuple(islice((" ".join(block.split()) for block in blocks if block.strip()), MAX_PARAGRAPHS + 1))
    return Article(paragraphs, tuple(hashlib.sha256(text.encode()).hexdigest()[:10] for text in paragraphs))


def _blocks(text: str) -> Iterator[str]:
    start = 0
    for blank in _BLANK_LINE.finditer(text):
        yield text[start : blank.start()]
        start = blank.end()
    yield text[start:]


def _part(text: str, about: str) -> str:
    """The sentences of a paragraph around the one that shares the most words with `about`."""
    from textwrap import shorten

    if len(text) <= _SHOWN:
        return text
    wanted = {word for word in _WORD.findall(about.casefold()) if len(word) >= _LONG_WORD}
    ends = [match.end() for match in re.finditer(_SENTENCE, text)]
    sentences = [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]
    shared = [len(wanted & set(_WORD.findall(sentence.casefold()))) for sentence in sentences]
    first = shared.index(max(shared))
    last = first + 1
    while last < len(sentences) and sum(map(len, sentences[first : last + 1])) <= _SHOWN:
        last += 1
    while first and sum(map(len, sentences[first - 1 : last])) <= _SHOWN:
        first -= 1
    part = shorten("".join(sentences[first:last]), _SHOWN, placeholder=" …")
    return f"{'… ' if first else ''}{part}{' …' if last < len(sentences) else ''}"


class Shelf(Struct, frozen=True):
    """What is known of a bank's articles, by source.

    `at_hand` holds the articles that the teacher has here; `released`, the digests of each article's paragraphs as the
    lock file has them; `lines`, where it has them. Deck files count the paragraphs as the lock file does, and as the
    article at hand only where that has none: so what a check finds does not hang on whether the article is at hand.
    """

    at_hand: Mapping[str, Article] = {}
    released: Mapping[str, tuple[str, ...]] = {}
    lines: Mapping[str, Span] = {}

    def digests(self, source: str) -> tuple[str, ...] | None:
        """The digests of the paragraphs as deck files count them; None where nothing is known of the source."""
        known = self.released.get(source)
        article = self.at_hand.get(source)
        return known or (article.digests if article else None)

    def shown(self, source: str, numbers: Iterable[int], about: str) -> tuple[str, ...]:
        """The first few of these paragraphs of the article at hand, for a note of a finding.

        Of a long one, the part is shown that has most in common with the text `about`.
        """
        article = self.at_hand.get(source)
        if article is None:
            return ()
        first = {number: article.paragraphs[number - 1] for number in islice(numbers, _MOST_SHOWN)}
        return tuple(f"paragraph {number} of '{source}' reads: {_part(text, about)}" for number, text in first.items())

    def places(self, source: str) -> tuple[Where | None, ...] | None:
        """Where each paragraph that deck files count is in the article at hand; None where that is not at hand."""
        article = self.at_hand.get(source)
        return moves(self.digests(source) or (), article.digests) if article else None
