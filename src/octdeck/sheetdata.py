"""Sheets as the JSON data that a Typst template is given."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from octdeck import widths
from octdeck.fonts import FONTS, KNOWN
from octdeck.forms import answer
from octdeck.look import Look
from octdeck.markup import Run, to_data, to_plain
from octdeck.media import Medium
from octdeck.sheet import Sheet, topic
from octdeck.typesetting import file_of

_PLACES: Final = 1_000
"""So many places to break, at the most, have the words of a question that are too wide; usual ones have a few dozen."""


def head(sheet: Sheet, look: Look) -> dict[str, Any]:
    """What every template is told, whatever it prints."""
    language, _, region = sheet.language.partition("-")
    known = re.fullmatch("[a-z]{2,3}", language)
    return {
        "language": language if known else "en",
        "region": region if known and re.fullmatch("[A-Z]{2}", region) else None,
        "words": as_data(sheet.words),
        "title": sheet.title,
        "subtitle": sheet.subtitle,
        "paper": {"a4": "a4", "letter": "us-letter"}[look.paper],
        "layout": look.layout,
        "fonts": FONTS,
        "author": look.signed,
        "school": look.school,
        "logo": look.logo and {"type": look.logo.type, "data": list(look.logo.data)},
        "media": as_data(sheet.media),
    }


def as_data(value: Any) -> Any:
    """Frozen data to JSON data; a struct becomes a mapping that has its name under `is`.

    Of a picture remain its file and its size in pixels, of a sound nothing.
    """
    match value:
        case str() | int() | None:
            return value
        case Run():
            return to_data([value])[0]
        case tuple():
            return [as_data(part) for part in value]
        case Medium(size=None):
            return {}
        case Medium(size=(width, height)):
            return {"file": file_of(value), "width": width, "height": height}
        case Struct():
            parts = {name: as_data(getattr(value, name)) for name in value.__struct_fields__}
            return {"is": type(value).__name__} | parts
        case Mapping():
            return {key: as_data(part) for key, part in value.items()}
        case _:
            return value


def of_sheet(sheet: Sheet, *, answers: bool = False) -> dict[str, Any]:
    """A sheet as data. What a template would take long to find out is told with each entry.

    Under `room`, in the size of the letters: no word is wider than `widest`, and no wider than `asked` and `below` are
    what is asked and what stands below it, each on one line; `breaks` are the lines that end before. Where a word is
    wider than its line, so many letters stay `together`. With `answers`, each has its answer and, in short, what is
    asked as well, and no word in these is wider either.
    """
    words = (sheet.words.hint, sheet.words.word_bank, sheet.words.caution, sheet.words.also_right)
    entries = list[dict[str, Any]]()
    for entry in sheet.entries:
        data = as_data(entry)
        asked = list(_texts((entry.stem, entry.claim, entry.hint, entry.instruction)))
        below = list(_texts(entry.form))
        more: tuple[object, ...] = words
        if answers:
            told = answer(entry.form)
            data |= {"answer": as_data(told), "topic": topic(entry)}
            # Only where the fonts can show it.
            data["id"] = entry.id if KNOWN.fullmatch(entry.id) else ""
            more = (words, told.parts, entry.explanation, entry.caution, entry.citations, entry.themes, data["topic"])
        texts = [*asked, *below, *_texts(more)]
        data["room"] = {
            "widest": 1 + max(map(widths.widest, texts)),
            "together": 1 + sum(map(widths.letters_of_long_words, texts)) // _PLACES,
            "asked": sum(map(widths.whole, asked)),
            "below": sum(map(widths.whole, below)),
            "breaks": sum(text.count("\n") for text in (*asked, *below)),
        }
        entries.append(data)
    rest = {name: as_data(getattr(sheet, name)) for name in Sheet.__struct_fields__ if name != "entries"}
    return {"is": "Sheet", **rest, "entries": entries}


def _texts(part: object) -> Iterator[str]:
    """All texts in a part of a sheet; what a template may set without a blank between is one."""
    match part:
        case str():
            yield part
        case tuple() if any(isinstance(piece, Run) for piece in part):
            texts = (piece.text if isinstance(piece, Run) else f" [{to_plain(piece.hint)}]" for piece in part)
            yield "".join(texts)
        case tuple():
            for piece in part:
                yield from _texts(piece)
        case Struct():
            for name in part.__struct_fields__:
                yield from _texts(getattr(part, name))
