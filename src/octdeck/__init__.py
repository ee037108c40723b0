"""octdeck: questions in YAML to Anki decks and printable quizzes, every card traced to its paragraph.

The public API: `load` a bank with all that is wrong in it, `check` it, `build` it. What it hands out is frozen data.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from octdeck.errors import OctdeckError

# What these need is imported when they are asked for, so that `import octdeck` and `octdeck --help` stay quick.

if TYPE_CHECKING:
    from octdeck.building import Built
    from octdeck.diagnostics import Diagnostic, Span
    from octdeck.outputs import Format
    from octdeck.project import Project
else:

    def __getattr__(name: str) -> object:
        if name in __all__:
            from octdeck import diagnostics

            return getattr(diagnostics, name)
        raise AttributeError(f"module 'octdeck' has no attribute '{name}'")


__version__ = "0.1.0"
__all__ = ["Diagnostic", "OctdeckError", "Span", "build", "check", "load"]


def load(bank: Path | str = "decks", *, articles: Path | str | None = None) -> "Project":
    """Read the bank in the folder `bank`: its questions and everything that is wrong in them.

    `articles` is the folder of the articles, by default `articles` in the bank or beside it; they may be missing.

    Raises:
        OctdeckError: there is no bank, or a file cannot be read.

    """
    import time

    from octdeck import project

    return project.load(Path(bank), Path(articles) if articles is not None else None, now=int(time.time()))


def check(bank: Path | str = "decks", *, articles: Path | str | None = None) -> "tuple[Diagnostic, ...]":
    """Return everything that is wrong in the bank, sorted by place; nothing is written.

    Raises:
        OctdeckError: there is no bank, or a file cannot be read.

    """
    return load(bank, articles=articles).diagnostics


def build(
    bank: Path | str = "decks",
    out: Path | str = "dist",
    *,
    articles: Path | str | None = None,
    formats: "Sequence[Format]" = ("anki", "pdf"),
    now: int | None = None,
    update_articles: bool = False,
) -> "Built":
    """Build all outputs of the bank into the folder `out`, and record in the bank's lock file what was released.

    `now`, in seconds since 1970, becomes the time stamp of what is new or changed; the clock's time by default. With
    `update_articles`, the articles at hand are taken as they are, though they were others when they were released.

    Raises:
        OctdeckError: the bank has errors (see `check`), numbers of paragraphs have to change before an article can be
            taken, or a file cannot be read or written.

    """
    import time

    from octdeck import building, project

    folder = Path(articles) if articles is not None else None
    loaded = project.load(Path(bank), folder, formats, update_articles=update_articles)
    return building.build(loaded, Path(out), int(time.time()) if now is None else now, formats)
