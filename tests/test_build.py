"""What `octdeck build` writes, where, and that it writes all or nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import octdeck
from octdeck.cli import main
from support import START, YEAR, edit, kinds_bank

NAMES = [
    "forms-key.pdf", "forms-quiz.pdf", "forms.apkg", "kinds.apkg", "mixed-A.pdf", "mixed-B.pdf", "mixed-key.pdf",
]  # fmt: skip


@pytest.fixture
def decks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The bank with every kind of question, in the working directory's `decks`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(START))
    return kinds_bank(tmp_path)


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args, catch_exceptions=False)


def names(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_names(decks: Path) -> None:
    """A plain `octdeck build` writes the bank's and each deck's package, sheets and keys, and the lock."""
    result = run("build")

    assert result.exit_code == 0
    assert names("dist") == NAMES
    assert names("decks") == ["bank.yaml", "forms.yaml", "octdeck.lock"]
    assert "14 new, 0 changed, 0 unchanged" in result.stdout


def test_same_bytes_everywhere(tmp_path: Path) -> None:
    """Builds in different folders, time zones and hash seeds give the same files, all of them, and the same lock."""
    made = []
    for name, zone, seed in (("one", "UTC", "1"), ("another/place", "Pacific/Auckland", "2")):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        kinds_bank(folder)
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": str(START)}
        command = [sys.executable, "-m", "octdeck", "build"]
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
        made.append(contents(folder / "dist") | contents(folder / "decks"))

    assert list(made[0]) == [*NAMES, "bank.yaml", "forms.yaml", "octdeck.lock"]
    assert made[0] == made[1]


def test_same_bytes_any_day(decks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the lock of a release at hand, a build a year later from nothing else gives the same files."""
    run("build", "--out", "first")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(START + YEAR))

    run("build", "--out", "second")

    assert contents(Path("first")) == contents(Path("second"))


def test_second_build_keeps_what_is_up_to_date(decks: Path) -> None:
    """Files that would be the same are left alone, and the build says so."""
    run("build")

    assert "kept 7 files that were up to date" in run("build").stdout


def test_error_writes_nothing(decks: Path) -> None:
    """A mistake in a deck file ends with its place and exit status 1, and what stood in dist and lock still stands."""
    run("build")
    before = contents(Path("dist")), (decks / "octdeck.lock").read_bytes()
    edit(decks / "forms.yaml", "answer: The parish", "anwser: The parish")

    result = run("build")

    assert result.exit_code == 1
    assert "error[OD101]: unknown key 'anwser'" in result.stderr
    assert "nothing was written" in result.stderr
    assert (contents(Path("dist")), (decks / "octdeck.lock").read_bytes()) == before


def test_first_build_with_an_error_leaves_no_trace(decks: Path) -> None:
    """Where nothing stood before, a failed build makes neither dist nor a lock."""
    edit(decks / "bank.yaml", "bank: kinds", "bank: all kinds")

    assert run("build").exit_code == 1
    assert names(".") == ["decks"]
    assert names("decks") == ["bank.yaml", "forms.yaml"]


def test_a_file_that_cannot_be_written(decks: Path) -> None:
    """A fault of the world is one line with a hint and exit status 1; nothing half-written is left."""
    Path("dist/forms-key.pdf").mkdir(parents=True)

    result = run("build")

    assert result.exit_code == 1
    assert result.stderr.startswith("octdeck: dist")
    assert "hint: move the folder away" in result.stderr
    assert names("decks") == ["bank.yaml", "forms.yaml"]
    assert names("dist") == ["forms-key.pdf"]


def test_pdf_alone_releases_nothing(decks: Path) -> None:
    """Printing sheets is no release: without `anki` there is no package and no lock."""
    result = run("build", "--to", "pdf")

    assert result.exit_code == 0
    assert all(name.endswith(".pdf") for name in names("dist"))
    assert not (decks / "octdeck.lock").exists()


