"""The rules on the quality of questions: what they find of mistakes made on purpose, and what they leave alone.

docs/quality.md has the figures; `make golden` writes them anew.
"""

import os
import sys
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import yaml
from PIL import Image

import octdeck
from octdeck import explain, lints, prose
from octdeck.diagnostics import Diagnostic
from octdeck.project import load
from octdeck.questions import Question
from support import ROOT


def read(name: str) -> Any:
    return yaml.load((ROOT / "tests" / name).read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)


SEEDED: dict[str, dict[str, Any]] = read("seeded.yaml")
SOUND: dict[str, list[Any]] = read("sound.yaml")
MENDED: list[dict[str, Any]] = read("mended.yaml")
CODES = [rule.CODE for rule in lints.QUALITY]
NEED_WORDS = {"OD302", "OD305", "OD311", "OD313", "OD317", "OD319"}


def checked(seed: Any, language: str, folder: Path) -> tuple[Diagnostic, ...]:
    """What `check` finds in a deck of the questions of a seed, in a bank of that language."""
    whole: dict[str, Any] = {"questions": seed} if isinstance(seed, list) else seed
    bank, questions = whole.get("bank", {}), whole.get("questions", [seed])
    numbered = [{"id": f"q{i}", "themes": "t"} | question for i, question in enumerate(questions)]
    deck = {"deck": "D", "defaults": whole.get("defaults", {}), "questions": numbered}
    head = {"bank": "b", "title": "B", "language": language, "themes": {"t": "T"}} | bank
    folder.mkdir(exist_ok=True)
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


@pytest.mark.parametrize("language", SOUND)
def test_sound_questions_are_left_alone(language: str, tmp_path: Path) -> None:
    """Nothing is found in questions that only look like mistakes."""
    found = checked(SOUND[language], language, tmp_path / "decks")

    assert [(finding.code, finding.message, finding.span.line) for finding in found] == []


def test_pictures_can_be_pointed_at(tmp_path: Path) -> None:
    """A question may point at its picture, other pictures make other questions, and as options they have no length."""
    folder = tmp_path / "decks"
    birds = {"heron.png": "A grey bird at the water", "swan.png": "A white bird", "gull.png": "A bird in the air above"}
    asked = [{"question": "Which bird is this?", "image": name, "alt": "A bird"} for name in birds]
    options = [{"image": name, "alt": alt} for name, alt in birds.items()]
    questions: list[dict[str, Any]] = [
        question | {"answer": name} for question, name in zip(asked, ["Heron", "Swan", "Gull"], strict=True)
    ]
    questions.append({"question": "Which is the heron?", "answer": options[0], "distractors": options[1:]})
    folder.mkdir()
    for number, name in enumerate(birds):
        Image.new("RGB", (40, 30), (number * 80, 90, 60)).save(folder / name)

    assert checked(questions, "en", folder) == ()


@pytest.mark.parametrize("place", ["question", "defaults", "bank"])
@pytest.mark.parametrize("code", CODES)
def test_each_rule_can_be_ignored(code: str, place: str, tmp_path: Path) -> None:
    """`ignore` on the questions, among the defaults of the deck file or in bank.yaml silences each rule."""
    seed = SEEDED[code]["en"][0]
    whole: dict[str, Any] = {"questions": seed} if isinstance(seed, list) else {"questions": [seed], **seed}
    ignoring = {"ignore": code}
    match place:
        case "question":
            silenced = whole | {"questions": [question | ignoring for question in whole["questions"]]}
        case "defaults":
            silenced = whole | {"defaults": ignoring}
        case _:
            silenced = whole | {"bank": {**whole.get("bank", {}), **ignoring}}

    assert checked(silenced, "en", tmp_path / "decks") == ()


@pytest.mark.parametrize("code", sorted(NEED_WORDS))
def test_a_language_without_words(code: str, tmp_path: Path) -> None:
    """In a language of which no words are known, a rule that needs some is silent."""
    for number, seed in enumerate(SEEDED[code]["en"]):
        assert code not in {it.code for it in checked(seed, "tr", tmp_path / str(number))}


