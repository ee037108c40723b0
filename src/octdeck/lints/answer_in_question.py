"""The question holds its own answer.

The student reads it off instead of recalling it. The same goes for another answer that counts as right (`accept`). A
question that offers two answers to choose from names both, and is not meant; nor is what a sentence tells before the
one that asks.

Fails:

    - id: builder
      question: Which engineer built the Telford bridge?
      answer: Telford
      themes: [building]

Passes:

    - id: builder
      question: Which engineer built the bridge at the harbour mouth?
      answer: Telford
      themes: [building]
    - id: older-quay
      question: Which of the two is older, the east quay or the west quay?
      answer: The west quay
      themes: [building]
"""

import re
from collections.abc import Iterator

from octdeck.diagnostics import Diagnostic, Severity
from octdeck.grammar import spaced, words_of
from octdeck.prose import Line, Prose, Reading
from octdeck.questions import Choice, ShortAnswer

CODE = "OD301"
SEVERITY: Severity = "warning"

_SENTENCE = re.compile(r"[.!?:]\s")
_LEAST = 4  # letters; 'no' or 'two' may well stand in a question by chance


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each question that holds an answer of its own, word for word."""
    for prose in reading.questions:
        if not isinstance(prose.question, ShortAnswer | Choice):
            continue
        asked = prose.stem.spaced
        for key, lines in (("answer", prose.right), ("accept", prose.accepted)):
            told = next((i for i, line in enumerate(lines) if _stands_in(asked, line, reading)), None)
            if told is not None and _is_told(lines[told], prose, reading) and not _offers_both(asked, prose, reading):
                message = f"the question holds its own answer, '{lines[told].text[:60]}'"
                hint = "ask for it in other words, or turn the question round"
                also = ("the answer", prose.item.span(key, told))
                yield Diagnostic(CODE, message, prose.item.span("question"), SEVERITY, hint, (also,))
                break


def _stands_in(asked: str, line: Line, reading: Reading) -> bool:
    told = line.without(reading.grammar.articles)
    return len(told) >= _LEAST + 2 and told in asked


def _is_told(line: Line, prose: Prose, reading: Reading) -> bool:
    """Whether it stands in the sentence that asks, and not only in the title of a source there."""
    *_, asks = _SENTENCE.split(prose.stem.text.rstrip(" .!?…"))
    return _stands_in(reading.without_titles(spaced(words_of(asks))), line, reading)


def _offers_both(asked: str, prose: Prose, reading: Reading) -> bool:
    """Whether the question names another answer beside its own, to choose between them."""
    if isinstance(prose.question, Choice):
        return any(_stands_in(asked, line, reading) for line in prose.others)
    return not reading.grammar.or_.isdisjoint(prose.stem.words)
