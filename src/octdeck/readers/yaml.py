"""A bank's YAML files to a Bank, with a diagnostic for everything that is wrong in them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from octdeck import plain, sourcemap, validate
from octdeck.bank import Bank, Citation, Deck, Item, arrange
from octdeck.diagnostics import MOST_FOUND, Diagnostic, did_you_mean, surely_meant
from octdeck.document import Document, Spot
from octdeck.faults import Fault
from octdeck.filenames import composed
from octdeck.languages import languages
from octdeck.look import Look
from octdeck.plain import Allowance, Value
from octdeck.questions import DEFAULTABLE, Question
from octdeck.schema import BankFile, DeckFile, Source
from octdeck.values import Cite

MAX_EXPANDED = 16 * 2**20  # characters

_T = TypeVar("_T")
_File = tuple[Path, bytes]


def read(
    bank_yaml: _File,
    deck_files: Sequence[_File],
    texts: dict[Path, str] | None = None,
    show: Callable[[Path], None] = lambda _: None,
) -> tuple[Bank | None, list[Diagnostic]]:
    """Read bank.yaml and the deck files, each given as its path and its bytes; add their texts to `texts`.

    `show` is told which file is being read.

    Returns a Bank of all questions that are right, even where others are wrong; None where bank.yaml itself is not.
    """
    found: list[Diagnostic] = []
    texts = {} if texts is None else texts
    allowance = plain.allowance([data for _, data in (bank_yaml, *deck_files)])
    show(bank_yaml[0])
    bank_document = _document(*bank_yaml, texts, found, allowance)
    bank_file = _header(bank_document, validate.bank_file, found)
    parsed: list[tuple[Document, DeckFile | None, list[tuple[int, Question]]]] = []
    for path, data in deck_files:
        show(path)
        if document := _document(path, data, texts, found, allowance, "questions"):
            parsed.append(_deck_file(document, found))
    sources = _sources([(document, header) for document, header, _ in parsed], found)
    if bank_document is not None and bank_file is not None:
        _check_bank(bank_document, bank_file, found)
    items: list[Item] = []
    first: dict[str, Spot] = {}
    files: list[Deck] = []
    for document, header, questions in parsed:
        file = composed(document.path.stem)
        deck = Deck(header.deck, file, document.path, header.source, Spot(document)) if header else None
        files += [deck] if deck else []
        for index, question in questions:
            if _is_enough(document, index, found):
                break
            _check_once(document, ("questions", index, "id"), question.id, first, found)
            if bank_file is None:
                continue
            _check_themes(document, index, question.themes, bank_file, found)
            if deck is not None:
                citations = _citations(document, index, question, deck, sources, found)
                options = arrange(question, f"{bank_file.bank}/{question.id}")
                items.append(Item(question, deck, citations, options, Spot(document, ("questions", index))))
    if bank_document is None or bank_file is None:
        return None, found
    return Bank(
        id=bank_file.bank,
        title=bank_file.title,
        language=bank_file.language,
        themes=bank_file.themes,
        items=tuple(items),
        files=tuple(files),
        whole=not any(finding.severity == "error" for finding in found),
        quizzes=bank_file.quizzes,
        ignore=bank_file.ignore,
        look=Look(bank_file.paper, bank_file.layout, school=bank_file.school or "", author=bank_file.author or ""),
        logo=bank_file.logo,
        calendar=bank_file.calendar,
        path=bank_document.path,
        spot=Spot(bank_document),
    ), found


def _document(
    path: Path,
    data: bytes,
    texts: dict[Path, str],
    found: list[Diagnostic],
    allowance: Allowance | None,
    restart_in: str | None = None,
) -> Document | None:
    text, diagnostics = sourcemap.decode(data, path)
    texts[path] = data.decode("utf-8-sig", "replace") if text is None else text
    document = None
    if text is not None:
        document, more = sourcemap.read(text, path, restart_in, allowance)
        diagnostics += more
    found += diagnostics
    return document


def _header(
    document: Document | None, parse: Callable[[object], _T | list[Fault]], found: list[Diagnostic]
) -> _T | None:
    if document is None:
        return None
    result = parse(document.value)
    if not isinstance(result, list):
        return result
    # What is missing may stand in the part that YAML could not read.
    missing = [fault for fault in result if fault.code == "OD102" and len(fault.at) == 1]
    found += [_diagnostic(document, (), fault) for fault in result if not (document.broken and fault in missing)]
    return None


def _deck_file(
    document: Document, found: list[Diagnostic]
) -> tuple[Document, DeckFile | None, list[tuple[int, Question]]]:
    header = _header(document, validate.deck_file, found)
    questions = list(_questions(document, found))
    document.let_go()
    return document, header, questions


def _questions(document: Document, found: list[Diagnostic]) -> Iterator[tuple[int, Question]]:
    """The questions of a deck file that are right, with their index."""
    top = document.value if isinstance(document.value, dict) else {}
    defaults, questions = top.get("defaults"), top.get("questions")
    known_defaults = defaults if isinstance(defaults, dict) else {}
    usable = {key: value for key, value in known_defaults.items() if key in DEFAULTABLE}
    if _is_expanded_too_far(document, usable, questions, found):
        return
    for index, data in enumerate(questions if isinstance(questions, list) else ()):
        if _is_enough(document, index, found):
            return
        question = validate.question(data, usable)
        if not isinstance(question, list):
            yield index, question
            continue
        for fault in question:
            from_default = fault.at and fault.at[0] in usable and isinstance(data, dict) and fault.at[0] not in data
            found.append(_diagnostic(document, ("defaults",) if from_default else ("questions", index), fault))


def _is_enough(document: Document, index: int, found: list[Diagnostic]) -> bool:
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


def _sources(headers: Sequence[tuple[Document, DeckFile | None]], found: list[Diagnostic]) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    first: dict[str, Spot] = {}
    for document, header in headers:
        if header is not None and header.source is not None:
            _check_once(document, ("source", "id"), header.source.id, first, found)
            sources.setdefault(header.source.id, header.source)
    return sources


def _check_bank(document: Document, bank_file: BankFile, found: list[Diagnostic]) -> None:
    if bank_file.language not in languages():
        message = f"there are no words for cards and sheets in the language '{bank_file.language[:20]}'"
        hint = f"use one of: {', '.join(sorted(languages()))}"
        found.append(Diagnostic("OD112", message, document.span("language"), hint=hint))
    first: dict[str, Spot] = {}
    for index, quiz in enumerate(bank_file.quizzes):
        _check_once(document, ("quizzes", index, "id"), quiz.id, first, found)


def _check_once(
    document: Document, at: tuple[str | int, ...], name: str, first: dict[str, Spot], found: list[Diagnostic]
) -> None:
    spot = Spot(document, at)
    if (known := first.setdefault(name, spot)) is not spot:
        here, before = spot.span(), known.span()
        where = "in this file" if before.path == here.path else f"in {before.path.name}"
        message = f"the id '{name}' is used a second time; it stands {where} in line {before.line} already"
        hint = "give the newer of the two another id; never change one that students have"
        found.append(Diagnostic("OD201", message, here, hint=hint, related=(("the first one", before),)))


def _check_themes(
    document: Document, index: int, themes: Sequence[str], bank_file: BankFile, found: list[Diagnostic]
) -> None:
    unknown = [theme for theme in themes if theme not in bank_file.themes]
    spots = _spots(document, index, "themes") if unknown else {}
    for theme in unknown:
        meant = surely_meant(theme, bank_file.themes)
        near = meant or did_you_mean(theme, bank_file.themes)
        hint = f"did you mean '{near}'? themes are listed in bank.yaml" if near else "list it in bank.yaml first"
        spot = spots[theme]
        fix = spot.edit(old=theme, new=meant) if meant and meant not in themes else None
        found.append(Diagnostic("OD103", f"unknown theme '{theme}'", spot.span(), hint=hint, fix=fix))


def _spots(document: Document, index: int, key: str) -> dict[str, Spot]:
    """Where each text stands that a question has at `key`, or has by default: the value itself, or its parts."""
    at = document.home("questions", index, key)
    value = Spot(document, at).value
    if isinstance(value, str):
        return {composed(value): Spot(document, at)}
    spots: dict[str, Spot] = {}
    for number, part in enumerate(value):
        spots.setdefault(composed(str(part)), Spot(document, (*at, number)))
    return spots


def _citations(
    document: Document,
    index: int,
    question: Question,
    deck: Deck,
    sources: Mapping[str, Source],
    found: list[Diagnostic],
) -> tuple[Citation, ...]:
    citations: list[Citation] = []
    for cite in question.cites:
        source = sources.get(cite.source) if cite.source else deck.source
        if source is not None:
            citations.append(Citation(source, cite.paragraphs))
        else:
            found.append(_unknown_source(document, index, cite, sources))
    return tuple(citations)


def _unknown_source(document: Document, index: int, cite: Cite, sources: Mapping[str, Source]) -> Diagnostic:
    if cite.source is None:
        message, hint = (
            "this deck file has no source to cite from",
            "write 'source-id: 27', or give the file a 'source'",
        )
        return Diagnostic("OD202", message, document.span(*document.home("questions", index, "cites")), hint=hint)
    near = did_you_mean(cite.source, sources)
    known = f"use one of: {', '.join(sorted(sources))}" if sources else "declare it as the 'source' of a deck file"
    hint = f"did you mean '{near}'?" if near else known
    here = document.span(*document.home("questions", index, "cites"), cite.source, key=True)
    return Diagnostic("OD202", f"unknown source '{cite.source}'", here, hint=hint)
