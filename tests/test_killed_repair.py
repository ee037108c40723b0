"""A `check --fix` that dies leaves the bank as it was or repaired throughout, once the next command has read it.

And a journal of repairs that comes with a bank from anywhere leads nowhere but into that bank.
"""

import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from faults import build, operations, run
from octdeck import article
from octdeck.cli import main
from support import kinds_bank

BANK = "bank: harbours\ntitle: Harbours\nthemes: {trade: Trade}\n"
FIRST = """deck: Harbours
source: {id: old-port, title: The old port}
questions:
  - {id: a, question: What left from the east quay?, answer: Slate, themes: trade, cites: 1}
"""
OTHER = """deck: More harbours
questions:
  - {id: b, question: Whence came the ships?, answer: From Riga, themes: trade, cites: {old-port: 2}}
"""
BEFORE = ("Slate left from the east quay.", "The ships came from Riga.")
NOW = ("The old port", *BEFORE)
JOURNAL = ".journal.octdeck"


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bank whose article has a new first paragraph, so that two deck files and the lock file count anew."""
    folder = tmp_path_factory.mktemp("moved").resolve()
    (folder / "decks" / "shared").mkdir(parents=True)
    (folder / "articles").mkdir()
    (folder / "articles" / "old-port.txt").write_text("\n\n".join(NOW), encoding="utf-8")
    digests = " ".join(article.parse("\n\n".join(BEFORE)).digests)
    texts = {
        "bank.yaml": BANK,
        "first.yaml": FIRST,
        "shared/other.txt": OTHER,
        "octdeck.lock": f"octdeck-lock 1\nbank harbours\n\narticle old-port {digests}\n",
    }
    for name, text in texts.items():
        (folder / "decks" / name).write_text(text, encoding="utf-8")
    (folder / "decks" / "other.yaml").symlink_to("shared/other.txt")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """What stands in the bank, hidden files aside."""
    paths = [path for path in sorted((folder / "decks").rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths if not path.name.startswith(".")}


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "decks").rglob(".*"))


def copy(folder: Path, to: Path) -> Path:
    return Path(shutil.copytree(folder, to.resolve(), symlinks=True))


def check(decks: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["check", str(decks), *options], catch_exceptions=False)


def killed_with_journal(folder: Path) -> None:
    """Kill a repair right after the moment from which on it counts."""
    shutil.copytree(folder, folder.parent / "counted", symlinks=True)
    count = operations(run(folder.parent / "counted", ("check", "--fix")))
    before = files(folder)
    for moment in range(1, count + 1):
        run(folder, ("check", "--fix"), moment=moment)
        if (folder / "decks" / JOURNAL).exists():
            break
    assert files(folder) == before


# --- killed ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signal", "healer", "every"), [("SIGKILL", "check", 1), ("SIGKILL", "build", 4), ("SIGINT", "check", 4)]
)
def test_killed_at_each_moment(moved: Path, signal: str, healer: str, every: int, tmp_path: Path) -> None:
    """Whatever the moment, after the next command all files are old, or all are new."""
    old, whole = files(moved), copy(moved, tmp_path / "whole")
    count = operations(run(whole, ("check", "--fix")))
    new = files(whole)
    assert {name for name in old if old[name] != new[name]} == {
        f"decks/{name}" for name in ("first.yaml", "other.yaml", "shared/other.txt", "octdeck.lock")
    }

    mixed = 0
    for moment in range(1, count + 1, every):
        folder = copy(moved, tmp_path / f"{moment}")
        died = run(folder, ("check", "--fix"), moment=moment, what=signal)
        assert "Traceback" not in died.stderr, died.stderr
        mixed += files(folder) not in (old, new)
        heal = ("check",) if healer == "check" else ("build", "--to", "html", "--out", "dist")
        assert "Traceback" not in run(folder, heal).stderr

        left = files(folder)
        assert left in (old, new), moment
        run(folder, ("check", "--fix")).check_returncode()
        assert (files(folder), hidden(folder)) == (new, [])
        shutil.rmtree(folder)
    assert mixed or every > 1  # or the moments that matter were not among them


def test_what_was_changed_since_is_not_replaced(moved: Path, tmp_path: Path) -> None:
    """A deck file that a teacher changes before the repair is finished stays; moved away, all is finished."""
    folder = copy(moved, tmp_path / "bank")
    killed_with_journal(folder)
    deck = folder / "decks" / "first.yaml"
    deck.write_text(FIRST.replace("What left", "What was shipped"), encoding="utf-8")

    refused = check(folder / "decks")
    assert refused.exit_code == 1
    assert "first.yaml was changed before octdeck, which was killed" in refused.stderr
    assert "What was shipped" in deck.read_text(encoding="utf-8")

    deck.rename(folder / "mine.yaml")
    assert check(folder / "decks").exit_code == 0
    assert "cites: 2" in deck.read_text(encoding="utf-8")
    assert hidden(folder) == []


@pytest.mark.parametrize("since", ["<<<<<<< mine\n", "<<<<<<< mine\n# A line of mine\n"], ids=["as it was", "changed"])
def test_a_repair_while_a_build_waits(tmp_path: Path, since: str) -> None:
    """After a build that was killed and then a repair, no output comes without its line in the lock file.

    Where the lock file is again what it was, the build is finished; where it is another, nothing of it is taken.
    """
    folder = kinds_bank(tmp_path.resolve()).parent
    lock = folder / "decks" / "octdeck.lock"
    build(folder, "anki", 1_800_000_000).check_returncode()
    released = lock.read_text(encoding="utf-8")
    packages = {path.name: path.read_bytes() for path in (folder / "dist").iterdir()}
    deck = folder / "decks" / "forms.yaml"
    deck.write_text(deck.read_text(encoding="utf-8").replace("harbour", "haven"), encoding="utf-8")
    moment = 0
    while not (folder / "dist" / JOURNAL).exists():
        moment += 1
        build(folder, "anki", 1_800_001_000, moment)
    assert lock.read_text(encoding="utf-8") == released
    lock.write_text(released + since, encoding="utf-8")

    assert check(folder / "decks", "--fix").exit_code == 0
    run(folder, ("quiz", "--count", "2", "--to", "html", "--title", "Q")).check_returncode()

    left = {path.name: path.read_bytes() for path in (folder / "dist").glob("*.apkg")}
    is_finished = "2027-01-15T08:16:40Z" in lock.read_text(encoding="utf-8")
    assert (left != packages, is_finished) == ((False, False) if "line" in since else (True, True))
    build(folder, "anki", 1_800_002_000).check_returncode()
    assert ("2027-01-15T08:33:20Z" in lock.read_text(encoding="utf-8")) is not is_finished


# --- journals from anywhere -----------------------------------------------------------------------------------------


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank in a folder with other things beside it and in it."""
    decks = tmp_path / "decks"
    for folder in (decks / ".git", decks / "sub", tmp_path / "private"):
        folder.mkdir(parents=True)
        (folder / "diary.txt").write_text("mine", encoding="utf-8")
    (decks / "bank.yaml").write_text(BANK, encoding="utf-8")
    (decks / "deck.yaml").write_text(FIRST, encoding="utf-8")
    (decks / "way").symlink_to("../private")
    return decks


