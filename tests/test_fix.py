"""`octdeck check --fix` repairs what has one safe repair, and touches nothing else."""

import json
import re
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import octdeck
from octdeck import mending, repair
from octdeck.cli import main
from octdeck.diagnostics import Diagnostic, Edit, Span
from octdeck.project import load
from octdeck.readers import yaml as reader

BANK = "bank: harbours\ntitle: Harbours\nthemes: {building: Building, trade: Trade, harbour-1: H, harbour-2: H}\n"
DECK = """# Questions on the harbour
deck:   "Harbours "        # the deck
questions:

  - id: cargo
    question: 'What was shipped?  '   # two spaces
    anwser: "Slate"
    'thmes':  [ "tarde", building ]
"""
MENDED = """# Questions on the harbour
deck:   "Harbours"        # the deck
questions:

  - id: cargo
    question: 'What was shipped?'   # two spaces
    answer: "Slate"
    'themes':  [ "trade", building ]
"""


def written(folder: Path, deck: str | bytes = DECK, bank: str = BANK) -> Path:
    decks = folder / "decks"
    decks.mkdir()
    (decks / "bank.yaml").write_text(bank, encoding="utf-8")
    (decks / "deck.yaml").write_bytes(deck.encode() if isinstance(deck, str) else deck)
    return decks


def checked(decks: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["check", str(decks), *options], catch_exceptions=False)


def questions(*lines: str) -> str:
    return "deck: Harbours\nquestions:\n" + "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("end", ["\n", "", "   \n\n# the end"])
def test_the_rest_stays_to_the_byte(mark: bytes, ending: str, end: str, tmp_path: Path) -> None:
    """Keys, themes and spaces are mended within their quotation marks; comments, layout, line ends and BOM stay."""
    before = (DECK.rstrip("\n") + end).replace("\n", ending)
    after = (MENDED.rstrip("\n") + end).replace("\n", ending)
    decks = written(tmp_path, mark + before.encode())

    result = checked(decks, "--fix")

    assert (decks / "deck.yaml").read_bytes() == mark + after.encode()
    assert result.stdout.splitlines() == ["fixed 5 mistakes in 1 file", "no mistakes found"]
    assert result.exit_code == 0
    assert octdeck.check(decks) == ()


def test_themes_of_quizzes_and_keys_of_bank_yaml(tmp_path: Path) -> None:
    """What is wrong in bank.yaml is mended too, and in one run with what that brings to light."""
    bank = BANK.replace("title", "titel") + "quizzes:\n  - {id: q, titel: Q, themes: ['traed'], cuont: 1}\n"
    decks = written(tmp_path, questions("  - {id: a, question: Q, answer: A, themes: trade}"), bank)

    result = checked(decks, "--fix")

    wanted = BANK + "quizzes:\n  - {id: q, title: Q, themes: ['trade'], count: 1}\n"
    assert (decks / "bank.yaml").read_text(encoding="utf-8") == wanted
    assert result.stdout.splitlines() == ["fixed 4 mistakes in 1 file", "no mistakes found"]


@pytest.mark.parametrize(
    "line",
    [
        "  - {id: a, question: Q, answer: A, anwser: B, themes: trade}",  # the right key is there
        "  - {id: a, question: Q, anwser: A, answr: B, themes: trade}",  # two would become one
        "  - {id: a, question: Q, answer: A, distractors: [B], typd: true, themes: trade}",  # does not go with it
        "  - {id: a, question: Q, answer: A, themes: harbour-3}",  # another number is another word
        "  - {id: a, question: Q, answer: A, themes: harbour}",  # two themes are equally near
        "  - {id: a, question: Q, answer: A, themes: [tarde, trade]}",  # the right theme is there
        "  - {id: a, question: Q, answer: A, themes: barter}",  # nothing is near
        "  - {id: a, question: Q, answer: A, tehems: trade}",  # more than one slip
        '  - {id: a, question: Q, answer: A, themes: "t\\x61rde"}',  # not written as it reads
        '  - {id: a, question: Q, pairs: {"a ": x, "a": y, b: z, c: w}, themes: trade}',  # would be there twice
        '  - {id: a, question: "Q\\x20", answer: "A\\ ", themes: trade}',  # spaces on purpose
    ],
)
def test_what_is_not_safe_stays(line: str, tmp_path: Path) -> None:
    """Nothing is guessed: with two ways to mend it, or a reason against it, the file stays as it was."""
    decks = written(tmp_path, questions(line))
    before = checked(decks, "--format", "concise").stdout

    result = checked(decks, "--fix", "--format", "concise")

    assert (decks / "deck.yaml").read_text(encoding="utf-8") == questions(line)
    assert result.stdout == before
    assert "fix" not in before


