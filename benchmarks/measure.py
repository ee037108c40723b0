"""Time and memory of whole processes, and what they were measured on."""

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds from start to end, and the most memory at one time, in megabytes."""

    seconds: float
    megabytes: float


def process(command: Sequence[str], *, but: bool = False) -> Cost:
    """What a process costs, imports and all.

    With `but`, the last line that it prints is the number of its seconds that do not count.

    Raises:
        CalledProcessError: it fails.

    """
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()) as running:
        assert running.stdout is not None
        printed = running.stdout.read()
        _, status, usage = os.wait4(running.pid, 0)
        seconds = time.perf_counter() - start
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    seconds -= float(printed.split()[-1]) if but else 0
    return Cost(seconds, usage.ru_maxrss / (1024 if sys.platform == "linux" else 2**20))


def in_turns(runs: int, tasks: Mapping[str, Callable[[], Cost]]) -> dict[str, Cost]:
    """The medians of so many runs, in each of which every task is done once, one after the other."""
    costs: dict[str, list[Cost]] = {name: [] for name in tasks}
    for _ in range(runs):
        for name, task in tasks.items():
            costs[name].append(task())
    return {name: median(some) for name, some in costs.items()}


def output(command: Sequence[str]) -> str:
    """What a process prints.

    Raises:
        CalledProcessError: it fails.

    """
    return subprocess.run(command, check=True, capture_output=True, text=True, env=_environment()).stdout


def median(costs: Sequence[Cost]) -> Cost:
    """The median of the times, and that of the memory."""
    return Cost(statistics.median(cost.seconds for cost in costs), statistics.median(cost.megabytes for cost in costs))


def machine(*packages: str) -> str:
    """What was measured on: processor, system, Python and the packages, in a line."""
    names = [_processor(), f"{os.cpu_count()} cores", platform.system()]
    return ", ".join(
        [*names, f"Python {platform.python_version()}", *(f"{package} {version(package)}" for package in packages)]
    )


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def _environment() -> dict[str, str]:
    # Installed programs have their bytecode at hand, so ours has too.
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
