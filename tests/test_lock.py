"""octdeck.lock: what can be wrong with it is told at its line, and what a merge did to it is repaired."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from octdeck import lock, repair
from octdeck.cli import main
from octdeck.diagnostics import LINE_BREAK
from support import START, YEAR, built, edit, kinds_bank, placeless

HEAD = "octdeck-lock 1\nbank kinds\n"
EARLY = "question short main 2023-11-14T22:13:20Z 0123456789abcdef Kinds::All of them"
LATE = "question short main 2024-11-13T22:13:20Z fedcba9876543210 Kinds::All of them"


@pytest.fixture
def decks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The bank with every kind of question, in the working directory's `decks`."""
    monkeypatch.chdir(tmp_path)
    return kinds_bank(tmp_path)


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args, catch_exceptions=False)


def told(decks: Path, content: str | bytes) -> list[str]:
    """What `octdeck check` says of a lock file, less its path."""
    (decks / "octdeck.lock").write_bytes(content if isinstance(content, bytes) else content.encode())
    lines = run("check", "--format", "concise").stdout.replace("\\", "/").splitlines()
    return [line.removeprefix("decks/octdeck.lock:") for line in lines if line.startswith("decks/octdeck.lock:")]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (f"{HEAD}question short\n", "3:1: OD210 this line of the lock file cannot be read"),
        (f"{HEAD}{EARLY[:-30]}\n", "3:1: OD210 this line of the lock file cannot be read"),
        (
            f"{HEAD}{EARLY.replace('2023-11-14', '2023-13-14')}\n",
            "3:1: OD210 this line of the lock file cannot be read",
        ),
        (f"{HEAD}{EARLY.replace('2023-11-14T22:13:20', '1970-01-01T00:00:00')}\n", "3:1: OD210 this line of the lock"),
        (f"{HEAD}{EARLY.replace('2023', '9999')}\n", "3:1: OD210 this line of the lock file cannot be read"),
        (f"{HEAD}article harbour 0123\n", "3:1: OD210 this line of the lock file cannot be read"),
        ("bank kinds\n", "1:1: OD210 this is no lock file: 'octdeck-lock 1' is missing"),
        ("octdeck-lock 2\nbank kinds\n", "1:1: OD210 a newer octdeck wrote this lock file"),
        ("octdeck-lock 1\n", "1:1: OD210 no line tells the id of the bank"),
        ("", "1:1: OD210 this is no lock file: 'octdeck-lock 1' is missing"),
        (f"{HEAD}=======\n", "3:1: OD236 a merge left its mark here: two sides changed the same lines"),
        (f"{HEAD}{EARLY}\n{LATE}\n", "3:1: OD237 the question 'short' has two lines in the lock file"),
        (f"{HEAD}{LATE}\n{EARLY}\n", "4:1: OD237 the question 'short' has two lines in the lock file"),
        (f"{HEAD}bank kinds\n", "3:1: OD237 the bank has two lines in the lock file"),
        (f"{HEAD}article a 0123456789\narticle a 9876543210\n", "4:1: OD237 the article 'a' has two lines in the lock"),
        (f"{HEAD}# Bücher\n".encode("latin-1"), "3:4: OD001 the file is not UTF-8 text: byte 0xfc cannot be read"),
    ],
)
def test_damage_is_told_at_its_line(decks: Path, content: str | bytes, line: str) -> None:
    """Each kind of damage is one finding, at the very line, and stops a build, which leaves the file as it is."""
    (finding,) = told(decks, content)
    before = (decks / "octdeck.lock").read_bytes()

    assert finding.startswith(line)
    assert run("build", "--to", "anki").exit_code == 1
    assert (decks / "octdeck.lock").read_bytes() == before
    assert not Path("dist").exists()


