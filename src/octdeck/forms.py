"""The forms in which a question is answered on paper: what the sheet shows and, in the same structure, what is right.

Sheet and key both print from a form, so they cannot disagree.
"""

from typing import TypeAlias, assert_never

from msgspec import Struct

from octdeck.markup import BREAK, Run

Runs: TypeAlias = tuple[Run, ...]
Labelled: TypeAlias = tuple[str, Runs]


class Gap(Struct, frozen=True):
    """A blank within a text, and what belongs there."""

    number: int
    answer: Runs
    hint: Runs = ()


class Option(Struct, frozen=True):
    """One of the options to choose from."""

    letter: str
    text: Runs
    right: bool


class Step(Struct, frozen=True):
    """One of the things to put in order; `number` is what belongs in its box."""

    text: Runs
    number: int


class Left(Struct, frozen=True):
    """The left side of a pair; `letter` is that of its right side."""

    number: int
    text: Runs
    letter: str


class Written(Struct, frozen=True):
    """An answer in words, to write on lines; `also` are other right answers."""

    answer: Runs
    also: tuple[Runs, ...]


class Options(Struct, frozen=True):
    """Options to tick, one or `several`."""

    options: tuple[Option, ...]
    several: bool


class TrueOrFalse(Struct, frozen=True):
    """A statement to judge: its letters and words, and which of them are right."""

    choices: tuple[Option, Option]


class Gaps(Struct, frozen=True):
    """Gaps to fill, which stand in the stem; `bank` has their words mixed, `room` is the length of the longest."""

    gaps: tuple[Gap, ...]
    bank: tuple[Runs, ...]
    room: int


class Labels(Struct, frozen=True):
    """Places in a picture to name, each of them a gap; the picture, which stands in the stem, has their numbers.

    `bank` and `room` as those of gaps.
    """

    gaps: tuple[Gap, ...]
    bank: tuple[Runs, ...]
    room: int


class Steps(Struct, frozen=True):
    """Steps to number, in the order in which they are shown."""

    steps: tuple[Step, ...]


class Columns(Struct, frozen=True):
    """Two columns to match; a right side may belong to none."""

    lefts: tuple[Left, ...]
    rights: tuple[Labelled, ...]


Form: TypeAlias = Written | Options | TrueOrFalse | Gaps | Labels | Steps | Columns


class Answer(Struct, frozen=True):
    """What the key says: `marks` as pupils write them (`B`, `3 1 2`, `1–C 2–A`), and in words, each with its label."""

    marks: str
    parts: tuple[Labelled, ...]


def answer(form: Form) -> Answer:
    """The right answer to a form."""
    match form:
        case Written(answer=runs):
            return Answer("", (("", runs),))
        case Options(options=options) | TrueOrFalse(choices=options):
            right = [option for option in options if option.right]
            return Answer(", ".join(option.letter for option in right), tuple((o.letter, o.text) for o in right))
        case Gaps(gaps=gaps) | Labels(gaps=gaps):
            return Answer("", tuple((str(gap.number), gap.answer) for gap in gaps))
        case Steps(steps=steps):
            ordered = sorted(steps, key=lambda step: step.number)
            marks = " ".join(str(step.number) for step in steps)
            return Answer(marks, tuple((str(step.number), step.text) for step in ordered))
        case Columns(lefts=lefts, rights=rights):
            texts = dict(rights)
            pairs = [
                (f"{left.number}–{left.letter}", (*left.text, _between(left.text), *texts[left.letter]))
                for left in lefts
            ]
            return Answer(" ".join(label for label, _ in pairs), tuple(pairs))
        case other:
            assert_never(other)


def _between(text: Runs) -> Run:
    """What parts the left side of a pair from its right side; behind a picture a line ends anyway."""
    return BREAK if text and text[-1].medium else Run(": ")
