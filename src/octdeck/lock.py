"""octdeck.lock, text to Lock and back, and in short: what was released when, and each article's fingerprint.

One line an entry, sorted, so that two people's changes merge. The format is a promise (docs/promises.md).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias, get_args

from msgspec import Struct

from octdeck import notetypes
from octdeck.diagnostics import LINE_BREAK, MOST_FOUND, Diagnostic, Edit, Span

NAME = "octdeck.lock"
_HEAD = "# Written by `octdeck build`. Commit it with the decks: it is how students keep their reviews. Do not edit it."
_VERSION = "octdeck-lock 1"
_MARK = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?: .*)?")  # what a merge leaves where two sides changed the same lines
_BANK = re.compile(r"bank (\S{1,200})")
_QUESTION = re.compile(
    r"question (\S{1,200}) (main|cloze|occlusion) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) ([0-9a-f]{16}) (\S.{0,999})"
)
_ARTICLE = re.compile(r"article (\S{1,200})((?: [0-9a-f]{10})+)")
LAST = 253_370_764_800  # 9999-01-01: the file can hold later times too

NoteKey: TypeAlias = tuple[str, notetypes.Key]
"""A question's id and the note type it has in Anki: with the bank's id, the identity of a note."""


_NOTE_TYPES: Final[dict[str, notetypes.Key]] = {key: key for key in get_args(notetypes.Key)}


def others(key: NoteKey) -> tuple[NoteKey, ...]:
    """The notes that a question would be if it were of a kind that has another note type."""
    return tuple((key[0], note) for note in _NOTE_TYPES.values() if note != key[1])


class Released(Struct, frozen=True):
    """A note as last released. `stamp`: Anki's modification time, in seconds since 1970; `deck`: its Anki deck.

    `line` is where the lock file says so, 0 if it does not yet.
    """

    stamp: int
    digest: str
    deck: str
    line: int = 0

    @property
    def says(self) -> tuple[int, str, str]:
        """All but where it stands."""
        return self.stamp, self.digest, self.deck


class Lock(Struct, frozen=True):
    """What students may have. `articles` holds the digests of each source's paragraphs, `lines` where they stand."""

    bank: str
    notes: Mapping[NoteKey, Released] = {}
    articles: Mapping[str, tuple[str, ...]] = {}
    lines: Mapping[str, Span] = {}


class _Line(Struct, frozen=True):
    """An entry of the file: what it is about, what it says of it, and since when."""

    number: int
    text: str
    about: tuple[str, ...]
    says: object
    stamp: int = 0


def parse(text: str, path: Path) -> tuple[Lock, list[Diagnostic]]:
    """The text of a lock file: what of it can be relied on, and what is wrong with the rest.

    With findings, the lock is not whole.
    """
    found: list[Diagnostic] = []
    entries: dict[tuple[str, ...], _Line] = {}
    lines = LINE_BREAK.split(text)
    head = next((number for number, line in enumerate(lines, start=1) if not _is_silent(line)), 1)
    wrong_head = list(_wrong_head(path, head, lines[head - 1]))
    for number, line in enumerate(lines, start=1):
        if _MARK.fullmatch(line):
            message = "a merge left its mark here: two sides changed the same lines"
            hint = "delete the mark and keep the lines of both sides; 'octdeck check --fix' does"
            found.append(_finding("OD236", message, path, number, line, hint, _deletion(path, lines, number)))
        elif len(found) < MOST_FOUND and not _is_silent(line) and (number != head or wrong_head):
            entry = _entry(number, line)
            if entry is None:
                message = "this line of the lock file cannot be read"
                hint = "take the file back from version control, or recover it with 'octdeck lock --from'"
                found.append(_finding("OD210", message, path, number, line, hint))
            elif (before := entries.setdefault(entry.about, entry)) is not entry:
                found.append(_twice(before, entry, path, lines))
                if entry.stamp > before.stamp:
                    entries[entry.about] = entry
    if ("bank",) not in entries:
        message, hint = "no line tells the id of the bank", "recover the file with 'octdeck lock --from'"
        found.append(_finding("OD210", message, path, head, lines[head - 1], hint))
    # Where it begins in another way, it may be another file altogether.
    return _lock(entries, path), wrong_head or sorted(found, key=lambda finding: finding.span)


def text(lock: Lock) -> str:
    """The lock file of `lock`, to the byte."""
    lines = [_HEAD, _VERSION, f"bank {lock.bank}", ""]
    lines += [f"article {source} {' '.join(digests)}" for source, digests in sorted(lock.articles.items())]
    lines += [
        f"question {id_} {note} {iso(known.stamp)} {known.digest} {known.deck}"
        for (id_, note), known in sorted(lock.notes.items())
    ]
    return "\n".join(lines) + "\n"


