"""`octdeck coverage`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from octdeck import console, options

if TYPE_CHECKING:
    from octdeck.coverage import Coverage

STYLES = ("text", "json", "html")


@click.command()
@options.bank
@options.articles
@click.option(
    "--format",
    "style",
    type=click.Choice(STYLES),
    help="text, json, or html: a page with your copy of each article beside its questions.  [default: text]",
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write to this file; html needs one."
)
@click.option("--strict", is_flag=True, help="Exit with status 1 if a paragraph has no question.")
@options.loudness
@options.colour
def coverage(bank: Path, articles: Path | None, style: str | None, out: Path | None, strict: bool) -> None:
    """Show which paragraphs of each article have questions, and which have none.

    `skip:` in a source says which need none. Without the articles, octdeck.lock tells how many paragraphs there are.

    \b
    Examples:
      octdeck coverage
      octdeck coverage my-bank --out coverage.html
      octdeck coverage --format json
    """
    from octdeck import coverage as coverages
    from octdeck import disk

    style = style or ("html" if out and out.suffix.lower() in {".html", ".htm"} else "text")
    if style == "html" and out is None:
        raise click.UsageError("the page is written to a file: name it with --out FILE")
    project = console.loaded(bank, articles, ())
    assert project.bank is not None  # or there were errors
    found = coverages.measure(project.bank, project.shelf)
    if out is not None:
        disk.replace_all({out: _written(found, style).encode()})
        console.say(f"wrote {out}")
    elif style == "text":
        console.show_coverage(found)
    else:
        console.show_data(_written(found, style))
    sys.exit(1 if strict and not found.is_complete else 0)


def _written(found: "Coverage", style: str) -> str:
    from octdeck.report import unpainted
    from octdeck.writers import coverage_page, coverage_text

    match style:
        case "json":
            return coverage_text.as_json(found)
        case "html":
            return coverage_page.as_html(found)
        case _:
            return coverage_text.as_text(found, unpainted)
