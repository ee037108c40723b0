"""e: all rules over a bank, beside yamllint over the same files."""

import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks import banks, measure
from benchmarks.tables import Row, ratio, table

_SIZES: Final = [(50, 1), (1_000, 1), (10_000, 1), (10_000, 100)]


def measured(runs: int, plots: Path) -> str:
    """The results as Markdown."""
    rows = list[Row]()
    for questions, files in _SIZES:
        with tempfile.TemporaryDirectory() as name:
            bank = banks.write(Path(name) / "bank", questions, files, pictures=True)
            costs = measure.in_turns(
                max(1, min(runs, 30_000 // questions)),
                {
                    "octdeck": partial(measure.process, [sys.executable, "-m", "octdeck", "check", str(bank)]),
                    "yamllint": partial(measure.process, [sys.executable, "-m", "yamllint", "-d", _RULES, str(bank)]),
                },
            )
        ours, theirs = costs["octdeck"], costs["yamllint"]
        share = ratio(ours.seconds, theirs.seconds), ratio(ours.megabytes, theirs.megabytes)
        rows.append((f"{questions:,}", f"{files:,}", ours, theirs, *share))
    head = ("questions", "deck files", "octdeck", "yamllint", "time", "memory")
    return "\n".join(
        [
            "### e. Check, beside yamllint",
            "",
            "`octdeck check` with all rules, and `yamllint` with its own, long lines allowed. To reach: 0.5.",
            "",
            *table(head, rows),
        ]
    )


_RULES: Final = "{extends: default, rules: {line-length: disable, document-start: disable}}"
