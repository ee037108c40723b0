"""What the commands show on a terminal or in a pipe."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from octdeck.diagnostics import Diagnostic

if TYPE_CHECKING:
    from octdeck.outputs import Format
    from octdeck.project import Built, Progress, Project

_STYLES: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "place": {"fg": "blue"},
}


def loaded(bank: Path, articles: Path | None, formats: "Sequence[Format]") -> "Project":
    """The bank, its findings shown; with errors among them, that is all."""
    from octdeck import report
    from octdeck.project import load

    project = load(bank, articles, formats)
    show(project.diagnostics, project, to_stderr=True)
    if project.failed:
        click.echo(f"{report.summary(project.diagnostics)}; nothing was written", err=True)
        sys.exit(1)
    return project


def show(found: "Sequence[Diagnostic]", project: "Project", *, to_stderr: bool, concise: bool = False) -> None:
    """Show findings, in colour on a terminal that wants it."""
    from octdeck import report

    stream = sys.stderr if to_stderr else sys.stdout
    coloured = stream.isatty() and not os.environ.get("NO_COLOR")
    if concise:
        text = report.concise(found)
    else:
        text = report.full(found, project.texts, _painted if coloured else report.unpainted)
    click.echo(text, nl=bool(found) and not concise, err=to_stderr)


def tell(built: "Built", project: "Project") -> None:
    """Say what a build did."""
    show(built.diagnostics, project, to_stderr=True)
    for path in built.written:
        click.echo(f"wrote {path}")
    if built.kept:
        click.echo(f"kept {len(built.kept)} files that were up to date")
    if plan := built.release:
        click.echo(f"for students: {len(plan.new)} new, {len(plan.changed)} changed, {len(plan.unchanged)} unchanged")


def progress() -> "Progress | None":
    """What shows the output that is being made, on a terminal; in a pipe, nothing."""
    if not sys.stderr.isatty():
        return None

    def show(name: str, number: int, count: int) -> None:
        click.echo(f"\r\033[K[{number}/{count}] {name}" if number <= count else "\r\033[K", nl=False, err=True)

    return show


def _painted(text: str, style: str) -> str:
    return click.style(text, **_STYLES.get(style, {"bold": True}))
