"""A lock file that was lost comes back from the last package; and packages from anywhere do no harm."""

import io
import json
import shutil
import sqlite3
import tempfile
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from anki.collection import ExportAnkiPackageOptions
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from octdeck.cli import main
from octdeck.errors import OctdeckError
from octdeck.readers import apkg
from support import START, YEAR, built, edit, kinds_bank, student


@pytest.fixture
def decks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The bank with every kind of question, released into the working directory's `dist`."""
    monkeypatch.chdir(tmp_path)
    decks = kinds_bank(tmp_path)
    built(decks)
    edit(decks / "forms.yaml", "answer: The parish", "answer: The town")
    built(decks, START + YEAR)
    return decks


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args, catch_exceptions=False)


def test_what_the_lock_holds_in_short(decks: Path) -> None:
    """`octdeck lock` counts the questions by the day of their last change and by deck."""
    result = run("lock")

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "bank kinds",
        "questions, by the day of their last change:",
        "  2023-11-14     13",
        "  2024-11-13      1",
        "questions, by Anki deck:",
        "  Kinds::All of them     14",
        "articles, by the number of their paragraphs: none",
    ]


def test_no_lock_and_a_damaged_one(decks: Path) -> None:
    """Where there is none, `octdeck lock` says what to do; in a damaged one it shows the line."""
    (decks / "octdeck.lock").write_text("octdeck-lock 1\nbank kinds\nquestion\n", encoding="utf-8")
    damaged = run("lock")
    (decks / "octdeck.lock").unlink()
    missing = run("lock")

    assert (damaged.exit_code, missing.exit_code) == (1, 1)
    assert "error[OD210]" in damaged.stderr
    assert "octdeck lock --from FILE" in missing.stderr


def test_a_lost_lock_comes_back_to_the_byte(decks: Path) -> None:
    """From the last package, the file is the same again, and the next build changes nothing for anyone."""
    lock = decks / "octdeck.lock"
    before = lock.read_bytes(), Path("dist/kinds.apkg").read_bytes()
    lock.unlink()

    result = run("lock", "--from", "dist/kinds.apkg")

    assert result.exit_code == 0
    assert "14 questions" in result.stdout
    assert "no fingerprints of articles" in result.stdout
    assert lock.read_bytes() == before[0]
    plan = built(decks, START + 2 * YEAR).release
    assert plan is not None
    assert len(plan.unchanged) == 14
    assert (lock.read_bytes(), Path("dist/kinds.apkg").read_bytes()) == before


@pytest.mark.parametrize("package", ["kinds.apkg", "forms.apkg"])
def test_a_build_that_would_forget_a_release_is_refused(decks: Path, package: str) -> None:
    """Without its lock, a bank is not built over a package of it; the message names the cure, and the cure works."""
    (decks / "octdeck.lock").unlink()
    for path in Path("dist").iterdir():
        if path.name != package:
            path.unlink()
    before = {path.name: path.read_bytes() for path in Path("dist").iterdir()}

    result = run("build", "--to", "anki")

    assert result.exit_code == 1
    assert {path.name: path.read_bytes() for path in Path("dist").iterdir()} == before
    assert not (decks / "octdeck.lock").exists()
    assert f"run 'octdeck lock --from dist/{package} decks'" in result.stderr.replace("\\", "/")
    assert run("lock", "--from", f"dist/{package}", "decks").exit_code == 0
    assert "0 new, 0 changed, 14 unchanged" in run("build", "--to", "anki").stdout


def test_no_package_in_the_way(decks: Path) -> None:
    """A first build into another folder, or over a package of another bank, is no case for it; a damaged package is."""
    (decks / "octdeck.lock").unlink()
    other = kinds_bank(decks.parent / "other")
    edit(other / "bank.yaml", "bank: kinds", "bank: others")
    built(other)
    shutil.copy(decks.parent / "other/dist/others.apkg", "dist/kinds.apkg")
    shutil.copy(decks.parent / "other/dist/others.apkg", "dist/forms.apkg")

    assert run("build", "--to", "anki").exit_code == 0
    (decks / "octdeck.lock").unlink()
    Path("dist/kinds.apkg").write_bytes(b"")
    refused = run("build", "--to", "anki")
    assert refused.exit_code == 1
    assert "move the package away" in refused.stderr


def test_a_good_lock_is_not_overwritten(decks: Path) -> None:
    """A lock in order stays unless `--force` is given; and even then what is later holds, and nothing is lost."""
    lock = decks / "octdeck.lock"
    old = shutil.copy("dist/kinds.apkg", "old.apkg")
    edit(decks / "forms.yaml", "answer: The town", "answer: The county")
    (decks / "new.yaml").write_text("deck: D\nquestions:\n  - {id: shore, question: Q, answer: A, themes: forms}\n")
    built(decks, START + 2 * YEAR)
    late = lock.read_text("utf-8")
    assert run("lock", "--from", "dist/kinds.apkg").stdout.startswith("decks")
    early = "".join(line for line in late.splitlines(keepends=True) if " shore " not in line and " typed " not in line)
    lock.write_text(early, "utf-8")

    refused, forced = run("lock", "--from", old), run("lock", "--from", old, "--force")

    assert refused.exit_code == 1
    assert "add --force" in refused.stderr
    assert forced.exit_code == 0
    assert lock.read_text("utf-8") == "".join(line for line in late.splitlines(keepends=True) if " shore " not in line)
    assert run("lock", "--from", old, "--from", "dist/kinds.apkg", "--force").exit_code == 0
    assert lock.read_text("utf-8") == late


