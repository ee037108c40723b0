"""YAML text to plain data, fast: for files in which nothing is unusual, which is nearly all of them.

Where each value stood is not kept; sourcemap.py, which reads everything, tells it when somebody asks.
"""

from collections.abc import Callable, Iterable, Iterator
from sys import intern
from typing import Any, TypeAlias

import yaml

Allowance: TypeAlias = Iterator[int]
Value: TypeAlias = "str | list[Value] | dict[str, Value]"

MAX_DEPTH = 12  # a deck file needs 6
MAX_VALUES = 500_000  # in all files of a bank, which is some 25 000 questions
_SIGNS = b",:-?[{"  # none of YAML's values but the first comes without one
_BLANK = frozenset(" \t")


def allowance(files: Iterable[bytes]) -> "Allowance | None":
    """How many events of YAML may be read in these files in all; None where there cannot be too many."""
    signs = sum(len(data) - len(data.translate(None, _SIGNS)) for data in files)
    # A key and its value may share one sign; a list begins and ends.
    return iter(range(2 * MAX_VALUES)) if 2 * signs > MAX_VALUES else None


def read(text: str, allowance: "Allowance | None" = None) -> "Value | None":
    """The data of the one document in `text`, every scalar as it was typed.

    None where there is a mistake, or anything that octdeck does not take: an anchor, alias or tag, a key twice or that
    is no text, lists too deep, no document or a second one, or text with spaces at its ends; or where the `allowance`
    ends.
    """
    try:
        # libyaml's parser itself: yaml.parse would add two Python calls to each event.
        event = yaml.CBaseLoader(text).get_event
        if allowance is not None:
            event = _counted(event, allowance)
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


def _counted(event: Callable[[], Any], allowance: Allowance) -> Callable[[], Any]:
    def counted() -> Any:
        if next(allowance, None) is None:
            raise _UnusualError
        return event()

    return counted


class _UnusualError(Exception):
    """What only the careful reader can deal with."""
