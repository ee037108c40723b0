"""g: the whole build of this project's own bank, cold, beside what Typst alone needs for its PDFs."""

import pickle
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any, Final

from benchmarks import measure
from benchmarks.measure import Cost
from benchmarks.tables import ratio, table
from octdeck import building, project, typesetting

_DECKS: Final = Path(__file__).parents[1] / "decks"
_TYPST: Final = """
import pickle, sys
from pathlib import Path
from octdeck import typesetting
folder = Path(sys.argv[1])
for number, args in enumerate(pickle.loads((folder / "sheets").read_bytes())):
    (folder / f"{number}.pdf").write_bytes(typesetting.to_pdf(*args))
"""


def measured(runs: int, plots: Path) -> str:
    """The results as Markdown."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = _prepare(folder)
        costs = measure.in_turns(
            runs,
            {
                "octdeck": partial(_build, folder),
                "Typst": partial(measure.process, [sys.executable, "-c", _TYPST, str(folder)]),
            },
        )
    ours, theirs = costs["octdeck"], costs["Typst"]
    head = ("PDFs", "octdeck", "Typst alone", "time", "memory")
    share = ratio(ours.seconds, theirs.seconds), ratio(ours.megabytes, theirs.megabytes)
    return "\n".join(
        [
            "### g. All of our own decks",
            "",
            "`octdeck build` of six decks with their packages, sheets, keys and quizzes, nothing at hand from before,"
            " and the same PDFs from data that is ready, by one process with Typst. To reach: 3 times.",
            "",
            *table(head, [(f"{count}", ours, theirs, *share)]),
        ]
    )


def _prepare(folder: Path) -> int:
    """Leave in `folder` what Typst is given in a build, and return how many PDFs there are."""
    asked: list[tuple[Any, ...]] = []
    to_pdf = typesetting.to_pdf

    def remember(*args: Any) -> bytes:
        asked.append(args)
        return to_pdf(*args)

    typesetting.to_pdf = remember  # type: ignore[assignment]
    try:
        building.build(project.load(_copy(folder), formats=["pdf"]), folder / "dist", 0, ["pdf"])
    finally:
        typesetting.to_pdf = to_pdf
    (folder / "sheets").write_bytes(pickle.dumps(asked))
    return len(asked)


def _copy(folder: Path) -> Path:
    shutil.rmtree(folder / "decks", ignore_errors=True)
    return Path(shutil.copytree(_DECKS, folder / "decks"))


def _build(folder: Path) -> Cost:
    decks = _copy(folder)
    shutil.rmtree(folder / "dist", ignore_errors=True)
    return measure.process([sys.executable, "-m", "octdeck", "build", str(decks), "--out", str(folder / "dist")])
