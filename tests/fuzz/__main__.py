"""Try mutated banks, count what comes of them, and keep the smallest input of each finding."""

import argparse
import json
import sys
import time
from pathlib import Path

from fuzz.trial import written
from fuzz.workers import Inputs, Tally, formats, run, smaller


def main() -> int:
    """Run as the command line says; 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000, help="how many (100000)")
    parser.add_argument("--seed", default="1917", help="another seed, other inputs (1917)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first input (0)")
    parser.add_argument("--workers", type=int, default=1, help="processes at once (1)")
    parser.add_argument("--only", default="", help="from banks that have a file with this in its name, as '.apkg'")
    parser.add_argument("--out", type=Path, default=Path("findings"), help="where findings are kept (findings)")
    wanted = parser.parse_args()
    inputs = Inputs(wanted.seed, wanted.only)
    begun = time.monotonic()
    tally = Tally()
    for tally in run(inputs, range(wanted.first, wanted.first + wanted.inputs), wanted.workers):
        print(f"\r{_counts(tally)}", end="" if sys.stderr.isatty() else "\n", file=sys.stderr, flush=True)
    for index, (what, findings) in enumerate(sorted(tally.findings.items())):
        number = findings[0].number
        folder = wanted.out / f"{index:02}"
        files = smaller(inputs(number), what, formats(number), number % 5 == 0)
        written(files, folder)
        (folder / "trace.txt").write_text(findings[0].trace, encoding="utf-8")
        print(f"{what}: {len(findings)} times, first in input {number}; see {folder}")
    print(f"{_counts(tally)}; {time.monotonic() - begun:.0f} s, seed {wanted.seed}")
    return 1 if tally.findings else 0


def _counts(tally: Tally) -> str:
    outcomes = json.dumps(dict(sorted(tally.outcomes.items())))
    found = f"{len(tally.findings)} different findings"
    return (
        f"{tally.outcomes.total()} inputs: {outcomes}, {found}; "
        f"slowest check {tally.slowest:.2f} s of processor time, growth {tally.growth / 2**20:.0f} MB"
    )


if __name__ == "__main__":
    sys.exit(main())
