"""Several processes make what one would have made, and fail as one would."""

import ast
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest
from benchmarks import banks

from octdeck import beside, crew
from octdeck.building import build
from octdeck.errors import OctdeckError
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


@pytest.fixture
def thread() -> Iterator[None]:
    """Something else goes on in this process, so that none can be split off."""
    ended = Event()
    other = Thread(target=ended.wait)
    other.start()
    assert not beside.possible()
    yield
    ended.set()
    other.join()


def alone(code: str) -> str:
    """What a program of a single thread prints."""
    program = f"import os, sys, test_crew\nfrom octdeck import beside, crew\nassert beside.possible()\n{code}"
    command = [sys.executable, "-c", program]
    tests = Path(__file__).parent
    environment = os.environ | {"PYTHONPATH": str(tests.parent)}
    return subprocess.run(
        command, cwd=tests, env=environment, capture_output=True, text=True, check=True, timeout=60
    ).stdout


def process_id(mark: str) -> Made:
    role = "child" if multiprocessing.parent_process() else "main"
    return f"{mark} {os.getpid()} {role}".encode(), ()


def fails() -> Made:
    raise OctdeckError("it cannot be done", "try another way")


def dies() -> Made:
    os._exit(3)


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
@pytest.mark.usefixtures("thread")
def test_other_processes_only_where_they_pay(count: int, most: int, others: int) -> None:
    """A few files are made here; of many, each process has enough to do, and there are never more than allowed."""
    shares(dict(crew.done(jobs(count), most)), count, others)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux splits off processes well")
@pytest.mark.parametrize(("count", "most", "others"), [(1, 2, 0), (2, 2, 2), (3, 8, 3), (40, 3, 3), (40, 1, 0)])
def test_split_off_they_pay_at_once(count: int, most: int, others: int) -> None:
    """Where a process can be split off, two files are reason enough."""
    told = alone(f"print(dict(crew.done(test_crew.jobs({count}), {most})))")

    shares(ast.literal_eval(told), count, others)


def shares(done: dict[str, Made], count: int, others: int) -> None:
    """Hold that all is done, and by how many processes."""
    assert set(done) == {f"{number}" for number in range(count)}
    assert all(data.split()[0].decode() == name for name, (data, _) in done.items())
    makers = {data.split()[2] for data, _ in done.values()}
    assert makers == ({b"child"} if others else {b"main"})
    assert len(processes(done)) <= max(others, 1)


@pytest.mark.usefixtures("thread")
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
        helpers: list[int] = []
        while running.poll() is None and len(helpers) < 2:
            helpers = children(running.pid)
        os.killpg(running.pid, signal.SIGINT) if name == "SIGINT" else running.send_signal(signal.SIGKILL)
        _, said = running.communicate(timeout=60)

    assert len(helpers) == 2
    for _ in range(600):
        if not any(map(runs, helpers)):
            break
        time.sleep(0.05)
    assert not any(map(runs, helpers))
    assert name == "SIGKILL" or b"Traceback" not in said  # killed in the midst of starting them, Python says so


def children(process: int) -> list[int]:
    path = Path(f"/proc/{process}/task/{process}/children")
    return [int(child) for child in path.read_text(encoding="ascii").split()] if path.exists() else []


def runs(process: int) -> bool:
    """Whether a process has not ended, be its number still known or not."""
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in {"Z", "X"}


# --- one job, split off ---------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux splits off processes well")
def test_work_is_begun_by_another_process() -> None:
    """It goes on while this process does something else, and is done once however often somebody waits for it."""
    code = """
begun = beside.begin(lambda: (os.getpid(), sorted(os.listdir("/proc/self/fd"))[3:]))
there, opened = begun()
print(there != os.getpid(), begun() == (there, opened), len(opened))
"""
    # Of what this process has open, the other has only the way back, and what lists its files.
    assert alone(code).split() == ["True", "True", "2"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux splits off processes well")
def test_work_of_a_process_that_dies_is_done_here() -> None:
    """Whoever waits gets the result, though the other process ended before its time."""
    code = """
here = os.getpid()
begun = beside.begin(lambda: "done" if os.getpid() == here else os._exit(3))
print(begun())
"""
    assert alone(code) == "done\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux splits off processes well")
def test_a_fault_is_told_where_somebody_waits() -> None:
    """A fault of the world comes with its hint, a fault of octdeck's own once, from here."""
    code = """
from octdeck.errors import OctdeckError
try:
    beside.begin(test_crew.fails)()
except OctdeckError as error:
    print(error, error.hint, sep=": ")
try:
    beside.begin(lambda: 1 / 0)()
except ZeroDivisionError:
    print("ours")
"""
    assert alone(code) == "it cannot be done: try another way\nours\n"


