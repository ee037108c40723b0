"""Every key is described in one place, for editors and for docs/decks.md."""

import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from editor import complaints
from octdeck import json_schema, plain, validate
from octdeck.cli import main
from octdeck.commands.quiz import quiz
from octdeck.faults import Fault
from octdeck.shapes import checks
from support import ROOT

PLACES = dict(json_schema.PLACES.values())
OPTIONS = {"id": "--name", "to": "--to"} | {param.name: param.opts[0] for param in quiz.params}
ADVICE = "add its line in src/octdeck/keys.py (or take it out there), then run 'make golden'"


def table(place: str) -> str:
    """The keys of a place as docs/decks.md lists them."""
    rows = [[f"`{key}`", entry.says] for key, entry in PLACES[place].items()]
    head = ["key", ""]
    if place == "quiz":
        head = ["setting", "on the command line", ""]
        rows = [[key, f"`{OPTIONS[key.strip('`')]}`", says] for key, says in rows]
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n".replace("|  |", "| |") for cells in lines)


@pytest.mark.parametrize("place", PLACES)
def test_every_key_has_its_line(place: str) -> None:
    """keys.py describes each key that a file may have, and no other."""
    kinds = [kind for kind, (name, _) in json_schema.PLACES.items() if name == place]
    known = {key for kind in kinds for key in checks(kind)}

    assert known == set(PLACES[place]), f"a key of a {place}: {ADVICE}"


def test_the_document_has_the_same_keys() -> None:
    """The tables of docs/decks.md are those of keys.py; `make golden` writes them."""
    path = ROOT / "docs" / "decks.md"
    text = path.read_text(encoding="utf-8")
    wanted, count = re.subn(
        r"(<!-- keys of a (\w+) -->\n)(?:\|.*\n|TABLE\n)*", lambda found: found[1] + table(found[2]), text
    )
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(wanted, encoding="utf-8")
        text = wanted

    assert count == len(PLACES) - 1  # a section has the keys of a quiz
    assert text == wanted, "run 'make golden'"


def test_the_published_schemas_are_current() -> None:
    """schema/ holds what `octdeck schema` prints; `make golden` writes it."""
    folder = ROOT / "schema"
    if os.environ.get("UPDATE_GOLDEN"):
        folder.mkdir(exist_ok=True)
        for name, text in json_schema.files().items():
            (folder / name).write_text(text, encoding="utf-8")

    held = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert held == json_schema.files(), "run 'make golden'"


@pytest.mark.parametrize("name", sorted(json_schema.ALL))
def test_the_command_prints_a_schema(name: str) -> None:
    """`octdeck schema NAME` prints what is published, in ASCII, which no console spoils."""
    result = CliRunner().invoke(main, ["schema", name])

    assert result.exit_code == 0
    assert result.stdout == (ROOT / "schema" / f"{name}.schema.json").read_text(encoding="ascii")


def test_the_command_writes_both_schemas(tmp_path: Path) -> None:
    """`octdeck schema --out` writes both files anew, and says which were not the same already."""
    out = tmp_path / "schema"
    first = CliRunner().invoke(main, ["schema", "--out", str(out)])
    (out / "bank.schema.json").write_text("of an older octdeck", encoding="utf-8")
    second = CliRunner().invoke(main, ["schema", "--out", str(out)])

    assert first.stdout.splitlines() == [f"wrote {out / name}" for name in sorted(json_schema.files())]
    assert second.stdout.splitlines() == [f"wrote {out / 'bank.schema.json'}"]
    assert {path.name: path.read_text(encoding="utf-8") for path in out.iterdir()} == json_schema.files()


@pytest.mark.parametrize(("place", "key"), [(place, key) for place, described in PLACES.items() for key in described])
def test_examples_are_taken(place: str, key: str) -> None:
    """What keys.py gives as an example of a key is taken by octdeck, and by the schema too."""
    for example in PLACES[place][key].examples:
        taken = [not judged for judged in verdicts(place, key, example)]

        assert any(taken), f"octdeck refuses {example!r}"


QUESTIONS: list[dict[str, object]] = [
    {"question": "Q", "answer": "A", "typed": True},
    {"question": "Q", "answer": "A", "distractors": ["B", "None of these"]},
    {"statement": "S", "answer": True},
    {"cloze": "{{c1::x}}"},
    {"question": "Q", "order": ["A", "B", "C"]},
    {"question": "Q", "pairs": {"A": "B", "C": "D", "E": "F"}},
    {"image": "f.png", "alt": "A", "regions": [{"answer": "A", "at": [1, 2, 3, 4]}]},
]


def verdicts(place: str, key: str, example: object) -> list[list[str]]:
    """What octdeck has against the smallest files with the example at its key, on which the schema agrees with it."""
    deck: dict[str, object] = {"deck": "D", "questions": []}
    bank: dict[str, object] = {"bank": "b", "title": "T", "themes": {"t": "T"}}
    files: list[tuple[str, dict[str, object]]]
    match place:
        case "question":
            beside = illustrated(key, example)
            questions = [{"id": "q", "themes": "t", **question, **beside, key: example} for question in QUESTIONS]
            files = [("deck", {**deck, "questions": [question]}) for question in questions]
        case "content":
            shown = {"text": "T", **illustrated(key, example), key: example}
            files = [("deck", {**deck, "questions": [{"id": "q", "themes": "t", "question": shown, "answer": "A"}]})]
        case "region":
            region = {"answer": "A", "at": [1, 2, 3, 4], key: example}
            question = {"id": "q", "themes": "t", "image": "f.png", "alt": "A", "regions": [region]}
            files = [("deck", {**deck, "questions": [question]})]
        case "deck":
            files = [("deck", {**deck, key: example})]
        case "source":
            files = [("deck", {**deck, "source": {"id": "s", "title": "T", key: example}})]
        case "bank":
            files = [("bank", {**bank, key: example})]
        case "theme":
            files = [("bank", {**bank, "themes": {"t": {"title": "T", key: example}}})]
        case "calendar":
            files = [("bank", {**bank, "calendar": {"words": "Old Style", key: example}})]
        case "quiz":
            files = [("bank", {**bank, "quizzes": [{"id": "q", "title": "Q", key: example}]})]
        case "section":
            sections = [{"title": "Q", key: example}]
            files = [("bank", {**bank, "quizzes": [{"id": "q", "title": "Q", "sections": sections}]})]
        case other:
            raise AssertionError(f"no smallest file for a {other}: add one here")
    found = []
    for name, data in files:
        judged = validate.bank_file(plain.read(json.dumps(data))) if name == "bank" else refusals(data)
        said = [fault.message for fault in judged] if isinstance(judged, list) else []
        assert bool(complaints(name, data)) == bool(said), f"octdeck says {said}, the schema {complaints(name, data)}"
        found.append(said)
    return found


def illustrated(key: str, example: object) -> dict[str, object]:
    """What goes with a picture or a sound, or with its description."""
    files = example if key == "alt" and isinstance(example, dict) else {"image": ""}
    beside: dict[str, dict[str, object]] = {"image": {"alt": "A"}, "audio": {"alt": "A"}}
    return dict.fromkeys(files, "f.png") if key == "alt" else beside.get(key, {})


def refusals(deck: dict[str, object]) -> list[Fault]:
    """What is wrong in a deck file."""
    data = plain.read(json.dumps(deck))
    assert isinstance(data, dict)
    header = validate.deck_file(data)
    questions = [validate.question(question, {}) for question in data["questions"]]
    return [fault for judged in (header, *questions) if isinstance(judged, list) for fault in judged]
