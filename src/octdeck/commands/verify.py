"""`octdeck verify`."""

import sys
from pathlib import Path

import click

from octdeck import console, options


@click.command()
@options.bank
@options.articles
@click.option(
    "--from",
    "last",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Begin with this .apkg instead of the last release.",
)
@options.released_in
@click.option("--strict", is_flag=True, help="Fail also where the release costs students something.")
@options.text_or_json
@options.loudness
@options.colour
def verify(bank: Path, articles: Path | None, last: Path | None, out: Path, strict: bool, style: str) -> None:
    """Prove in the real Anki that the next release of BANK harms no student; write nothing.

    Imports the last release, OUT/<bank>.apkg, into a throwaway collection, studies its cards, and imports what
    'octdeck build' would release now. Needs Anki itself: python -m pip install 'octdeck[verify]'.

    Exit status: 0 all is proved, 1 something is not, 2 wrong usage.

    \b
    Examples:
      octdeck verify
      octdeck verify my-bank --from last-year/my-bank.apkg --strict
    """
    from octdeck import verdict, verification

    project = console.loaded(bank, articles, ["anki"])
    console.warn(project)
    package = last or verification.last_package(project, out)
    with console.busy() as shown:
        found = verification.verify(project, package, options.now(), shown)
    if style == "json":
        console.show_data(verdict.as_json(found))
    else:
        console.show_verdict(found)
    sys.exit(1 if found.failed or (strict and found.costly) else 0)
