"""Text to the amounts it speaks of: `10–20 ships` is from 10 to 20, `more than 20 ships` is 20 and up."""

import re
from math import inf

from msgspec import Struct

from octdeck.grammar import Grammar, any_of, month_words, spaced, words_of

_FIGURE = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")
_DASHES = frozenset("-–—")
_YEARS = range(1000, 2101)


class Amount(Struct, frozen=True):
    """From `low` to `high`, each included or not; `of` are the words beside the figures."""

    low: float
    high: float
    of: tuple[str, ...]
    low_included: bool = True
    high_included: bool = True

    @property
    def is_exact(self) -> bool:
        """Whether it is one figure and not a range."""
        return self.low == self.high

    @property
    def has_end(self) -> bool:
        """Whether it goes on for ever neither up nor down."""
        return self.low > -inf and self.high < inf

    def overlaps(self, other: "Amount") -> bool:
        """Whether one number can be in both, and both speak of the same thing."""
        if self.of != other.of:
            return False
        above, below = max((self, other), key=lambda it: it.low), min((self, other), key=lambda it: it.high)
        if above.low < below.high:
            return True
        return above.low == below.high and above.low_included and below.high_included


def amount_of(text: str, grammar: Grammar) -> Amount | None:
    """The amount that a text speaks of; None if it speaks of none, of several, of years or of a day."""
    found = list(_FIGURE.finditer(text))
    if not 1 <= len(found) <= 2:
        return None
    words = words_of(_FIGURE.sub(" 0 ", text))
    if not month_words(grammar).isdisjoint(words):
        return None
    figures = [_number(figure[0]) for figure in found]
    if len(found) == 1:
        return _one(figures[0], words, grammar)
    low, high = figures
    between = text[found[0].end() : found[1].start()].strip().casefold()
    if low >= high or (low in _YEARS and high in _YEARS) or not (between in _DASHES or between in grammar.small):
        return None
    return Amount(low, high, _beside(words, grammar))


def _one(figure: float, words: tuple[str, ...], grammar: Grammar) -> Amount:
    said = spaced(words)
    for phrases, low, high, low_in, high_in in (
        (grammar.at_least, figure, inf, True, False),
        (grammar.more_than, figure, inf, False, False),
        (grammar.at_most, -inf, figure, False, True),
        (grammar.less_than, -inf, figure, False, False),
    ):
        for phrase in any_of(phrases).finditer(said):
            if said.startswith(" 0 ", phrase.end()):
                rest = tuple(f"{said[: phrase.start()]} {said[phrase.end() :]}".split())
                return Amount(low, high, _beside(rest, grammar), low_in, high_in)
    return Amount(figure, figure, _beside(words, grammar))


def _beside(words: tuple[str, ...], grammar: Grammar) -> tuple[str, ...]:
    return tuple(word for word in words if word != "0" and word not in grammar.small)


def _number(figure: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:[^\d]\d{3})+", figure):
        return float(re.sub(r"\D", "", figure))
    return float(figure.replace(",", "."))
