"""All benchmarks, or some of them, and their results as benchmarks/RESULTS.md.

    python -m benchmarks [--only packages,paper,check,start,own] [--runs N] [--out FILE]

Needs the dependency groups `dev` and `bench` (`make bench` installs them) and what benchmarks/paper.py names. A part
that is not run keeps the results that FILE has of it.
"""

import argparse
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks import checking, measure, own_bank, packages, paper, starting

PARTS: Final[dict[str, tuple[str, Callable[[int, Path], str]]]] = {
    "packages": ("Packages for Anki", packages.measured),
    "paper": ("Sheets and keys", paper.measured),
    "check": ("Check", checking.measured),
    "start": ("Start-up", starting.measured),
    "own": ("Our own bank", own_bank.measured),
}
_PACKAGES: Final = ("octdeck", "pyyaml", "genanki", "anki", "typst", "weasyprint", "yamllint")
_HEAD: Final = """# What octdeck costs

Written by `make bench`; each module in this folder says what it measures and how. Times are of whole processes, from
start to end, with all their imports; memory is the most that a process had at one time. What is compared was run in
turns, within one run, and each number is the median of several runs. The ratios are ours in parts of theirs.
"""


def main() -> None:
    """Measure, and write the results."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", default=",".join(PARTS), help="parts, with commas between")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("RESULTS.md"))
    given = parser.parse_args()
    wanted = given.only.split(",")
    if unknown := set(wanted) - set(PARTS):
        parser.error(f"there is no part {min(unknown)}")
    sections = _known(given.out)
    for name in wanted:
        title, measured = PARTS[name]
        print(f"{title} ...", flush=True)
        on = f"{datetime.now(UTC):%Y-%m-%d}, {given.runs} runs at most, on {measure.machine(*_PACKAGES)}."
        sections[title] = f"{on}\n\n{measured(given.runs, given.out.parent)}"
        # Part by part, so that nothing is lost where a later one fails.
        text = "".join(f"\n## {title}\n\n{sections[title]}\n" for title, _ in PARTS.values() if title in sections)
        given.out.write_text(_HEAD + text, encoding="utf-8")


def _known(path: Path) -> dict[str, str]:
    """The sections that the results have already, by title."""
    if not path.is_file():
        return {}
    _, *sections = re.split(r"^## (.+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {title: text.strip() for title, text in zip(sections[::2], sections[1::2], strict=True)}


if __name__ == "__main__":
    main()