def test_a_key_that_makes_the_kind(tmp_path: Path) -> None:
    """A misspelt key is mended to one that makes another kind of question of it, if that is then right."""
    decks = written(tmp_path, questions("  - {id: a, question: Q, ordr: [x, y, z], themes: trade}"))

    checked(decks, "--fix")

    assert octdeck.check(decks) == ()


def test_what_is_left_is_reported(tmp_path: Path) -> None:
    """After the repairs the rest is reported with the lines as they are now, and decides the exit status."""
    decks = written(tmp_path, DECK.replace("building ]", "barter ]"))

    result = checked(decks, "--fix", "--format", "concise")

    assert result.exit_code == 1
    assert result.stdout.replace("\\", "/").endswith(
        "decks/deck.yaml:8:27: OD103 unknown theme 'barter'\n1 error in 1 file\n"
    )


def test_json_stays_json(tmp_path: Path) -> None:
    """What was done is told beside the findings where a program reads these."""
    decks = written(tmp_path)

    result = checked(decks, "--fix", "--format", "json")

    assert json.loads(result.stdout) == []
    assert result.stderr == "fixed 5 mistakes in 1 file\n"


def test_diff_writes_nothing(tmp_path: Path) -> None:
    """`--diff`, also with --fix, shows what would change, as a patch does, and the exit status is that of check."""
    decks = written(tmp_path, DECK.rstrip("\n"))

    for options in (("--diff",), ("--fix", "--diff")):
        result = checked(decks, *options)

        assert (decks / "deck.yaml").read_text(encoding="utf-8") == DECK.rstrip("\n")
        lines = result.stdout.splitlines()
        assert [line[4:].replace("\\", "/") for line in lines[:2]] == [(decks / "deck.yaml").as_posix()] * 2
        assert '-    anwser: "Slate"' in lines
        assert '+    answer: "Slate"' in lines
        assert lines[-1] == "\\ No newline at end of file"
        assert result.stderr == "--fix would repair 5 mistakes in 1 file\n"
        assert result.exit_code == 1


def test_nothing_to_repair(tmp_path: Path) -> None:
    """A bank without mistakes is not written at all."""
    decks = written(tmp_path, MENDED)
    before = (decks / "deck.yaml").stat().st_mtime_ns

    result = checked(decks, "--fix")

    assert result.stdout == "no mistakes found\n"
    assert (decks / "deck.yaml").stat().st_mtime_ns == before


def test_permissions_stay(tmp_path: Path) -> None:
    """A mended file may be read and written by whom it could be before."""
    decks = written(tmp_path)
    (decks / "deck.yaml").chmod(0o640)

    checked(decks, "--fix")

    assert stat.S_IMODE((decks / "deck.yaml").stat().st_mode) == 0o640
    assert sorted(path.name for path in decks.iterdir()) == ["bank.yaml", "deck.yaml"]


def test_links(tmp_path: Path) -> None:
    """A link to a file in the bank stays a link, its file is mended; one that leads out of the bank is refused."""
    decks = written(tmp_path, MENDED)
    (decks / "deck.yaml").unlink()
    (decks / "real").mkdir()
    (decks / "real" / "deck.txt").write_text(DECK, encoding="utf-8")
    (decks / "deck.yaml").symlink_to("real/deck.txt")

    checked(decks, "--fix")

    assert (decks / "deck.yaml").is_symlink()
    assert (decks / "real" / "deck.txt").read_text(encoding="utf-8") == MENDED

    outside = tmp_path / "outside.yaml"
    outside.write_text(DECK, encoding="utf-8")
    (decks / "other.yaml").symlink_to(outside)

    result = checked(decks, "--fix")

    assert result.exit_code == 1
    assert "leads out of" in result.stderr
    assert outside.read_text(encoding="utf-8") == DECK


