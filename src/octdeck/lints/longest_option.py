"""The right option is by far the longest.

Whoever writes the question takes care that the right option is quite right, with all its conditions, and makes up the
others in a few words. Students know that, and choose the longest. Shorten it, or give the others as much to say.

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

from octdeck.diagnostics import Diagnostic, Severity
from octdeck.prose import Reading
from octdeck.schema import Choice

CODE = "OD308"
SEVERITY: Severity = "warning"

_TIMES = 1.6
_MORE = 16  # characters; of short options one may well be twice as long as another


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each choice whose one right option stands out by its length."""
    for prose in reading.questions:
        if not isinstance(prose.question, Choice) or len(prose.right) != 1:
            continue
        if " ".join(prose.right[0].words) in reading.grammar.all_of_them or prose.options_have_media:
            continue  # OD302 says more; and a picture has no length
        right, longest = len(prose.right[0].text), max(len(line.text) for line in prose.wrong)
        if right >= longest * _TIMES and right >= longest + _MORE:
            message = f"the right option stands out by its length: {right} characters, the others at most {longest}"
            hint = "shorten it, or make the distractors as long"
            yield Diagnostic(CODE, message, prose.item.span("answer"), SEVERITY, hint)
