"""Several at a time make what one would have made, and fail as one would."""

import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest

from octdeck import crew
from octdeck.building import build
from octdeck.diagnostics import OctdeckError
from octdeck.outputs import Job, Made
from octdeck.project import load
from support import START

BANK = "bank: many\ntitle: Many\nthemes: {t: T}\n"


@pytest.fixture(scope="module")
def decks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bank of so many small decks that their sheets are worth another process."""
    folder = tmp_path_factory.mktemp("many")
    (folder / "bank.yaml").write_text(BANK, encoding="utf-8")
    for number in range(8):
        text = f"deck: D{number}\nquestions:\n  - {{id: q{number}, question: Q{number}?, answer: A, themes: t}}\n"
        (folder / f"d{number}.yaml").write_text(text, encoding="utf-8")
    return folder


def process_id(mark: str) -> Made:
    return f"{mark} {os.getpid()}".encode(), ()


def fails() -> Made:
    raise OctdeckError("it cannot be done", "try another way")


def dies() -> Made:
    os._exit(3)


def meets(others: threading.Barrier) -> Made:
    others.wait(timeout=60)
    return b"", ()


def jobs(count: int, *, aside: bool = True) -> list[tuple[str, Job]]:
    return [(f"{number}", Job(partial(process_id, f"{number}"), aside=aside)) for number in range(count)]


def processes(done: dict[str, Made]) -> set[str]:
    return {data.split()[1].decode() for data, _ in done.values()}


def test_same_files_with_one_process_or_two(decks: Path, tmp_path: Path) -> None:
    """Packages, sheets, keys and lock file are the same to the byte, whoever made them."""
    made = []
    for count in (1, 2):
        (decks / "octdeck.lock").unlink(missing_ok=True)
        built = build(load(decks), tmp_path / f"{count}", START, processes=count)
        files = {path.name: path.read_bytes() for path in (tmp_path / f"{count}").iterdir()}
        made.append((files, built.made, (decks / "octdeck.lock").read_bytes()))

    assert made[0] == made[1]
    assert len(made[0][0]) == 25


@pytest.mark.parametrize(
    ("count", "most", "others"), [(2, 2, 0), (11, 2, 0), (12, 2, 2), (12, 8, 2), (40, 3, 3), (40, 1, 0)]
)
def test_other_processes_only_where_they_pay(count: int, most: int, others: int) -> None:
    """A few files are made here; of many, each process has enough to do, and there are never more than allowed."""
    done = dict(crew.done(jobs(count), most))

    assert set(done) == {f"{number}" for number in range(count)}
    assert all(data.split()[0].decode() == name for name, (data, _) in done.items())
    if others:
        assert str(os.getpid()) not in processes(done)
        assert len(processes(done)) <= others
    else:
        assert processes(done) == {str(os.getpid())}


def test_a_few_are_made_side_by_side() -> None:
    """A sheet and its key are set at the same time in one process, as Typst lets others work meanwhile."""
    others = threading.Barrier(2)

    done = dict(crew.done([(name, Job(partial(meets, others), aside=True)) for name in ("sheet", "key")], 2))

    assert set(done) == {"sheet", "key"}


def test_a_fault_beside_others_is_told() -> None:
    """What cannot be done beside others is told with its hint, and nothing is left to do or running."""
    running = threading.active_count()

    with pytest.raises(OctdeckError, match="it cannot be done") as caught:
        dict(crew.done([("bad", Job(partial(fails), aside=True)), *jobs(5)], 2))

    assert caught.value.hint == "try another way"
    assert threading.active_count() == running


def test_what_is_quick_stays_here() -> None:
    """Jobs that take no time are never sent to another process, whatever is beside them."""
    quick = {f"quick {number}": job for number, (_, job) in enumerate(jobs(30, aside=False))}

    done = dict(crew.done([*quick.items(), *jobs(12)], 2))

    assert processes({name: made for name, made in done.items() if name in quick}) == {str(os.getpid())}


def test_a_fault_in_another_process_is_told() -> None:
    """What cannot be done elsewhere is told with its hint, as if it had been tried here."""
    with pytest.raises(OctdeckError, match="it cannot be done") as caught:
        dict(crew.done([*jobs(12), ("bad", Job(partial(fails), aside=True))], 2))

    assert caught.value.hint == "try another way"


def test_a_process_that_dies_is_told() -> None:
    """A process that ends in the midst of its work is a fault with a cure, not a wait for ever."""
    with pytest.raises(OctdeckError, match="ended before its time") as caught:
        dict(crew.done([*jobs(12), ("bad", Job(partial(dies), aside=True))], 2))

    assert caught.value.hint


@pytest.mark.skipif(os.name != "posix", reason="needs signals as POSIX has them")
@pytest.mark.parametrize("name", ["SIGKILL", "SIGINT"])
def test_no_process_is_left_behind(decks: Path, tmp_path: Path, name: str) -> None:
    """A build that is killed or stopped takes its helpers with it."""
    command = [sys.executable, "-m", "octdeck", "build", str(decks), "--out", str(tmp_path / "dist")]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    ) as running:
        helpers: set[int] = set()
        while running.poll() is None and len(helpers) < 2:
            helpers = {child for child in children(running.pid) if b"spawn_main" in command_of(child)}
        os.killpg(running.pid, signal.SIGINT) if name == "SIGINT" else running.send_signal(signal.SIGKILL)
        _, said = running.communicate(timeout=60)

    assert len(helpers) == 2
    for _ in range(600):
        if not any(b"spawn_main" in command_of(helper) for helper in helpers):
            break
        time.sleep(0.05)
    assert not any(b"spawn_main" in command_of(helper) for helper in helpers)
    assert name == "SIGKILL" or b"Traceback" not in said  # killed in the midst of starting them, Python says so


def children(process: int) -> list[int]:
    path = Path(f"/proc/{process}/task/{process}/children")
    return [int(child) for child in path.read_text(encoding="ascii").split()] if path.exists() else []


def command_of(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""
