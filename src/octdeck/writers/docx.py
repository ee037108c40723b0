"""Sheet to Word: the quiz and its key as documents that a teacher can edit, with real styles, lists and fields."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, assert_never

from msgspec.structs import replace

from octdeck import ooxml, typesetting, wordlook, wordmedia, wordstrip
from octdeck.forms import Columns, Gap, Gaps, Labels, Option, Options, Runs, Steps, TrueOrFalse, Written, answer
from octdeck.look import Logo, Look
from octdeck.manuscript import (
    Block,
    Cells,
    Field,
    Label,
    Manuscript,
    Para,
    Picture,
    Piece,
    Section,
    Tab,
    together,
)
from octdeck.markup import BREAK, Run, media, to_plain
from octdeck.sheet import Entry, Sheet, topic
from octdeck.strip import strips
from octdeck.wordlook import WordLook

_NBSP: Final = "\xa0"
_DOT: Final = Run(f"{_NBSP}· ")
_AFTER_NUMBER: Final = Run(_NBSP)  # LibreOffice would draw the box around the number, too
_BOX: Final = Label(_NBSP * 5, "Box")
_LONGEST_TITLE: Final = 80
_LOGO: Final = (50, 14)
_LANGUAGE: Final = re.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_COUNTRIES: Final = {"en": "GB", "uk": "UA"} | {
    name: name.upper() for name in ("de", "es", "fr", "it", "pl", "pt", "ru", "tr")
}


def quiz(sheet: Sheet, look: Look) -> bytes:
    """The sheet that pupils get.

    Raises:
        OctdeckError: the logo cannot be read.

    """
    subject = _version(sheet)
    shown = wordlook.of("quiz", look, _language(sheet), _numbers(sheet))
    head = (*_letterhead(sheet, look), *_total(sheet, shown), *_masthead(sheet, subject), *_pupil(sheet, shown))
    questions = tuple(
        block
        for entry in sheet.entries
        for block in wordmedia.illustrated(
            together((*_section(entry, "Heading 1"), *_question(entry, sheet, shown))), sheet.media, shown
        )
    )
    one_column = (Section((*head, *questions)),)
    sections = one_column if shown.columns == 1 else (Section(head), Section(questions, shown.columns))
    return ooxml.to_bytes(_manuscript(sheet, subject, look, shown, sections))


def key(sheets: Sequence[Sheet], look: Look) -> bytes:
    """The key to a quiz: the answers with their explanation and source, a section for each version.

    It looks the same whatever the layout of the sheets.

    Raises:
        OctdeckError: the logo cannot be read.

    """
    first = sheets[0]
    subject = first.words.key
    shown = wordlook.of("key", look, _language(first), _numbers(first), len(sheets))
    head = (*_letterhead(first, look), *_masthead(first, subject))
    sections = [Section(head), *_marking(sheets, shown)]
    for number, sheet in enumerate(sheets, 1):
        if sheet.version:
            sections.append(Section((Para("Heading 1", _plain(_version(sheet)), keep=True),), new_page=True))
        answers = tuple(
            block
            for entry in sheet.entries
            for block in wordmedia.illustrated(
                together((*_section(entry, "Heading 2"), *_answered(entry, sheet, number))), sheet.media, shown, 2
            )
        )
        behind = _sources(sheets) if number == len(sheets) else ()
        sections.append(Section((*answers, *behind), columns=2))
    return ooxml.to_bytes(_manuscript(first, subject, look, shown, tuple(sections)))


def _section(entry: Entry, style: str) -> tuple[Para, ...]:
    """The heading of a section, above its first question."""
    return (Para(style, _plain(entry.heading)),) if entry.heading else ()


# --- a question -----------------------------------------------------------------------------------------------------


def _question(entry: Entry, sheet: Sheet, shown: WordLook) -> Iterator[Block]:
    form = entry.form
    stem = tuple(_stem(entry, shown))
    points = _points(entry)
    match form:
        case TrueOrFalse(choices=choices):
            yes, no = (Label(f"{_NBSP}{choice.letter}{_NBSP}", "Box") for choice in choices)
            yield Para("Statement", (_AFTER_NUMBER, yes, Run(_NBSP * 2), no, Tab(), *_worth(stem, points)))
        case Gaps():
            yield Para("Gap text", _worth(stem, points))
        case _:
            yield Para("Question", _worth(stem, points))
    if directions := _directions(entry, sheet):
        yield Para("Instruction", directions)
    match form:
        case Written() | TrueOrFalse():
            pass
        case Options(options=options, several=several):
            yield from _options(options, "Option of several" if several else "Option", shown)
        case Gaps(bank=bank):
            yield from _word_bank(bank, sheet)
        case Labels(gaps=gaps, bank=bank):
            yield from _word_bank(bank, sheet)
            lines = [Para("Place", (Run(str(gap.number)),)) for gap in gaps]
            half = (len(lines) + 1) // 2
            beside = tuple(lines[:half]), tuple(lines[half:]) or (Para("Normal"),)
            yield Cells(beside, width=shown.beside, left=shown.number)
        case Steps(steps=steps):
            for step in steps:
                yield Para("Step", (_BOX, Tab(), *step.text))
        case Columns(lefts=lefts, rights=rights):
            left = tuple(Para("Left side", (_AFTER_NUMBER, _BOX, Tab(), *pair.text)) for pair in lefts)
            right = tuple(Para("Right side", text) for _, text in rights)
            yield Cells((left, right), width=shown.beside, left=shown.number)
        case other:
            assert_never(other)
    for _ in range(entry.lines):
        yield Para("Answer line")


def _word_bank(bank: Sequence[Runs], sheet: Sheet) -> Iterator[Block]:
    if bank:
        words = _joined(bank, Run(f"{_NBSP * 2}· {_NBSP}"))
        yield Para("Word bank", (Label(sheet.words.word_bank, "Emphasis"), Run(f"{_NBSP} "), *words))


def _options(options: Sequence[Option], style: str, shown: WordLook) -> Iterator[Block]:
    """The options, in two columns if there are many and all are short."""
    paragraphs = tuple(Para(style, option.text) for option in options)
    pictured = any(media(option.text) for option in options)
    if len(options) > 3 and not pictured and all(len(to_plain(option.text)) <= shown.short for option in options):
        half = (len(options) + 1) // 2
        yield Cells((paragraphs[:half], paragraphs[half:]), width=shown.number + shown.beside, left=0)
    else:
        yield from paragraphs


def _stem(entry: Entry, shown: WordLook) -> Iterator[Piece]:
    room = entry.form.room if isinstance(entry.form, Gaps) else 0
    blank = _NBSP * round(min(max(room * shown.letter, shown.fewest), shown.most))
    for piece in entry.stem:
        if isinstance(piece, Gap):
            yield from (Run(f"({piece.number}){_NBSP}"), Label(blank, "Blank"))
            if piece.hint:
                yield from (Run(f"{_NBSP}["), *piece.hint, Run("]"))
        else:
            yield piece


def _worth(stem: tuple[Piece, ...], points: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """A stem with its points behind it, but before the pictures that end it."""
    end = len(stem)
    while end > 1 and isinstance(last := stem[end - 1], Run) and last.medium and stem[end - 2] == BREAK:
        end -= 2
    return (*stem[:end], *points, *stem[end:])


def _points(entry: Entry) -> tuple[Piece, ...]:
    if not entry.points:
        return ()
    return (Tab(), Label(_NBSP * 7, "Blank"), Label(f"{_NBSP}/ {entry.points}".replace(" ", _NBSP), "Points"))


def _directions(entry: Entry, sheet: Sheet) -> Runs:
    instruction = "" if isinstance(entry.form, TrueOrFalse) else entry.instruction
    hint = (Run(f"{sheet.words.hint}: "), *entry.hint) if entry.hint else ()
    return _joined((entry.claim, _plain(instruction), hint), _DOT)


def _joined(parts: Iterable[Runs], between: Run) -> Runs:
    runs: list[Run] = []
    for part in filter(None, parts):
        runs += (between, *part) if runs else part
    return tuple(runs)


def _plain(text: str) -> Runs:
    return (Run(text),) if text else ()


# --- the key to it --------------------------------------------------------------------------------------------------


def _answered(entry: Entry, sheet: Sheet, number: int) -> Iterator[Block]:
    """The answer to a question of the sheet that has this number among the versions, and a list of its own."""
    right = answer(entry.form)
    yield Para("Key question", _plain(topic(entry)), list=(number, 0) if number > 1 else None)
    match entry.form:
        case Written(answer=text, also=also):
            yield Para("Key answer", text)
            if also:
                others = _joined(also, Run("; "))
                yield Para("Key text", (Label(sheet.words.also_right, "Emphasis"), Run(" "), *others))
        case Options() | TrueOrFalse():
            for letter, text in right.parts:
                yield Para("Key answer", (Run(f"{letter}{_NBSP * 2}"), *text))
        case Gaps() | Labels():
            words = [(number, [replace(run, strong=True) for run in text]) for number, text in right.parts]
            parts = [(Run(f"({number}){_NBSP}"), *text) for number, text in words]
            yield Para("Key text", _joined(parts, Run(f"{_NBSP * 2} ")))
        case Steps() | Columns():
            yield Para("Key answer", _plain(right.marks))
            for label, text in right.parts:
                yield Para("Key part", (Run(label), Tab(), *text))
        case other:
            assert_never(other)
    if entry.explanation:
        yield Para("Key text", entry.explanation)
    if entry.caution:
        yield Para("Caution", (Run(f"{sheet.words.caution}:", strong=True), Run(" "), *entry.caution))
    place = _joined((entry.citations, _plain(", ".join(entry.themes))), _DOT)
    yield Para("Source", (*place, *((_DOT,) if place else ()), Label(entry.id, "Identity")))


def _marking(sheets: Sequence[Sheet], shown: WordLook) -> Iterator[Section]:
    """The strips to mark by, each in as many columns as keep it on a page."""
    words, width = sheets[0].words, shown.number + shown.beside
    for number, strip in enumerate(strips(sheets)):
        columns = wordstrip.columns_of(strip)
        grid = wordstrip.grid(strip, words, (width - (columns - 1) * shown.gutter) // columns)
        yield Section((Para("At a glance", _plain(words.at_a_glance)),), new_page=number > 0)
        yield Section((grid,), columns)


def _sources(sheets: Sequence[Sheet]) -> tuple[Block, ...]:
    references = dict.fromkeys(reference for sheet in sheets for reference in sheet.references)
    if not references:
        return ()
    heading = Para("Heading 1", _plain(sheets[0].words.sources), keep=True)
    return (heading, *(Para("Reference", reference) for reference in references))


# --- around them ----------------------------------------------------------------------------------------------------


def _letterhead(sheet: Sheet, look: Look) -> tuple[Block, ...]:
    logo = look.logo
    name = ": ".join(filter(None, (sheet.words.logo, look.school)))
    picture = (Picture(_pixels(logo), name, *_LOGO), Run(_NBSP * 3)) if logo else ()
    pieces = (*picture, *_plain(look.school))
    return (Para("Letterhead", pieces, keep=True),) if pieces else ()


def _pixels(logo: Logo) -> bytes:
    """A png or jpg; Word shows an svg only beside the same picture as png."""
    return typesetting.to_png(logo, *_LOGO) if logo.type == "svg" else logo.data


def _total(sheet: Sheet, shown: WordLook) -> tuple[Block, ...]:
    total = (Run(sheet.words.points), BREAK, Tab(), Run(f"/ {sheet.total}"))
    return (Para("Total", total, frame=shown.total),) if sheet.total else ()


def _masthead(sheet: Sheet, subject: str) -> Iterator[Block]:
    if sheet.subtitle:
        yield Para("Subtitle", _plain(sheet.subtitle), keep=True)
    yield Para("Title", _plain(sheet.title), keep=True)
    if subject:
        yield Para("Version", _plain(subject), keep=True)


def _pupil(sheet: Sheet, shown: WordLook) -> Iterator[Block]:
    """The lines for name, class and date."""
    words, line = sheet.words, Tab("Blank")
    name, class_, date = (Run(f"{word} ") for word in (words.name, words.class_, words.date))
    day = Run(sheet.date) if sheet.date else line
    if shown.large:
        yield Para("Name line", (name, line, line, line))
        yield Para("Name line", (class_, line, Tab(), date, day))
    else:
        yield Para("Name line", (name, line, Tab(), class_, line, Tab(), date, day))


def _version(sheet: Sheet) -> str:
    return sheet.words.version.format(letter=sheet.version) if sheet.version else ""


def _numbers(sheet: Sheet) -> list[int]:
    return [entry.number for entry in sheet.entries]


def _language(sheet: Sheet) -> str:
    """The language as Word wants it: with the country that says where to look words up."""
    language = sheet.language if _LANGUAGE.fullmatch(sheet.language) else "en"
    return f"{language}-{_COUNTRIES[language]}" if language in _COUNTRIES else language


def _manuscript(sheet: Sheet, subject: str, look: Look, shown: WordLook, sections: tuple[Section, ...]) -> Manuscript:
    return Manuscript(
        title=f"{sheet.title} – {subject}" if subject else sheet.title,
        author=look.signed,
        language=_language(sheet),
        styles=shown.styles,
        numbering=shown.numbering,
        page=shown.page,
        gutter=shown.gutter,
        sections=sections,
        footer=_footer(sheet, subject),
    )


def _footer(sheet: Sheet, subject: str) -> Para:
    title = sheet.title if len(sheet.title) <= _LONGEST_TITLE else f"{sheet.title[: _LONGEST_TITLE - 1]}…"
    fields = {"{page}": Field("PAGE"), "{pages}": Field("NUMPAGES")}
    pages = (fields.get(text) or Run(text) for text in re.split(r"(\{pages?\})", sheet.words.page))
    return Para("Footer", (*_joined((_plain(title), _plain(subject)), _DOT), Tab(), *pages))
