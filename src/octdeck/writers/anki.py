"""Notes to .apkg: the package in which they travel."""

import hashlib
import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cache, cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA
from msgspec import Struct

from octdeck import markup, notetypes, zips
from octdeck.bank import Bank
from octdeck.errors import OctdeckError
from octdeck.lock import NoteKey
from octdeck.notes import Note
from octdeck.notetypes import NoteType
from octdeck.schema import Source
from octdeck.words import words_of

_OWN_FIELDS = {0: 0, 6: 5}  # how many fields of each note type of Anki's own the app knows by a tag
_FEW = 2_000  # notes, of which a database finds room in memory
_PART = 2**20  # bytes
_DECK_IDS = 1 << 40  # Anki drops them and goes by the name, but they must be neither 0 nor 1


def write(
    bank: Bank, notes: Sequence[Note], stamp: Callable[[NoteKey], int], note_types: Sequence[NoteType] = ()
) -> bytes:
    """A package of `notes`; `stamp` tells each note's modification time, in seconds since 1970.

    `note_types` are those of this release unless others are given, as an older or a later octdeck would write them.
    The same notes, stamps and note types give the same bytes, always.
    """
    return pack(bank, notes, stamp, note_types).to_bytes()


def pack(
    bank: Bank, notes: Sequence[Note], stamp: Callable[[NoteKey], int], note_types: Sequence[NoteType] = ()
) -> "Parcel":
    """The same, put together but not written yet."""
    told = _descriptions(bank)
    decks = tuple((name, told[name]) for name in sorted({note.deck for note in notes}))
    stamps = tuple(stamp(note.key) for note in notes)
    shown = {name for note in notes for name in note.files} if bank.media else set()
    media = {medium.name: medium.data for medium in bank.media.values() if medium.name in shown}
    return Parcel(tuple(notes), stamps, decks, tuple(note_types) or notetypes.released(), media)


class Parcel(Struct, frozen=True, dict=True):
    """All that a package is made of.

    `decks` come with what they say of themselves, `notes` with their `stamps`; `media` has files by their names.
    """

    notes: tuple[Note, ...]
    stamps: tuple[int, ...]
    decks: tuple[tuple[str, str], ...]
    note_types: tuple[NoteType, ...]
    media: Mapping[str, bytes]

    @cached_property
    def of(self) -> str:
        """A digest of all of it: the same digest, the same package."""
        found = hashlib.sha256(f"{self.decks!r} {_digest(self.note_types)}".encode())
        for name, data in sorted(self.media.items()):
            found.update(f"{name} {hashlib.sha256(data).hexdigest()}\n".encode())
        for note, stamp in zip(self.notes, self.stamps, strict=True):
            found.update(f"{note.key} {note.guid} {note.digest} {note.deck} {note.cards} {stamp}\n".encode())
        return found.hexdigest()

    def to_bytes(self) -> bytes:
        """The package; for one parcel it is made once."""
        return self._bytes

    @cached_property
    def _bytes(self) -> bytes:
        return _Package(self).to_bytes()


@cache
def _digest(note_types: tuple[NoteType, ...]) -> str:
    return hashlib.sha256(repr(note_types).encode()).hexdigest()


@cache
def _models(note_types: tuple[NoteType, ...]) -> str:
    """The note types as a package has them."""
    return _json({str(note_type.id): _model(note_type).to_json(note_type.changed, None) for note_type in note_types})


@cache
def _model(note_type: NoteType) -> genanki.Model:
    model = _Model(
        note_type.id,
        note_type.name,
        fields=[
            {"name": name, "id": note_type.field_ids + i} | ({"tag": i} if i < _OWN_FIELDS[note_type.stock] else {})
            for i, name in enumerate(note_type.fields)
        ],
        templates=[
            {"name": template.name, "id": template.id, "qfmt": template.front, "afmt": template.back}
            for template in note_type.templates
        ],
        css=note_type.style,
        model_type=genanki.Model.CLOZE if note_type.is_cloze else genanki.Model.FRONT_BACK,
    )
    model.note_type = note_type
    return model


class _Model(genanki.Model):  # type: ignore[misc]
    """genanki's model, but which field each card needs is told, not guessed: genanki misjudges conditions."""

    note_type: NoteType

    def to_json(self, timestamp: float, deck_id: object) -> dict[str, Any]:
        """The model as Anki's legacy format has it."""
        own = {"originalStockKind": self.note_type.stock} if self.note_type.stock else {}
        return {**super().to_json(timestamp, deck_id), **own}

    @property
    def _req(self) -> list[Any]:
        fields = self.note_type.fields
        return [[i, "any", [fields.index(template.needs)]] for i, template in enumerate(self.note_type.templates)]


