"""The languages in which octdeck can write words of its own: those of words.yaml."""

from octdeck.blocks import blocks

_FILE = "words.yaml"


def languages() -> frozenset[str]:
    """The codes of all languages there are."""
    return frozenset(blocks(_FILE))


def block(language: str) -> str:
    """The lines of a language in words.yaml; those of English where there is no such language."""
    return blocks(_FILE).get(language) or blocks(_FILE)["en"]
