"""Jobs to what comes of them, several at a time where that pays; what comes of them does not depend on it."""

from collections.abc import Iterable, Iterator
from itertools import chain
from queue import SimpleQueue
from threading import Thread
from typing import Final, TypeAlias

from octdeck.outputs import Job, Made

Named: TypeAlias = tuple[str, Job]

_WORTH: Final = 6
"""So many jobs that take long pay for a process, which needs as much time to begin as one or two of them."""


def done(jobs: Iterable[Named], most: int) -> Iterator[tuple[str, Made]]:
    """The name of each job and what came of it, in any order, `most` at a time at most.

    Raises:
        OctdeckError: a job cannot be done, or a process ended before its time.

    """
    waiting = iter(jobs)
    first: list[Named] = []
    long = 0
    while long < most * _WORTH and (named := next(waiting, None)):
        first.append(named)
        long += named[1].aside
    if (processes := min(most, long // _WORTH)) > 1:
        from octdeck import helpers

        yield from helpers.done(chain(first, waiting), processes)
    elif (threads := min(most, long)) > 1:
        yield from _side_by_side(chain(first, waiting), threads)
    else:
        for name, job in chain(first, waiting):
            yield name, job.work()


def _side_by_side(jobs: Iterable[Named], hands: int) -> Iterator[tuple[str, Made]]:
    """By threads: Python does one thing at a time, but while Typst sets one sheet it lets another be set."""
    todo = SimpleQueue[Named | None]()
    made = SimpleQueue[tuple[str, Made | Exception]]()
    aside = 0

    def work() -> None:
        while named := todo.get():
            name, job = named
            try:
                made.put((name, job.work()))
            except Exception as error:  # it is raised where all is told
                made.put((name, error))

    threads = [Thread(target=work) for _ in range(hands)]
    try:
        for thread in threads:
            thread.start()
        for name, job in jobs:
            if job.aside:
                todo.put((name, job))
                aside += 1
            else:
                yield name, job.work()
        for _ in range(aside):
            name, result = made.get()
            if isinstance(result, Exception):
                raise result
            yield name, result
    finally:
        while not todo.empty():
            todo.get()
        for _ in threads:
            todo.put(None)
        for thread in threads:
            thread.join()
