"""Anki packages and chance → packages with damage or malice in them: in the zip, in the database, in its tables."""

import io
import sqlite3
import zipfile
from contextlib import closing, suppress
from random import Random

_DATABASE = "collection.anki21"
_STATEMENTS = (
    *("DROP TABLE notes", "DROP TABLE cards", "DROP TABLE col", "DELETE FROM col", "DELETE FROM cards"),
    *("INSERT INTO col SELECT * FROM col", "UPDATE notes SET id = id * 3", "UPDATE notes SET mid = mid + 1"),
    *("UPDATE notes SET flds = ''", "UPDATE notes SET flds = flds || char(31)"),
    *("UPDATE notes SET flds = zeroblob(9)", "UPDATE notes SET flds = CAST(x'ff' AS TEXT)"),
    *("UPDATE notes SET flds = NULL", "UPDATE notes SET flds = 7"),
    "UPDATE notes SET flds = hex(zeroblob(9000000))",
    "UPDATE notes SET flds = flds || hex(zeroblob(1000000))",
    "UPDATE notes SET flds = replace(flds, 'kinds/', '../')",
    *("UPDATE notes SET flds = replace(flds, 'i', char(0))", "UPDATE notes SET mod = 1e99"),
    *("UPDATE notes SET mod = 'x'", "UPDATE notes SET mod = NULL", "UPDATE notes SET mod = -1"),
    *("UPDATE notes SET mod = 9223372036854775807", "UPDATE notes SET guid = NULL"),
    *("UPDATE notes SET guid = x'00'", "UPDATE notes SET tags = NULL"),
    *("UPDATE notes SET tags = hex(zeroblob(100000))", "UPDATE notes SET tags = char(0, 10)"),
    *("UPDATE cards SET did = 'x'", "UPDATE cards SET did = 1e300", "UPDATE cards SET odid = NULL"),
    *("UPDATE cards SET nid = 1", "UPDATE cards SET ord = 'x'", "UPDATE cards SET ord = NULL"),
    *("UPDATE cards SET ord = x'00'", "UPDATE col SET decks = '[]'", "UPDATE col SET decks = NULL"),
    *("UPDATE col SET decks = '{\"a\": {}}'", "UPDATE col SET decks = '{\"1\": 2}'"),
    "UPDATE col SET decks = replace(decks, 'name', 'mane')",
    "UPDATE col SET decks = replace(decks, 'Kinds', char(27, 10, 8238))",
    "UPDATE col SET decks = '{\"1\": {\"name\": NaN}}'",
    *("UPDATE col SET decks = replace(hex(zeroblob(50000)), '0', '[')", "UPDATE col SET decks = '{\"²\": {}}'"),
    "UPDATE col SET decks = '{\"' || replace(hex(zeroblob(5000)), '0', '9') || '\": {\"name\": \"x\"}}'",
    *("UPDATE col SET models = '{}'", "UPDATE col SET models = '7'"),
    "UPDATE col SET models = replace(models, '\"mod\": ', '\"mod\": 1e')",
    "ALTER TABLE notes RENAME TO n; CREATE VIEW notes AS SELECT a.* FROM n a, n b, n c, n d, n e, n f",
    "ALTER TABLE cards RENAME TO c; CREATE VIEW cards AS SELECT a.* FROM c a, c b, c d, c e, c f",
    "ALTER TABLE notes RENAME TO n; CREATE VIEW notes AS WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL "
    "SELECT i + 1 FROM r) SELECT n.* FROM n, r",
    "ALTER TABLE notes RENAME TO n; CREATE VIEW notes AS SELECT id, guid, mid, mod, tags, "
    "hex(randomblob(9000000)) flds FROM n",
    "ALTER TABLE notes RENAME TO n; CREATE VIEW notes AS SELECT id, guid, mid, mod, tags, "
    "load_extension('x') flds FROM n",
    "ALTER TABLE col RENAME TO o; CREATE VIEW col AS SELECT readfile('/etc/passwd') decks, models FROM o",
    "CREATE TRIGGER t AFTER UPDATE ON notes BEGIN SELECT 1; END; CREATE INDEX i ON notes (tags)",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE TABLE notes (x)' WHERE name = 'notes'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 1",
)  # fmt: skip
_NAMES = (
    "../../x",
    "/etc/passwd",
    "collection.anki2",
    "collection.anki21b",
    "media",
    "0",
    "a" * 300,
    "",
    "collection.anki21",
)


def mutated(package: bytes, random: Random) -> bytes:
    """The package with something else in its database, in another zip; or as it is, for bytes to be changed."""
    if random.random() < 0.3:
        return package
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as files:
            database = files.read(_DATABASE)
    except (zipfile.BadZipFile, KeyError, EOFError, ValueError, NotImplementedError, RuntimeError):
        return package
    if random.random() < 0.7:
        database = _told(database, random)
    else:
        at = random.randrange(len(database))
        database = database[:at] + random.randbytes(random.choice((1, 2, 100))) + database[at + 1 :]
    return _zipped(database, random)


def _told(database: bytes, random: Random) -> bytes:
    """The database after some statements, as far as they can be carried out."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(database)
        for _ in range(random.choice((1, 1, 2, 3))):
            with suppress(sqlite3.Error):
                connection.executescript(random.choice(_STATEMENTS))
        return connection.serialize()


def _zipped(database: bytes, random: Random) -> bytes:
    file = io.BytesIO()
    method = random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2))
    with zipfile.ZipFile(file, "w", method) as package:
        package.writestr(random.choice((_DATABASE, _DATABASE, "collection.anki2")), database)
        match random.randrange(6):
            case 0:
                package.writestr(random.choice(_NAMES), b"x")
            case 1:
                package.writestr("media", b'{"0": "../../../x"}')
            case 2:
                package.writestr(_DATABASE + "b", bytes(2 * 10**6))
            case 3:
                package.comment = random.randbytes(random.choice((1, 60_000)))
    return file.getvalue()
