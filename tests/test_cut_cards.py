"""Cards to cut out: YAML text in, PDF out, measured as the printer lays front on back."""

import re
from collections import defaultdict
from typing import Any, get_args

import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from octdeck.look import LAYOUTS, PAPERS, Layout, Look, Paper
from octdeck.sheet import from_bank
from octdeck.writers import cards
from octdeck.writers.cards import Flip, PerPage
from test_layouts import SIZES, Char, chars, fonts, text_sizes
from test_paper import KINDS, NAMES, bank, joined, pages, sheet

MM = 72 / 25.4
EDGE = 10 * MM
FLIPS: tuple[Flip, ...] = get_args(Flip)
PER_PAGE: tuple[PerPage, ...] = get_args(PerPage)


def numbered(count: int) -> str:
    """Questions whose fronts say only `f` and whose backs say only `b`, with their numbers."""
    return "".join(
        f"  - {{id: q{n}, question: '{f'f{n}f ' * (1 + n * 7 % 30)}', answer: '{f'b{n}b ' * (1 + n * 5 % 30)}'}}\n"
        for n in range(1, count + 1)
    )


def places(page: list[Char], side: str) -> dict[int, list[tuple[float, float]]]:
    """For each number the corners of all its words on a page."""
    text = "".join(char.text for char in page)
    found: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for match in re.finditer(rf"{side}(\d+){side}", text):
        first, last = page[match.start()], page[match.end() - 1]
        found[int(match[1])] += [(first.left, first.bottom), (last.right, last.top)]
    return found


