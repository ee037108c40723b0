"""Sheet to PDF: cards to cut out, pages of fronts and backs by turns for a printer that prints both sides."""

from collections.abc import Collection
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from msgspec.structs import replace

from octdeck import sheetdata, typesetting
from octdeck.bank import Bank
from octdeck.diagnostics import Diagnostic
from octdeck.look import Look
from octdeck.sheet import Entry, Sheet
from octdeck.sheetdata import as_data

Flip: TypeAlias = Literal["long", "short"]
"""The edge of the paper over which the printer turns it."""

PerPage: TypeAlias = Literal[8, 10]

_MOST_LETTERS: Final = 8_000  # three times what a card can hold in the smallest letters
_TEMPLATE: Final = Path(__file__).with_name("cards.typ")


def cards(
    sheet: Sheet,
    look: Look = Look(),  # noqa: B008  it is frozen
    flip: Flip = "long",
    offset: tuple[float, float] = (0, 0),
    per_page: PerPage = 8,
) -> tuple[bytes, tuple[str, ...]]:
    """The cards, and the ids of the questions that no card can hold and that are left out.

    `offset` moves the backs, in millimetres to the right and down, for a printer that does not hit their fronts.

    Raises:
        OctdeckError: Typst cannot set them.

    """
    entries = tuple(map(_without_long_explanation, sheet.entries))
    hopeless = {entry.id for entry in entries if _letters(as_data((entry.stem, entry.form))) > _MOST_LETTERS}
    few = replace(sheet, entries=tuple(entry for entry in entries if entry.id not in hopeless))
    data = {
        "kind": "cards",
        **sheetdata.head(sheet, look),
        "sheet": sheetdata.of_sheet(few, answers=True),
        "flip": flip,
        "offset": offset,
        "per_page": per_page,
    }
    media = sheet.media.values()
    (left_out,) = typesetting.said(_TEMPLATE, data, "left-out", media)
    pdf = typesetting.to_pdf(_TEMPLATE, data, media=media)
    return pdf, tuple(e.id for e in sheet.entries if e.id in hopeless or e.number in left_out)


def _without_long_explanation(entry: Entry) -> Entry:
    """An explanation for which there is surely no room takes none of the time that it takes to find that out."""
    return replace(entry, explanation=()) if _letters(as_data(entry.explanation)) > _MOST_LETTERS else entry


def _letters(data: Any) -> int:
    match data:
        case str():
            return len(data)
        case list():
            return sum(map(_letters, data))
        case dict():
            return sum(map(_letters, data.values()))
        case _:
            return 0


def too_long(bank: Bank, left_out: Collection[str]) -> list[Diagnostic]:
    """A warning for each question that was left out."""
    hint = "shorten its texts, or ask for eight cards a page"
    return [
        Diagnostic("OD402", "this question is too long for a card", item.span("id"), severity="warning", hint=hint)
        for item in bank.items
        if item.question.id in left_out
    ]
