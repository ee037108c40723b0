"""`--watch`, in a process of its own: it answers each save, survives what editors do, and ends with Ctrl-C."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner

from octdeck.cli import main
from support import edit

BANK = "bank: b\ntitle: T\nthemes: {trade: Trade}\n"
DECK = "deck: D\nquestions:\n  - {id: a, question: Q, answer: A, themes: trade}\n"
PATIENCE = 120  # seconds


@dataclass(slots=True)
class Watcher:
    """The process, and what it has said."""

    process: subprocess.Popen[str]
    lines: queue.Queue[str]
    said: list[str] = field(default_factory=list)

    def until(self, part: str) -> list[str]:
        """The lines up to one that has `part` in it."""
        found: list[str] = []
        while not found or part not in found[-1]:
            found.append(self.lines.get(timeout=PATIENCE))
        self.said += found
        return found

    def ready(self) -> list[str]:
        """The lines up to the end of the run."""
        return self.until("Ctrl-C ends it")

    def interrupted(self) -> int:
        """The status with which it ends after Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=PATIENCE)


def queued(output: IO[str], lines: queue.Queue[str]) -> None:
    for line in output:
        lines.put(line)


def save(path: Path, old: str, new: str) -> None:
    """Save as many editors do: another file, then its name."""
    beside = path.with_name(".saving")
    beside.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    beside.replace(path)


@contextmanager
def watcher(folder: Path, *args: str) -> Iterator[Watcher]:
    command = [sys.executable, "-u", "-m", "octdeck", *args, "--watch"]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    ) as process:
        lines: queue.Queue[str] = queue.Queue()
        assert process.stdout is not None
        reader = threading.Thread(target=queued, args=[process.stdout, lines])
        reader.start()
        try:
            yield Watcher(process, lines)
        finally:
            process.kill()
            reader.join()


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    folder = tmp_path / "decks"
    folder.mkdir()
    (folder / "bank.yaml").write_text(BANK, encoding="utf-8")
    (folder / "deck.yaml").write_text(DECK, encoding="utf-8")
    return folder


def test_check_answers_each_save(decks: Path) -> None:
    """A mistake is told when it is saved, whether the editor writes, renames or deletes; Ctrl-C ends with status 0."""
    deck = decks / "deck.yaml"
    with watcher(decks.parent, "check", "--format", "concise") as watching:
        assert "no mistakes found\n" in watching.ready()

        edit(deck, "themes: trade", "themes: trad")
        assert "unknown theme 'trad'" in "".join(watching.until("OD103"))
        watching.ready()

        new = decks / "deck.yaml.new"
        new.write_text(DECK.replace("answer", "anwser"), encoding="utf-8")
        new.replace(deck)
        assert "changed: decks" in "".join(watching.until("OD101"))
        watching.ready()

        deck.unlink()
        watching.until("no mistakes found")
        watching.ready()

        (decks / "another.yaml").write_text("deck: [\n", encoding="utf-8")
        watching.until("OD002")
        watching.ready()

        assert watching.interrupted() == 0


def test_check_survives_what_is_not_there(decks: Path) -> None:
    """A bank that goes away is a fault to be told; when it is back, the work goes on."""
    with watcher(decks.parent, "check") as watching:
        watching.ready()

        decks.rename(decks.with_name("elsewhere"))
        watching.until("there is no bank.yaml in decks")
        watching.ready()

        decks.with_name("elsewhere").rename(decks)
        watching.until("no mistakes found")
        watching.ready()

        edit(decks / "bank.yaml", "bank: b", "bank: ???")
        watching.until("OD107")
        watching.ready()

        assert watching.interrupted() == 0


def test_build_does_not_wake_itself(decks: Path) -> None:
    """A build's own writing of the lock file and of outputs in the bank is no change; nor are hidden files."""
    with watcher(decks.parent, "build", "--to", "anki", "--out", "decks/dist") as watching:
        assert "for students: 1 new, 0 changed, 0 unchanged\n" in watching.ready()

        (decks / ".deck.yaml.swp").write_text("x", encoding="utf-8")
        (decks / "deck.yaml~").write_text("x", encoding="utf-8")
        save(decks / "deck.yaml", "answer: A", "answer: B")
        assert "for students: 0 new, 1 changed, 0 unchanged\n" in watching.ready()

        save(decks / "deck.yaml", "answer: B", "answer: [")
        assert "1 error in 1 file; nothing was written\n" in watching.ready()

        save(decks / "deck.yaml", "answer: [", "answer: C")
        assert "for students: 0 new, 1 changed, 0 unchanged\n" in watching.ready()

        assert watching.interrupted() == 0
    changed = [line.partition("changed: ")[2].strip() for line in watching.said if " changed: " in line]
    assert changed == [os.path.join("decks", "deck.yaml")] * 3  # noqa: PTH118  as it is shown


def test_another_s_lock_file_counts(decks: Path) -> None:
    """A lock file that somebody else changed, such as a merge, is looked at."""
    with watcher(decks.parent, "build", "--to", "anki") as watching:
        watching.ready()

        with (decks / "octdeck.lock").open("a", encoding="utf-8") as file:
            file.write("<<<<<<< HEAD\n")
        watching.until("octdeck.lock")
        watching.until("error[")
        watching.ready()

        assert watching.interrupted() == 0


@pytest.mark.parametrize(
    "args",
    [("check", "--fix"), ("check", "--diff"), ("check", "--format", "json"), ("build", "--update-articles")],
    ids=" ".join,
)
def test_what_does_not_go_with_it(args: tuple[str, ...]) -> None:
    """What changes files once, or is for programs, is not for watching: wrong usage, in words."""
    result = CliRunner().invoke(main, [*args, "--watch"])

    assert result.exit_code == 2
    assert "--watch" in result.stderr
