"""What can be wrong in a file: findings addressed to the teacher."""

import os.path
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what YAML counts as one, and so what a Span counts

MOST_SHOWN = 1_000  # findings; nobody reads on
MOST_FOUND = 10_000  # of one stage, which then stops looking
_NEAR = 70  # percent of what two words have in common

Severity: TypeAlias = Literal["error", "warning"]


class Span(Struct, frozen=True):
    """A stretch of a file. Lines and columns count from 1, columns in characters; the end is exclusive."""

    path: Path
    line: int
    column: int
    end_line: int
    end_column: int

    def __lt__(self, other: "Span") -> bool:
        return self._place < other._place

    @property
    def _place(self) -> tuple[Path, int, int, int, int]:
        return self.path, self.line, self.column, self.end_line, self.end_column

    def within(self, root: Path) -> Path:
        """The path as seen from the folder `root`; absolute where the file lies outside."""
        path = Path(os.path.normpath(root / self.path))
        return path.relative_to(root) if path.is_relative_to(root) else path


class Edit(Struct, frozen=True):
    """A repair: what is to stand in the file instead of what stands at `span`."""

    span: Span
    text: str


class Diagnostic(Struct, frozen=True):
    """One finding, addressed to the teacher who wrote the file.

    `message` is lower case without a full stop; `hint` begins with a verb. `related` names a second place that has
    to do with the finding, such as the other of two equal ids. `fix` is there where only one repair is possible and
    it is safe. `notes` show what helps to judge it, such as a paragraph of an article: for the eyes of whoever has the
    article, so they are in no report for programs.
    """

    code: str
    message: str
    span: Span
    severity: Severity = "error"
    hint: str | None = None
    related: tuple[tuple[str, Span], ...] = ()
    fix: Edit | None = None
    notes: tuple[str, ...] = ()


def in_order(found: "Iterable[Diagnostic]") -> tuple[Diagnostic, ...]:
    """Sort by place, then code; the same finding twice is one finding.

    Of more than are shown, errors come before warnings, and a last finding says how many are left out.
    """
    ordered = sorted(dict.fromkeys(found), key=lambda d: (d.span, d.code, d.message))
    if len(ordered) <= MOST_SHOWN:
        return tuple(ordered)
    ordered.sort(key=lambda d: d.severity != "error")
    shown, left_out = ordered[:MOST_SHOWN], ordered[MOST_SHOWN:]
    more = f"{len(left_out)} more findings are" if len(ordered) < MOST_FOUND else "thousands of findings more are"
    hint = "mend some of the others, then check again"
    rest = Diagnostic("OD008", f"{more} not shown", left_out[0].span, left_out[0].severity, hint)
    return (*sorted(shown, key=lambda d: (d.span, d.code, d.message)), rest)


def surely_meant(word: str, known: "Iterable[str]") -> str | None:
    """The known word that `word` must have been meant to be, as it is a slip away from it, and from no other.

    A slip is one letter too much, too little, wrong or in its neighbour's place; capitals do not count. Another number
    is another word, and so is another letter in a word of three.
    """
    from rapidfuzz.distance import OSA

    lower = word.lower()
    most = 1 if len(word) > 3 else 0
    digits = _digits(word)
    alike = [name for name in known if abs(len(name) - len(word)) <= most and _digits(name) == digits]
    slips = {name: OSA.distance(lower, name.lower(), score_cutoff=most) for name in alike}
    least = min(slips.values(), default=most + 1)
    near = [name for name, distance in slips.items() if distance == least]
    return near[0] if least <= most and len(near) == 1 else None


def _digits(word: str) -> list[str]:
    return re.findall(r"\d+", word)


def did_you_mean(word: str, known: "Iterable[str]") -> str | None:
    """The known word that `word` was probably meant to be, or None."""
    from rapidfuzz import fuzz, process

    near = process.extractOne(word.lower()[:100], sorted(known), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return near[0] if near else None
