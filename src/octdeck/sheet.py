"""Bank to Sheet: the questions as they are printed, for every paper writer to lay out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from octdeck import cloze, locales, markup, picture
from octdeck.bank import Bank, Item, mixing_key
from octdeck.forms import (
    Columns,
    Form,
    Gap,
    Gaps,
    Labels,
    Left,
    Option,
    Options,
    Runs,
    Step,
    Steps,
    TrueOrFalse,
    Written,
)
from octdeck.markup import BREAK, Run
from octdeck.media import Medium
from octdeck.questions import Choice, Cloze, Match, Occlusion, Order, ShortAnswer, TrueFalse, media_in, stem
from octdeck.schema import Source
from octdeck.words import Words, words_of

_ONE_LINE, _TWO_LINES = 60, 140
_TOPIC = 110


class Entry(Struct, frozen=True):
    """A question as printed. Empty is what it does not have; `lines` are ruled lines to write on.

    `heading` stands above the first question of a section.
    """

    number: int
    id: str
    stem: tuple[Run | Gap, ...]
    form: Form
    instruction: str
    claim: Runs
    hint: Runs
    lines: int
    points: str
    explanation: Runs
    caution: Runs
    citations: Runs
    themes: tuple[str, ...]
    heading: str = ""


class Sheet(Struct, frozen=True):
    """A quiz to print. `version` is the letter of one of several; `references` are the sources in full.

    `date` is the day of the quiz, as its language writes it; without one there is room to write it. `media` are the
    pictures and sounds that its runs name.
    """

    title: str
    subtitle: str
    version: str
    language: str
    words: Words
    entries: tuple[Entry, ...]
    total: str
    references: tuple[Runs, ...]
    date: str = ""
    media: Mapping[str, Medium] = {}


def from_bank(
    bank: Bank, title: str = "", version: str = "", *, word_bank: bool = True, day: date | None = None
) -> Sheet:
    """The questions of `bank` that go on paper, in its order; its own title unless another is given."""
    words = words_of(bank.language)
    items = [item for item in bank.items if item.question.paper and not item.question.retired]
    before = ["", *(item.section for item in items)]
    headings = [_one_line(item.section) if item.section != last else "" for item, last in zip(items, before)]  # noqa: B905
    seed = f"{bank.id}/{version}"
    return Sheet(
        title=_one_line(title or bank.title),
        subtitle="" if title in ("", bank.title) else _one_line(bank.title),
        version=version,
        language=bank.language,
        words=words,
        entries=tuple(
            replace(_entry(bank, item, number, words, seed if word_bank else ""), heading=heading)
            for number, (item, heading) in enumerate(zip(items, headings, strict=True), 1)
        ),
        total=_points(sum(item.question.points for item in items), bank.language),
        references=tuple(_reference(source, words) for source in _each_once(s for item in items for s in item.sources)),
        date=locales.long_date(day, bank.language) if day else "",
        media=_media(bank, items),
    )


def _media(bank: Bank, items: Iterable[Item]) -> Mapping[str, Medium]:
    """The pictures and sounds that questions show on paper; those with regions are covered there, by numbers."""
    found = dict[str, Medium]()
    for item in items:
        question = item.question
        for _, run, _ in media_in(question):
            medium = bank.media.get(run.medium or "")
            if medium is None or run.medium is None:
                continue
            if isinstance(question, Occlusion) and run.medium == question.image:
                found[_numbered(question)] = picture.numbered(medium, question.regions)
            else:
                found[run.medium] = medium
    return found


def _numbered(question: Occlusion) -> str:
    """The name of its picture with the numbers: one that no file can have."""
    return f"{question.id}|{question.image}"


def stretches(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The entries of a sheet, section by section; the first section may be without a heading."""
    found: list[list[Entry]] = []
    for entry in entries:
        if entry.heading or not found:
            found.append([])
        found[-1].append(entry)
    return found


def topic(entry: Entry) -> str:
    """The question in short, for the key; gaps are their numbers."""
    pieces = (f"({piece.number})" if isinstance(piece, Gap) else piece.text for piece in entry.stem)
    text = _one_line("".join(pieces))
    if len(text) <= _TOPIC:
        return text
    cut = text[:_TOPIC]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:.–—") + "\xa0…"


# --- entries --------------------------------------------------------------------------------------------------------


