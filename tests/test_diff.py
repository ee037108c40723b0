"""`octdeck diff` says what a release does to students; the real Anki is asked whether that is so."""

import json
import re
import shutil
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from octdeck import fieldtext
from octdeck.cli import main
from octdeck.difference import Danger, Status
from octdeck.wordwise import Stretch, compared, compared_parts
from support import ROOT, START, YEAR, built, edit, kinds_bank, student


@pytest.fixture
def decks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The bank with every kind of question, released into the working directory's `dist`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(START + YEAR))
    decks = kinds_bank(tmp_path)
    built(decks)
    return decks


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args, catch_exceptions=False)


def as_data(*args: str) -> Any:
    return json.loads(run("diff", "--format", "json", *args).stdout)


def change(decks: Path) -> None:
    """One of everything that can happen to a question."""
    forms = decks / "forms.yaml"
    edit(forms, "The **harbour master**", "The pilot, once the *harbour master*")
    edit(forms, "[The whaler, The frigate]", "[The whaler, The tug]")
    edit(forms, "answer: Cormorant\n    typed: true", "answer: Cormorant\n    typed: false")
    edit(forms, "    accept: [the cormorant, Phalacrocorax]\n    themes: [forms, more]", "    themes: [forms]")
    edit(forms, "- id: sequence", "- id: works")
    edit(
        forms,
        'cloze: "The {{c1::beacon::light}} stood on the {{c2::north}} pier, *before the {{c1::storm}}*."',
        "statement: S\n    answer: true",
    )
    edit(forms, "    cites: 11\n", "    cites: 11\n    retired: true\n")
    edit(forms, "    cites: 16\n    retired: true\n", "    cites: 16\n")
    text = forms.read_text("utf-8")
    match = text[text.index("  - id: roles") : text.index("  - id: judgement")]
    forms.write_text(text[: text.index("  - id: hostile")].replace(match, ""), "utf-8")
    new = '  - id: fresh\n    question: "What is new?"\n    answer: This\n    themes: [more]\n'
    other = f'deck: "Kinds::Others"\nquestions:\n{new}\n{match.replace("cites: 14", "cites: {harbour: 14}")}'
    (decks / "others.yaml").write_text(other, encoding="utf-8")


def test_nothing_changed(decks: Path) -> None:
    """A release of the same files is no danger and changes nothing, by the package and by the lock alone."""
    by_package, by_lock = run("diff"), run("diff", "--out", "elsewhere")

    assert (by_package.exit_code, by_lock.exit_code) == (0, 0)
    assert by_package.stdout.endswith("14 unchanged; no danger\n")
    assert by_lock.stdout.endswith("14 unchanged; no danger\n")
    assert "octdeck.lock tells of no texts" in by_lock.stdout


def test_nothing_was_released(decks: Path) -> None:
    """Before the first release, all questions are new."""
    (decks / "octdeck.lock").unlink()
    shutil.rmtree("dist")

    result = run("diff")

    assert result.exit_code == 0
    assert result.stdout == "new: 14\n" + result.stdout[8:]
    assert "nothing was released yet: all 14 questions are new" in result.stdout
    assert as_data()["before"] == {"source": "nothing", "path": None, "released": None}


def test_everything_that_can_happen(decks: Path) -> None:
    """Each question is told in its group, at its line, with what changes in it; docs/releases.md shows it all."""
    change(decks)

    result = run("diff")

    assert result.exit_code == 3
    (shown,) = re.findall(r"```text\n(.*?)```", (ROOT / "docs" / "releases.md").read_text("utf-8"), re.DOTALL)
    assert result.stdout.replace("\\", "/") == shown


def test_by_the_lock_alone(decks: Path) -> None:
    """Without the package the same is told, a changed id too where the text is the same, but no texts."""
    change(decks)
    by_package, by_lock = as_data(), as_data("--out", "elsewhere")

    assert by_lock["before"]["source"] == "lock"
    assert by_lock["counts"] == {**by_package["counts"], "changed": 4, "restored": 0}
    assert {found["id"]: found["danger"] for found in by_lock["changes"] if found["danger"]} == {
        "gaps": "replaced",
        "sequence": "renamed",
        "hostile": "removed",
    }
    assert all(found["fields"] is None for found in by_lock["changes"])


def test_as_json(decks: Path) -> None:
    """The object for programs has the shape that docs/promises.md tells."""
    edit(decks / "forms.yaml", "answer: The parish", "answer: The old parish")

    data = as_data()

    assert data["before"] == {"source": "package", "path": "dist/kinds.apkg", "released": "2023-11-14T22:13:20Z"}
    assert data["changes"] == [
        {
            "id": "withdrawn",
            "status": "changed",
            "danger": None,
            "message": None,
            "hint": None,
            "other": None,
            "path": "decks/forms.yaml",
            "line": 99,
            "column": 9,
            "deck": None,
            "kind": None,
            "fields": [
                {
                    "name": "answer",
                    "words": [
                        {"sort": "same", "text": "The "},
                        {"sort": "added", "text": "old "},
                        {"sort": "same", "text": "parish"},
                    ],
                }
            ],
        }
    ]


