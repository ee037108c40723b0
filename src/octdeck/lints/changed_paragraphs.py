"""A cited paragraph has other text than at the last release, or is gone.

The answer was true to the old text. Read the new one: a figure may have been corrected, a judgement taken back. The
paragraph is shown. When question and article agree again, `octdeck build --update-articles` takes the new text.

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
    Slate, most of it in blocks, left from the east quay.

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
        cites: 1

    # articles/old-port.txt
    Slate left from the east quay.

    # octdeck.lock
    octdeck-lock 1
    bank harbours
    article old-port b1a50cae59
"""

from collections.abc import Iterator

from octdeck import renumbering
from octdeck.article import Shelf
from octdeck.diagnostics import Diagnostic, Severity
from octdeck.prose import Reading
from octdeck.questions import stem
from octdeck.renumbering import Change, Mention, as_written, ranges

CODE = "OD218"
SEVERITY: Severity = "warning"
IGNORABLE = False


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each citation of what is gone, and for each of other text, retired questions aside."""
    for change in renumbering.changes(reading.bank, reading.shelf):
        for mention in change.mentions:
            if mention.item and mention.gone:
                yield _gone(mention, change)
            if mention.item and mention.changed and not mention.item.question.retired:
                yield _changed(mention, change, reading.shelf)


def _gone(mention: Mention, change: Change) -> Diagnostic:
    gone = as_written(ranges(mention.gone))
    message = f"{_counted(mention.gone)} of '{change.source}' {_is(mention.gone)} gone"
    hint = f"take {gone} out of 'cites'; after 'octdeck check --fix', cite what supports the answer now"
    return Diagnostic(CODE, message, mention.spot.span(), SEVERITY, hint)


def _changed(mention: Mention, change: Change, shelf: Shelf) -> Diagnostic:
    has = "has" if len(mention.changed) == 1 else "have"
    message = f"{_counted(mention.changed)} of '{change.source}' {has} other text than at the last release"
    hint = "read it again, mend the question if need be, then run 'octdeck build --update-articles'"
    places = [place for number in mention.changed if (place := change.places[number - 1])]
    about = stem(mention.item.question) if mention.item else ""
    notes = shelf.shown(change.source, dict.fromkeys(n for p in places for n in range(p.first, p.last + 1)), about)
    return Diagnostic(CODE, message, mention.spot.span(), SEVERITY, hint, notes=notes)


def _counted(numbers: tuple[int, ...]) -> str:
    return f"paragraph{'s' * (len(numbers) > 1)} {as_written(ranges(numbers))}"


def _is(numbers: tuple[int, ...]) -> str:
    return "are" if len(numbers) > 1 else "is"
