"""An exception that nobody foresaw ends in one line, and its traceback in a file."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import octdeck
from support import kinds_bank


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bank, and a Python in which libyaml's wrapper is broken in a way that nobody foresaw."""
    kinds_bank(tmp_path)
    broken = tmp_path / "broken" / "yaml"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise LookupError('this wheel\\nis broken')\n", encoding="utf-8")
    (tmp_path / "tmp").mkdir()
    return tmp_path


def run(folder: Path, before: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder / "broken"), "TMPDIR": str(folder / "tmp"), **more}
    command = f"{before}{shlex.quote(sys.executable)} -m octdeck check decks"
    return subprocess.run(
        ["sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_it_is_said_in_one_line(folder: Path) -> None:
    """The line says whose fault it is, what it was, what was being done and where the traceback is; status 1."""
    result = run(folder)

    assert result.returncode == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    said = re.fullmatch(
        r"octdeck: this is a fault of octdeck, not of your files: LookupError: this wheel is broken, "
        r"while running 'octdeck check decks'; the traceback is in (\S+): please pass it on .*",
        line,
    )
    assert said is not None
    saved = Path(said[1])
    assert saved.parent == folder / "tmp"
    text = saved.read_text(encoding="utf-8")
    assert text.startswith(f"octdeck {octdeck.__version__}, Python {sys.version.split()[0]}, ")
    assert "Traceback (most recent call last):" in text
    assert text.endswith("LookupError: this wheel\nis broken\n")


def test_the_traceback_on_request(folder: Path) -> None:
    """OCTDECK_TRACEBACK=1 shows the traceback, too; 0 does not."""
    shown, hidden = run(folder, OCTDECK_TRACEBACK="1"), run(folder, OCTDECK_TRACEBACK="0")

    assert shown.stderr.startswith("Traceback (most recent call last):")
    assert "this is a fault of octdeck" in shown.stderr.splitlines()[-1]
    assert len(hidden.stderr.splitlines()) == 1


def test_no_room_for_the_file(folder: Path) -> None:
    """Where the traceback cannot be saved, it is shown, so that it is never lost."""
    result = run(folder, "ulimit -f 0; ")  # no file may have a byte

    assert result.returncode == 1
    assert "LookupError: this wheel\nis broken\n" in result.stderr
    assert "the traceback above could not be saved: " in result.stderr.splitlines()[-1]
