"""The command: parse, call one function, print, exit."""

import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

import octdeck
from octdeck.diagnostics import Diagnostic, OctdeckError

if TYPE_CHECKING:
    from octdeck.outputs import Format
    from octdeck.project import Built, Progress, Project

_F = TypeVar("_F", bound=Callable[..., object])

_STYLES: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "place": {"fg": "blue"},
}

_BUILT: "tuple[Format, ...]" = ("anki", "pdf", "html", "docx")
_PRINTED: "tuple[Format, ...]" = ("pdf", "html", "docx", "cards")

_BANK = click.argument("bank", type=click.Path(path_type=Path), default="decks")
_ARTICLES = click.option(
    "--articles",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="OCTDECK_ARTICLES",
    help="Folder of the articles.  [default: 'articles' beside BANK]",
)
_OUT = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default="dist",
    show_default=True,
    help="Folder to write to.",
)


def _many(*names: str, help: str) -> Callable[[_F], _F]:
    """An option that can be given several times; its last name is the setting's in bank.yaml."""
    return click.option(*names, names[-1].lstrip("-"), multiple=True, help=help)


def _millimetres(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[float, float]:
    """`X,Y`, each at most 50 millimetres either way."""
    match = re.fullmatch(r"(-?\d{1,2}(?:\.\d+)?),(-?\d{1,2}(?:\.\d+)?)", value.replace(" ", ""))
    if match is None or max(abs(float(match[1])), abs(float(match[2]))) > 50:
        raise click.BadParameter(f"'{value}' is not two numbers of millimetres, such as 1.5,-2")
    return float(match[1]), float(match[2])


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
        _show(project.diagnostics, project, to_stderr=False, concise=style == "concise")
        click.echo(report.summary(project.diagnostics))
    sys.exit(1 if project.failed or (strict and project.diagnostics) else 0)


@main.command()
@_BANK
@_ARTICLES
@_OUT
@click.option("--to", "formats", default="anki,pdf", show_default=True, help=f"What to make: {', '.join(_BUILT)}.")
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

    wanted = _formats(formats, _BUILT)
    project = _loaded(bank, articles, wanted)
    _tell(on_disk.build(project, out, _now(), wanted, _progress()), project)


@main.command()
@_BANK
@_ARTICLES
@_OUT
@_many("--deck", "--decks", help="From this deck file (its name, without .yaml).")
@_many("--source", "--sources", help="On this source, by its id.")
@_many("--theme", "--themes", help="On this theme, by its id.")
@_many("--kind", "--kinds", help="Of this kind: multiple-choice, cloze …")
@_many("--difficulty", help="Of this difficulty, 1 to 3.")
@_many("--id", "--questions", help="This question, by its id.")
@click.option("--count", help="So many questions, the themes taking turns.  [default: all that fit]")
@click.option("--versions", default="1", show_default=True, help="So many versions: A, B, C …")
@click.option("--seed", default="0", show_default=True, help="Another number gives another choice and another order.")
@click.option("--title", help="What the sheet is called.  [default: the bank's title]")
@click.option("--name", default="quiz", show_default=True, help="What the files are called.")
@click.option("--paper", help="a4 or letter.  [default: the bank's]")
@click.option("--layout", help="standard, large, spaced (for dyslexic readers), two-column.  [default: the bank's]")
@click.option(
    "--template",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Your own layout: a .typ file for pdf, or a .html.j2 file for html.",
)
@click.option(
    "--flip",
    type=click.Choice(["long", "short"]),
    default="long",
    show_default=True,
    help="For cards: the edge over which the printer turns the paper.",
)
@click.option(
    "--offset",
    callback=_millimetres,
    default="0,0",
    show_default=True,
    metavar="X,Y",
    help="For cards: moves the backs so many millimetres to the right and down.",
)
@click.option(
    "--per-page", type=click.Choice(["8", "10"]), default="8", show_default=True, help="For cards: so many on a page."
)
@click.option("--to", "formats", default="pdf", show_default=True, help=f"What to make: {', '.join(_PRINTED)}.")
def quiz(
    bank: Path,
    articles: Path | None,
    out: Path,
    formats: str,
    name: str,
    title: str | None,
    template: Path | None,
    flip: Literal["long", "short"],
    offset: tuple[float, float],
    per_page: str,
    **settings: object,
) -> None:
    """Make a quiz from BANK without editing a file: a sheet for each version, and one key.

    A question is taken if it fits each of the options given; an option given several times fits with any of its
    values. Settings of the same names make the quizzes of bank.yaml, which `octdeck build` builds.

    \b
    Examples:
      octdeck quiz --theme kornilov --theme july-days --count 20 --versions 2
      octdeck quiz --kind multiple-choice --difficulty 1 --layout large --out print
      octdeck quiz --deck harbours --to cards --flip short
    """
    from octdeck import project as on_disk
    from octdeck import quiz as quizzes
    from octdeck.look import Cut

    wanted_formats = _formats(formats, _PRINTED)
    project = _loaded(bank, articles, wanted_formats)
    assert project.bank is not None  # or there were errors
    given = {key: list(value) if isinstance(value, tuple) else value for key, value in settings.items() if value}
    wanted, wrong = quizzes.from_settings(project.bank, {"id": name, "title": title, **given})
    if wanted is None:
        raise click.UsageError("\n".join(wrong))
    own = on_disk.template(template, wanted_formats) if template else None
    cut = Cut(flip, offset, 8 if per_page == "8" else 10)
    _tell(on_disk.build_quiz(project, wanted, out, wanted_formats, cut, own, _progress()), project)


def _loaded(bank: Path, articles: Path | None, formats: "Sequence[Format]") -> "Project":
    """The bank, its findings shown; with errors among them, that is all."""
    from octdeck import report
    from octdeck.project import load

    project = load(bank, articles, formats)
    _show(project.diagnostics, project, to_stderr=True)
    if project.failed:
        click.echo(f"{report.summary(project.diagnostics)}; nothing was written", err=True)
        sys.exit(1)
    return project


def _formats(text: str, known: "Sequence[Format]") -> "tuple[Format, ...]":
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in known:
            raise click.BadParameter(f"'{name}' is not one of: {', '.join(known)}", param_hint="--to")
    return tuple(name for name in known if name in names)


def _show(found: "Sequence[Diagnostic]", project: "Project", *, to_stderr: bool, concise: bool = False) -> None:
    from octdeck import report

    stream = sys.stderr if to_stderr else sys.stdout
    coloured = stream.isatty() and not os.environ.get("NO_COLOR")
    if concise:
        text = report.concise(found)
    else:
        text = report.full(found, project.texts, _painted if coloured else report.unpainted)
    click.echo(text, nl=bool(found) and not concise, err=to_stderr)


def _tell(built: "Built", project: "Project") -> None:
    _show(built.diagnostics, project, to_stderr=True)
    for path in built.written:
        click.echo(f"wrote {path}")
    if built.kept:
        click.echo(f"kept {len(built.kept)} files that were up to date")
    if plan := built.release:
        click.echo(f"for students: {len(plan.new)} new, {len(plan.changed)} changed, {len(plan.unchanged)} unchanged")


def _painted(text: str, style: str) -> str:
    return click.style(text, **_STYLES.get(style, {"bold": True}))


def _progress() -> "Progress | None":
    """What shows the output that is being made, on a terminal; in a pipe, nothing."""
    if not sys.stderr.isatty():
        return None

    def show(name: str, number: int, count: int) -> None:
        click.echo(f"\r\033[K[{number}/{count}] {name}" if number <= count else "\r\033[K", nl=False, err=True)

    return show


def _now() -> int:
    """The time of this build, in seconds since 1970; SOURCE_DATE_EPOCH sets it, as reproducible builds do."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(epoch) if epoch.isdecimal() else int(time.time())
