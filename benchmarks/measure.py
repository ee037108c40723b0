"""Time and memory of whole processes, and what they were measured on."""

import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

from msgspec import Struct


class Cost(Struct, frozen=True):
    """Seconds from start to end, and the most memory at one time, in megabytes."""

    seconds: float
    megabytes: float


_LAUNCH: Final = """
import os, sys, time
cores = int(sys.argv.pop(1))
if cores and hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
quiet = [(os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
start = time.perf_counter()
process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, usage = os.wait4(process, 0)
print(time.perf_counter() - start, usage.ru_maxrss, os.waitstatus_to_exitcode(status), file=sys.stderr)
"""


def process(command: Sequence[str], *, but: bool = False, cores: int = 0) -> Cost:
    """What a process costs, imports and all; of several that it starts, the memory of the largest counts.

    With `but`, the last line that it prints is the number of its seconds that do not count. It may use so many `cores`,
    or all of them.

    Raises:
        CalledProcessError: it fails.

    """
    # A small process starts it: at first, the system counts the memory of the one that starts as that of the new one.
    launch = [sys.executable, "-I", "-S", "-c", _LAUNCH, f"{cores}", *command]
    done = subprocess.run(launch, check=True, capture_output=True, text=True, env=_environment())
    seconds, memory, status = map(float, done.stderr.split())
    if status:
        raise subprocess.CalledProcessError(int(status), command)
    seconds -= float(done.stdout.split()[-1]) if but else 0
    return Cost(seconds, memory / (1024 if sys.platform == "linux" else 2**20))


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