def summary(lock: Lock) -> str:
    """What a lock holds, in short: the questions by the day of their last change and by deck, and the articles."""
    days = Counter(iso(known.stamp)[:10] for known in lock.notes.values())
    decks = Counter(known.deck for known in lock.notes.values())
    articles = {source: len(digests) for source, digests in lock.articles.items()}
    lines = [f"bank {lock.bank}"]
    for title, counts in (
        ("questions, by the day of their last change", days),
        ("questions, by Anki deck", decks),
        ("articles, by the number of their paragraphs", articles),
    ):
        width = max(map(len, counts), default=0)
        lines.append(f"{title}:" if counts else f"{title}: none")
        lines += [f"  {name:<{width}} {count:>6}" for name, count in sorted(counts.items())]
    return "\n".join(lines) + "\n"


@lru_cache  # a release has one time for all that is new
def iso(stamp: int) -> str:
    """A time stamp as the file has it, in UTC."""
    return datetime.fromtimestamp(stamp, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _is_silent(line: str) -> bool:
    return not line or line.startswith("#") or bool(_MARK.fullmatch(line))


def _entry(number: int, line: str) -> _Line | None:
    if bank := _BANK.fullmatch(line):
        return _Line(number, line, ("bank",), bank[1])
    if article := _ARTICLE.fullmatch(line):
        return _Line(number, line, ("article", article[1]), tuple(article[2].split()))
    if question := _QUESTION.fullmatch(line):
        stamp = _seconds(question[3])
        released = Released(stamp, question[4], question[5], number)
        # Anki cannot bear the time 0.
        if 0 < stamp < LAST:
            return _Line(number, line, ("question", question[1], question[2]), released, stamp)
    return None


@lru_cache
def _seconds(iso: str) -> int:
    try:
        return int(datetime.fromisoformat(iso).timestamp())
    except ValueError:
        return 0


def _lock(entries: Mapping[tuple[str, ...], _Line], path: Path) -> Lock:
    bank, notes, articles = "", dict[NoteKey, Released](), dict[str, tuple[str, ...]]()
    lines: dict[str, Span] = {}
    for entry in entries.values():
        match entry.about, entry.says:
            case ("bank",), str(name):
                bank = name
            case ("article", source), tuple(digests):
                articles[source] = digests
                start, end = len(f"article {source} ") + 1, len(entry.text) + 1
                lines[source] = Span(path, entry.number, start, entry.number, end)
            case ("question", id_, note), Released() as released:
                notes[id_, _NOTE_TYPES[note]] = released
    return Lock(bank, notes, articles, lines)


# --- what can be wrong ----------------------------------------------------------------------------------------------


def _twice(before: _Line, entry: _Line, path: Path, lines: Sequence[str]) -> Diagnostic:
    """Two lines about one thing: the one with the earlier time is too much, if times tell."""
    kind = entry.about[0]
    name = f" '{entry.about[1]}'" if len(entry.about) > 1 else ""
    wrong, right = (before, entry) if entry.stamp > before.stamp else (entry, before)
    if kind == "question" or wrong.text == right.text:
        hint = "delete this line and keep the other, which is as new or newer; 'octdeck check --fix' does"
        fix = _deletion(path, lines, wrong.number)
    elif kind == "article":
        hint = "delete the line that is not about your copy of the article; without either, the next build makes one"
        fix = None
    else:
        hint, fix = "keep the id that bank.yaml has", None
    message = f"the {kind}{name} has two lines in the lock file"
    other = _span(path, right.number, right.text)
    return _finding("OD237", message, path, wrong.number, wrong.text, hint, fix, (("the other", other),))


def _wrong_head(path: Path, number: int, line: str) -> Iterator[Diagnostic]:
    if line != _VERSION:
        newer = re.fullmatch(r"octdeck-lock \d{1,9}", line)
        message = "a newer octdeck wrote this lock file" if newer else f"this is no lock file: '{_VERSION}' is missing"
        hint = (
            "update octdeck" if newer else "take it back from version control, or recover it with 'octdeck lock --from'"
        )
        yield _finding("OD210", message, path, number, line, hint)


def _finding(
    code: str,
    message: str,
    path: Path,
    number: int,
    line: str,
    hint: str,
    fix: Edit | None = None,
    related: tuple[tuple[str, Span], ...] = (),
) -> Diagnostic:
    return Diagnostic(code, message, _span(path, number, line), hint=hint, related=related, fix=fix)


def _span(path: Path, number: int, line: str) -> Span:
    return Span(path, number, 1, number, len(line) + 1)


def _deletion(path: Path, lines: Sequence[str], number: int) -> Edit:
    """What takes out a line with its end."""
    if number < len(lines):
        return Edit(Span(path, number, 1, number + 1, 1), "")
    return Edit(_span(path, number, lines[number - 1]), "")