def test_the_names_in_json_are_described(decks: Path) -> None:
    """docs/releases.md names every key of the object, and every status and danger."""
    change(decks)
    data = as_data()
    described = set(re.findall(r"`([\w-]+)`", (ROOT / "docs" / "releases.md").read_text("utf-8")))

    assert {*data, *data["before"], *data["counts"]} <= described
    for found in data["changes"]:
        assert {*found, found["status"], found["danger"]} - {None} <= described
        assert {key for field in found["fields"] or () for key in field} <= described
    assert {*get_args(Status), *get_args(Danger)} <= described


def test_a_card_less_is_a_danger(decks: Path, tmp_path: Path) -> None:
    """A gap that is no more leaves students with a blank card, as the real Anki shows; diff says so before."""
    with student(tmp_path) as anna:
        anna.imports(Path("dist/kinds.apkg"))
        edit(decks / "forms.yaml", "{{c2::north}}", "{{c1::north}}")
        result = run("diff")
        built(decks, START + YEAR)
        anna.imports(Path("dist/kinds.apkg"))
        blank = [note.note_id for note in anna.collection.get_empty_cards().notes]

    (told,) = [line for line in result.stdout.splitlines() if "has a card less" in line]
    assert result.exit_code == 3
    assert "'gaps' has a card less" in told
    assert len(blank) == 1


def test_a_change_of_kind_and_of_markup(decks: Path) -> None:
    """Another kind with the same note type is a change without danger; so is markup, which no word shows."""
    edit(decks / "forms.yaml", "answer: Basin, mole", "answer: Basin; mole")  # not for Anki
    edit(decks / "forms.yaml", "answer: The **harbour master**\n", "answer: The harbour master\n")
    edit(decks / "forms.yaml", "answer: The parish\n", "answer: The parish\n    distractors: [The town]\n")

    result = run("diff")

    assert result.exit_code == 0
    assert "    answer: the words stay, how they are shown does not\n" in result.stdout
    assert (
        "    was short-answer, is multiple-choice\n    options: {+Choose one. · The parish · The town+}\n"
        in result.stdout.replace("+} · {+", " · ")
    )


def test_a_package_that_is_not_the_last(decks: Path) -> None:
    """Where `dist` holds another release than the lock tells of, its texts are not taken for the last ones."""
    old = Path("dist/kinds.apkg").read_bytes()
    edit(decks / "forms.yaml", "answer: The parish", "answer: The old parish")
    built(decks, START + 1000)
    Path("dist/kinds.apkg").write_bytes(old)

    result = run("diff")

    assert "dist/kinds.apkg is not that release" in result.stdout.replace("\\", "/")
    assert result.stdout.endswith("14 unchanged; no danger\n")
    assert run("diff", "--from", "dist/kinds.apkg").stdout.endswith("1 changed, 13 unchanged; no danger\n")
    Path("dist/kinds.apkg").write_bytes(old[:5000])
    assert run("diff").exit_code == 0
    assert "is no Anki package that can be read" in run("diff", "--from", "dist/kinds.apkg").stderr


def test_a_question_that_was_gone_before(decks: Path) -> None:
    """What was gone in the last release already is told again, but is no danger of the next one."""
    text = (decks / "forms.yaml").read_text("utf-8")
    (decks / "forms.yaml").write_text(text[: text.index("  - id: hostile")], "utf-8")
    first = run("diff")
    built(decks, START + 1000)

    second = run("diff")

    assert (first.exit_code, second.exit_code) == (3, 0)
    assert "gone already before: 1 " in second.stdout
    assert as_data()["earlier"] == ["hostile"]
    assert run("diff", "--out", "elsewhere").exit_code == 3  # the lock file does not tell since when


def test_an_update_that_anki_would_skip(decks: Path, tmp_path: Path) -> None:
    """Where the lock does not know of a release that students have, corrections that Anki would skip are dangers.

    The real Anki skips just those, and takes them when the lock is recovered as the hint says.
    """
    lock = (decks / "octdeck.lock").read_bytes()
    edit(decks / "forms.yaml", "answer: The parish", "answer: The old parish")
    built(decks, START + YEAR + 1000)
    shutil.copy("dist/kinds.apkg", "published.apkg")
    (decks / "octdeck.lock").write_bytes(lock)
    edit(decks / "forms.yaml", "answer: The old parish", "answer: The new parish")

    result = run("diff", "--from", "published.apkg")
    with student(tmp_path) as anna:
        anna.imports(Path("published.apkg"))
        built(decks, START + YEAR)
        skipped = len(anna.imports(Path("dist/kinds.apkg")).updated)
        run("lock", "--from", "published.apkg", "--force")
        built(decks, START + YEAR)
        taken = len(anna.imports(Path("dist/kinds.apkg")).updated)

    assert result.exit_code == 3
    assert "'withdrawn' changed, but students have a copy that is as new or newer" in result.stdout
    assert (skipped, taken) == (0, 1)