def test_a_damaged_lock_keeps_what_can_be_read(decks: Path) -> None:
    """Of a lock with a broken line, fingerprints and all other lines are kept, and the broken one is told."""
    lock = decks / "octdeck.lock"
    article = "article harbour 0123456789 9876543210\n"
    whole = lock.read_text("utf-8").replace("\n\n", f"\n\n{article}")
    lock.write_text(
        whole.replace("question typed main", "question typed").replace("question short", "qustion"), "utf-8"
    )

    result = run("lock", "--from", "dist/kinds.apkg")

    assert result.exit_code == 0
    assert result.stderr.count("OD210") == 2
    assert lock.read_text("utf-8") == whole


def test_a_package_that_anki_exported(decks: Path, tmp_path: Path) -> None:
    """What Anki exports for older versions serves as well; its newest form is refused with the way to export."""
    lock = decks / "octdeck.lock"
    before = lock.read_bytes()
    with student(tmp_path) as anna:
        anna.imports(Path("dist/kinds.apkg"))
        anna.reviews_next("Kinds::All of them")
        for name, legacy in (("old.apkg", True), ("new.apkg", False)):
            options = ExportAnkiPackageOptions(
                with_scheduling=True, with_deck_configs=True, with_media=True, legacy=legacy
            )
            anna.collection.export_anki_package(out_path=str(tmp_path / name), options=options, limit=None)
    lock.unlink()

    refused = run("lock", "--from", "new.apkg")

    assert refused.exit_code == 1
    assert "'Support older Anki versions'" in refused.stderr
    assert not lock.exists()
    assert run("lock", "--from", "old.apkg").exit_code == 0
    assert lock.read_bytes() == before


def test_another_bank_and_other_files(decks: Path) -> None:
    """A package of another bank, or a file that is none, is told in a line with a hint, and nothing is written."""
    (decks / "octdeck.lock").unlink()
    other = kinds_bank(decks.parent / "other")
    edit(other / "bank.yaml", "bank: kinds", "bank: others")
    built(other)

    result = run("lock", "--from", "other/dist/others.apkg")

    assert result.exit_code == 1
    assert "has no question of the bank 'kinds', but some of 'others'" in result.stderr
    assert "hint: write 'bank: others' again" in result.stderr
    assert "is no Anki package" in run("lock", "--from", "decks/bank.yaml").stderr
    assert not (decks / "octdeck.lock").exists()


def test_the_lock_of_another_bank_stays(decks: Path) -> None:
    """A lock file of a bank with another id is never replaced, as nobody could tell which students it is about."""
    other = kinds_bank(decks.parent / "other")
    edit(other / "bank.yaml", "bank: kinds", "bank: others")
    built(other)
    before = (decks / "octdeck.lock").read_bytes()
    shutil.copy(decks / "octdeck.lock", other / "octdeck.lock")

    result = run("lock", "other/decks", "--from", "other/dist/others.apkg", "--force")

    assert result.exit_code == 1
    assert "hint: write 'bank: kinds' again" in result.stderr
    assert (other / "octdeck.lock").read_bytes() == before


