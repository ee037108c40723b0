"""Each code has a page, made from the docstring of what finds it; the examples of the pages are run."""

import os
import re
from pathlib import Path

import pytest

import octdeck
from octdeck import explain
from octdeck.building import build_quiz
from octdeck.codes import Page
from octdeck.diagnostics import Diagnostic
from octdeck.project import load
from octdeck.settings import Quiz
from support import ROOT

PAGES = explain.pages()
BANK = "bank: harbours\ntitle: Harbours\nthemes: {building: Building, trade: Trade}\n"
_FILE = re.compile(r"^# ([\w./-]+\.\w+)(?: \((\S+)\))?\n", re.MULTILINE)


def written(example: str, folder: Path) -> Path:
    """The bank of an example, in `folder`: the files it names, or a deck of the questions that it lists."""
    (folder / "decks").mkdir()
    (folder / "decks" / "bank.yaml").write_text(BANK, encoding="utf-8")
    before, *named = _FILE.split(example)
    if not named:
        named, before = ["deck.yaml", "", f"deck: Harbours\nquestions:\n{before}\n"], ""
    assert not before.strip()
    for name, encoding, text in zip(named[::3], named[1::3], named[2::3], strict=True):
        path = folder / name if name.startswith("articles/") else folder / "decks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode(encoding or "utf-8"))
    return folder / "decks"


def found(page: Page, example: str, folder: Path) -> tuple[Diagnostic, ...]:
    """What is wrong in an example; of what a format cannot hold, when cards are made of it too."""
    decks = written(example, folder)
    if not page.code.startswith("OD4"):
        return octdeck.check(decks)
    project = load(decks)
    if project.failed:
        return project.diagnostics
    return (*project.diagnostics, *build_quiz(project, Quiz(id="q", title="Q"), folder, ["cards"]).diagnostics)


# Where a paragraph moved or changed, the article as a whole did.
BESIDE = {"OD217": {"OD205"}, "OD218": {"OD205"}}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_failing_example_fails(page: Page, tmp_path: Path) -> None:
    """It has the finding that its page is about, with the severity that the page tells, and none but what must be."""
    findings = [
        finding for finding in found(page, page.fails, tmp_path) if finding.code not in BESIDE.get(page.code, ())
    ]

    assert {(finding.code, finding.severity) for finding in findings} == {(page.code, page.severity)}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_passing_example_passes(page: Page, tmp_path: Path) -> None:
    """Nothing is found in it."""
    assert found(page, page.passes, tmp_path) == ()


def test_every_code_has_a_page() -> None:
    """There is a page for each code that the program can print, and for no other."""
    used = {
        code for path in (ROOT / "src").rglob("*.py") for code in re.findall(r'"(OD\d{3})"', path.read_text("utf-8"))
    }

    assert sorted(used) == list(PAGES)


def test_the_pages_in_docs_are_current() -> None:
    """docs/codes/ holds the pages as the docstrings make them, and an index; `make golden` writes them."""
    folder = ROOT / "docs" / "codes"
    wanted = {"README.md": explain.index(PAGES.values())}
    wanted |= {f"{code}.md": explain.as_markdown(page) for code, page in PAGES.items()}
    if os.environ.get("UPDATE_GOLDEN"):
        folder.mkdir(exist_ok=True)
        for path in folder.iterdir():
            path.unlink()
        for name, text in wanted.items():
            (folder / name).write_text(text, encoding="utf-8")

    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == wanted
