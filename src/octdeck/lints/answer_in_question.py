"""The question holds its own answer.

The student reads it off instead of recalling it. A question that must name its answer, such as a choice between two
that are both named, can say `ignore: [OD301]`.

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
"""

import re
from collections.abc import Iterator

from octdeck import markup
from octdeck.article import Shelf
from octdeck.bank import Bank, Item
from octdeck.diagnostics import Diagnostic, Severity
from octdeck.schema import Choice, ShortAnswer

CODE = "OD301"
SEVERITY: Severity = "warning"

_WORD = re.compile(r"[^\W_]+")
_LEAST = 4  # letters; 'no' or 'two' may well stand in a question by chance


def check(bank: Bank, shelf: Shelf) -> Iterator[tuple[tuple[Item, ...], Diagnostic]]:
    """Yield a finding for each question that holds an answer of its own, word for word."""
    for item in bank.items:
        match item.question:
            case ShortAnswer(question=stem, answer=answer):
                answers: tuple[str, ...] = (answer,)
            case Choice(question=stem, answer=answers):
                pass
            case _:
                continue
        asked = _words(stem)
        for answer in answers:
            told = _words(answer)
            if len(told.strip()) >= _LEAST and told in asked:
                message = f"the question holds its own answer, '{markup.plain(answer)[:60]}'"
                hint = "ask for it in other words, or turn the question round"
                yield (item,), Diagnostic(CODE, message, item.span("question"), SEVERITY, hint)


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(markup.plain(text).casefold()))} "
