"""A paragraph has another number than at the last release.

Its text is the same, but a paragraph before it came or went. As the numbers stand, cards and keys would name a wrong
place. `octdeck check --fix` writes the new ones: in `cites` of all deck files and in `skip`, all of an article at once,
and in octdeck.lock, so that it counts as the article does now. If the numbers are those of the new text already, delete
the article's line in octdeck.lock instead, and the next build writes it anew.

Fails:

    # deck.yaml
    deck: Harbours
    source: {id: old-port, title: The old port}
    questions:
      - id: cargo
        question: What was shipped from the east quay?
        answer: Slate
        themes: [trade]
        cites: 1

    # articles/old-port.txt
    The old port

    Slate left from the east quay.

    # octdeck.lock
    octdeck-lock 1
    bank harbours
    article old-port b1a50cae59

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
    The old port

    Slate left from the east quay.

    # octdeck.lock
    octdeck-lock 1
    bank harbours
    article old-port 6f9cf158e1 b1a50cae59
"""

from collections.abc import Iterator

from octdeck import renumbering
from octdeck.diagnostics import Diagnostic, Severity
from octdeck.prose import Reading
from octdeck.renumbering import Mention, as_written

CODE = "OD217"
SEVERITY: Severity = "warning"
IGNORABLE = False


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each citation, and each skipped range, whose numbers are others now."""
    for change in renumbering.changes(reading.bank, reading.shelf):
        for mention in change.mentions:
            if mention.misses and not (mention.gone and mention.item):
                message = _message(mention, change.source)
                new = as_written(mention.now)
                write = f"write {new}" if new else "take it out of 'skip'"
                hint = write if change.edit else f"{write}, together with all other numbers of this article"
                yield Diagnostic(CODE, message, mention.spot.span(), SEVERITY, hint, fix=mention.edit)


def _message(mention: Mention, source: str) -> str:
    one = mention.first == mention.last
    old = as_written([(mention.first, mention.last)])
    before = f"paragraph{'' if one else 's'} {old} of '{source}'{'' if mention.item else ', not worth a question,'}"
    if not mention.now:
        return f"{before} {'is' if one else 'are'} gone"
    return f"{before} {'is' if one else 'are'} now {as_written(mention.now)}"