def journalled(decks: Path, name: str, content: bytes = b"theirs") -> None:
    """Put a journal into the bank, and what it wants to be put at `name` beside that place."""
    target = Path(os.path.normpath(decks / name))
    target.with_name(f".{target.name}.octdeck").write_bytes(content)
    journal = {name: [hashlib.sha256(content).hexdigest(), None]}
    (decks / JOURNAL).write_text(json.dumps(journal), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../private/diary.txt", "../private/diary.txt"),
        ("sub/../../private/diary.txt", "../private/diary.txt"),
        ("way/diary.txt", "../private/diary.txt"),
        (".git/diary.txt", ".git/diary.txt"),
        ("sub/../.git/diary.txt", ".git/diary.txt"),
    ],
)
def test_no_journal_leads_out(bank: Path, name: str, kept: str) -> None:
    """Not by dots, not by links, not into what is hidden."""
    journalled(bank, name)

    assert check(bank).exit_code == 0
    assert (bank / kept).read_text(encoding="utf-8") == "mine"
    assert not (bank / JOURNAL).exists()


def test_no_journal_leads_anywhere_by_its_full_name(bank: Path, tmp_path: Path) -> None:
    """Nor by the full name of a file."""
    journalled(bank, str(tmp_path / "private" / "diary.txt"))

    assert check(bank).exit_code == 0
    assert (tmp_path / "private" / "diary.txt").read_text(encoding="utf-8") == "mine"


def test_within_the_bank_a_journal_is_followed(bank: Path) -> None:
    """Or the above would prove nothing."""
    journalled(bank, "sub/diary.txt")

    assert check(bank).exit_code == 0
    assert (bank / "sub" / "diary.txt").read_text(encoding="utf-8") == "theirs"


@pytest.mark.parametrize(
    "text",
    ["", "[]", "[" * 100_000, "7", '{"a.yaml": 7}', '{"a.yaml": []}', '{"\\ud800/x": ["0", ""]}', '{"": ["0", ""]}'],
    ids=["empty", "list", "deep", "number", "short", "none", "surrogate", "nameless"],
)
def test_a_journal_of_whatever(bank: Path, text: str) -> None:
    """What is no journal is taken away."""
    (bank / JOURNAL).write_text(text, encoding="utf-8")

    assert check(bank).exit_code == 0
    assert not (bank / JOURNAL).exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_nothing_waits_for_a_pipe(bank: Path) -> None:
    """Neither a journal nor what it names is waited for when it is a pipe."""
    journalled(bank, "deck.yaml")
    (bank / ".deck.yaml.octdeck").unlink()
    os.mkfifo(bank / ".deck.yaml.octdeck")
    assert check(bank).exit_code == 0
    assert (bank / "deck.yaml").read_text(encoding="utf-8") == FIRST

    os.mkfifo(bank / JOURNAL)
    result = check(bank)
    assert (result.exit_code, "is not a regular file" in result.stderr) == (1, True)
