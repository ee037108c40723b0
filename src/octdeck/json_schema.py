"""What a teacher may write, as JSON Schema (2020-12) for editors.

It is made from the checks of questions.py and schema.py, and from keys.py.
Only keywords are used that editors of years ago know too. What octdeck takes, the schema takes; what it cannot see,
such as whether a theme is listed in bank.yaml, is said in docs/editor.md.
"""

import json
import re
from collections.abc import Sequence
from typing import Any, Final, get_args

from octdeck import content, json_values, keys, regions, values
from octdeck.content import Illustrated
from octdeck.json_values import JSON
from octdeck.keys import Keys
from octdeck.languages import languages
from octdeck.questions import (
    DEFAULTABLE,
    KINDS,
    MAX_OPTIONS,
    Choice,
    Cloze,
    Match,
    Occlusion,
    Order,
    Question,
    ShortAnswer,
)
from octdeck.regions import Region
from octdeck.schema import BankFile, Calendar, DeckFile, Source, Theme
from octdeck.settings import Grouping, Quiz, Section
from octdeck.shapes import checks, required, shape
from octdeck.validate import MARKS

PLACES: Final[dict[type, tuple[str, Keys]]] = {
    **dict.fromkeys(KINDS, ("question", keys.QUESTION)),
    DeckFile: ("deck", keys.DECK),
    Source: ("source", keys.SOURCE),
    BankFile: ("bank", keys.BANK),
    Theme: ("theme", keys.THEME),
    Illustrated: ("content", keys.CONTENT),
    Region: ("region", keys.REGION),
    Calendar: ("calendar", keys.CALENDAR),
    Quiz: ("quiz", keys.QUIZ),
    Section: ("section", keys.SECTION),
}
"""What the holders of keys are called, and their keys."""


def deck() -> JSON:
    """The schema of deck files."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A deck file of octdeck",
        "description": "Questions, most of them about one article. See docs/decks.md.",
        **_object(DeckFile),
        "allOf": [*map(_unless_default, _SOMETIMES_MISSING), _ACCEPT_NEEDS_TYPED],
        "$defs": {
            "question": _question(),
            **{kind.kind: _kind(kind) for kind in KINDS},
            "source": _object(Source),
            "content": _object(Illustrated),
            "region": _object(Region),
            **_VALUES,
            "paragraphs": json_values.PARAGRAPHS,
        },
    }


def bank() -> JSON:
    """The schema of bank.yaml."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The bank.yaml of octdeck",
        "description": "A bank of questions: its id, title, themes and quizzes. See docs/decks.md.",
        **_object(BankFile),
        "$defs": {PLACES[kind][0]: _object(kind) for kind in (Theme, Calendar, Quiz, Section)} | _VALUES,
    }


def text(schema: JSON) -> str:
    """A schema as the text of a file, in ASCII: a console that knows no UTF-8 cannot spoil it."""
    return json.dumps(schema, indent=2) + "\n"


ALL: Final = {"deck": deck, "bank": bank}


def files() -> dict[str, str]:
    """Both schemas as files: name and text."""
    return {f"{name}.schema.json": text(schema()) for name, schema in ALL.items()}


def _ref(name: str) -> JSON:
    return {"$ref": f"#/$defs/{name}"}


_VALUES: Final = {"text": json_values.TEXT, "id": json_values.SLUG, "true-or-false": json_values.FLAG}

_CONTENT: Final[JSON] = {"anyOf": [_ref("text"), _ref("content")]}

_SIMPLE: Final[dict[Any, JSON]] = {
    values.text: _ref("text"),
    values.slug: _ref("id"),
    values.flag: _ref("true-or-false"),
    values.whole: json_values.WHOLE,
    values.points: json_values.POINTS,
    values.themes: {"anyOf": [_ref("id"), {"type": "array", "items": _ref("id"), "minItems": 1}]},
    values.cites: json_values.CITES,
    content.content: _CONTENT,
    content.contents: {"anyOf": [*_CONTENT["anyOf"], {"type": "array", "items": _CONTENT}]},
    content.file_name: json_values.FILE_NAME,
    content.alt: json_values.ALT,
    regions.at: json_values.AT,
    regions.regions: {"type": "array", "items": _ref("region"), "minItems": 1, "maxItems": regions.MOST},
    values.skip: json_values.SKIP,
}
"""Checks that need nothing else to be known."""

