"""Time and memory of whole processes, and what they were measured on."""

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds from start to end, and the most memory at one time, in megabytes."""

    seconds: float
    megabytes: float


def process(command: Sequence[str]) -> Cost:
    """What a process costs, imports and all; its output is thrown away.

    Raises:
        CalledProcessError: it fails.

    """
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        _, status, usage = os.wait4(running.pid, 0)
        seconds = time.perf_counter() - start
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    return Cost(seconds, usage.ru_maxrss / (1024 if sys.platform == "linux" else 2**20))


def output(command: Sequence[str]) -> str:
    """What a process prints.

    Raises:
        CalledProcessError: it fails.

    """
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def median(costs: Sequence[Cost]) -> Cost:
    """The median of the times, and that of the memory."""
    return Cost(statistics.median(cost.seconds for cost in costs), statistics.median(cost.megabytes for cost in costs))


def machine(*packages: str) -> str:
    """What was measured on: processor, system, Python and the packages, in a line."""
    names = [platform.processor() or platform.machine(), f"{os.cpu_count()} cores", platform.system()]
    return ", ".join(
        [*names, f"Python {platform.python_version()}", *(f"{package} {version(package)}" for package in packages)]
    )
