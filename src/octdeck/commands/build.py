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
@options.loudness
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
    from octdeck import disk, memory

    place = memory.file_of(options.cache(), bank, out, articles, wanted)
    before = memory.recall(place)
    if not update_articles and memory.is_current(before, out):
        console.repeat(before.said or "")
        console.tell_kept(len(before.outputs), before.notes)
        return
    from octdeck import building

    processes = options.processes()
    with disk.witnessed() as asked:
        project = console.loaded(bank, articles, wanted, update_articles=update_articles, processes=processes)
    known = before if before.maker == memory.maker() else memory.NOTHING
    with console.busy() as shown:
        built = building.build(project, out, options.now(), wanted, shown, before=known, processes=processes)
    # Only now, as the rules may have been asked meanwhile.
    said = console.said([*project.diagnostics, *built.diagnostics], project.texts)
    console.repeat(said)
    console.tell(built)
    console.tell_taken(project)
    memory.keep(place, building.remembered(project, built, asked, said))