_SOME_TEXTS: Final[JSON] = {"anyOf": [_ref("text"), {"type": "array", "items": _ref("text"), "minItems": 1}]}

_OWN: Final[dict[tuple[type, str], JSON]] = {
    (DeckFile, "deck"): json_values.DECK_NAME,
    (DeckFile, "questions"): {"type": ["array", "null", "string"], "maxLength": 0, "items": _ref("question")},
    (DeckFile, "defaults"): {
        "type": "object",
        "properties": {key: _ref(f"question/properties/{key}") for key in keys.QUESTION if key in DEFAULTABLE},
        "additionalProperties": False,
    },
    (Source, "url"): json_values.URL,
    (BankFile, "language"): json_values.language(sorted(languages())),
    (BankFile, "themes"): {
        "type": "object",
        "propertyNames": _ref("id"),
        "additionalProperties": {"anyOf": [_ref("text"), _ref("theme")]},
    },
    (BankFile, "calendar"): {"anyOf": [_SOME_TEXTS, _ref("calendar")]},
    (Calendar, "words"): _SOME_TEXTS,
    (Quiz, "sections"): {
        "anyOf": [json_values.one_of(get_args(Grouping)), {"type": "array", "items": _ref("section"), "minItems": 1}]
    },
    (Quiz, "date"): json_values.DATE,
    (Quiz, "offset"): json_values.OFFSET,
    (Quiz, "per_page"): json_values.PER_PAGE,
}
"""Keys whose check is their own."""

_EACH_ONCE: Final[JSON] = {
    # Numbers that are the same need not be written the same: 1 and 1.0 are two options.
    "if": {"items": {"type": "string"}},
    "then": {"uniqueItems": True},
    "maxItems": MAX_OPTIONS,
}
_NEVER: Final[JSON] = {"not": {}}
_OPTIONS: Final[JSON] = _EACH_ONCE | {"minItems": 1}
_NOT_EMPTY: Final[JSON] = {"not": {"const": []}}
_NARROWER: Final[dict[tuple[type, str], JSON]] = {
    (Choice, "answer"): _OPTIONS,
    (Choice, "distractors"): _OPTIONS,
    (Choice, "last"): _EACH_ONCE,
    (Order, "order"): _OPTIONS | {"type": "array", "minItems": 3},
    (Match, "pairs"): {"minProperties": 2},
    (Cloze, "cloze"): json_values.CLOZE,
    (Occlusion, "audio"): _NEVER,
    (Occlusion, "alt"): {"properties": {"audio": _NEVER}},
}
"""What a kind of question asks of one key, beyond its check."""

_RULES: Final[dict[type, JSON]] = {
    ShortAnswer: {
        "if": {"properties": {"typed": json_values.TRUE}, "required": ["typed"]},
        "then": {"properties": {"answer": json_values.ONE_LINE}},
    },
    Match: {
        "anyOf": [
            {"properties": {"pairs": {"minProperties": 3}}},
            {"properties": {"distractors": _NOT_EMPTY}, "required": ["distractors"]},
        ]
    },
    Illustrated: {
        "anyOf": [{"required": [key]} for key in ("text", "image", "audio")],
        "allOf": json_values.DESCRIBED,
    },
    Quiz: {"not": {"properties": {"sections": {"type": "array"}}, "required": ["sections", "count"]}},
}
"""What is asked of several keys together."""

_SOMETIMES_MISSING: Final = sorted(DEFAULTABLE.intersection(*map(required, KINDS)))