class _Package(genanki.Package):  # type: ignore[misc]
    """genanki's package, written in one go, in memory, and to the same bytes each time."""

    def __init__(self, parcel: Parcel) -> None:
        super().__init__([genanki.Deck(_deck_id(name), name, told) for name, told in parcel.decks])
        self.notes = parcel.notes
        self.stamps = parcel.stamps
        self.note_types = parcel.note_types
        self.media = dict(parcel.media)

    def to_bytes(self) -> bytes:
        names = sorted(self.media)
        listed = {str(number): name for number, name in enumerate(names)}
        buffer = io.BytesIO()
        # Level 6 would take four times as long, for a package an eighth smaller.
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            with self._database() as database, package.open("collection.anki2", "w") as entry:
                for part in database:
                    entry.write(part)
            package.writestr(zips.entry("media"), _json(listed), zipfile.ZIP_DEFLATED, 1)
            for number, name in listed.items():
                # Pictures and sounds are as small as they get.
                package.writestr(zips.entry(number), self.media[name], zipfile.ZIP_STORED)
            zips.neutral(package)
        return buffer.getvalue()

    @contextmanager
    def _database(self) -> "Iterator[Iterator[bytes | bytearray]]":
        """The database in parts, of which no more than one need be in memory."""
        if len(self.notes) <= _FEW:
            with closing(sqlite3.connect(":memory:")) as connection:
                self._fill(connection)
                yield iter([_signed(bytearray(connection.serialize()))])
            return
        with tempfile.TemporaryDirectory(prefix="octdeck-") as folder:
            path = Path(folder) / "collection.anki2"
            try:
                with closing(sqlite3.connect(path)) as connection:
                    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
                    self._fill(connection)
            except sqlite3.OperationalError as error:
                message = f"the Anki package cannot be made in {folder}: {error}"
                raise OctdeckError(message, "make room there, or set TMPDIR to a folder with room") from None
            with path.open("rb") as file:
                first = _signed(bytearray(file.read(_PART)))
                yield chain([first], iter(partial(file.read, _PART), b""))

    def _fill(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA secure_delete = ON")
        with connection:
            self.write_to_db(connection.cursor(), 0, None)

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, id_gen: object) -> None:
        """Fill the database: tables, all rows, and only then the indexes."""
        schema, indexes = APKG_SCHEMA.split("CREATE INDEX", 1)
        cursor.executescript(schema)
        cursor.executescript(APKG_COL)
        decks: dict[str, Any] = json.loads(cursor.execute("SELECT decks FROM col").fetchone()[0])
        decks |= {str(deck.deck_id): deck.to_json() for deck in self.decks}
        now = max(self.stamps, default=0)
        cursor.execute(
            "UPDATE col SET models = ?, decks = ?, crt = ?, mod = ?, scm = ?",
            (_models(self.note_types), _json(decks), now, now * 1000, now * 1000),
        )
        cursor.executemany("INSERT INTO notes VALUES (?,?,?,?,-1,?,?,?,0,0,'')", self._note_rows())
        cursor.executemany("INSERT INTO cards VALUES (?,?,?,?,?,-1,0,0,?,0,0,0,0,0,0,0,0,'')", self._card_rows())
        cursor.executescript("CREATE INDEX" + indexes)

    def _note_rows(self) -> Iterator[tuple[object, ...]]:
        types: Mapping[str, int] = {note_type.key: note_type.id for note_type in self.note_types}
        first = min(self.stamps, default=0) * 1000
        for i, (note, stamp) in enumerate(zip(self.notes, self.stamps, strict=True)):
            flds = "\x1f".join(note.fields)
            yield first + i, note.guid, types[note.key[1]], stamp, f" {' '.join(note.tags)} ", flds, note.fields[0]

    def _card_rows(self) -> Iterator[tuple[int, ...]]:
        first = min(self.stamps, default=0) * 1000
        card = first
        for i, (note, stamp) in enumerate(zip(self.notes, self.stamps, strict=True)):
            for position in note.cards:
                yield card, first + i, _deck_id(note.deck), position, stamp, i + 1
                card += 1


def _descriptions(bank: Bank) -> dict[str, str]:
    """What each deck says of itself, by its name: the bank's title, and the sources that its questions are about."""
    sources: dict[str, dict[str, Source]] = {}
    for item in bank.items:
        known = sources.setdefault(item.deck.name, {})
        for source in item.sources:
            known.setdefault(source.id, source)
    return {name: _description(bank, some.values()) for name, some in sources.items()}


def _description(bank: Bank, sources: Iterable[Source]) -> str:
    words = words_of(bank.language)
    lines = [bank.title]
    for source in sources:
        issue = words.issue.format(issue=source.issue) if source.issue else None
        stated = (source.author, source.title, source.publisher, issue, source.date, source.url)
        lines.append(", ".join(filter(None, stated)))
    return "<br>".join(markup.escape(line) for line in lines)


@cache
def _deck_id(name: str) -> int:
    return _DECK_IDS + int(_hash(name)[:9], 16)


def _signed(database: bytearray) -> bytearray:
    # SQLite counts its changes here and signs with its version.
    database[24:28] = database[92:96] = (1).to_bytes(4, "big")
    database[96:100] = (3_040_000).to_bytes(4, "big")
    return database


def _hash(value: object) -> str:
    return hashlib.sha256(_json(value).encode()).hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
