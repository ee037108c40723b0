"""The command itself: help, version, exit status, colour."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import octdeck
from octdeck.cli import main
from support import ROOT, kinds_bank

COMMANDS = [command.stem for command in sorted(ROOT.glob("src/octdeck/commands/*.py")) if command.stem != "__init__"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    """`octdeck COMMAND --help` says what it does and shows an example that names the command."""
    result = CliRunner().invoke(main, [name, "--help"])

    assert result.exit_code == 0
    assert "Examples:" in result.stdout
    assert f"octdeck {name}" in result.stdout.split("Examples:")[1]


def test_help_lists_all_commands() -> None:
    """`octdeck --help` names every command."""
    listed = CliRunner().invoke(main, ["--help"]).stdout

    assert all(f"  {name} " in listed for name in COMMANDS)


@pytest.mark.parametrize("program", [[sys.executable, "-m", "octdeck"], [str(Path(sys.executable).parent / "octdeck")]])
def test_version(program: list[str]) -> None:
    """Both `octdeck` and `python -m octdeck` run and tell their version."""
    result = subprocess.run([*program, "--version"], capture_output=True, text=True, check=True)

    assert result.stdout == f"octdeck, version {octdeck.__version__}\n"


def test_version_is_quick() -> None:
    """What only a build needs is not imported to tell the version: no data, no compiler, no Anki package."""
    code = "import sys, octdeck.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert "click" in loaded
    assert not {"watchfiles", "typst", "genanki", "markdown_it", "yaml", "msgspec"} & set(loaded)


def test_no_colour_in_a_pipe(tmp_path: Path) -> None:
    """Output that is not for a terminal holds no colour and no progress."""
    decks = kinds_bank(tmp_path)
    (decks / "bad.yaml").write_text("dekc: D\n", encoding="utf-8")

    result = subprocess.run(
        [sys.executable, "-m", "octdeck", "build"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert result.returncode == 1
    assert "error[OD101]" in result.stderr
    assert "\x1b" not in result.stdout + result.stderr
    assert "\r" not in result.stdout + result.stderr


def test_progress_on_a_terminal(tmp_path: Path) -> None:
    """A terminal shows how far it is with what takes long, in one line that is gone at the end."""
    kinds_bank(tmp_path)
    code = (
        "from octdeck import cli, console; console._PATIENCE, console._AGAIN = 0, 0.002;"
        " cli.main(['build', '--to', 'pdf'])"
    )
    ours, theirs = os.openpty()

    with subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, stdout=subprocess.PIPE, stderr=theirs) as running:
        os.close(theirs)
        shown = b"".join(iter(lambda: _read(ours), b""))
        said, _ = running.communicate()
    os.close(ours)

    assert running.returncode == 0
    assert re.search(rb"\r\x1b\[K\[\d/5\] made [a-z-]+\.pdf", shown, re.IGNORECASE)
    assert shown.endswith(b"\r\x1b[K")
    assert b"\x1b" not in said


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # the other side has ended
        return b""


def test_quiet_and_verbose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--quiet leaves only what is wrong, --verbose adds each step and each file, and both at once make no sense."""
    decks = kinds_bank(tmp_path)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments, catch_exceptions=False)

    loud = run("build", "--to", "pdf", "--verbose")
    (tmp_path / "dist" / "mixed-A.pdf").unlink()
    again = run("build", "--to", "pdf", "-v")
    quiet = run("build", "--to", "pdf", "--quiet")

    assert re.search(r"^ *\d+\.\d\d s  \[2/2\] reading forms\.yaml$", loud.stderr, re.MULTILINE)
    assert "[5/5] made " in loud.stderr
    assert f"kept {Path('dist', 'mixed-B.pdf')}\n" in again.stdout
    assert quiet.output == ""
    (decks / "bad.yaml").write_text("dekc: D\nquestions: []\n", encoding="utf-8")
    assert run("check", "-q").stdout.startswith("error[OD101]")
    assert "1 error" not in run("check", "-q").stdout
    assert run("check", "-q", "-v").exit_code == 2


def test_json(tmp_path: Path) -> None:
    """`--format json` is a list of findings with code, place and hint."""
    import json

    decks = kinds_bank(tmp_path)
    (decks / "bad.yaml").write_text("dekc: D\nquestions: []\n", encoding="utf-8")

    result = CliRunner().invoke(main, ["check", str(decks), "--format", "json"])

    (finding,) = json.loads(result.stdout)
    assert (finding["code"], finding["line"], finding["column"]) == ("OD101", 1, 1)
    assert finding["hint"] == "did you mean 'deck'?"


def test_commands_are_documented() -> None:
    """Each option of each command has a help text."""
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        options = [param for param in command.params if isinstance(param, click.Option)]

        assert all(option.help for option in options), command.name


def test_the_bank_one_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the folder of a bank its commands need no name; where there is a folder `decks`, that is meant."""
    folder = kinds_bank(tmp_path)
    monkeypatch.chdir(folder)
    inside = CliRunner().invoke(main, ["check"])
    (folder / "decks").mkdir()
    beside = CliRunner().invoke(main, ["check"])

    assert "no mistakes found" in inside.stderr + inside.stdout
    assert beside.exit_code == 1
    assert "there is no bank.yaml in decks" in beside.stderr
