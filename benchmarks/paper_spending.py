"""Where the time of a quiz and its key goes, and what of it cannot go; measured by setting.py."""

import statistics
import sys
from pathlib import Path
from typing import Final

from benchmarks import measure
from benchmarks.tables import table

_WHY: Final = """
Typst needs {plain:.2f} s for the same texts when nothing is around them: one paragraph below the other, as tagged PDF.
That and start-up, which cannot go, are 1/{share:.0f} of WeasyPrint's time. What is left makes a sheet of the texts.
Numbers, options and steps are lists for who cannot see the page, and Typst sets what is in a list several times to
find out how wide it is; a question stays on one page; and answers are shared out into two columns of equal height, for
which each is set once to know its height and once for print. Between the two nothing can be kept, as in a tagged PDF
every paragraph knows its place.

What went is guarded by `tests/test_cost.py`: whether a question fits on a page, and a word on its line, is told to the
template by numbers, so that of usual questions nothing is set to find it out. The sheet and its key are set at the same
time where there are two processors, which this table, of processor time, does not show.
"""


def report(decks: Path, questions: int, other: float, runs: int) -> list[str]:
    """The results as lines of Markdown; `other` is how many seconds WeasyPrint takes for as many questions."""
    steps, plain = _steps(decks, runs)
    whole = sum(steps.values())
    rows = [
        (step, f"{seconds:.2f} s", f"{1e6 * seconds / questions:.0f} µs", f"{seconds / whole:.0%}")
        for step, seconds in steps.items()
    ]
    return [
        "#### Where the time goes, and what cannot go",
        "",
        f"Processor time of `octdeck quiz` with {questions} questions, each step with all that it calls:",
        "",
        *table(("step", "time", "a question", "of all"), rows),
        _WHY.format(plain=plain, share=other / (plain + steps["start-up, all imports"])).rstrip(),
    ]


def _steps(decks: Path, runs: int) -> tuple[dict[str, float], float]:
    """The medians of so many runs: of each step, and of what Typst needs for the texts alone."""
    command = [sys.executable, "-m", "benchmarks.setting", str(decks)]
    spent: dict[str, list[float]] = {}
    plain: list[float] = []
    for run in range(runs):
        for line in measure.output([*command, str(decks.parent / f"steps-{run}")]).splitlines():
            seconds, _, step = line.partition("\t")
            spent.setdefault(step, []).append(float(seconds))
        plain.append(float(measure.output(command)))
    return {step: statistics.median(seconds) for step, seconds in spent.items()}, statistics.median(plain)
