"""Builds that die, and what is left of them: `python tests/faults.py` repeats it all, and prints a report.

A build runs in a process of its own that watches its operations on files (Python's audit events) and ends itself, or
spoils something, right before a given one; or it is killed from outside at a random time. No part of octdeck knows.
"""

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from support import START, kinds_bank

OLD, NEW = START, START + 1000

_WATCH = """
import os, signal, sys
from octdeck.cli import main

folder, moment, what, *arguments = sys.argv[1:]
count = 0

def watch(event, details):
    global count
    if event not in {"open", "os.rename", "os.remove", "os.mkdir"} or not isinstance(details[0], (str, os.PathLike)):
        return
    path = os.path.abspath(details[0])
    if not path.startswith(folder + os.sep) or (what == "vanish" and not path.endswith(".yaml")):
        return
    count += 1
    if count == int(moment):
        if what == "vanish":
            os.rename(path, path + ".gone")
        else:
            os.kill(os.getpid(), getattr(signal, what))

os.chdir(folder)
sys.addaudithook(watch)
try:
    main(arguments)
finally:
    print("operations:", count, file=sys.stderr)
"""


@dataclass(frozen=True)
class State:
    """What stands on disk after a build: digests of the outputs by name, and of the lock file."""

    files: dict[str, str]
    lock: str | None
    unfinished: bool
    leftovers: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A bank that was released and then changed: its folder, and what is on disk before and after the next build."""

    folder: Path
    formats: str
    old: State
    new: State

    def again(self, folder: Path) -> Path:
        """A fresh copy, in the old state."""
        return Path(shutil.copytree(self.folder, folder))


def case(folder: Path, formats: str) -> Case:
    """Release the bank with every kind of question, and change it."""
    decks = kinds_bank(folder / "before")
    build(decks.parent, formats, OLD).check_returncode()
    deck = decks / "forms.yaml"
    deck.write_text(deck.read_text(encoding="utf-8").replace("harbour", "haven"), encoding="utf-8")
    bank = decks / "bank.yaml"
    bank.write_text(bank.read_text(encoding="utf-8").replace("language: en", "language: de"), encoding="utf-8")
    after = Path(shutil.copytree(decks.parent, folder / "after"))
    build(after, formats, NEW).check_returncode()
    return Case(decks.parent, formats, state(decks.parent), state(after))


def state(folder: Path) -> State:
    """What stands in `folder`."""
    dist, lock = folder / "dist", folder / "decks" / "octdeck.lock"
    names = sorted(path.name for path in dist.iterdir()) if dist.is_dir() else []
    hidden = [*(name for name in names if name.startswith(".")), *(p.name for p in lock.parent.glob(".*"))]
    return State(
        files={name: _digest(dist / name) for name in names if not name.startswith(".")},
        lock=_digest(lock) if lock.exists() else None,
        unfinished=".journal.octdeck" in names,
        leftovers=tuple(hidden),
    )


def build(
    folder: Path, formats: str, now: int, moment: int = 0, what: str = "SIGKILL", within: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """Build in a process of its own; right before its `moment`th operation on a file, do `what` to it."""
    return run(folder, ("build", "--to", formats), now, moment, what, within)


def run(
    folder: Path,
    arguments: tuple[str, ...],
    now: int = NEW,
    moment: int = 0,
    what: str = "SIGKILL",
    within: tuple[str, ...] = (),
) -> subprocess.CompletedProcess[str]:
    """Run octdeck as `build` does, with any arguments."""
    command = [sys.executable, "-c", _WATCH, str(folder), str(moment), what, *arguments]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(now)}
    return subprocess.run([*within, *command], capture_output=True, text=True, env=environment, check=False)


def operations(done: subprocess.CompletedProcess[str]) -> int:
    """How many operations on files the build had."""
    return int(done.stderr.rsplit("operations: ", 1)[1])


def judge(folder: Path, of: Case) -> str:
    """`old`, `new` or `unfinished`: what a build that died has left.

    Raises:
        AssertionError: it is neither; or the next build does not make of it what the first would have made.

    """
    left = state(folder)
    for name, digest in left.files.items():
        assert digest in (of.old.files.get(name), of.new.files[name]), f"{name} is neither old nor new"
    assert left.lock in (of.old.lock, of.new.lock), "the lock is neither old nor new"
    whole = (left.files, left.lock)
    old, new = whole == (of.old.files, of.old.lock), whole == (of.new.files, of.new.lock)
    # Once the journal stands the release is decided; what is not yet in place is waiting beside it.
    assert old or new or left.unfinished, "lock and outputs are of different releases"
    healed = build(folder, of.formats, NEW)
    assert healed.returncode == 0, healed.stderr
    assert state(folder) == of.new, "the next build does not heal it"
    return "unfinished" if left.unfinished else "new" if new else "old"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# --- the report -----------------------------------------------------------------------------------------------------


def killed_at_random(of: Case, scratch: Path, times: int, random: Random) -> Counter[str]:
    """SIGKILL from outside, at times spread over the whole of a build."""
    begun = time.monotonic()
    build(of.again(scratch / "timed"), of.formats, NEW).check_returncode()
    length = time.monotonic() - begun
    counts: Counter[str] = Counter()
    for number in range(times):
        folder = of.again(scratch / f"random-{number}")
        with _started(folder, of, NEW) as process:
            time.sleep(random.uniform(0, length))
            process.kill()
        counts[judge(folder, of)] += 1
        shutil.rmtree(folder)
    return counts


def at_operations(of: Case, scratch: Path, what: str, every: int = 1) -> Counter[str]:
    """SIGKILL or SIGINT right before each operation on a file, or before each `every`th."""
    count = operations(build(of.again(scratch / f"counted-{what}"), of.formats, NEW))
    counts: Counter[str] = Counter()
    for moment in range(1, count + 1, every):
        folder = of.again(scratch / f"{what}-{moment}")
        done = build(folder, of.formats, NEW, moment, what)
        assert "Traceback" not in done.stderr, done.stderr
        counts[judge(folder, of)] += 1
        shutil.rmtree(folder)
    return counts


def vanishing(of: Case, scratch: Path) -> int:
    """Each file of the bank in turn is gone right before it is opened; returns how many there are."""
    count = operations(build(of.again(scratch / "counted"), of.formats, NEW, what="vanish"))
    for moment in range(1, count + 1):
        folder = of.again(scratch / f"vanish-{moment}")
        done = build(folder, of.formats, NEW, moment, "vanish")
        assert done.returncode == 1, done.stderr
        assert "cannot be read" in done.stderr, done.stderr
        assert (state(folder).files, state(folder).lock) == (of.old.files, of.old.lock)
    return count


def disk_full(of: Case, scratch: Path, part: str, rooms: Sequence[int]) -> None:
    """`part` (`dist` or `decks`) lies on a file system that has only so much room, in KiB, for what is new.

    It is mounted in a namespace of its own, which needs Linux, but no rights.
    """
    held = sum(-(-path.stat().st_size // 4096) * 4 for path in (of.folder / part).iterdir())
    for room in rooms:
        folder = of.again(scratch / f"full-{part}-{room}")
        script = (
            f"cp -a {part} copy && mount -t tmpfs -o size={held + room}k tmpfs {part} && cp -a copy/. {part}/ "
            f'|| exit 99; "$@"; status=$?; rm -rf copy && cp -a {part} copy && exit $status'
        )
        done = build(folder, of.formats, NEW, within=_namespace(folder, script))
        assert done.returncode == 0 or "no space left on device" in done.stderr, done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        shutil.rmtree(folder / part)
        (folder / "copy").rename(folder / part)
        if done.returncode:
            assert state(folder) == of.old, "a build that found no room has left something"
        judge(folder, of)


def read_only(of: Case, scratch: Path, part: str) -> None:
    """`part` (`dist` or `decks`) cannot be written to."""
    folder = of.again(scratch / f"read-only-{part}")
    script = f'mount --bind {part} {part} && mount -o remount,ro,bind {part} || exit 99; "$@"'
    done = build(folder, of.formats, NEW, within=_namespace(folder, script))
    assert done.returncode == 1, done.stderr
    assert f"{part}" in done.stderr, done.stderr
    assert "read-only file system" in done.stderr, done.stderr
    assert state(folder) == of.old
    judge(folder, of)


def two_at_once(of: Case, scratch: Path, times: int) -> int:
    """Two builds that start together, as if at different times of the day: one of them decides; returns how many."""
    later = of.again(scratch / "later")
    build(later, of.formats, NEW + 1000).check_returncode()
    for number in range(times):
        folder = of.again(scratch / f"two-{number}")
        both = [_started(folder, of, now) for now in (NEW, NEW + 1000)]
        assert [process.wait() for process in both] == [0, 0]
        assert state(folder) in (of.new, state(later)), "the two builds are mixed"
    return times


def _started(folder: Path, of: Case, now: int) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(now)}
    command = [sys.executable, "-m", "octdeck", "build", "--to", of.formats]
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _namespace(folder: Path, script: str) -> tuple[str, ...]:
    """What runs a command within a shell script that may mount, seen by nobody else."""
    return ("unshare", "-Urm", "sh", "-c", f"cd {shlex.quote(str(folder))} && {script}", "sh")


def main() -> None:
    """Run it all and print what came of it."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary).resolve()
        of = case(scratch, "anki,pdf")
        rooms = (0, 4, 8, 12, 16, 24, 32, 64, 128, 256)
        for what in ("SIGKILL", "SIGINT"):
            _say(f"{what} before each operation on a file", at_operations(of, scratch, what))
        _say("SIGKILL at random times", killed_at_random(of, scratch, times, Random(1917)))
        print(f"a file of the bank vanishes: {vanishing(of, scratch)} of them, each told, nothing written")
        for part in ("dist", "decks"):
            disk_full(of, scratch, part, rooms)
            print(f"too little room in {part}, {len(rooms)} sizes: told, nothing left behind")
            read_only(of, scratch, part)
            print(f"{part} is read-only: told, nothing written")
        print(f"two builds at once: {two_at_once(of, scratch, 20)} times, never mixed")


def _say(what: str, counts: Counter[str]) -> None:
    parts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
    print(f"{what}: {counts.total()} times; left behind: {parts}; each healed by the next build")


if __name__ == "__main__":
    main()
