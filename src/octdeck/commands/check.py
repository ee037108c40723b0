"""`octdeck check`."""

import sys
from pathlib import Path

import click

from octdeck import console, options


@click.command()
@options.bank
@options.articles
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
        console.show(project.diagnostics, project, to_stderr=False, concise=style == "concise")
        click.echo(report.summary(project.diagnostics))
    sys.exit(1 if project.failed or (strict and project.diagnostics) else 0)
