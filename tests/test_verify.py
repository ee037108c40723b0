"""`octdeck verify`: what it proves, what it finds, and that it finds what is broken."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from octdeck import notes, notetypes, proof, rehearsal
from octdeck.building import next_package
from octdeck.cli import main
from octdeck.notetypes import NoteType
from octdeck.project import load
from octdeck.proof import CLAIMS, Claim, Finding
from octdeck.student import HeldNote, Rehearsal
from octdeck.writers import anki
from support import KINDS, START, YEAR, built, edit, kinds_bank


@pytest.fixture
def decks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The bank with every kind of question, in the current folder, released a year ago."""
    monkeypatch.chdir(tmp_path)
    decks = kinds_bank(tmp_path)
    built(decks)
    return decks


def verify(*arguments: str, now: int = START + YEAR) -> Result:
    return CliRunner().invoke(main, ["verify", *arguments], env={"SOURCE_DATE_EPOCH": str(now)})


def report(*arguments: str, now: int = START + YEAR) -> dict[str, dict[str, list[str]]]:
    """What `verify` finds, as `claim: {outcome: [path:line question]}`."""
    found: dict[str, dict[str, list[str]]] = {}
    for finding in json.loads(verify(*arguments, "--format", "json", now=now).stdout)["findings"]:
        where = f"{Path(finding['path']).as_posix()}:{finding['line']} {finding['question']}"
        found.setdefault(finding["claim"], {}).setdefault(finding["outcome"], []).append(where)
    return found


def line(path: Path, text: str) -> int:
    """The line of the file that holds `text`, which stands in one alone."""
    (number,) = [n for n, row in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1) if text in row]
    return number


def package(decks: Path, note_types: tuple[NoteType, ...], stamp: int = START) -> Path:
    """A release of the bank as an octdeck with other note types makes it."""
    bank = load(decks).bank
    assert bank is not None
    path = decks.parent / "other.apkg"
    path.write_bytes(anki.write(bank, notes.of_bank(bank), lambda _: stamp, note_types))
    return path


def test_a_release_without_a_change_is_proved(decks: Path) -> None:
    """The release that is in dist/ is tried by default, all claims hold, and the exit status is 0."""
    result = verify()

    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].endswith(
        ": dist/kinds.apkg, then the next release (0 new, 0 changed, 14 unchanged)"
    )
    assert all(f"proved  {says}" in result.stdout for says in CLAIMS.values())
    assert result.stdout.endswith("\nall is proved\n")


def test_nothing_is_written(decks: Path) -> None:
    """Bank, lock file and dist/ are to the byte what they were, though the next release differs."""
    edit(decks / "forms.yaml", "The **harbour master**", "The bishop")
    before = {path: path.read_bytes() for path in decks.parent.rglob("*") if path.is_file()}

    verify()

    assert {path: path.read_bytes() for path in decks.parent.rglob("*") if path.is_file()} == before


def test_the_last_release_may_be_elsewhere(decks: Path) -> None:
    """`--out` names the folder where the packages are, as it does for a build."""
    (decks.parent / "dist").rename(decks.parent / "released")

    assert verify().exit_code == 1
    assert verify("--out", "released").exit_code == 0


def test_a_first_release_is_proved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything was released, the first import is tried, and importing the same again."""
    monkeypatch.chdir(tmp_path)
    kinds_bank(tmp_path)

    result = verify()

    assert result.exit_code == 0
    assert "the first release, then the same again (14 new, 0 changed, 0 unchanged)" in result.stdout


def test_changes_that_cost_nothing_are_proved(decks: Path) -> None:
    """Text, answers, options, tags and kind of question change, and a question is added: all claims hold."""
    edit(decks / "forms.yaml", "The **harbour master**\n    themes: [forms]", "The bishop\n    themes: [more]")
    edit(
        decks / "forms.yaml",
        "answer: Cormorant\n    typed: true\n    accept: [the cormorant, Phalacrocorax]",
        "answer: Cormorant\n    distractors: [Gull, Tern]",
    )
    edit(decks / "forms.yaml", "[Dredging, Piling, Paving]", "[Piling, Dredging, Paving, Lighting]")
    edit(decks / "forms.yaml", "questions:\n", "questions:\n  - {id: added, question: Q, answer: A, themes: forms}\n")

    result = verify()

    assert result.exit_code == 0
    assert "(1 new, 3 changed, 11 unchanged)" in result.stdout
    assert result.stdout.endswith("\nall is proved\n")


def test_pictures_are_proved(decks: Path) -> None:
    """A question that gets a picture, and then another one of the same name, has it in the student's collection."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9H0z" fill="blue"/></svg>'
    (decks / "map.svg").write_text(svg, encoding="utf-8")
    edit(
        decks / "forms.yaml",
        "statement: The harbour never froze.",
        "statement: It never froze.\n    image: map.svg\n    alt: A map",
    )

    assert "(0 new, 1 changed, 13 unchanged)" in (first := verify()).stdout
    built(decks, START + 10)
    (decks / "map.svg").write_text(svg.replace("blue", "red"), encoding="utf-8")

    assert "(0 new, 1 changed, 13 unchanged)" in (second := verify()).stdout
    assert (first.exit_code, second.exit_code) == (0, 0)


