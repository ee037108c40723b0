"""A bank's YAML files to a Bank, with a diagnostic for everything that is wrong in them."""

from bisect import bisect
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import accumulate
from pathlib import Path

from msgspec.structs import replace

from octdeck import deckfile, plain, validate
from octdeck.bank import Bank, Citation, Deck, Item, arrange
from octdeck.deckfile import File, Parsed, Sound
from octdeck.diagnostics import MOST_FOUND, Diagnostic, did_you_mean, surely_meant
from octdeck.document import Document, Spot
from octdeck.filenames import composed
from octdeck.languages import languages
from octdeck.look import Look
from octdeck.plain import Allowance
from octdeck.questions import Question
from octdeck.schema import BankFile, Source
from octdeck.values import Cite

_SPLIT = 2**19
"""So many bytes pay for a process that reads half of them."""


def read(
    bank_yaml: File,
    deck_files: Sequence[File],
    texts: dict[Path, str] | None = None,
    show: Callable[[Path], None] = lambda _: None,
    processes: int = 1,
) -> tuple[Bank | None, list[Diagnostic]]:
    """Read bank.yaml and the deck files, each given as its path and its bytes; add their texts to `texts`.

    `show` is told which file is being read. With more than one of `processes`, another may read half of large files.

    Returns a Bank of all questions that are right, even where others are wrong; None where bank.yaml itself is not.
    """
    found: list[Diagnostic] = []
    texts = {} if texts is None else texts
    allowance = plain.allowance([data for _, data in (bank_yaml, *deck_files)])
    show(bank_yaml[0])
    bank_document = deckfile.data_of(*bank_yaml, texts, found, allowance)
    bank_file = deckfile.header_of(bank_document, validate.bank_file, found)
    parsed = _parsed(deck_files, texts, found, allowance, show, processes)
    sources = _sources(parsed, found)
    if bank_document is not None and bank_file is not None:
        _check_bank(bank_document, bank_file, found)
    items: list[Item] = []
    first: dict[str, Spot] = {}
    files: list[Deck] = []
    for part in parsed:
        document, header = part.document, part.header
        file = composed(document.path.stem)
        deck = Deck(header.deck, file, document.path, header.source, Spot(document)) if header else None
        files += [deck] if deck else []
        for index, question in part.questions:
            if deckfile.is_enough(document, index, found):
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


def _parsed(
    files: Sequence[File],
    texts: dict[Path, str],
    found: list[Diagnostic],
    allowance: Allowance,
    show: Callable[[Path], None],
    processes: int,
) -> list[Parsed]:
    parsed: list[Parsed | None] = []
    rest = _second_half(files) if processes > 1 else ()
    sound: Callable[[], Mapping[Path, Sound]] = dict
    if rest:
        from octdeck import beside

        sound = beside.begin(partial(deckfile.sound, rest, replace(allowance)))
    for file in files[: len(files) - len(rest)]:
        show(file[0])
        parsed.append(deckfile.read(file, texts, found, allowance))
    for file in rest:
        show(file[0])
        # What is not sound, or too much, is to be told as if one process had read everything.
        known = sound().get(file[0])
        if known and known.takes <= allowance.left and len(found) <= MOST_FOUND:
            parsed.append(deckfile.known(file, known, texts, allowance))
        else:
            parsed.append(deckfile.read(file, texts, found, allowance))
    return [part for part in parsed if part]


def _second_half(files: Sequence[File]) -> Sequence[File]:
    """The last of the files, in which as much stands as in the others; none where it is not worth a process."""
    ends = list(accumulate(len(data) for _, data in files))
    if len(files) < 2 or ends[-1] < _SPLIT:
        return ()
    return files[bisect(ends, ends[-1] // 2) or 1 :]


def _sources(parsed: Sequence[Parsed], found: list[Diagnostic]) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    first: dict[str, Spot] = {}
    for part in parsed:
        if part.header is not None and part.header.source is not None:
            _check_once(part.document, ("source", "id"), part.header.source.id, first, found)
            sources.setdefault(part.header.source.id, part.header.source)
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