def test_no_bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no bank, the message says what is looked for and where."""
    monkeypatch.chdir(tmp_path)

    result = run("build")

    assert result.exit_code == 1
    assert result.stderr.startswith("octdeck: there is no bank.yaml in decks\n")


@pytest.mark.parametrize("epoch", ["yesterday", "0", "-5", "9" * 30, "²"])
def test_a_time_that_is_none_is_misuse(decks: Path, epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A SOURCE_DATE_EPOCH that is no time since 1970 is told, exit status 2; it is never taken for now."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)

    result = run("build", "--to", "anki")

    assert result.exit_code == 2
    assert "it counts the seconds since 1970" in result.stderr
    assert not Path("dist").exists()


def test_unknown_format_is_misuse(decks: Path) -> None:
    """A format that does not exist is wrong usage, exit status 2, and the message names those that do."""
    result = run("build", "--to", "anki,epub")

    assert result.exit_code == 2
    assert "'epub' is not one of: anki, pdf" in result.stderr


def test_link_out_of_the_bank_is_refused(decks: Path, tmp_path: Path) -> None:
    """A deck file that is a link to a file elsewhere is not read."""
    (tmp_path / "secret.yaml").write_text("deck: D\nquestions: []\n", encoding="utf-8")
    (decks / "link.yaml").symlink_to(tmp_path / "secret.yaml")

    result = run("check")

    assert result.exit_code == 1
    assert "leads out of decks" in result.stderr


def test_a_pipe_among_the_decks_does_not_hang(decks: Path) -> None:
    """A named pipe in place of a deck file is refused at once."""
    os.mkfifo(decks / "pipe.yaml")

    result = run("check")

    assert result.exit_code == 1
    assert "not a regular file" in result.stderr


def test_another_bank_id_is_refused(decks: Path) -> None:
    """A bank that changes its id after a release would make every card new, so the build stops and says so."""
    run("build")
    edit(decks / "bank.yaml", "bank: kinds", "bank: kind-of")

    result = run("build")

    assert result.exit_code == 1
    assert "error[OD211]" in result.stderr
    assert "write 'bank: kinds' again" in result.stderr


def test_a_released_question_that_is_gone_is_told(decks: Path) -> None:
    """Taking out a released question, or turning it into a gap text, warns of what it costs students."""
    run("build")
    edit(decks / "forms.yaml", "- id: fixed", "- id: renamed")
    edit(decks / "forms.yaml", "statement: The harbour never froze.\n    answer: false", "cloze: It {{c1::froze}}.")

    result = run("check")

    assert result.exit_code == 0
    assert "warning[OD208]: the question 'fixed' was released and is gone" in result.stdout
    assert "warning[OD207]: this question was released as another kind" in result.stdout
    assert run("check", "--strict").exit_code == 1


def test_a_mistake_in_a_released_question_is_one_finding(decks: Path) -> None:
    """A question that cannot be read is neither told as gone from the release nor as missing from a quiz."""
    edit(decks / "bank.yaml", "    seed: 7\n", "    seed: 7\n  - id: one\n    title: One\n    questions: [fixed]\n")
    run("build")
    edit(decks / "forms.yaml", "    fixed: true\n", "    fixt: true\n")

    result = run("check", "--format", "concise")

    codes = [line.split(": ")[1].split()[0] for line in result.stdout.splitlines() if line.startswith("decks")]
    assert codes == ["OD101"]


def test_a_damaged_lock_stops_the_build(decks: Path) -> None:
    """Conflict markers in the lock are told at their line, and nothing is built over it."""
    run("build")
    lock = decks / "octdeck.lock"
    damaged = "<<<<<<< ours\n" + lock.read_text(encoding="utf-8")
    lock.write_text(damaged, encoding="utf-8")

    result = run("build")

    assert result.exit_code == 1
    assert "octdeck.lock:1:1" in result.stderr
    assert lock.read_text(encoding="utf-8") == damaged


def test_articles(decks: Path) -> None:
    """With the article at hand, a paragraph it does not have is an error; without it, the lock knows as well."""
    Path("articles").mkdir()
    Path("articles/harbour.txt").write_text("\n\n".join(f"Paragraph {n}." for n in range(1, 20)), encoding="utf-8")
    assert run("build").exit_code == 0
    edit(decks / "forms.yaml", "cites: 19", "cites: 20")
    Path("articles/harbour.txt").unlink()

    result = run("check")

    assert result.exit_code == 1
    assert "error[OD203]: 'harbour' has 19 paragraphs, and no paragraph 20" in result.stdout


def test_a_changed_article_is_told(decks: Path) -> None:
    """An article that is not the one of the release is a warning that says from where on it differs."""
    Path("articles").mkdir()
    article = Path("articles/harbour.txt")
    article.write_text("\n\n".join(f"Paragraph {n}." for n in range(1, 20)), encoding="utf-8")
    run("build")
    edit(article, "Paragraph 7.", "Another seventh.")

    result = run("check")

    assert "warning[OD205]" in result.stdout
    assert "the article of 'harbour' is not the one of the last release: 1 paragraph has other text" in result.stdout


def test_the_library_does_what_the_command_does(decks: Path) -> None:
    """`octdeck.check` and `octdeck.build` are the command's own doors."""
    assert octdeck.check() == ()

    result = octdeck.build(out="elsewhere", now=START)

    assert sorted(path.name for path in result.written) == NAMES
    assert contents(Path("elsewhere"))["kinds.apkg"]
