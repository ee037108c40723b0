"""A citation of a paragraph that the article does not have.

The student who looks it up finds nothing, and the answer may rest on nothing. How many paragraphs there are is known
from the article, or from the lock file where the article is not at hand. Blocks between blank lines are the
paragraphs, counted from 1.

Fails:

    # deck.yaml
    deck: Harbours
    source: {id: old-port, title: The old port}
    questions:
      - id: cargo
        question: What was shipped from the east quay?
        answer: Slate
        themes: [trade]
        cites: 12

    # articles/old-port.txt
    The harbour was built for slate.

    Slate left from the east quay.

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

    # articles/old-port.txt
    The harbour was built for slate.

    Slate left from the east quay.
"""

from collections.abc import Iterator

from octdeck.diagnostics import Diagnostic, Severity
from octdeck.prose import Reading

CODE = "OD203"
SEVERITY: Severity = "error"


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each citation beyond the end of its article."""
    for item in reading.bank.items:
        for citation in item.citations:
            digests = reading.shelf.digests(citation.source.id)
            beyond = [last for _, last in citation.paragraphs if digests is not None and last > len(digests)]
            if beyond:
                count = len(digests or ())
                message = f"'{citation.source.id}' has {count} paragraphs, and no paragraph {max(beyond)}"
                hint = "count the blocks between blank lines, from 1"
                article = reading.shelf.at_hand.get(citation.source.id)
                if article and max(beyond) <= len(article.paragraphs):
                    hint = "run 'octdeck build --update-articles' to take the article at hand, which is longer"
                yield Diagnostic(CODE, message, item.span("cites", citation.source.id), SEVERITY, hint)
