"""Nearly all questions of a deck are of one kind.

Each kind exercises something else: to recall, to recognise, to judge, to see a sequence. Of twelve questions or more,
no kind should make up more than nine tenths, and statements to be judged true or false, which can be guessed, not more
than half. Where a deck is of one kind on purpose, such as vocabulary, `defaults: {ignore: OD316}` in its file says so;
a question that ignores this is not counted.

Fails:

    - {id: q1, question: What is a mole?, answer: A wall in the sea, themes: [building]}
    - {id: q2, question: What is a quay?, answer: A wall to moor at, themes: [building]}
    - {id: q3, question: What is a fender?, answer: A cushion at the side of a ship, themes: [building]}
    - {id: q4, question: What is a bollard?, answer: A post for ropes, themes: [building]}
    - {id: q5, question: What is a lighter?, answer: A flat boat for cargo, themes: [trade]}
    - {id: q6, question: What is a schooner?, answer: A ship with two masts, themes: [trade]}
    - {id: q7, question: What is ballast?, answer: Weight in an empty ship, themes: [trade]}
    - {id: q8, question: What is demurrage?, answer: A charge for delay, themes: [trade]}
    - {id: q9, question: What is dredging?, answer: To deepen the bed, themes: [building]}
    - {id: q10, question: What is a pilot?, answer: A guide through the channel, themes: [trade]}
    - {id: q11, question: What is a manifest?, answer: A list of the cargo, themes: [trade]}
    - {id: q12, question: What is a berth?, answer: A place to lie at, themes: [trade]}

Passes:

    - {id: q1, question: What is a mole?, answer: A wall in the sea, themes: [building]}
    - {id: q2, statement: A quay is a wall to moor at., answer: true, themes: [building]}
    - {id: q3, cloze: "A {{c1::fender}} is a cushion at the side of a ship.", themes: [building]}
"""

from collections import Counter
from collections.abc import Iterator

from octdeck.bank import Deck
from octdeck.diagnostics import Diagnostic, Severity
from octdeck.prose import Reading
from octdeck.questions import TrueFalse

CODE = "OD316"
SEVERITY: Severity = "warning"

_LEAST = 12
_MOST = 0.9
_MOST_TO_GUESS = 0.5
_NAMES = {
    "short-answer": "short answers",
    "multiple-choice": "multiple choice",
    "true-false": "true or false",
    "cloze": "gap texts",
    "order": "orders",
    "match": "matches",
}


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each deck that is nearly all of one kind."""
    kinds: dict[str, Counter[str]] = {}
    decks: dict[str, Deck] = {}
    for prose in reading.questions:
        deck = decks.setdefault(prose.item.deck.file, prose.item.deck)
        kinds.setdefault(deck.file, Counter())[prose.question.kind] += 1
    for file, count in kinds.items():
        kind, number = count.most_common(1)[0]
        most = _MOST_TO_GUESS if kind == TrueFalse.kind else _MOST
        if count.total() >= _LEAST and number > most * count.total():
            message = f"{number} of the {count.total()} questions of this deck are {_NAMES.get(kind, kind)}"
            hint = "ask for some of it in another way, or ignore this in the defaults of the file"
            yield Diagnostic(CODE, message, decks[file].span("deck"), SEVERITY, hint)
