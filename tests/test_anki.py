"""What students get, told by the real Anki."""

import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import START, YEAR, Student, built, edit, kinds_bank, student

DECK = "Kinds::All of them"


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    return kinds_bank(tmp_path)


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Student]:
    with student(tmp_path) as someone:
        yield someone


@pytest.fixture
def imported(decks: Path, anna: Student) -> Student:
    """A student who has imported the bank with every kind of question."""
    built(decks)
    anna.imports(decks.parent / "dist" / "kinds.apkg")
    return anna


def test_every_note_is_new_and_sound(decks: Path, anna: Student) -> None:
    """A first import brings all notes as new ones, none twice, none in conflict, no empty card, integrity clean."""
    built(decks)

    log = anna.imports(decks.parent / "dist" / "kinds.apkg")

    assert (log.found_notes, len(log.new)) == (14, 14)
    assert [*log.updated, *log.duplicate, *log.conflicting, *log.first_field_match] == []
    assert anna.is_sound()
    assert anna.collection.media.check().missing == []


def test_cards_of_each_kind(imported: Student) -> None:
    """A reversed question has two cards, a gap text one for each number of gap, everything else one."""
    cards = {name: len(imported.cards(name)) for name in ("short", "typed", "reversed", "choice", "gaps", "roles")}

    assert cards == {"short": 1, "typed": 1, "reversed": 2, "choice": 1, "gaps": 2, "roles": 1}


def test_two_note_types(imported: Student) -> None:
    """There are two note types in all, so a question can change its kind without losing its card."""
    used = {note_type["name"] for note_type in imported.collection.models.all() if "octdeck" in note_type["name"]}

    assert used == {"octdeck", "octdeck cloze"}


def test_tags(imported: Student) -> None:
    """Every note tells its source and its themes, and kind, difficulty, claim and withdrawal where they apply."""
    every = [imported.collection.get_note(note_id) for note_id in imported.collection.find_notes("")]

    assert all("source::harbour" in note.tags and "theme::forms" in note.tags for note in every)
    assert imported.note("typed").tags == [
        "difficulty::1", "kind::short-answer", "source::harbour", "theme::forms", "theme::more",
    ]  # fmt: skip
    assert {"claim", "difficulty::1"} <= set(imported.note("judgement").tags)
    assert "retired" in imported.note("withdrawn").tags
    assert {"kind::multiple-choice", "difficulty::2"} <= set(imported.note("choice").tags)
    kinds = {tag for note in every for tag in note.tags if tag.startswith("kind::")}
    assert kinds == {f"kind::{k}" for k in ("short-answer", "multiple-choice", "true-false", "cloze", "order", "match")}


@pytest.mark.parametrize(
    ("question", "front", "back"),
    [
        ("short", "Who kept the <em>old</em> lighthouse?", "The <strong>harbour master</strong>"),
        ("short", "<summary>Hint</summary>He also kept the <code>log</code>.", "Until the new one was built."),
        ("typed", "[[type:Typed]]", "[[type:Typed]]"),
        ("typed", "Which bird", '<span class="alt">Phalacrocorax</span>'),
        ("choice", "Choose one", '<li class="right">Slate</li>'),
        ("several", "Choose all that apply", '<li class="right">The mail boat</li>'),
        ("statement", "The harbour never froze.", '<li class="right">False</li>'),
        ("sequence", '<li data-place="3">Paving</li>', "<ol><li>Dredging</li><li>Piling</li><li>Paving</li></ol>"),
        ("roles", "Tallyman", '<tr><th scope="row">Tallyman</th><td>counted the crates</td></tr>'),
        ("judgement", "According to <cite>The harbour</cite>", "Others name the silting of the channel."),
        ("judgement", "According to", "<cite>The harbour</cite>, ¶ 15"),
        ("reversed", "What is a mole", "<cite>The harbour</cite>, ¶ 2, 6–7"),
        ("withdrawn", "This question was withdrawn.", "The parish"),
    ],
)
def test_fronts_and_backs(imported: Student, question: str, front: str, back: str) -> None:
    """Each kind is asked and answered on its card: the front holds the question, the back all that belongs to it."""
    card = imported.cards(question)[0]

    assert front in card.question()
    assert back in card.answer()


def test_front_tells_nothing(imported: Student) -> None:
    """Explanation, caution and source stand on the back only."""
    for question in ("short", "judgement", "reversed"):
        front = imported.cards(question)[0].question()

        assert "¶" not in front
        assert "Until the new one" not in front
        assert "silting" not in front


