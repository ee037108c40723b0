"""Bank → the files of `dist/`: what each is called and how it is made."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal, Protocol, TypeAlias

from octdeck import quiz
from octdeck.bank import Bank
from octdeck.diagnostics import Diagnostic, Span
from octdeck.look import Look, Printed
from octdeck.settings import Quiz
from octdeck.sheet import Sheet, from_bank

Format: TypeAlias = Literal["anki"] | Printed
DEFAULT: tuple[Format, ...] = ("anki", "pdf")


class Writer(Protocol):
    """What each writer for paper offers."""

    def quiz(self, sheet: Sheet, look: Look) -> bytes:
        """A sheet to a file."""

    def key(self, sheets: Sequence[Sheet], look: Look) -> bytes:
        """The key to all versions of a sheet, to a file."""


def _pdf() -> Writer:
    from octdeck.writers import pdf

    return pdf


def _html() -> Writer:
    from octdeck.writers import html

    return html


def _docx() -> Writer:
    from octdeck.writers import docx

    return docx


# A new format is a line here. Imported only when used: what one format needs does not slow down another.
WRITERS: dict[str, Callable[[], Writer]] = {"pdf": _pdf, "html": _html, "docx": _docx}

Package: TypeAlias = Callable[[Bank], bytes]
"""A bank, or part of it, to its .apkg."""

Made: TypeAlias = tuple[bytes, list[Diagnostic]]

_Sheet: TypeAlias = Callable[[], Sheet]  # laid out only when its file is made


@dataclass(frozen=True, slots=True)
class Output:
    """One file; `origin` is the place that gives it its name. Made, it may come with warnings."""

    name: str
    origin: Span
    make: Callable[[Package], Made]


def of_bank(bank: Bank, formats: Sequence[Format]) -> Iterator[Output]:
    """What `build` writes, in order. The names are a promise (docs/promises.md)."""
    if "anki" in formats:
        yield Output(f"{bank.id}.apkg", bank.span("bank"), partial(_package, bank))
        for deck in bank.decks:
            yield Output(f"{deck.file}.apkg", _first_line(deck.path), partial(_package, bank.of_deck(deck.file)))
    for deck in bank.decks:
        title = deck.name.rpartition("::")[2]
        sheets = [("quiz", partial(from_bank, bank.of_deck(deck.file), title))]
        yield from _papers(deck.file, _first_line(deck.path), sheets, bank.look, formats)
    on_paper = any(format_ != "anki" for format_ in formats)
    for index, wanted in enumerate(bank.quizzes):
        own = wanted.to if wanted.to and on_paper else formats
        yield from of_quiz(bank, wanted, own, bank.span("quizzes", index, "id"))


def of_quiz(bank: Bank, wanted: Quiz, formats: Sequence[Format], origin: Span) -> Iterator[Output]:
    """The sheets of one quiz, a file for each version, and their key; with `cards`, its questions to cut out."""
    versions = quiz.versions(bank, wanted)
    labelled = len(versions) > 1
    look = replace(
        bank.look,
        paper=wanted.paper or bank.look.paper,
        layout=wanted.layout or bank.look.layout,
        template=bank.templates.get(wanted.template or "", bank.look.template),
    )
    sheets = [
        (letter, partial(from_bank, part, wanted.title, letter if labelled else "", day=wanted.date))
        for letter, part in versions
    ]
    yield from _papers(wanted.id, origin, sheets, look, formats, together=wanted.together and labelled)
    if "cards" in formats:
        part = versions[0][1]
        yield Output(f"{wanted.id}-cards.pdf", origin, partial(_cards, part, wanted, look))
    if "csv" in formats:
        parts = [(part, sheet) for (_, part), (_, sheet) in zip(versions, sheets, strict=True)]
        yield Output(f"{wanted.id}-marks.csv", origin, partial(_marks, parts))


def clashes(bank: Bank) -> list[Diagnostic]:
    """Outputs of one name, as a file system that knows no capitals sees it: one would overwrite the other."""
    found, first = [], dict[str, Output]()
    # In whatever formats: a file of the same name for another program is a trap as well.
    anywhere = replace(bank, quizzes=tuple(replace(wanted, to=()) for wanted in bank.quizzes))
    for output in of_bank(anywhere, DEFAULT):
        before = first.setdefault(output.name.casefold(), output)
        if before is not output:
            message = f"two outputs would have the name '{output.name}'"
            hint = "rename this deck file or quiz, or the other; a deck file's name is not what students see"
            found.append(
                Diagnostic("OD209", message, output.origin, hint=hint, related=(("the other", before.origin),))
            )
    return found


def _papers(
    name: str,
    origin: Span,
    sheets: Sequence[tuple[str, _Sheet]],
    look: Look,
    formats: Sequence[Format],
    *,
    together: bool = False,
) -> Iterator[Output]:
    """In each format for paper, a file for each sheet, under its own ending, and the key of all.

    `together`: one PDF for all sheets.
    """
    for format_ in formats:
        if format_ in WRITERS:
            shown = look if look.template and look.template.format == format_ else replace(look, template=None)
            every = [sheet for _, sheet in sheets]
            if together and format_ == "pdf":
                yield Output(f"{name}-all.pdf", origin, partial(_together, every, shown))
            else:
                for ending, sheet in sheets:
                    yield Output(f"{name}-{ending}.{format_}", origin, partial(_quiz, format_, sheet, shown))
            yield Output(f"{name}-key.{format_}", origin, partial(_key, format_, every, shown))


def _package(part: Bank, package: Package) -> Made:
    return package(part), []


def _quiz(format_: Format, sheet: _Sheet, look: Look, _: Package) -> Made:
    return WRITERS[format_]().quiz(sheet(), look), []


def _key(format_: Format, sheets: Sequence[_Sheet], look: Look, _: Package) -> Made:
    return WRITERS[format_]().key([sheet() for sheet in sheets], look), []


def _together(sheets: Sequence[_Sheet], look: Look, _: Package) -> Made:
    from octdeck.writers import pdf

    return pdf.together([sheet() for sheet in sheets], look), []


def _marks(parts: Sequence[tuple[Bank, _Sheet]], _: Package) -> Made:
    from octdeck.writers import marks

    return marks.marks([(part, sheet()) for part, sheet in parts]), []


def _cards(part: Bank, wanted: Quiz, look: Look, _: Package) -> Made:
    from octdeck.writers import cards

    data, left_out = cards.cards(from_bank(part, wanted.title), look, wanted.flip, wanted.offset, wanted.per_page)
    return data, cards.too_long(part, left_out)


def _first_line(path: Path) -> Span:
    return Span(path, 1, 1, 1, 1)
