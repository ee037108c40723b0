"""`octdeck lock`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from octdeck import console, options

if TYPE_CHECKING:
    from octdeck.recovery import Recovered


@click.command()
@options.bank
@click.option(
    "--from",
    "packages",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the file anew from this .apkg that students have; several may be named.",
)
@click.option("--force", is_flag=True, help="With --from: add to a file that is in order.")
@options.loudness
@options.colour
def lock(bank: Path, packages: tuple[Path, ...], force: bool) -> None:
    """Show in short what BANK/octdeck.lock holds, or recover it where it was lost.

    The file is how students keep their reviews: `octdeck build` writes it, and it belongs with the decks. From the last
    release it can be written anew. What a file that is there says besides is kept.

    \b
    Examples:
      octdeck lock
      octdeck lock --from dist/october-1917.apkg
    """
    if packages:
        from octdeck import recovery

        _tell(recovery.recover(bank, packages, force=force))
    elif force:
        raise click.UsageError("--force goes only with --from")
    else:
        _show(bank)


def _show(bank: Path) -> None:
    from octdeck import lock as locks
    from octdeck import released
    from octdeck.errors import OctdeckError
    from octdeck.excerpt import clean

    texts: dict[Path, str] = {}
    known, found = released.lock_file(bank, texts)
    if found:
        console.show(found, texts, to_stderr=True)
        sys.exit(1)
    if known is None:
        hint = "run 'octdeck build', which makes the first release; or recover it with 'octdeck lock --from FILE'"
        raise OctdeckError(f"there is no {bank / locks.NAME}: nothing was released yet, or it was lost", hint)
    click.echo("".join(f"{clean(line)}\n" for line in locks.summary(known).splitlines()), nl=False)


def _tell(result: "Recovered") -> None:
    from octdeck.counts import counted
    from octdeck.report import concise

    count = counted(len(result.lock.notes), "question")
    if not result.written:
        console.say(f"{result.path} says all of that already: {count}")
        return
    console.say(f"wrote {result.path}: {count}")
    if result.lost:
        click.echo(concise(result.lost), nl=False, err=True)
        console.say("of the file that was there, everything else was kept")
    if not result.lock.articles:
        console.say("a package holds no fingerprints of articles: the next build takes them from the articles at hand")
