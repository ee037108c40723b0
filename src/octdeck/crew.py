"""Jobs to what comes of them, by several processes where that pays; what comes of them does not depend on it."""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Final, TypeAlias

from octdeck import beside
from octdeck.beside import Pipe
from octdeck.errors import OctdeckError
from octdeck.outputs import Job, Made

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

Named: TypeAlias = tuple[str, Job]

_WORTH: Final = 6
"""So many jobs that take long pay for a process, which needs as much time to begin as one or two of them; one that is
split off has begun at once, and one job pays for it."""


def done(jobs: Iterable[Named], most: int) -> Iterator[tuple[str, Made]]:
    """The name of each job and what came of it, in any order, with the help of `most` processes at most.

    Raises:
        OctdeckError: a job cannot be done, or a process ended before its time.

    """
    begun: list[tuple[str, Callable[[], Made]]] = []
    yield from _done(_others(jobs, begun) if most > 1 else iter(jobs), most)
    for name, result in begun:
        yield name, result()


def _others(jobs: Iterable[Named], begun: list[tuple[str, Callable[[], Made]]]) -> Iterator[Named]:
    """The jobs less those for a process of its own, which are `begun`."""
    for name, job in jobs:
        if job.apart:
            begun.append((name, beside.begin(job.work)))
        else:
            yield name, job


def _done(waiting: Iterator[Named], most: int) -> Iterator[tuple[str, Made]]:
    first: list[Named] = []
    worth = 1 if beside.possible() else _WORTH
    long = 0
    while long < most * worth and (named := next(waiting, None)):
        first.append(named)
        long += named[1].aside
    hands = min(most, long // worth)
    if hands > 1:
        yield from _shared(chain(first, waiting), hands)
    else:
        for name, job in chain(first, waiting):
            yield name, job.work()


def _shared(jobs: Iterator[Named], hands: int) -> Iterator[tuple[str, Made]]:
    # By pipes, which end when this process does, even killed, and so end the others.
    workers: list[BaseProcess] = []
    idle: list[Pipe] = []
    busy: dict[Pipe, str] = {}
    here, aside = deque[Named](), deque[Named]()
    try:
        for _ in range(hands):
            worker, connection = _hired()
            workers.append(worker)
            idle.append(connection)
        while True:
            while idle and not aside and (named := next(jobs, None)):
                (aside if named[1].aside else here).append(named)
            if idle and aside:
                name, job = aside.popleft()
                busy[idle[-1]] = name
                idle.pop().send(job.work)
            elif here:
                name, job = here.popleft()
                yield name, job.work()
            elif busy:
                for ready in wait(list(busy)):
                    connection = ready  # type: ignore[assignment]
                    result = _received(connection)
                    idle.append(connection)
                    yield busy.pop(connection), result
            else:
                break
    finally:
        for connection in (*idle, *busy):
            connection.close()
        for worker in workers:
            if busy:
                worker.terminate()
            worker.join()


def _hired() -> "tuple[BaseProcess, Pipe]":
    """A process that waits for jobs, and the pipe to it."""
    process: BaseProcess
    if beside.possible():
        forked = get_context("fork")
        ours, theirs = forked.Pipe()
        process = forked.Process(target=_settled, args=(theirs,), daemon=True)
    else:
        spawned = get_context("spawn")
        ours, theirs = spawned.Pipe()
        process = spawned.Process(target=_work, args=(theirs,), daemon=True)
        if hasattr(signal, "pthread_sigmask"):
            # Started by the way, Python's own helper would let Ctrl-C in too early.
            resource_tracker.ensure_running()
    with beside.undisturbed():
        process.start()
    theirs.close()
    return process, ours


def _received(connection: Pipe) -> Made:
    try:
        result: Made | OctdeckError = connection.recv()
    except EOFError:
        message = "a process that makes files ended before its time"
        raise OctdeckError(message, "close other programs, which may need the memory, and build again") from None
    if isinstance(result, OctdeckError):
        raise result
    return result


def _settled(connection: Pipe) -> None:
    beside.settle(connection)
    _work(connection)


def _work(connection: Pipe) -> None:
    """What a helping process does: jobs, until there is nobody who wants more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that has the say
    while True:
        try:
            work = connection.recv()
        except (EOFError, OSError):
            return
        try:
            result = work()
        except OctdeckError as error:
            result = error
        with suppress(BrokenPipeError):
            connection.send(result)
