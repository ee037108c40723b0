"""Text to Unicode's form NFC, in which é is one character, and whether a letter bears more accents than any does."""

import re
import unicodedata

MOST = 30  # on one letter; Unicode's own limit, in its Stream-Safe Text Format

_STRANGE = rf"[^\w\s!-~]{{{MOST + 1},}}"  # accents, and what else is neither letter nor ASCII
_RUNS = re.compile(rf"({_STRANGE})")


def composed(text: str) -> str:
    """The text in the form NFC; but a run of signs without end, which would take hours, stays as it is."""
    if text.isascii():
        return text
    parts = _RUNS.split(text)
    parts[::2] = [unicodedata.normalize("NFC", part) for part in parts[::2]]
    return "".join(parts)


def are_piled_up(text: str) -> bool:
    """Whether more accents, or other characters without a shape of their own, stand on one letter than belong there."""
    if text.isascii():
        return False
    for run in _RUNS.finditer(text):
        count = 0
        for char in run[0]:
            count = count + 1 if unicodedata.category(char) in {"Mn", "Mc", "Me", "Cf"} else 0
            if count > MOST:
                return True
    return False
