"""Bank → the files of `dist/`: what each is called and how it is made."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from octdeck import quiz
from octdeck.bank import Bank
from octdeck.diagnostics import Diagnostic, Span
from octdeck.sheet import Sheet, from_bank

Format: TypeAlias = Literal["anki", "pdf"]
FORMATS: tuple[Format, ...] = get_args(Format)

Package: TypeAlias = Callable[[Bank], bytes]
"""A bank, or part of it, to its .apkg."""


_Sheet: TypeAlias = Callable[[], Sheet]  # laid out only when its file is made


@dataclass(frozen=True, slots=True)
class Output:
    """One file of `dist/`; `origin` is the place that gives it its name."""

    name: str
    origin: Span
    make: Callable[[Package], bytes]


def of_bank(bank: Bank, formats: Sequence[Format]) -> Iterator[Output]:
    """What `build` writes, in order. The names are a promise (docs/promises.md)."""
    if "anki" in formats:
        yield Output(f"{bank.id}.apkg", bank.span("bank"), lambda package: package(bank))
        for deck in bank.decks:
            part = bank.of_deck(deck.file)
            yield Output(f"{deck.file}.apkg", _first_line(deck.path), partial(_package, part))
    if "pdf" in formats:
        for deck in bank.decks:
            title = deck.name.rpartition("::")[2]
            yield from _papers(deck.file, _first_line(deck.path), [("quiz", _sheet(bank.of_deck(deck.file), title))])
        for index, wanted in enumerate(bank.quizzes):
            versions = quiz.versions(bank, wanted)
            labelled = len(versions) > 1
            sheets = [(letter, _sheet(part, wanted.title, letter if labelled else "")) for letter, part in versions]
            yield from _papers(wanted.id, bank.span("quizzes", index, "id"), sheets)


def clashes(bank: Bank) -> list[Diagnostic]:
    """Outputs of one name, as a file system that knows no capitals sees it: one would overwrite the other."""
    found, first = [], dict[str, Output]()
    for output in of_bank(bank, FORMATS):
        before = first.setdefault(output.name.casefold(), output)
        if before is not output:
            message = f"two outputs would have the name '{output.name}'"
            hint = "rename this deck file or quiz, or the other; a deck file's name is not what students see"
            found.append(
                Diagnostic("OD209", message, output.origin, hint=hint, related=(("the other", before.origin),))
            )
    return found


def _papers(name: str, origin: Span, sheets: Sequence[tuple[str, _Sheet]]) -> Iterator[Output]:
    """A file for each sheet, under its own ending, and the key of all."""
    for ending, sheet in sheets:
        yield Output(f"{name}-{ending}.pdf", origin, partial(_quiz_pdf, sheet))
    yield Output(f"{name}-key.pdf", origin, partial(_key_pdf, [sheet for _, sheet in sheets]))


def _package(part: Bank, package: Package) -> bytes:
    return package(part)


def _quiz_pdf(sheet: _Sheet, _: Package) -> bytes:
    from octdeck.writers import pdf

    return pdf.quiz(sheet())


def _key_pdf(sheets: Sequence[_Sheet], _: Package) -> bytes:
    from octdeck.writers import pdf

    return pdf.key([sheet() for sheet in sheets])


def _sheet(part: Bank, title: str, version: str = "") -> _Sheet:
    return partial(from_bank, part, title, version)


def _first_line(path: Path) -> Span:
    return Span(path, 1, 1, 1, 1)
