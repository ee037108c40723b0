"""Anki package to the notes of a bank in it, as whoever imports it has them.

A package may come from anywhere: nothing in it is run, unpacked to disk or believed, and what it can take is bounded.
"""

import json
import re
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any, BinaryIO

from msgspec import Struct

from octdeck import lock, notetypes
from octdeck.errors import OctdeckError
from octdeck.lock import Lock, NoteKey, Released
from octdeck.notes import Note, guid

_DATABASES = ("collection.anki21", "collection.anki2")  # beside the first, the second is only a note to old programs
_NEWEST = "collection.anki21b"
_MOST = 64 * 2**20  # of a database, unpacked; 100,000 questions take four fifths of it
_MOST_LISTED = 16 * 2**20  # of the zip's list of its files, all of which zipfile keeps
_LEAST_OF_A_CARD = 16  # bytes
_STEPS = 300  # times 100,000 instructions of SQLite's machine; those questions take forty

_NO_DECK = "Default"
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")  # what a terminal would obey
_ID = re.compile(r"([^\W_][\w.-]{0,79})/([^\W_][\w.-]{0,79})")  # the bank's and the question's


class Snapshot(Struct, frozen=True):
    """The notes of a bank as a package has them, with the time stamp of each.

    `looks` tells by note type when it last changed; `others` are the banks of which there are notes besides.
    """

    notes: Mapping[NoteKey, Note]
    stamps: Mapping[NoteKey, int]
    looks: Mapping[str, int]
    others: tuple[str, ...] = ()

    def as_lock(self, bank: str) -> Lock:
        """What a lock file would say of it."""
        return Lock(bank, {k: Released(self.stamps[k], note.digest, note.deck) for k, note in self.notes.items()})


def read(file: BinaryIO, name: str, bank: str) -> Snapshot:
    """The notes of `bank` in the package `file`, which is called `name` in messages.

    Raises:
        OctdeckError: it is no package that can be read.

    """
    try:
        database = _database(file, name)
        with closing(sqlite3.connect(":memory:")) as connection:
            return _snapshot(_opened(connection, database), bank, len(database))
    except (zipfile.BadZipFile, zlib.error, sqlite3.Error, EOFError, RuntimeError, ValueError, LookupError) as error:
        reason = "it takes too long" if str(error) == "interrupted" else _CONTROL.sub("?", str(error))[:100]
        why = f" ({reason})" if reason else ""
        raise OctdeckError(
            f"{name} is no Anki package that can be read{why}", "name an .apkg file that 'octdeck build' wrote"
        ) from None


def _database(file: BinaryIO, name: str) -> bytes:
    """The collection in a package."""
    if not _lists_few(file):
        raise ValueError("it lists too many files")
    with zipfile.ZipFile(file) as package:
        files = {info.filename: info for info in package.infolist()}
        if _NEWEST in files:
            raise OctdeckError(
                f"{name} is in a form that only Anki itself reads",
                "export it again with 'Support older Anki versions' ticked, or name what 'octdeck build' wrote",
            )
        info = next((files[wanted] for wanted in _DATABASES if wanted in files), None)
        if info is None:
            raise ValueError("there is no collection in it")
        # Other methods would unpack all of it, however large, before anyone could look.
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} or info.file_size > _MOST:
            raise ValueError(f"its collection is larger than {_MOST // 2**20} MB, or packed in an unusual way")
        with package.open(info) as packed:
            return packed.read(_MOST)


def _lists_few(file: BinaryIO) -> bool:
    """Whether the list of files at the end of a zip is of a sane length."""
    size = file.seek(0, 2)
    file.seek(max(0, size - (1 << 16) - 64))
    end = file.read()
    at = end.rfind(b"PK\x05\x06")
    if not 0 <= at <= len(end) - 22:
        raise ValueError("it is no zip file")
    (length,) = struct.unpack_from("<L", end, at + 12)
    is_huge = end[max(0, at - 20) : at].startswith(b"PK\x06\x07")
    return length <= _MOST_LISTED and not is_huge


