"""YAML text to plain data, and where each value stood.

Built on libyaml's events: several times faster than a loader, every scalar stays the text that was typed, and places,
duplicate keys and aliases are seen as they come. A file in which nothing is wrong is read by plain.py; its places are
looked up only when something is found in it after all.
"""

import re
from collections.abc import Container, Iterator, Sequence
from functools import partial
from pathlib import Path
from sys import maxsize
from typing import TypeAlias

import yaml

from octdeck import plain, spaces
from octdeck.diagnostics import LINE_BREAK, MOST_FOUND, Diagnostic, Span
from octdeck.document import Document, Key, Place
from octdeck.faults import shortened
from octdeck.plain import MAX_DEPTH, Allowance, Value
from octdeck.syntax import not_text, reader_error, syntax_error, too_deep

Events: TypeAlias = Iterator[yaml.Event]

MAX_BYTES = 16 * 2**20
MAX_RESTARTS = 50
MAX_DIRECTIVES = 1000
_DIRECTIVE = re.compile("(?:^|[\n\r\x85\u2028\u2029])%")


def decode(data: bytes, path: Path) -> tuple[str | None, list[Diagnostic]]:
    """Bytes of a file to text, without a byte order mark; None and the reason where they are not UTF-8."""
    if len(data) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 2**20} MB"
        return None, [Diagnostic("OD008", message, Span(path, 1, 1, 1, 1), hint="split it into several deck files")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        rest = error.object  # without a byte order mark
        before = rest[: error.start].decode("utf-8", "replace")
        lines = LINE_BREAK.split(before)
        line, column = len(lines), len(lines[-1]) + 1
        message = f"the file is not UTF-8 text: byte 0x{rest[error.start]:02x} cannot be read"
        hint = "save the file again with the encoding UTF-8"
        return None, [Diagnostic("OD001", message, Span(path, line, column, line, column + 1), hint=hint)]


def read(
    text: str, path: Path, restart_in: str | None = None, allowance: Allowance | None = None
) -> tuple[Document | None, list[Diagnostic]]:
    """One YAML document, as plain data with places.

    A syntax error ends YAML's reading. With `restart_in`, the name of a top-level list of mappings, reading starts
    again at the next `- ` of that list, so that one run shows all mistakes of a file. The `allowance`, as plain.py has
    it, may end it too.

    Returns no document where nothing could be read.
    """
    if text.count("%") > MAX_DIRECTIVES and len(_DIRECTIVE.findall(text)) > MAX_DIRECTIVES:
        message = f"more than {MAX_DIRECTIVES} lines begin with '%', which is for instructions to YAML"
        return None, [Diagnostic("OD008", message, Span(path, 1, 1, 1, 1), hint="delete these lines")]
    value = plain.read(text, allowance)
    if value:
        return unread(text, path, value), []
    builder = _Builder(path, LINE_BREAK.split(text), allowance)
    fault = builder.run(text)
    if fault is not None and restart_in is not None:
        _read_on(builder, fault, restart_in)
    found = builder.found
    if builder.root is None:
        if not found:
            message = "the file is empty" if not text.strip() else "there is nothing in the file but comments"
            found.append(
                Diagnostic("OD005", message, Span(path, 1, 1, 1, 1), hint="write something in it or delete it")
            )
        return None, found
    value, place = builder.root
    return Document(path, value, lambda: place, broken=fault is not None), found


def unread(text: str, path: Path, value: "Value | None" = None) -> Document:
    """The document of a text that plain.py can read, with its data or without; places are looked up when needed."""
    return Document(path, value, partial(_places, text, path), again=partial(plain.read, text))


def _places(text: str, path: Path) -> Place:
    """The places of a text in which nothing is wrong."""
    builder = _Builder(path, LINE_BREAK.split(text))
    builder.run(text)
    assert builder.root is not None
    return builder.root[1]


def _read_on(builder: "_Builder", fault: int, name: str) -> None:
    """After a syntax error in line `fault`, read what is left of the list `name` and append it."""
    lines = builder.lines
    start = next((i for i, line in enumerate(lines) if re.match(rf"{re.escape(name)}\s*:\s*(#.*)?$", line)), None)
    first = next((line for line in lines[start + 1 :] if re.match(" *- ", line)), None) if start is not None else None
    if start is None or first is None:
        return
    dash = re.compile(first[: first.index("-")] + "- ")
    known, places = builder.top_list(name, start + 1)
    again = start
    for _ in range(MAX_RESTARTS):
        # From the line of the error on, as the error may stand in the item before; but never twice from one line.
        earliest = max(fault - 1, again + 1)
        again = next((i for i in range(earliest, len(lines)) if dash.match(lines[i])), len(lines))
        if again == len(lines) or len(builder.found) > MOST_FOUND or builder.allowance.left < 0:
            return
        rest = _Builder(builder.path, lines, builder.allowance)
        next_fault = rest.run(f"{name}:" + "\n" * again + "\n".join(lines[again:]))
        builder.found += rest.found
        items, item_places = rest.top_list(name, again)
        for i, item in enumerate(items):
            places[len(known)] = item_places[i]
            known.append(item)
        if next_fault is None:
            return
        fault = next_fault


class _Builder:
    """libyaml's event stream to data and places. Keeps what was whole when a syntax error came."""

    def __init__(self, path: Path, lines: Sequence[str], allowance: Allowance | None = None) -> None:
        self.path = path
        self.lines = lines
        self.allowance = allowance or Allowance(maxsize)
        self.found: list[Diagnostic] = []
        self.root: tuple[Value, Place] | None = None

    def run(self, text: str) -> int | None:
        """Read all of `text`; the line (from 1) in which YAML gave up, or None."""
        try:
            self._document(self._allowed(yaml.parse(text, Loader=yaml.CBaseLoader)))
        except yaml.MarkedYAMLError as error:
            self.found.append(syntax_error(error, self.lines, self.path))
        except yaml.reader.ReaderError as error:
            self.found.append(reader_error(error, text, self.path))
        except _TooMuchError as error:
            self.found.append(error.diagnostic)
        else:
            return None
        return self.found[-1].span.line

    def top_list(self, name: str, line: int) -> tuple[list[Value], dict[Key, Place]]:
        """The list at the top-level key `name`, to be added to; a new one, as if in `line`, where there is none."""
        if self.root is None or not isinstance(self.root[0], dict):
            self.root = {}, Place(1, 1, 1, 1)
        top, place = self.root
        assert isinstance(top, dict)
        known = top.get(name)
        if not isinstance(known, list):
            known, place.inside[name] = [], Place(line, 1, line, 1)
            top[name] = known
        return known, place.inside[name].inside

    def _allowed(self, events: Events) -> Events:
        """The events, as long as there are not too many, nor too many mistakes in them."""
        for event in events:
            yield event
            self.allowance.left -= 1
            if self.allowance.left < 0:
                message, hint = "the bank holds more than can be read; from here on it is not", "make two banks of it"
            elif len(self.found) > MOST_FOUND:
                message, hint = "there are too many mistakes; from here on nothing is read", "mend those above first"
            else:
                continue
            raise _TooMuchError(Diagnostic("OD008", message, self._place(event).span(self.path), hint=hint))

    def _document(self, events: Events) -> None:
        for event in events:
            match event:
                case yaml.DocumentStartEvent() if self.root is not None:
                    message = "a second document begins here; a file holds one"
                    hint = "delete the line '---' or move what follows to a file of its own"
                    self.found.append(Diagnostic("OD004", message, self._place(event).span(self.path), hint=hint))
                    return
                case yaml.MappingStartEvent():
                    self._top_mapping(event, events)
                case yaml.ScalarEvent(value="", style=None | ""):
                    pass  # an empty document
                case yaml.ScalarEvent() | yaml.SequenceStartEvent() | yaml.AliasEvent():
                    self.root = self._value(event, events, 1)

    def _top_mapping(self, start: yaml.Event, events: Events) -> None:
        """The mapping that a file is: entered before it is whole, as are its lists, so that an error loses little."""
        value: dict[str, Value] = {}
        place = self._place(start)
        self.root = value, place
        for key, key_place, event in self._keys(value, place, events, 1):
            if isinstance(event, yaml.SequenceStartEvent):
                items: list[Value] = []
                value[key], place.inside[key] = items, self._place(event, key_place)
                self._fill_top_list(items, place.inside[key], events)
            else:
                item, place.inside[key] = self._value(event, events, 2)
                value[key], place.inside[key].key = item, key_place

    def _value(self, event: yaml.Event, events: Events, depth: int, *, is_key: bool = False) -> tuple[Value, Place]:
        place = self._place(event)
        if isinstance(event, yaml.ScalarEvent):
            if event.anchor or event.tag:
                self._refuse(event, place)
            if place.quoted:
                self.found += spaces.check(event.value, place.span(self.path), self.lines, is_key=is_key)
            return event.value or event.tag or "", place
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, place)
            return f"*{event.anchor}", place
        if depth > MAX_DEPTH:
            raise _TooMuchError(too_deep(place.span(self.path)))
        assert isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent)
        if event.anchor or event.tag:
            self._refuse(event, place)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Value] = []
            self._fill_list(items, place, events, depth + 1)
            return items, place
        value: dict[str, Value] = {}
        for key, key_place, item_event in self._keys(value, place, events, depth + 1):
            value[key], item_place = self._value(item_event, events, depth + 1)
            item_place.key = key_place
            place.inside[key] = item_place
        return value, place

    def _fill_list(self, items: list[Value], place: Place, events: Events, depth: int) -> None:
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                _close(place, event)
                return
            item, place.inside[len(items)] = self._value(event, events, depth)
            items.append(item)

    def _fill_top_list(self, items: list[Value], place: Place, events: Events) -> None:
        while not isinstance(event := self._next_item(items, events), yaml.SequenceEndEvent):
            item, place.inside[len(items)] = self._value(event, events, 2)
            items.append(item)
        _close(place, event)

    def _next_item(self, items: list[Value], events: Events) -> yaml.Event:
        try:
            return next(events)
        except yaml.YAMLError:
            # An error between two items may be one in the first that ended it too soon, so that is not whole.
            del items[-1:]
            raise

    def _keys(
        self, known: Container[str], place: Place, events: Events, depth: int
    ) -> Iterator[tuple[str, Place, yaml.Event]]:
        """The keys of a mapping that may stand, each with the event at which its value begins."""
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                _close(place, event)
                return
            key, key_place = self._value(event, events, depth, is_key=True)
            item_event = next(events)
            if isinstance(key, str) and key not in known:
                yield key, key_place, item_event
                continue
            if isinstance(key, str):
                self.found.append(self._twice(key, key_place, place.inside[key]))
            else:
                hint = "write a key as a word; put text with brackets or braces in quotation marks"
                message = "a list stands where a key belongs"
                self.found.append(Diagnostic("OD002", message, key_place.span(self.path), hint=hint))
            self._value(item_event, events, depth)

    def _twice(self, key: str, here: Place, before: Place) -> Diagnostic:
        first = before.key or before
        message = f"the key '{shortened(key)}' stands here a second time"
        hint = f"delete one of the two, or join them; the first is in line {first.line}"
        related = (("the first one", first.span(self.path)),)
        return Diagnostic("OD003", message, here.span(self.path), hint=hint, related=related)

    def _refuse(self, event: yaml.ScalarEvent | yaml.AliasEvent | yaml.CollectionStartEvent, place: Place) -> None:
        sign = "*" if isinstance(event, yaml.AliasEvent) else "&" if event.anchor else "!"
        self.found.append(not_text(sign, place.span(self.path)))

    def _place(self, event: yaml.Event, key: Place | None = None) -> Place:
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        place = Place(start.line + 1, start.column + 1, end.line + 1, end.column + 1, key)
        if isinstance(event, yaml.SequenceStartEvent):
            place.flow = bool(event.flow_style)
        if isinstance(event, yaml.ScalarEvent):
            place.quoted = event.style in {"'", '"'}
            if event.style in {"|", ">"}:
                # YAML reads on to where something else begins; the text ends in the last line that has some.
                last = end.line if end.column else end.line - 1
                while last > start.line and not self.lines[last].strip():
                    last -= 1
                place.end_line, place.end_column = last + 1, len(self.lines[last]) + 1
        return place


def _close(place: Place, end: yaml.Event) -> None:
    """Let a place end where its last event does."""
    start, stop = end.start_mark, end.end_mark
    assert start is not None
    assert stop is not None
    if start.index == stop.index and place.inside:
        # Without a bracket, YAML sees the end only where something else begins, after comments and blank lines.
        last = place.inside[next(reversed(place.inside))]
        place.end_line, place.end_column = last.end_line, last.end_column
    else:
        place.end_line, place.end_column = stop.line + 1, stop.column + 1


class _TooMuchError(Exception):
    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__()
        self.diagnostic = diagnostic
