"""The same question is asked twice, with different answers.

One of them is wrong, or the question does not say enough to tell which answer it wants: which year, which party, the
first or the second. Whoever has learnt the one is marked wrong by the other. Mend the wrong one, or say in both what
tells them apart.

Fails:

    - id: cargo
      question: What was shipped from the east quay?
      answer: Slate
      themes: [trade]
    - id: cargo-later
      question: What was shipped from the east quay?
      answer: Timber
      themes: [trade]

Passes:

    - id: cargo
      question: What was shipped from the east quay before 1900?
      answer: Slate
      themes: [trade]
    - id: cargo-later
      question: What was shipped from the east quay after 1900?
      answer: Timber
      themes: [trade]
"""

from collections.abc import Hashable, Iterator

from octdeck.cloze import Gap
from octdeck.diagnostics import Diagnostic, Severity
from octdeck.grammar import Grammar, words_of
from octdeck.prose import Prose, Reading
from octdeck.questions import Choice, Cloze, Match, Occlusion, Order, ShortAnswer, TrueFalse

CODE = "OD307"
SEVERITY: Severity = "warning"


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each question that was asked before, with another answer."""
    first: dict[Hashable, Prose] = {}
    for prose in reading.questions:
        asked = _asked(prose, reading.grammar)
        other = first.setdefault(asked, prose) if asked else prose
        if other is prose or not _contradict(prose, other, reading.grammar):
            continue
        message = f"the question '{other.question.id}' asks the same and has another answer"
        hint = "mend the one that is wrong, or say in both what tells them apart"
        also = ("asked before", other.item.span(other.stem_key))
        yield Diagnostic(CODE, message, prose.item.span(prose.stem_key), SEVERITY, hint, (also,))


def _asked(prose: Prose, grammar: Grammar) -> Hashable:
    """What is asked, the same for all who ask it; None where the options are part of it."""
    words = tuple([word for word in prose.stem.words if word not in grammar.articles])
    match prose.question:
        case Match() | Occlusion():
            return None
        case Choice() if not (grammar.these | grammar.following).isdisjoint(words):
            return None  # "which of these"
        case Choice() | ShortAnswer():
            return "question", words, prose.stem.media
        case Order():
            return "order", frozenset((line.words, line.media) for line in prose.right)
        case TrueFalse():
            return "statement", words, prose.stem.media
        case Cloze():
            shown = "".join(" 0 " if isinstance(part, Gap) else part for part in prose.parts)
            return "cloze", words_of(shown), prose.stem.media


def _contradict(one: Prose, other: Prose, grammar: Grammar) -> bool:
    """Whether what is right in one is wrong in the other."""
    match one.question, other.question:
        case TrueFalse(answer=this), TrueFalse(answer=that):
            return this != that
        case (Order(), Order()) | (Cloze(), Cloze()):
            return [line.words for line in one.right] != [line.words for line in other.right]
    first, second = _answers(one, grammar), _answers(other, grammar)
    return not any(this in that or that in this for this in first for that in second)


def _answers(prose: Prose, grammar: Grammar) -> list[str]:
    return [line.without(grammar.articles) for line in (*prose.right, *prose.accepted)]