def test_what_students_keep_or_lose_is_told_at_its_line(decks: Path) -> None:
    """Withdrawn and moved questions are expected; what became a gap text, went away or lost a card has its cost."""
    deck = decks / "forms.yaml"
    text = deck.read_text(encoding="utf-8")
    start, end = text.index("  - id: statement"), text.index("  - id: gaps")
    deck.write_text(text[:start] + text[end:], encoding="utf-8")
    edit(
        deck,
        "question: Who kept the *old* lighthouse?\n    answer: The **harbour master**",
        'cloze: "The {{c1::harbour master}} kept it."',
    )
    edit(deck, "    reverse: true\n", "")
    edit(deck, "{{c2::north}}", "north")
    edit(deck, "    cites: 10\n", "    cites: 10\n    retired: true\n")
    edit(deck, "    cites: 16\n    retired: true\n", "    cites: 16\n")
    edit(deck, "Kinds::All of them", "Kinds::Moved")

    found = report()

    short, second, gaps, withdrawn, back = (
        f"decks/forms.yaml:{line(deck, f'id: {name}')} {name}"
        for name in ("short", "reversed", "gaps", "fixed", "withdrawn")
    )
    gone = f"decks/octdeck.lock:{line(decks / 'octdeck.lock', 'question statement ')} statement"
    assert found == {
        "found": {"cost": [short, gone]},
        "tags": {"expected": [withdrawn, back]},
        "cards": {"cost": [second, gaps], "expected": [f"decks/forms.yaml:{line(deck, 'id: typed')} typed"]},
    }
    assert verify().exit_code == 0
    assert verify("--strict").exit_code == 1
    assert "proved, at a cost to students in 4 places" in verify().stdout


def test_a_release_that_is_no_newer_fails(decks: Path) -> None:
    """Where the lock file is lost and the clock wrong, Anki takes no correction, and that is said at the question."""
    edit(decks / "forms.yaml", "The **harbour master**\n    themes: [forms]", "The bishop\n    themes: [more]")
    (decks / "octdeck.lock").unlink()

    result = verify(now=START - 1)

    where = f"decks/forms.yaml:{line(decks / 'forms.yaml', 'id: short')}:9"
    assert result.exit_code == 1
    assert (
        f"{where}: failed: 'short': students keep the old text: to Anki, this release of it is no newer"
        in result.stdout
    )
    assert f"{where}: failed: 'short': students keep the old tags" in result.stdout
    assert "hint: take octdeck.lock back from version control, or run 'octdeck lock --from'" in result.stdout
    assert result.stdout.endswith("\nnot proved: 2 of 13 claims failed\n")


def test_a_lost_lock_file_fails(decks: Path) -> None:
    """Without the lock file everything is stamped anew, and would overwrite what students have written themselves."""
    (decks / "octdeck.lock").unlink()

    result = verify()

    assert list(report()) == ["untouched"]
    assert result.exit_code == 1
    assert "  … and 4 more; --format json lists them all" in result.stdout


def test_another_number_of_cards_is_a_conflict(decks: Path) -> None:
    """After a release whose note type had a template less, no update would arrive; verify says so at each question."""
    fewer = tuple(replace(kind, templates=kind.templates[:2]) for kind in notetypes.released())

    found = report("--from", str(package(decks, fewer)))

    assert len(found["conflicts"]["failed"]) == 13
    assert f"decks/forms.yaml:{line(decks / 'forms.yaml', 'id: gaps')} gaps" not in found["conflicts"]["failed"]


