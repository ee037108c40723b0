"""The answer is a list.

Who forgets one of four things has forgotten the card, and repeats the three he knows until he knows the fourth; and
which one it was, nobody remembers. A list is better asked piece by piece: as a gap text with a gap for each, as `order`
or `pairs`, as multiple choice with several right options, or as several questions.

Fails:

    - id: cargo
      question: What was shipped from the east quay?
      answer: Slate, timber, wool and hides
      themes: [trade]

Passes:

    - id: cargo
      question: What was shipped from the east quay?
      answer: [Slate, Timber, Wool, Hides]
      distractors: [Coal, Herring]
      themes: [trade]
    - id: cargo-gaps
      cloze: The west quay shipped {{c1::herring}}, {{c2::salt}} and {{c3::coal}}.
      themes: [trade]
"""

import re
from collections.abc import Iterator

from octdeck.diagnostics import Diagnostic, Severity
from octdeck.grammar import Grammar, any_of, words_of
from octdeck.prose import Reading
from octdeck.questions import ShortAnswer

CODE = "OD304"
SEVERITY: Severity = "warning"

_LEAST = 3  # two are a pair, and easily known together
_LONGEST = 4  # words; a longer part is a clause, and the whole a sentence
_COMMA = re.compile(r"[,;]\s+|[;\n]\s*")
_NUMBERED = re.compile(r"(?:^|\s)\(?(?:\d|[a-h])[.)]\s")


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each short answer that lists three things or more."""
    for prose in reading.questions:
        if not isinstance(prose.question, ShortAnswer):
            continue
        text = prose.right[0].text
        count = _lines(text) or _in_a_row(text, reading.grammar)
        if count:
            message = f"the answer is a list of {count}"
            hint = "ask for it with gaps, as an 'order', with several right options, or in several questions"
            yield Diagnostic(CODE, message, prose.item.span("answer"), SEVERITY, hint)


def _lines(text: str) -> int:
    """How many lines or numbered points there are, if it is a list of these."""
    count = max(len([line for line in text.split("\n") if line.strip()]), len(_NUMBERED.findall(text)))
    return count if count >= _LEAST else 0


def _in_a_row(text: str, grammar: Grammar) -> int:
    """How many things are listed with commas between, and with "and" before the last."""
    first, *others = _COMMA.split(text.strip(" .;"))
    if not others:
        return 0
    *middle, last = others
    conjunction = any_of(grammar.and_)
    parts = [first, *middle]
    spoken = f" {' '.join(words_of(last))} "
    joined = conjunction.search(spoken)
    if joined is None:
        return 0
    parts += [spoken[: joined.start()], spoken[joined.end() :]]
    words = [words_of(part) for part in parts]
    adding = grammar.adding - grammar.articles - {*words[0][:1]}  # "to the north, to the south and to the west" is one
    if any(part and part[0] in adding for part in words):
        return 0
    lengths = [len(part) for part in words]
    if joined.start() == 0:
        del lengths[-2]  # a comma before "and"
    return len(lengths) if len(lengths) >= _LEAST and all(1 <= n <= _LONGEST for n in lengths) else 0
