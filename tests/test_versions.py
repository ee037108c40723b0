"""What goes with the versions of a quiz: all of them in one PDF for the copier, and the table to enter marks by."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from octdeck.bank import arrange
from octdeck.cli import main
from octdeck.questions import Match
from support import edit, kinds_bank
from test_paper import pages


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return kinds_bank(tmp_path)


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args, catch_exceptions=False)


def footers(sheets: list[str]) -> list[str]:
    return [page.rstrip().rpartition("\n")[2] for page in sheets]


@pytest.mark.parametrize("layout", ["standard", "large", "spaced", "two-column"])
def test_all_versions_in_one_file(folder: Path, layout: str) -> None:
    """With --together one PDF holds what the versions' own PDFs hold, page by page, each from a front page."""
    options = ["--versions", "3", "--layout", layout]
    assert run("quiz", *options, "--together").exit_code == 0
    assert run("quiz", *options, "--name", "each").exit_code == 0

    whole = pages(Path("dist/quiz-all.pdf").read_bytes())
    each = [pages(Path(f"dist/each-{letter}.pdf").read_bytes()) for letter in "ABC"]
    expected: list[str] = []
    for version in each:
        expected += [""] * (len(expected) % 2) + version

    assert whole == expected
    assert not Path("dist/quiz-A.pdf").exists()


def test_an_odd_last_page_has_an_empty_back(folder: Path) -> None:
    """A version that ends on a front page leaves its back empty, without even a footer."""
    assert run("quiz", "--versions", "2", "--count", "2", "--together").exit_code == 0

    first, back, second = pages(Path("dist/quiz-all.pdf").read_bytes())

    assert back == ""
    assert "Version A" in first
    assert "Version B" in second


def test_together_in_the_bank(folder: Path) -> None:
    """`together` in bank.yaml makes one PDF too; other formats still have a file for each version."""
    edit(folder / "bank.yaml", "    seed: 7\n", "    seed: 7\n    together: true\n    to: [pdf, html]\n")
    assert run("build").exit_code == 0

    made = {path.name for path in Path("dist").glob("mixed-*")}

    assert made == {"mixed-all.pdf", "mixed-key.pdf", "mixed-A.html", "mixed-B.html", "mixed-key.html"}
    assert PdfReader("dist/mixed-all.pdf").metadata is not None


def test_the_table_of_marks(folder: Path) -> None:
    """Each number of each version has a line, with the question and answer that the key has there."""
    assert run("quiz", "--versions", "2", "--to", "csv,pdf").exit_code == 0

    with Path("dist/quiz-marks.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    key = " ".join(" ".join(pages(Path("dist/quiz-key.pdf").read_bytes())).split())

    by_version = {letter: [row for row in rows if row["version"] == letter] for letter in "AB"}
    assert [row["number"] for row in by_version["A"]] == [str(n + 1) for n in range(len(by_version["B"]))]
    assert {row["question"] for row in by_version["A"]} == {row["question"] for row in by_version["B"]}
    assert [row["question"] for row in by_version["A"]] != [row["question"] for row in by_version["B"]]
    for row in rows:
        assert row["question"] in key
        assert row["answer"]


def test_no_formula_for_a_spreadsheet(folder: Path) -> None:
    """An answer that a spreadsheet would run as a formula stands in the table as text."""
    added = "questions:\n  - {id: sum, question: What does the cell hold?, answer: '=1+1', themes: [forms]}\n"
    edit(folder / "forms.yaml", "questions:\n", added)
    assert run("quiz", "--id", "sum", "--to", "csv").exit_code == 0

    with Path("dist/quiz-marks.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)

    assert row["answer"] == "'=1+1"


@given(st.integers(2, 6), st.integers(0, 4), st.integers(0, 10_000))
def test_a_match_never_comes_solved(pairs: int, distractors: int, seed: int) -> None:
    """The rights of a match never stand in the order of their lefts, whatever stands among them."""
    if pairs + distractors < 3:
        distractors = 1
    question = Match(
        id="m",
        themes=("t",),
        question="Match",
        pairs={f"left {n}": f"right {n}" for n in range(pairs)},
        distractors=tuple(f"none {n}" for n in range(distractors)),
    )

    mixed = arrange(question, str(seed))

    assert sorted(mixed) == sorted(question.rights)
    assert [text for text in mixed if text in question.pairs.values()] != list(question.pairs.values())
