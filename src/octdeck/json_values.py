r"""The values of values.py as an editor sees them: each sort as JSON Schema.

An editor gives scalars a type, as YAML's core schema does, before it checks them: to it, `007` is the number 7 and `no`
may be false. octdeck takes them as they are written. So where text belongs, a number, a boolean and a null will do.

Patterns are kept to what Python and JavaScript read alike: no `\w`, `\d`, `\s` or `$`, which differ.
"""

from typing import Any, Final, TypeAlias

JSON: TypeAlias = dict[str, Any]

_SPACE: Final = r"\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_CONTROL: Final = r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff"
_SEEN: Final = rf"^(?![\s\S]*[{_CONTROL}])"  # begins a pattern of text in which all can be seen
_DIGIT: Final = r"[^\x00-/:-\x7f]"  # of any script: all letters beyond ASCII pass for one
_END: Final = r"(?![\s\S])"
_DAY: Final = r"(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_MILLIMETRES: Final = rf"-?{_DIGIT}{{1,2}}(\.{_DIGIT}{{1,3}})?"
_BREAKS: Final = r"[\t\n]*"  # within an address they do not count
_PLACES: Final = rf"{_DIGIT}{{1,6}}([{_SPACE}]*[-\u2013][{_SPACE}]*{_DIGIT}{{1,6}})?"
_PART: Final = rf"[{_SPACE}]*([^:{_SPACE}]|:(?!:))([^:]|:(?!:))*"


def _all(pattern: str, *, stripped: bool = False) -> str:
    """The pattern of a text that is that, and nothing else; around it there may be white space, if `stripped`."""
    around = f"[{_SPACE}]*" if stripped else ""
    return f"^{around}({pattern}){around}{_END}"


def _texts(pattern: str, wrong: str) -> JSON:
    return {"type": ["string", "number", "boolean", "null"], "pattern": pattern, "patternErrorMessage": wrong}


TEXT: Final = _texts(rf"{_SEEN}[\s\S]*[^{_SPACE}]", "write some text here, without invisible characters")
SLUG: Final = _texts(
    r"^(?![\s\S]*[\x00-,/:-@\[-\^`{-\x7f])(?![0-9A-Za-z_.-]{81})[^\x00-/:-@\[-`{-\x7f]",
    "use letters, digits, '-', '_' and '.', at most 80, beginning with a letter or digit",
) | {"minimum": 0}
FLAG: Final[JSON] = {
    "type": ["boolean", "string"],
    "pattern": _all("[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]"),
    "patternErrorMessage": "write true or false",
}
TRUE: Final[JSON] = {"type": ["boolean", "string"], "not": {"const": False}, "pattern": _all("[Tt][Rr][Uu][Ee]")}
WHOLE: Final[JSON] = {
    "type": ["integer", "string"],
    "minimum": 0,
    "maximum": 999_999_999,
    "pattern": _all(rf"{_DIGIT}{{1,9}}"),
    "patternErrorMessage": "write a whole number in digits",
}
POINTS: Final[JSON] = {
    "type": ["number", "string"],
    "minimum": 0,
    "maximum": 100,
    "multipleOf": 0.5,
    "pattern": _all(rf"{_DIGIT}{{1,9}}(\.{_DIGIT})?"),
    "patternErrorMessage": "write a number from 0 to 100, in halves",
}
PARAGRAPHS: Final[JSON] = {
    "type": ["integer", "string", "array"],
    "minimum": 1,
    "maximum": 100_000,
    "pattern": _all(_PLACES, stripped=True),
    "patternErrorMessage": "write the number of a paragraph, a range or a list: 27, 26-28, [9, 26-28]",
    "items": {"$ref": "#/$defs/paragraphs"},
    "minItems": 1,
}
CITES: Final[JSON] = PARAGRAPHS | {
    "type": [*PARAGRAPHS["type"], "object"],
    "propertyNames": {"$ref": "#/$defs/id"},
    "additionalProperties": {"$ref": "#/$defs/paragraphs"},
    "minProperties": 1,
}
FILE_NAME: Final[JSON] = _texts(
    rf"^(?![\s\S]*[{_CONTROL}\\<>{{}}|\"])[\s\S]*[^{_SPACE}]", "write the name of a file in the bank's folder"
)
ALT: Final[JSON] = {
    "anyOf": [
        {"$ref": "#/$defs/text"},
        {
            "type": "object",
            "properties": {"image": {"$ref": "#/$defs/text"}, "audio": {"$ref": "#/$defs/text"}},
            "additionalProperties": False,
        },
    ]
}
AT: Final[JSON] = {
    "type": "array",
    "items": {
        "type": ["number", "string"],
        "minimum": 0,
        "maximum": 100,
        "pattern": _all(rf"{_DIGIT}{{1,3}}(\.{_DIGIT}{{1,2}})?"),
        "patternErrorMessage": "write a number of per cent",
    },
    "minItems": 4,
    "maxItems": 4,
}


