"""What a build spends its time on, step by step.

    python -m benchmarks.shares BANK OUT

prints for each step the seconds of processor time that it takes, with all that it calls; everything is done by one
process.
"""

import sys
import time
from collections.abc import Callable, Iterator
from functools import wraps
from types import ModuleType
from typing import Any, Final

_begun: Final = time.process_time()

from octdeck import building, cli, lints, lock, notes, options, plain, project, release, transaction, validate  # noqa: E402
from octdeck.readers import yaml as reader  # noqa: E402
from octdeck.writers import anki  # noqa: E402

_imported: Final = time.process_time()

STEPS: Final[dict[str, tuple[ModuleType | type, str]]] = {
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
"""So many steps right above are part of it."""


def main() -> None:
    """Build, and print."""
    spent = dict.fromkeys(STEPS, 0.0)
    for name, (place, function) in STEPS.items():
        setattr(place, function, _timed(name, getattr(place, function), spent))
    options.processes = lambda: 1
    try:
        cli.main(["build", sys.argv[1], "--to", "anki", "--out", sys.argv[2], "--quiet"])
    except SystemExit:
        print(f"{_imported - _begun}\tstart-up, all imports")
        for name, seconds in _alone(spent):
            print(f"{seconds}\t{name}")


def _timed(name: str, function: Callable[..., Any], spent: dict[str, float]) -> Callable[..., Any]:
    @wraps(function)
    def timed(*args: Any, **more: Any) -> Any:
        start = time.process_time()
        try:
            return function(*args, **more)
        finally:
            spent[name] += time.process_time() - start

    return timed


def _alone(spent: dict[str, float]) -> Iterator[tuple[str, float]]:
    names = list(spent)
    for index, name in enumerate(names):
        within = names[index - _WITHIN.get(name, 0) : index]
        yield name, spent[name] - sum(spent[other] for other in within)


if __name__ == "__main__":
    main()
