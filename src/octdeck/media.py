"""Pictures and sounds of a bank as values; what they are called in a package follows from what is in them."""

import hashlib
import re
import unicodedata
from functools import cached_property
from typing import Final, Literal, TypeAlias

from msgspec import Struct

Picture: TypeAlias = Literal["png", "jpg", "gif", "webp", "svg"]
Sound: TypeAlias = Literal["mp3", "ogg", "opus", "wav", "m4a", "flac"]

MIME: Final[dict[Picture | Sound, str]] = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "svg": "image/svg+xml",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "m4a": "audio/mp4",
    "flac": "audio/flac",
}

_MOST_BYTES: Final = 120  # of a name, in Anki
_UNSAFE: Final = re.compile(r"[^\w-]+")


class Medium(Struct, frozen=True, dict=True):
    """A picture or a sound: `type` is the file ending that fits what is in it.

    `size` is a picture's as it is shown, in pixels; `turned` says how to turn it for that, as Exif numbers it (1: not).
    """

    stem: str
    data: bytes
    type: Picture | Sound
    size: tuple[float, float] | None = None
    turned: int = 1

    @cached_property
    def name(self) -> str:
        """What it is called in a package, with a digest in it: Anki never replaces a file by another of its name."""
        digest = hashlib.sha256(self.data).hexdigest()[:8]
        stem = _UNSAFE.sub("-", unicodedata.normalize("NFC", self.stem)).strip("-").lower() or "file"
        room = _MOST_BYTES - len(f"-{digest}.{self.type}")
        # Lower case, as two names that differ in capitals alone are one file on some systems.
        short = stem.encode()[:room].decode("utf-8", "ignore")
        return f"{short}-{digest}.{self.type}"
