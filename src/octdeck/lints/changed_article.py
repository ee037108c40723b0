"""The article is not the one of the last release.

Somebody edited it, or it was copied anew. octdeck.lock holds a fingerprint of each paragraph, by which this is seen.
Deck files count the paragraphs as they were then, until the new article is taken: `octdeck check --fix` does so where
paragraphs only moved (OD217), `octdeck build --update-articles` where the text is another one and you have read what
that touches (OD218). What no question cites touches none.

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
    Slate left from the east quay.

    The weather was bad in those days.

    # octdeck.lock
    octdeck-lock 1
    bank harbours
    article old-port b1a50cae59 0123456789

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

from collections.abc import Iterator, Sequence

from octdeck import renumbering
from octdeck.diagnostics import Diagnostic, Severity
from octdeck.moves import Where
from octdeck.prose import Reading
from octdeck.renumbering import Change

CODE = "OD205"
SEVERITY: Severity = "warning"
IGNORABLE = False

_MOST_NAMED = 5  # questions


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each article that changed, with the questions that cite what changed in it."""
    for change in renumbering.changes(reading.bank, reading.shelf):
        difference = _difference(change.places, len(reading.shelf.at_hand[change.source].paragraphs))
        touched = _touched(change)
        message = f"the article of '{change.source}' is not the one of the last release: {difference}; {touched}"
        if change.edit:
            hint = "run 'octdeck check --fix', which writes the new numbers wherever the old ones stand"
        elif change.moved:
            hint = "mend what else is found in these questions; then 'octdeck check --fix' writes the new numbers"
        else:
            hint = "compare the two; 'octdeck build --update-articles' takes the article as it is now"
        span = reading.bank.homes[change.source].span("source", "id")
        yield Diagnostic(CODE, message, span, SEVERITY, hint, fix=change.edit)


def _difference(places: Sequence[Where | None], count: int) -> str:
    other = sum(place is not None and not place.same for place in places)
    moved = sum(
        place is not None and place.same and place.first != number for number, place in enumerate(places, start=1)
    )
    gone = places.count(None)
    covered = {number for place in places if place for number in range(place.first, place.last + 1)}
    told = [
        f"{number} {words[0] if number == 1 else words[1]}"
        for number, *words in (
            (other, "paragraph has other text", "paragraphs have other text"),
            (count - len(covered), "is new", "are new"),
            (gone, "is gone", "are gone"),
            (moved, "has moved", "have moved"),
        )
        if number
    ]
    return ", ".join(told)


def _touched(change: Change) -> str:
    ids = {
        mention.item.question.id: None
        for mention in change.mentions
        if mention.item and (mention.gone or mention.changed)
    }
    if not ids:
        return "no question cites what is other text"
    more = f" and {len(ids) - _MOST_NAMED} more" if len(ids) > _MOST_NAMED else ""
    return f"it touches {', '.join(list(ids)[:_MOST_NAMED])}{more}"
