"""What a gap hides stands elsewhere on the same card.

The student copies it. A gap is open on its own card alone: the other gaps are filled there, and its hint is shown. Word
the sentence so that the hidden words come once, or hide both places with one number, `{{c1::…}} … {{c1::…}}`.

Fails:

    - id: slate-boats
      cloze: The {{c1::schooners}} of the port were small schooners with two masts.
      themes: [trade]

Passes:

    - id: slate-boats
      cloze: The {{c1::schooners}} of the port were small ships with two masts.
      themes: [trade]
"""

from collections.abc import Iterator

from octdeck.cloze import Gap
from octdeck.diagnostics import Diagnostic, Severity
from octdeck.grammar import Grammar, spaced, words_of
from octdeck.prose import Line, Prose, Reading
from octdeck.questions import Cloze

CODE = "OD314"
SEVERITY: Severity = "warning"

_LEAST = 4  # letters
_LEAST_OF_A_FIGURE = 3  # a day and a number of votes may well be the same


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for the first gap of each gap text that the rest of its card gives away."""
    for prose in reading.questions:
        if not isinstance(prose.question, Cloze):
            continue
        text = prose.stem.spaced
        shown: dict[int, str] = {}
        for gap, line in prose.gaps:
            hidden = line.without(reading.grammar.articles)
            if not _is_telling(hidden, line, reading.grammar):
                continue
            in_hint = told = hidden in spaced(words_of(gap.hint or ""))
            if not told and hidden in text[text.find(hidden) + 1 :]:
                if gap.number not in shown:
                    shown[gap.number] = reading.without_titles(_shown(prose, gap.number))
                told = hidden in shown[gap.number]
            if told:
                where = "in its hint" if in_hint else "elsewhere in the text"
                message = f"'{line.text[:40]}', which the gap c{gap.number} hides, stands {where}"
                hint = "word the text so that it comes once, or give both places one number"
                yield Diagnostic(CODE, message, prose.item.span("cloze"), SEVERITY, hint)
                break


def _is_telling(hidden: str, line: Line, grammar: Grammar) -> bool:
    letters = len(hidden) - 2
    least = _LEAST_OF_A_FIGURE if hidden.strip().isdecimal() else _LEAST
    return letters >= least and not grammar.small.issuperset(line.words)


def _shown(prose: Prose, number: int) -> str:
    """The words of a card: all but what its gaps hide."""
    shown = (part.text if isinstance(part, Gap) else part for part in prose.parts if not _is_open(part, number))
    return spaced(words_of("\n".join(shown)))


def _is_open(part: str | Gap, number: int) -> bool:
    return isinstance(part, Gap) and part.number == number
