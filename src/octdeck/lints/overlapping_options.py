"""Two options say the same, or the one includes the other.

If "dockers" is right, "dockers and sailors" is not quite wrong, and a student who knows the answer loses the point. Two
distractors that say the same are struck out at once. The same goes for figures: of 10–20 and 15–30, both are right
for 17.

Fails:

    - id: unloading
      question: Who unloaded the slate boats?
      answer: Dockers
      distractors: [Dockers and sailors, Pilots, Masons]
      themes: [trade]

Passes:

    - id: unloading
      question: Who unloaded the slate boats?
      answer: [Dockers, Sailors]
      distractors: [Pilots, Masons]
      themes: [trade]
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from msgspec import Struct

from octdeck.amounts import amount_of
from octdeck.diagnostics import Diagnostic, Severity
from octdeck.document import Key
from octdeck.faults import shortened
from octdeck.grammar import Grammar
from octdeck.prose import Line, Prose, Reading
from octdeck.questions import Choice, Match, Order

CODE = "OD310"
SEVERITY: Severity = "warning"

_DIGIT = re.compile(r"\d")
_MARKS = " .,;:!?\"“”„«»‘’'"
_LETTERS = 4  # in shorter ones, capitals and marks tell apart what differs: Aa and AA, "?" and "!"


class _Option(Struct, frozen=True):
    line: Line
    keys: tuple[Key, ...]


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for the first two options of a question that say the same or overlap."""
    grammar = reading.grammar
    for prose in reading.questions:
        if not isinstance(prose.question, Choice | Order | Match):
            continue
        options = list(_options(prose))
        found = _same(options, grammar)
        if found is None and isinstance(prose.question, Choice):
            found = _included(options, grammar) or _overlapping(options, grammar)
        if found is not None:
            one, other, how = found
            message = f"'{shortened(other.line.text)}' {how} '{shortened(one.line.text)}'"
            hint = "word them so that each excludes the others; list all that are right under 'answer'"
            also = ("the other option", prose.item.span(*one.keys))
            yield Diagnostic(CODE, message, prose.item.span(*other.keys), SEVERITY, hint, (also,))


def _options(prose: Prose) -> Iterator[_Option]:
    """Each option once."""
    match prose.question:
        case Choice(answer=answer, distractors=distractors):
            yield from (_Option(line, ("answer", i)) for i, line in enumerate(prose.right))
            for i, (text, line) in enumerate(zip(distractors, prose.wrong, strict=True)):
                if text not in answer:
                    yield _Option(line, ("distractors", i))
        case Order():
            yield from (_Option(line, ("order", i)) for i, line in enumerate(prose.right))
        case Match(pairs=pairs):
            each = {
                right: _Option(line, ("pairs", left))
                for (left, right), line in zip(pairs.items(), prose.right, strict=True)
            }
            yield from each.values()
            yield from (_Option(line, ("distractors", i)) for i, line in enumerate(prose.wrong))


def _same(options: Sequence[_Option], grammar: Grammar) -> tuple[_Option, _Option, str] | None:
    if len({option.line.bare(grammar.articles) for option in options}) == len(options):
        return None  # which is known sooner than whether words, marks and pictures are the same
    first: dict[str, _Option] = {}
    for option in options:
        bare = option.line.text.strip(_MARKS)
        words = (bare.casefold() if len(bare) >= _LETTERS else option.line.text).split()
        begins = next((i for i, word in enumerate(words) if word not in grammar.articles), 0)
        before = first.setdefault(" ".join([*words[begins:], *option.line.media]), option)
        if before is not option:
            return before, option, "says the same as"
    return None


def _included(options: Sequence[_Option], grammar: Grammar) -> tuple[_Option, _Option, str] | None:
    """A right option and one that adds something to it, or takes something away."""
    if all(grammar.and_.isdisjoint(option.line.words) for option in options):
        return None
    said = [(option, option.line.without(grammar.articles)) for option in options]
    for (one, short), (other, long) in combinations(sorted(said, key=lambda it: len(it[1])), 2):
        if "answer" not in (one.keys[0], other.keys[0]) or len(long) == len(short):
            continue
        begins = long.startswith(short) and long[len(short) :].split(" ", 1)[0] in grammar.and_
        ends = long.endswith(short) and long[: -len(short)].split(" ")[-1] in grammar.and_
        if begins or ends:
            return one, other, "includes"
    return None


def _overlapping(options: Sequence[_Option], grammar: Grammar) -> tuple[_Option, _Option, str] | None:
    """Two amounts of which both can be right, where the options share out all that there are.

    Whether they do is told by an option without an end beside one that has both. Ranges alone, such as "200–400 nm" and
    "400–700 nm", may be answers to the question which range it is.
    """
    if not any(map(_DIGIT.search, (option.line.text for option in options))):
        return None
    amounts = [(option, amount) for option in options if (amount := amount_of(option.line.text, grammar))]
    shapes = {(amount.is_exact, amount.has_end) for _, amount in amounts}
    if len(shapes) == 1:
        return None
    for (one, this), (other, that) in combinations(amounts, 2):
        if not (this.is_exact and that.is_exact) and this.overlaps(that):
            return one, other, "overlaps with"
    return None
