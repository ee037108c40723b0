"""A gap hides too little.

An article or a preposition is guessed from the grammar, and learning it teaches nothing about the matter. Hide the
name, the figure or the verb that the sentence is there for. In a deck that teaches a language it may be just the small
words that matter: `ignore: [OD313]` in `bank.yaml` says so.

Fails:

    - id: mole-builder
      cloze: The mole was built {{c1::by}} the quarry company.
      themes: [building]

Passes:

    - id: mole-builder
      cloze: The mole was built by the {{c1::quarry company}}.
      themes: [building]
"""

from collections.abc import Iterator

from octdeck.cloze import Gap
from octdeck.diagnostics import Diagnostic, Severity
from octdeck.grammar import Grammar
from octdeck.prose import Line, Reading
from octdeck.questions import Cloze

CODE = "OD313"
SEVERITY: Severity = "warning"


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for the first card of each gap text that hides nothing but small words."""
    for prose in reading.questions:
        if not isinstance(prose.question, Cloze):
            continue
        begins = isinstance(prose.parts[0], Gap)
        telling = {gap.number: False for gap, _ in prose.gaps}
        for index, (gap, line) in enumerate(prose.gaps):
            telling[gap.number] |= _tells(line, reading.grammar, at_the_beginning=begins and index == 0)
        for number, tells in telling.items():
            if not tells:
                hidden = " … ".join(line.text for gap, line in prose.gaps if gap.number == number)
                message = f"the gap c{number} hides nothing but '{hidden[:40]}'"
                hint = "hide a name, a figure or a verb, or let the gap be"
                yield Diagnostic(CODE, message, prose.item.span("cloze"), SEVERITY, hint)
                break


def _tells(line: Line, grammar: Grammar, *, at_the_beginning: bool) -> bool:
    if not line.words or max(map(len, line.words)) == 1:
        return True  # a sign of mathematics, a variable
    if line.text[0].isupper() and not at_the_beginning:
        return True  # May, or the US
    return not all(word in grammar.small or word in grammar.articles for word in line.words)
