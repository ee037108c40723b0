"""Bytes of a file → a picture or a sound, or why it is none that every output can show. Its name counts for nothing."""

import re
import warnings
from contextlib import suppress
from io import BytesIO
from typing import Final

from octdeck import private, svg
from octdeck.media import Medium, Picture, Sound

MOST_PICTURE: Final = 5 * 2**20
MOST_SOUND: Final = 20 * 2**20
MOST_BYTES: Final = max(MOST_PICTURE, MOST_SOUND)
_MOST_PIXELS: Final = 50_000_000

_TYPES: Final[dict[Picture | Sound, bytes]] = {
    "png": rb"\x89PNG\r\n\x1a\n",
    "jpg": rb"\xff\xd8\xff",
    "gif": rb"GIF8[79]a",
    "webp": rb"RIFF....WEBP",
    "svg": rb"(\xef\xbb\xbf)?\s*<[^\x00]{0,4000}?<?svg[\s>]",
    "mp3": rb"ID3[\x02-\x04]|\xff[\xf2\xf3\xfa\xfb][\x10-\xef]",
    "opus": rb"OggS.{20,300}OpusHead",
    "ogg": rb"OggS.{20,300}(\x01vorbis|\x7fFLAC|Speex)",
    "wav": rb"RIFF....WAVE",
    "flac": rb"fLaC",
    "m4a": rb"....ftyp(M4A|M4B|mp4|isom|iso|dash)",
}
_FILM: Final = re.compile(rb"hdlr.{8}vide", re.DOTALL)
_KNOWN: Final[dict[bytes, str]] = {
    rb"%PDF": "a PDF",
    rb"....ftyp(heic|heix|mif1|hevc)": "a HEIC picture",
    rb"....ftypavif": "an AVIF picture",
    rb"BM": "a BMP picture",
    rb"II\*\x00|MM\x00\*": "a TIFF picture",
    rb"....ftyp|\x1aE\xdf\xa3|RIFF....AVI ": "a film",
    rb"FORM....AIF|\.snd": "a sound that browsers do not play",
    rb"\s*<(!doctype html|html)": "a web page",
    rb"version https://git-lfs": "a pointer of Git LFS, not the file itself",
}
_PICTURES: Final = "png, jpg, gif, webp, svg"
_SOUNDS: Final = "mp3, ogg, opus, wav, m4a, flac"
_SAVE_ANEW: Final = "save it anew, in Inkscape as 'Plain SVG'"
_HEAD: Final = 8192  # bytes by which a type is known
_ON_ITS_SIDE: Final = 5  # Exif's numbers from here on


class UnfitError(ValueError):
    """A file that cannot be taken: why, by which code, and what to do."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.hint = code, hint


def medium(stem: str, data: bytes) -> tuple[Medium, tuple[str, ...]]:
    """A file as a picture or a sound, and what should be said about it: what an SVG has lost in becoming safe.

    Raises:
        UnfitError: it is of no type that is known here, damaged, or too large.

    """
    type_ = next((name for name, start in _TYPES.items() if re.match(start, data[:_HEAD], re.DOTALL)), None)
    if type_ is None or (type_ == "m4a" and _FILM.search(data)):
        raise UnfitError("OD257", f"this is {_what(data)}", f"take one of: {_PICTURES}, {_SOUNDS}")
    match type_:
        case "svg":
            _check_bytes(data, MOST_PICTURE, "picture")
            try:
                data, size, lost = svg.cleaned(data)
            except svg.NotSvgError as error:
                raise UnfitError("OD257", f"this SVG cannot be shown: {error}", _SAVE_ANEW) from None
            return Medium(stem, data, type_, size), lost
        case "png" | "jpg" | "gif" | "webp":
            _check_bytes(data, MOST_PICTURE, "picture")
            width, height, turned = _pixels(data)
            size = (height, width) if turned >= _ON_ITS_SIDE else (width, height)
            alone = private.without_notes(data, type_, turned)
            if alone != data:
                _pixels(alone)  # what reads well only with what is left out is damaged
            return Medium(stem, alone, type_, size, turned), ()
        case _:
            _check_bytes(data, MOST_SOUND, "sound")
            return Medium(stem, data, type_), ()


def _what(data: bytes) -> str:
    if not data:
        return "an empty file"
    known = (name for start, name in _KNOWN.items() if re.match(start, data[:_HEAD], re.DOTALL | re.IGNORECASE))
    return next(known, "neither a picture nor a sound")


def _check_bytes(data: bytes, most: int, what: str) -> None:
    if len(data) > most:
        hint = "save it with fewer pixels" if what == "picture" else "cut it, or save it as mp3 or opus"
        raise UnfitError("OD258", f"the {what} is larger than {most // 2**20} MB", hint)


def _pixels(data: bytes) -> tuple[int, int, int]:
    """The width and the height of a picture all of which can be read, and how it is to be turned."""
    from PIL import ExifTags, Image

    width = height = _MOST_PIXELS
    turned = 1
    with warnings.catch_warnings(), suppress(Image.DecompressionBombError):
        warnings.simplefilter("ignore")
        try:
            with Image.open(BytesIO(data), formats=("PNG", "JPEG", "GIF", "WEBP")) as image:
                width, height = image.size
                if image.mode == "CMYK":
                    message = "the picture is made for a printing press (CMYK): screens show its colours wrong"
                    raise UnfitError("OD257", message, "save it anew with the colours RGB")
                if image.format == "JPEG":
                    turned = image.getexif().get(ExifTags.Base.Orientation, 1)
                    image.draft("L", (1, 1))  # a coarse look reads it all, too
                if image.format == "PNG":
                    image.verify()  # its parts have sums by which they are checked
                elif width * height <= _MOST_PIXELS:
                    image.load()
        except UnfitError:
            raise
        except (OSError, SyntaxError, ValueError, EOFError):
            raise UnfitError("OD257", "the picture is damaged: it cannot be read to its end", "save it anew") from None
    if width * height > _MOST_PIXELS:
        message = f"the picture has more than {_MOST_PIXELS // 10**6} million pixels, which no page can show"
        raise UnfitError("OD258", message, "save it with fewer pixels")
    return width, height, turned if turned in range(1, 9) else 1
