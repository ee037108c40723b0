"""Sheet to PDF: the quiz and its key, set by Typst from sheet.typ."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from octdeck import sheetdata, typesetting
from octdeck.look import Look
from octdeck.sheet import Sheet
from octdeck.sheetdata import as_data, of_sheet
from octdeck.strip import marking_strip, needs_strip

_TEMPLATE: Final = Path(__file__).with_name("sheet.typ")


def quiz(sheet: Sheet, look: Look = Look()) -> bytes:  # noqa: B008  it is frozen
    """The sheet that pupils get.

    Raises:
        OctdeckError: Typst cannot set it.

    """
    return together([sheet], look)


def together(sheets: Sequence[Sheet], look: Look = Look()) -> bytes:  # noqa: B008
    """The sheets of all versions in one file, for the copier: each begins on a front page, and with page 1.

    Raises:
        OctdeckError: Typst cannot set them.

    """
    data = {"kind": "quiz", **sheetdata.head(sheets[0], look), "sheets": [of_sheet(sheet) for sheet in sheets]}
    return typesetting.to_pdf(_TEMPLATE, data, look.template, sheets[0].media.values())


def key(sheets: Sequence[Sheet], look: Look = Look()) -> bytes:  # noqa: B008
    """The key to a quiz: a strip to mark all versions by, then the answers with their explanation and source.

    It looks the same whatever the layout of the sheets.

    Raises:
        OctdeckError: Typst cannot set it.

    """
    references = dict.fromkeys(reference for sheet in sheets for reference in sheet.references)
    data = {
        "kind": "key",
        **sheetdata.head(sheets[0], look),
        "sheets": [of_sheet(sheet, answers=True) for sheet in sheets],
        "strip": as_data(marking_strip(sheets)) if needs_strip(sheets) else None,
        "references": as_data(tuple(references)),
    }
    return typesetting.to_pdf(_TEMPLATE, data, look.template, sheets[0].media.values())
