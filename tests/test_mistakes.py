"""mistakes.md, run: each mistake is told at its place, in the words that stand there, all in one run."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from octdeck.cli import main

BANK = "bank: my-bank\ntitle: T\nthemes: {alpha: A, beta-theme: B}\n"
DECK = "deck: D\nquestions:\n  - {id: a, question: Q, answer: A, themes: alpha}\n"


class Case(NamedTuple):
    """One section: the file with the mistake, its text, and what is said."""

    title: str
    file: str
    text: str
    said: str


def cases() -> list[Case]:
    document = Path(__file__).with_name("mistakes.md").read_text(encoding="utf-8")
    found = []
    for section in document.split("\n### ")[1:]:
        blocks = re.findall(r"```(yaml|text)( bank\.yaml)?\n(.*?)```", section, re.DOTALL)
        (_, file, text), (_, _, said) = blocks
        found.append(Case(section.split("\n")[0], file.strip() or "deck.yaml", text, said))
    return found


def checked(text: str, file: str, monkeypatch: pytest.MonkeyPatch, folder: Path, *options: str) -> tuple[int, str]:
    decks = folder / "decks"
    decks.mkdir(parents=True)
    (decks / "bank.yaml").write_text(BANK, encoding="utf-8")
    (decks / "deck.yaml").write_text(DECK, encoding="utf-8")
    (decks / file).write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(main, ["check", *options], catch_exceptions=False)
    return result.exit_code, result.stdout


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.title.lower().replace(" ", "-"))
def test_mistake(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The section's file gives exactly the section's lines, and exit status 1 if one of them is an error."""
    status, said = checked(case.text, case.file, monkeypatch, tmp_path, "--format", "concise")

    findings, summary = said.rsplit("\n", 2)[0] + "\n", said.splitlines()[-1]
    assert findings.replace("\\", "/") == case.said
    assert status == (1 if "error" in summary else 0)


def test_each_mistake_has_a_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every finding of every section has a hint that begins with a verb or asks whether something else was meant."""
    for number, case in enumerate(cases()):
        _, said = checked(case.text, case.file, monkeypatch, tmp_path / str(number), "--format", "full")

        assert said.count("= hint: ") == case.said.count("\n"), case.title
        for hint in re.findall(r"= hint: (.*)", said):
            assert re.match(r"[a-z]+ |did you mean '", hint), hint


def test_a_file_that_is_not_utf8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in another encoding is told at the byte that cannot be read."""
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "bank.yaml").write_text(BANK, encoding="utf-8")
    (tmp_path / "decks" / "deck.yaml").write_bytes(DECK.replace("answer: A", "answer: Ä").encode("latin-1"))
    monkeypatch.chdir(tmp_path)

    result = CliRunner().invoke(main, ["check", "--format", "concise"], catch_exceptions=False)

    place, message = "decks/deck.yaml:3:34", "OD001 the file is not UTF-8 text: byte 0xc4 cannot be read"
    assert f"{place}: {message}" in result.stdout.replace("\\", "/")


def test_the_line_is_shown_with_a_caret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The full report shows the line, a caret under the very value, the hint, and a second place where there is one."""
    text = DECK.replace("themes: alpha", "themes: [alpah]") + "  - {id: a, question: R, answer: B, themes: alpha}\n"

    _, said = checked(text, "deck.yaml", monkeypatch, tmp_path)

    assert said.replace("\\", "/") == (
        "error[OD103]: unknown theme 'alpah'\n"
        " --> decks/deck.yaml:3:46\n"
        "  |\n"
        "3 |   - {id: a, question: Q, answer: A, themes: [alpah]}\n"
        "  |                                              ^^^^^\n"
        "  = hint: did you mean 'alpha'? themes are listed in bank.yaml\n"
        "\n"
        "error[OD201]: the id 'a' is used a second time; it stands in this file in line 3 already\n"
        " --> decks/deck.yaml:4:10\n"
        "  |\n"
        "3 |   - {id: a, question: Q, answer: A, themes: [alpah]}\n"
        "  |          - the first one\n"
        "4 |   - {id: a, question: R, answer: B, themes: alpha}\n"
        "  |          ^\n"
        "  = hint: give the newer of the two another id; never change one that students have\n"
        "\n"
        "2 errors in 1 file; 'octdeck check --fix' repairs 1 of them\n"
    )
