"""A word points at something that is not there: "he", "this battle", "the article".

Cards come one by one, years later, in an order that nobody knows, and without the article. Then "When did he return?"
has no answer. Name whom or what you mean; say "according to *The old port*" instead of "according to the article".

Fails:

    - id: retired
      question: When did he give up his office?
      answer: In 1903
      themes: [building]
    - id: purpose
      question: What does the author say about the mole?
      answer: It came too late
      themes: [building]

Passes:

    - id: retired
      question: When did the harbour master Pugh give up his office?
      answer: In 1903
      themes: [building]
    - id: purpose
      question: What does *The old port* say about the mole?
      answer: It came too late
      themes: [building]
"""

import re
from collections.abc import Iterator
from itertools import islice

from octdeck.diagnostics import Diagnostic, Severity
from octdeck.grammar import Grammar, found
from octdeck.prose import Line, Prose, Reading
from octdeck.questions import Choice, Match, Order, stem

CODE = "OD311"
SEVERITY: Severity = "warning"

_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[.,;:!?…–—“”„«»\"(]")
_AHEAD = re.compile(r"[:“”„«»\"]")  # what is pointed at may follow
_NAMED = re.compile(r"[*_“”„«»\"]")  # a title


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each question with such a word, the first of them."""
    grammar = reading.grammar
    for prose in reading.questions:
        said = _source(prose, reading)
        if not said and not prose.stem.media:  # a picture is there to be pointed at
            said = _person(prose.stem, grammar) or _pointer(prose, grammar)
        if said:
            message = f"'{said}' points at something that the question does not name"
            hint = "name whom or what is meant: a card comes alone, without the article"
            yield Diagnostic(CODE, message, prose.item.span(prose.stem_key), SEVERITY, hint)


def _source(prose: Prose, reading: Reading) -> str | None:
    """`the article`, where nothing says which."""
    phrase = found(reading.grammar.source, prose.stem.words)
    if phrase is None or reading.names_source(prose.stem) or _NAMED.search(stem(prose.question)):
        return None
    said = len(phrase.string[: phrase.end()].split())
    after = prose.stem.words[said] if said < len(prose.stem.words) else ""
    described = after in reading.grammar.source_named or after.isdecimal()
    if described and not prose.stem.text.startswith(",", _place(prose.stem, said - 1).end()):
        return None  # "the author of the song", "the article 5"; but not "the author, who built it?"
    return phrase[1]


def _person(line: Line, grammar: Grammar) -> str | None:
    """`he`, before any word that could tell who he is."""
    words = line.words
    if grammar.persons.isdisjoint(words) and grammar.theirs.isdisjoint(words):
        return None
    empty = grammar.small | grammar.asking | grammar.articles | grammar.never_meant
    begins = next((i for i, word in enumerate(words) if word not in empty and not word.isdecimal()), len(words))
    at = next((i for i, word in enumerate(words[: begins + 1]) if word in grammar.persons | grammar.theirs), None)
    if at is None:
        # "Wann kehrte er zurück?": a verb alone stands between.
        at = begins + 1 if begins == 1 and len(words) > 2 and words[2] in grammar.persons else None
    if at is None or not _stands_for_nobody(line, at, grammar):
        return None
    return words[at]


def _stands_for_nobody(line: Line, at: int, grammar: Grammar) -> bool:
    words, before = line.words, line.words[:at]
    if at > 0:
        if grammar.asking.isdisjoint(before):
            return False  # "In his theses, what did Lenin demand?"
        if words[at - 1] in grammar.asking and "," in line.text:
            return False  # "When he came back, what did Lenin demand?"
        if _is_noun(line, at, grammar) or _spelt(line, at)[0].isupper():
            return False  # German "Sie" is you
        if words[at] in grammar.theirs and not grammar.who.isdisjoint(before):
            return False  # "Who had his office there?"
        if at == 2 and _spelt(line, 1)[0].isupper():
            return False  # "Welche Schiffe sie ..."
    return found(grammar.nobody, words) is None


def _pointer(prose: Prose, grammar: Grammar) -> str | None:
    """A `this battle`, with nothing before it or after it that it could point at."""
    line = prose.stem
    if grammar.this.isdisjoint(line.words) and grammar.these.isdisjoint(line.words):
        return None
    options = isinstance(prose.question, Choice | Match | Order)
    pointing = grammar.this - grammar.these if options else grammar.this | grammar.these
    at = next((i for i, word in enumerate(line.words) if word in pointing), None)
    if at is None:
        return None
    place = _place(line, at)
    if _BREAK.search(line.text, 0, place.start()) or _AHEAD.search(line.text, place.end()):
        return None
    if _is_noun(line, at, grammar) or not grammar.and_.isdisjoint(line.words[:at]):
        return None  # "Pugh left, and this ended the strike"
    return " ".join(line.words[at : at + 2])


def _is_noun(line: Line, at: int, grammar: Grammar) -> bool:
    """Whether a word is a noun here: French "le son" is a sound, Spanish "el este" the east."""
    return at > 0 and line.words[at] in grammar.homonyms and line.words[at - 1] in grammar.articles


def _spelt(line: Line, at: int) -> str:
    """A word as it is written."""
    return _place(line, at)[0]


def _place(line: Line, at: int) -> re.Match[str]:
    """Where a word stands in its text."""
    return next(islice(_WORD.finditer(line.text), at, None))
