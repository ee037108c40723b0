"""A question that is answered by yes or no.

As a card it is right half of the time by chance, and the answer alone teaches little. Make a statement of it, to be
judged true or false, with `explain` for the reason; or ask for the reason.

Fails:

    - id: mole-finished
      question: Was the mole finished before the railway came?
      answer: "No"
      themes: [building]

Passes:

    - id: mole-finished
      statement: The mole was finished before the railway came.
      answer: false
      themes: [building]
      explain: It was finished a year after.
"""

import re
from collections.abc import Iterator

from octdeck.diagnostics import Diagnostic, Severity
from octdeck.prose import Reading
from octdeck.questions import Choice, ShortAnswer

CODE = "OD305"
SEVERITY: Severity = "warning"

_FIRST = re.compile(r"\W*(\w+)\s*(?:$|[,;:.!–—-])")


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each answer that begins with yes or no, and for each choice between the two."""
    yes, no = reading.grammar.yes, reading.grammar.no
    for prose in reading.questions:
        match prose.question:
            case ShortAnswer():
                first = _FIRST.match(prose.right[0].text)
                asked = first is not None and first[1].casefold() in yes | no
            case Choice():
                said = [" ".join(line.words) for line in (*prose.right, *prose.wrong)]
                asked = len(said) == 2 and not yes.isdisjoint(said) and not no.isdisjoint(said)
            case _:
                continue
        if asked:
            message = "the question is answered by yes or no"
            hint = "make it a 'statement' with 'answer: true' or 'false', or ask why"
            yield Diagnostic(CODE, message, prose.item.span("question"), SEVERITY, hint)
