"""Text to words, and what the rules know of a language: its small words, by what they do; grammar.yaml holds them."""

import re
from collections.abc import Iterable
from functools import cache
from sys import intern

import yaml
from msgspec import Struct

from octdeck.blocks import blocks

_WORD = re.compile(r"[^\W_]+")
_SMALL_OR_SPACE = bytes(ord(chr(sign).lower()) if chr(sign).isalnum() else ord(" ") for sign in range(128)) + bytes(128)
_NEVER = re.compile(r"(?!)")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text without markup, in small letters; an apostrophe or a hyphen parts words."""
    if text.isascii():
        words = text.encode().translate(_SMALL_OR_SPACE).decode().split()  # the same, in a third of the time
    else:
        # Small letters only when it is parted: some capitals become two signs of which the second would part the word.
        words = " ".join(_WORD.findall(text)).casefold().split()
    # Each word is in memory once, however often a bank has it.
    return tuple(map(intern, words))


def spaced(words: Iterable[str]) -> str:
    """Words in a row with a space before and after each, so that a phrase is found by its whole words."""
    return f" {' '.join(words)} "


class Grammar(Struct, frozen=True, kw_only=True):
    """What is known of one language: words and phrases as `words_of` makes them, with spaces between.

    grammar.yaml says what each is. A trailing underscore only avoids a word of Python's.
    """

    articles: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()
    asking: frozenset[str] = frozenset()
    and_: frozenset[str] = frozenset()
    or_: frozenset[str] = frozenset()
    adding: frozenset[str] = frozenset()
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    theirs: frozenset[str] = frozenset()
    who: frozenset[str] = frozenset()
    homonyms: frozenset[str] = frozenset()
    nobody: frozenset[str] = frozenset()
    never_meant: frozenset[str] = frozenset()
    this: frozenset[str] = frozenset()
    these: frozenset[str] = frozenset()
    following: frozenset[str] = frozenset()
    source: frozenset[str] = frozenset()
    source_named: frozenset[str] = frozenset()
    attribution: frozenset[str] = frozenset()
    all_of_them: frozenset[str] = frozenset()
    none_of_them: frozenset[str] = frozenset()
    both_of_them: frozenset[str] = frozenset()
    before_vowel: frozenset[str] = frozenset()
    before_consonant: frozenset[str] = frozenset()
    like_vowel: frozenset[str] = frozenset()
    like_consonant: frozenset[str] = frozenset()
    either: frozenset[str] = frozenset()
    in_dates: frozenset[str] = frozenset()
    more_than: frozenset[str] = frozenset()
    less_than: frozenset[str] = frozenset()
    at_least: frozenset[str] = frozenset()
    at_most: frozenset[str] = frozenset()
    months: tuple[frozenset[str], ...] = ()
    """Each with its capital, if it is written with one: March, but mars."""


@cache
def of_language(code: str) -> Grammar:
    """What is known of the language with this code; of one that grammar.yaml has not, nothing."""
    # The base loader reads each scalar as the text it is: "no" is a word here.
    block: dict[str, str] = yaml.load(blocks("grammar.yaml").get(code, ""), Loader=yaml.CBaseLoader) or {}
    known = {name: block.get(name.rstrip("_"), "") for name in Grammar.__struct_fields__}
    months = known.pop("months")
    return Grammar(
        **{name: _phrases(text.split(",")) for name, text in known.items()},
        months=tuple(frozenset(map(str.strip, forms.split("/"))) for forms in months.split(",")) if months else (),
    )


def _phrases(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(words_of(text)) for text in texts if text.strip())


@cache
def month_words(language: Grammar) -> frozenset[str]:
    """The months' names as `words_of` makes them."""
    return frozenset(name.casefold() for month in language.months for name in month)


@cache
def any_of(phrases: frozenset[str]) -> re.Pattern[str]:
    """What finds each of the phrases, the longest first, in words that are `spaced`; of none, nothing."""
    if not phrases:
        return _NEVER
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(f" ({'|'.join(map(re.escape, longest_first))})(?= )")


def found(phrases: frozenset[str], words: tuple[str, ...]) -> re.Match[str] | None:
    """The first of the phrases in a text's words, as a match in these `spaced`."""
    # Most texts hold not even the last word of any phrase, and that is known much sooner.
    return None if _last_words(phrases).isdisjoint(words) else any_of(phrases).search(spaced(words))


@cache
def _last_words(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(phrase.rpartition(" ")[2] for phrase in phrases)
