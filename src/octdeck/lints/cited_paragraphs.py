"""A question cites a paragraph that its article does not have.

Why: the student who looks it up finds nothing, and the answer may rest on nothing. The number of paragraphs comes
from the article, or from the lock file where the article is not at hand.
"""

from collections.abc import Iterator, Mapping

from octdeck.bank import Bank, Item
from octdeck.diagnostics import Diagnostic, Severity

CODE = "OD203"
SEVERITY: Severity = "error"


def check(bank: Bank, articles: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[Item, Diagnostic]]:
    """Yield a finding for each citation beyond the end of its article."""
    for item in bank.items:
        for citation in item.citations:
            digests = articles.get(citation.source.id)
            beyond = [last for _, last in citation.paragraphs if digests is not None and last > len(digests)]
            if beyond:
                count = len(digests or ())
                message = f"'{citation.source.id}' has {count} paragraphs, and no paragraph {max(beyond)}"
                hint = "count the blocks between blank lines, from 1"
                yield item, Diagnostic(CODE, message, item.span("cites", citation.source.id), SEVERITY, hint)