def _if_alt(alt: JSON, then: JSON) -> JSON:
    return {"if": {"properties": {"alt": alt}, "required": ["alt"]}, "then": then}


DESCRIBED: Final[list[JSON]] = [
    *(
        {"if": {"required": [file]}, "then": {"properties": {"alt": {"required": [file]}}, "required": ["alt"]}}
        for file in ("image", "audio")
    ),
    {"if": {"required": ["image", "audio"]}, "then": {"properties": {"alt": {"type": "object"}}}},
    *(_if_alt({"type": "object", "required": [file]}, {"required": [file]}) for file in ("image", "audio")),
    _if_alt({"not": {"type": "object"}}, {"anyOf": [{"required": ["image"]}, {"required": ["audio"]}]}),
]
"""A picture and a sound each have their `alt`, and nothing else has one."""
SKIP: Final[JSON] = PARAGRAPHS | {"items": {"$ref": "#/$defs/source/properties/skip"}, "minItems": 0}
URL: Final[JSON] = {
    "type": "string",
    "pattern": _BREAKS.join([f"^[{_SPACE}]*[Hh]", "[Tt]", "[Tt]", "[Pp]", "[Ss]?", ":", "/", "/", r"[^/?#\t\n]"]),
    "patternErrorMessage": "begin the address with https://",
}
DECK_NAME: Final = _texts(f"{_SEEN}{_PART}(::{_PART})*{_END}", "write the deck's name as in 'Harbours::The old port'")
DATE: Final[JSON] = {
    "type": "string",
    "format": "date",
    "pattern": _all(_DAY),
    "patternErrorMessage": "write year, month and day: 2026-11-24",
}
OFFSET: Final[JSON] = {
    "type": ["string", "array"],
    "pattern": _all(rf"[{_SPACE}]*{_MILLIMETRES}[{_SPACE}]*,[{_SPACE}]*{_MILLIMETRES}[{_SPACE}]*"),
    "patternErrorMessage": "write millimetres to the right and down, as in 1.5,-2",
    "items": {
        "type": ["number", "string"],
        "minimum": -50,
        "maximum": 50,
        "pattern": _all(_MILLIMETRES, stripped=True),
    },
    "minItems": 2,
    "maxItems": 2,
}
PER_PAGE: Final[JSON] = {"enum": [8, 10, "8", "10"]}
CLOZE: Final[JSON] = {
    "type": "string",
    "pattern": rf"{_SEEN}[\s\S]*\{{\{{c{_DIGIT}+::[\s\S]*\}}\}}",
    "patternErrorMessage": "mark the words to hide, as in '{{c1::Aurora}}'",
}
ONE_LINE: Final[JSON] = {
    "pattern": rf"^[{_SPACE}]*[^\n]*[{_SPACE}]*{_END}",
    "patternErrorMessage": "a typed answer has one line",
}


def one_of(words: tuple[str, ...]) -> JSON:
    """Text that is one of a few words, with nothing around it."""
    return {"enum": list(words)}


def language(codes: list[str]) -> JSON:
    """One of the languages, with or without white space around it."""
    pattern = _all("|".join(codes), stripped=True)
    wrong = f"use one of: {', '.join(codes)}"
    return {"type": "string", "pattern": pattern, "patternErrorMessage": wrong, "examples": codes}


def several(item: JSON) -> JSON:
    """A list, where a single text may stand for a list of one."""
    return {"anyOf": [item, {"type": "array", "items": item}]}
