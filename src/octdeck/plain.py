"""YAML text to plain data, fast: for files in which nothing is unusual, which is nearly all of them.

Where each value stood is not kept; sourcemap.py, which reads everything, tells it when somebody asks.
"""

from collections.abc import Callable
from sys import intern
from typing import Any, TypeAlias

import yaml

Value: TypeAlias = "str | list[Value] | dict[str, Value]"

MAX_DEPTH = 12  # a deck file needs 6
_BLANK = frozenset(" \t")


def read(text: str) -> "Value | None":
    """The data of the one document in `text`, every scalar as it was typed.

    None where there is a mistake, or anything that octdeck does not take: an anchor, alias or tag, a key twice or that
    is no text, lists too deep, no document or a second one, or text with spaces at its ends.
    """
    try:
        # libyaml's parser itself: yaml.parse would add two Python calls to each event.
        event = yaml.CBaseLoader(text).get_event
        event()  # the stream starts
        if type(event()) is not yaml.DocumentStartEvent:
            return None
        value = _value(event(), event, 1)
        event()  # the document ends
        return value if type(event()) is yaml.StreamEndEvent else None
    except (yaml.MarkedYAMLError, yaml.reader.ReaderError, _UnusualError):
        return None


def _value(start: Any, event: Callable[[], Any], depth: int) -> Value:
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
            items.append(_value(item, event, depth + 1))
        return items
    found: dict[str, Value] = {}
    while type(key := event()) is not yaml.MappingEndEvent:
        if type(key) is not yaml.ScalarEvent or key.anchor or key.tag:
            raise _UnusualError
        name = intern(key.value)  # every question has the same keys: one string serves them all
        if name in found:
            raise _UnusualError
        found[name] = _value(event(), event, depth + 1)
    return found


class _UnusualError(Exception):
    """What only the careful reader can deal with."""
