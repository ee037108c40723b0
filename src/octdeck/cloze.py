"""Cloze text, in Anki's own notation, to its parts and runs: `The {{c1::Aurora::ship}} fired.`"""

import re
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from octdeck import markup
from octdeck.markup import Run

MAX_NUMBER = 500  # Anki's

_STAND_IN = "\ufdd0"  # a noncharacter, which no deck file can hold

_OPENING = re.compile(r"\{\{c(\d+)::")
_ALMOST = re.compile(r"\{\{\s*[Cc]?\d*\s*:?")


class ClozeError(ValueError):
    """Text that is no cloze: what is wrong, and the cure."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Gap(Struct, frozen=True):
    """One gap: gaps of one number open together, on one card."""

    number: int
    text: str
    hint: str | None = None


@lru_cache(maxsize=64)  # a text is taken apart several times in a row
def parts(text: str) -> tuple[str | Gap, ...]:
    """Split `text` into plain text and gaps, in order.

    Raises:
        ClozeError: no gap, or one that Anki would not show: not closed, empty, within another, or numbered outside
            1 to 500.

    """
    found: list[str | Gap] = []
    at = 0
    for opening in _OPENING.finditer(text):
        if opening.start() < at:
            raise ClozeError("a gap stands inside another gap", "close the first with '}}' before the second begins")
        end = text.find("}}", opening.end())
        if end < 0:
            raise ClozeError(f"the gap '{opening[0]}' is never closed", "write '}}' behind the hidden words")
        inner = text[opening.end() : end]
        if _OPENING.search(inner):
            raise ClozeError("a gap stands inside another gap", "close the first with '}}' before the second begins")
        hidden, _, hint = inner.partition("::")
        number = int(opening[1][:4])
        if not 1 <= number <= MAX_NUMBER:
            raise ClozeError(f"a gap has the number {opening[1]}", f"count from c1; Anki goes to c{MAX_NUMBER}")
        if not hidden.strip():
            raise ClozeError(f"the gap c{number} hides nothing", "write the hidden words behind '::'")
        _plain(text[at : opening.start()], found)
        found.append(Gap(number, hidden, hint.strip() or None))
        at = end + 2
    _plain(text[at:], found)
    if not any(isinstance(part, Gap) for part in found):
        raise ClozeError("there is no gap in this text", "mark the words to hide, as in '{{c1::Aurora}}'")
    return tuple(found)


def runs(text: str) -> tuple[tuple[Run, Gap | None], ...]:
    """Cloze text to runs; a gap comes with a run without text, in the style of the Markdown around it.

    Raises:
        ClozeError: as `parts`.

    """
    pieces = parts(text)
    if markup.is_plain(text):
        return tuple((Run(""), piece) if isinstance(piece, Gap) else (Run(piece), None) for piece in pieces)
    gaps = [piece for piece in pieces if isinstance(piece, Gap)]
    # Markdown may reach across a gap, so something else stands in for the gaps until it is parsed.
    marked = markup.parse("".join(piece if isinstance(piece, str) else _STAND_IN for piece in pieces))
    if sum(run.text.count(_STAND_IN) for run in marked if not run.medium) < len(gaps):
        # A gap in the address of a link, or in the words of a picture, would be lost with it.
        return tuple((Run(""), piece) if isinstance(piece, Gap) else (Run(piece), None) for piece in pieces)
    found: list[tuple[Run, Gap | None]] = []
    waiting = iter(gaps)
    for run in marked:
        for index, between in enumerate(run.text.split(_STAND_IN)):
            if index:
                found.append((replace(run, text=""), next(waiting)))
            if between:
                found.append((replace(run, text=between), None))
    return tuple(found)


def _plain(text: str, found: list[str | Gap]) -> None:
    if "{{" in text and (almost := _ALMOST.search(text)):
        wrong = text[almost.start() : almost.start() + 20]
        raise ClozeError(f"'{wrong}' looks like a gap but is none", "write a gap as '{{c1::Aurora}}', with a small c")
    if text:
        found.append(text)
