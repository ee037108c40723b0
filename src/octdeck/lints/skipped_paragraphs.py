"""`skip` names a paragraph that the article does not have.

`skip` lists the paragraphs of a source that are not worth a question, and `octdeck coverage` no longer asks for one. A
number beyond the end was counted wrongly, or the article was another one then, so the other numbers may be wrong too.

Fails:

    # deck.yaml
    deck: Harbours
    source: {id: old-port, title: The old port, skip: [1, 12]}
    questions:
      - id: cargo
        question: What was shipped from the east quay?
        answer: Slate
        themes: [trade]
        cites: 2

    # articles/old-port.txt
    The old port

    Slate left from the east quay.

Passes:

    # deck.yaml
    deck: Harbours
    source: {id: old-port, title: The old port, skip: 1}
    questions:
      - id: cargo
        question: What was shipped from the east quay?
        answer: Slate
        themes: [trade]
        cites: 2

    # articles/old-port.txt
    The old port

    Slate left from the east quay.
"""

from collections.abc import Iterator

from octdeck.diagnostics import Diagnostic, Severity
from octdeck.prose import Reading

CODE = "OD220"
SEVERITY: Severity = "error"


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each range of skipped paragraphs that goes beyond the end of its article."""
    for source, deck in reading.bank.homes.items():
        digests = reading.shelf.digests(source)
        if digests is None:
            continue
        for spot, (_, last) in deck.skips:
            if last > len(digests):
                message = f"'{source}' has {len(digests)} paragraphs, and no paragraph {last}"
                hint = "count the blocks between blank lines, from 1"
                yield Diagnostic(CODE, message, spot.span(), SEVERITY, hint)
