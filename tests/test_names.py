"""The same bank on Windows, macOS and Linux: names that all can hold, the same bytes, and paths as each writes them."""

import unicodedata
from pathlib import Path, PurePath, PureWindowsPath
from typing import cast

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from octdeck import filenames, report
from octdeck.building import build
from octdeck.cli import main
from octdeck.diagnostics import Diagnostic, Span
from octdeck.project import load
from support import KINDS, START, built, kinds_bank

BANK = "bank: harbours\ntitle: T\nthemes: {t: T}\n"
SEVERAL_LINES = """deck: D
defaults: {themes: [more]}
questions:
  - id: block
    question: |
      One line,
      another
    answer: >
      folded
      text
  - id: quoted
    question: "over
      two lines"
    answer: A
"""


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args, catch_exceptions=False)


def written(folder: Path, *names: str, bank: str = BANK) -> Path:
    """A bank with a deck file of each name."""
    decks = folder / "decks"
    decks.mkdir()
    (decks / "bank.yaml").write_text(bank, encoding="utf-8")
    for number, name in enumerate(names):
        text = f"deck: D{number}\nquestions:\n  - {{id: q{number}, question: Q{number}?, answer: A, themes: t}}\n"
        (decks / name).write_text(text, encoding="utf-8")
    return decks


def told(decks: Path) -> list[str]:
    """What is wrong, less the folder's path."""
    lines = run("check", str(decks), "--format", "concise").stdout.splitlines()[:-1]
    return sorted(line.replace("\\", "/").removeprefix(f"{decks.as_posix()}/") for line in lines)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("con.apkg", "'con' is a device"),
        ("CON.apkg", "'CON' is a device"),
        ("nul.1-A.pdf", "'nul' is a device"),
        ("com1.apkg", "'com1' is a device"),
        ("lpt².apkg", "'lpt²' is a device"),
        ("aux .apkg", "'aux' is a device"),
        ("what?.apkg", "the character ?"),
        ("a:b.apkg", "the character :"),
        ("a\\b.apkg", "the character \\"),
        ("a\tb.apkg", "the character U+0009"),
        ("harbours..apkg", "a dot or a space before its ending"),
        ("harbours .apkg", "a dot or a space before its ending"),
        (" harbours.apkg", "begins with a space"),
        (f"{'x' * 116}.apkg", "too long"),
        (f"{'文' * 66}.apkg", "too long"),
    ],
)
def test_names_that_some_system_cannot_hold(name: str, why: str) -> None:
    """Each of them is refused with the reason."""
    trouble = filenames.trouble(name)

    assert trouble is not None
    assert why in trouble


@pytest.mark.parametrize(
    "name",
    [
        "con-quiz.pdf",
        "console.apkg",
        "com10.apkg",
        "com.apkg",
        "октябрь-1917.apkg",
        "é.apkg",
        "a.b.apkg",
        "x y.apkg",
        "nul-A.pdf",
    ],
)
def test_names_that_every_system_can_hold(name: str) -> None:
    """None of them is refused."""
    assert filenames.trouble(name) is None


@settings(deadline=None)
@given(st.text(min_size=1, max_size=20))
def test_what_a_system_takes_for_one_name(name: str) -> None:
    """However a system changes capitals or takes accents apart, it is the same name; and so it is a second time."""
    same = filenames.same(name)

    for form in ("NFC", "NFD"):
        assert filenames.same(unicodedata.normalize(form, name)) == same
    assert filenames.same(same) == same
    assert filenames.same(name.lower().upper()) == filenames.same(name.upper())


@pytest.mark.parametrize(
    ("names", "findings"),
    [
        (["con.yaml"], ["con.yaml:1:1: OD239 the output 'con.apkg' is no name on Windows, where 'con' is a device"]),
        (["a?.yaml"], ["a?.yaml:1:1: OD239 the output 'a?.apkg' has the character ?, which Windows takes in no name"]),
        ([f"{'x' * 130}.yaml"], [f"{'x' * 130}.yaml:1:1: OD239 the output '{'x' * 39}…' is too long for some systems"]),
        (["end .yaml"], ["end .yaml:1:1: OD239 the output 'end .apkg' has a dot or a space before its ending, which"]),
        (["Bank.yaml"], ["Bank.yaml:1:1: OD239 to some systems, 'Bank.yaml' is the name of bank.yaml"]),
        (
            ["Old.yaml", "old.yaml"],
            ["old.yaml:1:1: OD209 two outputs would have the name 'old.apkg', which to some systems is"],
        ),
        (["old.yaml", "old.yml"], ["old.yml:1:1: OD209 two outputs would have the name 'old.apkg'"]),
        (["\u00e9.yaml", "e\u0301.yaml"], ["\u00e9.yaml:1:1: OD209 two outputs would have the name '\u00e9.apkg'"]),
        (
            ["Stra\u00dfe.yaml", "strasse.yaml"],
            ["strasse.yaml:1:1: OD209 two outputs would have the name 'strasse.apkg', which"],
        ),
    ],
)
def test_deck_files(names: list[str], findings: list[str], tmp_path: Path) -> None:
    """A deck file whose name some system cannot hold, or takes for another's, is told at that file."""
    shown = list(dict.fromkeys(line[: len(findings[0])] for line in told(written(tmp_path, *names))))

    assert shown == findings


