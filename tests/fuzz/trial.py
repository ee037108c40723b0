"""A bank, whatever stands in it, through the public door: it ends in findings or in files, never in a traceback."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import octdeck
from fuzz.seeds import PACKAGE, Files
from octdeck import (
    building,
    changes,
    difference_report,
    explain,
    mending,
    notes,
    project,
    recovery,
    released,
    repair,
    report,
    sarif,
)
from octdeck.diagnostics import LINE_BREAK, Diagnostic
from octdeck.errors import OctdeckError
from octdeck.outputs import Format
from octdeck.sheet import from_bank

NOW = 1_700_000_000
LONGEST = 1000  # characters, of what is said about one finding


class OddFindingError(Exception):
    """A finding is not as findings are."""


_RULES = {code: (page, "") for code, page in explain.pages().items()}


def written(files: Files, folder: Path) -> Path:
    """The bank in `folder`, and nothing else there; returns the folder with bank.yaml."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "decks").mkdir(parents=True)
    for name, data in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    return folder / "decks"


def attempt(files: Files, folder: Path, formats: Sequence[Format] = (), *, mend: bool = False) -> str:
    """Check the bank in every style, build it to `formats` if it is sound; `mend` repairs it before, in memory.

    Returns what came of it: `refused`, `findings`, `sound` or `built`.

    Raises:
        OddFindingError: a finding, or a fault of the world, is not told as it should be.
        Exception: whatever octdeck did not expect.

    """
    decks = written(files, folder)
    try:
        found = octdeck.load(decks) if formats else project.load(decks, formats=["anki"])
        if mend:
            _mended(found)
        _shown(found.diagnostics, found)
        if PACKAGE in files:
            _compared(found, folder / PACKAGE)
        if found.bank is None or found.failed:
            return "findings"
        notes.of_bank(found.bank)
        from_bank(found.bank)
        if not formats:
            return "sound"
        building.build(found, folder / "dist", NOW, formats)
    except OctdeckError as fault:
        if not fault.hint or "\n" in str(fault) or len(str(fault)) > LONGEST:
            raise OddFindingError("a fault without a hint, or in many words") from fault
        return "refused"
    return "built"


def _compared(found: project.Project, package: Path) -> None:
    """What the package would have been the last release of."""
    if found.bank is None:
        return
    released.package(package, found.bank.id).as_lock(found.bank.id)
    if not found.failed:
        difference = changes.since(found, found.folder.parent / "dist", NOW, package)
        difference_report.as_text(difference, report.unpainted).encode()
        difference_report.as_json(difference).encode()
    recovery.recover(found.folder, [package], force=True)


def _mended(found: project.Project) -> None:
    mended = mending.mend(found)
    for path, after in mended.after.items():
        repair.difference(path, mended.before[path], after)
    _shown(mended.project.diagnostics, mended.project)


def _shown(diagnostics: Sequence[Diagnostic], found: project.Project) -> None:
    lines = {path: LINE_BREAK.split(text) for path, text in found.texts.items()}
    for diagnostic in diagnostics:
        if what := wrong(diagnostic, lines):
            raise OddFindingError(f"{diagnostic.code} {what}")
    report.full(diagnostics, found.texts, report.unpainted).encode()
    report.concise(diagnostics).encode()
    report.as_json(diagnostics).encode()
    report.github(diagnostics, found.folder)
    sarif.as_sarif(diagnostics, found.texts, _RULES, octdeck.__version__, found.folder).encode()


def wrong(diagnostic: Diagnostic, lines: Mapping[Path, Sequence[str]]) -> str | None:
    """What is wrong with a finding."""
    if not diagnostic.hint:
        return "has no hint"
    if len(diagnostic.message) + len(diagnostic.hint) > LONGEST:
        return f"is longer than {LONGEST} characters"
    for span in (diagnostic.span, *(place for _, place in diagnostic.related)):
        here = lines[span.path]
        # Where a file ends without a line break, YAML may see the end in the line behind.
        if not 1 <= span.line <= span.end_line <= len(here) + 1:
            return "is about lines that are not there"
        if span.column < 1 or (span.line <= len(here) and span.column > len(here[span.line - 1]) + 1):
            return "is about a column that is not there"
    return None