def test_mended_questions_were_found(tmp_path: Path) -> None:
    """What was found in decks/ is found in the questions as they were; as they are now, nothing is."""
    bank = {"calendar": {"words": ["Old Style", "our calendar"], "until": "1918"}, "themes": {"t": "T"}}
    for number, mended in enumerate(MENDED):
        question = mended["question"] | {"themes": "t"}
        seed = {"bank": bank, "questions": [question]}

        assert {it.code for it in checked(seed, "en", tmp_path / str(number))} == {mended["code"]}
    assert octdeck.check(ROOT / "decks") == ()


def test_each_text_is_taken_apart_once() -> None:
    """However many rules look at a question, the words of each of its texts are made once."""
    project = load(ROOT / "decks")
    assert project.bank is not None
    made: list[str] = []

    def watch(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code is prose.line_of.__code__:
            made.append(frame.f_locals["text"])

    sys.setprofile(watch)
    try:
        lints.warnings(project.bank, project.shelf)
    finally:
        sys.setprofile(None)

    texts = sum(_texts(item.question) for item in project.bank.items)
    assert len(made) <= texts + 2 * len(project.bank.decks) * len(CODES)  # and the titles of sources


def _texts(question: Question) -> int:
    """How many texts a question has: what it asks, its answers and options, and each of its gaps."""
    options = [getattr(question, key, ()) for key in ("accept", "distractors", "order", "pairs", "regions")]
    answer = getattr(question, "answer", ())
    gaps = getattr(question, "cloze", "").count("{{c")
    pairs = len(getattr(question, "pairs", ()))
    return 1 + gaps + pairs + (len(answer) if isinstance(answer, tuple) else 1) + sum(map(len, options))


def figures() -> tuple[str, str]:
    """The two tables of docs/quality.md: findings in decks/, and seeded mistakes by language."""
    bank = octdeck.load(ROOT / "decks").bank
    assert bank is not None
    ignored = Counter(code for item in bank.items for code in item.question.ignore if code in CODES)
    true = Counter(mended["code"] for mended in MENDED)
    pages = explain.pages()
    decks = [
        f"Questions: {len(bank.items)}, in {len(bank.decks)} decks. Found: {true.total()} mistakes, mended since, and "
        f"{ignored.total()} false alarms, which the questions ignore.",
        "",
        "| rule | found | true | false |",
        "| --- | --- | --- | --- |",
        *(
            f"| {_link(code, pages)} | {true[code] + ignored[code]} | {true[code]} | {ignored[code]} |"
            for code in CODES
        ),
    ]
    languages = ["en", *sorted({name for seeds in SEEDED.values() for name in seeds} - {"en", "missed"})]
    seeded = [
        f"| rule | {' | '.join(languages)} |",
        f"| --- |{' --- |' * len(languages)}",
        *(f"| {_link(code, pages)} | {' | '.join(_share(code, name) for name in languages)} |" for code in CODES),
    ]
    return "\n".join(decks), "\n".join(seeded)


def _link(code: str, pages: Any) -> str:
    return f"[{code}](codes/{code}.md) {pages[code].title}"


def _share(code: str, language: str) -> str:
    found = len(SEEDED[code].get(language, []))
    missed = len(SEEDED[code].get("missed", {}).get(language, []))
    return f"{found} of {found + missed}" if found + missed else ""


def test_the_figures_in_the_document_are_true() -> None:
    """docs/quality.md tells what was counted here."""
    path = ROOT / "docs" / "quality.md"
    text = wanted = path.read_text(encoding="utf-8")
    for name, table in zip(("decks", "seeded"), figures(), strict=True):
        before, begin, rest = wanted.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition("<!-- end -->\n")
        assert begin
        assert end
        wanted = f"{before}{begin}{table}\n\n{end}{after}"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(wanted, encoding="utf-8")
        text = wanted

    assert text == wanted, "run 'make golden'"
