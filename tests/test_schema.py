"""octdeck and its JSON Schema accept and refuse the same files, as far as a schema can see.

`UNSEEN` says all that octdeck refuses and a schema cannot.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import jsonschema
import pytest
from hypothesis import given, settings

from editor import complaints, typed
from made_files import (
    BANK,
    DECK,
    HOLDERS,
    ODD,
    QUESTION,
    QUIZ,
    SECTION,
    SOURCE,
    WITHIN,
    banks,
    decks,
    questions,
    written,
)
from octdeck import json_schema, sourcemap, validate
from octdeck.faults import Fault, RefusedError
from octdeck.languages import languages
from octdeck.questions import DEFAULTABLE, KINDS
from octdeck.schema import BankFile
from octdeck.shapes import checks
from support import KINDS as KINDS_BANK
from support import ROOT

PLACES = dict(json_schema.PLACES.values())

Unseen: TypeAlias = Callable[[Any, Any, Any], bool]
"""A value as an editor has it, what holds it and the whole file, to whether a schema cannot see what is wrong."""

UNSEEN: dict[str, Unseen] = {
    # It would have to read text that stands for numbers, or to count decimals.
    "cannot be|there is no paragraph": lambda value, *_: isinstance(value, str),
    "this is not two numbers of millimetres": lambda value, *_: _are_numbers(value),
    "a number of per cent belongs here": lambda value, *_: isinstance(value, float),
    "there is no day": lambda value, *_: re.search("-02-(29|30)|-31", value) is not None,
    "is not an id|number of a paragraph|number belongs here": lambda value, *_: not str(value).isascii(),
    "'questions' is a list": lambda value, *_: value is None,
    "gap": lambda value, *_: re.search(r"\{\{c\d+::.*\}\}", str(value), re.DOTALL) is not None,
    # It would have to compare one value with another, or a value with the defaults of the file.
    "is both an answer and a distractor|which is not an option": lambda *_: True,
    "the region has no size|the region reaches beyond": lambda numbers, *_: (
        max(map(float, numbers)) <= 100 or str in map(type, numbers)
    ),
    "stands here twice|stands in the order twice": lambda _, texts, __: not _repeats(texts),
    "there are more than 26 options": lambda options, *_: len(options) <= 26,
    "a match needs two pairs": lambda pairs, holder, _: (
        len(pairs) > 2 or (len(pairs) == 2 and holder.get("distractors", []) != [])
    ),
    "goes only with a typed answer": lambda _, __, data: "typed" in data.get("defaults", {}),
    "a typed answer has one line": lambda _, holder, data: "typed" not in holder and "typed" in data["defaults"],
}
"""What octdeck refuses and a schema cannot see, by what octdeck says.

