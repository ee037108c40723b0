"""What the matrix shows is what we promise, and what docs/updates.md says.

Each test is about all kinds of question, all ways to import, and both of Anki's schedulers, unless it says otherwise.
"""

import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from msgspec.structs import replace

import matrix
import updates_page
from changes import CHANGES, KINDS, TEXTS
from matrix import CHOICES, Outcome
from students import HABITS
from students import LOOKS as OWN_LOOKS
from support import ROOT, student

PAGE = ROOT / "docs" / "updates.md"
WITH_HABITS = ("nothing", "text")
UNSEEN_TOO = ("order", "deck")


@cache
def tried(change: str) -> tuple[Outcome, ...]:
    """The outcomes of a change, tried once (in one process: the Makefile deals tests out by file)."""
    every = HABITS if change in WITH_HABITS else ["studied", "unseen"] if change in UNSEEN_TOO else ["studied"]
    with TemporaryDirectory() as folder:
        found = matrix.outcomes(change, list(every), Path(folder) / "notes")
        for habit in OWN_LOOKS if change == "text and style" else ():
            outcomes = matrix.outcomes(change, [habit], Path(folder) / habit)
            found += [outcome for outcome in outcomes if outcome.student == habit]
    return tuple(found)


def touched(change: str) -> list[Outcome]:
    """What became of the questions that a change is about, for students who had studied them and no more."""
    return [o for o in tried(change) if o.kind in CHANGES[change].kinds and o.student == "studied"]


def untouched(change: str) -> list[Outcome]:
    return [o for o in tried(change) if o.kind not in CHANGES[change].kinds and o.student in {"studied", "control"}]


@pytest.mark.parametrize("change", CHANGES)
def test_no_review_is_lost(change: str) -> None:
    """Whatever is changed, by whom, however it is imported: each card keeps its reviews, interval and due date."""
    assert all(outcome.kept and outcome.copies for outcome in tried(change))


@pytest.mark.parametrize("change", CHANGES)
def test_the_scheduler_makes_no_difference(change: str) -> None:
    """With FSRS, everything becomes of a question that becomes of it without."""
    with_fsrs = [outcome for outcome in tried(change) if outcome.fsrs]
    without = [outcome for outcome in tried(change) if not outcome.fsrs]

    assert {replace(outcome, fsrs=False) for outcome in with_fsrs} == set(without)
    assert len(with_fsrs) == len(without)


@pytest.mark.parametrize("change", TEXTS)
def test_a_correction_arrives(change: str) -> None:
    """Of what is corrected on a question, text and tags are new on the same card, unless the student chose *Never*."""
    for outcome in touched(change):
        taken = {outcome.text, outcome.tags} - {"same"}

        assert taken == ({"old"} if outcome.choice == "never" else {"new"})
        assert outcome.report == ("duplicate" if outcome.choice == "never" else "updated")
        assert (outcome.copies, outcome.more, outcome.blank) == (1, 0, 0)
        assert (outcome.deck, outcome.look) == ("same", "same")


@pytest.mark.parametrize("change", [change for change in CHANGES if change != "field"])
def test_what_was_not_changed_is_left_alone(change: str) -> None:
    """A question that stands beside a changed one is not touched at all."""
    for outcome in untouched(change):
        assert (outcome.text, outcome.tags, outcome.report, outcome.copies) == ("same", "same", "duplicate", 1)


@pytest.mark.parametrize("change", ["nothing", "order", "deck", "template", "style", "version", "undated"])
def test_notes_are_not_stamped_without_need(change: str) -> None:
    """A rebuild, another order, another deck and another look make no note newer: Anki has all of them already."""
    for outcome in touched(change):
        assert (outcome.text, outcome.tags, outcome.report) == ("same", "same", "duplicate")
        assert (outcome.copies, outcome.more, outcome.blank) == (1, 0, 0)


@pytest.mark.parametrize("change", CHANGES)
def test_only_another_field_is_a_conflict(change: str) -> None:
    """No change that octdeck makes or lets make leads to a conflict."""
    conflicts = {outcome.choice for outcome in touched(change) if outcome.report == "conflicting"}

    assert conflicts == ({"default", "always", "never"} if change == "field" else set())


def test_another_picture_comes_beside_the_old(tmp_path: Path) -> None:
    """A picture put in the place of one is another file to the student, who has both then, and sees the new one."""
    first, last = matrix.releases(CHANGES["image"], ["studied"], tmp_path / "bank")

    with student(tmp_path) as someone:
        someone.imports(first.package)
        (old,) = (path.name for path in Path(someone.collection.media.dir()).iterdir())
        someone.imports(last.package)
        pictures = {path.name: path.read_text("utf-8") for path in Path(someone.collection.media.dir()).iterdir()}
        shown = someone.note("studied.match", "matrix")["Question"]

    (new,) = pictures.keys() - {old}
    assert new in shown
    assert old not in shown
    assert ("blue" in pictures[old], "red" in pictures[new]) == (True, True)


def test_cards_stay_in_their_deck() -> None:
    """With another name for the deck, the cards that a student has stay where they are, also if he never saw them."""
    assert {outcome.deck for outcome in tried("deck")} == {"old"}


@pytest.mark.parametrize("change", ["to a gap text", "to a picture", "from either", "id"])
def test_another_note_comes_beside(change: str) -> None:
    """To or from a gap text or a picture with regions, and with another id, a new card comes, and the old one stays."""
    for outcome in touched(change):
        assert (outcome.report, outcome.copies, outcome.text, outcome.tags) == ("new", 2, "same", "same")
        assert outcome.more >= 1


