"""Right answers × the paragraphs cited for them → the figures and names of an answer that are in none of these."""

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from msgspec import Struct

from octdeck import evidence, markup, names, numerals
from octdeck.bank import Citation
from octdeck.diagnostics import Diagnostic
from octdeck.evidence import Indexed, Paragraph, Word
from octdeck.moves import Where
from octdeck.names import Forms
from octdeck.numerals import Number
from octdeck.prose import Prose, Reading
from octdeck.questions import Choice, Cloze, Match, Occlusion, Order, ShortAnswer, TrueFalse
from octdeck.renumbering import as_written

_LONG = 4  # words: a longer answer tells more than what is asked for
_MOST_SHOWN = 3  # paragraphs
_NEAR = 3  # paragraphs away
_DATE = 1  # word: what has more tells a year beside something else
_YEARS = frozenset(map(float, range(1000, 2101)))
_SMALL = frozenset(map(float, range(13)))  # what a reader counts for himself


def check(reading: Reading, code: str) -> Iterator[Diagnostic]:
    """Yield a warning with this code for each right answer, or part of one, of which a figure or name is missing."""
    language, shelf = reading.bank.language, reading.shelf
    articles = {source: Indexed(article, language) for source, article in shelf.at_hand.items()}
    places = {source: shelf.places(source) or () for source in articles}
    forms = names.of_language(language)
    scene = frozenset(word for article in articles.values() for word in article.often)
    calendars = reading.bank.calendar.words if reading.bank.calendar else ()
    for prose in reading.questions:
        cited = _cited(prose, articles, places, scene, calendars)
        if cited is None:
            continue
        for answer in _right(prose):
            missing = [*_missing_numbers(answer, cited, language), *_missing_names(answer, cited, forms)]
            if missing:
                yield _finding(prose, answer, cited, missing, reading, code)


# --- what the right answers are -------------------------------------------------------------------------------------


class _Answer(Struct, frozen=True):
    """A right answer or part of one: `text` from `start` on, with what stands before it, and what was asked.

    `keys` lead to it in the question; `on_key`: it is the last of them.
    """

    text: str
    keys: tuple[str | int, ...]
    on_key: bool = False
    asked: str = ""
    start: int = 0

    @property
    def is_long(self) -> bool:
        """Whether it tells more than what is asked for."""
        return len(self.text[self.start :].split()) > _LONG


def _right(prose: Prose) -> Iterator[_Answer]:
    asked = prose.stem.text
    match prose.question:
        case ShortAnswer():
            yield _Answer(prose.right[0].text, ("answer",), asked=asked)
        case Choice():
            yield from (_Answer(line.text, ("answer", i), asked=asked) for i, line in enumerate(prose.right))
        case Order():
            yield from (_Answer(line.text, ("order", i), asked=asked) for i, line in enumerate(prose.right))
        case Match(pairs=pairs):
            for left, right in pairs.items():
                yield _Answer(markup.plain(left), ("pairs", left), on_key=True, asked=asked)
                yield _Answer(markup.plain(right), ("pairs", left), asked=asked)
        case Occlusion():
            for i, line in enumerate(prose.right):
                yield _Answer(line.text, ("regions", i, "answer"), asked=asked)
        case TrueFalse(answer=answer):
            yield from [_Answer(asked, ("statement",))] if answer else []
        case Cloze():
            before = ""
            for part in prose.parts:
                start, before = len(before), before + markup.plain(part if isinstance(part, str) else part.text)
                if not isinstance(part, str):
                    yield _Answer(before, ("cloze",), start=start)
        case other:
            assert_never(other)


# --- what is cited for them -----------------------------------------------------------------------------------------


class _Cited(Struct, frozen=True):
    """The cited paragraphs, those beside them, and the articles they are from.

    `given` is what need not stand in them: what they are called, and the bank's words for calendars. `numbers` are
    those of the cited paragraphs in each article as it is now. `scene` is what the articles of the bank are about.
    """

    paragraphs: tuple[Paragraph, ...]
    beside: tuple[Paragraph, ...]
    articles: Mapping[str, Indexed]
    given: str
    numbers: Mapping[str, tuple[int, ...]]
    scene: frozenset[str]


def _cited(
    prose: Prose,
    articles: Mapping[str, Indexed],
    places: Mapping[str, Sequence[Where | None]],
    scene: frozenset[str],
    calendars: Sequence[str],
) -> _Cited | None:
    """What a question cites; None if not all of it is at hand."""
    numbers: dict[str, tuple[int, ...]] = {}
    given = list(calendars)
    for citation in prose.item.citations:
        source, here = citation.source, places.get(citation.source.id, ())
        if any(last > len(here) or None in here[first - 1 : last] for first, last in citation.paragraphs):
            return None
        known = [place for first, last in citation.paragraphs for place in here[first - 1 : last] if place]
        numbers[source.id] = tuple(sorted({n for place in known for n in range(place.first, place.last + 1)}))
        given += [text for text in (source.title, source.short, source.author, source.publisher) if text]
    if not numbers or len(prose.item.citations) < len(prose.question.cites):
        return None
    cited = {source: articles[source] for source in numbers}
    beside = [
        cited[source].paragraph(near)
        for source, here in numbers.items()
        for near in sorted({near for number in here for near in (number - 1, number + 1)} - set(here))
        if 1 <= near <= len(cited[source].article.paragraphs)
    ]
    paragraphs = [cited[source].paragraph(number) for source, here in numbers.items() for number in here]
    return _Cited(tuple(paragraphs), tuple(beside), cited, " ".join(given), numbers, scene)


