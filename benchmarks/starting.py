"""f: how long it takes to begin."""

import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks import banks, measure
from benchmarks.tables import ratio, table


def measured(runs: int, plots: Path) -> str:
    """The results as Markdown."""
    octdeck = [sys.executable, "-m", "octdeck"]
    with tempfile.TemporaryDirectory() as name:
        bank, out = banks.write(Path(name) / "bank", 50), str(Path(name) / "dist")
        measure.process([*octdeck, "build", str(bank), "--out", out])
        costs = measure.in_turns(
            runs * 3,
            {
                "`python -c 'import click, yaml'`": partial(
                    measure.process, [sys.executable, "-c", "import click, yaml"]
                ),
                "`octdeck --version`": partial(measure.process, [*octdeck, "--version"]),
                "`octdeck check`, 50 questions": partial(measure.process, [*octdeck, "check", str(bank)]),
                "`octdeck build`, nothing changed": partial(
                    measure.process, [*octdeck, "build", str(bank), "--out", out]
                ),
            },
        )
    first, *_ = costs.values()
    rows = [(name, f"{1000 * cost.seconds:.0f} ms", ratio(cost.seconds, first.seconds)) for name, cost in costs.items()]
    return "\n".join(
        [
            "### f. Start-up",
            "",
            "To reach: 1.3 for `--version`, 2.5 for `check`; 2 for a build in which nothing has changed.",
            "",
            *table(("", "time", "of the first"), rows),
            "",
            "A check loads no library but click, PyYAML and msgspec. Of the rest, half is octdeck's own start, some"
            " eighty small modules with sixty classes of data; a quarter is what these need of Python, such as paths"
            " and digests; and a quarter the fifty questions themselves.",
        ]
    )
