"""A bank as rules read it: each question's texts without markup, and their words, made once for all rules."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from octdeck import cloze, grammar, markup
from octdeck.article import Shelf
from octdeck.bank import Bank, Item
from octdeck.cloze import Gap
from octdeck.grammar import Grammar
from octdeck.questions import Choice, Cloze, Match, Occlusion, Order, Question, ShortAnswer, TrueFalse
from octdeck.questions import stem as stem_of


class Line(Struct, frozen=True):
    """A text without its markup, its words in small letters, and the files of pictures and sounds in it.

    In place of a picture or a sound, text and words have what says in words what it shows.
    """

    text: str
    words: tuple[str, ...]
    media: tuple[str, ...] = ()

    @property
    def spaced(self) -> str:
        """Its words in a row, with a space before and after each."""
        return grammar.spaced(self.words)

    def bare(self, articles: frozenset[str]) -> tuple[str, ...]:
        """Its words less the articles that it begins with, if it has others."""
        words = self.words
        if not words or words[0] not in articles:
            return words
        return words[next((i for i, word in enumerate(words) if word not in articles), 0) :]

    def without(self, articles: frozenset[str]) -> str:
        """The same in a row, with a space before and after each."""
        return grammar.spaced(self.bare(articles))


class Prose(Struct, frozen=True, eq=False):
    """A question as rules read it.

    `stem` is what is asked; of a gap text, all of it, the hidden words in their places. `right` are the right answers,
    the hidden words, the steps of an order or the rights of a match, and `wrong` the distractors, as they stand there;
    `accepted`, what else counts as right where the answer is typed; `left`, the lefts of a match. `parts` and `gaps`
    are those of a gap text, each gap with the words it hides.
    """

    item: Item
    question: Question
    stem: Line
    right: tuple[Line, ...] = ()
    wrong: tuple[Line, ...] = ()
    accepted: tuple[Line, ...] = ()
    left: tuple[Line, ...] = ()
    parts: tuple[str | Gap, ...] = ()
    gaps: tuple[tuple[Gap, Line], ...] = ()

    @property
    def stem_key(self) -> str:
        """The key at which what is asked stands."""
        return self.question.asks

    @property
    def others(self) -> tuple[Line, ...]:
        """The distractors that are wrong: with `fixed`, an answer may have its place among them."""
        question = self.question
        if not isinstance(question, Choice) or not question.fixed:
            return self.wrong
        return tuple(
            line for text, line in zip(question.distractors, self.wrong, strict=True) if text not in question.answer
        )

    @property
    def options_have_media(self) -> bool:
        """Whether a picture or a sound is among the answers and distractors."""
        return any(line.media for line in (*self.right, *self.wrong))


class Reading(Struct, frozen=True, eq=False, dict=True):
    """What a rule looks at: a bank and its articles, what is known of its language, and its questions as prose.

    `questions` leaves out what is retired: students see it no more as it was.
    """

    bank: Bank
    shelf: Shelf
    grammar: Grammar
    read: Callable[[], tuple[Prose, ...]]

    @cached_property
    def questions(self) -> tuple[Prose, ...]:
        """Read when the first rule looks at them."""
        return self.read()

    @cached_property
    def titles(self) -> re.Pattern[str]:
        """What finds the titles of the bank's sources, long and short, in spaced words."""
        sources = {deck.source for deck in self.bank.decks if deck.source}
        named = {title for source in sources for title in (source.title, source.short) if title}
        return grammar.any_of(frozenset(" ".join(line_of(title).words) for title in named))

    @cached_property
    def _names(self) -> re.Pattern[str]:
        sources = {deck.source for deck in self.bank.decks if deck.source}
        named = {name for source in sources for name in (source.title, source.short, source.author) if name}
        said = {line_of(name).words for name in named}
        authors = {line_of(source.author).words[-1:] for source in sources if source.author}
        return grammar.any_of(frozenset(" ".join(words) for words in said | authors if words))

    def names_source(self, line: Line) -> bool:
        """Whether a text names one of the bank's sources, by its title or its author."""
        return self._names.search(line.spaced) is not None

    def without_titles(self, spaced: str) -> str:
        """Spaced words less the titles of the bank's sources: what stands in these says nothing."""
        return self.titles.sub("", spaced)

    def without(self, code: str) -> "Reading":
        """The same less the questions that ignore a code."""
        return replace(
            self,
            bank=replace(self.bank, items=tuple(item for item in self.bank.items if code not in item.question.ignore)),
            read=lambda: tuple(prose for prose in self.questions if code not in prose.question.ignore),
        )


def read(bank: Bank, shelf: Shelf) -> Reading:
    """A bank and its articles, for rules to look at."""

    def questions() -> tuple[Prose, ...]:
        return tuple(_prose(item, item.question) for item in bank.items if not item.question.retired)

    return Reading(bank, shelf, grammar.of_language(bank.language), questions)


def _prose(item: Item, question: Question) -> Prose:
    match question:
        case ShortAnswer(question=asked, answer=answer, accept=accept):
            return Prose(item, question, line_of(asked), right=(line_of(answer),), accepted=_lines(accept))
        case Choice(question=asked, answer=answers, distractors=distractors):
            return Prose(item, question, line_of(asked), _lines(answers), _lines(distractors))
        case TrueFalse(statement=statement):
            return Prose(item, question, line_of(statement))
        case Cloze(cloze=text):
            parts = cloze.parts(text)
            stem = line_of("".join(part.text if isinstance(part, Gap) else part for part in parts))
            gaps = tuple((part, line_of(part.text)) for part in parts if isinstance(part, Gap))
            return Prose(item, question, stem, tuple(line for _, line in gaps), parts=parts, gaps=gaps)
        case Order(question=asked, order=steps):
            return Prose(item, question, line_of(asked), _lines(steps))
        case Match(question=asked, pairs=pairs, distractors=distractors):
            rights, lefts = _lines(pairs.values()), _lines(pairs)
            return Prose(item, question, line_of(asked), rights, _lines(distractors), left=lefts)
        case Occlusion(regions=regions):
            return Prose(item, question, line_of(stem_of(question)), _lines(region.answer for region in regions))


def _lines(texts: Iterable[str]) -> tuple[Line, ...]:
    return tuple(map(line_of, texts))


def line_of(text: str) -> Line:
    """A text of a question as rules read it."""
    if markup.is_plain(text):
        return Line(text, grammar.words_of(text))
    runs = markup.parse(text)
    plain = markup.to_plain(runs)
    return Line(plain, grammar.words_of(plain), tuple(run.medium for run in markup.media(runs) if run.medium))
