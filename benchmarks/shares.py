"""What a build spends its time on, step by step.

    python -m benchmarks.shares BANK OUT

prints for each step the seconds of processor time that it takes.
"""

import sys
import time
from typing import Final

_begun: Final = time.process_time()

from benchmarks import steps  # noqa: E402
from octdeck import building, lints, lock, notes, plain, project, release, transaction, validate  # noqa: E402
from octdeck.readers import yaml as reader  # noqa: E402
from octdeck.writers import anki  # noqa: E402

_imported: Final = time.process_time()

STEPS: Final[steps.Steps] = {
    "libyaml's events to data": (plain, "read"),
    "keys and values checked": (validate, "question"),
    "options mixed": (reader, "arrange"),
    "all else of reading": (reader, "read"),
    "rules that forbid": (lints, "errors"),
    "all else of loading": (project, "load"),
    "fields and tags of notes": (notes, "of_bank"),
    "what is new and what has changed": (release, "plan"),
    "lock file": (lock, "text"),
    "database and zip": (anki.Parcel, "to_bytes"),
    "files put in place": (transaction, "put"),
    "all else of building": (building, "build"),
    "rules that warn": (lints, "warnings"),
}
_WITHIN: Final = {"all else of reading": 3, "all else of loading": 2, "all else of building": 5}


def main() -> None:
    """Build, and print."""
    steps.show(["build", sys.argv[1], "--to", "anki", "--out", sys.argv[2]], STEPS, _WITHIN, _imported - _begun)


if __name__ == "__main__":
    main()