def cell(point: tuple[float, float], paper: Paper, per_page: PerPage) -> tuple[int, int]:
    """The column and line of the card, from the left and from below, on which a point lies."""
    (x, y), (width, height) = point, SIZES[paper]
    column, line = (x - EDGE) / ((width - 2 * EDGE) / 2), (y - EDGE) / ((height - 2 * EDGE) / (per_page // 2))
    assert 0 < column < 2
    assert 0 < line < per_page // 2
    return int(column), int(line)


# --- front and back -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("offset", [(0, 0), (1.5, -2), (-3, 0.7)])
@pytest.mark.parametrize("flip", FLIPS)
@pytest.mark.parametrize("per_page", PER_PAGE)
@pytest.mark.parametrize("paper", PAPERS)
def test_each_back_lies_behind_its_front(
    paper: Paper, per_page: PerPage, flip: Flip, offset: tuple[float, float]
) -> None:
    """Seen through the paper, every word of a back lies on the card of its front; the offset moves all backs alike."""
    data, left_out = cards.cards(sheet(numbered(23)), Look(paper), flip, offset, per_page)
    sides = chars(data)
    width, height = SIZES[paper]
    seen = []
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        fronts, backs = places(front, "f"), places(back, "b")
        for number, points in fronts.items():
            (card,) = {cell(point, paper, per_page) for point in points}
            behind = set()
            for x, y in backs[number]:
                x, y = x - offset[0] * MM, y + offset[1] * MM  # a PDF counts from below
                behind.add(cell((width - x, y) if flip == "long" else (x, height - y), paper, per_page))
            seen.append(number)

            assert behind == {card}
        assert fronts.keys() == backs.keys()
    assert seen == list(range(1, 24))
    assert left_out == ()


@pytest.mark.parametrize("flip", FLIPS)
def test_offset_in_millimetres(flip: Flip) -> None:
    """The offset moves what stands on the backs by just that much, right and down, and nothing on the fronts."""
    straight, moved = (
        chars(cards.cards(sheet(numbered(9)), flip=flip, offset=offset)[0]) for offset in ((0, 0), (2, 3))
    )

    for number, (before, after) in enumerate(zip(straight, moved, strict=True)):
        back = number % 2
        for old, new in zip(before, after, strict=True):
            assert new.left - old.left == pytest.approx(2 * MM * back, abs=0.05)
            assert new.bottom - old.bottom == pytest.approx(-3 * MM * back, abs=0.05)


@pytest.mark.parametrize(("count", "per_page", "expected"), [(1, 8, 2), (8, 8, 2), (9, 8, 4), (10, 10, 2), (31, 10, 8)])
def test_fronts_and_backs_by_turns(count: int, per_page: PerPage, expected: int) -> None:
    """Every page of fronts is followed by its page of backs."""
    texts = pages(cards.cards(sheet(numbered(count)), per_page=per_page)[0])

    assert len(texts) == expected
    assert [("f" in text, "b" in text) for text in texts] == [(True, False), (False, True)] * (expected // 2)


@pytest.mark.parametrize("per_page", PER_PAGE)
@pytest.mark.parametrize("paper", PAPERS)
def test_cut_marks(paper: Paper, per_page: PerPage) -> None:
    """At both ends of every cut there is a mark, in the margin, on the fronts and on the backs."""
    data, _ = cards.cards(sheet(numbered(3)), Look(paper), per_page=per_page)
    width, height = SIZES[paper]
    lines = per_page // 2
    upright = {round(EDGE + column * (width - 2 * EDGE) / 2) for column in range(3)}
    level = {round(EDGE + line * (height - 2 * EDGE) / lines) for line in range(lines + 1)}
    for page in pypdfium2.PdfDocument(data):
        paths = [found.get_bounds() for found in page.get_objects() if found.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH]
        middles = [(round((x1 + x2) / 2), round((y1 + y2) / 2)) for x1, y1, x2, y2 in paths]
        edge = EDGE - 2

        assert {x for x, y in middles if y < edge} == {x for x, y in middles if y > height - edge} == upright
        assert {y for x, y in middles if x < edge} == {y for x, y in middles if x > width - edge} == level
        assert min(min(x1, y1) for x1, y1, _, _ in paths) > 4 * MM  # a printer leaves about that much white


# --- what stands on them --------------------------------------------------------------------------------------------


def sides(questions: str, **how: Any) -> tuple[str, str]:
    """The text of the first page of fronts and of its backs."""
    front, back = pages(cards.cards(sheet(questions), **how)[0])[:2]
    return front, back


def test_each_kind_has_its_card() -> None:
    """The front asks as the sheet does, with everything to choose from; the back has what the key says."""
    front, back = sides(KINDS, per_page=10)

    for words in (
        "What was a soviet?",
        "Which city? Choose one. A ",
        "Which parties? Choose all that apply. A ",
        "The palace fell in a bloody battle. True or false?",
        "[a ship] fired on the (2)",
        "Fill in the gaps. Words:",
        "In which order? Put in order. •",
        "Who did what? Write the letter that belongs to each. 1 Kerensky 2 Kornilov A ",
    ):
        assert words in front
    for words in (
        "A workers’ council",
        "Kornilov Also right: Lavr Kornilov",
        "F False",
        "(1) Aurora (2) Winter Palace",
    ):
        assert words in back
    assert re.search(r"[A-D] Petrograd", back)
    assert re.search(r"1 February 2 July 3 August 4 October", back)
    assert re.search(r"1–([A-C]) 2–([A-C]) 1–\1 Kerensky: governed 2–\2 Kornilov: marched", back)
    assert not re.search("council|Lavr|False|¶", front)


def test_number_source_and_id() -> None:
    """Front and back have the number; the back has source, paragraph and id, which may give the answer away."""
    front, back = sides("  - {id: it-was-lenin, question: Who?, answer: He, claim: true, explain: E., caution: C.}")

    assert front == "Who? According to Coup or mass insurrection? 1"
    assert back == "He E. Caution: C. 1 Coup or mass insurrection?, ¶ 27 · it-was-lenin"


def test_explanation_only_if_it_fits() -> None:
    """An explanation that has no room is left out; a caution is not."""
    long = "word " * 300
    fits = "  - {id: a, question: Q?, answer: a, explain: Short., caution: Mind.}\n"
    _, short = sides(fits)
    _, cut = sides(fits.replace("Short.", long))
    _, left_out = cards.cards(sheet(fits.replace("Mind.", long)))

    assert "Short." in short
    assert "word" not in cut
    assert "Mind." in cut
    assert left_out == ("a",)


def test_text_shrinks_to_fit() -> None:
    """The longer the text, the smaller its type, down to 7 points, on front and back."""
    sizes = []
    for count in (1, 40, 70, 90, 110, 130):
        data, left_out = cards.cards(sheet(f"  - {{id: a, question: {'front ' * count}, answer: {'back ' * count}}}"))
        assert left_out == ()
        sizes.append((*text_sizes(data)["front"], *text_sizes(data)["back"]))

    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0][0] > sizes[-1][0] >= 7
    assert len(set(sizes)) > 3


def test_too_long_for_a_card() -> None:
    """A question that no card can hold is left out and named, at its place; the others close up."""
    long = "word " * 400
    found = bank(f"""
  - {{id: a, question: A?, answer: a}}
  - {{id: b, question: B? {long}, answer: b}}
  - {{id: c, question: C?, answer: c {long}}}
  - {{id: d, question: D?, answer: d}}
""")
    data, left_out = cards.cards(from_bank(found))
    warnings = cards.too_long(found, left_out)

    assert left_out == ("b", "c")
    assert [text for text in pages(data)[0].split() if "?" in text] == ["A?", "D?"]
    assert [(d.code, d.severity, d.span.line) for d in warnings] == [("OD402", "warning", 8), ("OD402", "warning", 9)]


def test_an_id_without_glyphs() -> None:
    """An id that no font can show is not on the card; as one that is left out, it is named all the same."""
    data, left_out = cards.cards(
        sheet(f"  - {{id: 中, question: Q?, answer: a}}\n  - {{id: 文, question: {'Q ' * 2000}, answer: a}}")
    )

    assert pages(data)[1] == "a 1 Coup or mass insurrection?, ¶ 27"
    assert left_out == ("文",)


def test_nothing_to_print() -> None:
    """Without any card there is one empty page."""
    assert pages(cards.cards(sheet("  - {id: a, question: Q?, answer: a, paper: false}"))[0]) == [""]


@pytest.mark.parametrize("per_page", PER_PAGE)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_leaves_its_card(layout: Layout, per_page: PerPage) -> None:
    """Words longer than a line and many options stay within their card, in every layout."""
    long, caps = "verylongword" * 6, "W" * 40
    questions = f"""
  - {{id: a, question: '{long}', answer: {caps}, explain: {long}, caution: {caps}, hint: {caps}}}
  - {{id: {"i" * 80}, question: Q?, answer: {long}, distractors: [{", ".join(f"d{n}" for n in range(9))}]}}
  - {{id: c, question: Q?, pairs: {{{long}: {caps}, {caps}: {long}}}, distractors: [d]}}
  - {{id: d, question: Q?, order: [{long}, {caps}, c]}}
  - {{id: e, cloze: '{{{{c1::{long}::{caps}}}}} {{{{c2::{caps}}}}}'}}
  - {{id: f, statement: '{caps} `{long}`', answer: true}}
  - {{id: g, question: g, answer: g}}
  - {{id: h, question: h, answer: h}}
"""
    data, left_out = cards.cards(sheet(questions), Look(layout=layout), per_page=per_page)
    width, height = SIZES["a4"]
    card = (width - 2 * EDGE) / 2, (height - 2 * EDGE) / (per_page // 2)

    assert left_out in ((), ("i" * 80,))  # ten options, one of two lines, and an id of two lines
    for page in chars(data):
        for char in page:
            corners = [
                ((x - EDGE) / card[0], (y - EDGE) / card[1])
                for x, y in ((char.left, char.bottom), (char.right, char.top))
            ]
            (left, bottom), (right, top) = corners
            assert 0.03 < left % 1 < right % 1 < 0.97
            assert 0.03 < bottom % 1 <= top % 1 < 0.97
            assert (int(left), int(bottom)) == (int(right), int(top))


@pytest.mark.parametrize("layout", ["large", "spaced"])
def test_layout_of_cards(layout: Layout) -> None:
    """Cards in large print and for dyslexic readers are in sans too, and as large as the card allows."""
    data, _ = cards.cards(sheet(f"  - {{id: a, question: '{NAMES}', answer: a}}"), Look(layout=layout))

    assert joined(NAMES) in joined(pages(data)[0])
    assert "NotoSans-Regular" in fonts(data)
    assert min(text_sizes(data)["Троцкий"]) >= 12.5


TEXTS = st.text(st.sampled_from("ab #*$<>@[]{}\\%_\"'~`-=/"), min_size=1, max_size=30).map(str.strip).filter(bool)


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_text_is_never_markup(text: str) -> None:
    """Whatever a teacher types comes out on the card as it comes out on the sheet."""
    quoted = f"x{text}x".replace("'", "''")
    one = sheet(f"  - {{id: a, question: '{quoted}', answer: '{quoted}', explain: '{quoted}'}}")
    shown = joined("".join(getattr(run, "text", "") for run in one.entries[0].stem))
    front, back = pages(cards.cards(one)[0])

    assert joined(front) == f"{shown}1"
    assert joined(back).startswith(f"{shown}{shown}1")
