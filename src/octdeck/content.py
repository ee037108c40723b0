"""What may stand in place of a text, to a text: `{text: ..., image: ..., alt: ...}` becomes inline Markdown."""

import re
from collections.abc import Mapping
from typing import Annotated, TypeAlias

from msgspec import Struct

from octdeck import markup, values
from octdeck.faults import RefusedError, refusal, shortened
from octdeck.shapes import shape, unknown_key
from octdeck.values import Text

_SHOWN = {"image": "what the picture shows", "audio": "what is heard"}
_LONGEST = 200
_UNUSABLE = re.compile(r'[<>{}|"]')


def file_name(value: object, key: str) -> str:
    """The name of a file in the bank's folder, or of one in a folder below."""
    name = values.text(value, key)
    if "\\" in name:
        right = shortened(name.replace("\\", "/"))
        raise refusal("OD104", "between folders stands '/'", f"write '{right}'")
    if sign := _UNUSABLE.search(name):
        raise refusal("OD104", f"there is a '{sign[0]}' in the name of the file", "rename the file")
    if len(name) > _LONGEST:
        raise refusal("OD104", f"the name of the file has more than {_LONGEST} characters", "rename the file")
    return name


def alt(value: object, key: str) -> Mapping[str, str]:
    """What a picture or a sound shows in words, under ''; of a picture and a sound, each under its key."""
    if not isinstance(value, dict):
        return {"": _one_line(value, key)}
    for name in value:
        if name not in _SHOWN:
            raise RefusedError(unknown_key(name, _SHOWN, _SHOWN))
    return values.mapping(values.text, _one_line, value, key)


def with_media(text: str, image: str | None, audio: str | None, alt: Mapping[str, str] | None) -> str:
    """The text, and below it the picture and the sound that `alt` describes.

    Raises:
        RefusedError: `alt` does not describe each, and nothing else.

    """
    files = {key: file for key, file in (("image", image), ("audio", audio)) if file}
    told = dict(alt or {})
    if len(files) == 1 and told.keys() == {""}:
        told = dict.fromkeys(files, told[""])
    if told and not files:
        hint = "delete it, or name the file"
        raise refusal("OD106", "'alt' goes only with 'image' or 'audio'", hint, "alt", on_key=True)
    for key in [key for key in told if key not in files]:
        if not key:
            hint = "write 'alt: {image: ..., audio: ...}'"
            raise refusal("OD106", "this 'alt' does not say which of the two it describes", hint, "alt")
        hint = "delete it, or name the file"
        raise refusal("OD106", f"there is no '{key}' that this describes", hint, "alt", key, on_key=True)
    for key in files:
        if key not in told:
            hint = "add 'alt: ...' for those who cannot see or hear it; take care not to give the answer away"
            raise refusal("OD259", f"'{key}' has no 'alt': {_SHOWN[key]} is not said in words", hint, key)
    return "\n".join(filter(None, (text, *(markup.medium(file, told[key]) for key, file in files.items()))))


def content(value: object, key: str) -> str:
    """A text, or `key: value` lines that come to one."""
    if not isinstance(value, dict):
        return values.text(value, key)
    it = shape(Illustrated, value, key)
    if it.text is None and it.image is None and it.audio is None:
        hint = "add a line 'text: ...', or an 'image' with its 'alt'"
        raise refusal("OD102", "'text' is missing", hint, "text")
    return values.text(with_media(it.text or "", it.image, it.audio, it.alt), key)


def contents(value: object, key: str) -> tuple[str, ...]:
    """A list, where a single one may stand for a list of one."""
    return (content(value, key),) if isinstance(value, str | dict) else values.listed(content, value, key)


def _one_line(value: object, key: str) -> str:
    return " ".join(values.text(value, key).split())


FileName: TypeAlias = Annotated[str, file_name]
Alt: TypeAlias = Annotated[Mapping[str, str], alt]
Content: TypeAlias = Annotated[str, content]
Contents: TypeAlias = Annotated[tuple[str, ...], contents]


class Illustrated(Struct, frozen=True, kw_only=True):
    """What may stand in place of a text."""

    text: Text | None = None
    image: FileName | None = None
    audio: FileName | None = None
    alt: Alt | None = None
