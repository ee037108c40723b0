"""Jobs to what comes of them, by other processes, which are started for it."""

import signal
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, TypeAlias

from octdeck.diagnostics import OctdeckError
from octdeck.outputs import Job, Made

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

Named: TypeAlias = tuple[str, Job]
_Pipe: TypeAlias = "Connection[Any, Any]"


def done(jobs: Iterator[Named], hands: int) -> Iterator[tuple[str, Made]]:
    """The name of each job and what came of it, in any order; `hands` others do those that take long.

    Raises:
        OctdeckError: a job cannot be done, or a process ended before its time.

    """
    # Started afresh, not split off, which would not do on Windows; and by pipes, which end when this process does,
    # even killed, and so end the others.
    context = get_context("spawn")
    workers: list[SpawnProcess] = []
    idle: list[_Pipe] = []
    busy: dict[_Pipe, str] = {}
    here, aside = deque[Named](), deque[Named]()
    try:
        for _ in range(hands):
            ours, theirs = context.Pipe()
            idle.append(ours)
            worker = context.Process(target=_work, args=(theirs,), daemon=True)
            with _undisturbed():
                worker.start()
                workers.append(worker)
            theirs.close()
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
                    connection: _Pipe = ready  # type: ignore[assignment]
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


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait meanwhile, where the system can; a process that is started is deaf to it for good."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Started by the way, Python's own helper would end the waiting too early.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _received(connection: _Pipe) -> Made:
    try:
        result: Made | OctdeckError = connection.recv()
    except EOFError:
        message = "a process that makes files ended before its time"
        raise OctdeckError(message, "close other programs, which may need the memory, and build again") from None
    if isinstance(result, OctdeckError):
        raise result
    return result


def _work(connection: _Pipe) -> None:
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
