"""Pictures with regions: image occlusion in the real Anki, numbers and lines on paper."""

import io
import json
import re
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from anki.collection import Collection
from click.testing import CliRunner
from docx import Document
from PIL import Image
from pypdf import PdfReader

import browser
import octdeck
from octdeck.building import build, build_quiz
from octdeck.cli import main
from octdeck.outputs import Format
from octdeck.project import load
from octdeck.settings import Quiz
from support import START, YEAR, Student, built, edit, student
from test_layouts import figures

BANK = "bank: kinds\ntitle: Harbours\nthemes: {t: T}\n"
DECK = """deck: Harbours
questions:
  - id: map
    image: map.png
    alt: A map with three marks
    question: Which places are these?
    regions:
      - {answer: the *old* mole, at: [10, 20, 20, 10]}
      - {answer: "}} [sound:x] {{c9::<b>", at: [50, 40.5, 16, 12], shape: ellipse}
      - {answer: the new quay, at: [70, 75, 10, 10]}
    explain: It is made up.
    caution: Nobody lives there.
    hint: Think of the sea.
    themes: t
  - id: pair
    image: map.png
    alt: The same map
    regions:
      - {answer: left, at: [0, 0, 20, 100]}
      - {answer: right, at: [80, 0, 20, 100], card: 1}
      - {answer: middle, at: [40, 0, 20, 100], card: 7}
    hide: one
    themes: t
"""


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    folder = tmp_path / "decks"
    folder.mkdir()
    (folder / "bank.yaml").write_text(BANK, encoding="utf-8")
    (folder / "deck.yaml").write_text(DECK, encoding="utf-8")
    Image.new("RGB", (400, 200), "orange").save(folder / "map.png")
    return folder


def imported(decks: Path, anna: Student) -> Collection:
    built(decks)
    log = anna.imports(decks.parent / "dist" / "kinds.apkg")
    assert not [*log.conflicting, *log.duplicate]
    return anna.collection


def shapes(collection: Collection, note_id: int) -> list[tuple[int, str, dict[str, str]]]:
    """The regions of a note as Anki reads them, each with the number of its card."""
    note = collection.get_image_occlusion_note(note_id).note
    found = [
        (region.ordinal, shape.shape, {part.name: part.value for part in shape.properties})
        for region in note.occlusions
        for shape in region.shapes
    ]
    return sorted(found, key=lambda region: (region[0], float(region[2]["left"])))


# --- Anki -----------------------------------------------------------------------------------------------------------


def test_anki_knows_it_as_image_occlusion(decks: Path, tmp_path: Path) -> None:
    """Anki's own editor finds picture and regions, and the note type counts as the stock one."""
    with student(tmp_path) as anna:
        collection = imported(decks, anna)
        note = anna.note("map")
        held = collection.get_image_occlusion_note(note.id).note
        note_type = note.note_type()

        assert note_type is not None
        assert (note_type["originalStockKind"], note_type["type"]) == (6, 1)
        assert (decks / "map.png").read_bytes() == held.image_data
        assert (held.header, held.back_extra) == ("Which places are these?", "It is made up.")
        assert held.occlude_inactive
        assert shapes(collection, note.id) == [
            (1, "rect", {"left": "0.1", "top": "0.2", "width": "0.2", "height": "0.1", "oi": "1"}),
            (2, "ellipse", {"left": "0.5", "top": "0.405", "rx": "0.08", "ry": "0.06", "oi": "1"}),
            (3, "rect", {"left": "0.7", "top": "0.75", "width": "0.1", "height": "0.1", "oi": "1"}),
        ]


def test_each_number_is_a_card(decks: Path, tmp_path: Path) -> None:
    """A card for each region, or for those of one number together; none is empty, nothing is missing or unused."""
    with student(tmp_path) as anna:
        collection = imported(decks, anna)

        assert [card.ord for card in anna.cards("map")] == [0, 1, 2]
        assert [card.ord for card in anna.cards("pair")] == [0, 6]
        assert [number for number, _, _ in shapes(collection, anna.note("pair").id)] == [1, 1, 7]
        assert not collection.get_image_occlusion_note(anna.note("pair").id).note.occlude_inactive
        assert anna.is_sound()
        checked = collection.media.check()
        assert (list(checked.missing), list(checked.unused)) == ([], [])
        assert {"kind::occlusion", "theme::t"} <= set(anna.note("map").tags)


