"""A question in a deck that has a source cites no paragraph of it.

Why: nobody can check the answer, and nobody can find the question again when the article changes.
"""

from collections.abc import Iterator, Mapping

from octdeck.bank import Bank, Item
from octdeck.diagnostics import Diagnostic, Severity

CODE = "OD204"
SEVERITY: Severity = "warning"


def check(bank: Bank, articles: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[Item, Diagnostic]]:
    """Yield a finding for each question without a citation, in decks that have a source."""
    for item in bank.items:
        if item.deck.source is not None and not item.question.cites:
            message = "no paragraph is cited for this question"
            hint = "add 'cites:' with the number of the paragraph that supports the answer"
            yield item, Diagnostic(CODE, message, item.span("id"), SEVERITY, hint)
