"""Where the time of a build goes, and what of it cannot go; measured by shares.py."""

import statistics
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from benchmarks import banks, measure
from benchmarks.measure import Cost
from benchmarks.tables import table

_WHY: Final = """
What nobody can leave out, as the floor has it too, is that libyaml reads, and that SQLite and zlib write: {fixed:.2f}
s here, and {least:.2f} s with start-up. The targets are {hand:.2f} s (a, 0.3 of the script's time), {floor:.2f} s (b,
1.5 times the floor) and {anki:.2f} s (c, Anki's import; its engine is compiled). So for all that octdeck does besides
there would be {room_a:.0f}, {room_b:.0f} or {room_c:.0f} µs a question: to check each key and value, to mix options,
to make HTML of each text, to tell what has changed since the last release. One call of a function of Python takes 0.1
µs, and `json` and SHA-256 alone, by which a changed note is known, take 8. The script has nothing of all this: it
checks no key, asks no rule, cites no paragraph, keeps no student's review, and its fields are shown as they are.

Where there is a second core, the rules that warn take no time of their own: a process that is split off asks them,
with all at hand that this one has read, while this one makes the notes and the packages. Of several deck files,
another reads half, and of several packages, another makes the largest. What is left, {alone:.2f} s of {whole:.2f} s
for one file, has to be done in a row: who has not read a question cannot check it, nor make its note, nor put it into
a database. Even if two cores shared all of it evenly, each would need {half:.2f} s. Each step is done once for each
question, or once for all that have the same in common, which `tests/test_cost.py` guards by counting.

Memory: a bank is in memory as a whole, as its questions are compared with each other and the order of everything is
that of the files. Python's own objects for a question and its note take some 3 kB, and the text of the files stays at
hand, to show a mistake at its line. The script holds one deck file at a time, and no text; of one large file, it
needs more than octdeck. A package of many notes is filled on disk and packed piece by piece.
"""


def report(questions: int, files: int, costs: Mapping[str, Cost], runs: int) -> list[str]:
    """The results as lines of Markdown; `costs` are what the floor and others need for as many questions."""
    steps = _steps(questions, files, runs)
    whole = sum(steps.values())
    rows = [
        (step, f"{seconds:.2f} s", f"{1e6 * seconds / questions:.0f} µs", f"{seconds / whole:.0%}")
        for step, seconds in steps.items()
    ]
    fixed = steps["libyaml's events to data"] + steps["database and zip"]
    least = fixed + steps["start-up, all imports"]
    targets = {
        "hand": 0.3 * costs["by hand"].seconds,
        "floor": 1.5 * costs["floor"].seconds,
        "anki": costs["Anki imports"].seconds,
    }
    room_a, room_b, room_c = (1e6 * (target - least) / questions for target in targets.values())
    alone = whole - steps["rules that warn"]
    why = _WHY.format(
        fixed=fixed,
        least=least,
        **targets,
        room_a=room_a,
        room_b=room_b,
        room_c=room_c,
        alone=alone,
        whole=whole,
        half=whole / 2,
    )
    return [
        "### Where the time goes, and what cannot go",
        "",
        f"Processor time of a first build of {questions:,} questions in one file, each step with all that it calls:",
        "",
        *table(("step", "time", "a question", "of all"), rows),
        why.rstrip(),
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