Beyond that, no schema sees how a scalar is written that means something to an editor (`5`, `5.0` and `+5`; nothing and
`~`), and neither looks here at what takes several files or questions to know: themes, sources and ids used twice.
"""


def _are_numbers(value: object) -> bool:
    """Whether it looks like two numbers of millimetres, in text or with too many decimals."""
    parts = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    alike = [re.fullmatch(r" *-?\d{1,2}(\.\d+)? *", str(part)) for part in parts]
    return len(parts) == 2 and all(alike) and {str, float} & {type(value), *map(type, parts)} != set()


def _repeats(texts: object) -> bool:
    """Whether the same text is there twice, written in the same way."""
    return isinstance(texts, list) and all(isinstance(text, str) for text in texts) and len({*texts}) < len(texts)


def refusals(name: str, text: str) -> list[Fault]:
    """What octdeck has against one file as it is written; of questions, the place is that in the file."""
    document, found = sourcemap.read(text, Path(f"{name}.yaml"))
    assert document is not None
    assert {finding.code for finding in found} <= {"OD114"}, text
    judged = validate.bank_file(document.value) if name == "bank" else validate.deck_file(document.value)
    faults = judged if isinstance(judged, list) else []
    if isinstance(judged, BankFile) and judged.language not in languages():
        faults = [Fault(("language",), "OD112", "there are no words in this language")]
    if name == "deck" and isinstance(document.value, dict):
        defaults, questions = document.value.get("defaults"), document.value.get("questions")
        known = (
            {key: value for key, value in defaults.items() if key in DEFAULTABLE} if isinstance(defaults, dict) else {}
        )
        for index, data in enumerate(questions if isinstance(questions, list) else ()):
            question = validate.question(data, known)
            faults += RefusedError(*question).under("questions", index) if isinstance(question, list) else []
    return faults


def plainest(value: Any) -> Any:
    """The same value to an editor, in the plainest writing: 5 for 5.0."""
    match value:
        case dict():
            return {key: plainest(part) for key, part in value.items()}
        case list():
            return [plainest(part) for part in value]
        case float() if value.is_integer():
            return int(value)
        case _:
            return value


def is_unseen(fault: Fault, data: Any) -> bool:
    """Whether what octdeck says is nothing that a schema could see in data as an editor has it."""
    holder: Any = data
    value: Any = data
    for step in fault.at:
        if isinstance(value, dict) and step not in value:
            value = data["defaults"]
        if isinstance(value, dict | list):
            holder, value = value, value[step]  # type: ignore[index]
    return any(re.search(said, fault.message) and unseen(value, holder, data) for said, unseen in UNSEEN.items())


def agree(name: str, text: str) -> None:
    """What octdeck takes, the schema takes; what octdeck refuses, the schema refuses, or it cannot see why."""
    data = typed(text)
    refused, said = refusals(name, text), complaints(name, data)
    if said:
        assert refused, f"only the schema refuses it: {said}\n{text}"
    elif refused:
        plain = refusals(name, json.dumps(plainest(data)))
        seen = [fault for fault in plain if not is_unseen(fault, data)]
        assert not seen, f"only octdeck refuses it: {seen}\n{text}"


@settings(max_examples=200)
@given(decks)
def test_deck_files(text: str) -> None:
    """A deck file that octdeck takes, the schema takes; one that it refuses, the schema refuses or cannot see why."""
    agree("deck", text)


@settings(max_examples=200)
@given(questions())
def test_questions(text: str) -> None:
    """The same for a question, of whatever kind."""
    agree("deck", f"{{deck: D, questions: [{text}]}}")


@settings(max_examples=200)
@given(banks)
def test_bank_files(text: str) -> None:
    """The same for bank.yaml."""
    agree("bank", text)


def agree_on(place: str, holder: dict[str, str]) -> None:
    name, within = WITHIN[place]
    agree(name, within % written(holder))


@pytest.mark.parametrize(("place", "holder"), HOLDERS, ids=[place + "-" + "-".join(keys) for place, keys in HOLDERS])
def test_each_slip(place: str, holder: dict[str, str]) -> None:
    """They agree on each key with each odd value, on each key left out, and on keys that nobody knows."""
    described = PLACES["question" if place == "defaults" else place]
    asks = {key for kind in KINDS for key in checks(kind) if not all(key in checks(other) for other in KINDS)}
    for key in described:
        whole = place != "question" or key in asks or key in holder or holder == HOLDERS[0][1]
        for value in ODD if whole else ("A", "true", "1", "{image: A}"):
            agree_on(place, {**holder, key: value})
    for key in holder:
        agree_on(place, {name: value for name, value in holder.items() if name != key})
    for key in ("anwser", "type", "''", "1"):
        agree_on(place, {**holder, key: "A"})


def test_a_default_that_nobody_takes() -> None:
    """The one thing that the schema refuses and octdeck does not look at: docs/editor.md says so."""
    text = "{deck: D, defaults: {points: many}, questions: [{id: q, themes: t, question: Q, answer: A, points: 1}]}"

    assert complaints("deck", typed(text)) != []
    assert refusals("deck", text) == []
    assert refusals("deck", text.replace(", points: 1", "")) != []


@pytest.mark.parametrize("name", sorted(json_schema.ALL))
def test_it_is_json_schema(name: str) -> None:
    """Both schemas are sound by the meta-schema of 2020-12, and all references in them lead somewhere."""
    schema = json_schema.ALL[name]()
    jsonschema.Draft202012Validator.check_schema(schema)

    for target in re.findall(r'"\$ref": "#/([^"]+)"', json_schema.text(schema)):
        place: Any = schema
        for step in target.split("/"):
            place = place[step]

        assert place


@pytest.mark.parametrize(
    "path", [*sorted((ROOT / "decks").glob("*.yaml")), *sorted(KINDS_BANK.glob("*.yaml"))], ids=str
)
def test_the_project_s_own_files(path: Path) -> None:
    """The schema has nothing against the decks that come with the project."""
    assert complaints("bank" if path.name == "bank.yaml" else "deck", typed(path.read_text(encoding="utf-8"))) == []


def test_every_key_is_tried() -> None:
    """The files that are made here have every key there is."""
    made = {"deck": DECK, "source": SOURCE, "bank": BANK, "quiz": QUIZ, "section": SECTION}

    for place, described in PLACES.items():
        if place == "question":
            assert {"id", *QUESTION} == set(described), "give the new key a strategy in made_files.py"
        elif place in made:
            assert set(made[place]) == set(described), f"give the new key of a {place} a strategy in made_files.py"
