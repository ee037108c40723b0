"""Where the time of a build goes, and what of it cannot go; measured by shares.py."""

import statistics
import sys
import tempfile
from pathlib import Path
from typing import Final

from benchmarks import banks, measure
from benchmarks.measure import Cost
from benchmarks.tables import table

_WHY: Final = """
The floor needs {floor:.2f} s, and octdeck spends {fixed:.2f} s on the same: libyaml reads, SQLite and zlib write. To
stay below 1.5 times the floor, everything else would have to be done in {left:.0f} µs a question, start-up and all,
which is some hundred steps of Python. The script by hand has nothing of it: it checks no key, asks no rule, cites no
paragraph, keeps no student's review, and its fields are shown as they are.

What octdeck does besides is done once for each question, or once for all that have the same in common, which
`tests/test_cost.py` guards by counting. Most of it are the rules: there are about thirty, and a build asks them all
before it writes anything. Other processes would not help: to hand 10,000 questions to one takes 0.15 s, to get their
notes back 0.13 s, and each begins with the imports. They help with sheets, which are small to hand over and slow to
set; so sheets are set by several, from a dozen on.
"""


def report(questions: int, files: int, floor: Cost, runs: int) -> list[str]:
    """The results as lines of Markdown; `floor` is what the floor costs with as many questions."""
    steps = _steps(questions, files, runs)
    whole = sum(steps.values())
    rows = [
        (step, f"{seconds:.2f} s", f"{1e6 * seconds / questions:.0f} µs", f"{seconds / whole:.0%}")
        for step, seconds in steps.items()
    ]
    fixed = steps["libyaml's events to data"] + steps["database and zip"]
    left = 1e6 * floor.seconds / 2 / questions
    return [
        "### Where the time goes, and what cannot go",
        "",
        f"Processor time of a first build of {questions:,} questions in one file, each step with all that it calls:",
        "",
        *table(("step", "time", "a question", "of all"), rows),
        _WHY.format(floor=floor.seconds, fixed=fixed, left=left).rstrip(),
    ]


def _steps(questions: int, files: int, runs: int) -> dict[str, float]:
    spent: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as name:
        bank = banks.write(Path(name) / "bank", questions, files)
        for run in range(runs):
            (bank / "octdeck.lock").unlink(missing_ok=True)
            printed = measure.output([sys.executable, "-m", "benchmarks.shares", str(bank), f"{name}/{run}"])
            for line in printed.splitlines():
                seconds, _, step = line.partition("\t")
                spent.setdefault(step, []).append(float(seconds))
    return {step: statistics.median(seconds) for step, seconds in spent.items()}
