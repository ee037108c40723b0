"""A claim is asked as if it were plain fact.

`claim: true` says that the answer is somebody's judgement, and card and sheet add whose. But who reads the question
aloud, or quickly, hears only the question: it should itself say whose view it asks for, as in "according to", "in the
view of", "holds that", or by the name of the source.

Fails:

    - id: decline
      question: Why did the harbour decline after 1900?
      answer: Its owners were too timid
      claim: true
      themes: [trade]

Passes:

    - id: decline
      question: Why, according to the harbour master Pugh, did the harbour decline after 1900?
      answer: Its owners were too timid
      claim: true
      themes: [trade]
"""

from collections.abc import Iterator

from octdeck.diagnostics import Diagnostic, Severity
from octdeck.grammar import found
from octdeck.prose import Prose, Reading

CODE = "OD317"
SEVERITY: Severity = "warning"


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each claim whose question names no source and says in no way that it asks for a view."""
    if not reading.grammar.attribution:
        return
    for prose in reading.questions:
        if prose.question.claim and not _says_whose(prose, reading):
            message = "the question asks for a claim as if it were a fact"
            hint = "say in it whose view it is, as in 'according to …'; delete 'claim' if it is plain fact"
            yield Diagnostic(CODE, message, prose.item.span(prose.stem_key), SEVERITY, hint)


def _says_whose(prose: Prose, reading: Reading) -> bool:
    if reading.names_source(prose.stem) or found(reading.grammar.attribution, prose.stem.words):
        return True
    # It may ask which source says what, with the sources as options.
    return any(map(reading.names_source, (*prose.left, *prose.right, *prose.wrong)))
