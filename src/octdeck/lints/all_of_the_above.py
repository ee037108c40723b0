"""An option says "all of the above".

The options of cards and of a quiz's versions are shuffled, so nothing is above; and whoever knows two of them knows
the answer. A question with several right options asks for the same thing: list the right ones under `answer`.

Fails:

    - id: cargo
      question: What was shipped from the east quay?
      answer: All of the above
      distractors: [Slate, Timber, Coal]
      themes: [trade]

Passes:

    - id: cargo
      question: What was shipped from the east quay?
      answer: [Slate, Timber, Coal]
      distractors: [Wool, Herring]
      themes: [trade]
"""

import re
from collections.abc import Iterator

from octdeck.article import Shelf
from octdeck.bank import Bank, Item
from octdeck.diagnostics import Diagnostic, Severity
from octdeck.schema import Choice

CODE = "OD302"
SEVERITY: Severity = "warning"

_ALL = re.compile(r"\W*(all|both|any) (of )?(the )?(above|these|those)\W*|\W*both a and b\W*", re.IGNORECASE)


def check(bank: Bank, shelf: Shelf) -> Iterator[tuple[tuple[Item, ...], Diagnostic]]:
    """Yield a finding for each such option."""
    for item in bank.items:
        question = item.question
        if not isinstance(question, Choice):
            continue
        for key, texts in (("answer", question.answer), ("distractors", question.distractors)):
            for i, text in enumerate(texts):
                if _ALL.fullmatch(text):
                    message = f"'{text}' loses its sense when the options are shuffled"
                    hint = "list the right options under 'answer', the wrong ones under 'distractors'"
                    yield (item,), Diagnostic(CODE, message, item.span(key, i), SEVERITY, hint)
