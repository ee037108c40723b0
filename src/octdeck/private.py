"""A photo's bytes → the same picture without what camera and programs wrote into it: place, time, device, comments."""

import struct
from collections.abc import Iterator
from typing import Final

from octdeck.media import Picture

_JPEG_KEPT: Final = frozenset({0xE0, 0xE2, 0xEE})  # of what is for programs: JFIF, the profile of colours, Adobe's
_PNG_DROPPED: Final = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
_WEBP_DROPPED: Final = frozenset({b"EXIF", b"XMP "})
_WEBP_FLAGS: Final = 0x08 | 0x04  # that there is Exif, and XMP


def without_notes(data: bytes, type_: Picture, turned: int) -> bytes:
    """The bytes of a sound picture; how it is to be turned stays with it, the pixels stay as they are."""
    match type_:
        case "jpg":
            return b"\xff\xd8" + (_turn(turned) if turned > 1 else b"") + b"".join(_jpeg(data))
        case "png":
            return data[:8] + b"".join(_png(data))
        case "webp" if data[12:16] == b"VP8X":  # in no other is anything beside the picture
            parts = b"".join(_webp(data))
            return b"RIFF" + struct.pack("<I", len(parts) + 4) + b"WEBP" + parts
        case _:
            return data


def _jpeg(data: bytes) -> Iterator[bytes]:
    """The segments to keep, and then all of the rest, which begins with the first scan."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        marker = data[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in _JPEG_KEPT or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            yield data[at:end]
        at = end
    yield data[at:]


def _turn(turned: int) -> bytes:
    """A segment of Exif that says this and nothing else."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, turned, 0)
    exif = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + b"\0\0\0\0"
    return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif


def _png(data: bytes) -> Iterator[bytes]:
    at = 8
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] not in _PNG_DROPPED:
            yield data[at:end]
        at = end


def _webp(data: bytes) -> Iterator[bytes]:
    at = 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        if name == b"VP8X":
            yield data[at : at + 8] + bytes([data[at + 8] & ~_WEBP_FLAGS & 0xFF]) + data[at + 9 : end]
        elif name not in _WEBP_DROPPED:
            yield data[at:end]
        at = end
