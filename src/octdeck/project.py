"""A bank on disk → (Bank, diagnostics), and from there to the files of `dist/` and the lock file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from octdeck import article, disk, lints, lock, outputs, quiz, release
from octdeck.bank import Bank
from octdeck.diagnostics import Diagnostic, OctdeckError, Span, in_order
from octdeck.lock import Lock
from octdeck.outputs import FORMATS, Format, Package
from octdeck.readers import yaml as yaml_reader
from octdeck.sourcemap import MAX_BYTES

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with the name of the output that is being made, its number, and how many there are."""

BANK_FILE = "bank.yaml"
_DECK_ENDINGS = (".yaml", ".yml")
_ARTICLE_ENDINGS = (".txt", ".md")


@dataclass(frozen=True, slots=True)
class Project:
    """A bank as it stands on disk. `bank` is None where bank.yaml is wrong; `texts` holds what was read, by path.

    `articles` holds the paragraphs' digests of the articles at hand, by source.
    """

    folder: Path
    bank: Bank | None
    diagnostics: tuple[Diagnostic, ...]
    lock: Lock
    articles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    texts: Mapping[Path, str] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Whether there is an error, so that nothing can be built."""
        return self.bank is None or any(d.severity == "error" for d in self.diagnostics)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: files written, files that were the same already, and what students get (with `anki`)."""

    written: tuple[Path, ...]
    kept: tuple[Path, ...]
    release: release.Release | None


def load(folder: Path, articles: Path | None = None, formats: Sequence[Format] = FORMATS) -> Project:
    """Read the bank in `folder` and check it for `formats`.

    `articles` is the folder of the articles, by default `articles` beside the bank; where an article is not at hand,
    the lock file's fingerprint of it serves.

    Raises:
        OctdeckError: there is no bank in `folder`, no such folder of articles, or a file cannot be read.

    """
    if articles is not None and not articles.is_dir():
        raise OctdeckError(f"there is no folder {articles} with articles", "check --articles and OCTDECK_ARTICLES")
    bank_path = folder / BANK_FILE
    if not bank_path.is_file():
        hint = f"name the folder that holds {BANK_FILE}, as in 'octdeck check path/to/decks'"
        raise OctdeckError(f"there is no {BANK_FILE} in {folder}", hint)
    deck_paths = [path for path in disk.names(folder, _DECK_ENDINGS) if path.name != BANK_FILE]
    files = [(path, disk.read(path, folder, MAX_BYTES)) for path in (bank_path, *deck_paths)]
    texts = {path: data.decode("utf-8-sig", "replace") for path, data in files}
    bank, found = yaml_reader.read(files[0], files[1:])
    known, lock_faults = _lock(folder, texts)
    found += lock_faults
    if bank is None:
        return Project(folder, None, in_order(found), Lock(""), texts=texts)
    at_hand = _articles(articles or folder.parent / "articles", bank)
    known = known or Lock(bank.id)
    found += release.check(bank, known, folder / lock.NAME)
    found += _changed_articles(bank, at_hand, known)
    found += lints.check(bank, {**known.articles, **at_hand})
    found += quiz.check(bank)
    found += outputs.clashes(bank)
    if "pdf" in formats:
        from octdeck.writers import pdf

        found += pdf.unprintable(bank)
    return Project(folder, bank, in_order(found), known, at_hand, texts)


def build(
    project: Project, out: Path, now: int, formats: Sequence[Format] = FORMATS, progress: Progress | None = None
) -> Built:
    """Write all outputs of a bank to the folder `out`, and with `anki` the lock file to the bank.

    `now`, in seconds since 1970, becomes the time stamp of what is new or changed. Everything is made before anything
    is written, and a file that is the same already is left alone.

    Raises:
        OctdeckError: the project has errors, or a file cannot be written.

    """
    bank = project.bank
    if bank is None or project.failed:
        raise OctdeckError(f"{project.folder} has errors, so nothing was built", "run 'octdeck check' and mend them")
    wanted = list(outputs.of_bank(bank, formats))
    made: dict[Path, bytes] = {}
    planned: release.Release | None = None
    package: Package = _unplanned
    if "anki" in formats:
        planned, package = _release(project, bank, now)
        # The lock goes first: if the build dies on the way, the next one makes the same packages from it.
        made[project.folder / lock.NAME] = lock.text(planned.lock).encode()
    for number, output in enumerate(wanted, start=1):
        if progress is not None:
            progress(output.name, number, len(wanted))
        made[out / output.name] = output.make(package)
    written = disk.replace_all(made)
    paths = [out / output.name for output in wanted]
    return Built(
        written=tuple(path for path in paths if path in written),
        kept=tuple(path for path in paths if path not in written),
        release=planned,
    )


def _release(project: Project, bank: Bank, now: int) -> tuple[release.Release, Package]:
    """The release plan, and what makes a package by its stamps."""
    from octdeck import notes
    from octdeck.writers import anki

    all_notes = notes.of_bank(bank)
    planned = release.plan({n.key: (n.digest, n.deck) for n in all_notes}, project.articles, project.lock, now)

    def package(part: Bank) -> bytes:
        ids = {item.question.id for item in part.items}
        return anki.write(part, [note for note in all_notes if note.key[0] in ids], planned.stamp)

    return planned, package


def _unplanned(_: Bank) -> bytes:
    raise AssertionError("no package is made without a release plan")


def _lock(folder: Path, texts: dict[Path, str]) -> tuple[Lock | None, list[Diagnostic]]:
    path = folder / lock.NAME
    if not path.exists():
        return None, []
    texts[path] = disk.read(path, folder, MAX_BYTES).decode("utf-8", "replace")
    return lock.parse(texts[path], path)


def _articles(folder: Path, bank: Bank) -> dict[str, tuple[str, ...]]:
    """The fingerprints of those of the bank's articles that are at hand."""
    if not folder.is_dir():
        return {}
    at_hand = {path.stem: path for path in reversed(disk.names(folder, _ARTICLE_ENDINGS))}
    return {
        deck.source.id: article.parse(
            disk.read(at_hand[deck.source.id], folder, MAX_BYTES).decode("utf-8-sig", "replace")
        ).digests
        for deck in bank.decks
        if deck.source and deck.source.id in at_hand
    }


def _changed_articles(bank: Bank, at_hand: Mapping[str, tuple[str, ...]], known: Lock) -> list[Diagnostic]:
    found = []
    for deck in bank.decks:
        source = deck.source
        if source is None or source.id not in at_hand or source.id not in known.articles:
            continue
        now, before = at_hand[source.id], known.articles[source.id]
        if now != before:
            message = f"the article of '{source.id}' is not the one that was released: {_difference(now, before)}"
            hint = (
                f"compare it with the one before; to take it, delete the line 'article {source.id} ...' of {lock.NAME}"
            )
            found.append(Diagnostic("OD205", message, Span(deck.path, 1, 1, 1, 1), "warning", hint))
    return found


def _difference(now: Sequence[str], before: Sequence[str]) -> str:
    first = next((i for i, (a, b) in enumerate(zip(now, before, strict=False), start=1) if a != b), None)
    where = f"from paragraph {first} on" if first else "at its end"
    return f"{len(before)} paragraphs then, {len(now)} now, other text {where}"
