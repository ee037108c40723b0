"""`octdeck new`."""

from pathlib import Path

import click

from octdeck import console, options


@click.command()
@click.argument("name", metavar="[NAME | BANK]", type=click.Path(path_type=Path), required=False)
@click.option(
    "--article",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Add a deck file for this article, a .txt or .md file, to BANK.",
)
@click.option("--id", "source", help="With --article: the source's id.  [default: made of the file's name]")
@options.articles
@options.loudness
def new(name: Path | None, article: Path | None, source: str | None, articles: Path | None) -> None:
    """Make a new bank NAME, with an example that builds; or add a deck file for an article to BANK.

    The deck file has the beginning of each paragraph with its number, ready for questions; the article is copied to the
    folder of the articles, if it is not there. Nothing is ever overwritten.

    \b
    Examples:
      octdeck new harbours
      octdeck new --article "The old port.txt" harbours
      octdeck new --article old.txt --id old-port harbours
    """
    from octdeck import drafts, starting

    if article is not None:
        folder = name or Path(options.bank_here())
        added = starting.deck(article, folder, articles, source)
        if added.copy:
            console.say(f"copied the article to {added.copy}")
        console.say(f"made {added.deck}, with the beginnings of {added.paragraphs} paragraphs")
        console.say(f"next: write questions in it, then run 'octdeck check {drafts.on_command_line(str(folder))}'")
        return
    if name is None:
        raise click.UsageError("name the bank to make, as in 'octdeck new harbours', or an article with --article")
    if source is not None:
        raise click.UsageError("--id goes only with --article")
    for path in starting.bank(name):
        console.say(f"made {path}")
    console.say(f"next: run 'octdeck build {drafts.on_command_line(str(name))}'")
