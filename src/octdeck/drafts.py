"""The texts to begin with: the files of a new bank, and a deck file for an article, ready for questions."""

import json
import re
import unicodedata
from collections.abc import Sequence
from importlib.resources import files
from typing import Final

from octdeck import json_schema
from octdeck.article import Article

KEEP_HERE: Final = "# Articles are somebody's copyright: they stay on this computer.\n*\n!.gitignore\n"
"""What git is told of a folder of articles."""

EXAMPLE: Final = "lighthouses"
"""The name of the example's deck file and article."""

_STARTER: Final = {
    "bank.yaml": "bank.yaml",
    "lighthouses.yaml": "lighthouses.yaml",
    "lighthouses.txt": "articles/lighthouses.txt",
    "lighthouse.svg": "lighthouse.svg",
    "README.md": "README.md",
}
_FIRST_WORDS: Final = 60  # characters
_TITLE: Final = 150
_DECK_PART: Final = 90


def bank(bank_id: str, title: str, folder: str) -> dict[str, str]:
    """The files of a new bank, by their names in its folder."""
    made = {f"schema/{name}": text for name, text in json_schema.files().items()}
    for name, place in _STARTER.items():
        text = files("octdeck").joinpath("starter", name).read_text(encoding="utf-8")
        quoted = json.dumps(title, ensure_ascii=False)[1:-1] if name.endswith(".yaml") else title
        text = text.replace("NEW-BANK", bank_id).replace("NEW TITLE", quoted)
        made[place] = text.replace("NEW-FOLDER", on_command_line(folder))
    return made | {"articles/.gitignore": KEEP_HERE}


def deck(article: Article, source: str, bank_title: str, themes: Sequence[str], first_id: str) -> str:
    """A deck file for an article, without questions; a comment has the beginning of each paragraph.

    `first_id` is an id that no question has, for the example.
    """
    title = _title(article)
    skip = "  skip: 1                # the title is not worth a question\n" if title else ""
    first = 2 if title else 1
    title = title or titled(source)
    names = [shown for name in themes if (shown := _visible(name))]
    known = ", ".join(names) or "none yet"
    paragraphs = "\n\n".join(f"  # {n}: {_beginning(text)}" for n, text in enumerate(article.paragraphs, start=1))
    return f"""\
# yaml-language-server: $schema=schema/deck.schema.json
deck: {_quoted(f"{_part(bank_title)}::{_part(title)}")}
source:
  id: {source}
  title: {_quoted(title)}
  # What else the article states of itself, and no more: short, author, publisher, issue, date, url.
{skip}questions:

  # Below, each paragraph has its number and its first words. Write the questions on a paragraph under it, without the
  # "# " that makes a line a comment, in this way:
  #
  # - id: {first_id}
  #   question: What ...?
  #   answer: ...
  #   themes: [{names[0] if names else "..."}]
  #   cites: {first}
  #
  # Themes of bank.yaml: {known}.

{paragraphs}
"""


def slug(name: str) -> str:
    """An id made of a name; nothing, where the name has no letter and no digit."""
    lower = unicodedata.normalize("NFC", name).lower()
    return re.sub(r"[^\w.]+", "-", lower).strip("-._")[:60].strip("-._")


def titled(name: str) -> str:
    """A title made of the name of a file or folder."""
    words = " ".join(re.split(r"[-_\s]+", _visible(name))).strip()
    return words[:1].upper() + words[1:]


def on_command_line(path: str) -> str:
    """A path as it is typed on a command line."""
    return path if re.fullmatch(r"[\w./\\:-]+", path) else f'"{path}"'


def _title(article: Article) -> str | None:
    """The first paragraph, if it looks like a title."""
    first, *others = [_visible(re.sub(r"^#+ ", "", text)) for text in article.paragraphs]
    is_title = others and first and len(first) <= _TITLE and not first.endswith((".", ",", ";", ":"))
    return first if is_title else None


def _beginning(paragraph: str) -> str:
    """The first words of a paragraph."""
    text = _visible(paragraph)
    if len(text) <= _FIRST_WORDS:
        return text
    return (
        text[: _FIRST_WORDS + 1].rpartition(" ")[0] + " …" if " " in text[:_FIRST_WORDS] else text[:_FIRST_WORDS] + "…"
    )


def _visible(text: str) -> str:
    """The text without characters that cannot be seen, some of which YAML does not allow even in a comment."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _part(title: str) -> str:
    """A title as part of a deck's name."""
    return _visible(title.replace("::", ":"))[:_DECK_PART].strip(": ") or "Deck"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
