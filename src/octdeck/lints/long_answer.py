"""The answer is too long to recall.

Nobody knows by heart what he cannot say in one breath: the student compares from memory, is never sure whether he was
right, and presses "good". A card with one fact is learnt in seconds. Put into the answer what must be said, and the
rest into `explain`; or make several questions. A typed answer must be met to the letter: it has to be shorter still.

Fails:

    - id: slate-trade
      question: Why did the harbour decline after 1900?
      answer: >-
        Roofing tiles from the new works inland became cheaper than slate, the quarry let half of its men go, and the
        railway took what was left of the trade to a bigger port
      themes: [trade]

Passes:

    - id: slate-trade
      question: Why did the harbour decline after 1900?
      answer: Tiles had become cheaper than slate
      themes: [trade]
      explain: The quarry let half of its men go, and the railway took what was left to a bigger port.
"""

from collections.abc import Iterator

from octdeck.diagnostics import Diagnostic, Severity
from octdeck.prose import Reading
from octdeck.questions import ShortAnswer

CODE = "OD303"
SEVERITY: Severity = "warning"

_MOST = 20  # words
_MOST_TYPED = 6


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each such answer."""
    for prose in reading.questions:
        if not isinstance(prose.question, ShortAnswer):
            continue
        words = len(prose.right[0].text.split())
        if words > _MOST:
            message = f"the answer has {words} words, too many to recall"
            hint = "keep what must be said and move the rest to 'explain', or make several questions"
            yield Diagnostic(CODE, message, prose.item.span("answer"), SEVERITY, hint)
        elif prose.question.typed and words > _MOST_TYPED:
            message = f"the answer has {words} words, too many to type without a slip"
            hint = "shorten it, or delete 'typed'"
            yield Diagnostic(CODE, message, prose.item.span("answer"), SEVERITY, hint)
