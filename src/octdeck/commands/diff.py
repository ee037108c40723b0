"""`octdeck diff`."""

import sys
from pathlib import Path

import click

from octdeck import console, options

DANGER = 3


@click.command()
@options.bank
@options.articles
@click.option(
    "--from",
    "package",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Compare with this .apkg instead of the last release.",
)
@options.released_in
@options.text_or_json
@options.loudness
@options.colour
def diff(bank: Path, articles: Path | None, package: Path | None, out: Path, style: str) -> None:
    """Show what the next release of BANK does to students who have the last one; write nothing.

    What is new, what changes, and word by word how; what Anki does not do by itself; and what would cost students
    their history, such as an id that was changed.

    Exit status: 0 no danger, 1 errors in BANK, 2 wrong usage, 3 danger: something costs history, or leaves students
    with a card that no correction reaches.

    \b
    Examples:
      octdeck diff
      octdeck diff my-bank --from last-year/my-bank.apkg --format json
    """
    from octdeck import changes, difference_report

    project = console.loaded(bank, articles, ["anki"])
    found = changes.since(project, out, options.now(), package)
    if style == "json":
        console.show_data(difference_report.as_json(found))
    else:
        console.show_changes(found)
    sys.exit(DANGER if found.dangers else 0)