def _entry(bank: Bank, item: Item, number: int, words: Words, seed: str) -> Entry:
    question = item.question
    pieces: tuple[Run | Gap, ...] = markup.parse(stem(question))
    lines = question.lines or 0
    form: Form
    match question:
        case ShortAnswer(answer=answer, accept=also):
            form, instruction = Written(markup.parse(answer), tuple(map(markup.parse, also))), ""
            lines = _room(answer) if question.lines is None else question.lines
        case Choice(answer=answers):
            options = zip(_letters(item.options), item.options, strict=True)
            form = Options(
                tuple(Option(a, markup.parse(text), text in answers) for a, text in options), len(answers) > 1
            )
            instruction = words.choose_all if form.several else words.choose_one
        case TrueFalse(answer=true):
            yes = Option(words.true_short, (Run(words.true_),), true)
            no = Option(words.false_short, (Run(words.false_),), not true)
            form, instruction = TrueOrFalse((yes, no)), words.true_or_false
        case Cloze(cloze=text):
            pieces, form = _gaps(text, f"{seed}/{question.id}" if seed else "")
            instruction = words.fill_in
        case Order(order=right):
            form = Steps(tuple(Step(markup.parse(text), right.index(text) + 1) for text in item.options))
            instruction = words.number_them.format(count=len(right))
        case Match(pairs=pairs):
            letters = dict(zip(item.options, _letters(item.options), strict=True))
            form = Columns(
                tuple(Left(n, markup.parse(left), letters[pairs[left]]) for n, left in enumerate(pairs, 1)),
                tuple((letter, markup.parse(text)) for text, letter in letters.items()),
            )
            instruction = words.write_letter
        case Occlusion(question=asked, regions=regions):
            above = (*markup.parse(asked), BREAK) if asked else ()
            pieces = (*above, Run(question.shows, medium=_numbered(question)))
            gaps = [Gap(n, markup.parse(region.answer)) for n, region in enumerate(regions, 1)]
            form = Labels(tuple(gaps), *_bank(gaps, f"{seed}/{question.id}" if seed else ""))
            instruction = words.write_what
        case other:
            assert_never(other)
    return Entry(
        number=number,
        id=question.id,
        stem=pieces,
        form=form,
        instruction=instruction,
        claim=_claim(item, words) if question.claim else (),
        hint=_runs(question.hint),
        lines=lines,
        points=_points(question.points, bank.language),
        explanation=_runs(question.explain),
        caution=_runs(question.caution),
        citations=_citations(item, words),
        themes=tuple(_one_line(bank.themes[theme].title) for theme in question.themes if theme in bank.themes),
    )


def _gaps(text: str, seed: str) -> tuple[tuple[Run | Gap, ...], Gaps]:
    """Cloze text to its runs and gaps."""
    pieces: list[Run | Gap] = []
    gaps: list[Gap] = []
    for run, hidden in cloze.runs(text):
        if hidden is None:
            pieces.append(run)
            continue
        words = hidden.text.strip()
        shown = (Run(words, code=True),) if run.code else markup.parse(words)
        gaps.append(Gap(len(gaps) + 1, shown, _runs(hidden.hint)))
        pieces.append(gaps[-1])
    return tuple(pieces), Gaps(tuple(gaps), *_bank(gaps, seed))


def _bank(gaps: Sequence[Gap], seed: str) -> tuple[tuple[Runs, ...], int]:
    """The words to choose from, mixed, and the length of the longest."""
    # Two words for two gaps would give them away.
    bank = sorted(gaps, key=lambda gap: mixing_key(seed, f"{gap.number}")) if seed and len(gaps) > 2 else []
    return tuple(gap.answer for gap in bank), max(len(markup.to_plain(gap.answer)) for gap in gaps)


def _room(answer: str) -> int:
    """The lines that an answer needs, written by hand."""
    # A picture is described in a few words, whatever is said of it.
    text = markup.to_plain([run for run in markup.parse(answer) if not run.medium]).strip()
    by_length = 1 if len(text) <= _ONE_LINE else 2 if len(text) <= _TWO_LINES else 3
    return max(by_length, text.count("\n") + 1)


def _letters(texts: Sequence[str]) -> list[str]:
    return [chr(ord("A") + index) for index in range(len(texts))]


def _points(points: float, language: str) -> str:
    whole = locales.whole(int(points), language) if points >= 1 else ""
    return whole + ("½" if points % 1 else "")


def _runs(text: str | None) -> Runs:
    return markup.parse(text) if text else ()


def _one_line(text: str) -> str:
    """The text without breaks; a blank that holds two words together stays."""
    return re.sub("[ \t-\r\x85\u2028\u2029]+", " ", text).strip()


# --- sources --------------------------------------------------------------------------------------------------------


def _claim(item: Item, words: Words) -> Runs:
    before, _, behind = words.according_to.partition("{source}")
    names = [_title(source.cited_as) for source in _each_once(item.sources)]
    return (Run(before), *_joined(names, ", ", f" {words.and_} "), Run(behind)) if names else ()


def _citations(item: Item, words: Words) -> Runs:
    if not item.citations:
        return _joined([_title(source.cited_as) for source in item.sources], "; ")
    where = [Run(", " + words.paragraph.format(where=citation.where)) for citation in item.citations]
    names = [_title(citation.source.cited_as) for citation in item.citations]
    return _joined([(*name, place) for name, place in zip(names, where, strict=True)], "; ")


def _reference(source: Source, words: Words) -> Runs:
    short = (Run(f"{_one_line(source.short)}: ", strong=True),) if source.short and source.short != source.title else ()
    issue = words.issue.format(issue=source.issue) if source.issue else ""
    author, *others = (_plain(text) for text in (source.author, source.publisher, issue, source.date))
    url = (Run(source.url, href=source.url),) if source.url else ()
    known = [author, _title(source.title), *others, url]
    return (*short, *_joined([runs for runs in known if runs], ", "))


def _plain(text: str | None) -> Runs:
    return (Run(_one_line(text)),) if text else ()


def _title(text: str) -> Runs:
    return tuple(replace(run, em=not run.em, href=None) for run in markup.parse(_one_line(text)))


def _each_once(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple({source.id: source for source in sources}.values())


def _joined(parts: Sequence[Runs], between: str, last: str = "") -> Runs:
    """The parts with `between` them, and `last` before the last."""
    runs: list[Run] = []
    for index, part in enumerate(parts):
        if index:
            runs.append(Run(last if last and index == len(parts) - 1 else between))
        runs += part
    return tuple(runs)
