"""A paragraph is cited that `skip` declares not worth a question.

One of the two is wrong: the paragraph is worth a question after all, or the question names a wrong one. Until that is
settled, `octdeck coverage` cannot say what is still missing.

Fails:

    # deck.yaml
    deck: Harbours
    source: {id: old-port, title: The old port, skip: [1-2]}
    questions:
      - id: cargo
        question: What was shipped from the east quay?
        answer: Slate
        themes: [trade]
        cites: 2

Passes:

    # deck.yaml
    deck: Harbours
    source: {id: old-port, title: The old port, skip: [1]}
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

CODE = "OD221"
SEVERITY: Severity = "warning"


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each citation that meets a skipped paragraph; a retired question may cite what it likes."""
    skips = {source: skips for source, deck in reading.bank.homes.items() if (skips := deck.skips)}
    for item in reading.bank.items:
        if item.question.retired or not any(citation.source.id in skips for citation in item.citations):
            continue
        for source, cited, (first, last) in item.cites:
            for skipped, (start, end) in skips.get(source, ()):
                if start <= last and first <= end:
                    message = f"paragraph {max(first, start)} of '{source}' is cited here, and skipped there"
                    hint = f"take {max(first, start)} out of 'skip', or cite the paragraph that supports the answer"
                    related = (("skipped here", skipped.span()),)
                    yield Diagnostic(CODE, message, cited.span(), SEVERITY, hint, related)
