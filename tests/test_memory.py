"""A build that finds nothing changed does next to nothing; and nothing can make it believe so wrongly."""

import json
import os
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from octdeck import memory
from octdeck.memory import NOTHING, recall
from support import START, edit, kinds_bank

_RUN = """
import sys
from octdeck.cli import main
try:
    main(sys.argv[1:])
finally:
    print("loaded:", "octdeck.project" in sys.modules)
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank with an article, a logo and a template, built once; nothing is to be said of it."""
    decks = kinds_bank(tmp_path)
    (tmp_path / "articles").mkdir()
    paragraph = " ".join((decks / "forms.yaml").read_text(encoding="utf-8").split())  # it says all that is cited
    (tmp_path / "articles" / "harbour.txt").write_text(f"{paragraph}\n\n" * 20, encoding="utf-8")
    head = "#let d = json(bytes(sys.inputs.data))\n#set document(title: d.title, date: none)\n"
    (decks / "look.typ").write_text(head + "Page 1\n", encoding="utf-8")
    (decks / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', encoding="utf-8")
    edit(decks / "bank.yaml", "    seed: 7\n", "    seed: 7\n    template: look.typ\n")
    with (decks / "bank.yaml").open("a", encoding="utf-8") as file:
        file.write("logo: logo.svg\n")
    assert build(decks) == (True, 0)
    assert build(decks) == (False, 0)
    return decks


def run(decks: Path, *options: str, code: Path | None = None, out: str = "dist") -> tuple[bool, str]:
    """A build in a process of its own, of a bank in which nothing is wrong: whether it was read, and what was said."""
    loaded, said, warned = outcome(decks, *options, code=code, out=out)
    assert warned == ""
    return loaded, said


def outcome(decks: Path, *options: str, code: Path | None = None, out: str = "dist") -> tuple[bool, str, str]:
    """A build in a process of its own: whether the bank was read, what was said, and what was found in it."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(START)}
    if code is not None:
        environment["PYTHONPATH"] = str(code)
    command = [sys.executable, "-c", _RUN, "build", str(decks), "--out", str(decks.parent / out), *options]
    result = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, cwd=decks.parent)
    *said, loaded = result.stdout.splitlines()
    return loaded == "loaded: True", "\n".join(said), result.stderr


def build(decks: Path, *options: str, code: Path | None = None, out: str = "dist") -> tuple[bool, int]:
    """A build: whether the bank was read, and how many files were written, the first time aside."""
    first = not (decks.parent / out).exists()
    loaded, said = run(decks, *options, code=code, out=out)
    return loaded, 0 if first else said.count("wrote ")


def same_size_and_time(path: Path, old: str, new: str) -> None:
    """Another text in a file that looks the same from outside."""
    before = path.stat()
    assert len(old) == len(new)
    edit(path, old, new)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_nothing_changed(bank: Path) -> None:
    """Nothing is read but to compare it, nothing is written, and what is said is what a whole build would say."""
    _, said = run(bank)

    shutil.rmtree(memory_folder())
    loaded, whole = run(bank)
    assert loaded
    assert said == whole == "kept 7 files that were up to date\nfor students: 0 new, 0 changed, 14 unchanged"


def test_what_was_found_is_said_again(bank: Path) -> None:
    """Of a bank in which something is to be thought over, the same is said again, in colour or without."""
    second = "deck: Second\nquestions:\n  - {id: second, question: Did it rain?, answer: 'Yes', themes: more}\n"
    (bank / "second.yaml").write_text(second, encoding="utf-8")
    outcome(bank)
    memories = sorted(memory_folder().iterdir())

    for options in ((), ("--color",), ("--quiet",)):
        again = outcome(bank, *options)
        assert not again[0]
        for path in memories:
            path.rename(path.with_suffix(".aside"))
        whole = outcome(bank, *options)
        assert whole[0]
        assert again[1:] == whole[1:]
        assert "OD305" in again[2]
        assert ("\x1b" in again[2]) == (options == ("--color",))
        for path in memories:
            path.with_suffix(".aside").rename(path)
    edit(bank / "second.yaml", "'Yes'", "Until noon")
    assert "OD305" not in outcome(bank)[2]


def test_what_only_the_clock_can_mend_is_looked_at_again(bank: Path) -> None:
    """A time in the lock file that is in the future may be in the past by the next build."""
    lock = bank / "octdeck.lock"
    lock.write_text(re.sub(r" 20\d\d-", " 2999-", lock.read_text("utf-8"), count=1), encoding="utf-8")

    assert "OD238" in outcome(bank)[2]
    assert outcome(bank)[0]


def test_only_what_depends_on_it(bank: Path) -> None:
    """Of several deck files, one that is changed has its own outputs and those of the bank made anew, and no other."""
    second = "deck: Second\nquestions:\n  - {id: second, question: Q?, answer: A, themes: more}\n"
    (bank / "second.yaml").write_text(second, encoding="utf-8")
    build(bank)
    edit(bank / "second.yaml", "answer: A", "answer: B")

    _, said = run(bank)

    names = {Path(line.removeprefix("wrote ")).name for line in said.splitlines() if line.startswith("wrote")}
    assert {"second-key.pdf", "second.apkg", "kinds.apkg"} <= names
    assert not {"forms.apkg", "forms-quiz.pdf", "forms-key.pdf"} & names
    assert build(bank) == (False, 0)


Change = Callable[[Path], Any]
CHANGES: dict[str, Change] = {
    "the template": lambda decks: same_size_and_time(decks / "look.typ", "Page 1", "Page 2"),
    "the logo": lambda decks: same_size_and_time(decks / "logo.svg", 'width="9"', 'width="8"'),
    "bank.yaml": lambda decks: same_size_and_time(decks / "bank.yaml", "Every kind", "Other kind"),
    "an output": lambda decks: (decks.parent / "dist" / "mixed-A.pdf").write_bytes(b"%PDF"),
    "an output that is gone": lambda decks: (decks.parent / "dist" / "forms.apkg").unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_changed_counts(bank: Path, change: str) -> None:
    """Another content is seen, even with the size and the time of before, and an output is made again."""
    CHANGES[change](bank)

    loaded, written = build(bank)

    assert loaded
    assert written > 0


def test_a_deck_file_of_the_same_size_and_time(bank: Path) -> None:
    """A letter in a question that is another makes its package and its sheets anew."""
    path = bank / "forms.yaml"
    text = path.read_text(encoding="utf-8")
    at = text.index("question: ")
    same_size_and_time(path, text[at : at + 40], text[at : at + 39] + "Z")

    loaded, said = run(bank)

    assert loaded
    assert "1 changed" in said


def test_files_that_come_and_go(bank: Path) -> None:
    """A new deck file, a lock file that was changed and an article that is gone are seen."""
    for change in (
        lambda: (bank / "new.yaml").write_text("deck: N\nquestions: []\n", encoding="utf-8"),
        lambda: (bank / "octdeck.lock").write_bytes((bank / "octdeck.lock").read_bytes() + b"# a remark\n"),
        lambda: (bank.parent / "articles" / "another.txt").write_text("Text.", encoding="utf-8"),
        lambda: shutil.copytree(bank.parent / "articles", bank / "articles"),
        lambda: shutil.rmtree(bank / "articles"),
        lambda: shutil.rmtree(bank.parent / "articles"),
    ):
        change()

        assert build(bank)[0]
        assert not build(bank)[0]


def test_another_octdeck_or_library(bank: Path, tmp_path: Path) -> None:
    """Code of octdeck that is not the same to the byte, or another version of a library, has all made anew."""
    import octdeck

    copy, libraries = tmp_path / "copy", tmp_path / "libraries"
    shutil.copytree(Path(octdeck.__file__).parent, copy / "octdeck")
    record = libraries / "typst-0.15.99.dist-info" / "RECORD"
    record.parent.mkdir(parents=True)
    record.write_text("typst/__init__.py,sha256=x,1\n", encoding="utf-8")

    assert build(bank, code=libraries)[0]
    assert not build(bank, code=libraries)[0]
    assert build(bank, code=copy)[0]
    assert not build(bank, code=copy)[0]
    edit(copy / "octdeck" / "words.yaml", "  key: Answer key\n", "  key: The answers\n")
    loaded, said = run(bank, code=copy)
    assert loaded
    assert "-key.pdf" in said


def test_other_formats_and_other_banks(bank: Path) -> None:
    """What was built in other formats, to another folder, or of another bank to the same folder, is no answer."""
    other = bank.parent / "other"
    shutil.copytree(bank, other)
    edit(other / "bank.yaml", "Every kind of question", "Another bank for once")

    assert build(bank, "--to", "pdf,html")[0]
    assert build(bank, out="elsewhere")[0]
    assert build(other)[0]
    assert build(bank)[1] > 0  # the other bank has written over them


def test_what_a_killed_build_left(bank: Path) -> None:
    """Where a build has died half-way, the next one looks at everything."""
    (bank.parent / "dist" / ".journal.octdeck").write_text('{"files": {}, "beside": null}', encoding="utf-8")

    assert build(bank)[0]
    assert not (bank.parent / "dist" / ".journal.octdeck").exists()


class _Evil:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, ("evil",)


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"not JSON",
        b"[" * 100_000,
        b"\xff\xfe",
        b"null",
        b'{"maker": 1}',
        pickle.dumps(_Evil()),
    ],
    ids=["empty", "text", "deep", "bytes", "null", "wrong", "pickle"],
)
def test_a_damaged_memory_is_none(bank: Path, damage: bytes) -> None:
    """Whatever stands in the file, the build is right, and nothing in it is run."""
    for path in memory_folder().iterdir():
        path.write_bytes(damage)
        assert recall(path) is NOTHING

    (bank.parent / "dist" / "forms.apkg").write_bytes(b"")
    assert build(bank) == (True, 1)
    assert not (bank.parent / "evil").exists()


def test_a_hostile_memory_leads_nowhere(bank: Path) -> None:
    """Paths in a memory are compared, not followed to anything that is written; a wrong answer is no answer."""
    (path,) = (p for p in memory_folder().iterdir() if recall(p).outputs and str(bank) in p.read_text("utf-8"))
    data = json.loads(path.read_text("utf-8"))
    outside = bank.parent / "outside"
    outside.write_text("mine", encoding="utf-8")
    data["outputs"] = ["../outside"]
    data["made"] = {"../outside": ["0" * 64, "0" * 64]}
    data["asked"] += [["read", "/dev/zero", "/dev", "9" * 30], ["unlink", str(outside)]]
    path.write_text(json.dumps(data), encoding="utf-8")

    assert build(bank)[0]
    assert outside.read_text("utf-8") == "mine"


def test_memories_do_not_pile_up(tmp_path: Path) -> None:
    """Of many banks and folders, only the last hundred are remembered."""
    for number in range(120):
        memory.keep(tmp_path / f"{number}.json", NOTHING)

    assert len(list(tmp_path.iterdir())) == 100


def memory_folder() -> Path:
    """Where builds of these tests remember."""
    return Path(os.environ["XDG_CACHE_HOME"]) / "octdeck" / "builds"
