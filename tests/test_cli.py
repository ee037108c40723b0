"""The command itself: help, version, exit status, colour."""

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import octdeck
from octdeck.cli import main
from support import kinds_bank


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_help_with_an_example(name: str) -> None:
    """`octdeck COMMAND --help` says what it does and shows an example that names the command."""
    result = CliRunner().invoke(main, [name, "--help"])

    assert result.exit_code == 0
    assert "Examples:" in result.stdout
    assert f"octdeck {name}" in result.stdout.split("Examples:")[1]


def test_help_lists_all_commands() -> None:
    """`octdeck --help` names every command."""
    listed = CliRunner().invoke(main, ["--help"]).stdout

    assert all(f"  {name} " in listed for name in main.commands)


@pytest.mark.parametrize("program", [[sys.executable, "-m", "octdeck"], [str(Path(sys.executable).parent / "octdeck")]])
def test_version(program: list[str]) -> None:
    """Both `octdeck` and `python -m octdeck` run and tell their version."""
    result = subprocess.run([*program, "--version"], capture_output=True, text=True, check=True)

    assert result.stdout == f"octdeck, version {octdeck.__version__}\n"


def test_version_is_quick() -> None:
    """What only a build needs is not imported to tell the version: no schema, no compiler, no Anki package."""
    code = "import sys, octdeck.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert "click" in loaded
    assert not {"watchfiles", "typst", "genanki", "markdown_it", "yaml"} & set(loaded)


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
    for command in main.commands.values():
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