@pytest.mark.usefixtures("thread")
def test_beside_a_thread_nothing_is_split_off() -> None:
    """Then the work is done where somebody waits for it, and only then."""
    done: list[int] = []

    begun = beside.begin(lambda: done.append(os.getpid()))

    assert done == []
    begun()
    begun()
    assert done == [os.getpid()]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux splits off processes well")
def test_same_findings_and_packages_with_one_process_or_two(tmp_path: Path) -> None:
    """Of a large bank, another process asks the rules, and a third makes a package; nothing comes out otherwise."""
    decks = banks.write(tmp_path / "decks", 60, 3)
    twin = "  - {id: twin, question: Did it rain?, answer: 'Yes', themes: theme-1}\n"
    with (decks / "part-0001.yaml").open("a", encoding="utf-8") as file:
        file.write(twin)
    code = f"""
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from octdeck import building, project
project.MANY = building.MANY = 10
for processes in (1, 2):
    Path({str(decks)!r}, "octdeck.lock").unlink(missing_ok=True)
    loaded = project.load(Path({str(decks)!r}), formats=["anki"], processes=processes)
    built = building.build(loaded, Path({str(tmp_path)!r}, str(processes)), 1, ["anki"], processes=processes)
    print(getrusage(RUSAGE_CHILDREN).ru_minflt > 0)  # whether another process has ended
    print([d.code for d in loaded.diagnostics], sorted(built.made.items()), loaded.diagnostics)
"""
    by_one, one, by_two, two = alone(code).splitlines()

    assert (by_one, by_two) == ("False", "True")
    assert one == two
    assert "OD305" in one
    assert {path.name: path.read_bytes() for path in (tmp_path / "1").iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "2").iterdir()
    }


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux splits off processes well")
@pytest.mark.parametrize("broken", ["", "part-0000", "part-0004", "bank"])
def test_same_bank_with_one_reader_or_two(tmp_path: Path, broken: str) -> None:
    """Half of the files may be read by another process: the bank, its findings and its texts are the same to the last.

    What is wrong or unusual in a file, and what is wrong between two files, is found likewise.
    """
    decks = banks.write(tmp_path / "decks", 60, 5)
    if broken:
        path = decks / f"{broken}.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("q-0000", "q 0000", 1).replace("theme-1", "&a theme-1", 1), encoding="utf-8")
    second = decks / "part-0003.yaml"
    second.write_text(second.read_text(encoding="utf-8").replace("q-000040", "q-000001"), encoding="utf-8")
    code = f"""
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from octdeck import project
from octdeck.readers import yaml
yaml._SPLIT = 0
for processes in (1, 2):
    it = project.load(Path({str(decks)!r}), formats=["anki"], processes=processes)
    print(getrusage(RUSAGE_CHILDREN).ru_minflt > 0)  # whether another process has ended
    items = it.bank and [(i.question, i.deck.name, i.citations, i.options, i.span("id")) for i in it.bank.items]
    print([items, it.diagnostics, it.files, sorted(it.texts.items())])
"""
    by_one, one, by_two, two = alone(code).splitlines()

    assert (by_one, by_two) == ("False", "True")
    assert one == two
    assert "OD201" in one


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux splits off processes well")
def test_more_than_can_be_read_is_refused_by_two_readers_as_by_one(tmp_path: Path) -> None:
    """How much may be read in all does not depend on who reads it."""
    decks = banks.write(tmp_path / "decks", 60, 5)
    code = f"""
from pathlib import Path
from octdeck import plain, project
from octdeck.readers import yaml
yaml._SPLIT = 0
plain.MAX_VALUES, plain.BYTES_A_VALUE = 400, 10**9
for processes in (1, 2):
    print(project.load(Path({str(decks)!r}), formats=["anki"], processes=processes).diagnostics)
"""
    one, two = alone(code).splitlines()

    assert one == two
    assert "OD008" in one


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux splits off processes well")
def test_what_is_large_goes_to_a_process_of_its_own() -> None:
    """Such a job is begun at once and comes last, by a process that has nothing else to do."""
    code = """
from octdeck.outputs import Job
many = test_crew.jobs(2, aside=False)
large = "large", Job(many[0][1].work, apart=True)
print(list(crew.done([large, *many], 2)))
print(list(crew.done([large, *many], 1)))
"""
    (several, alone_) = map(ast.literal_eval, alone(code).splitlines())

    assert [name for name, _ in several] == ["0", "1", "large"]
    assert [made[0].split()[2] for _, made in several] == [b"main", b"main", b"child"]
    assert [name for name, _ in alone_] == ["large", "0", "1"]
    assert {made[0].split()[2] for _, made in alone_} == {b"main"}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux splits off processes well")
def test_progress_is_shown_without_a_thread() -> None:
    """What shows on a terminal how far it is does not stand in the way of another process."""
    code = """
from octdeck import console
with console._shown_after(0):
    print(beside.possible())
"""
    assert alone(code) == "True\n"
