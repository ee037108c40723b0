"""The documents say what the program does."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from octdeck import notetypes, proof, questions, validate
from octdeck.cli import main
from octdeck.readers import yaml as reader
from support import ROOT


def document(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_frozen_fields_are_listed() -> None:
    """docs/promises.md lists ids, fields and templates of both note types as they are."""
    promises = document("docs/promises.md")

    for note_type in (notetypes.main(), notetypes.cloze()):
        templates = ", ".join(template.name for template in note_type.templates)
        row = f"| {note_type.name} | {note_type.id} | {', '.join(note_type.fields)} | {templates} |"

        assert row in promises


def test_claims_are_listed() -> None:
    """docs/verify.md has what `octdeck verify` claims, in its words and its order."""
    rows = [f"| `{claim}` | {says} |" for claim, says in proof.CLAIMS.items()]

    assert "\n".join(rows) in document("docs/verify.md")


def test_examples_are_right() -> None:
    """The deck file in the README and the questions in docs/decks.md are read without a finding."""
    (bank,) = re.findall(r"```yaml\n(bank:.*?)```", document("docs/decks.md"), re.DOTALL)
    bank = bank.replace("themes:  ", "themes: \n  building: B\n  trade: T\n#")
    (deck,) = re.findall(r"```yaml\n(deck:.*?)```", document("README.md"), re.DOTALL)
    (more,) = re.findall(r"```yaml\n(  - id: who-typed.*?)```", document("docs/decks.md"), re.DOTALL)

    read, found = reader.read(
        (Path("bank.yaml"), bank.encode()),
        [(Path("a.yaml"), deck.encode()), (Path("b.yaml"), f"{deck}{more}".encode())],
    )

    assert {finding.code for finding in found} == {"OD201"}  # the deck file is read twice, with and without the rest
    assert read is not None
    assert len(read.items) == 8


def test_links_lead_somewhere() -> None:
    """Every relative link and picture in the documents is there."""
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "decks").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)\)", re.sub(r"`[^`\n]*`", "", path.read_text("utf-8"))):
            assert target.startswith("https://") or (path.parent / target).exists(), f"{path.name}: {target}"


def test_keys_that_do_not_fit_are_refused_by_name() -> None:
    """Each key of one kind of question is either taken or refused in words by every other kind; none is ignored."""
    smallest: dict[type[questions.Question], dict[str, object]] = {
        questions.ShortAnswer: {"question": "Q", "answer": "A"},
        questions.Choice: {"question": "Q", "answer": "A", "distractors": ["B"]},
        questions.TrueFalse: {"statement": "S", "answer": "true"},
        questions.Cloze: {"cloze": "{{c1::x}}"},
        questions.Order: {"question": "Q", "order": ["A", "B", "C"]},
        questions.Match: {"question": "Q", "pairs": {"A": "B", "C": "D", "E": "F"}},
    }
    values = {"typed": "true", "accept": ["B"], "reverse": "true", "fixed": "true", "last": ["B"]}
    for kind, data in smallest.items():
        names = set(kind.__struct_fields__)
        for key, value in values.items():
            result = validate.question({"id": "q", "themes": "t", **data, key: value}, {})

            if key in names and key != "accept":
                assert not isinstance(result, list)
                assert getattr(result, key) != getattr(validate.question({"id": "q", "themes": "t", **data}, {}), key)
            else:
                assert isinstance(result, list)
                assert [fault.code for fault in result] == ["OD106"]


def test_first_steps_can_be_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever types what docs/start.md says, in its order, gets on without a mistake."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OCTDECK_ARTICLES", raising=False)
    article = "The old port\n\nThe mole was begun in 1824; it took nine years to build.\n"
    Path("The old port.txt").write_text(article, encoding="utf-8")
    steps = re.findall(r"^ {4}(octdeck [^\n]*)$|```yaml\n(.*?)```", document("docs/start.md"), re.MULTILINE | re.DOTALL)
    for command, question in steps:
        if question:
            with Path("harbours/the-old-port.yaml").open("a", encoding="utf-8") as file:
                file.write(question)
            continue
        result = CliRunner().invoke(main, shlex.split(command)[1:], catch_exceptions=False)

        assert result.exit_code == 0, f"{command}\n{result.output}"
        assert "warning" not in result.output
    for name in ("harbours.apkg", "the-old-port.apkg", "the-old-port-quiz.pdf", "the-old-port-key.pdf", "quiz-A.pdf"):
        assert Path("dist", name).exists()
