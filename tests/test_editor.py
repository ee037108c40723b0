"""VS Code's YAML extension, or rather the language server that it runs, completes and checks the files of a new bank.

It finds the schema by the first line of each file, in the bank's own folder: nothing is fetched.
"""

from pathlib import Path

import pytest
from click.testing import CliRunner

from language_server import server
from octdeck.cli import main

pytestmark = pytest.mark.editor

SLIPS = """# yaml-language-server: $schema=schema/deck.schema.json
deck: Harbours
questions:
  - id: a quay
    question: What was shipped?
    anwser: slate
    themes: [light]
  - id: b
    question: When was the mole built?
    answer: 1824
    themes: light
    difficulty: 4
    cites: 3-5
  - id: c
    cloze: The mole was built in 1824.
    themes: light
"""


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("The old port.txt").write_text("The old port\n\nSlate was shipped.\n", encoding="utf-8")
    for command in (["new", "harbours"], ["new", "--article", "The old port.txt", "harbours"]):
        assert CliRunner().invoke(main, command, catch_exceptions=False).exit_code == 0
    return tmp_path / "harbours"


def test_nothing_is_found_in_a_new_bank(bank: Path) -> None:
    """The editor has nothing against the files that `new` makes, and knows what their keys mean."""
    with server(bank) as editor:
        for path in sorted(bank.glob("*.yaml")):
            assert editor.open(path) == []

        assert "part of every card's identity" in editor.hover(bank / "bank.yaml", 1, 2)
        assert "the paragraphs that are not worth a question" in editor.hover(bank / "lighthouses.yaml", 7, 4)


def test_slips_are_marked(bank: Path) -> None:
    """What a schema can see is marked at its place while one types: keys, ids, numbers, gaps; text that looks like a
    number is not.
    """
    path = bank / "slips.yaml"
    path.write_text(SLIPS, encoding="utf-8")
    with server(bank) as editor:
        found = {
            (about["range"]["start"]["line"] + 1, SLIPS.splitlines()[about["range"]["start"]["line"]].strip())
            for about in editor.open(path)
        }

    assert found == {
        (4, "- id: a quay"),  # twice: the id, and that the answer is missing
        (6, "anwser: slate"),
        (12, "difficulty: 4"),
        (15, "cloze: The mole was built in 1824."),
    }


def test_keys_and_values_are_offered(bank: Path) -> None:
    """In a question it offers all keys that are not there yet, with what they mean; in bank.yaml, the languages."""
    path = bank / "slips.yaml"
    path.write_text(SLIPS + "  - id: d\n    \n", encoding="utf-8")
    with server(bank) as editor:
        editor.open(path)
        keys = editor.completions(path, len(SLIPS.splitlines()) + 1, 4)
        editor.open(bank / "bank.yaml")
        languages = editor.completions(bank / "bank.yaml", 3, 10)

    assert {"question", "cloze", "statement", "order", "pairs", "distractors", "cites", "explain"} <= set(keys)
    assert "id" not in keys
    assert "1 recall" in str(keys["difficulty"]["documentation"])
    assert {"en", "de", "fr", "pl"} <= set(languages)
