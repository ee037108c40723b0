"""What the commands show on a terminal or in a pipe."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from octdeck.errors import OctdeckError

if TYPE_CHECKING:
    from octdeck.building import Built
    from octdeck.coverage import Coverage
    from octdeck.diagnostics import Diagnostic
    from octdeck.difference import Difference
    from octdeck.outputs import Format
    from octdeck.project import Progress, Project
    from octdeck.verdict import Verdict

_PATIENCE, _AGAIN = 1.0, 0.1  # seconds

_STYLES: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "place": {"fg": "blue", "bold": True},
    "added": {"fg": "green"},
    "removed": {"fg": "red"},
}


def loaded(
    bank: Path,
    articles: Path | None,
    formats: "Sequence[Format]",
    *,
    update_articles: bool = False,
    processes: int = 1,
) -> "Project":
    """The bank, if there is no error in it; with errors, all its findings are shown, and that is all.

    `processes` are as many as may read it.
    """
    from octdeck.counts import summary
    from octdeck.project import load

    with busy() as progress:
        project = load(
            bank,
            articles,
            formats,
            now=int(time.time()),
            update_articles=update_articles,
            progress=progress,
            processes=processes,
        )
    if project.failed:
        warn(project)
        click.echo(f"{summary(project.diagnostics)}; nothing was written", err=True)
        sys.exit(1)
    return project


def warn(project: "Project") -> None:
    """Show all that was found in a bank."""
    show(project.diagnostics, project.texts, to_stderr=True)


def show(found: "Sequence[Diagnostic]", texts: Mapping[Path, str], *, to_stderr: bool, concise: bool = False) -> None:
    """Show findings in files with these texts, in colour on a terminal that wants it."""
    if not found:
        return
    from octdeck import report

    stream = sys.stderr if to_stderr else sys.stdout
    if concise:
        text = report.concise(found)
    else:
        text = report.full(found, texts, _painted if _coloured(stream) else report.unpainted)
    click.echo(text, nl=not concise, err=to_stderr, color=_coloured(stream))


def said(found: "Sequence[Diagnostic]", texts: Mapping[Path, str]) -> str:
    """What `show` shows on a terminal, in colour."""
    if not found:
        return ""
    from octdeck import report

    return report.full(found, texts, _painted)


def repeat(text: str) -> None:
    """Show what was `said`, without its colour where none is wanted."""
    if text:
        click.echo(text, err=True, color=_coloured(sys.stderr))


def show_verdict(verdict: "Verdict") -> None:
    """Show what the real Anki made of a release."""
    from octdeck import report
    from octdeck.verdict import as_text

    coloured = _coloured(sys.stdout)
    click.echo(as_text(verdict, _painted if coloured else report.unpainted), nl=False, color=coloured)


def show_coverage(coverage: "Coverage") -> None:
    """Show which paragraphs have questions."""
    from octdeck import report
    from octdeck.writers.coverage_text import as_text

    coloured = _coloured(sys.stdout)
    click.echo(as_text(coverage, _painted if coloured else report.unpainted), nl=False, color=coloured)


def show_changes(difference: "Difference") -> None:
    """Show what a release does to students."""
    from octdeck import report
    from octdeck.difference_report import as_text

    coloured = _coloured(sys.stdout)
    click.echo(as_text(difference, _painted if coloured else report.unpainted), nl=False, color=coloured)


def show_data(text: str) -> None:
    """Show what programs read: in UTF-8, whatever a terminal here would have."""
    click.echo(text.encode("utf-8", "backslashreplace"), nl=False)


def show_difference(text: str) -> None:
    """Show a unified diff, in colour where findings are."""
    coloured = _coloured(sys.stdout)
    for line in text.splitlines(keepends=True):
        style = {"+": "added", "-": "removed", "@": "place"}.get(line[0], "")
        click.echo(_painted(line, style) if coloured and style else line, nl=False, color=coloured)


def tell(built: "Built") -> None:
    """Say what a build did."""
    for path in built.written:
        say(f"wrote {path}")
    for path in built.kept if _is("verbose") else ():
        say(f"kept {path}")
    if built.kept:
        say(_kept(len(built.kept)))
    if plan := built.release:
        say(_for_students(len(plan.new), len(plan.changed), len(plan.unchanged)))


def tell_kept(files: int, notes: int | None) -> None:
    """Say what a build did that found everything as it was."""
    say(_kept(files))
    if notes is not None:
        say(_for_students(0, 0, notes))


def _kept(files: int) -> str:
    return f"kept {files} files that were up to date"


def _for_students(new: int, changed: int, unchanged: int) -> str:
    return f"for students: {new} new, {changed} changed, {unchanged} unchanged"


def tell_taken(project: "Project", *, to_stderr: bool = False) -> None:
    """Say of which articles the lock file has another fingerprint now."""
    from octdeck import lock

    for source in sorted(project.taken):
        say(f"took the article of '{source}' as it is now into {project.folder / lock.NAME}", to_stderr=to_stderr)


def watched(bank: Path, articles: Path | None, out: Path | None, run: Callable[[], None]) -> None:
    """Run now and whenever something changes in the bank, until Ctrl-C; `out` is where the runs write to."""
    from octdeck import watching

    def run_again(changed: tuple[Path, ...]) -> None:
        if changed:
            names = ", ".join(map(str, changed[:3])) + (" …" if len(changed) > 3 else "")
            click.echo(f"\n{time.strftime('%H:%M:%S')} changed: {names}")
        try:
            run()
        except SystemExit:
            pass  # what ends with that is one run
        except OctdeckError as error:
            show_fault(error)

    with suppress(KeyboardInterrupt):
        for _ in watching.runs(run_again, bank, articles, out):
            say(f"watching {bank}; Ctrl-C ends it", to_stderr=True)


def show_fault(error: OctdeckError) -> None:
    """Show a fault of the world in one line, and the hint."""
    click.echo(f"octdeck: {error}", err=True)
    if error.hint:
        click.echo(f"  hint: {error.hint}", err=True)


@contextmanager
def busy() -> "Iterator[Progress]":
    """Show what is being done: on a terminal, once it takes longer than a second; with --verbose, step by step."""
    if _is("verbose"):
        begun = time.monotonic()
        yield lambda what, number, count: click.echo(_step(what, number, count, time.monotonic() - begun), err=True)
    elif _is("quiet") or not sys.stderr.isatty():
        yield lambda what, number, count: None
    else:
        with _shown_after(_PATIENCE) as show:
            yield lambda what, number, count: show(f"[{number}/{count}] {what}")


def _step(what: str, number: int, count: int, seconds: float) -> str:
    return f"{seconds:7.2f} s  [{number}/{count}] {what}"


@contextmanager
def _shown_after(seconds: float) -> "Iterator[Callable[[str], None]]":
    """What shows a line, and later another in its place, but none before so many seconds; at the end, it is gone."""
    line, shown = "", ""

    def tick() -> None:
        nonlocal shown
        if line != shown:
            click.echo(f"\r\033[K{line}", nl=False, err=True)
            shown = line

    def show(text: str) -> None:
        nonlocal line
        line = text

    try:
        with _ticking(tick, seconds):
            yield show
    finally:
        if shown:
            click.echo("\r\033[K", nl=False, err=True)


@contextmanager
def _ticking(tick: Callable[[], None], seconds: float) -> Iterator[None]:
    """Call `tick` after so many seconds, and from then on often."""
    import signal

    if hasattr(signal, "setitimer"):
        # No thread: where one runs, no process can be split off safely (see beside.py).
        before = signal.signal(signal.SIGALRM, lambda *_: tick())
        signal.setitimer(signal.ITIMER_REAL, max(seconds, _AGAIN), _AGAIN)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        return
    from threading import Event, Thread

    ended = Event()

    def run() -> None:
        wait = seconds
        while not ended.wait(wait):
            wait = _AGAIN
            tick()

    clock = Thread(target=run, daemon=True)
    clock.start()
    try:
        yield
    finally:
        ended.set()
        clock.join()


def say(text: str, *, to_stderr: bool = False) -> None:
    """Say what was done, unless --quiet was asked for."""
    if not _is("quiet"):
        click.echo(text, err=to_stderr)


def _is(loudness: str) -> bool:
    context = click.get_current_context(silent=True)
    return context is not None and context.find_root().meta.get("octdeck.loudness") == loudness


def _coloured(stream: TextIO) -> bool:
    """Whether `stream` gets colour: as the command line says, or the environment; else if it is a terminal."""
    context = click.get_current_context(silent=True)
    if context is not None and context.color is not None:
        return context.color
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR", "")
    return forced not in {"", "0"} or (stream.isatty() and os.environ.get("TERM") != "dumb")


def _painted(text: str, style: str) -> str:
    return click.style(text, **_STYLES.get(style, {"bold": True}))
