"""A deck file to its header and its questions, with a diagnostic for everything that is wrong in it alone."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias, TypeVar

from msgspec import Struct

from octdeck import sourcemap, validate
from octdeck.diagnostics import MOST_FOUND, Diagnostic
from octdeck.document import Document
from octdeck.faults import Fault
from octdeck.plain import Allowance, Value
from octdeck.questions import DEFAULTABLE, Question
from octdeck.schema import DeckFile

File: TypeAlias = tuple[Path, bytes]

MAX_EXPANDED = 16 * 2**20  # characters

_T = TypeVar("_T")


class Parsed(Struct, frozen=True, eq=False):
    """A deck file as far as it is right: its header, and its questions, each with its place in the list."""

    document: Document
    header: DeckFile | None
    questions: Sequence[tuple[int, Question]]


class Sound(Struct, frozen=True, eq=False):
    """A deck file in which nothing is wrong, and how much of the allowance it takes. It holds nothing but data."""

    header: DeckFile
    questions: tuple[Question, ...]
    takes: int


def read(file: File, texts: dict[Path, str], found: list[Diagnostic], allowance: Allowance) -> Parsed | None:
    """A deck file; its text is added to `texts`, and what is wrong in it to `found`."""
    document = data_of(*file, texts, found, allowance, "questions")
    if document is None:
        return None
    parsed = Parsed(document, header_of(document, validate.deck_file, found), list(_questions(document, found)))
    document.let_go()
    return parsed


def sound(files: Sequence[File], allowance: Allowance) -> dict[Path, Sound]:
    """Those of the deck files in which nothing is wrong or unusual."""
    known: dict[Path, Sound] = {}
    for path, data in files:
        found: list[Diagnostic] = []
        before = allowance.left
        parsed = read((path, data), {}, found, allowance)
        if parsed and parsed.header and parsed.document.is_plain and not found:
            questions = tuple([question for _, question in parsed.questions])
            known[path] = Sound(parsed.header, questions, before - allowance.left)
    return known


def known(file: File, sound: Sound, texts: dict[Path, str], allowance: Allowance) -> Parsed:
    """What `read` would make of a deck file that is known to be sound."""
    path, data = file
    texts[path] = text = data.decode("utf-8-sig")
    allowance.left -= sound.takes
    return Parsed(sourcemap.unread(text, path), sound.header, [*enumerate(sound.questions)])


def data_of(
    path: Path,
    data: bytes,
    texts: dict[Path, str],
    found: list[Diagnostic],
    allowance: Allowance | None,
    restart_in: str | None = None,
) -> Document | None:
    """A file as data, if it can be read at all; its text is added to `texts`, what is wrong with it to `found`."""
    text, diagnostics = sourcemap.decode(data, path)
    texts[path] = data.decode("utf-8-sig", "replace") if text is None else text
    document = None
    if text is not None:
        document, more = sourcemap.read(text, path, restart_in, allowance)
        diagnostics += more
    found += diagnostics
    return document


def header_of(
    document: Document | None, parse: Callable[[object], _T | list[Fault]], found: list[Diagnostic]
) -> _T | None:
    """What `parse` makes of a file, all but its questions; None, and what is wrong is added to `found`."""
    if document is None:
        return None
    result = parse(document.value)
    if not isinstance(result, list):
        return result
    # What is missing may stand in the part that YAML could not read.
    missing = [fault for fault in result if fault.code == "OD102" and len(fault.at) == 1]
    found += [_diagnostic(document, (), fault) for fault in result if not (document.broken and fault in missing)]
    return None


def _questions(document: Document, found: list[Diagnostic]) -> Iterator[tuple[int, Question]]:
    """The questions of a deck file that are right, with their index."""
    top = document.value if isinstance(document.value, dict) else {}
    defaults, questions = top.get("defaults"), top.get("questions")
    known_defaults = defaults if isinstance(defaults, dict) else {}
    usable = {key: value for key, value in known_defaults.items() if key in DEFAULTABLE}
    if _is_expanded_too_far(document, usable, questions, found):
        return
    for index, data in enumerate(questions if isinstance(questions, list) else ()):
        if is_enough(document, index, found):
            return
        question = validate.question(data, usable)
        if not isinstance(question, list):
            yield index, question
            continue
        for fault in question:
            from_default = fault.at and fault.at[0] in usable and isinstance(data, dict) and fault.at[0] not in data
            found.append(_diagnostic(document, ("defaults",) if from_default else ("questions", index), fault))


def is_enough(document: Document, index: int, found: list[Diagnostic]) -> bool:
    """Whether so much is wrong that the questions from this one on are not looked at; `found` then says so."""
    if len(found) <= MOST_FOUND:
        return False
    message = "there are too many mistakes; from this question on nothing is checked"
    here = document.span("questions", index)
    found.append(Diagnostic("OD008", message, here, hint="mend those above first"))
    return True


def _is_expanded_too_far(document: Document, defaults: Value, questions: object, found: list[Diagnostic]) -> bool:
    """Whether the defaults, written out for each question, come to more than a bank may hold; `found` then says so."""
    count = len(questions) if isinstance(questions, list) else 0
    if count * sum(len(text) for text in _texts(defaults)) <= MAX_EXPANDED:
        return False
    message = f"the defaults, written out for {count} questions, come to more than {MAX_EXPANDED // 2**20} MB"
    here = document.span("defaults", key=True)
    found.append(Diagnostic("OD008", message, here, hint="shorten them, or write them where they are needed"))
    return True


def _texts(value: Value) -> Iterator[str]:
    """Every text in a value, however deep; not the keys."""
    if isinstance(value, str):
        yield value
    else:
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _diagnostic(document: Document, prefix: tuple[str | int, ...], fault: Fault) -> Diagnostic:
    at = (*prefix, *(fault.at[:-1] if fault.code == "OD102" else fault.at))
    place = document.place.find(at, key=fault.on_key)
    if place.inside and (fault.code == "OD102" or not fault.at):
        # Of something large only its name, or its first line, is shown.
        first = next(iter(place.inside.values()))
        place = place.key or first.key or first
    also = (fault.also,) if fault.also else ()
    related = tuple((label, document.span(*prefix, *keys, key=fault.on_key)) for label, keys in also)
    fix = place.edit(document.path, str(fault.at[-1]), fault.meant) if fault.meant else None
    return Diagnostic(fault.code, fault.message, place.span(document.path), hint=fault.hint, related=related, fix=fix)
