"""Lines of a file as a terminal shows them, with marks right below the characters that they are about."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeAlias

from msgspec import Struct

from octdeck.diagnostics import Span

Paint: TypeAlias = Callable[[str, str], str]
"""Text and a style ("error", "warning", "place", "bold") to text for a terminal."""

_WIDTH = 100  # cells of a terminal, for a line of the file
_MOST = 400  # characters, any number of which may take no cell
_BEFORE = 40  # of them before the marked place, where the line is longer
# What a terminal would obey rather than show.
_UNSEEN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


class Mark(Struct, frozen=True):
    """A stretch to be underlined with `sign`, in the style `style`, with a few words behind."""

    span: Span
    sign: str
    style: str
    label: str = ""


def clean(text: str) -> str:
    """The text with nothing in it that a terminal obeys."""
    return _UNSEEN.sub("�", text)


def excerpt(lines: Sequence[str], marks: Sequence[Mark], gutter: int, paint: Paint) -> list[str]:
    """The lines of a file that have marks, each with its number and its marks below.

    Of a stretch of several lines, the first and the last are shown. `gutter` is the room for numbers.
    """
    bar = paint("|", "place")
    below: dict[int, list[tuple[int, int, Mark, str]]] = {}
    for mark in marks:
        for number, start, end, label in _stretches(lines, mark):
            below.setdefault(number, []).append((start, end, mark, label))
    shown = [f"{' ' * gutter} {bar}"] if below else []
    before = 0
    for number, stretches in sorted(below.items()):
        if before and number > before + 1:
            shown.append(paint("...", "place"))
        before = number
        line, (first, last) = lines[number - 1], _window(lines[number - 1], min(start for start, *_ in stretches))
        shown.append(f"{paint(f'{number:>{gutter}}', 'place')} {bar} {_visible(line, first, last)}")
        for start, end, mark, label in sorted(stretches, key=lambda stretch: stretch[0]):
            indent = _cells(line, first, min(start, last)) + (first > 0)
            length = _cells(line, start, min(end, last))
            signs = paint(mark.sign * max(1, length) + (f" {label}" if label else ""), mark.style)
            shown.append(f"{' ' * gutter} {bar} {' ' * indent}{signs}")
    return shown


def _stretches(lines: Sequence[str], mark: Mark) -> list[tuple[int, int, int, str]]:
    """What to underline: a line's number (from 1), where to begin and end in it (from 0), and the words behind."""
    span = mark.span
    if not 1 <= span.line <= len(lines) or (span.line, span.column) == (span.end_line, span.end_column) == (1, 1):
        return []  # nothing in the file is to blame, but the file
    start = span.column - 1
    if span.line == span.end_line or span.end_line > len(lines):
        return [(span.line, start, span.end_column - 1, mark.label)]
    first, last = lines[span.line - 1], lines[span.end_line - 1]
    indent = len(last) - len(last.lstrip())
    return [(span.line, start, len(first), ""), (span.end_line, indent, span.end_column - 1, mark.label)]


def _window(line: str, start: int) -> tuple[int, int]:
    """Which part of a line to show (from 0, end exclusive), so that the place at `start` is in it.

    The line may be of any length: no more is looked at than may be shown.
    """
    if len(line) <= _MOST and _cells(line, 0, len(line)) <= _WIDTH:
        return 0, len(line)
    last = min(start, len(line))
    first, cells = _backwards(line, last, 0, _BEFORE)
    most = min(len(line), last + _MOST)
    while last < most and (cells < _WIDTH or _width(line[last]) == 0):
        cells += _width(line[last])
        last += 1
    return _backwards(line, first, cells, _WIDTH)[0], last


def _backwards(line: str, first: int, cells: int, wanted: int) -> tuple[int, int]:
    """An earlier place than `first`, not after an accent, so that `cells` grow to those wanted; and how many then."""
    least = max(0, first - _MOST)
    while first > least and (cells < wanted or (first < len(line) and _width(line[first]) == 0)):
        first -= 1
        cells += _width(line[first])
    return first, cells


def _visible(line: str, first: int, last: int) -> str:
    return f"{'…' * (first > 0)}{_spread(line[first:last])}{'…' * (last < len(line))}"


def _cells(line: str, start: int, end: int) -> int:
    """How many cells of a terminal a part of a line takes; wide characters take two, accents none."""
    shown = _spread(line[start:end])
    if shown.isascii():
        return len(shown)
    from wcwidth import wcswidth

    return max(0, wcswidth(shown))


@lru_cache(maxsize=4096)
def _width(char: str) -> int:
    """How many cells one character takes; an accent takes none."""
    return _cells(char, 0, 1)


def _spread(text: str) -> str:
    return clean(text.replace("\t", "    "))
