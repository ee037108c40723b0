"""Dates and numbers as a language writes them, from Babel's tables."""

from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from babel import Locale

_FIRST_SEPARATED: Final = 1000
_COUNTRIES: Final = {"en": "GB", "pt": "PT"}
"""Where a language is written in several ways: the country whose way is taken, as everywhere on paper."""


def long_date(day: date, language: str) -> str:
    """A day in full, as in `24 November 2026`; in English where Babel does not know the language."""
    from babel.dates import format_date

    return format_date(day, "long", _locale(language))


def whole(number: int, language: str) -> str:
    """A number from 0 on, with its thousands set apart: `1,200`, `1.200` or `1 200`."""
    if number < _FIRST_SEPARATED:
        return str(number)
    from babel.numbers import format_decimal

    return format_decimal(number, locale=_locale(language))


def _locale(language: str) -> "Locale":
    from babel import Locale, UnknownLocaleError

    name, _, country = language.partition("-")
    try:
        return Locale.parse("_".join(filter(None, (name, country or _COUNTRIES.get(name)))))
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")
