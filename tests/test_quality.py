"""The rules on the quality of questions: what they find of mistakes made on purpose, and what they leave alone."""

from pathlib import Path
from typing import Any

import pytest
import yaml

import octdeck
from octdeck.diagnostics import Diagnostic
from support import ROOT

SEEDED: dict[str, dict[str, Any]] = yaml.load(
    (ROOT / "tests" / "seeded.yaml").read_text(encoding="utf-8"), Loader=yaml.CBaseLoader
)


def checked(seed: Any, language: str, folder: Path) -> tuple[Diagnostic, ...]:
    """What `check` finds in a deck of the questions of a seed, in a bank of that language."""
    whole: dict[str, Any] = {"questions": seed} if isinstance(seed, list) else seed
    bank, questions = whole.get("bank", {}), whole.get("questions", [seed])
    deck = {"deck": "D", "questions": [{"id": f"q{i}", "themes": "t"} | it for i, it in enumerate(questions)]}
    head = {"bank": "b", "title": "B", "language": language, "themes": {"t": "T"}} | bank
    folder.mkdir()
    for name, data in (("bank.yaml", head), ("deck.yaml", deck)):
        (folder / name).write_text(yaml.dump(data, allow_unicode=True), encoding="utf-8")
    return octdeck.check(folder)


def seeds(*, missed: bool) -> list[Any]:
    """Each seed with its code and language."""
    return [
        pytest.param(code, language, seed, id=f"{code}-{language}-{number}")
        for code, by_language in SEEDED.items()
        for language, some in (by_language.get("missed", {}) if missed else by_language).items()
        if language != "missed"
        for number, seed in enumerate(some)
    ]


@pytest.mark.parametrize(("code", "language", "seed"), seeds(missed=False))
def test_seeded_mistakes_are_found(code: str, language: str, seed: Any, tmp_path: Path) -> None:
    """Each rule finds its mistakes, and no other rule takes them for one of its own."""
    assert {finding.code for finding in checked(seed, language, tmp_path / "decks")} == {code}


@pytest.mark.parametrize(("code", "language", "seed"), seeds(missed=True))
def test_what_is_missed_is_known(code: str, language: str, seed: Any, tmp_path: Path) -> None:
    """What is listed as missed is missed: a rule that learns to find it moves it up."""
    assert checked(seed, language, tmp_path / "decks") == ()
