"""What may stand in place of a text, to a text: `{text: ..., image: ..., alt: ...}` becomes inline Markdown."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator

from octdeck import markup
from octdeck.diagnostics import did_you_mean
from octdeck.values import Text, refusal, shortened

_KEYS = ("text", "image", "audio", "alt")
_SHOWN = {"image": "what the picture shows", "audio": "what is heard"}
_LONGEST = 200
_UNUSABLE = re.compile(r'[<>{}|"\x00-\x1f\x7f]')


def _file(value: object, *at: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise refusal("OD104", "the name of a file belongs here", "write it as in 'image: map.png'", *at)
    name = unicodedata.normalize("NFC", value).strip()
    if "\\" in name:
        right = shortened(name.replace("\\", "/"))
        raise refusal("OD104", "between folders stands '/'", f"write '{right}'", *at)
    if sign := _UNUSABLE.search(name):
        shown = sign[0] if sign[0].isprintable() else f"U+{ord(sign[0]):04X}"
        raise refusal("OD104", f"there is a '{shown}' in the name of the file", "rename the file", *at)
    if len(name) > _LONGEST:
        raise refusal("OD104", f"the name of the file has more than {_LONGEST} characters", "rename the file", *at)
    return name


def _alt(value: object, *at: str) -> dict[str, str]:
    """What the files show, by `image` and `audio`; under '' what was said of a single one."""
    told: dict[str, str] = {}
    for key, text in value.items() if isinstance(value, dict) else [("", value)]:
        place = (*at, key) if key else at
        if key not in ("", *_SHOWN):
            raise refusal("OD101", f"unknown key '{shortened(key)}'", "use one of: image, audio", *place)
        if not isinstance(text, str) or not text.strip():
            raise refusal("OD104", "a description in words belongs here", "say what is to be seen or heard", *place)
        told[key] = " ".join(text.split())
    return told


def with_media(text: str, image: str | None, audio: str | None, alt: Mapping[str, str] | None) -> str:
    """The text, and below it the picture and the sound that `alt` describes."""
    files = {key: file for key, file in (("image", image), ("audio", audio)) if file}
    told = dict(alt or {})
    if len(files) == 1 and told.keys() == {""}:
        told = dict.fromkeys(files, told[""])
    for key in told.keys() - files.keys():
        if files:
            hint = "write 'alt: {image: ..., audio: ...}'"
            raise refusal(
                "OD106", "this 'alt' does not say what of the two it is about", hint, "alt", *([key] if key else [])
            )
        raise refusal("OD106", "'alt' goes only with 'image' or 'audio'", "delete it, or name the file", "alt")
    for key in files:
        if key not in told:
            hint = "add 'alt: ...' for those who cannot see or hear it; take care not to give the answer away"
            raise refusal("OD259", f"'{key}' has no 'alt': {_SHOWN[key]} is not said in words", hint, key)
    return "\n".join(filter(None, (text, *(markup.medium(file, told[key]) for key, file in files.items()))))


def _content(value: object) -> object:
    """A text, or `key: value` lines that come to one."""
    if not isinstance(value, dict):
        return value
    for key in value:
        if key not in _KEYS:
            near = did_you_mean(key, _KEYS)
            hint = f"did you mean '{near}'?" if near else f"use one of: {', '.join(_KEYS)}"
            raise refusal("OD101", f"unknown key '{shortened(key)}'", hint, key)
    if not value.keys() & {"text", *_SHOWN}:
        raise refusal("OD102", "'text' is missing", "add a line 'text: ...', or an 'image' with its 'alt'", "text")
    text = value.get("text", "")
    if not isinstance(text, str):
        raise refusal("OD104", "'text' is text", "write it in one line", "text")
    image, audio = (_file(value[key], key) if key in value else None for key in _SHOWN)
    return with_media(text.strip(), image, audio, _alt(value["alt"], "alt") if "alt" in value else None)


def _contents(value: object) -> object:
    """A list, where a single one may stand for a list of one."""
    return (value,) if isinstance(value, str | dict) else value


Content: TypeAlias = Annotated[Text, BeforeValidator(_content)]
Contents: TypeAlias = Annotated[tuple[Content, ...], BeforeValidator(_contents)]
FileName: TypeAlias = Annotated[str, BeforeValidator(_file)]
Alt: TypeAlias = Annotated[Mapping[str, str], BeforeValidator(_alt)]
