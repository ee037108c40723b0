"""The right option is by far the longest.

Whoever writes the question takes care that the right option is quite right, with all its conditions, and makes up the
others in a few words. Students know that, and choose the longest. Shorten it, or give the others as much to say. Of a
deck with ten such questions or more it is also told if the right option is the longest, by however little, more than
twice as often as by chance.

Fails:

    - id: mole-purpose
      question: What was the mole built for?
      answer: To shelter the inner basin from the heavy swell that south-westerly gales bring in
      distractors: [To carry a road, To hold a crane, To mark the border]
      themes: [building]

Passes:

    - id: mole-purpose
      question: What was the mole built for?
      answer: To shelter the inner basin
      distractors: [To carry the new road, To hold a steam crane, To mark the border]
      themes: [building]
"""

from collections.abc import Iterator

from octdeck.bank import Deck
from octdeck.diagnostics import Diagnostic, Severity
from octdeck.prose import Reading
from octdeck.questions import Choice

CODE = "OD308"
SEVERITY: Severity = "warning"

_MANY = 10  # questions of a deck
_TOO_OFTEN, _BY_LUCK = 2, 2  # times as often as by chance, and so many more that it is no luck
_TIMES = 1.6
_MORE = 16  # characters; of short options one may well be twice as long as another


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each choice whose one right option stands out by its length, and for decks full of them."""
    decks: dict[str, Deck] = {}
    longer: dict[str, list[bool]] = {}
    chance: dict[str, float] = {}
    for prose in reading.questions:
        if not isinstance(prose.question, Choice) or len(prose.right) != 1:
            continue
        all_of_them = " ".join(prose.right[0].words) in reading.grammar.all_of_them  # of which OD302 says more
        if all_of_them or prose.options_have_media or not prose.others:
            continue
        right, longest = len(prose.right[0].text), max(len(line.text) for line in prose.others)
        deck = decks.setdefault(prose.item.deck.file, prose.item.deck)
        longer.setdefault(deck.file, []).append(right > longest)
        chance[deck.file] = chance.get(deck.file, 0) + 1 / len(prose.question.options)
        if right >= longest * _TIMES and right >= longest + _MORE:
            message = f"the right option stands out by its length: {right} characters, the others at most {longest}"
            hint = "shorten it, or make the distractors as long"
            yield Diagnostic(CODE, message, prose.item.span("answer"), SEVERITY, hint)
    for file, found in longer.items():
        if len(found) >= _MANY and sum(found) >= _TOO_OFTEN * chance[file] + _BY_LUCK:
            message = f"the right option is the longest in {sum(found)} of {len(found)} questions of this deck"
            hint = f"shorten some, or make a distractor longer: by chance it would be about {round(chance[file])}"
            yield Diagnostic(CODE, message, decks[file].span("deck"), SEVERITY, hint)
