"""Results as tables of Markdown."""

from collections.abc import Sequence
from typing import TypeAlias

from benchmarks.measure import Cost

Row: TypeAlias = Sequence[str | Cost]


def table(head: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """A table, numbers to the right."""
    lines = ["| " + " | ".join(head) + " |", "|" + " ---: |" * len(head)]
    return [*lines, *("| " + " | ".join(map(_shown, row)) + " |" for row in rows)]


def ratio(ours: float, theirs: float) -> str:
    """Ours in parts of theirs."""
    return f"{ours / theirs:.2f}"


def _shown(cell: str | Cost) -> str:
    return cell if isinstance(cell, str) else f"{cell.seconds:.2f} s, {cell.megabytes:.0f} MB"
