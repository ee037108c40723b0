"""A file as read: its data, and where each value in it stood."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from octdeck.diagnostics import Edit, Span
from octdeck.plain import Value

Key: TypeAlias = str | int


class Place(Struct):
    """Where a value stood (counted from 1, end exclusive), where its key stood, and the places of what it holds.

    `quoted`: it is text in quotation marks, which belong to its place; `flow`: it is a list in brackets.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    key: "Place | None" = None
    inside: "dict[Key, Place]" = {}
    quoted: bool = False
    flow: bool = False

    def find(self, keys: Sequence[Key], *, key: bool = False) -> "Place":
        """The place of the value at `keys` (of its key, if `key`), or the nearest that holds it."""
        place = self
        for step in keys:
            below = place.inside.get(step)
            if below is None:
                return place
            place = below
        return place.key or place if key else place

    def span(self, path: Path) -> Span:
        """The span of this place in the file `path`."""
        return Span(path, self.line, self.column, self.end_line, self.end_column)

    def edit(self, path: Path, old: str, new: str) -> Edit | None:
        """What writes `new` for the text `old` here, within its quotation marks.

        None if the text is not written as it reads, such as with escapes or over several lines.
        """
        inner = Span(path, self.line, self.column + self.quoted, self.end_line, self.end_column - self.quoted)
        as_read = inner.line == inner.end_line and inner.end_column - inner.column == len(old)
        return Edit(inner, new) if as_read else None


class Document:
    """A file as read: `value` is its data, `place` where all of it stood; `broken` if part could not be read.

    `again` and `places` read the file once more, when somebody asks for what is not at hand.
    """

    def __init__(
        self,
        path: Path,
        value: "Value | None",
        places: Callable[[], Place],
        *,
        broken: bool = False,
        again: "Callable[[], Value | None] | None" = None,
    ) -> None:
        self.path = path
        self.broken = broken
        self._value = value
        self._again = again
        self._places = places

    @property
    def value(self) -> Value:
        """The data of the file."""
        if self._value is None:
            self._value = self._again() if self._again else None
        assert self._value is not None
        return self._value

    @cached_property
    def place(self) -> Place:
        """The place of the whole value; it mirrors `value`."""
        return self._places()

    @property
    def is_plain(self) -> bool:
        """Whether the data can be read again, as nothing in the file is unusual."""
        return self._again is not None

    def let_go(self) -> None:
        """Have the data no longer in memory, if it can be read again; usually nobody asks for it."""
        if self._again:
            self._value = None

    def span(self, *keys: Key, key: bool = False) -> Span:
        """Where the value at `keys` stood, or its key."""
        return self.place.find(keys, key=key).span(self.path)

    def home(self, *keys: Key) -> tuple[Key, ...]:
        """Where what stands for an item at the last of `keys` is written: there, or among the defaults of the file."""
        *item, key = keys
        defaults = self.place.inside.get("defaults")
        if key not in self.place.find(item).inside and defaults is not None and key in defaults.inside:
            return "defaults", key
        return keys


class Spot(Struct, frozen=True):
    """A value in a document, at `keys`; where that is is found out only when asked."""

    document: Document
    keys: tuple[Key, ...] = ()

    @property
    def value(self) -> Value:
        """The value itself, as plain data."""
        value = self.document.value
        for key in self.keys:
            value = value[key]  # type: ignore[index]
        return value

    def span(self, *keys: Key, key: bool = False) -> Span:
        """Where the value at `keys`, seen from here, stood, or its key."""
        return self.document.span(*self.keys, *keys, key=key)

    def texts(self, *keys: Key) -> "Iterator[tuple[Spot, str]]":
        """Every text at `keys`, seen from here: one, or those of a list or mapping, however deep."""
        here = Spot(self.document, (*self.keys, *keys))
        value = here.value
        if isinstance(value, str):
            yield here, value
        else:
            for key in value if isinstance(value, dict) else range(len(value)):
                yield from here.texts(key)

    def edit(self, *keys: Key, old: str, new: str) -> Edit | None:
        """What writes `new` for the text `old` at `keys`, seen from here; None as with `Place.edit`."""
        return self.document.place.find((*self.keys, *keys)).edit(self.document.path, old, new)