def test_a_removed_question_stays() -> None:
    """A question that is taken out of the bank stays with the student as it was; Anki does not speak of it."""
    for outcome in touched("removed"):
        assert (outcome.report, outcome.copies, outcome.text, outcome.tags) == ("absent", 1, "same", "same")


def test_a_second_card() -> None:
    """Added, it comes as a new card, with *Never* without its text; taken away, it stays and is blank."""
    for outcome in touched("second card"):
        assert (outcome.more, outcome.blank) == (1, 1 if outcome.choice == "never" else 0)
    for outcome in touched("no second card"):
        assert (outcome.more, outcome.blank) == (0, 0 if outcome.choice == "never" else 1)


@pytest.mark.parametrize("change", ["template", "style", "version"])
def test_a_newer_look_arrives(change: str) -> None:
    """Templates, style and names of fields arrive with the note type's newer date, unless the student chose *Never*."""
    for outcome in touched(change):
        assert outcome.look == ("old" if outcome.choice == "never" else "new")


def test_a_look_without_a_newer_date_does_not_arrive() -> None:
    """A template that was changed under the old date reaches hardly anybody, so a test watches over the date."""
    for outcome in touched("undated"):
        assert outcome.look == ("new" if outcome.choice == "merge and always" else "old")


def test_a_field_more_costs_corrections() -> None:
    """With a field added to a note type, corrections arrive only with *Merge note types* and *Always* together."""
    for outcome in touched("field"):
        assert outcome.text == ("new" if outcome.choice == "merge and always" else "old")


# --- what students do themselves --------------------------------------------------------------------------------------


def after(change: str, habit: str) -> list[Outcome]:
    return [outcome for outcome in tried(change) if outcome.student == habit]


@pytest.mark.parametrize("habit", HABITS)
@pytest.mark.parametrize("change", WITH_HABITS)
def test_all_kinds_fare_alike(change: str, habit: str) -> None:
    """What a student did to a note matters in the same way for every kind of question."""
    outcomes = {replace(outcome, kind="", fsrs=False, more=0) for outcome in after(change, habit)}

    assert len(outcomes) == len(CHOICES)
    assert {outcome.kind for outcome in after(change, habit)} == set(KINDS)


@pytest.mark.parametrize("habit", ["wrote", "tagged", "marked", "leech"])
def test_what_came_before_the_release_is_overwritten(habit: str) -> None:
    """A correction that is newer than what a student wrote or tagged takes its place, unless he chose *Never*."""
    for outcome in after("text", habit):
        fate = "old" if outcome.choice == "never" else "new"

        assert (outcome.text, outcome.tags) == (fate, "same" if habit == "wrote" else fate)


@pytest.mark.parametrize("habit", ["wrote later", "tagged later", "marked later", "leech later"])
def test_what_came_after_the_release_keeps_the_correction_away(habit: str) -> None:
    """A note that a student has touched since the release was built is not corrected, unless he chose *Always*."""
    for outcome in after("text", habit):
        assert outcome.text == ("new" if "always" in outcome.choice else "old")
        assert outcome.report == ("updated" if "always" in outcome.choice else "duplicate")


@pytest.mark.parametrize(
    "habit", [habit for habit in HABITS if habit.startswith(("wrote", "tagged", "marked", "leech"))]
)
def test_always_takes_away_what_a_student_wrote(habit: str) -> None:
    """With *Always*, own words and tags go from notes that were not even corrected; else they stay there."""
    for outcome in after("nothing", habit):
        own = outcome.text if habit.startswith("wrote") else outcome.tags

        assert own == ("new" if "always" in outcome.choice else "old")


@pytest.mark.parametrize("habit", ["studied", "unseen", "suspended", "buried", "flagged", "moved", "crammed"])
@pytest.mark.parametrize("change", WITH_HABITS)
def test_what_is_done_to_cards_is_safe(change: str, habit: str) -> None:
    """Suspended, buried, flagged, moved to another deck or to a filtered one: it stays so, and corrections arrive."""
    for outcome in after(change, habit):
        assert outcome.text == ("same" if change == "nothing" else "old" if outcome.choice == "never" else "new")
        assert outcome.deck == ("old" if habit == "moved" else "same")


@pytest.mark.parametrize("change", WITH_HABITS)
def test_what_was_deleted_comes_back(change: str) -> None:
    """A note that a student deleted comes with the next import as a new one, whatever he chose."""
    assert {(outcome.report, outcome.copies) for outcome in after(change, "deleted")} == {("new", 1)}


def test_a_look_of_ones_own() -> None:
    """Corrections arrive; a newer look takes the place of an older own one, and of a younger own one with *Always*."""
    for outcome in after("text and style", "restyled"):
        never = outcome.choice == "never"

        assert (outcome.text, outcome.look) == (("old", "other") if never else ("new", "new"))
    for outcome in after("text and style", "restyled later"):
        assert outcome.text == ("old" if outcome.choice == "never" else "new")
        assert outcome.look == ("new" if "always" in outcome.choice else "other")


def test_a_field_of_ones_own() -> None:
    """After a student has added a field, corrections arrive only with *Merge note types* and *Always* together."""
    for outcome in after("text and style", "widened"):
        assert outcome.text == ("new" if outcome.choice == "merge and always" else "old")
        assert (outcome.report == "conflicting") == ("merge" not in outcome.choice)


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_page_says_what_happens() -> None:
    """The tables of docs/updates.md are what the real Anki did; `make golden` writes them."""
    made = updates_page.tables({change: tried(change) for change in CHANGES})
    page = updates_page.filled(PAGE.read_text(encoding="utf-8"), made)
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(page, encoding="utf-8")

    assert sorted(updates_page.placed(page)) == sorted(made)
    assert PAGE.read_text(encoding="utf-8") == page
