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

Where there is a second core, the rules that warn cost no time: a process that is split off asks them, with all at
hand that this one has read, while this one makes the notes and the packages. What is left, {alone:.2f} s of
{whole:.2f} s, has to be done in a row: who has not read a question cannot check it, nor make its note, nor put it
into a database. To have it read by several processes would not help: to hand over 10,000 questions takes 0.15 s there
and 0.13 s back, which is more than half of what reading them takes. Each step is done once for each question, or once
for all that have the same in common, which `tests/test_cost.py` guards by counting.

Memory: a bank is in memory as a whole, as the rules compare its questions with each other, so it needs some 2 kB a
question, and the text of the files, to show a mistake at its line. The script holds one deck file at a time, and no
text; of one large file, it needs more than octdeck. A package of many notes is filled on disk and packed piece by
piece.
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
    alone = whole - steps["rules that warn"]
    return [
        "### Where the time goes, and what cannot go",
        "",
        f"Processor time of a first build of {questions:,} questions in one file, each step with all that it calls:",
        "",
        *table(("step", "time", "a question", "of all"), rows),
        _WHY.format(floor=floor.seconds, fixed=fixed, left=left, alone=alone, whole=whole).rstrip(),
    ]


def _steps(questions: int, files: int, runs: int) -> dict[str, float]:
    spent: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as name:
        bank = banks.write(Path(name) / "bank", questions, files, pictures=True)
        for run in range(runs):
            (bank / "octdeck.lock").unlink(missing_ok=True)
            printed = measure.output([sys.executable, "-m", "benchmarks.shares", str(bank), f"{name}/{run}"])
            for line in printed.splitlines():
                seconds, _, step = line.partition("\t")
                spent.setdefault(step, []).append(float(seconds))
    return {step: statistics.median(seconds) for step, seconds in spent.items()}