def test_a_correction_keeps_reviews(decks: Path, tmp_path: Path) -> None:
    """An answer that is corrected, a region that is moved and one that is added reach students; reviews stay."""
    with student(tmp_path) as anna:
        collection = imported(decks, anna)
        for _ in range(3):
            anna.reviews_next("Harbours")
        reviews, cards = anna.reviews(), [card.id for card in anna.cards("map")]
        edit(decks / "deck.yaml", "the *old* mole, at: [10,", "the mole of 1897, at: [11,")
        edit(decks / "deck.yaml", "    explain: It", "      - {answer: a buoy, at: [1, 1, 2, 2]}\n    explain: It")
        built(decks, START + YEAR)
        log = anna.imports(decks.parent / "dist" / "kinds.apkg")

        assert (len(log.updated), len(log.new), len(log.conflicting)) == (1, 0, 0)
        assert anna.reviews() == reviews
        assert [card.id for card in anna.cards("map")][:3] == cards
        assert len(anna.cards("map")) == 4
        assert shapes(collection, anna.note("map").id)[0][2]["left"] == "0.11"
        assert "the mole of 1897" in anna.cards("map")[0].answer()


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_a_card_tells_its_own_answer_alone(decks: Path, tmp_path: Path, scripts: bool) -> None:
    """The front tells no answer, the back the one of its region; what a teacher writes stays text."""
    with student(tmp_path) as anna, browser.start() as chromium:
        imported(decks, anna)
        cards = anna.cards("map")
        for card, answer in zip(cards, ["the old mole", "}} [sound:x] {{c9::<b>", "the new quay"], strict=True):
            for side, said in ((card.question(), []), (card.answer(), [answer])):
                with chromium.page(f'<body class="card"><div id="qa">{side}</div>', scripts=scripts) as page:
                    shown = page.text()
                    told = [text for text in ("the old mole", "[sound:x]", "the new quay") if text in shown]

                    assert [text in shown for text in said] == [True] * len(said)
                    assert len(told) == len(said)
        assert "Nobody lives there." in cards[0].answer()


# --- paper and web page ---------------------------------------------------------------------------------------------


def made(decks: Path, format_: Format) -> dict[str, bytes]:
    out = decks.parent / "dist"
    build(load(decks), out, START, [format_])
    return {path.name: path.read_bytes() for path in out.iterdir()}


def test_paper_numbers_the_regions(decks: Path) -> None:
    """The sheet shows the picture with its regions covered and numbered; the key has what belongs to each number."""
    edit(decks / "deck.yaml", '"}} [sound:x] {{c9::<b>"', "the rock")
    files = made(decks, "pdf")
    page = pypdfium2.PdfDocument(files["deck-quiz.pdf"])[0]

    assert figures(files["deck-quiz.pdf"]) == ["A map with three marks", "The same map"]
    word_bank = re.findall("Words:(.*)", page.get_textpage().get_text_range())[0]
    assert sorted(re.split(r"\s*·\s*", word_bank.strip())) == ["the new quay", "the old mole", "the rock"]
    key = PdfReader(io.BytesIO(files["deck-key.pdf"])).pages[0].extract_text().replace("\xa0", " ")
    assert re.search(r"\(1\) the old mole\s+\(2\) the rock\s+\(3\) the new quay", key)


def test_covered_is_covered(decks: Path) -> None:
    """What stands in a region cannot be seen on paper: there the picture is white, but for the number."""
    picture = Image.new("RGB", (400, 200), "orange")
    picture.paste("lime", (40, 40, 80, 60))
    picture.save(decks / "map.png")
    page = pypdfium2.PdfDocument(made(decks, "pdf")["deck-quiz.pdf"])[0].render(scale=3).to_pil().convert("RGB")
    colours = {colour for count, colour in page.getcolors(1 << 20) or [] if count > 50}

    assert (255, 165, 0) in colours
    assert (0, 255, 0) not in colours