def test_ids(tmp_path: Path) -> None:
    """The bank's id and a quiz's are told where they stand; of a released bank, it is a warning, as its id stays."""
    decks = written(tmp_path, "a.yaml", bank=BANK.replace("harbours", "nul") + "quizzes:\n  - {id: con.1, title: Q}\n")
    before = told(decks)
    (decks / "bank.yaml").write_text(BANK.replace("harbours", "nul"), encoding="utf-8")
    lock = "octdeck-lock 1\nbank nul\nquestion q0 main 2023-11-14T22:13:20Z 0123456789abcdef D0\n"
    (decks / "octdeck.lock").write_text(lock, encoding="utf-8")

    assert before == [
        "bank.yaml:1:7: OD239 the output 'nul.apkg' is no name on Windows, where 'nul' is a device",
        "bank.yaml:5:10: OD239 the output 'con.1-A.pdf' is no name on Windows, where 'con' is a device",
    ]
    assert "warning[OD239]" in run("check", str(decks)).stdout
    assert run("check", str(decks)).exit_code == 0


def test_the_name_of_a_quiz_from_the_command_line(tmp_path: Path) -> None:
    """A name given to `octdeck quiz` is refused for the same reasons."""
    decks = written(tmp_path, "a.yaml")

    result = run("quiz", str(decks), "--name", "con.1", "--out", str(tmp_path / "out"))

    assert result.exit_code == 1
    assert "is no name on Windows" in result.stderr
    assert not (tmp_path / "out").exists()


def test_endings_in_capitals(tmp_path: Path) -> None:
    """A deck file called .YAML or .Yml, as some programs on Windows write it, is read like any other."""
    project = load(written(tmp_path, "OLD.YAML", "new.Yml"))

    assert project.bank is not None
    assert [deck.file for deck in project.bank.decks] == ["OLD", "new"]


def test_names_that_macos_takes_apart(tmp_path: Path) -> None:
    """With accents taken apart in its files' names, a bank gives the same outputs, in the same order, to the byte."""
    made = []
    for form in ("NFC", "NFD"):
        folder = tmp_path / form
        folder.mkdir()
        names = [unicodedata.normalize(form, name) for name in ("eb.yaml", "\u00e9a.yaml", "ez.yaml")]
        decks = written(folder, *names)
        built(decks)
        outputs = {path.name: path.read_bytes() for path in (folder / "dist").iterdir()}
        made.append((outputs, (decks / "octdeck.lock").read_bytes()))

    assert made[0] == made[1]
    assert "\u00e9a.apkg" in made[0][0]


@pytest.mark.parametrize("end", [b"\r\n", b"\r"], ids=["crlf", "cr"])
def test_line_ends_change_nothing(end: bytes, tmp_path: Path) -> None:
    """Whatever line ends an editor or git gives deck files, articles and lock file, all outputs are the same bytes."""
    made = []
    article = b"\n\n".join(b"Paragraph %d,\nin two lines." % number for number in range(1, 20))
    for name, ending in (("lf", b"\n"), ("other", end)):
        folder = tmp_path / name
        folder.mkdir()
        decks = kinds_bank(folder)
        (decks / "more.yaml").write_text(SEVERAL_LINES, encoding="utf-8")
        (folder / "articles").mkdir()
        (folder / "articles" / "harbour.txt").write_bytes(article.replace(b"\n", ending))
        for now in (START, START + 1000):
            for path in decks.iterdir():
                path.write_bytes(ending.join(path.read_bytes().splitlines()) + ending)
            result = build(load(decks), folder / "dist", now, ["anki", "pdf", "html", "docx"])
        assert result.release is not None
        assert len(result.release.unchanged) == 16
        outputs = {path.name: path.read_bytes() for path in (folder / "dist").iterdir()}
        made.append((outputs, (decks / "octdeck.lock").read_bytes()))

    assert made[0] == made[1]


def test_paths_are_shown_as_the_system_writes_them() -> None:
    """Findings for people have the paths of their system; those for programs have slashes everywhere."""
    path = cast(Path, PureWindowsPath("decks/old port.yaml"))
    finding = Diagnostic("OD103", "unknown theme", Span(path, 1, 2, 1, 3))

    assert report.concise([finding]) == "decks\\old port.yaml:1:2: OD103 unknown theme\n"
    assert "--> decks\\old port.yaml:1:2" in report.full([finding], {}, report.unpainted)
    assert '"path": "decks/old port.yaml"' in report.as_json([finding])


def test_paths_of_this_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the system at hand, messages have its separator, and JSON, SARIF and GitHub's commands have slashes."""
    monkeypatch.chdir(tmp_path)
    decks = written(tmp_path, "a.yaml")
    (decks / "b c.yaml").write_text("deck: D\nquestions: []\nmore: x\n", encoding="utf-8")
    here, everywhere = str(PurePath("decks", "b c.yaml")), "decks/b c.yaml"

    assert run("check", "--format", "concise").stdout.startswith(f"{here}:3:1: ")
    assert f"--> {here}:3:1" in run("check").stdout
    assert f'"path": "{everywhere}"' in run("check", "--format", "json").stdout
    assert '"uri": "decks/b%20c.yaml"' in run("check", "--format", "sarif").stdout
    assert f"file={everywhere}," in run("check", "--format", "github").stdout


def test_the_kinds_have_safe_names() -> None:
    """The banks that come with octdeck have names that every system can hold."""
    for decks in (KINDS, KINDS.parents[2] / "decks"):
        assert not [d for d in load(decks).diagnostics if d.code in {"OD209", "OD239"}]
