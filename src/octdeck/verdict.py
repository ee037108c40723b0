"""What the real Anki made of a release, each finding with its place: as data, as text, as JSON."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from octdeck.counts import counted
from octdeck.diagnostics import Span
from octdeck.excerpt import Paint, clean
from octdeck.proof import CLAIMS, Claim, Finding
from octdeck.release import Release

_SHOWN = 10  # findings of one sort, in the text
_STYLES = {"failed": "error", "cost": "warning", "expected": "place", "proved": "bold"}


class Verdict(Struct, frozen=True):
    """What was tried and what came of it. `last` is the package of the last release, None where there was none.

    `cards` counts what the student had when the next release came.
    """

    anki: str
    last: Path | None
    release: Release
    cards: int
    findings: tuple[tuple[Finding, Span], ...]

    def outcome(self, claim: Claim) -> Literal["proved", "cost", "failed"]:
        """Whether a claim is proved, holds at a cost to students, or failed."""
        outcomes = {finding.outcome for finding, _ in self.findings if finding.claim == claim}
        return "failed" if "failed" in outcomes else "cost" if "cost" in outcomes else "proved"

    @property
    def failed(self) -> bool:
        """Whether any claim failed."""
        return any(finding.outcome == "failed" for finding, _ in self.findings)

    @property
    def costly(self) -> bool:
        """Whether the release costs students anything."""
        return any(finding.outcome == "cost" for finding, _ in self.findings)


def as_text(verdict: Verdict, paint: Paint) -> str:
    """What was tried; a line for each claim, and below it where it fails, what it costs and what is good to know."""
    plan = verdict.release
    tried = f"{verdict.last}, then the next release" if verdict.last else "the first release, then the same again"
    counts = f"{len(plan.new)} new, {len(plan.changed)} changed, {len(plan.unchanged)} unchanged"
    lines = [
        f"imported into Anki {verdict.anki}: {clean(tried)} ({counts})",
        f"{counted(verdict.cards, 'card')} studied in between, without FSRS and with it",
        "",
    ]
    for claim, says in CLAIMS.items():
        outcome = verdict.outcome(claim)
        lines.append(f"{paint(f'{outcome:6}', _STYLES[outcome])}  {says}")
        for wanted in ("failed", "cost", "expected"):
            here = [(f, span) for f, span in verdict.findings if (f.claim, f.outcome) == (claim, wanted)]
            lines += _paragraph(here[:_SHOWN], paint)
            if len(here) > _SHOWN:
                lines.append(f"  … and {len(here) - _SHOWN} more; --format json lists them all")
    return "\n".join([*lines, "", _summary(verdict)]) + "\n"


def as_json(verdict: Verdict) -> str:
    """The same as an object for programs; all findings are in it."""
    plan = verdict.release
    data = {
        "proved": not verdict.failed,
        "anki": verdict.anki,
        "last": verdict.last.as_posix() if verdict.last else None,
        "release": {"new": len(plan.new), "changed": len(plan.changed), "unchanged": len(plan.unchanged)},
        "cards": verdict.cards,
        "claims": [{"claim": claim, "says": says, "outcome": verdict.outcome(claim)} for claim, says in CLAIMS.items()],
        "findings": [
            {
                "claim": finding.claim,
                "outcome": finding.outcome,
                "question": finding.question,
                "message": finding.message,
                "hint": finding.hint,
                "path": span.path.as_posix(),
                "line": span.line,
                "column": span.column,
            }
            for finding, span in verdict.findings
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _paragraph(found: Sequence[tuple[Finding, Span]], paint: Paint) -> list[str]:
    """A line for each finding; a hint stands below the last of those that share it."""
    lines = []
    for number, (finding, span) in enumerate(found, start=1):
        about = f"'{finding.question}': " if finding.question else ""
        where = f"{clean(str(span.path))}:{span.line}:{span.column}"
        lines.append(f"  {where}: {paint(finding.outcome, _STYLES[finding.outcome])}: {clean(about + finding.message)}")
        last = number == len(found) or found[number][0].hint != finding.hint
        lines += [f"    hint: {clean(finding.hint)}"] if finding.hint and last else []
    return lines


def _summary(verdict: Verdict) -> str:
    if verdict.failed:
        failed = sum(verdict.outcome(claim) == "failed" for claim in CLAIMS)
        return f"not proved: {failed} of {len(CLAIMS)} claims failed"
    places = sum(finding.outcome == "cost" for finding, _ in verdict.findings)
    return f"proved, at a cost to students in {counted(places, 'place')}" if verdict.costly else "all is proved"
