"""A gap hides too much.

A gap is filled in a moment or not at all. Who is to write nine words finds others that mean the same; and where most of
the sentence is hidden, nobody can tell what it is about. Hide the word that matters, or ask a question.

Fails:

    - id: mole-purpose
      cloze: The mole was built {{c1::to shelter the inner basin from the swell of the south-westerly gales}}.
      themes: [building]

Passes:

    - id: mole-purpose
      cloze: The mole was built to shelter the inner basin from {{c1::south-westerly}} gales.
      themes: [building]
"""

from collections import Counter
from collections.abc import Iterator

from octdeck.diagnostics import Diagnostic, Severity
from octdeck.prose import Reading
from octdeck.questions import Cloze

CODE = "OD312"
SEVERITY: Severity = "warning"

_MOST = 8  # words in a gap
_LEAST = 5  # words hidden, for their share of the sentence to count
_SHARE = 0.6


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each gap text with a gap that is too long, or a card of it that shows too little."""
    for prose in reading.questions:
        if not isinstance(prose.question, Cloze):
            continue
        hidden: Counter[int] = Counter()
        for gap, line in prose.gaps:
            hidden[gap.number] += len(line.words)
        number, most = hidden.most_common(1)[0]
        longest = max(len(line.words) for _, line in prose.gaps)
        if longest > _MOST:
            message = f"a gap hides {longest} words"
        elif most >= _LEAST and most > _SHARE * len(prose.stem.words):
            message = f"the gap c{number} hides {most} of {len(prose.stem.words)} words"
        else:
            continue
        hint = "hide only the word that matters, or ask for it in a question"
        yield Diagnostic(CODE, message, prose.item.span("cloze"), SEVERITY, hint)
