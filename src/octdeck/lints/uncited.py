"""No paragraph is cited, in a deck that has a source.

Nobody can check the answer, and nobody can find the question again when the article changes.

Fails:

    # deck.yaml
    deck: Harbours
    source: {id: old-port, title: The old port}
    questions:
      - id: cargo
        question: What was shipped from the east quay?
        answer: Slate
        themes: [trade]

Passes:

    # deck.yaml
    deck: Harbours
    source: {id: old-port, title: The old port}
    questions:
      - id: cargo
        question: What was shipped from the east quay?
        answer: Slate
        themes: [trade]
        cites: 2
"""

from collections.abc import Iterator

from octdeck.diagnostics import Diagnostic, Severity
from octdeck.prose import Reading

CODE = "OD204"
SEVERITY: Severity = "warning"


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each question without a citation, retired ones aside, in decks that have a source."""
    for item in reading.bank.items:
        if item.deck.source is not None and not item.question.cites and not item.question.retired:
            message = "no paragraph is cited for this question"
            hint = "add 'cites:' with the number of the paragraph that supports the answer"
            yield Diagnostic(CODE, message, item.span("id"), SEVERITY, hint)
