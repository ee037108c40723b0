"""The word before the options gives the right one away.

After "an" only some of the options can come, and the student chooses by grammar. Let the article stand in the options,
or end the question before it.

Fails:

    - id: two-masts
      question: A ship that carried slate out of the harbour was an
      answer: iron schooner
      distractors: [steam tug, paddle boat, grain barge]
      themes: [trade]

Passes:

    - id: two-masts
      question: What carried slate out of the harbour?
      answer: An iron schooner
      distractors: [A steam tug, A paddle boat, A grain barge]
      themes: [trade]
"""

import re
from collections.abc import Iterator

from octdeck.diagnostics import Diagnostic, Severity
from octdeck.grammar import Grammar
from octdeck.prose import Line, Reading
from octdeck.questions import Choice

CODE = "OD319"
SEVERITY: Severity = "warning"

_BEFORE_A_BLANK = re.compile(r"(?<![^\W\d_])([^\W\d_]++)['’]?\s*+(?:_{2,}[^_]*+|\.{3,}|…)?\s*+[.:…]*+\s*+$")
_VOWELS = frozenset("aeiouàáâäèéêëìíîïòóôöùúûüœæ")


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each choice whose question ends in an article that fits the right options, not all others."""
    grammar = reading.grammar
    if not grammar.before_vowel | grammar.before_consonant:
        return
    for prose in reading.questions:
        if not isinstance(prose.question, Choice) or prose.stem.text.endswith("?"):
            continue
        last = _BEFORE_A_BLANK.search(prose.stem.text)
        article = last[1].casefold() if last else ""
        if article not in grammar.before_vowel and article not in grammar.before_consonant:
            continue
        vowel = article in grammar.before_vowel
        others = [_begins_with_vowel(line, grammar) for line in prose.others]
        if all(_begins_with_vowel(line, grammar) is vowel for line in prose.right) and (not vowel) in others:
            count = others.count(not vowel)
            message = f"'{article}' does not go with {count} of the distractors, and gives the answer away"
            hint = "write the article into each option, or end the question before it"
            yield Diagnostic(CODE, message, prose.item.span("question"), SEVERITY, hint)


def _begins_with_vowel(line: Line, grammar: Grammar) -> bool | None:
    """Whether an option begins with the sound of a vowel; None for a figure or an abbreviation."""
    if not line.words or not line.words[0].isalpha() or line.text[:2].isupper():
        return None
    word = line.words[0]
    if word.startswith(tuple(grammar.either)):
        return None
    if word.startswith(tuple(grammar.like_vowel)):
        return True
    return word[0] in _VOWELS and not word.startswith(tuple(grammar.like_consonant))
