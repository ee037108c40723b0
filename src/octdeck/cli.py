"""The command: parse, call one function, print, exit."""

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import octdeck
from octdeck.diagnostics import OctdeckError

if TYPE_CHECKING:
    from octdeck.outputs import Format
    from octdeck.project import Project

_STYLES: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "place": {"fg": "blue"},
}

_BANK = click.argument("bank", type=click.Path(path_type=Path), default="decks")
_ARTICLES = click.option(
    "--articles",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="OCTDECK_ARTICLES",
    help="Folder of the articles.  [default: 'articles' beside BANK]",
)


class _Command(click.Command):
    """A command whose faults of the world end in one line and a hint."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except OctdeckError as error:
            click.echo(f"octdeck: {error}", err=True)
            if error.hint:
                click.echo(f"  hint: {error.hint}", err=True)
            ctx.exit(1)


class _Commands(click.Group):
    command_class = _Command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(octdeck.__version__, prog_name="octdeck")
def main() -> None:
    """Compile questions in YAML into Anki decks and printable quizzes.

    BANK is the folder with bank.yaml; 'decks' where none is named.

    \b
    Examples:
      octdeck check                     what is wrong, at its line
      octdeck build                     everything, into dist/
      octdeck build my-bank --to anki   only the Anki packages
    """


@main.command()
@_BANK
@_ARTICLES
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option(
    "--format", "style", type=click.Choice(["full", "concise", "json"]), default="full", help="How findings are shown."
)
def check(bank: Path, articles: Path | None, strict: bool, style: str) -> None:
    """Report what is wrong in BANK; write nothing.

    Exit status: 0 no errors, 1 errors, 2 wrong usage.

    \b
    Examples:
      octdeck check
      octdeck check my-bank --strict --format concise
    """
    from octdeck import report
    from octdeck.project import load

    project = load(bank, articles)
    if style == "json":
        click.echo(report.as_json(project.diagnostics), nl=False)
    else:
        _show(project, concise=style == "concise", to_stderr=False)
        click.echo(report.summary(project.diagnostics))
    sys.exit(1 if project.failed or (strict and project.diagnostics) else 0)


@main.command()
@_BANK
@_ARTICLES
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default="dist",
    show_default=True,
    help="Folder to write to.",
)
@click.option(
    "--to",
    "formats",
    default="anki,pdf",
    show_default=True,
    metavar="FORMATS",
    help="What to make, joined by commas: anki, pdf.",
)
def build(bank: Path, articles: Path | None, out: Path, formats: str) -> None:
    """Check BANK and compile it into Anki packages and quiz sheets with keys.

    An error in BANK stops the build before anything is written. What students get is recorded in BANK/octdeck.lock;
    commit that file with the decks.

    \b
    Examples:
      octdeck build
      octdeck build my-bank --to pdf --out print
    """
    from octdeck import project as on_disk
    from octdeck import report

    wanted = _formats(formats)
    project = on_disk.load(bank, articles, wanted)
    _show(project, concise=False, to_stderr=True)
    if project.failed:
        click.echo(f"{report.summary(project.diagnostics)}; nothing was written", err=True)
        sys.exit(1)
    built = on_disk.build(project, out, _now(), wanted, _progress if sys.stderr.isatty() else None)
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)
    for path in built.written:
        click.echo(f"wrote {path}")
    if built.kept:
        click.echo(f"kept {len(built.kept)} files that were up to date")
    if built.release:
        plan = built.release
        click.echo(f"for students: {len(plan.new)} new, {len(plan.changed)} changed, {len(plan.unchanged)} unchanged")


def _formats(text: str) -> "tuple[Format, ...]":
    from octdeck.outputs import FORMATS

    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in FORMATS:
            raise click.BadParameter(f"'{name}' is not one of: {', '.join(FORMATS)}", param_hint="--to")
    return tuple(name for name in FORMATS if name in names)


def _show(project: "Project", *, concise: bool, to_stderr: bool) -> None:
    from octdeck import report

    found = project.diagnostics
    stream = sys.stderr if to_stderr else sys.stdout
    coloured = stream.isatty() and not os.environ.get("NO_COLOR")
    if concise:
        text = report.concise(found)
    else:
        text = report.full(found, project.texts, _painted if coloured else report.unpainted)
    click.echo(text, nl=bool(found) and not concise, err=to_stderr)


def _painted(text: str, style: str) -> str:
    return click.style(text, **_STYLES.get(style, {"bold": True}))


def _progress(name: str, number: int, count: int) -> None:
    click.echo(f"\r\033[K[{number}/{count}] {name}", nl=False, err=True)


def _now() -> int:
    """The time of this build, in seconds since 1970; SOURCE_DATE_EPOCH sets it, as reproducible builds do."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(epoch) if epoch.isdecimal() else int(time.time())