def test_a_time_in_the_future_is_told_once(decks: Path) -> None:
    """Of many times that cannot be, one warning tells, at the first; a correction gets a later time still."""
    built(decks)
    before = (decks / "octdeck.lock").read_text(encoding="utf-8")
    lines = told(decks, before.replace("2023-", "2923-"))
    edit(decks / "forms.yaml", "answer: The parish", "answer: The town")

    result = run("build", "--to", "anki")

    assert lines == ["5:26: OD238 2923-11-14T22:13:20Z is in the future, and so are 13 more times in this file"]
    assert result.exit_code == 0
    (changed,) = [line for line in (decks / "octdeck.lock").read_text("utf-8").splitlines() if " withdrawn " in line]
    assert changed.split()[3] == "2923-11-14T22:13:21Z"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
def test_an_editor_does_no_harm(decks: Path, end: str, mark: bytes) -> None:
    """Line ends and a byte order mark, as editors leave them, change nothing; a build writes the file as it was."""
    built(decks)
    before = (decks / "octdeck.lock").read_bytes()
    (decks / "octdeck.lock").write_bytes(mark + before.replace(b"\n", end.encode()))

    result = built(decks, START + YEAR)

    assert result.release is not None
    assert len(result.release.unchanged) == 14
    assert (decks / "octdeck.lock").read_bytes() == before


_PIECES = [
    "octdeck-lock 1", "bank kinds", EARLY, LATE, LATE.replace(" short ", " typed "), "article a 0123456789",
    "article a", "<<<<<<< ours", "=======", ">>>>>>> theirs", "# remark", "", "question", "\x00", "\u2028",
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=12), st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_lines_are_read_or_told(lines: list[str], end: str) -> None:
    """Whatever lines a lock file has, each is taken or told once with a cure; what is repaired is never told again."""
    path = Path("decks/octdeck.lock")
    text = end.join(lines)
    for _ in range(len(lines) + 1):
        known, found = lock.parse(text, path)
        for finding in found:
            assert finding.hint
            assert 1 <= finding.span.line <= len(LINE_BREAK.split(text))
        after, count = repair.repaired({path: text}, found)
        if not count:
            break
        text = after[path]
    else:
        pytest.fail("there is no end of repairing")

    assert not {finding.code for finding in found if finding.code == "OD236"} or lines[0] != "octdeck-lock 1"
    assert not found or len(found) == len({(finding.code, finding.span) for finding in found})
    again, more = lock.parse(lock.text(known), path)
    assert found or (placeless(again), more) == (placeless(known), [])


def git(*args: str, check: bool = True) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *args], check=check, capture_output=True)


@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_two_releases_are_merged(decks: Path, style: str) -> None:
    """Where two people changed and added questions and released both, `check --fix` makes one lock of the two.

    It has all questions, and of a question that both changed the later time.
    """
    built(decks)
    git("init", "--initial-branch", "main")
    git("config", "merge.conflictStyle", style)
    git("add", "decks")
    git("commit", "--message", "first")
    git("switch", "--create", "other")
    edit(decks / "forms.yaml", "The **harbour master**", "The pilot")
    (decks / "new.yaml").write_text("deck: D\nquestions:\n  - {id: shore, question: Q, answer: A, themes: forms}\n")
    built(decks, START + YEAR)
    git("add", "decks")
    git("commit", "--message", "theirs")
    git("switch", "main")
    edit(decks / "forms.yaml", "The **harbour master**", "The keeper")
    (decks / "more.yaml").write_text("deck: E\nquestions:\n  - {id: shoal, question: Q, answer: A, themes: forms}\n")
    built(decks, START + YEAR // 2)
    git("commit", "--all", "--message", "ours")
    git("add", "decks")
    git("commit", "--message", "ours, too")
    git("merge", "other", check=False)
    git("checkout", "--ours", "decks/forms.yaml")
    assert run("check").exit_code == 1

    result = run("check", "--fix")

    assert result.exit_code == 0
    lines = (decks / "octdeck.lock").read_text("utf-8").splitlines()
    released = {line.split()[1]: line.split()[3] for line in lines if line.startswith("question ")}
    assert len(released) == 16
    assert {"shore", "shoal"} < set(released)
    assert released["short"] == "2024-11-13T22:13:20Z"
    plan = built(decks, START + 2 * YEAR).release
    assert plan is not None
    assert (plan.new, plan.changed) == ((), (("short", "main"),))