def test_reverse_card_turns_the_question_round(imported: Student) -> None:
    """The second card of a reversed question asks with the answer and answers with the question."""
    card = imported.cards("reversed")[1]

    assert "A massive wall" in card.question()
    assert "What is a mole" not in card.question()
    assert "What is a mole" in card.answer()


def test_gaps(imported: Student) -> None:
    """A gap text hides the gaps of one number at a time, with their hints, and Markdown reaches across gaps."""
    first, second = imported.cards("gaps")

    shown = re.sub(r' data-[\w-]+="[^"]*"', "", first.question())
    assert '<span class="cloze">[light]</span>' in shown
    assert "north" in re.sub(r"<[^>]*>", "", shown)
    assert re.search(r'<em>before the </em><em><span class="cloze"[^>]*>\[\.\.\.\]</span></em>', first.question())
    assert re.search(r'<span class="cloze"[^>]*>north</span>', second.answer())


def test_hostile_text_is_text(imported: Student) -> None:
    """HTML, template fields, cloze marks and sound tags in a teacher's text are shown, not obeyed."""
    card = imported.cards("hostile")[0]

    assert "&lt;b&gt;this&lt;/b&gt;" in card.question()
    assert "<script>alert" not in card.question() + card.answer()
    assert card.question_av_tags() == []
    assert "&#123;&#123;Front&#125;&#125;" in imported.note("hostile")["Question"]
    assert "&#91;sound:x.mp3]" in imported.note("hostile")["Question"]


def test_new_cards_come_in_the_order_of_the_file(imported: Student) -> None:
    """A student meets new cards in the order in which the teacher wrote the questions."""
    ids = ["short", "typed", "reversed", "choice", "several", "fixed", "statement", "gaps", "sequence", "roles"]

    due = [imported.cards(question)[0].due for question in ids]

    assert due == sorted(due)
    assert len(set(due)) == len(due)


def test_same_package_again_changes_nothing(decks: Path, imported: Student) -> None:
    """Importing the same package a second time leaves every note and card as it was."""
    before = imported.schedule()

    log = imported.imports(decks.parent / "dist" / "kinds.apkg")

    assert (len(log.new), len(log.updated), len(log.conflicting)) == (0, 0, 0)
    assert len(log.duplicate) == 14
    assert imported.schedule() == before


def test_build_a_year_later_without_a_change_changes_nothing(decks: Path, imported: Student) -> None:
    """A rebuild of the same files leaves every stamp alone, however much later it comes."""
    package = decks.parent / "dist" / "kinds.apkg"
    before = package.read_bytes()

    result = built(decks, START + YEAR)

    assert result.release is not None
    assert (result.release.new, result.release.changed) == ((), ())
    assert package.read_bytes() == before
    assert len(imported.imports(package).duplicate) == 14


def test_an_edit_updates_its_note_and_keeps_every_review(decks: Path, imported: Student) -> None:
    """A corrected answer reaches its note alone; reviews, intervals and due dates of all cards stay as they were."""
    for _ in range(6):
        imported.reviews_next(DECK)
    reviews, schedule, untouched = imported.reviews(), imported.schedule(), imported.note("choice").mod
    edit(decks / "forms.yaml", "The **harbour master**", "The harbour master's wife")

    result = built(decks, START + YEAR)
    log = imported.imports(decks.parent / "dist" / "kinds.apkg")

    assert result.release is not None
    assert result.release.changed == (("short", "main"),)
    assert (len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting)) == (0, 1, 13, 0)
    assert imported.note("short")["Answer"] == "The harbour master's wife"
    assert imported.note("choice").mod == untouched
    assert len(reviews) == 6
    assert imported.reviews() == reviews
    assert imported.schedule() == schedule
    assert imported.is_sound()


def test_a_change_of_kind_keeps_the_card_and_its_history(decks: Path, imported: Student) -> None:
    """A short answer that becomes multiple choice, with new themes, is the same card with the same reviews."""
    first = imported.reviews_next(DECK)
    reviews = imported.reviews()
    assert first == imported.cards("short")[0].id
    edit(
        decks / "forms.yaml",
        "answer: The **harbour master**\n    themes: [forms]",
        "answer: The harbour master\n    distractors: [The pilot, The priest]\n    themes: [more]",
    )

    built(decks, START + YEAR)
    log = imported.imports(decks.parent / "dist" / "kinds.apkg")

    assert (len(log.updated), len(log.conflicting)) == (1, 0)
    (card,) = imported.cards("short")
    assert card.id == first
    assert {"kind::multiple-choice", "theme::more"} <= set(imported.note("short").tags)
    assert imported.reviews() == reviews
    assert imported.is_sound()


