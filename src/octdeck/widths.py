"""Text to a width that it surely does not exceed on paper, in the size of its letters; to set it would take long."""

import re
from functools import lru_cache
from typing import Final

from octdeck.fonts import KNOWN

# In all fonts and weights of ours, with the spacing of the layout that spaces its letters most; `tests/test_layouts.py`
# measures them.
_BLANK: Final = 0.56
_USUAL: Final = 0.72
_WIDE: Final = 1.26
_ODD: Final = 4.0

_LONG: Final = 10  # letters

_WIDER: Final = re.compile(
    "[^!-$'-?EFIJLPSTYZ\\[\\]\\^_`a-ln-vx-z{-~«»×÷àáâãäåçèéêëìíîïñòóôõöøùúûüýÿāăąćčđēęěğīıłńňōőřśşšťūůűźżžșț"
    "αβγδεζηθικλνξορςστυχάέήίόύабвгдезклнопрсухцчьэяёіїєґ‐-‒‘-„‹›]"
)
_WIDEST: Final = re.compile("[ѸѬǄǅǱǲ‰‱]")


def whole(text: str) -> float:
    """The width of a text on one line."""
    words = text.split()
    return sum(map(_width, words)) + _BLANK * len(words)


def widest(text: str) -> float:
    """The width of its widest word."""
    return max(map(_width, text.split()), default=0.0)


def letters_of_long_words(text: str) -> int:
    """How many letters stand in words that may be wider than a line."""
    return sum(len(word) for word in text.split() if len(word) > _LONG)


@lru_cache(maxsize=100_000)
def _width(word: str) -> float:
    if not KNOWN.fullmatch(word) or _WIDEST.search(word):
        return _ODD * len(word)
    return _USUAL * len(word) + (_WIDE - _USUAL) * len(_WIDER.findall(word))