def _unless_default(key: str) -> JSON:
    """Every question needs the key, unless there is a default for it."""
    default = {"properties": {"defaults": {"required": [key]}}, "required": ["defaults"]}
    return {"if": default, "else": {"properties": {"questions": {"items": {"required": [key]}}}}}


_ACCEPT_NEEDS_TYPED: Final[JSON] = {
    "if": {"properties": {"defaults": {"required": ["typed"]}}, "required": ["defaults"]},
    "else": {
        "properties": {
            "questions": {
                "items": {
                    "if": {"properties": {"accept": _NOT_EMPTY}, "required": ["accept"]},
                    "then": {"properties": {"typed": json_values.TRUE}, "required": ["typed"]},
                }
            }
        }
    },
}


def _object(kind: type) -> JSON:
    """A holder of keys: each key with what it may hold and what it means."""
    _, described = PLACES[kind]
    return {
        "type": "object",
        "properties": {key: _value(kind, key) | _described(described, key) for key in described},
        "required": list(required(kind)),
        "additionalProperties": False,
        **_RULES.get(kind, {}),
    }


def _question() -> JSON:
    """Any question: every key there is, and then the kind of question that the keys make it."""
    kind_of: JSON = _ref(ShortAnswer.kind)
    for mark, kind in reversed([*MARKS.items(), ("distractors", Choice)]):
        kind_of = {"if": {"required": [mark]}, "then": _ref(kind.kind), "else": kind_of}
    properties = {key: _common(key) | _described(keys.QUESTION, key) for key in keys.QUESTION}
    return {"type": "object", "properties": properties, "required": ["id"], "allOf": json_values.DESCRIBED, **kind_of}


def _kind(kind: type[Question]) -> JSON:
    """What a kind of question asks beyond what any question does; other keys do not go with it."""
    properties: JSON = {}
    for key in checks(kind):
        said, narrower = _common(key), _NARROWER.get((kind, key), {})
        more = {} if narrower.items() <= said.items() else narrower
        properties[key] = (more if said else _value(kind, key) | more) or True
    needed = [key for key in required(kind) if key not in DEFAULTABLE]
    return {
        "properties": properties,
        "required": needed,
        "additionalProperties": False,
        **_RULES.get(kind, {}),
    }


def _common(key: str) -> JSON:
    """What a key may hold in whatever kind of question has it; nothing, where that depends on the kind."""
    kinds = [kind for kind in KINDS if key in checks(kind)]
    first, *others = [_value(kind, key) for kind in kinds]
    if others:
        return first if all(other == first for other in others) else {}
    return first | _NARROWER.get((kinds[0], key), {})


def _value(kind: type, key: str) -> JSON:
    """What a key may hold by its check."""
    return _OWN.get((kind, key)) or _checked(checks(kind)[key])


def _checked(check: Any) -> JSON:
    """What a check takes."""
    if (simple := _SIMPLE.get(check)) is not None:
        return simple
    match getattr(check, "func", check), getattr(check, "args", ()):
        case values.within, (least, most, _):
            return json_values.WHOLE | {"minimum": least, "maximum": most}
        case values.one_of, (words,):
            return json_values.one_of(words)
        case values.several, (of,):
            return json_values.several(_checked(of))
        case values.listed, (of,):
            return {"type": "array", "items": _checked(of)}
        case values.mapping, (of_key, of):
            return {"type": "object", "propertyNames": _checked(of_key), "additionalProperties": _checked(of)}
        case function, (kind,) if function is shape:
            return _ref(PLACES[kind][0])
        case other:
            raise LookupError(f"give {other} its JSON Schema in json_schema.py: in _SIMPLE, or for one key in _OWN")


def _described(described: Keys, key: str) -> JSON:
    """What a key means, for an editor to show: in Markdown, and without."""
    entry = described[key]
    marked = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", entry.says)  # links lead nowhere from an editor
    plain = marked.replace("`", "")
    shown: JSON = {"description": plain}
    if marked != plain:
        shown["markdownDescription"] = marked
    examples: Sequence[Any] = entry.examples
    return shown | ({"examples": list(examples)} if examples else {})
