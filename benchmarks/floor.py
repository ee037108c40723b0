"""The floor: nothing but libyaml's events, the rows of ready packages inserted again, and zip.

    python -m benchmarks.floor BANK ROWS OUT

ROWS is what `rows_of` took from the packages that octdeck made of BANK. Last, it prints how many seconds it took to
load them, which are no part of the work.
"""

import io
import marshal
import sqlite3
import sys
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

import yaml


def rows_of(packages: Iterable[Path]) -> bytes:
    """Tables, indexes, rows and pictures of packages; of those that are the same, one."""
    return marshal.dumps([_tables(data) for data in dict.fromkeys(path.read_bytes() for path in packages)])


def _tables(package: bytes) -> tuple[list[str], dict[str, list[tuple[object, ...]]], dict[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        others = {name: archive.read(name) for name in archive.namelist()}
    database = others.pop("collection.anki2")
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(database)
        query = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        schema = [sql for (sql,) in connection.execute(query)]
        tables = {t: connection.execute(f"SELECT * FROM {t}").fetchall() for t in ("col", "notes", "cards")}
        return schema, tables, others
    finally:
        connection.close()


def main(bank: Path, rows: Path, out: Path) -> None:
    """Do the work."""
    start = time.perf_counter()
    packages = marshal.loads(rows.read_bytes())
    loading = time.perf_counter() - start
    for path in sorted(bank.glob("part-*.yaml")):
        event = yaml.CBaseLoader(path.read_bytes()).get_event
        while event() is not None:
            pass
    for number, (schema, tables, others) in enumerate(packages):
        _write(out / f"{number}.apkg", schema, tables, others)
    print(loading)


def _write(
    path: Path, schema: list[str], tables: dict[str, list[tuple[object, ...]]], others: dict[str, bytes]
) -> None:
    connection = sqlite3.connect(":memory:")
    for sql in schema:
        if sql.startswith("CREATE TABLE"):
            connection.execute(sql)
    for table, rows in tables.items():
        if rows:
            connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
    for sql in schema:
        if sql.startswith("CREATE INDEX"):
            connection.execute(sql)
    connection.commit()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("collection.anki2", connection.serialize())
        for name, content in others.items():
            archive.writestr(name, content, zipfile.ZIP_STORED)
    connection.close()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