def test_anki_does_what_diff_says(decks: Path, tmp_path: Path) -> None:
    """What is new, changed and unchanged in Anki's own log is what was told."""
    with student(tmp_path) as anna:
        anna.imports(Path("dist/kinds.apkg"))
        change(decks)
        counts = as_data()["counts"]
        built(decks, START + YEAR)
        log = anna.imports(Path("dist/kinds.apkg"))

    assert len(log.new) == counts["new"] + counts["replaced"]
    assert len(log.updated) == counts["changed"] + counts["retired"] + counts["restored"]
    assert len(log.duplicate) == counts["unchanged"]
    assert not log.conflicting


@pytest.mark.parametrize(("old", "new"), [("- id: choice", "- id: selection"), ("- id: gaps", "- id: gap-text")])
def test_check_asks_whether_an_id_was_changed(decks: Path, old: str, new: str) -> None:
    """A released question that is gone, while a new one says the same, is asked for by `check`; it shows both."""
    edit(decks / "forms.yaml", old, new)

    result = run("check")

    assert f"hint: did you rename it to '{new[6:]}'? write 'id: {old[6:]}' again" in result.stdout
    assert "- the new question" in result.stdout
    assert as_data("--out", "elsewhere")["counts"]["dangers"] == 1


def test_many_changed_ids(decks: Path) -> None:
    """Where ids of many questions are changed at once, each is matched with its own."""
    text = (decks / "forms.yaml").read_text("utf-8")
    (decks / "forms.yaml").write_text(text.replace("- id: ", "- id: harbour-"), "utf-8")

    for data in (as_data(), as_data("--out", "elsewhere")):
        renamed = {found["id"]: found["other"] for found in data["changes"] if found["danger"] == "renamed"}
        assert len(renamed) == 14
        assert all(new == f"harbour-{old}" for old, new in renamed.items())


def test_a_mistake_in_a_file_is_no_loss(decks: Path) -> None:
    """A released question that cannot be read, for a mistake in it, is not taken for one that is gone."""
    edit(decks / "forms.yaml", "answer: The parish", "anwser: The parish")

    result = run("check", "--format", "concise")

    assert result.stdout.count("OD101") == 1
    assert "OD208" not in result.stdout
    assert run("diff").exit_code == 1


def test_without_the_lock(decks: Path) -> None:
    """A lost lock is told, with its cure, before anyone compares."""
    (decks / "octdeck.lock").unlink()

    result = run("diff")

    assert result.exit_code == 1
    assert "octdeck lock --from" in result.stderr


@settings(deadline=None)
@given(st.text("ab ,.", max_size=30), st.text("ab ,.", max_size=30))
def test_stretches_make_both_texts(before: str, after: str) -> None:
    """What stays and goes is the text before, what stays and comes the text after; texts that are equal just stay."""
    found = compared(before, after)

    assert "".join(part.text for part in found if part.sort != "added") == before
    assert "".join(part.text for part in found if part.sort != "removed") == after
    assert before != after or found in ((), (Stretch("same", before),))


@settings(deadline=None)
@given(st.lists(st.sampled_from("abc"), max_size=6), st.lists(st.sampled_from("abc"), max_size=6))
def test_parts_stay_whole(before: list[str], after: list[str]) -> None:
    """A part that stands on both sides in the same place of a list stays; no stretch mixes two parts."""
    found = compared_parts(before, after)

    assert all("a" not in part.text or "b" not in part.text for part in found if part.sort != "same")
    assert before != after or {part.sort for part in found} <= {"same"}


def test_a_text_without_end_is_compared_soon() -> None:
    """Long texts in which everything repeats take no time, and all of them is still told."""
    before, after = "a b " * 20_000, "b c " * 20_000
    found = compared(before, after)

    assert "".join(part.text for part in found if part.sort != "added") == before
    assert len(compared_parts(before.split(), after.split())) > 2


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("The <em>old</em> one &lt;b&gt;", ("The old one <b>",)),
        ('<ul class="options one"><li>b</li><li class="right">a</li></ul>', ("a", "b")),
        ('<ul class="options one fixed"><li>b</li><li>a</li></ul>', ("b", "a")),
        ("<ol><li>b</li><li>a</li></ol>", ("b", "a")),
        ('<table class="pairs"><tr><th scope="row">Pilot</th><td>steers</td></tr></table>', ("Pilot: steers",)),
        ("<summary>Hint</summary>Look up.", ("Hint: Look up.",)),
        ('<a href="https://example.org">here</a>', ("here (https://example.org)",)),
        ('one<br>two <img src="map-1.png" alt="A map">', ("one", "two [map-1.png A map]")),
        ("<li><b <<!-- <![x </ul></a>", ()),
    ],
)
def test_what_a_field_shows(html: str, text: tuple[str, ...]) -> None:
    """HTML is compared by what it shows."""
    assert fieldtext.of(html) == text
