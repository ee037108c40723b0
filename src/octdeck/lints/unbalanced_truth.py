"""The statements of a deck are nearly all true, or nearly all false.

Students notice, and answer without reading. Of four statements or more in a deck, a quarter at least should be true and
a quarter false: turn some round, and correct in `explain` what is then false. A statement that ignores this is not
counted.

Fails:

    - {id: slate, statement: The mole was built for the slate trade., answer: true, themes: [trade]}
    - {id: rail, statement: The railway came after the mole., answer: true, themes: [building]}
    - {id: bridge, statement: The bridge was paid for by the town., answer: true, themes: [building]}
    - {id: tolls, statement: Ships paid a toll to enter the basin., answer: true, themes: [trade]}

Passes:

    - {id: slate, statement: The mole was built for the slate trade., answer: true, themes: [trade]}
    - {id: rail, statement: The railway came before the mole., answer: false, themes: [building]}
    - {id: bridge, statement: The bridge was paid for by the town., answer: true, themes: [building]}
    - {id: tolls, statement: Ships entered the basin free of toll., answer: false, themes: [trade]}
"""

from collections import Counter
from collections.abc import Iterator

from octdeck.bank import Deck
from octdeck.diagnostics import Diagnostic, Severity
from octdeck.prose import Reading
from octdeck.questions import TrueFalse

CODE = "OD318"
SEVERITY: Severity = "warning"

_LEAST = 4


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each deck whose statements are too much alike in their truth."""
    truths: dict[str, Counter[bool]] = {}
    decks: dict[str, Deck] = {}
    for prose in reading.questions:
        if isinstance(prose.question, TrueFalse):
            deck = decks.setdefault(prose.item.deck.file, prose.item.deck)
            truths.setdefault(deck.file, Counter())[prose.question.answer] += 1
    for file, count in truths.items():
        if count.total() >= _LEAST and min(count[True], count[False]) * 4 < count.total():
            message = f"of the {count.total()} statements of this deck {count[True]} are true, {count[False]} false"
            hint = "turn some of them round, and correct in 'explain' what is then false"
            yield Diagnostic(CODE, message, decks[file].span("deck"), SEVERITY, hint)
