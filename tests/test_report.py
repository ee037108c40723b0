"""How `octdeck check` shows what it found: to people, and to programs."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from wcwidth import wcswidth

from octdeck.cli import main

BANK = "bank: harbours\ntitle: Harbours\nthemes: {building: Building, trade: Trade}\n"


def written(folder: Path, *questions: str, bank: str = BANK, **more: str) -> Path:
    """A bank in `folder` with these questions, a line each, and other deck files."""
    decks = folder / "decks"
    decks.mkdir()
    (decks / "bank.yaml").write_text(bank, encoding="utf-8")
    text = "deck: Harbours\nquestions:\n" + "".join(f"{question}\n" for question in questions)
    (decks / "deck.yaml").write_text(text, encoding="utf-8")
    for name, other in more.items():
        (decks / f"{name}.yaml").write_text(other, encoding="utf-8")
    return decks


def checked(folder: Path, monkeypatch: pytest.MonkeyPatch, *options: str, **environment: str) -> Result:
    monkeypatch.chdir(folder)
    environ = {"NO_COLOR": None, "FORCE_COLOR": None, "TERM": "xterm"} | environment
    return CliRunner().invoke(main, ["check", *options], env=environ, catch_exceptions=False)


def underlined(shown: str) -> list[tuple[str, str]]:
    """What stands above each underline in a terminal, cell by cell, and the underline with the words behind it."""
    found = []
    text = ""
    for line in shown.split("\n"):
        if numbered := re.match(r" *\d+ \| (.*)", line):
            text = numbered[1]
        if marks := re.fullmatch(r" +\| ( *)([\^-]+)(.*)", line):
            start, end = len(marks[1]), len(marks[1]) + len(marks[2])
            inside = [char for index, char in enumerate(text) if start <= wcswidth(text[:index]) < end]
            found.append(("".join(inside), marks[2] + marks[3]))
    return found


@pytest.mark.parametrize(
    "before",
    [
        "plain",
        "港湾の歴史",
        "e\u0301e\u0301",
        "a\t tab",
        "👩‍👩‍👧 family",
        "한국어",
        "x" * 300,
        "港" * 200,
        "e\u0301" * 300,
        "ﷺ",
    ],
)
def test_the_mark_stands_below_the_value(before: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wide characters, accents, tabs, emoji and very long lines do not move the mark away from what it is about."""
    written(tmp_path, f'  - {{id: a, paper: false, question: "{before}", answer: A, themes: [zebra]}}')

    shown = checked(tmp_path, monkeypatch).stdout

    assert underlined(shown) == [("zebra", "^^^^^")]
    assert all(wcswidth(line) <= 110 for line in shown.split("\n"))


def test_a_long_value_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a value that is longer than a line, the beginning is shown and underlined, up to a sign that there is more."""
    written(tmp_path, f"  - {{id: a, question: Q, answer: [{'slate, ' * 60}slate], themes: [trade]}}")

    lines = checked(tmp_path, monkeypatch).stdout.split("\n")

    assert lines[3].startswith("3 | …") or lines[3].startswith("3 |   - {id: a")
    assert lines[3].endswith("…")
    assert re.fullmatch(r"  \|  +\^{20,100}", lines[4])


def test_a_value_of_several_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its first and last line are shown, and what comes between is left out; what follows does not belong to it."""
    written(
        tmp_path,
        "  - id: a",
        "    question: Q",
        "    answer: A",
        "    themes: [trade]",
        "    difficulty: |",
        "      quite",
        "      very",
        "      hard",
        "",
        "    # a comment",
    )

    shown = checked(tmp_path, monkeypatch).stdout

    assert "7 |     difficulty: |\n   |                 ^\n...\n10 |       hard\n   |       ^^^^\n" in shown


def test_two_places_in_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are shown in one view, in the order of the file, the second with what it is."""
    written(
        tmp_path,
        "  - {id: a, question: Q, answer: Slate, distractors: [Wool, Slate], themes: [trade]}",
        "",
        "",
        "  - {id: a, question: P, answer: A, themes: [trade]}",
        "  - {id: b, question: R, answer: B, themes: [trade]}",
        "  - {id: b, question: S, answer: C, themes: [trade]}",
    )

    shown = checked(tmp_path, monkeypatch).stdout

    assert underlined(shown) == [
        ("Slate", "----- the answer"),
        ("Slate", "^^^^^"),
        ("b", "- the first one"),
        ("b", "^"),
    ]


def test_two_places_in_two_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is shown under the name of its file; where a whole file is meant, its name is enough."""
    same = "deck: Harbours\nquestions:\n  - {id: a, question: R, answer: B, themes: [trade]}\n"
    bank = f"{BANK}quizzes:\n  - {{id: deck, title: A test}}\n"
    written(tmp_path, "  - {id: a, question: Q, answer: A, themes: [trade]}", bank=bank, other=same)

    shown = checked(tmp_path, monkeypatch).stdout.replace("\\", "/")

    assert " --> decks/other.yaml:3:10\n" in shown
    assert " ::: decks/deck.yaml:3:10\n" in shown
    assert " ::: decks/deck.yaml:1:1 the other\n" in shown


