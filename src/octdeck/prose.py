"""A bank as rules read it: each question's texts without markup, and their words, made once for all rules."""

import re
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from octdeck import cloze, grammar, markup
from octdeck.article import Shelf
from octdeck.bank import Bank, Item
from octdeck.cloze import Gap
from octdeck.grammar import Grammar
from octdeck.questions import Choice, Cloze, Match, Occlusion, Order, Question, ShortAnswer, TrueFalse, stem


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

    def without(self, articles: frozenset[str]) -> str:
        """Its words likewise, less the articles that it begins with."""
        begins = next((i for i, word in enumerate(self.words) if word not in articles), 0)
        return grammar.spaced(self.words[begins:])


class Prose(Struct, frozen=True, eq=False, dict=True):
    """A question as rules read it."""

    item: Item
    question: Question

    @property
    def stem_key(self) -> str:
        """The key at which what is asked stands."""
        match self.question:
            case TrueFalse():
                return "statement"
            case Cloze():
                return "cloze"
            case _:
                return "question"

    @cached_property
    def stem(self) -> Line:
        """What is asked; of a gap text, all of it, the hidden words in their places."""
        question = self.question
        if isinstance(question, Cloze):
            return line_of("".join(part.text if isinstance(part, Gap) else part for part in self.parts))
        return line_of(stem(question))

    @cached_property
    def parts(self) -> tuple[str | Gap, ...]:
        """A gap text in its parts; of other kinds, nothing."""
        question = self.question
        return cloze.parts(question.cloze) if isinstance(question, Cloze) else ()

    @cached_property
    def gaps(self) -> tuple[tuple[Gap, Line], ...]:
        """Each gap of a gap text with the words it hides; of other kinds, nothing."""
        return tuple((part, line_of(part.text)) for part in self.parts if isinstance(part, Gap))

    @cached_property
    def right(self) -> tuple[Line, ...]:
        """The right answers, the hidden words, the steps of an order or the rights of a match, as they stand there."""
        match self.question:
            case ShortAnswer(answer=answer):
                return (line_of(answer),)
            case Choice(answer=answers):
                return tuple(map(line_of, answers))
            case Cloze():
                return tuple(line for _, line in self.gaps)
            case Order(order=steps):
                return tuple(map(line_of, steps))
            case Match(pairs=pairs):
                return tuple(map(line_of, pairs.values()))
            case Occlusion(regions=regions):
                return tuple(line_of(region.answer) for region in regions)
            case TrueFalse():
                return ()

    @cached_property
    def accepted(self) -> tuple[Line, ...]:
        """What else counts as right where the answer is typed."""
        question = self.question
        return tuple(map(line_of, question.accept)) if isinstance(question, ShortAnswer) else ()

    @cached_property
    def left(self) -> tuple[Line, ...]:
        """The lefts of a match."""
        question = self.question
        return tuple(map(line_of, question.pairs)) if isinstance(question, Match) else ()

    @cached_property
    def wrong(self) -> tuple[Line, ...]:
        """The distractors, as they stand there."""
        question = self.question
        return tuple(map(line_of, question.distractors)) if isinstance(question, Choice | Match) else ()

    @cached_property
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
    questions: tuple[Prose, ...]

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
            questions=tuple(prose for prose in self.questions if code not in prose.question.ignore),
        )


def read(bank: Bank, shelf: Shelf) -> Reading:
    """A bank and its articles, for rules to look at."""
    questions = tuple(Prose(item, item.question) for item in bank.items if not item.question.retired)
    return Reading(bank, shelf, grammar.of_language(bank.language), questions)


def line_of(text: str) -> Line:
    """A text of a question as rules read it."""
    if markup.is_plain(text):
        return Line(text, grammar.words_of(text))
    runs = markup.parse(text)
    plain = markup.to_plain(runs)
    return Line(plain, grammar.words_of(plain), tuple(run.medium for run in markup.media(runs) if run.medium))
