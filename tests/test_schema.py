"""octdeck and its JSON Schema accept and refuse the same files, as far as a schema can see (hypothesis).

Files are made as text, since that is where the two part: octdeck takes scalars as they are written, an editor gives
them a type first. `UNSEEN` says all that octdeck refuses and a schema cannot.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor import complaints, typed
from octdeck import json_schema, sourcemap, validate
from octdeck.faults import Fault, RefusedError
from octdeck.languages import languages
from octdeck.schema import DEFAULTABLE, KINDS, BankFile
from octdeck.shapes import checks
from support import KINDS as KINDS_BANK
from support import ROOT

PLACES = dict(json_schema.PLACES.values())

Unseen: TypeAlias = Callable[[Any, Any], bool]
"""A value as an editor has it and what holds it, to whether a schema cannot see what octdeck has against it."""

UNSEEN: dict[str, Unseen] = {
    # It would have to read text that stands for numbers.
    "cannot be|there is no paragraph": lambda value, _: isinstance(value, str),
    "this is not two numbers of millimetres": lambda value, _: {str, float} & {type(value), *map(type, value)} != set(),
    "a number of per cent belongs here": lambda value, _: isinstance(value, float),  # with too many decimals
    "there is no day": lambda value, _: re.search("-02-(29|30)|-31", value) is not None,
    "is not an id|number of a paragraph|number belongs here": lambda value, _: not str(value).isascii(),
    "'questions' is a list": lambda value, _: value is None,
    "gap": lambda value, _: re.search(r"\{\{c\d+::.*\}\}", str(value), re.DOTALL) is not None,
    # It would have to compare one value with another, or a value with the defaults of the file.
    "is both an answer and a distractor|which is not an option|the region has no size|the region reaches": lambda *_: (
        True
    ),
    "stands here twice|stands in the order twice": lambda _, texts: not _repeats(texts),
    "there are more than 26 options": lambda options, _: len(options) <= 26,
    "a match needs two pairs": lambda pairs, holder: len(pairs) > 2 or (len(pairs) == 2 and "distractors" in holder),
    "goes only with a typed answer": lambda _, holder: "typed" not in holder,
    "a typed answer has one line": lambda _, holder: "typed" not in holder,
}
"""What octdeck refuses and a schema cannot see, by what octdeck says.

