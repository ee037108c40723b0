"""Work for another process that is split off from this one, and so has at hand all that this one has.

Nothing needs to be handed over to it, however large a bank is, and nothing imported again.
"""

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from octdeck.errors import OctdeckError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_T = TypeVar("_T")
Pipe: TypeAlias = "Connection[Any, Any]"


def possible() -> bool:
    """Whether a process can be split off from this one.

    It can where the system's own libraries bear it, which those of macOS do not, and while there is one thread: of
    others the new process would have the locks, but nobody who ever opens them.
    """
    with suppress(OSError):
        return sys.platform == "linux" and len([*Path("/proc/self/task").iterdir()]) == 1
    return False


def begin(work: Callable[[], _T]) -> Callable[[], _T]:
    """Have another process begin with `work`, and return what waits for the result, which must be data.

    Where no process can be split off, and where one ends before its time, the work is done by whoever waits for it, so
    that the result does not depend on it.
    """
    if not possible():
        return cache(work)
    from multiprocessing import get_context

    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(work, theirs), daemon=True)
    with undisturbed():
        process.start()
    theirs.close()

    @cache
    def wait() -> _T:
        try:
            result: _T | OctdeckError = ours.recv()
        except EOFError:
            return work()
        finally:
            ours.close()
            process.join()
        if isinstance(result, OctdeckError):
            raise result
        return result

    return wait


def _do(work: Callable[[], _T], connection: Pipe) -> None:
    settle(connection)
    sys.stderr = None  # what fails here fails again where it can be told
    try:
        result: _T | OctdeckError = work()
    except OctdeckError as error:
        result = error
    with suppress(BrokenPipeError):
        connection.send(result)


def settle(connection: Pipe) -> None:
    """In a process that was split off, keep nothing open but the standard streams and its own connection."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that has the say
    # Who waits for the end of another connection, or for a lock, would wait for this process as well.
    for path in [*Path("/proc/self/fd").iterdir()]:
        if int(path.name) not in {0, 1, 2, connection.fileno()}:
            with suppress(OSError):  # what listed them is closed already
                os.close(int(path.name))
    gc.disable()  # looking at all objects for garbage would copy them all


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait meanwhile, where the system can; a process that is started is deaf to it for good."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
