"""YAML text to plain data, fast: for files in which nothing is unusual, which is nearly all of them.

Where each value stood is not kept; sourcemap.py, which reads everything, tells it when somebody asks.
"""

from collections.abc import Callable, Sequence
from sys import intern, maxsize
from typing import Any, TypeAlias

import yaml
from msgspec import Struct

Value: TypeAlias = "str | list[Value] | dict[str, Value]"

MAX_DEPTH = 12  # a deck file needs 6
MAX_VALUES = (
    500_000  # in all files of a bank, which is some 25 000 questions, or in more if there is text between them:
)
BYTES_A_VALUE = 32  # no teacher writes less than that, over a whole bank
_MOST_KEYS = 10_000  # of one mapping
_BLANK = frozenset(" \t")


class Allowance(Struct):
    """How many more values, or signs of YAML around them, may be read in the files of a bank."""

    left: int


def allowance(files: Sequence[bytes]) -> Allowance:
    """How many may be read in these files in all."""
    return Allowance(2 * max(MAX_VALUES, sum(map(len, files)) // BYTES_A_VALUE))


def read(text: str, allowance: Allowance | None = None) -> "Value | None":
    """The data of the one document in `text`, every scalar as it was typed.

    None where there is a mistake, or anything that octdeck does not take: an anchor, alias or tag, a key twice or that
    is no text, lists too deep, no document or a second one, or text with spaces at its ends; or where the `allowance`
    ends.
    """
    allowance = allowance or Allowance(maxsize)
    before = allowance.left
    try:
        # libyaml's parser itself: yaml.parse would add two Python calls to each event.
        event = yaml.CBaseLoader(text).get_event
        event()  # the stream starts
        if type(event()) is yaml.DocumentStartEvent:
            value = _value(event(), event, 1, allowance)
            event()  # the document ends
            if type(event()) is yaml.StreamEndEvent:
                return value
    except (yaml.MarkedYAMLError, yaml.reader.ReaderError, _UnusualError):
        pass
    allowance.left = before
    return None


def _value(start: Any, event: Callable[[], Any], depth: int, allowance: Allowance) -> Value:
    kind = type(start)
    if kind is yaml.ScalarEvent:
        if start.anchor or start.tag:
            raise _UnusualError
        value: str = start.value
        if value[:1] in _BLANK or value[-1:] in _BLANK:
            raise _UnusualError
        return value
    if depth > MAX_DEPTH or kind is yaml.AliasEvent or start.anchor or start.tag:
        raise _UnusualError
    if kind is yaml.SequenceStartEvent:
        items: list[Value] = []
        while type(item := event()) is not yaml.SequenceEndEvent:
            items.append(_value(item, event, depth + 1, allowance))
        _take(allowance, len(items))
        return items
    found: dict[str, Value] = {}
    while type(key := event()) is not yaml.MappingEndEvent:
        if type(key) is not yaml.ScalarEvent or key.anchor or key.tag:
            raise _UnusualError
        name = intern(key.value)  # every question has the same keys: one string serves them all
        if name in found or len(found) == _MOST_KEYS:
            raise _UnusualError
        found[name] = _value(event(), event, depth + 1, allowance)
    _take(allowance, 2 * len(found))
    return found


def _take(allowance: Allowance, count: int) -> None:
    # Counted by the list, as counting each would take a third longer.
    allowance.left -= count
    if allowance.left < 0:
        raise _UnusualError


class _UnusualError(Exception):
    """What only the careful reader can deal with."""