Beyond that, no schema sees how a scalar is written that means something to an editor (`5`, `5.0` and `+5`; nothing and
`~`), and neither looks here at what takes several files or questions to know: themes, sources and ids used twice.
"""


def _repeats(texts: object) -> bool:
    """Whether the same text is there twice, written in the same way."""
    return isinstance(texts, list) and all(isinstance(text, str) for text in texts) and len({*texts}) < len(texts)


words = st.sampled_from(["A", "B", "C", "slate", "herring", "'two words'", '"a\\nb"', "Größe", "'x '", "ʼn"])
SCALARS = """
    27 007 0 -3 +5 1.5 5.0 1.25 1e3 0x1F 0o17 .5 1e300 1234567890 100.5 41 1001 100001 true True tRuE false no null ~
    26-28 28-26 1-2-3 1:30 2026-11-24 2026-02-30 2026-13-01 a4 letter pdf cloze kind 8 10 08 '5,3' en xx OD301 '#'
    https://example.org http:// www.example.org D::E D:::E 'D::' '::D' D::::E '{{c1::x}}' '{{c1::x' '{{c0::x}}' c1::x
    '27' '5' '99' '1.5' '1.25' 'true' '-x' '\u0665' '''' '99,1' '51' '\u2026' "\\a" "\\x1c" "A\\x1c" "a\\nb" Größe
"""
COLLECTIONS = """[] | [A] | [A, A] | [1, 1.0, 2] | [A, B, A] | [A, B, C] | [1, 99] | ['51', 0] | [A, ~] | [[1], 2]
[[]] | [1, 2, 3, 4] | [0, 0, 100, 100] | [0, 0, 0, 1] | [60, 0, 50, 1] | [1, 2, 3, 4.125] | [1, 2, 3, '400'] | [{}]
{s: {}} | {} | {s: 4} | {s: ~} | {s: [2, x]} | {'a b': 1} | {'': A} | {A: B} | {A: B, C: D}
{A: B, C: D, E: F} | {A: [B]}"""
ODD = [
    *SCALARS.split(),
    *["", "''", "'  '", "'a b'", "' 26 - 28 '", "' 1.5 , -2 '", "'two words'", f"'{'x' * 81}'"],
    *re.split(r" \| |\n", COLLECTIONS),
    *[str([str(number) for number in range(count)]) for count in (26, 27, 51)],
]
odd = st.sampled_from([value for value in ODD if value[:1] not in ("[", "{")])
scalars = words | odd


def listed(items: st.SearchStrategy[str], least: int = 0, most: int = 4) -> st.SearchStrategy[str]:
    return st.lists(items, min_size=least, max_size=most).map(
        lambda parts: f"[{', '.join(part or '~' for part in parts)}]"
    )


def mapped(values: st.SearchStrategy[str], least: int = 0, most: int = 4) -> st.SearchStrategy[str]:
    names = st.sampled_from(["s", "t", "one", "27", "~", "true", "'a b'", "''", "é"])
    return st.dictionaries(names, values, min_size=least, max_size=most).map(written)


def written(holder: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in holder.items()) + "}"


anything = scalars | listed(scalars) | mapped(scalars) | listed(listed(scalars)) | mapped(listed(scalars))
texts = words | listed(words, 1)
flags = st.sampled_from(["true", "false", "True", "'false'"])
places = st.sampled_from(["1", "27", "26-28", "[9, 26-28]", "'3'", "{s: 4}", "{s: [2, 7]}", "[[1], 2]"])

RIGHT: dict[str, st.SearchStrategy[str]] = {
    **dict.fromkeys(["question", "statement", "explain", "caution", "hint", "answer"], words),
    **dict.fromkeys(["typed", "reverse", "claim", "fixed", "paper", "anki", "retired"], flags),
    **dict.fromkeys(["accept", "last", "ignore"], texts),
    "distractors": texts,
    "order": st.permutations(["A", "B", "C"]).map(lambda items: f"[{', '.join(items)}]"),
    "pairs": st.just("{one: A, two: B, three: C}"),
    "cloze": st.just("'{{c1::x}} and {{c2::y::hint}}'"),
    "themes": st.sampled_from(["t", "[t]", "[t, u]"]),
    "cites": places,
    "difficulty": st.sampled_from(["1", "3", "'2'"]),
    "points": st.sampled_from(["1", "0.5", "'2.5'", "100"]),
    "lines": st.sampled_from(["0", "40", "'7'"]),
    "image": st.sampled_from(["mole.png", "'maps/a b.svg'"]),
    "audio": st.sampled_from(["horn.mp3"]),
    "regions": st.sampled_from(["[{answer: A, at: [1, 2, 3, 4]}]", "[{answer: A, at: ['0', 2.25, 3, 4], card: 2}]"]),
    "hide": st.sampled_from(["all", "one"]),
    "alt": st.sampled_from(["A wall", "{image: A wall, audio: A horn}"]),
}
CORES = (
    ("question", "answer"), ("question", "answer", "typed", "accept"), ("question", "answer", "distractors"),
    ("statement", "answer"), ("cloze",), ("question", "order"), ("question", "pairs"),
    ("question", "pairs", "distractors"), ("question", "answer", "image", "alt"),
    ("statement", "answer", "audio", "alt"),
    ("image", "alt", "regions"), ("image", "alt", "regions", "question", "hide"),
)  # fmt: skip


@st.composite
def holders(
    draw: st.DrawFn, right: dict[str, st.SearchStrategy[str]], cores: tuple[tuple[str, ...], ...], more: list[str]
) -> str:
    """`key: value` lines, right ones as a rule, with up to two slips."""
    keys = [*draw(st.sampled_from(cores)), *draw(st.lists(st.sampled_from(more), max_size=3))]
    holder = {key: draw(right[key]) for key in keys}
    for slip in draw(st.lists(st.sampled_from(["value", "key", "missing", "strange"]), max_size=2)):
        key = draw(st.sampled_from(list(right)))
        match slip:
            case "value":
                holder[draw(st.sampled_from(list(holder) or [key]))] = draw(anything)
            case "key":
                holder[key] = draw(right[key] | anything)
            case "missing":
                holder.pop(key, None)
            case "strange":
                holder[draw(st.sampled_from(["anwser", "type", "''", "1"]))] = draw(scalars)
    return written(holder)


def questions() -> st.SearchStrategy[str]:
    ids = {"id": st.sampled_from(["q", "q-1", "007", "Größe", "1.5", "true", "null"])}
    themes = tuple(("id", "themes", *core) for core in CORES) + tuple(("id", *core) for core in CORES)
    return holders(ids | RIGHT, themes, [key for key in RIGHT if key not in {"order", "pairs", "cloze", "statement"}])


SOURCE = {
    "id": st.sampled_from(["s", "2057"]),
    **dict.fromkeys(["title", "short", "author", "publisher", "issue", "date"], words | st.just("1998")),
    "url": st.sampled_from(["https://example.org/a", "HTTP://example.org", '"https:\\n//example.org"']),
    "skip": places | st.just("[]"),
}
DECK = {
    "deck": st.sampled_from(["D", "'D::E'", "1917", "'a :: b'", '"D\\n"', "true"]),
    "questions": listed(questions() | scalars, 0, 3) | listed(questions(), 1, 2),
    "source": holders(SOURCE, (("id", "title"),), list(SOURCE)),
    "defaults": st.sampled_from(["{themes: t}", "{typed: true}", "{themes: [t], typed: false}", "{points: 2}", "{}"]),
}
SELECTION = {
    **dict.fromkeys(["decks", "sources", "themes", "questions"], texts),
    "kinds": st.sampled_from(["cloze", "[cloze, order]", "[]"]),
    "difficulty": st.sampled_from(["1", "[1, '3']"]),
    "count": st.sampled_from(["1", "1000", "'20'"]),
}
SECTION = {"title": words, **SELECTION}
QUIZ = {
    "id": st.sampled_from(["q", "1"]),
    "title": words,
    **SELECTION,
    "sections": st.sampled_from(["kind", "theme"]) | listed(holders(SECTION, (("title",),), list(SECTION)), 1, 2),
    "versions": st.sampled_from(["1", "26"]),
    "together": flags,
    "seed": st.sampled_from(["0", "'1917'", "999999999"]),
    "date": st.sampled_from(["2026-11-24", "'2024-02-29'"]),
    "paper": st.sampled_from(["a4", "letter"]),
    "layout": st.sampled_from(["large", "two-column"]),
    "to": st.sampled_from(["pdf", "[html, cards]"]),
    "template": words,
    "flip": st.sampled_from(["long", "short"]),
    "offset": st.sampled_from(["'1.5,-2'", "[1.5, -2]", "['0', 50]"]),
    "per_page": st.sampled_from(["8", "'10'"]),
}
BANK = {
    "bank": st.sampled_from(["b", "1917"]),
    "title": words,
    "themes": st.sampled_from(["{t: T}", "{t: T, 1917: {title: T, description: D}}", "{}", "{t: 1917}"]),
    "calendar": st.sampled_from(["Old Style", "[Old Style, New Style]", "{words: Old Style, until: 1918}"]),
    "language": st.sampled_from(["en", "de", "' en'", "uk"]),
    "quizzes": listed(holders(QUIZ, (("id", "title"),), list(QUIZ)), 0, 2),
    "ignore": texts,
    "paper": st.sampled_from(["a4", "letter"]),
    "layout": st.sampled_from(["standard", "spaced"]),
    **dict.fromkeys(["author", "school", "logo"], words),
}
decks = holders(DECK, (("deck", "questions"), ("deck", "source", "questions")), ["source", "defaults"])
banks = holders(BANK, (("bank", "title", "themes"),), list(BANK))


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
    return any(re.search(said, fault.message) and unseen(value, holder) for said, unseen in UNSEEN.items())


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


WITHIN = {
    "question": ("deck", "{deck: D, questions: [%s]}"),
    "defaults": ("deck", "{deck: D, defaults: %s, questions: [{id: q, question: Q, answer: A},"
                         " {id: r, themes: t, question: Q, answer: A, distractors: [B, C]},"
                         " {id: s, themes: t, image: f.png, alt: A, regions: [{answer: A, at: [1, 2, 3, 4]}]}]}"),
    "region": ("deck", "{deck: D, questions: [{id: q, themes: t, image: f.png, alt: A, regions: [%s]}]}"),
    "content": ("deck", "{deck: D, questions: [{id: q, themes: t, question: %s, answer: A}]}"),
    "source": ("deck", "{deck: D, source: %s, questions: []}"),
    "deck": ("deck", "%s"),
    "bank": ("bank", "%s"),
    "calendar": ("bank", "{bank: b, title: T, themes: {t: T}, calendar: %s}"),
    "theme": ("bank", "{bank: b, title: T, themes: {t: %s}}"),
    "quiz": ("bank", "{bank: b, title: T, themes: {t: T}, quizzes: [%s]}"),
    "section": ("bank", "{bank: b, title: T, themes: {t: T}, quizzes: [{id: q, title: Q, sections: [%s]}]}"),
}  # fmt: skip
"""Where a holder of keys stands, in the smallest file that has it."""

QUESTION = {"id": "q", "themes": "t"}
HOLDERS: list[tuple[str, dict[str, str]]] = [
    ("question", {**QUESTION, "question": "Q", "answer": "A"}),
    ("question", {**QUESTION, "question": "Q", "answer": "A", "typed": "true"}),
    ("question", {**QUESTION, "question": "Q", "answer": "A", "distractors": "[B, C]"}),
    ("question", {**QUESTION, "statement": "S", "answer": "true"}),
    ("question", {**QUESTION, "cloze": "'{{c1::x}}'"}),
    ("question", {**QUESTION, "question": "Q", "order": "[A, B, C]"}),
    ("question", {**QUESTION, "question": "Q", "pairs": "{A: B, C: D}", "distractors": "E"}),
    ("question", {**QUESTION, "question": "Q", "pairs": "{A: B, C: D, E: F}"}),
    ("defaults", {"themes": "t"}),
    ("question", {**QUESTION, "question": "Q", "answer": "A", "image": "mole.png", "alt": "A wall"}),
    ("question", {**QUESTION, "image": "port.png", "alt": "A port", "regions": "[{answer: A, at: [1, 2, 3, 4]}]"}),
    ("region", {"answer": "A", "at": "[1, 2, 3, 4]"}),
    ("content", {"text": "Q"}),
    ("content", {"image": "mole.png", "audio": "horn.mp3", "alt": "{image: A wall, audio: A horn}"}),
    ("source", {"id": "s", "title": "T"}),
    ("deck", {"deck": "D", "questions": "[{id: q, question: Q, answer: A, themes: t}]"}),
    ("deck", {"deck": "D", "defaults": "{typed: true}", "questions": "[{id: q, question: Q, answer: A, accept: B}]"}),
    ("bank", {"bank": "b", "title": "T", "themes": "{t: T}"}),
    ("theme", {"title": "T"}),
    ("calendar", {"words": "Old Style"}),
    ("quiz", {"id": "q", "title": "Q"}),
    ("quiz", {"id": "q", "title": "Q", "count": "5"}),
    ("section", {"title": "Q"}),
]
"""Right ones, to be spoilt."""


def agree_on(place: str, holder: dict[str, str]) -> None:
    name, within = WITHIN[place]
    agree(name, within % written(holder))


@pytest.mark.parametrize(("place", "holder"), HOLDERS, ids=[place + "-" + "-".join(keys) for place, keys in HOLDERS])
def test_each_slip(place: str, holder: dict[str, str]) -> None:
    """They agree on each key with each odd value, on each key left out, and on keys that nobody knows."""
    described = PLACES["question" if place == "defaults" else place]
    asks = {key for kind in KINDS for key in checks(kind) if not all(key in checks(other) for other in KINDS)}
    for key in described:
        if place != "question" or key in asks or holder == HOLDERS[0][1]:
            for value in ODD:
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
            assert {"id", *RIGHT} == set(described), "give the new key a strategy in RIGHT"
        elif place in made:
            assert set(made[place]) == set(described), f"give the new key of a {place} a strategy"
