"""Sheets to a table for a spreadsheet: what stands under each number of each version.

Pupils' marks that are entered by version and number can so be added up by question, theme or paragraph.
"""

import csv
import io
from collections.abc import Iterator, Sequence

from octdeck.bank import Bank
from octdeck.sheet import Sheet
from octdeck.strip import marking_strip

COLUMNS = ("version", "number", "question", "kind", "answer", "points", "difficulty", "themes", "source", "paragraphs")


def marks(versions: Sequence[tuple[Bank, Sheet]]) -> bytes:
    """The table of all versions, as CSV in UTF-8 with the mark that spreadsheets know it by; a line a number."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for bank, sheet in versions:
        writer.writerows(map(_harmless, row) for row in _rows(bank, sheet))
    return table.getvalue().encode("utf-8-sig")


def _rows(bank: Bank, sheet: Sheet) -> Iterator[tuple[str, ...]]:
    items = {item.question.id: item for item in bank.items}
    for entry, (cell,) in zip(sheet.entries, marking_strip([sheet]).rows, strict=True):
        item = items[entry.id]
        yield (
            sheet.version,
            str(entry.number),
            entry.id,
            item.question.kind,
            cell.text,
            f"{item.question.points:g}",
            str(item.question.difficulty or ""),
            "; ".join(item.question.themes),
            "; ".join(citation.source.id for citation in item.citations),
            "; ".join(citation.where for citation in item.citations),
        )


def _harmless(text: str) -> str:
    """A spreadsheet would run a text that begins so as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text
