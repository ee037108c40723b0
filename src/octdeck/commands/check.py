"""`octdeck check`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from octdeck import console, options

if TYPE_CHECKING:
    from octdeck.project import Project

STYLES = ("full", "concise", "json", "sarif", "github")


@click.command()
@options.bank
@options.articles
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option(
    "--format", "style", type=click.Choice(STYLES), default="full", show_default=True, help="How findings are shown."
)
@click.option("--fix", is_flag=True, help="Repair in the files what has one safe repair, then report what is left.")
@click.option("--diff", is_flag=True, help="Show what --fix would change; write nothing.")
@options.update_articles
@options.watch
@options.loudness
@options.colour
def check(
    bank: Path,
    articles: Path | None,
    strict: bool,
    style: str,
    fix: bool,
    diff: bool,
    update_articles: bool,
    watch: bool,
) -> None:
    """Report what is wrong in BANK; write nothing unless asked to repair it.

    Exit status: 0 no errors, 1 errors, 2 wrong usage.

    \b
    Examples:
      octdeck check
      octdeck check my-bank --strict --format concise
      octdeck check --diff
      octdeck check --fix
      octdeck check --update-articles
      octdeck check my-bank --watch
    """
    from octdeck.project import load

    if watch:
        if fix or diff or update_articles or style not in {"full", "concise"}:
            raise click.UsageError("--watch reports, full or concise, and changes nothing; leave the other option out")
        console.watched(bank, articles, None, lambda: _report(load(bank, articles, now=options.clock()), style))
        return
    now = options.clock()
    with console.busy() as shown:
        project = load(bank, articles, now=now, progress=shown)
    if diff:
        if update_articles:
            raise click.UsageError("--diff writes nothing, and --update-articles would")
        _show_repairs(project, articles, now)
    else:
        to_stderr = style not in {"full", "concise"}
        if fix:
            project = _repair(project, articles, now, to_stderr=to_stderr)
        if update_articles:
            project = _take_articles(project, articles, now, to_stderr=to_stderr)
        _report(project, style)
    sys.exit(1 if project.failed or (strict and project.diagnostics) else 0)


def _report(project: "Project", style: str) -> None:
    from octdeck.counts import summary

    found = project.diagnostics
    match style:
        case "json":
            from octdeck import report

            console.show_data(report.as_json(found))
        case "github":
            from octdeck import report

            console.show_data(report.github(found, Path.cwd()))
        case "sarif":
            import octdeck
            from octdeck import explain, sarif

            rules = {code: (page, explain.as_markdown(page)) for code, page in explain.pages().items()}
            console.show_data(sarif.as_sarif(found, project.texts, rules, octdeck.__version__, Path.cwd()))
        case _:
            console.show(found, project.texts, to_stderr=False, concise=style == "concise")
            repairable = sum(d.fix is not None for d in found)
            offer = f"; 'octdeck check --fix' repairs {repairable} of them" if repairable else ""
            console.say(f"{summary(found)}{offer}")


def _repair(project: "Project", articles: Path | None, now: int, *, to_stderr: bool) -> "Project":
    from octdeck import mending
    from octdeck.counts import counted

    mended = mending.mend(project, articles, now)
    mending.write(mended)
    if mended.count:
        where = counted(len(mended.after), "file")
        console.say(f"fixed {counted(mended.count, 'mistake')} in {where}", to_stderr=to_stderr)
    return mended.project


def _take_articles(project: "Project", articles: Path | None, now: int, *, to_stderr: bool) -> "Project":
    from octdeck.building import take_articles
    from octdeck.project import load

    project = load(project.folder, articles, now=now, update_articles=True)
    if not project.failed:
        take_articles(project)
        console.tell_taken(project, to_stderr=to_stderr)
    return project


def _show_repairs(project: "Project", articles: Path | None, now: int) -> None:
    from octdeck import mending, repair
    from octdeck.counts import counted

    mended = mending.mend(project, articles, now)
    for path, after in mended.after.items():
        console.show_difference(repair.difference(path, mended.before[path], after))
    what = f"{counted(mended.count, 'mistake')} in {counted(len(mended.after), 'file')}" if mended.count else "nothing"
    click.echo(f"--fix would repair {what}", err=True)