def test_two_builds_in_one_second_still_update(decks: Path, imported: Student) -> None:
    """A correction built in the very second of the last build still has a newer stamp, so Anki takes it."""
    edit(decks / "forms.yaml", "The **harbour master**", "The bishop")

    built(decks, START)
    imported.imports(decks.parent / "dist" / "kinds.apkg")

    assert imported.note("short")["Answer"] == "The bishop"


def test_a_removed_question_that_returns_is_still_the_same(decks: Path, imported: Student) -> None:
    """A question taken out and put back keeps its stamp and its place in the lock, so nothing changes for students."""
    text = (decks / "forms.yaml").read_text(encoding="utf-8")
    start, end = text.index("  - id: statement"), text.index("  - id: gaps")
    (decks / "forms.yaml").write_text(text[:start] + text[end:], encoding="utf-8")
    built(decks, START + 10)
    (decks / "forms.yaml").write_text(text, encoding="utf-8")

    result = built(decks, START + 20)

    assert result.release is not None
    assert (result.release.new, result.release.changed) == ((), ())
    assert len(imported.imports(decks.parent / "dist" / "kinds.apkg").duplicate) == 14


def test_the_deck_package_and_the_bank_package_hold_the_same_notes(decks: Path, anna: Student) -> None:
    """Whoever has imported one deck finds its notes unchanged in the package of the whole bank."""
    built(decks)

    anna.imports(decks.parent / "dist" / "forms.apkg")
    log = anna.imports(decks.parent / "dist" / "kinds.apkg")

    assert (len(log.new), len(log.duplicate)) == (0, 14)


def test_field_and_template_ids_are_ours(imported: Student) -> None:
    """Anki keeps the constant ids of fields and templates, by which it knows them again when they are renamed."""
    for name, first in (("octdeck", 4_118_235_601_000), ("octdeck cloze", 4_118_235_602_000)):
        note_type = imported.collection.models.by_name(name)

        assert note_type is not None
        assert [field["id"] for field in note_type["flds"]] == [first + i for i in range(len(note_type["flds"]))]
        assert all(template["id"] > 7_350_914_226_000 for template in note_type["tmpls"])


def test_package_is_a_plain_zip_of_a_collection(decks: Path, tmp_path: Path) -> None:
    """The package holds a collection and a media list, dated the same on every machine."""
    built(decks)

    with zipfile.ZipFile(decks.parent / "dist" / "kinds.apkg") as package:
        assert package.namelist() == ["collection.anki2", "media"]
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert json.loads(package.read("media")) == {}
        (tmp_path / "c.db").write_bytes(package.read("collection.anki2"))
    connection = sqlite3.connect(tmp_path / "c.db")
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("SELECT count(*) FROM notes WHERE id = 0 OR mod = 0").fetchone() == (0,)
    connection.close()


def test_spare_fields_can_be_named_later(decks: Path, imported: Student) -> None:
    """A later release may name a spare field and change a template: notes still match, and updates still reach them."""
    imported.reviews_next(DECK)
    reviews = imported.reviews()
    edit(decks / "forms.yaml", "The **harbour master**", "The bishop")
    built(decks, START + YEAR)
    package = decks.parent / "dist" / "kinds.apkg"

    _change_note_types(package)
    log = imported.imports(package)

    note_type = imported.collection.models.by_name("octdeck")
    assert note_type is not None
    assert "Picture" in [field["name"] for field in note_type["flds"]]
    assert "<b>new</b>" in imported.cards("short")[0].answer()
    assert (len(log.updated), len(log.conflicting)) == (1, 0)
    assert imported.note("short")["Answer"] == "The bishop"
    assert imported.reviews() == reviews
    assert imported.is_sound()


def _change_note_types(package: Path) -> None:
    """Make of a package what a later octdeck would: a spare field with a name, another template, a newer note type."""
    with zipfile.ZipFile(package) as archive:
        database = archive.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database)
    models = json.loads(connection.execute("SELECT models FROM col").fetchone()[0])
    for model in models.values():
        model["mod"] += 1000
        for field in model["flds"]:
            field["name"] = "Picture" if field["name"] == "Spare 1" else field["name"]
        model["tmpls"][0]["afmt"] += "<b>new</b>"
    connection.execute("UPDATE col SET models = ?", (json.dumps(models),))
    connection.commit()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("collection.anki2", connection.serialize())
        archive.writestr("media", "{}")
    connection.close()
