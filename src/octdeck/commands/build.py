"""`octdeck build`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from octdeck import console, options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from octdeck.outputs import Format

FORMATS: "tuple[Format, ...]" = ("anki", "pdf", "html", "docx")


@click.command()
@options.bank
@options.articles
@options.update_articles
@options.out
@options.colour
@options.watch
@click.option("--to", "formats", default="anki,pdf", show_default=True, help=f"What to make: {', '.join(FORMATS)}.")
def build(bank: Path, articles: Path | None, update_articles: bool, out: Path, formats: str, watch: bool) -> None:
    """Check BANK and compile it into Anki packages and quiz sheets with keys.

    An error in BANK stops the build before anything is written. What students get is recorded in BANK/octdeck.lock;
    commit that file with the decks.

    \b
    Examples:
      octdeck build
      octdeck build my-bank --to pdf --out print
      octdeck build --update-articles
      octdeck build my-bank --watch
    """
    wanted = options.formats(formats, FORMATS)
    if not watch:
        _build(bank, articles, update_articles, out, wanted)
    elif update_articles:
        raise click.UsageError("--update-articles is done once, not with --watch")
    else:
        console.watched(bank, articles, out, lambda: _build(bank, articles, False, out, wanted))


def _build(bank: Path, articles: Path | None, update_articles: bool, out: Path, wanted: "Sequence[Format]") -> None:
    from octdeck import project as on_disk

    project = console.loaded(bank, articles, wanted, update_articles=update_articles)
    console.tell(on_disk.build(project, out, options.now(), wanted, console.progress()), project)
    console.tell_taken(project)
