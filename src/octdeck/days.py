"""Text to the days that it names: `25 October 1917`, `October 25`, `25.10.1917`, in the words of a language."""

import re
from functools import cache

from msgspec import Struct

from octdeck.grammar import Grammar


class Day(Struct, frozen=True):
    """A day as it is named: the words, and the year where it stands there."""

    text: str
    year: int | None


def days_of(text: str, grammar: Grammar) -> list[Day]:
    """The days that a text names, in order; a month without a day is none."""
    found = []
    for match in _pattern(grammar).finditer(text):
        year = next((group for group in match.groups() if group), None)
        found.append(Day(match[0], int(year) if year else None))
    return found


@cache
def _pattern(grammar: Grammar) -> re.Pattern[str]:
    numbers = [r"\b(\d{4})-\d{2}-\d{2}\b", r"\b\d{1,2}[./]\d{1,2}[./](\d{4})\b"]
    if not grammar.months:
        return re.compile("|".join(numbers))
    names = sorted((name for month in grammar.months for name in month), key=lambda name: (-len(name), name))
    month = f"(?:{'|'.join(map(re.escape, names))})"
    joint = "".join(rf"(?:{re.escape(word)}\s+)?" for word in sorted(grammar.in_dates))
    # 25 October 1917, 25th of October, 25. Oktober, 1er novembre, 25 de octubre de 1917, 25-го октября
    day_first = rf"\b\d{{1,2}}(?:\.|º|ª|-?[^\W\d_]{{1,2}})?\s+{joint}{month}\b"
    month_first = rf"\b{month}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b"
    year = rf"(?:,?\s+{joint}(\d{{4}})\b)?"
    return re.compile("|".join([day_first + year, month_first + year, *numbers]))
