"""A bank on disk → the same bank with what can be repaired in its files repaired."""

import codecs
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from octdeck import disk, project, repair, transaction
from octdeck.errors import OctdeckError
from octdeck.project import Project
from octdeck.sourcemap import MAX_BYTES

_MOST_ROUNDS = 10  # one repair can show the next, as when a word has two slips; but never for ever


class Mended(Struct, frozen=True):
    """What repairing comes to: `project` is the bank as it then is; `count` findings are repaired.

    `before` and `after` hold the texts of the files that change, without byte order marks.
    """

    project: Project
    before: Mapping[Path, str]
    after: Mapping[Path, str]
    count: int


def mend(found: Project, articles: Path | None = None, now: int | None = None) -> Mended:
    """What becomes of a bank when everything is repaired that can be. Nothing is written.

    `found` is the bank as `project.load` read it, with `articles` and `now` as given there.

    Raises:
        OctdeckError: a file cannot be read.

    """
    mended, after, count = found, dict[Path, str](), 0
    for _ in range(_MOST_ROUNDS):
        files = {path: mended.texts[path] for path in found.files}
        changed, done = repair.repaired(files, mended.diagnostics)
        if not done:
            break
        after |= changed
        count += done
        instead = {path: text.encode() for path, text in after.items()}
        mended = project.load(found.folder, articles, now=now, instead=instead)
    after = {path: text for path, text in after.items() if text != found.texts[path]}
    return Mended(mended, {path: found.texts[path] for path in after}, after, count)


def write(mended: Mended) -> None:
    """Put the repaired files in place, all or none, with everything else in them as it was to the byte.

    Raises:
        OctdeckError: a file changed since it was read, or cannot be written.

    """
    folder = mended.project.folder
    if mended.before:
        with transaction.alone(folder):
            transaction.recover(folder)
            # Deck files and lock file together: they count paragraphs in one way.
            transaction.put(folder, dict(_mended(path, mended) for path in mended.before), by_hand=True)


def _mended(path: Path, mended: Mended) -> tuple[str, bytes]:
    data = disk.read(path, mended.project.folder, MAX_BYTES)
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    if data != mark + mended.before[path].encode():
        raise OctdeckError(f"{path} changed while it was being checked", "run the command again")
    # Where the file is a link, what it leads to is mended; disk.read has seen that it lies in the folder.
    name = path.resolve().relative_to(mended.project.folder.resolve()).as_posix()
    return name, mark + mended.after[path].encode()
