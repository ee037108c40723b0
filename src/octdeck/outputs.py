"""Bank → the files of `dist/`: what each is called and how it is made."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from octdeck import filenames
from octdeck.bank import Bank
from octdeck.diagnostics import Diagnostic, Severity, Span
from octdeck.errors import OctdeckError
from octdeck.faults import shortened
from octdeck.look import Look, Printed
from octdeck.settings import Quiz

if TYPE_CHECKING:
    from octdeck.sheet import Sheet

Format: TypeAlias = Literal["anki"] | Printed
DEFAULT: tuple[Format, ...] = ("anki", "pdf")


class Writer(Protocol):
    """What each writer for paper offers."""

    def quiz(self, sheet: "Sheet", look: Look) -> bytes:
        """A sheet to a file."""

    def key(self, sheets: "Sequence[Sheet]", look: Look) -> bytes:
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

Made: TypeAlias = tuple[bytes, tuple[str, ...]]
"""A file, and the ids of the questions that it has no room for."""


class Job(Struct, frozen=True):
    """How a file is made, of nothing but what `work` has with it, so that any process can do it.

    `of` tells a digest of that: the same digest, the same bytes. None: not worth one. `aside`: it takes long enough
    to be done in another process. `apart`: even one that is split off for it alone, as it is too large to be sent
    to any.
    """

    work: "partial[Made]"
    of: "Callable[[], str] | None" = None
    aside: bool = False
    apart: bool = False


Package: TypeAlias = Callable[[Bank], Job]
"""A bank, or part of it, to what makes its .apkg."""

_Versions: TypeAlias = Callable[[], tuple[tuple[str, Bank], ...]]
_Sheet: TypeAlias = "Callable[[], Sheet]"  # laid out only when its file is made


class Output(Struct, frozen=True):
    """One file; `origin` is the place that gives it its name, `left_out` warns of what it has no room for."""

    name: str
    origin: Span
    job: Callable[[Package], Job]
    left_out: "Callable[[tuple[str, ...]], list[Diagnostic]]" = lambda _: []


def of_bank(bank: Bank, formats: Sequence[Format]) -> Iterator[Output]:
    """What `build` writes, in order. The names are a promise (docs/promises.md)."""
    by_deck = bank.by_deck()
    if "anki" in formats:
        yield Output(f"{bank.id}.apkg", bank.span("bank"), partial(_package, bank))
        for deck, part in by_deck:
            yield Output(f"{deck.file}.apkg", _first_line(deck.path), partial(_package, part))
    for deck, part in by_deck:
        title = deck.name.rpartition("::")[2]
        sheets = [("quiz", partial(_sheet, part, title))]
        yield from _papers(deck.file, _first_line(deck.path), sheets, bank.look, formats)
    on_paper = any(format_ != "anki" for format_ in formats)
    for index, wanted in enumerate(bank.quizzes):
        own = wanted.to if wanted.to and on_paper else formats
        yield from of_quiz(bank, wanted, own, bank.span("quizzes", index, "id"))


def of_quiz(bank: Bank, wanted: Quiz, formats: Sequence[Format], origin: Span) -> Iterator[Output]:
    """The sheets of one quiz, a file for each version, and their key; with `cards`, its questions to cut out."""
    from octdeck import quiz

    # Picked and shuffled once, and only when a file is made.
    versions = cache(partial(quiz.versions, bank, wanted))
    letters = quiz.letters(wanted)
    labelled = len(letters) > 1
    look = replace(
        bank.look,
        paper=wanted.paper or bank.look.paper,
        layout=wanted.layout or bank.look.layout,
        template=bank.templates.get(wanted.template or "", bank.look.template),
    )
    sheets = [
        (letter, partial(_version, versions, number, wanted, letter if labelled else ""))
        for number, letter in enumerate(letters)
    ]
    yield from _papers(wanted.id, origin, sheets, look, formats, together=wanted.together and labelled)
    if "cards" in formats:
        told = partial(_too_long, versions)
        yield Output(f"{wanted.id}-cards.pdf", origin, partial(_cards, versions, wanted, look), told)
    if "csv" in formats:
        yield Output(f"{wanted.id}-marks.csv", origin, partial(_marks, versions, [sheet for _, sheet in sheets]))


def check(bank: Bank, *, released: bool = False) -> list[Diagnostic]:
    """Names of outputs that some system cannot hold, or takes for one name: one file would overwrite the other.

    The id of a bank that was `released` cannot be another any more.
    """
    found, first = list[Diagnostic](), dict[str, Output]()
    told = set[tuple[Span, ...]]()  # about one place, one finding, though it names several files
    # In whatever formats: a file of the same name for another program is a trap as well.
    anywhere = replace(bank, quizzes=tuple(replace(wanted, to=()) for wanted in bank.quizzes))
    for output in of_bank(anywhere, DEFAULT):
        before = first.setdefault(filenames.same(output.name), output)
        if before is not output and (output.origin, before.origin) not in told:
            told.add((output.origin, before.origin))
            unlike = "" if before.name == output.name else f", which to some systems is '{shortened(before.name)}'"
            message = f"two outputs would have the name '{shortened(output.name)}'{unlike}"
            hint = "rename this deck file or quiz, or the other; a deck file's name is not what students see"
            related = (("the other", before.origin),)
            found.append(Diagnostic("OD209", message, output.origin, hint=hint, related=related))
        trouble = filenames.trouble(output.name)
        if trouble and (output.origin,) not in told:
            told.add((output.origin,))
            message = f"the output '{shortened(output.name)}' {trouble}"
            hint = "choose another id" if output.origin.path == bank.path else "give this file another name"
            severity: Severity = "error"
            if released and output.origin == bank.span("bank"):
                hint, severity = "keep the id, as students have it; publish the file under another name", "warning"
            found.append(Diagnostic("OD239", message, output.origin, severity, hint))
    for deck in bank.decks:
        if filenames.same(deck.path.name) == bank.path.name:
            message = f"to some systems, '{deck.path.name}' is the name of {bank.path.name}"
            found.append(Diagnostic("OD239", message, _first_line(deck.path), hint="give this file another name"))
    return found


def refuse(wanted: Sequence[Output]) -> None:
    """Let none of these have a name that some system cannot hold.

    Raises:
        OctdeckError: one has.

    """
    for output in wanted:
        if trouble := filenames.trouble(output.name):
            raise OctdeckError(f"the output '{shortened(output.name)}' {trouble}", "choose another name")


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


def _sheet(part: Bank, title: str, version: str = "", day: date | None = None) -> "Sheet":
    from octdeck.sheet import from_bank

    return from_bank(part, title, version, day=day)


def _version(versions: _Versions, number: int, wanted: Quiz, letter: str) -> "Sheet":
    return _sheet(versions()[number][1], wanted.title, letter, wanted.date)


# --- what each is made of -------------------------------------------------------------------------------------------


def _package(part: Bank, package: Package) -> Job:
    return package(part)


def _quiz(format_: Format, sheet: _Sheet, look: Look, _: Package) -> Job:
    return _job(_set_quiz, format_, sheet(), look)


def _key(format_: Format, sheets: Sequence[_Sheet], look: Look, _: Package) -> Job:
    return _job(_set_key, format_, tuple(sheet() for sheet in sheets), look)


def _together(sheets: Sequence[_Sheet], look: Look, _: Package) -> Job:
    return _job(_set_together, tuple(sheet() for sheet in sheets), look)


def _cards(versions: _Versions, wanted: Quiz, look: Look, _: Package) -> Job:
    sheet = _sheet(versions()[0][1], wanted.title)
    return _job(_set_cards, sheet, look, wanted.flip, wanted.offset, wanted.per_page)


def _marks(versions: _Versions, sheets: Sequence[_Sheet], _: Package) -> Job:
    return Job(partial(_set_marks, [(part, sheet()) for (_, part), sheet in zip(versions(), sheets, strict=True)]))


def _job(work: Callable[..., Made], *parts: Any) -> Job:
    """A sheet, a key or cards, all whose parts are data."""
    return Job(partial(work, *parts), partial(_digest, work.__name__, parts), aside=True)


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(_told(parts)).encode()).hexdigest()


def _told(value: object) -> object:
    """Data as what Python writes in the same way, if and only if it is the same."""
    match value:
        case None | str() | int() | float() | date():
            return value
        case bytes():
            return hashlib.sha256(value).hexdigest()
        case tuple() | list():
            return [_told(part) for part in value]
        case Mapping():
            return [(_told(key), _told(part)) for key, part in value.items()]
        case Struct():
            return type(value).__name__, [_told(getattr(value, name)) for name in value.__struct_fields__]
    raise TypeError(type(value))


# --- how each is made -----------------------------------------------------------------------------------------------


def _set_quiz(format_: Format, sheet: "Sheet", look: Look) -> Made:
    return WRITERS[format_]().quiz(sheet, look), ()


def _set_key(format_: Format, sheets: "tuple[Sheet, ...]", look: Look) -> Made:
    return WRITERS[format_]().key(sheets, look), ()


def _set_together(sheets: "tuple[Sheet, ...]", look: Look) -> Made:
    from octdeck.writers import pdf

    return pdf.together(sheets, look), ()


def _set_cards(
    sheet: "Sheet",
    look: Look,
    flip: Literal["long", "short"],
    offset: tuple[float, float],
    per_page: Literal[8, 10],
) -> Made:
    from octdeck.writers import cards

    return cards.cards(sheet, look, flip, offset, per_page)


def _too_long(versions: _Versions, left_out: tuple[str, ...]) -> list[Diagnostic]:
    from octdeck.writers import cards

    return cards.too_long(versions()[0][1], left_out)


def _set_marks(parts: "list[tuple[Bank, Sheet]]") -> Made:
    from octdeck.writers import marks

    return marks.marks(parts), ()


def _first_line(path: Path) -> Span:
    return Span(path, 1, 1, 1, 1)