def test_the_cure_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where folders have spaces in their names, the command that a message names has quotation marks."""
    monkeypatch.chdir(tmp_path)
    bank = kinds_bank(tmp_path / "my school")
    built(bank)
    (bank / "octdeck.lock").unlink()

    result = run("build", str(Path("my school/decks")), "--to", "anki", "--out", str(Path("my school/dist")))

    shown = result.stderr.replace("\\", "/")
    assert """run 'octdeck lock --from "my school/dist/kinds.apkg" "my school/decks"'""" in shown


def test_nothing_from_a_package_reaches_the_terminal_raw(decks: Path) -> None:
    """Characters that a terminal obeys, in the name of a deck or in what SQLite says, are not shown as they are."""
    database_with = database("CREATE VIEW notes AS SELECT * FROM '\x1b[31mred'")
    Path("x.apkg").write_bytes(zipped(collection_anki2=database_with))
    text = (decks / "octdeck.lock").read_text("utf-8")
    (decks / "octdeck.lock").write_text(text.replace("All of them", "\x1b[31mred"), "utf-8")

    assert "\x1b" not in run("lock", "--from", "x.apkg").stderr
    assert "\x1b" not in run("lock").stdout


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name.replace("_", "."), content)
    return buffer.getvalue()


def database(*statements: str) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE col (decks, models)")
    connection.execute("CREATE TABLE cards (nid, ord, did, odid)")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data


_NOTE = "1, 'g', 1568097375934, 1, ''"
_ENDLESS = "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT"
_NOTES = "CREATE TABLE notes (id, guid, mid, mod, tags, flds)"


@pytest.mark.parametrize(
    "data",
    {
        "empty": b"",
        "no zip": b"PK\x05\x06" + b"\0" * 10,
        "cut": zipped(collection_anki2=database(_NOTES))[:-40],
        "a list too long": b"PK\x05\x06" + b"\0" * 8 + b"\xff\xff\xff\x7f" + b"\0" * 6,
        "no collection": zipped(media=b"{}"),
        "no database": zipped(collection_anki2=b"SQLite format 3\0" + b"\xff" * 5000),
        "no text": zipped(collection_anki2=b""),
        "no tables": zipped(collection_anki2=database()),
        "a bomb": zipped(collection_anki2=bytes(200 * 2**20)),
        "an endless view": zipped(
            collection_anki2=database(
                f"CREATE VIEW notes (id, guid, mid, mod, tags, flds) AS {_ENDLESS} {_NOTE}, i FROM n"
            )
        ),
        "an endless view that matches nothing": zipped(
            collection_anki2=database(
                f"CREATE VIEW notes (id, guid, mid, mod, tags, flds) AS {_ENDLESS} 1, 'g', i + 0.5, 1, '', '' FROM n"
            )
        ),
        "huge values": zipped(
            collection_anki2=database(_NOTES, f"INSERT INTO notes VALUES ({_NOTE}, printf('%20000000d', 1))")
        ),
        "values made while reading": zipped(
            collection_anki2=database(
                "CREATE TABLE notes (id, guid, mid, mod, tags, flds AS (printf('%9000000d', 1)))",
                f"INSERT INTO notes VALUES ({_NOTE})",
            )
        ),
        "endless cards": zipped(
            collection_anki2=database(
                _NOTES, "DROP TABLE cards", f"CREATE VIEW cards (nid, ord, did, odid) AS {_ENDLESS} i, 0, 1, 0 FROM n"
            )
        ),
        "numbers for text": zipped(collection_anki2=database(_NOTES, f"INSERT INTO notes VALUES ({_NOTE}, 7)")),
        "bytes for text": zipped(collection_anki2=database(_NOTES, f"INSERT INTO notes VALUES ({_NOTE}, x'ff')")),
        "no utf-8": zipped(
            collection_anki2=database(_NOTES, f"INSERT INTO notes VALUES ({_NOTE}, CAST(x'ff' AS TEXT))")
        ),
        "a list for decks": zipped(collection_anki2=database(_NOTES, "INSERT INTO col VALUES ('[]', '{}')")),
        "deep decks": zipped(collection_anki2=database(_NOTES, f"INSERT INTO col VALUES ('{'[' * 100_000}', '{{}}')")),
        "a deck with no number": zipped(
            collection_anki2=database(_NOTES, """INSERT INTO col VALUES ('{"x": {"name": "D"}}', '{}')""")
        ),
    }.items(),
    ids=lambda case: case[0].replace(" ", "-"),
)
def test_hostile_packages(data: tuple[str, bytes]) -> None:
    """Whatever a package holds, reading it ends soon, in one line that names it."""
    with pytest.raises(OctdeckError, match=r"^x\.apkg is no Anki package that can be read"):
        apkg.read(io.BytesIO(data[1]), "x.apkg", "kinds")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2**31), st.integers(0, 255)), min_size=1, max_size=20), st.booleans())
def test_spoiled_packages(changes: list[tuple[int, int]], zipped_too: bool) -> None:
    """With any bytes changed in it, or in the database inside, a package is read or refused, and nothing else."""
    whole = _package()
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        data = bytearray(whole if zipped_too else package.read("collection.anki2"))
    for place, value in changes:
        data[place % len(data)] = value
    spoiled = bytes(data) if zipped_too else zipped(collection_anki2=bytes(data))

    with suppress(OctdeckError):
        assert len(apkg.read(io.BytesIO(spoiled), "x.apkg", "kinds").notes) <= 14


@cache
def _package() -> bytes:
    """A package of the bank with every kind of question."""
    with tempfile.TemporaryDirectory() as folder:
        built(kinds_bank(Path(folder)))
        return (Path(folder) / "dist" / "kinds.apkg").read_bytes()


def test_names_from_a_package_stay_in_their_line(decks: Path) -> None:
    """A deck's name with line breaks, as a hostile package may have it, cannot write lines of its own into the lock."""
    with zipfile.ZipFile("dist/kinds.apkg") as package:
        data = package.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    (text,) = connection.execute("SELECT decks FROM col").fetchone()
    named = {id_: {**deck, "name": "A\nbank other\u2028::\r"} for id_, deck in json.loads(text).items()}
    connection.execute("UPDATE col SET decks = ?", (json.dumps(named),))
    connection.commit()
    Path("x.apkg").write_bytes(zipped(collection_anki2=connection.serialize()))
    connection.close()
    (decks / "octdeck.lock").unlink()

    result = run("lock", "--from", "x.apkg")

    assert result.exit_code == 0
    assert (decks / "octdeck.lock").read_text("utf-8").count("\n") == 4 + 14
    assert "A bank other::?     14" in run("lock").stdout
