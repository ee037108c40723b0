"""A build that dies, of anything, leaves each output old or new, whole, and the lock in step; the next build heals it.

tests/faults.py does the same with PDFs, and at random times, when it is run as a program.
"""

import shutil
from pathlib import Path
from random import Random

import pytest

from faults import Case, at_operations, case, disk_full, killed_at_random, read_only, two_at_once, vanishing


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A bank that was released, and changed since."""
    return case(tmp_path_factory.mktemp("changed").resolve(), "anki")


@pytest.mark.parametrize(("signal", "every"), [("SIGKILL", 2), ("SIGINT", 5)])
def test_ended_at_some_moment(changed: Case, signal: str, every: int, tmp_path: Path) -> None:
    """Killed, or stopped with Ctrl-C, right before an operation on a file."""
    left = at_operations(changed, tmp_path.resolve(), signal, every)

    # Or the moments that matter were not among them. What comes after the outputs is the memory of the build.
    assert {"old", "unfinished"} <= left.keys() <= {"old", "unfinished", "new"}


def test_killed_at_random(changed: Case, tmp_path: Path) -> None:
    """Killed from outside at some times of a build."""
    assert killed_at_random(changed, tmp_path.resolve(), 5, Random(1917)).total() == 5


def test_a_file_that_vanishes(changed: Case, tmp_path: Path) -> None:
    """A deck file that is gone when it is to be read is told, and nothing is written."""
    assert vanishing(changed, tmp_path.resolve()) == 2


def test_two_builds_at_once(changed: Case, tmp_path: Path) -> None:
    """One of them decides on the release, the other follows."""
    assert two_at_once(changed, tmp_path.resolve(), 2) == 2


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs Linux, to mount a file system of its own")
@pytest.mark.parametrize("part", ["dist", "decks"])
def test_no_room_or_no_permission(changed: Case, part: str, tmp_path: Path) -> None:
    """A full disk and a read-only folder are told, and nothing is left behind."""
    disk_full(changed, tmp_path.resolve(), part, rooms=[0, 12])
    read_only(changed, tmp_path.resolve(), part)