@pytest.mark.browser
def test_a_web_page_checks_the_names(decks: Path) -> None:
    """The student chooses a name for each number, and learns which were right."""
    edit(decks / "deck.yaml", '"}} [sound:x] {{c9::<b>"', "the rock")
    html = made(decks, "html")["deck-quiz.html"]
    with browser.start() as chromium, chromium.page(html) as page:
        fields = "[...document.querySelector('[data-form=Labels]').querySelectorAll('select')]"
        names = json.dumps(["the old mole", "the new quay", "the rock"])
        page.run(f"{fields}.forEach((field, n) => field.value = {names}[n])")
        page.click("[data-form=Labels] button")
        signs = page.run(f"{fields}.map(field => field.nextSibling.className).join()")

        assert page.run(f"{fields}.length") == 3
        assert signs == "sign right,sign wrong,sign wrong"
        assert page.run("[...document.images].every(img => img.complete && img.naturalWidth === 400)") is True
        assert page.errors() == []


# --- releases -------------------------------------------------------------------------------------------------------


def test_another_kind_is_told(decks: Path) -> None:
    """To or from a picture with regions, a card would be a new one: that is told before it happens."""
    built(decks)
    lock = (decks / "octdeck.lock").read_text(encoding="utf-8")
    text = (decks / "deck.yaml").read_text(encoding="utf-8")
    start, end = text.index("    image: map.png\n    alt: The same"), len(text)
    (decks / "deck.yaml").write_text(text[:start] + "    question: Q\n    answer: A\n    themes: t\n", encoding="utf-8")

    assert end > start
    assert re.search("^question map occlusion ", lock, re.MULTILINE)
    assert [finding.code for finding in octdeck.check(decks)] == ["OD207"]


def test_diff_and_recovery(decks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Moved regions, other answers and another picture are told by `octdeck diff`; a lost lock file comes back."""
    monkeypatch.chdir(decks.parent)
    built(decks)
    lock = (decks / "octdeck.lock").read_bytes()
    (decks / "octdeck.lock").unlink()
    recovered = CliRunner().invoke(main, ["lock", "--from", "dist/kinds.apkg"], catch_exceptions=False)
    edit(
        decks / "deck.yaml", "{answer: the new quay, at: [70, 75, 10, 10]}", "{answer: the quay, at: [70, 75, 12, 10]}"
    )
    edit(decks / "deck.yaml", "- id: pair", "- id: sides")

    shown = CliRunner().invoke(main, ["diff"], catch_exceptions=False)

    assert recovered.exit_code == 0
    assert (decks / "octdeck.lock").read_bytes() == lock
    assert shown.exit_code == 3
    assert "did you rename 'pair'? write 'id: pair' again" in shown.stdout
    assert "    occlusion: the words stay, how they are shown does not\n" in shown.stdout
    assert "the [-new-] quay" in shown.stdout


def test_word_has_picture_and_lines(decks: Path) -> None:
    """In Word the picture has its numbers too, as a picture that Word takes, and below it a line for each."""
    files = made(decks, "docx")
    quiz, key = (Document(io.BytesIO(files[f"deck-{name}.docx"])) for name in ("quiz", "key"))
    lines = [
        paragraph.text
        for table in quiz.tables
        for cell in table.rows[0].cells
        for paragraph in cell.paragraphs
        if paragraph.style is not None and paragraph.style.name == "Place"
    ]

    assert [shape._inline.docPr.get("descr") for shape in quiz.inline_shapes] == [
        "A map with three marks",
        "The same map",
    ]
    assert sorted(lines) == sorted(["1", "2", "3"] * 2)
    assert "(1)\xa0the old mole" in "".join(paragraph.text for paragraph in key.paragraphs)


def test_a_card_to_cut_out(decks: Path) -> None:
    """On a card the picture has room, its numbers on the front, what belongs to them on the back."""
    edit(decks / "deck.yaml", '"}} [sound:x] {{c9::<b>"', "the rock")
    built = build_quiz(load(decks), Quiz(id="q", title="Q"), decks.parent / "dist", ["cards"])
    (path,) = built.written
    front, back = (page.extract_text() for page in PdfReader(path).pages)

    assert built.diagnostics == ()
    assert sorted(figures(path.read_bytes())) == ["A map with three marks", "The same map"]
    assert "the old mole" in front.replace("\n", " ")  # among the words to choose from
    assert "(1) left" in back.replace("\xa0", " ")