def test_a_file_that_changes_meanwhile(tmp_path: Path) -> None:
    """What somebody saved between reading and writing is not overwritten."""
    decks = written(tmp_path)
    mended = mending.mend(load(decks))
    (decks / "deck.yaml").write_text("deck: New\nquestions: []\n", encoding="utf-8")

    with pytest.raises(octdeck.OctdeckError, match="changed while it was being checked"):
        mending.write(mended)
    assert (decks / "deck.yaml").read_text(encoding="utf-8") == "deck: New\nquestions: []\n"


def test_overlapping_edits() -> None:
    """Of edits that overlap, the first in the file is done and counted; the same edit twice is one."""
    path = Path("deck.yaml")

    def finding(start: int, end: int, text: str) -> Diagnostic:
        span = Span(path, 1, start, 1, end)
        return Diagnostic("OD101", "", span, fix=Edit(span, text))

    found = [finding(3, 5, "X"), finding(1, 4, "Y"), finding(1, 4, "Y"), finding(6, 6, "+"), finding(5, 6, "")]

    assert repair.repaired({path: "abcdefg"}, found) == ({path: "Yd+fg"}, 3)
    assert repair.repaired({Path("other.yaml"): "abcdefg"}, found) == ({}, 0)


slips = st.sampled_from(["anwser", "answr", "answer", "Answer", '"answer "', '"anwser"', "'answre'"])
themes = st.sampled_from(["tarde", '"trade "', "trade", "' tarde'", "bulding", '"b\\x75lding"', "barter"])
texts = st.sampled_from(
    ["slate", '"  slate"', "'slate '", '" sla\n      te "', "|\n      slate\n", '"é\u2028 x "', '"\\ "']
)
gaps = st.sampled_from(["", "   # why: 'so'", '\n\n    # "x "', "  "])


@st.composite
def decks(draw: st.DrawFn) -> str:
    """A deck file with mistakes of all sorts, comments and blank lines."""
    lines = ["# begin ", f"deck: {draw(st.sampled_from(['D', chr(34) + 'D ' + chr(34)]))}{draw(gaps)}", "questions:"]
    for number in range(draw(st.integers(0, 4))):
        lines += [
            f"  - id: q{number}{draw(gaps)}",
            f"    question: {draw(texts)}{draw(gaps)}",
            f"    {draw(slips)}: {draw(texts)}{draw(gaps)}",
            f"    themes: [{draw(themes)}, {draw(themes)}]{draw(gaps)}",
        ]
    return draw(st.sampled_from(["\n", "\r\n"])).join("\n".join(lines).split("\n"))


@given(decks())
def test_only_what_is_named_changes(text: str) -> None:
    """Between the spans of the repairs every character stays; what was repaired is found no more, nothing new comes."""
    path = Path("deck.yaml")
    _, found = reader.read((Path("bank.yaml"), BANK.encode()), [(path, text.encode())])

    changed, count = repair.repaired({path: text}, found)
    after = changed.get(path, text)

    fixes = sorted({finding.fix for finding in found if finding.fix}, key=lambda fix: fix.span)
    starts = [0, *(match.end() for match in re.finditer("\r\n|[\n\r\x85\u2028\u2029]", text))]
    rest, at, last = after, 0, (0, 0)
    for fix in fixes:
        span = fix.span
        if (span.line, span.column) < last:
            continue  # it overlaps with the one before
        last = span.end_line, span.end_column
        kept = text[at : starts[span.line - 1] + span.column - 1] + fix.text
        assert rest.startswith(kept)
        rest, at = rest[len(kept) :], starts[span.end_line - 1] + span.end_column - 1
    assert rest == text[at:]
    assert count <= len(fixes)

    for _ in range(10):
        _, found = reader.read((Path("bank.yaml"), BANK.encode()), [(path, after.encode())])
        changed, count = repair.repaired({path: after}, found)
        after = changed.get(path, after)
    assert not count
    assert not [finding for finding in found if finding.fix]
    assert not [finding for finding in found if finding.code.startswith("OD0")]