def test_nothing_reaches_the_terminal_as_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Characters that would turn, move or colour the text are shown as signs, in the text and in the message."""
    written(tmp_path, '  - {id: a, question: "\u202eQ", answer: A, themes: ["z\u202eb"]}')

    shown = checked(tmp_path, monkeypatch).stdout

    assert "\u202e" not in shown


@pytest.mark.parametrize(
    ("options", "environment", "coloured"),
    [
        ((), {}, False),  # no terminal
        (("--color",), {}, True),
        (("--color",), {"NO_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "0"}, False),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--no-color",), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour(
    options: tuple[str, ...],
    environment: dict[str, str],
    coloured: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The command line decides first, then NO_COLOR, then FORCE_COLOR; the words are the same with and without."""
    written(tmp_path, "  - {id: a, question: Q, answer: A, themes: [tarde]}")

    for more in ((), ("--diff",)):
        shown = checked(tmp_path, monkeypatch, *options, *more, **environment).stdout

        assert ("\x1b[" in shown) == coloured
        assert re.sub(r"\x1b\[\d*m", "", shown) == checked(tmp_path, monkeypatch, *more).stdout


@pytest.mark.parametrize(
    ("themes", "said"),
    [
        (["trade"], "no mistakes found"),
        (["zebra"], "1 error in 1 file"),
        (["tarde", "zebra"], "2 errors in 1 file; 'octdeck check --fix' repairs 1 of them"),
        (['"trade "', "trade"], "1 error and 1 warning in 1 file; 'octdeck check --fix' repairs 1 of them"),
    ],
)
def test_summary(themes: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last line counts errors, warnings, files, and what can be repaired."""
    written(tmp_path, *(f"  - {{id: q{i}, question: Q{i}, answer: A, themes: [{t}]}}" for i, t in enumerate(themes)))

    assert checked(tmp_path, monkeypatch).stdout.splitlines()[-1] == said


def test_json_has_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each object has place, hint, second place, repair and the page of its code."""
    written(
        tmp_path,
        "  - {id: a, question: Q, answer: A, themes: [tarde]}",
        "  - {id: a, question: Q, answer: A, themes: [trade]}",
    )

    theme, twice = json.loads(checked(tmp_path, monkeypatch, "--format", "json").stdout)

    place = {"path": "decks/deck.yaml", "line": 3, "column": 46, "end_line": 3, "end_column": 51}
    assert theme == {
        "code": "OD103",
        "severity": "error",
        "message": "unknown theme 'tarde'",
        "hint": "did you mean 'trade'? themes are listed in bank.yaml",
        **place,
        "related": [],
        "fix": {"text": "trade", **place},
        "page": "docs/codes/OD103.md",
    }
    assert twice["fix"] is None
    assert [(other["message"], other["line"], other["column"]) for other in twice["related"]] == [
        ("the first one", 3, 10)
    ]


def test_github_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command a line; what GitHub would read as its own signs is escaped, and file names begin at the checkout."""
    odd = "deck: D\nquestions:\n  - {id: 100%, question: Q, answer: A, themes: [trade]}\n"
    written(tmp_path, "  - id: a", "    difficulty: |", "      5", "      6", **{"a,b:c": odd})

    relative = checked(tmp_path, monkeypatch, "--format", "github").stdout
    absolute = checked(tmp_path, monkeypatch, "--format", "github", str(tmp_path / "decks")).stdout

    commands = relative.splitlines()
    assert relative == absolute
    assert all(re.fullmatch(r"::(error|warning) [^:\s]+( [^:]*)?::.+", command) for command in commands)
    assert commands[0] == (
        "::error title=octdeck OD107,file=decks/a%2Cb%3Ac.yaml,line=3,endLine=3,col=10,endColumn=14::"
        "'100%25' is not an id"
        "%0Ahint: use letters, digits, '-', '_' and '.', beginning with a letter or digit: 'mrc-purpose'"
    )
