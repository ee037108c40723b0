"""a, b, c: the Anki package of a bank, beside a script written by hand, beside the floor, and beside Anki itself."""

import math
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks import banks, floor, measure, plot, spending
from benchmarks.measure import Cost
from benchmarks.tables import Row, ratio, table

SIZES: Final = [(100, 1), (1_000, 1), (10_000, 1), (10_000, 100), (50_000, 5), (100_000, 10), (100_000, 1_000)]
"""Questions, and the deck files that hold them; no file may be larger than 16 MB."""
_IN_ANKI: Final = [(1_000, 1), (10_000, 1), (100_000, 10)]
_SHARED: Final = (10_000, 1)
_FEW, _LARGE = range(1, 11), 10_000
_LEAST: Final = 1_000  # questions, from which on growth is measured

Results = dict[tuple[int, int], dict[str, Cost]]


def measured(runs: int, plots: Path) -> str:
    """All three, as Markdown; the plot goes to the folder `plots`."""
    results: Results = {}
    for questions, files in SIZES:
        with tempfile.TemporaryDirectory() as name:
            results[questions, files] = _measured(Path(name), questions, files, _fewer(runs, questions))
    plot.growth(
        {who: {n: costs[who] for (n, files), costs in results.items() if files in _FEW} for who in _WHO},
        plots / "growth.svg",
    )
    return "\n".join([*_report(results), "", *spending.report(*_SHARED, results[_SHARED], min(runs, 3))])


_WHO: Final = ("octdeck", "by hand", "floor")


def _fewer(runs: int, questions: int) -> int:
    return runs if questions < 50_000 else min(runs, 3)


def _measured(folder: Path, questions: int, files: int, runs: int) -> dict[str, Cost]:
    bank = banks.write(folder / "bank", questions, files, pictures=True)
    (folder / "floor").mkdir()
    (folder / "each").mkdir()
    by_hand = [*_PYTHON, "benchmarks.by_hand", str(bank), str(folder / "by-hand.apkg")]
    tasks: dict[str, Callable[[], Cost]] = {
        "octdeck": partial(_octdeck, bank, folder / "dist"),
        "by hand": partial(measure.process, by_hand),
    }
    if files > 1:
        tasks["by hand, each deck"] = partial(measure.process, [*by_hand, str(folder / "each")])
    if questions >= _LARGE:
        tasks["octdeck, one core"] = partial(_octdeck, bank, folder / "dist", cores=1)
    tasks["octdeck"]()
    rows = folder / "rows"
    rows.write_bytes(floor.rows_of(sorted((folder / "dist").iterdir())))
    command = [*_PYTHON, "benchmarks.floor", str(bank), str(rows), str(folder / "floor")]
    tasks["floor"] = partial(measure.process, command, but=True)
    if (questions, files) in _IN_ANKI:
        tasks["Anki imports"] = partial(_anki, "import", folder)
        tasks["Anki exports"] = partial(_anki, "export", folder)
    return measure.in_turns(runs, tasks)


_PYTHON: Final = [sys.executable, "-m"]


def _octdeck(bank: Path, dist: Path, cores: int = 0) -> Cost:
    """A first build, with nothing to be kept."""
    (bank / "octdeck.lock").unlink(missing_ok=True)
    for path in dist.glob("*"):
        path.unlink()
    command = [*_PYTHON, "octdeck", "build", str(bank), "--to", "anki", "--out", str(dist)]
    return measure.process(command, cores=cores)


def _anki(action: str, folder: Path) -> Cost:
    collection = folder / "anki"
    if action == "import":
        if collection.exists():
            for path in collection.glob("*.anki2*"):
                path.unlink()
        collection.mkdir(exist_ok=True)
    package = folder / "dist" / "bench.apkg"
    return measure.process([*_PYTHON, "benchmarks.real_anki", action, str(package), str(collection)], but=True)


def _report(results: Results) -> list[str]:
    def rows(who: str) -> list[Row]:
        return [
            (*_size(size), costs["octdeck"], costs[who], ratio(costs["octdeck"].seconds, costs[who].seconds),
             ratio(costs["octdeck"].megabytes, costs[who].megabytes))
            for size, costs in results.items() if who in costs
        ]  # fmt: skip

    head = ("questions", "deck files", "octdeck")
    single = {questions: costs["octdeck"] for (questions, files), costs in results.items() if files in _FEW}
    many = {questions: costs["octdeck"] for (questions, files), costs in results.items() if files not in _FEW}
    cores = [
        (*_size(size), costs["octdeck"], alone, ratio(costs["octdeck"].seconds, alone.seconds))
        for size, costs in results.items()
        if (alone := costs.get("octdeck, one core"))
    ]
    return [
        "### a. Beside a script written by hand",
        "",
        "`octdeck build --to anki`, a first build, beside `benchmarks/by_hand.py`: PyYAML's CSafeLoader, a loop over"
        " `genanki.Note`, `Package.write_to_file`; it checks nothing and writes one package, octdeck one more for each"
        " deck file. To reach from 10,000 questions on: 0.3 of the time, 0.6 of the memory.",
        "",
        *table((*head, "by hand", "time", "memory"), rows("by hand")),
        "",
        "The same script when it writes the same packages as octdeck, one of all and one of each deck:",
        "",
        *table((*head, "by hand", "time", "memory"), rows("by hand, each deck")),
        "",
        "What the second core is for: another process asks the rules while this one makes notes and packages, and of"
        " several decks a third makes the package of all.",
        "",
        *table((*head, "on one core", "time"), cores),
        "",
        "### b. Beside the floor",
        "",
        "`benchmarks/floor.py`: libyaml's events, the same rows inserted again, zip. To reach from 10,000 questions on:"
        " 1.5 times.",
        "",
        *table((*head, "floor", "time", "memory"), rows("floor")),
        "",
        f"From {_LEAST:,} to 100,000 questions in few deck files, {_growth(single)} of their number; from"
        f" {min(many):,} in 100 deck files to {max(many):,} in 1,000, {_growth(many)}. To reach: 1.05 at most.",
        "",
        "![Time and memory over size](growth.svg)",
        "",
        "### c. Beside Anki",
        "",
        "What the real Anki needs to import the package into an empty collection, opening and closing aside, and to"
        " export it again. To reach: octdeck is faster.",
        "",
        *table((*head, "Anki imports", "time", "memory"), rows("Anki imports")),
        "",
        *table((*head, "Anki exports", "time", "memory"), rows("Anki exports")),
    ]


def _size(size: tuple[int, int]) -> tuple[str, str]:
    return f"{size[0]:,}", f"{size[1]:,}"


def _growth(costs: dict[int, Cost]) -> str:
    time = _exponent({n: cost.seconds for n, cost in costs.items()})
    memory = _exponent({n: cost.megabytes for n, cost in costs.items()})
    return f"time grows with the power of {time:.2f} and memory with that of {memory:.2f}"


def _exponent(values: dict[int, float]) -> float:
    """The slope of the line that fits best through the points, both sides as logarithms."""
    points = [(math.log(n), math.log(value)) for n, value in values.items() if n >= _LEAST]
    mean_x, mean_y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    slope: float = sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)
    return slope
