"""Sheet to PDF: the quiz and its key, set by Typst from sheet.typ. The same sheet gives the same bytes anywhere."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Final

from octdeck import markup
from octdeck.bank import Bank
from octdeck.diagnostics import Diagnostic, OctdeckError, Span
from octdeck.forms import answer
from octdeck.markup import Run
from octdeck.sheet import Sheet, topic
from octdeck.sourcemap import Key

_TEMPLATE: Final = Path(__file__).with_name("sheet.typ")
_MOST_NAMED = 20

KNOWN: Final = re.compile(
    "[\n -~\xa0-\xff"  # ASCII and Latin-1
    "\u0100-\u024f\u1e00-\u1eff"  # Latin Extended-A and -B, Additional: Czech, Polish, Turkish, Vietnamese
    "\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ff\u0400-\u04ff"  # Greek and Cyrillic
    "\u2010-\u2027\u202f-\u203a\u20ac\u2116\u2122\u2190-\u2193\u2212]*"  # typographic punctuation, € № ™ ← ↑ → ↓ −
)
"""Text that the fonts can show; all other characters are tried out."""

_PROBE: Final = b'#set document(title: "probe", date: none)\n#let texts = json(bytes(sys.inputs.data))\n'


def quiz(sheet: Sheet) -> bytes:
    """The sheet that pupils get.

    Raises:
        OctdeckError: Typst cannot set it.

    """
    return _compile({"kind": "quiz", **_head(sheet), "sheets": [_data(sheet)]})


def key(sheets: Sequence[Sheet]) -> bytes:
    """The key to a quiz: the answers with their explanation and source, a section for each version.

    Raises:
        OctdeckError: Typst cannot set it.

    """
    references = dict.fromkeys(reference for sheet in sheets for reference in sheet.references)
    data = {"kind": "key", **_head(sheets[0]), "sheets": [_with_answers(sheet) for sheet in sheets]}
    return _compile(data | {"references": _data(tuple(references))})


def unprintable(bank: Bank) -> list[Diagnostic]:
    """An error for each printed text with characters that no font has."""
    strange = {place: clusters for place in _printed(bank) if (clusters := _clusters(place[0]))}
    missing = _missing(set().union(*strange.values()))
    found = []
    for (_, span, hint), clusters in strange.items():
        chars = sorted({char for cluster in clusters & missing for char in cluster if not KNOWN.fullmatch(char)})
        if chars:
            named = [char for char in chars if char.isprintable()] or chars
            names = ", ".join(map(_name, named[:_MOST_NAMED]))
            more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
            found.append(Diagnostic("OD401", f"paper cannot show {names}{more}", span, hint=hint))
    return found


# --- data for the template ------------------------------------------------------------------------------------------


def _head(sheet: Sheet) -> dict[str, Any]:
    language, _, region = sheet.language.partition("-")
    known = re.fullmatch("[a-z]{2,3}", language)
    return {
        "language": language if known else "en",
        "region": region if known and re.fullmatch("[A-Z]{2}", region) else None,
        "words": _data(sheet.words),
        "title": sheet.title,
        "subtitle": sheet.subtitle,
    }


def _with_answers(sheet: Sheet) -> dict[str, Any]:
    entries = [
        _data(entry)
        | {
            "answer": _data(answer(entry.form)),
            "topic": topic(entry),
            "id": entry.id if KNOWN.fullmatch(entry.id) else "",
        }
        for entry in sheet.entries
    ]
    return {**_data(sheet), "entries": entries}


def _data(value: Any) -> Any:
    """Frozen data to JSON data; a dataclass becomes a mapping that has its name under `is`."""
    match value:
        case Run():
            return markup.to_data([value])[0]
        case tuple():
            return [_data(part) for part in value]
        case _ if is_dataclass(value):
            return {"is": type(value).__name__} | {
                field.name: _data(getattr(value, field.name)) for field in fields(value)
            }
        case _:
            return value


def _compile(data: object) -> bytes:
    import typst

    try:
        return _run(_TEMPLATE.read_bytes(), data)
    except typst.TypstError as error:
        raise OctdeckError(f"the PDF cannot be made: {error.message}", "see 'octdeck check'") from error


def _run(template: bytes, data: object) -> bytes:
    import typst

    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    # The root is a file, so that there is nothing below it to read.
    compiler = typst.Compiler(template, root=_TEMPLATE, sys_inputs=inputs, ignore_system_fonts=True)
    pdf = compiler.compile(pdf_standards=["ua-1"])
    assert isinstance(pdf, bytes)
    return pdf


# --- characters -----------------------------------------------------------------------------------------------------

_WRITTEN: Final = (
    *("question", "statement", "cloze", "answer", "accept", "order", "pairs", "distractors"),
    *("hint", "explain", "caution"),
)
_HERE = "write it in letters, or add 'paper: false'"
_EVERYWHERE = "write it in letters"


def _printed(bank: Bank) -> Iterator[tuple[str, Span, str]]:
    """Every text that comes on paper, with its place and what could be done about it."""
    items = [item for item in bank.items if item.question.paper and not item.question.retired]
    yield bank.title, bank.span("title"), _EVERYWHERE
    for index, quiz in enumerate(bank.quizzes):
        yield quiz.title, bank.span("quizzes", index, "title"), _EVERYWHERE
    for theme in dict.fromkeys(theme for item in items for theme in item.question.themes if theme in bank.themes):
        yield bank.themes[theme].title, bank.span("themes", theme, "title"), _EVERYWHERE
    homes = {deck.source.id: deck.path for deck in bank.decks if deck.source}
    for item in items:
        yield item.deck.name, _top(item.deck.path), _EVERYWHERE
        for source in item.sources:
            for text in (
                source.title,
                source.short,
                source.author,
                source.publisher,
                source.issue,
                source.date,
                source.url,
            ):
                yield text or "", _top(homes.get(source.id, item.deck.path)), _EVERYWHERE
        for key in _WRITTEN:
            for text, keys, of_key in _texts(getattr(item.question, key, None)):
                yield text, item.span(key, *keys, key=of_key), _HERE


def _top(path: Path) -> Span:
    return Span(path, 1, 1, 1, 1)


def _texts(value: object) -> Iterator[tuple[str, tuple[Key, ...], bool]]:
    """The texts in a value, with the keys that lead to each and whether it is a key itself."""
    match value:
        case str():
            yield value, (), False
        case tuple():
            for index, text in enumerate(value):
                yield text, (index,), False
        case Mapping():
            for left, right in value.items():
                yield left, (left,), True
                yield right, (left,), False


def _clusters(text: str) -> set[str]:
    """The characters that may be missing, each with the accents on it."""
    if KNOWN.fullmatch(text):
        return set()
    clusters: list[str] = []
    for char in markup.plain(text):
        if clusters and unicodedata.category(char) in {"Mn", "Mc", "Me", "Cf"}:
            clusters[-1] += char
        else:
            clusters.append(char)
    return {cluster for cluster in clusters if not KNOWN.fullmatch(cluster)}


def _missing(clusters: set[str]) -> set[str]:
    """Those that Typst refuses to set: each is on its own line, and the errors name the lines."""
    import typst

    trying, missing = sorted(clusters), set[str]()
    while trying:
        probe = _PROBE + "".join(f"#texts.at({index})#parbreak()\n" for index in range(len(trying))).encode()
        try:
            _run(probe, trying)
        except typst.TypstError as error:
            lines = map(int, re.findall(r"\.typ:(\d+):", error.diagnostic))
            refused = {trying[line - 3] for line in lines if 3 <= line < 3 + len(trying)}
            if not refused:
                raise OctdeckError(f"the fonts cannot be tried: {error.message}") from error
            missing |= refused
            trying = sorted(clusters - missing)
        else:
            break
    return missing


def _name(char: str) -> str:
    shown = f"◌{char}" if unicodedata.combining(char) else char
    return f"U+{ord(char):04X} '{shown}'" if char.isprintable() else f"U+{ord(char):04X}"