# --- what is missing ------------------------------------------------------------------------------------------------


def _missing_numbers(answer: _Answer, cited: _Cited, language: str) -> Iterator[str]:
    for number in numerals.numbers(answer.text, language):
        if number.start + len(number.text) <= answer.start or _says_little(number, answer):
            continue
        known = [paragraph.numbers for paragraph in cited.paragraphs]
        if number.in_words and answer.is_long and number.values & _SMALL:
            known += [paragraph.numbers for paragraph in cited.beside]
        if not number.in_words and number.values & _YEARS and len(answer.text[answer.start :].split()) > _DATE:
            known += [article.numbers for article in cited.articles.values()]
        if not any(number.values & numbers for numbers in known) and not (
            number.values & numerals.values(f"{answer.asked} {cited.given}", language)
        ):
            yield number.text


def _says_little(number: Number, answer: _Answer) -> bool:
    """Whether a number word is hardly a figure, such as the one in `one after another`."""
    return number.in_words and (1 in number.values or (2 in number.values and answer.is_long))


def _missing_names(answer: _Answer, cited: _Cited, forms: Forms | None) -> Iterator[str]:
    if forms is None:
        return
    text = forms.calendars.sub(lambda found: " " * len(found[0]), answer.text)
    given: set[str] | None = None
    for word in evidence.capitals(text, answer.start):
        if not _is_name(word, cited) or _is_known(word, cited.paragraphs, forms):
            continue
        if answer.is_long and (_is_known(word, cited.beside, forms) or forms.has(word.folded, cited.scene)):
            continue
        if given is None:
            given = evidence.words(f"{answer.asked} {cited.given}")
        if not forms.has(word.folded, given):
            yield word.text


def _is_name(word: Word, cited: _Cited) -> bool:
    """Whether a word with a capital is a name: it is never written small, and its capital is not due to its place."""
    known = [article.vocabulary for article in cited.articles.values()]
    if any(word.folded in vocabulary.small for vocabulary in known):
        return False
    return not word.is_first or any(word.folded in vocabulary.names for vocabulary in known)


def _is_known(word: Word, paragraphs: Sequence[Paragraph], forms: Forms) -> bool:
    if any(word.folded in paragraph.words for paragraph in paragraphs):
        return True
    if word.is_acronym and any(word.text.removesuffix("s").casefold() in p.initials for p in paragraphs):
        return True
    if any(forms.has(word.folded, paragraph.capitals) for paragraph in paragraphs):
        return True
    parts = word.parts
    return len(parts) > 1 and all(
        any(part in paragraph.words or forms.has(part, paragraph.capitals) for paragraph in paragraphs)
        for part in parts
    )


# --- what is said of it ---------------------------------------------------------------------------------------------


def _finding(
    prose: Prose, answer: _Answer, cited: _Cited, missing: Sequence[str], reading: Reading, code: str
) -> Diagnostic:
    what = list(dict.fromkeys(missing))
    is_or_are = "is" if len(what) == 1 else "are"
    where = [_where(citation) for citation in prose.item.citations]
    shown = " and ".join(f"'{text}'" for text in what)
    cited_for_it = f"{where[0]}, which is cited for it" if len(where) == 1 else "the paragraphs that are cited for it"
    message = f"{shown} {is_or_are} not in {cited_for_it}"
    elsewhere = _nearby(what, cited, reading)
    look = f"see whether {elsewhere} is meant" if elsewhere else "check answer and citation against the article"
    hint = f"{look}; if all is right, say 'ignore: [{code}]'"
    place, about = prose.item.span(*answer.keys, key=answer.on_key), f"{answer.asked} {answer.text}"
    notes = [note for source, here in cited.numbers.items() for note in reading.shelf.shown(source, here, about)]
    return Diagnostic(code, message, place, "warning", hint, notes=tuple(notes[:_MOST_SHOWN]))


def _where(citation: Citation) -> str:
    first, last = citation.paragraphs[0]
    several = len(citation.paragraphs) > 1 or first != last
    return f"paragraph{'s' * several} {as_written(citation.paragraphs)} of '{citation.source.id}'"


def _nearby(missing: Sequence[str], cited: _Cited, reading: Reading) -> str:
    """The nearest paragraph, a few away at most, that has all that is missing, if there is one."""
    forms = names.of_language(reading.bank.language)
    wanted = [word for text in missing for word in evidence.capitals(text)]
    figures = [number for text in missing for number in numerals.numbers(text, reading.bank.language)]
    for source, here in cited.numbers.items():
        article = cited.articles[source]
        if reading.shelf.digests(source) != article.article.digests:
            continue  # its paragraphs are not counted as in the deck file
        near = {number + step for number in here for step in range(-_NEAR, _NEAR + 1)} - set(here)
        for number in sorted(near, key=lambda number: (min(abs(number - other) for other in here), number)):
            if not 1 <= number <= len(article.article.paragraphs):
                continue
            paragraph = article.paragraph(number)
            if all(figure.values & paragraph.numbers for figure in figures) and all(
                figures or (forms and _is_known(word, [paragraph], forms)) for word in wanted
            ):
                return f"paragraph {number} of '{source}'"
    return ""
