"""words.yaml, the words that octdeck itself writes → which languages it has, and the block of one."""

import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("words.yaml")


def languages() -> frozenset[str]:
    """The codes of all languages there are."""
    return frozenset(_blocks())


def block(language: str) -> str:
    """The lines of a language, as YAML; those of English where there is no such language."""
    return _blocks().get(language) or _blocks()["en"]


@cache
def _blocks() -> dict[str, str]:
    # To read all of it as YAML would take longer than to check a bank.
    _, *parts = re.split(r"^(\S+):\n", _FILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))
