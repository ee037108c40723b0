"""An article's text to numbered paragraphs with digests, so that a citation can be checked without the text."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class Article:
    """The paragraphs of an article; `paragraphs[0]` is paragraph 1."""

    paragraphs: tuple[str, ...]

    @property
    def digests(self) -> tuple[str, ...]:
        """Ten hexadecimal digits for each paragraph; white space and Unicode form do not count."""
        return tuple(hashlib.sha256(text.encode()).hexdigest()[:10] for text in self.paragraphs)


def parse(text: str) -> Article:
    """Blocks separated by blank lines are the paragraphs, counted from 1."""
    blocks = _BLANK_LINE.split(unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"))
    return Article(tuple(" ".join(block.split()) for block in blocks if block.strip()))