def _opened(connection: sqlite3.Connection, database: bytes) -> sqlite3.Connection:
    """The database, in memory, where it can do no harm and not run for ever."""
    # A database that Anki had open says that it has a log beside it; in memory there is none.
    header = database[:18] + b"\x01\x01" + database[20:]
    connection.deserialize(header)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 16 * 2**20)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    steps = iter(range(_STEPS))
    connection.set_progress_handler(lambda: next(steps, None) is None, 100_000)
    return connection


def _snapshot(connection: sqlite3.Connection, bank: str, size: int) -> Snapshot:
    notes, stamps, others = dict[NoteKey, Note](), dict[NoteKey, int](), set[str]()
    decks, looks = _decks_and_looks(connection)
    cards = _cards(connection, size)
    for row in _rows(connection, size):
        if row.guid != guid(row.bank, row.key):
            continue  # a copy that somebody made of a note
        if row.bank != bank:
            others.add(row.bank)
        elif row.stamp > stamps.get(row.key, 0):
            own = cards.get(row.id, [])
            deck = decks.get(own[0][1], _NO_DECK) if own else _NO_DECK
            positions = tuple(position for position, _ in own)
            notes[row.key] = Note(row.key, row.guid, row.fields, row.tags, deck, positions)
            stamps[row.key] = row.stamp
    return Snapshot(notes, stamps, looks, tuple(sorted(others)))


class _Row(Struct, frozen=True):
    """A note as it stands in the table."""

    id: int
    guid: str
    bank: str
    key: NoteKey
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    stamp: int


def _rows(connection: sqlite3.Connection, size: int) -> Iterator[_Row]:
    """The notes of octdeck's types."""
    types = {note_type.id: note_type for note_type in notetypes.released()}
    query = f"SELECT id, guid, mid, mod, tags, flds FROM notes WHERE mid IN ({', '.join('?' * len(types))})"
    for id_, identity, mid, stamp, tags, text in connection.execute(query, tuple(types)):
        if not (isinstance(text, str) and isinstance(tags, str) and isinstance(stamp, int) and 0 < stamp < lock.LAST):
            raise ValueError("it has a note that is none")
        size -= len(text) + len(tags)
        if size < 0:
            raise ValueError("it holds more than its size allows")
        fields, note_type = tuple(text.split("\x1f")), types[mid]
        named = _ID.fullmatch(fields[note_type.fields.index("Id")]) if len(fields) == len(note_type.fields) else None
        if named:
            yield _Row(id_, identity, named[1], (named[2], note_type.key), fields, tuple(sorted(tags.split())), stamp)


def _cards(connection: sqlite3.Connection, size: int) -> dict[int, list[tuple[int, int]]]:
    """By the id of a note, the position and the deck's id of each card, in order."""
    found: dict[int, list[tuple[int, int]]] = {}
    # A card in a filtered deck has a home to which it returns.
    query = "SELECT nid, ord, CASE odid WHEN 0 THEN did ELSE odid END FROM cards ORDER BY nid, ord"
    for number, (note, position, deck) in enumerate(connection.execute(query)):
        if number * _LEAST_OF_A_CARD > size:
            raise ValueError("it holds more than its size allows")
        found.setdefault(note, []).append((position, deck))
    return found


def _decks_and_looks(connection: sqlite3.Connection) -> tuple[dict[int, str], dict[str, int]]:
    """The names of the decks by id, and by octdeck's note types when each last changed."""
    row = connection.execute("SELECT decks, models FROM col").fetchone() or ("{}", "{}")
    decks, models = (_objects(text) for text in row)
    names = {int(id_): _one_line(str(deck.get("name"))) for id_, deck in decks.items()}
    changed = {note_type.key: models.get(str(note_type.id), {}).get("mod") for note_type in notetypes.released()}
    return names, {key: stamp for key, stamp in changed.items() if isinstance(stamp, int)}


def _objects(text: object) -> dict[str, dict[str, Any]]:
    """A JSON object that holds objects."""
    data = json.loads(text) if isinstance(text, str) else None
    if not isinstance(data, dict):
        raise ValueError("it has no decks")
    return {key: value for key, value in data.items() if isinstance(value, dict)}


def _one_line(deck: str) -> str:
    """A deck's name as deck files have it, which octdeck.lock can hold."""
    return "::".join(_CONTROL.sub("", " ".join(part.split())) or "?" for part in deck.split("::"))
