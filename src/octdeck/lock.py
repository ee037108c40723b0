"""octdeck.lock, text to Lock and back: what was released when, and each article's fingerprint.

One line an entry, sorted, so that two people's changes merge. The format is a promise (docs/promises.md).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeAlias

from octdeck.diagnostics import Diagnostic, Span

NAME = "octdeck.lock"
_HEAD = "# Written by `octdeck build`. Commit it with the decks: it is how students keep their reviews. Do not edit it."
_QUESTION = re.compile(r"question (\S+) (main|cloze) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) ([0-9a-f]{16}) (.+)")
_ARTICLE = re.compile(r"article (\S+)((?: [0-9a-f]{10})+)")

NoteKey: TypeAlias = tuple[str, Literal["main", "cloze"]]
"""A question's id and the note type it has in Anki: with the bank's id, the identity of a note."""


@dataclass(frozen=True, slots=True)
class Released:
    """A note as last released. `stamp`: Anki's modification time, in seconds since 1970; `deck`: its Anki deck.

    `line` is where the lock file says so, 0 if it does not yet.
    """

    stamp: int
    digest: str
    deck: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Lock:
    """What students may have. `articles` holds the digests of each source's paragraphs, `lines` where they stand."""

    bank: str
    notes: Mapping[NoteKey, Released] = field(default_factory=dict)
    articles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lines: Mapping[str, Span] = field(default_factory=dict, compare=False)


def parse(text: str, path: Path) -> tuple[Lock | None, list[Diagnostic]]:
    """The text of a lock file. None, and why, where any line of it cannot be relied on."""
    found: list[Diagnostic] = []
    bank = ""
    notes: dict[NoteKey, Released] = {}
    articles: dict[str, tuple[str, ...]] = {}
    places: dict[str, Span] = {}
    lines = text.replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        if question := _QUESTION.fullmatch(line):
            key: NoteKey = question[1], "main" if question[2] == "main" else "cloze"
            stamp = _seconds(question[3])
            if stamp is not None and key not in notes:
                notes[key] = Released(stamp, question[4], question[5], number)
                continue
        elif article := _ARTICLE.fullmatch(line):
            if article[1] not in articles:
                articles[article[1]] = tuple(article[2].split())
                places[article[1]] = Span(path, number, article.start(2) + 2, number, len(line) + 1)
                continue
        elif line.startswith("bank ") and not bank:
            bank = line.removeprefix("bank ")
            continue
        elif not line or line.startswith("#") or (line == "octdeck-lock 1" and number <= 2):
            continue
        here = Span(path, number, 1, number, len(line) + 1)
        message = "this line of the lock file cannot be read"
        hint = "take the file back from version control; after a merge keep the lines of both sides, each once"
        found.append(Diagnostic("OD210", message, here, hint=hint))
    if "octdeck-lock 1" not in lines[:2] or not bank:
        hint = "take it back from version control, or update octdeck if a newer one wrote it"
        found.append(
            Diagnostic("OD210", "this is not a lock file that this octdeck can read", Span(path, 1, 1, 1, 1), hint=hint)
        )
    return (None if found else Lock(bank, notes, articles, places)), found


def text(lock: Lock) -> str:
    """The lock file of `lock`, to the byte."""
    lines = [_HEAD, "octdeck-lock 1", f"bank {lock.bank}", ""]
    lines += [f"article {source} {' '.join(digests)}" for source, digests in sorted(lock.articles.items())]
    lines += [
        f"question {id_} {note} {_iso(known.stamp)} {known.digest} {known.deck}"
        for (id_, note), known in sorted(lock.notes.items())
    ]
    return "\n".join(lines) + "\n"


def _iso(stamp: int) -> str:
    return datetime.fromtimestamp(stamp, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _seconds(iso: str) -> int | None:
    try:
        return int(datetime.fromisoformat(iso).timestamp())
    except ValueError:
        return None
