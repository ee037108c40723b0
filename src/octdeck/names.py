"""Two words to whether they are forms of one name: inflected, spelt otherwise, or in another script; see names.yaml."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from pathlib import Path

import yaml
from msgspec import Struct

_FILE = Path(__file__).with_name("names.yaml")
_APOSTROPHES = re.compile("[’ʼ‘`]")
_MOST = 5000  # names among which one is looked for in another form
_LEAST_STEM = 3  # letters that two forms must share
_LONGEST_ENDING = 8
_LEAST_SPELT = 6  # letters from which on a slip of spelling is no other name
_ALIKE = 0.85

# How names from other scripts are written with Latin letters, all ways to one; from the longest on.
_SPELLINGS = tuple(
    (re.compile(pattern), one)
    for pattern, one in (
        ("shch|schtsch|szcz", "sh"),
        ("tsch|tch|cz", "ch"),
        ("sch|sz", "sh"),
        ("tz|c(?=[eiy])", "ts"),
        ("kh", "h"),
        ("zh", "j"),
        ("ph", "f"),
        ("ck|c(?!h)", "k"),
        ("x", "ks"),
        ("w", "v"),
        ("ou|oo", "u"),
        ("[iyj]+(?=[aeou])", ""),
        ("[iyj]+", "i"),
        ("ee", "i"),
        (r"(.)\1+", r"\1"),
    )
)


class Forms(Struct, frozen=True):
    """What names.yaml knows for a language: endings that change nothing, for each name the line it stands in,
    and what finds the name of a calendar.

    Words are given folded, as `fold` makes them.
    """

    endings: frozenset[str]
    groups: Mapping[str, int]
    calendars: re.Pattern[str]

    def has(self, word: str, known: Collection[str]) -> bool:
        """Whether a word is a form of a name among others."""
        return word in known or (len(known) <= _MOST and any(self.same(word, other) for other in known))

    def same(self, one: str, other: str) -> bool:
        """Whether two words are forms of one name."""
        if one == other or (one in self.groups and self.groups[one] == self.groups.get(other)):
            return True
        return self._inflected(one, other) or spelt_alike(one, other)

    def _inflected(self, one: str, other: str) -> bool:
        shared = next(
            (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
        )
        least = max(_LEAST_STEM, len(one) - _LONGEST_ENDING, len(other) - _LONGEST_ENDING)
        return any(one[end:] in self.endings and other[end:] in self.endings for end in range(shared, least - 1, -1))


@cache
def of_language(language: str) -> Forms | None:
    """What is known for a language; None where a capital does not tell a name, or nothing is known."""
    data = yaml.load(_FILE.read_bytes(), Loader=yaml.CBaseLoader)
    block = data.get(language.partition("-")[0])
    if block is None:
        return None
    groups = {fold(name): index for index, line in enumerate(data["names"]) for name in line.split(",")}
    calendars = "|".join(rf"\(?{re.escape(phrase.strip())}\)?" for phrase in data["calendars"].split(","))
    return Forms(frozenset({"", *(fold(end) for end in block.split(","))}), groups, re.compile(calendars))


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """A word as names are compared: in small Latin letters without accents, and without the `'s` of English."""
    text = _APOSTROPHES.sub("'", word.strip().casefold()).removesuffix("'s").removesuffix("'")
    if text.isascii():
        return text
    text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    if not text.isascii():
        from anyascii import anyascii

        text = anyascii(text).lower()
    return text


@lru_cache(maxsize=50_000)
def _spelling(word: str) -> str:
    for pattern, one in _SPELLINGS:
        word = pattern.sub(one, word)
    return word.replace("'", "")


def spelt_alike(one: str, other: str) -> bool:
    """Whether two folded words are one name in two spellings, or with a slip."""
    if one[:1] != other[:1] and {one[:1], other[:1]} not in _BEGINNINGS:
        return False
    first, second = _spelling(one), _spelling(other)
    if first == second:
        return len(first) > 3 or min(len(one), len(other)) > 4
    if min(len(first), len(second)) < _LEAST_SPELT:
        return False
    from rapidfuzz.distance import OSA

    return OSA.normalized_similarity(first, second, score_cutoff=_ALIKE) > 0


_BEGINNINGS = (
    {"k", "c"},
    {"t", "c"},
    {"j", "i"},
    {"j", "y"},
    {"i", "y"},
    {"v", "w"},
    {"h", "k"},
    {"s", "z"},
    {"f", "p"},
)
