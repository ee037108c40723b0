"""A bank on disk → (Bank, diagnostics)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from octdeck import (
    characters,
    disk,
    enclosures,
    lints,
    lock,
    outputs,
    release,
    released,
    shelving,
    transaction,
)
from octdeck.article import Shelf
from octdeck.bank import Bank
from octdeck.diagnostics import Diagnostic, in_order
from octdeck.errors import OctdeckError
from octdeck.lock import Lock
from octdeck.outputs import DEFAULT, Format
from octdeck.questions import media_in
from octdeck.readers import yaml as yaml_reader
from octdeck.sourcemap import MAX_BYTES

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with what is being done, its number, and how many there are of the kind."""

MANY = 2_000
"""So many questions pay for a process that asks the rules of them, or makes a package of them."""

MAX_FILES = 1_000
MAX_BYTES_IN_ALL = 8 * MAX_BYTES  # which is more than 100 000 questions
BANK_FILE = "bank.yaml"
DECK_ENDINGS = (".yaml", ".yml")


class Project(Struct, frozen=True, eq=False, dict=True):
    """A bank as it stands on disk. `bank` is None where bank.yaml is wrong; `texts` holds what was read, by path.

    `found` has all errors; what is to be thought over, `warned` tells. `shelf` holds its articles; `taken`, the
    fingerprints of articles that are to go into the lock file in place of what it has; `files` are bank.yaml, the deck
    files, and octdeck.lock if there is one.
    """

    folder: Path
    bank: Bank | None
    found: tuple[Diagnostic, ...]
    lock: Lock
    warned: Callable[[], Sequence[Diagnostic]] = tuple
    shelf: Shelf = Shelf()
    texts: Mapping[Path, str] = {}
    files: tuple[Path, ...] = ()
    taken: Mapping[str, tuple[str, ...]] = {}

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All that is wrong, in order; this may have to wait for what asks the rules."""
        return in_order([*self.found, *self.warned()])

    @property
    def failed(self) -> bool:
        """Whether there is an error, so that nothing can be built."""
        return self.bank is None or any(d.severity == "error" for d in self.found)


def load(
    folder: Path,
    articles: Path | None = None,
    formats: Sequence[Format] = DEFAULT,
    *,
    now: int | None = None,
    update_articles: bool = False,
    instead: Mapping[Path, bytes] | None = None,
    progress: Progress | None = None,
    processes: int = 1,
) -> Project:
    """Read the bank in `folder` and check it for `formats`.

    `articles` is the folder of the articles, by default `articles` in the bank or beside it; where an article is not at
    hand, the lock file's fingerprint of it serves. With `update_articles`, the articles at hand count, whatever
    fingerprints the lock file has. `now`, in seconds since 1970, shows which times in the lock file cannot be right.
    `instead` holds what to read instead of some of the bank's files. With more than one of `processes`, another may
    read half of a large bank, and ask the rules while this one goes on. Repairs of the bank's files that were
    begun, and killed while they were put in place, are finished first.

    Raises:
        OctdeckError: there is no bank in `folder`, no such folder of articles, a file cannot be read, or an article
            cannot be taken (see `shelving.new_fingerprints`).

    """
    if articles is not None and not disk.is_folder(articles):
        raise OctdeckError(f"there is no folder {articles} with articles", "check --articles and OCTDECK_ARTICLES")
    bank_path = folder / BANK_FILE
    if not disk.is_file(bank_path):
        hint = f"name the folder that holds {BANK_FILE}, as in 'octdeck check harbours', or make one with 'octdeck new'"
        raise OctdeckError(f"there is no {BANK_FILE} in {folder}", hint)
    if transaction.is_pending(folder):
        with transaction.alone(folder):
            transaction.recover(folder)
    paths = (bank_path, *deck_files(folder))
    given = instead or {}
    texts: dict[Path, str] = {}

    files = _contents(paths, folder, given)
    numbers = {path: number for number, path in enumerate(paths, start=1)}

    def show(path: Path) -> None:
        if progress is not None:
            progress(f"reading {path.name}", numbers[path], len(paths))

    bank, found = yaml_reader.read(files[0], files[1:], texts, show, processes)
    del files
    if progress is not None:
        progress("checking what was read", len(paths), len(paths))
    known, faults = released.lock_file(folder, texts, given)
    found += faults
    files_read = tuple(texts)
    if bank is None:
        return Project(folder, None, tuple(found), Lock(""), texts=texts, files=files_read)
    known = known if known is not None and not faults else Lock(bank.id)
    shelf = shelving.shelf(articles or shelving.home(folder), bank, known)
    # Without a lock file there is nothing to update: the first release makes one, with the articles as they are.
    taken = shelving.new_fingerprints(bank, shelf) if update_articles and folder / lock.NAME in texts else {}
    shelf = replace(shelf, released={**shelf.released, **taken})
    bank, faults = enclosures.added(bank, folder)
    found += faults
    if _may_show(texts.values()) and any(True for item in bank.items for _ in media_in(item.question)):
        from octdeck import mediafiles

        bank, faults = mediafiles.added(bank, folder)
        found += faults
    warned: Callable[[], list[Diagnostic]] = partial(lints.warnings, bank, shelf)
    # Where sheets are set by other processes, one more for the rules is at hand.
    if processes > 1 and (len(bank.items) >= MANY or "pdf" in formats):
        from octdeck import beside

        warned = beside.begin(warned)
    found += release.check(bank, known, folder / lock.NAME, now)
    found += lints.errors(bank, shelf)
    if bank.quizzes:
        from octdeck import quiz

        found += quiz.check(bank)
    found += outputs.check(bank, released=bool(known.notes))
    if {"pdf", "cards"} & {*formats, *(format_ for wanted in bank.quizzes for format_ in wanted.to)}:
        found += characters.unprintable(bank)
        found += characters.undrawable(bank)
    return Project(folder, bank, tuple(found), known, warned, shelf, texts, files_read, taken)


def deck_files(folder: Path) -> list[Path]:
    """The deck files of the bank in `folder`, by name.

    Raises:
        OctdeckError: the folder cannot be listed.

    """
    bank = folder / BANK_FILE
    # Where capitals do not count, it may be listed as Bank.yaml.
    return [path for path in disk.names(folder, DECK_ENDINGS) if not disk.are_same(path, bank)]


def _may_show(texts: Iterable[str]) -> bool:
    """Whether files with these texts may name a picture or a sound; in most banks they do not, at a glance."""
    return any(mark in text for text in texts for mark in ("![", "\\", "image", "audio"))


def _contents(paths: Sequence[Path], folder: Path, given: Mapping[Path, bytes]) -> list[tuple[Path, bytes]]:
    """What stands in bank.yaml and the deck files, or is given in their stead."""
    hint = "make two banks of it"
    if len(paths) > 1 + MAX_FILES:
        raise OctdeckError(f"there are more than {MAX_FILES:,} deck files in {folder}", hint)
    files, room = list[tuple[Path, bytes]](), MAX_BYTES_IN_ALL
    for path in paths:
        files.append((path, given[path] if path in given else disk.read(path, folder, MAX_BYTES)))
        room -= len(files[-1][1])
        if room < 0:
            raise OctdeckError(f"the deck files in {folder} are larger than {MAX_BYTES_IN_ALL // 2**20} MB", hint)
    return files
