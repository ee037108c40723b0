"""Processes that try input after input, and what they found. Linux only: it has the limits that this needs."""

import faulthandler
import multiprocessing
import os
import re
import resource
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from fuzz.mutations import Pool, mutated
from fuzz.seeds import Files, seeds
from fuzz.trial import OddFindingError, attempt
from octdeck.outputs import Format

SECONDS = 2  # of processor time, to check an input
SECONDS_TO_BUILD = 20
GROWTH = 500 * 2**20  # bytes
_FORK = multiprocessing.get_context("fork")
_ALL: tuple[Format, ...] = ("anki", "pdf", "html", "docx")
_FRAME = re.compile(r'File ".*?/src/octdeck/(.+?)", line (\d+),? in (\w+)')


@dataclass(frozen=True, slots=True)
class Finding:
    """What went wrong, in a word or two and the place in octdeck, so that the same is found once; and its trace."""

    what: str
    trace: str
    number: int = -1


@dataclass(slots=True)
class Tally:
    """What came of the inputs so far."""

    outcomes: Counter[str] = field(default_factory=Counter)
    findings: dict[str, list[Finding]] = field(default_factory=dict)
    slowest: float = 0
    growth: int = 0


class Inputs:
    """The inputs of a seed, by number; only from banks that have a file with `only` in its name."""

    def __init__(self, seed: str, only: str = "") -> None:
        self.seed = seed
        self.seeds = [files for files in seeds(Random(seed)) if any(only in name for name in files)]
        self.pool = Pool(self.seeds)

    def __call__(self, number: int) -> Files:
        """The bank with this number."""
        random = Random(f"{self.seed}/{number}")
        return mutated(random.choice(self.seeds), random, self.pool)


def formats(number: int) -> tuple[Format, ...]:
    """What to build of the input with this number, if it is sound: all of some, Anki's package of more."""
    return _ALL if number % 200 == 0 else ("anki", "html") if number % 20 == 0 else ()


def run(inputs: Inputs, numbers: range, workers: int) -> Iterator[Tally]:
    """Try the inputs with these numbers; yields the tally now and then, and at the end."""
    tally = Tally()
    shares = [numbers[index::workers] for index in range(workers)]
    running = [_start(inputs, share) for share in shares if share]
    while running:
        for index, (process, pipe, traces, share) in enumerate(running):
            try:
                done = pipe.recv() if pipe.poll(0.2) else None
            except EOFError:
                process.join()
                if share:
                    name = _end(process.exitcode, Path(traces).read_text(encoding="utf-8"))
                    tally.findings.setdefault(name.what, []).append(Finding(name.what, name.trace, share[0]))
                    tally.outcomes["cut off"] += 1
                    share = share[1:]
                Path(traces).unlink()
                running[index : index + 1] = [_start(inputs, share)] if share else []
                break
            if done is not None:
                outcome, finding, seconds, growth = done
                tally.outcomes[outcome] += 1
                tally.slowest, tally.growth = max(tally.slowest, seconds), max(tally.growth, growth)
                if finding:
                    tally.findings.setdefault(finding.what, []).append(finding)
                running[index] = process, pipe, traces, share[1:]
                if tally.outcomes.total() % 1000 == 0:
                    yield tally
    yield tally


def what_happens(files: Files, build: tuple[Format, ...], mend: bool) -> Finding | None:
    """Try one bank in a process of its own."""
    here, there = _FORK.Pipe(duplex=False)
    descriptor, traces = tempfile.mkstemp()
    process = _FORK.Process(target=_try_one, args=(files, build, mend, there, descriptor))
    process.start()
    there.close()
    os.close(descriptor)
    try:
        found: Finding | None = here.recv()
    except EOFError:
        process.join()
        found = _end(process.exitcode, Path(traces).read_text(encoding="utf-8"))
    Path(traces).unlink()
    return found


def smaller(files: Files, what: str, build: tuple[Format, ...], mend: bool, seconds: float = 60) -> Files:
    """A smaller bank with the same finding: parts of files are left out, as long as it stays, and for so long."""
    until = time.monotonic() + seconds
    for separator in (b"\n", b""):
        size = 64
        while size:
            for name in sorted(files):
                parts = files[name].split(separator) if separator else [bytes([byte]) for byte in files[name]]
                length = max(1, len(parts) * size // 128)
                at = 0
                while at < len(parts) and time.monotonic() < until:
                    without = {**files, name: separator.join([*parts[:at], *parts[at + length :]])}
                    found = what_happens(without, build, mend)
                    if found and found.what == what:
                        files, parts = without, [*parts[:at], *parts[at + length :]]
                    else:
                        at += length
            size //= 2
    return files


# --- in the other process -------------------------------------------------------------------------------------------


def _start(inputs: Inputs, share: range) -> tuple[multiprocessing.process.BaseProcess, Connection, str, range]:
    here, there = _FORK.Pipe(duplex=False)
    descriptor, traces = tempfile.mkstemp()
    process = _FORK.Process(target=_work, args=(inputs, share, there, descriptor), daemon=True)
    process.start()
    there.close()
    os.close(descriptor)
    return process, here, traces, share


def _work(inputs: Inputs, share: range, pipe: Connection, traces: int) -> None:
    with tempfile.TemporaryDirectory(dir=_scratch()) as scratch:
        folder = Path(scratch) / "bank"
        attempt(inputs.seeds[0], folder, _ALL, mend=True)  # what is imported is no growth
        _limit(traces)
        start = _peak()
        for number in share:
            build, mend = formats(number), number % 5 == 0
            outcome, finding, seconds = _timed(inputs(number), folder, build, mend, number)
            pipe.send((outcome, finding, seconds if not build else 0, _peak() - start))


def _try_one(files: Files, build: tuple[Format, ...], mend: bool, pipe: Connection, traces: int) -> None:
    with tempfile.TemporaryDirectory(dir=_scratch()) as scratch:
        _limit(traces)
        pipe.send(_timed(files, Path(scratch) / "bank", build, mend, -1)[1])


def _timed(
    files: Files, folder: Path, build: tuple[Format, ...], mend: bool, number: int
) -> tuple[str, Finding | None, float]:
    before = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, SECONDS_TO_BUILD if build else SECONDS)
    try:
        outcome, finding = attempt(files, folder, build, mend=mend), None
    except Exception as error:
        trace = traceback.format_exc()
        what = (
            str(error)
            if isinstance(error, OddFindingError)
            else f"{type(error).__name__} in {_where(trace, last=True)}"
        )
        outcome, finding = "failed", Finding(what, trace[-5000:], number)
    signal.setitimer(signal.ITIMER_PROF, 0)
    return outcome, finding, time.process_time() - before


def _limit(traces: int) -> None:
    """Too slow: the process tells where it is and ends. Too large: a MemoryError."""
    faulthandler.register(signal.SIGPROF, file=traces, all_threads=False, chain=True)
    size = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + GROWTH, size + GROWTH))


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _end(exitcode: int | None, trace: str) -> Finding:
    """Why a process ended before its work was done."""
    if exitcode == -signal.SIGPROF:
        return Finding(f"too slow in {_where(trace, last=False)}", trace)
    return Finding(f"ended with {exitcode}", trace)


def _where(trace: str, *, last: bool) -> str:
    """The innermost place in octdeck; a traceback ends with it, what faulthandler writes begins with it."""
    frames = _FRAME.findall(trace)
    if not frames:
        return "fuzz"
    file, line, function = frames[-1 if last else 0]
    return f"{file}:{line} {function}" if last else f"{file} {function}"


def _scratch() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