def test_a_newer_look_is_not_taken_back(decks: Path) -> None:
    """If a newer octdeck made the last release, students keep its look, and verify says to update."""
    newer = tuple(replace(kind, style="b { }", changed=kind.changed + 1) for kind in notetypes.released())

    result = verify("--from", str(package(decks, newer)))

    assert result.exit_code == 1
    assert "students keep another look of the note type 'octdeck cloze'" in result.stdout
    assert "hint: update octdeck" in result.stdout


def test_an_older_look_is_brought_up_to_date(decks: Path) -> None:
    """Of a release by an older octdeck, every card gets the new look, and no review is lost."""
    older = tuple(replace(kind, style="b { }", changed=kind.changed - 1) for kind in notetypes.released())

    result = verify("--from", str(package(decks, older)))

    assert result.exit_code == 0


def test_colour_is_for_terminals(decks: Path) -> None:
    """Failures stand out where colour is asked for, and elsewhere the text has none."""
    assert "\x1b[" in verify("--color").stdout
    assert "\x1b[" not in verify().stdout


def test_json(decks: Path) -> None:
    """`--format json` has the verdict, what was tried, each claim with its outcome, and each finding with its place."""
    edit(decks / "forms.yaml", "    reverse: true\n", "")

    data = json.loads(verify("--format", "json").stdout)

    assert {key: data[key] for key in ("proved", "last", "release", "cards")} == {
        "proved": True,
        "last": "dist/kinds.apkg",
        "release": {"new": 0, "changed": 1, "unchanged": 13},
        "cards": 16,
    }
    assert {claim["claim"]: claim["outcome"] for claim in data["claims"]} == {
        claim: "cost" if claim == "cards" else "proved" for claim in CLAIMS
    }
    (finding,) = data["findings"]
    assert (finding["claim"], finding["outcome"], finding["question"]) == ("cards", "cost", "reversed")
    assert (finding["path"], finding["line"], finding["column"]) == ("decks/forms.yaml", 29, 9)
    assert finding["message"].startswith("its card 'Reverse' is blank")
    assert finding["hint"]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda decks: (decks.parent / "dist" / "kinds.apkg").write_bytes(b"PK"), "dist/kinds.apkg is no Anki package"),
        (lambda decks: (decks.parent / "dist" / "kinds.apkg").unlink(), "its package dist/kinds.apkg is not there"),
        (lambda decks: edit(decks / "bank.yaml", "bank: kinds", "bank: others"), "the bank's id was 'kinds'"),
    ],
)
def test_what_cannot_be_tried_is_said(decks: Path, spoil: Callable[[Path], object], message: str) -> None:
    """A last release that is broken or lost, or a bank with errors, ends in exit status 1 with what is wrong."""
    spoil(decks)

    result = verify()

    assert result.exit_code == 1
    assert message in result.stderr
    assert "hint: " in result.stderr
    assert result.stdout == ""


def test_a_package_of_another_bank_is_refused(decks: Path) -> None:
    """`--from` with a package that has no question of the bank says so."""
    edit(decks / "bank.yaml", "bank: kinds", "bank: others")
    (decks / "octdeck.lock").unlink()

    result = verify("--from", "dist/kinds.apkg")

    assert result.exit_code == 1
    assert "dist/kinds.apkg has no question of the bank 'others'" in result.stderr


def test_without_anki_it_says_how_to_get_it(decks: Path) -> None:
    """Where Anki is not installed, verify ends in one line and the command that installs it."""
    code = "import sys; sys.modules['anki'] = None; from octdeck.cli import main; main(['verify'])"

    result = subprocess.run([sys.executable, "-c", code], cwd=decks.parent, capture_output=True, text=True, check=False)

    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        "octdeck: verify needs the real Anki, which is not installed",
        "  hint: run: python -m pip install 'octdeck[verify]' (in a copy of octdeck's folder, '.[verify]')",
    ]


# --- each claim can fail ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Rehearsal:
    """A rehearsal in which all went well."""
    folder = tmp_path_factory.mktemp("rehearsal")
    project = load(kinds_bank(folder))
    path = folder / "kinds.apkg"
    path.write_bytes(next_package(project, START)[1])
    return rehearsal.rehearse(path, path, folder, fsrs=True)


