"""A figure or a name of the right answer is not in the paragraphs that are cited for it.

Either the citation is wrong, often by one, or the answer is: a year mistyped, two people mixed up. The finding shows
the paragraph. Numbers count in words and in digits, names in their forms and spellings: Russian for Russia, Kiev for
Kyiv. A longer answer may also name what the article is about, and what stands right beside the cited paragraph. This
needs the article at hand.

Fails:

    # deck.yaml
    deck: Harbours
    source: {id: old-port, title: The old port}
    questions:
      - id: mole-finished
        question: In which year was the mole finished?
        answer: 1827
        themes: [building]
        cites: 1

    # articles/old-port.txt
    Telford drew the mole in 1820.

    It was finished seven years later, in 1827.

Passes:

    # deck.yaml
    deck: Harbours
    source: {id: old-port, title: The old port}
    questions:
      - id: mole-finished
        question: In which year was the mole finished?
        answer: 1827
        themes: [building]
        cites: 2

    # articles/old-port.txt
    Telford drew the mole in 1820.

    It was finished seven years later, in 1827.
"""

from collections.abc import Iterator

from octdeck.diagnostics import Diagnostic, Severity
from octdeck.prose import Reading

CODE = "OD219"
SEVERITY: Severity = "warning"


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each right answer, or part of one, of which a figure or name is missing."""
    if reading.shelf.at_hand:
        from octdeck import support

        yield from support.check(reading, CODE)
