"""Bank to Sheet: the questions as they are printed and, in the same structure, their answers for the key.

A paper writer only lays it out. What the sheet shows and what the key says come from one form, so they cannot disagree.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from octdeck import cloze as cloze_notation
from octdeck import markup
from octdeck.bank import Bank, Item
from octdeck.markup import Run
from octdeck.schema import Choice, Cloze, Match, Order, ShortAnswer, Source, TrueFalse, stem
from octdeck.words import Words, languages

Runs: TypeAlias = tuple[Run, ...]
Labelled: TypeAlias = tuple[str, Runs]

_GAP = "\ufdd0"  # a noncharacter, which no deck file can hold
_ONE_LINE, _TWO_LINES = 60, 140
_TOPIC = 110


@dataclass(frozen=True, slots=True)
class Gap:
    """A blank within a text, and what belongs there."""

    number: int
    answer: Runs
    hint: Runs = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One of the options to choose from."""

    letter: str
    text: Runs
    right: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One of the things to put in order; `number` is what belongs in its box."""

    text: Runs
    number: int


@dataclass(frozen=True, slots=True)
class Left:
    """The left side of a pair; `letter` is that of its right side."""

    number: int
    text: Runs
    letter: str


@dataclass(frozen=True, slots=True)
class Written:
    """An answer in words, to write on lines; `also` are other right answers."""

    answer: Runs
    also: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """Options to tick, one or `several`."""

    options: tuple[Option, ...]
    several: bool


@dataclass(frozen=True, slots=True)
class TrueOrFalse:
    """A statement to judge: its letters and words, and which of them are right."""

    choices: tuple[Option, Option]


@dataclass(frozen=True, slots=True)
class Gaps:
    """Gaps to fill, which stand in the stem; `bank` has their words mixed, `room` is the length of the longest."""

    gaps: tuple[Gap, ...]
    bank: tuple[Runs, ...]
    room: int


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps to number, in the order in which they are shown."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Two columns to match; a right side may belong to none."""

    lefts: tuple[Left, ...]
    rights: tuple[Labelled, ...]


Form: TypeAlias = Written | Options | TrueOrFalse | Gaps | Steps | Columns


@dataclass(frozen=True, slots=True)
class Entry:
    """A question as printed. Empty is what it does not have; `lines` are ruled lines to write on."""

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


@dataclass(frozen=True, slots=True)
class Sheet:
    """A quiz to print. `version` is the letter of one of several; `references` are the sources in full."""

    title: str
    subtitle: str
    version: str
    language: str
    words: Words
    entries: tuple[Entry, ...]
    total: str
    references: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the key says: `marks` as pupils write them (`B`, `3 1 2`, `1–C 2–A`), and in words, each with its label."""

    marks: str
    parts: tuple[Labelled, ...]


def from_bank(bank: Bank, title: str = "", version: str = "", *, word_bank: bool = True) -> Sheet:
    """The questions of `bank` that go on paper, in its order; its own title unless another is given."""
    words = languages().get(bank.language) or languages()["en"]
    items = [item for item in bank.items if item.question.paper and not item.question.retired]
    seed = f"{bank.id}/{version}"
    return Sheet(
        title=_one_line(title or bank.title),
        subtitle="" if title in ("", bank.title) else _one_line(bank.title),
        version=version,
        language=bank.language,
        words=words,
        entries=tuple(
            _entry(bank, item, number, words, seed if word_bank else "") for number, item in enumerate(items, 1)
        ),
        total=_points(sum(item.question.points for item in items)),
        references=tuple(_reference(source, words) for source in _each_once(s for item in items for s in item.sources)),
    )


def answer(form: Form) -> Answer:
    """The right answer to a form."""
    match form:
        case Written(answer=runs):
            return Answer("", (("", runs),))
        case Options(options=options) | TrueOrFalse(choices=options):
            right = [option for option in options if option.right]
            return Answer(", ".join(option.letter for option in right), tuple((o.letter, o.text) for o in right))
        case Gaps(gaps=gaps):
            return Answer("", tuple((str(gap.number), gap.answer) for gap in gaps))
        case Steps(steps=steps):
            ordered = sorted(steps, key=lambda step: step.number)
            marks = " ".join(str(step.number) for step in steps)
            return Answer(marks, tuple((str(step.number), step.text) for step in ordered))
        case Columns(lefts=lefts, rights=rights):
            texts = dict(rights)
            pairs = [(f"{left.number}–{left.letter}", (*left.text, Run(": "), *texts[left.letter])) for left in lefts]
            return Answer(" ".join(label for label, _ in pairs), tuple(pairs))
        case other:
            assert_never(other)


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
        points=_points(question.points),
        explanation=_runs(question.explain),
        caution=_runs(question.caution),
        citations=_citations(item, words),
        themes=tuple(_one_line(bank.themes[theme].title) for theme in question.themes if theme in bank.themes),
    )


def _gaps(text: str, seed: str) -> tuple[tuple[Run | Gap, ...], Gaps]:
    """Cloze text to its runs and gaps. Markdown may reach across a gap, so gaps stand in for themselves meanwhile."""
    parts = cloze_notation.parts(text)
    hidden = [part for part in parts if isinstance(part, cloze_notation.Gap)]
    runs = markup.parse("".join(part if isinstance(part, str) else _GAP for part in parts))
    if markup.to_plain(runs).count(_GAP) < len(hidden):
        # A gap in the address of a link would be lost with it.
        runs = tuple(Run(part if isinstance(part, str) else _GAP) for part in parts)
    pieces: list[Run | Gap] = []
    gaps: list[Gap] = []
    for run in runs:
        for index, between in enumerate(run.text.split(_GAP)):
            if index:
                gap = hidden[len(gaps)]
                words = gap.text.strip()
                shown = (Run(words, code=True),) if run.code else markup.parse(words)
                gaps.append(Gap(len(gaps) + 1, shown, _runs(gap.hint)))
                pieces.append(gaps[-1])
            if between:
                pieces.append(replace(run, text=between))
    bank = sorted(gaps, key=lambda gap: _mix(seed, f"{gap.number}")) if seed and len(gaps) > 1 else []
    room = max(len(markup.to_plain(gap.answer)) for gap in gaps)
    return tuple(pieces), Gaps(tuple(gaps), tuple(gap.answer for gap in bank), room)


def _room(answer: str) -> int:
    """The lines that an answer needs, written by hand."""
    text = markup.plain(answer)
    by_length = 1 if len(text) <= _ONE_LINE else 2 if len(text) <= _TWO_LINES else 3
    return max(by_length, text.count("\n") + 1)


def _letters(texts: Sequence[str]) -> list[str]:
    return [chr(ord("A") + index) for index in range(len(texts))]


def _points(points: float) -> str:
    whole, half = int(points), "½" if points % 1 else ""
    return f"{whole or ''}{half}"


def _mix(seed: str, text: str) -> str:
    return hashlib.sha256(f"{seed}\x1f{text}".encode()).hexdigest()


def _runs(text: str | None) -> Runs:
    return markup.parse(text) if text else ()


def _one_line(text: str) -> str:
    return " ".join(text.split())


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
