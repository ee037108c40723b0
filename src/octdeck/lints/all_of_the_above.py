"""An option says "all of the above", or "none of the above" in no fixed place.

The options of cards and of a quiz's versions are shuffled, so nothing is above; and whoever knows two of them knows
that "all" is right. A question with several right options asks for the same thing: list the right ones under `answer`.
"None of the above" has its place with `last: [None of the above]`; "None of these" is right anywhere.

Fails:

    - id: cargo
      question: What was shipped from the east quay?
      answer: All of the above
      distractors: [Slate, Timber, Coal]
      themes: [trade]

Passes:

    - id: cargo
      question: What was shipped from the east quay?
      answer: [Slate, Timber, Coal]
      distractors: [Wool, Herring]
      themes: [trade]
"""

from collections.abc import Iterator

from octdeck.diagnostics import Diagnostic, Severity
from octdeck.prose import Reading
from octdeck.questions import Choice

CODE = "OD302"
SEVERITY: Severity = "warning"

_LIST_THEM = "list the right options under 'answer', the wrong ones under 'distractors'"
_PUT_IT_LAST = "write 'none of these', or give it its place with 'last:'"


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each such option."""
    all_of_them = reading.grammar.all_of_them | reading.grammar.both_of_them
    if not all_of_them:
        return
    for prose in reading.questions:
        question = prose.question
        if not isinstance(question, Choice):
            continue
        for key, lines in (("answer", prose.right), ("distractors", prose.wrong)):
            for i, line in enumerate(lines):
                said = " ".join(line.words)
                if said in all_of_them:
                    hint = _LIST_THEM
                elif said in reading.grammar.none_of_them and not question.fixed and not _is_last(question, key, i):
                    hint = _PUT_IT_LAST
                else:
                    continue
                message = f"'{line.text[:60]}' loses its sense when the options are shuffled"
                yield Diagnostic(CODE, message, prose.item.span(key, i), SEVERITY, hint)


def _is_last(question: Choice, key: str, index: int) -> bool:
    texts = question.answer if key == "answer" else question.distractors
    return texts[index] in question.last
