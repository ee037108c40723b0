"""What is committed in `dist/` is what the decks make today."""

import io
import shutil
import sqlite3
import zipfile
from pathlib import Path

import pypdf

import octdeck
from support import ROOT, START


def rows(package: bytes) -> list[list[tuple[object, ...]]]:
    """All that an .apkg says, table by table."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        database = archive.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(database)
        return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("col", "notes", "cards")]
    finally:
        connection.close()


def text(pdf: bytes) -> list[str]:
    """The text of a PDF, page by page."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_dist_is_current(tmp_path: Path) -> None:
    """A build of `decks/` releases nothing new, and makes the same files with the same content as `dist/` holds."""
    decks = shutil.copytree(ROOT / "decks", tmp_path / "decks")

    result = octdeck.build(decks, tmp_path / "dist", now=START)

    assert result.release is not None
    assert (result.release.new, result.release.changed, result.release.gone) == ((), (), ())
    assert sorted(p.name for p in (ROOT / "dist").iterdir()) == sorted(p.name for p in (tmp_path / "dist").iterdir())
    for made in (tmp_path / "dist").iterdir():
        content = rows if made.suffix == ".apkg" else text
        assert content(made.read_bytes()) == content((ROOT / "dist" / made.name).read_bytes()), made.name


def test_our_own_bank_has_no_findings() -> None:
    """`octdeck check --strict` has nothing to say about the decks that come with octdeck."""
    assert octdeck.check(ROOT / "decks") == ()
