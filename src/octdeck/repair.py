"""Texts × diagnostics → the texts with what could be repaired in them repaired."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from octdeck.diagnostics import LINE_BREAK, Diagnostic, Edit


def repaired(texts: Mapping[Path, str], found: Iterable[Diagnostic]) -> tuple[dict[Path, str], int]:
    """The texts that change, and how many findings that repairs; only files in `texts` are touched.

    Of two repairs that overlap, only the first in the file is done: with the other, look again at what comes of it.
    """
    edits: dict[Path, set[Edit]] = defaultdict(set)
    for diagnostic in found:
        if diagnostic.fix and diagnostic.fix.span.path in texts:
            edits[diagnostic.fix.span.path].add(diagnostic.fix)
    changed: dict[Path, str] = {}
    count = 0
    for path, here in edits.items():
        changed[path], done = _edited(texts[path], here)
        count += done
    return changed, count


def difference(path: Path, before: str, after: str) -> str:
    """What changes in a file, as a unified diff."""
    name = path.as_posix()
    lines = difflib.unified_diff(_lines(before), _lines(after), name, name)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _edited(text: str, edits: Iterable[Edit]) -> tuple[str, int]:
    starts = [0, *(match.end() for match in LINE_BREAK.finditer(text))]
    parts, at, count = [], 0, 0
    for edit in sorted(edits, key=lambda edit: (edit.span, edit.text)):
        span = edit.span
        start = starts[span.line - 1] + span.column - 1
        end = starts[span.end_line - 1] + span.end_column - 1
        if start >= at:
            parts += [text[at:start], edit.text]
            at = end
            count += 1
    return "".join((*parts, text[at:])), count


def _lines(text: str) -> list[str]:
    *whole, rest = text.split("\n")
    return [f"{line}\n" for line in whole] + ([rest] if rest else [])
