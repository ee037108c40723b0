"""A folder of articles × Bank × Lock to the Shelf that checks look things up on."""

from collections.abc import Mapping
from pathlib import Path

from octdeck import article, disk, renumbering
from octdeck.article import MAX_PARAGRAPHS, Article, Shelf
from octdeck.bank import Bank
from octdeck.errors import OctdeckError
from octdeck.filenames import composed
from octdeck.lock import NAME, Lock
from octdeck.sourcemap import MAX_BYTES

ENDINGS = (".txt", ".md")


def home(bank: Path) -> Path:
    """Where the articles of the bank in a folder are, unless another place is named: `articles` in it, or beside it."""
    within = bank / "articles"
    return within if disk.is_folder(within) else bank.parent / "articles"


def shelf(folder: Path, bank: Bank, lock: Lock) -> Shelf:
    """What is known of the bank's articles: those in `folder`, and the fingerprints in the lock file.

    Raises:
        OctdeckError: an article cannot be read.

    """
    names = disk.names(folder, ENDINGS) if disk.is_there(folder) else []
    at_hand = {composed(path.stem): path for path in reversed(names)}
    articles = {source: _article(at_hand[source], folder) for source in bank.homes if source in at_hand}
    return Shelf(articles, lock.articles, lock.lines)


def _article(path: Path, folder: Path) -> Article:
    data = disk.read(path, folder, MAX_BYTES)
    if len(data) > MAX_BYTES:
        raise OctdeckError(f"{path} is larger than {MAX_BYTES // 2**20} MB", "divide the article into several")
    parsed = article.parse(data.decode("utf-8-sig", "replace"))
    if len(parsed.paragraphs) > MAX_PARAGRAPHS:
        raise OctdeckError(f"{path} has more than {MAX_PARAGRAPHS} paragraphs", "divide the article into several")
    return parsed


def new_fingerprints(bank: Bank, shelf: Shelf) -> Mapping[str, tuple[str, ...]]:
    """The fingerprints of the articles at hand that the lock file has not, or has otherwise; by source.

    Raises:
        OctdeckError: with one of them, numbers in deck files would name other paragraphs than before.

    """
    for change in renumbering.changes(bank, shelf):
        if change.moved:
            hint = (
                "run 'octdeck check --fix' first, which writes the new numbers; if they are written already, delete "
                f"the line 'article {change.source} ...' of {NAME}"
            )
            raise OctdeckError(f"paragraphs of '{change.source}' that the deck files name have moved", hint)
    return {
        source: known.digests for source, known in shelf.at_hand.items() if known.digests != shelf.released.get(source)
    }
