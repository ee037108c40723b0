"""A YAML file that has a block for each language → the lines of one, so that not all of it need be read."""

import re
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def blocks(name: str) -> dict[str, str]:
    """The lines of each block of one of octdeck's own files, by the language's code."""
    text = (_HERE / name).read_text(encoding="utf-8")
    _, *parts = re.split(r"^(\S+):\n", text, flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))
