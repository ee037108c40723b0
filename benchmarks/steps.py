"""What a command of octdeck spends its time on, step by step, each step a function; everything by one process."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from types import ModuleType
from typing import Any, TypeAlias

from octdeck import cli, options

Steps: TypeAlias = Mapping[str, tuple[ModuleType | type, str]]
"""A name to the function that is this step; of several of one function, each but the last is one call."""


def show(command: Sequence[str], steps: Steps, within: Mapping[str, int], starting: float) -> None:
    """Run a command, and print for each step the seconds of processor time that it takes with all that it calls.

    Of a step that is `within`, so many right above it are part, and do not count for it. `starting` is how many seconds
    all imports took.
    """
    spent = dict.fromkeys(steps, 0.0)
    for place, function in dict.fromkeys(steps.values()):
        names = [name for name, step in steps.items() if step == (place, function)]
        setattr(place, function, _timed(names, getattr(place, function), spent))
    options.processes = lambda: 1
    try:
        cli.main([*command, "--quiet"])
    except SystemExit:
        print(f"{starting}\tstart-up, all imports")
        for name, seconds in _alone(spent, within):
            print(f"{seconds}\t{name}")


def _timed(names: list[str], function: Callable[..., Any], spent: dict[str, float]) -> Callable[..., Any]:
    """Each call counts for the next of the names, all that are left for the last."""

    @wraps(function)
    def timed(*args: Any, **more: Any) -> Any:
        name = names.pop(0) if len(names) > 1 else names[0]
        start = time.process_time()
        try:
            return function(*args, **more)
        finally:
            spent[name] += time.process_time() - start

    return timed


def _alone(spent: Mapping[str, float], within: Mapping[str, int]) -> Iterator[tuple[str, float]]:
    names = list(spent)
    for index, name in enumerate(names):
        parts = names[index - within.get(name, 0) : index]
        yield name, spent[name] - sum(spent[part] for part in parts)