def proved(seen: Rehearsal) -> list[Finding]:
    bank = load(KINDS).bank
    assert bank is not None
    wanted = notes.of_bank(bank)
    return proof.prove(seen, wanted, notetypes.released(), {note.guid: note.key for note in wanted})


def note(change: Callable[[HeldNote], HeldNote]) -> Callable[[Rehearsal], Rehearsal]:
    """Make of the student's first note, after the update, what `change` makes of it."""

    def changed(seen: Rehearsal) -> Rehearsal:
        first, *rest = seen.updated.notes
        return replace(seen, updated=replace(seen.updated, notes=(change(first), *rest)))

    return changed


def card(**values: object) -> Callable[[Rehearsal], Rehearsal]:
    """Give the card of the first note, after the update, other values."""
    return note(lambda held: replace(held, cards=(replace(held.cards[0], **values),)))


def other_style(seen: Rehearsal) -> Rehearsal:
    types = {id_: replace(held, style="b { }") for id_, held in seen.updated.note_types.items()}
    return replace(seen, updated=replace(seen.updated, note_types=types))


def one_review_less(seen: Rehearsal) -> Rehearsal:
    first = seen.updated.notes[0].cards[0].id
    return replace(seen, updated=replace(seen.updated, reviews={**seen.updated.reviews, first: ()}))


def one_note_less(seen: Rehearsal) -> Rehearsal:
    return replace(seen, updated=replace(seen.updated, notes=seen.updated.notes[1:]))


def one_note_twice(seen: Rehearsal) -> Rehearsal:
    return replace(seen, updated=replace(seen.updated, notes=(*seen.updated.notes, seen.updated.notes[0])))


def test_a_good_rehearsal_has_no_findings(seen: Rehearsal) -> None:
    """What Anki shows of a good release proves all claims."""
    assert proved(seen) == []


@pytest.mark.parametrize(
    ("spoil", "claim", "message"),
    [
        (one_note_less, "found", "after the import it is not there"),
        (one_note_twice, "found", "after the import it is there 2 times"),
        (lambda seen: replace(seen, found=13), "found", "should hold 14 questions, and Anki found 13"),
        (lambda seen: replace(seen, conflicting=2), "conflicts", "2 notes to be in conflict"),
        (note(lambda held: replace(held, type_id=1_469_318_266_789)), "conflicts", "never updates it again"),
        (note(lambda held: replace(held, stamp=held.stamp + 1, fields=("?",))), "text", "made other text of it"),
        (note(lambda held: replace(held, stamp=held.stamp + 1, tags=frozenset())), "tags", "made other tags of it"),
        (other_style, "look", "another look of the note type 'octdeck'"),
        (card(empty=True), "cards", "its card is blank"),
        (card(position=1), "cards", "its card is not there"),
        (card(id=1, deck="Default", schedule=(0,)), "cards", "its card came into the deck 'Default'"),
        (card(id=1), "reviews", "a card of it is gone, with its reviews"),
        (one_review_less, "reviews", "its reviews are not what they were"),
        (card(schedule=(2, 2, 0)), "schedule", "its cards are not due when they were"),
        (card(id=1, schedule=(2,)), "schedule", "its new card does not begin as a new one"),
        (note(lambda held: replace(held, stamp=held.stamp + 1)), "untouched", "is stamped as new"),
        (lambda seen: replace(seen, own_changed=("notes",)), "own", "the student's own notes are not what they were"),
        (lambda seen: replace(seen, missing=("map.png",)), "media", "the file 'map.png' is not there"),
        (lambda seen: replace(seen, integrity="Fixed 2 cards"), "integrity", "Fixed 2 cards"),
        (lambda seen: replace(seen, again=3), "again", "Anki takes 3 questions for changed again"),
    ],
)  # fmt: skip
def test_what_is_broken_is_found(
    seen: Rehearsal, spoil: Callable[[Rehearsal], Rehearsal], claim: Claim, message: str
) -> None:
    """Whatever of it goes wrong, the claim that it belongs to fails, with what happened."""
    found = [finding for finding in proved(spoil(seen)) if finding.outcome == "failed"]

    assert claim in {finding.claim for finding in found}
    assert any(message in finding.message for finding in found)
    assert all(finding.hint for finding in found)
