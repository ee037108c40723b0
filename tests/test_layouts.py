"""The layouts of a sheet, its letterhead and the marking strip: YAML text in, PDF out, measured."""

import base64
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace
from pypdf import PdfReader

from octdeck import characters, sheetdata, typesetting, widths
from octdeck.bank import arrange
from octdeck.errors import OctdeckError
from octdeck.fonts import KNOWN as SURE
from octdeck.forms import answer
from octdeck.look import LAYOUTS, PAPERS, Layout, Logo, Look, Paper
from octdeck.readers import yaml
from octdeck.sheet import Sheet, from_bank
from octdeck.writers import pdf
from test_paper import (
    BANK,
    HEAD,
    KINDS,
    KNOWN,
    NAMES,
    TEXTS,
    bank,
    entry,
    joined,
    mixed,
    pages,
    pages_with,
    ruled_lines,
    sheet,
)

SIZES = {"a4": (595.3, 841.9), "letter": (612, 792)}
SANS: tuple[Layout, ...] = ("large", "spaced")


class Char(Struct, frozen=True):
    """A character as it stands on a page: its box and the size of its font, in points."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def chars(data: bytes) -> list[list[Char]]:
    """The visible characters of each page."""
    found = []
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        shown = [(text.get_text_range(n, 1), n) for n in range(text.count_chars())]
        found.append([Char(char, *text.get_charbox(n)) for char, n in shown if char.strip()])
    return found


def starts(data: bytes, word: str) -> list[tuple[int, float, float]]:
    """The page, left and bottom of each place where a word begins."""
    found = []
    for number, page in enumerate(chars(data)):
        text = "".join(char.text for char in page)
        found += [(number, page[m.start()].left, page[m.start()].bottom) for m in re.finditer(re.escape(word), text)]
    return found


def fonts(data: bytes) -> set[str]:
    """The names of the fonts in a PDF, without what their subset is called."""
    names: set[str] = set()
    for page in PdfReader(io.BytesIO(data)).pages:
        resources: Any = page["/Resources"]
        names |= {str(font.get_object()["/BaseFont"]) for font in resources["/Font"].values()}
    return {name.partition("+")[2] for name in names}


def text_sizes(data: bytes) -> dict[str, set[float]]:
    """The sizes of type in which each word of a PDF is set."""
    sizes: dict[str, set[float]] = {}

    def visit(text: str, _: Any, matrix: Any, font: Any, size: float) -> None:
        for word in text.split():
            sizes.setdefault(word, set()).add(round(abs(size * matrix[3]), 1))

    for page in PdfReader(io.BytesIO(data)).pages:
        page.extract_text(visitor_text=visit)
    return sizes


# --- layouts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_paper_sizes(layout: Layout, paper: Paper) -> None:
    """Every layout comes on A4 and on Letter, the key too."""
    one = sheet(KINDS)
    for data in (pdf.quiz(one, Look(paper, layout)), pdf.key([one], Look(paper, layout))):
        for page in PdfReader(io.BytesIO(data)).pages:
            assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(SIZES[paper], abs=0.5)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts_say_the_same(layout: Layout) -> None:
    """Each question has the same number, letters, words and order as on the standard sheet."""
    one = sheet(KINDS)
    plain, other = (" ".join(pages(pdf.quiz(one, Look(layout=name)))) for name in ("standard", layout))
    for number in range(1, 9):
        assert joined(entry(other, number)).startswith(joined(entry(plain, number)).partition("Paper")[0])


def test_one_key_serves_all_layouts() -> None:
    """The key has the same bytes whatever layout the pupils have."""
    one = sheet(KINDS)

    assert len({pdf.key([one], Look(layout=layout)) for layout in LAYOUTS}) == 1


@pytest.mark.parametrize("layout", SANS)
def test_sans(layout: Layout) -> None:
    """Large print and the spaced layout are in Noto Sans, Cyrillic and Vietnamese too, and nothing is slanted."""
    data = pdf.quiz(
        sheet(f"  - {{id: a, question: '{NAMES} and *emphasis*', answer: a, claim: true}}"), Look("a4", layout)
    )

    assert joined(NAMES) in joined(" ".join(pages(data)))
    assert {re.sub(r"-\w+$", "", name) for name in fonts(data)} == {"NotoSans"}
    assert not any("Italic" in name for name in fonts(data))


def test_large_print() -> None:
    """Whatever a pupil has to read in large print, directions and options too, is set in 18 points at least."""
    sizes = text_sizes(pdf.quiz(sheet(KINDS), Look(layout="large")))
    read = (
        "Name",
        "Date",
        "soviet",
        "Petrograd",
        "Choose",
        "[a",
        "Fill",
        "Words:",
        "Aurora",
        "Number",
        "February",
        "Kerensky",
    )

    assert {word: sizes[word] for word in read if min(sizes[word]) < 18} == {}


def test_spaced() -> None:
    """The spaced layout has lines one and a half times as far apart as they are high, wide gaps and short lines."""
    text = "ox and ox and " * 40
    data = pdf.quiz(sheet(f"  - {{id: a, question: '{text}', answer: a}}"), Look(layout="spaced"))
    (page,) = chars(data)
    lines: dict[int, list[Char]] = {}
    for char in page:
        if char.text in "oxand":
            lines.setdefault(round(char.bottom), []).append(char)
    heights = sorted((height for height, line in lines.items() if len(line) > 20), reverse=True)
    ox, next_word = lines[heights[0]][1:3]
    (size,) = text_sizes(data)["ox"]

    assert size >= 12
    assert heights[0] - heights[1] >= 1.5 * size
    assert next_word.left - ox.right > 0.5 * size
    assert max(len(line) for line in lines.values()) * 14 / 11 < 65  # with its blanks
    assert not set(fonts(data)) & {"NotoSans-Italic"}


def columns(data: bytes, word: str) -> list[tuple[int, bool]]:
    """The page of each place where a word begins, and whether that is in the right half."""
    return [(page, left > 297) for page, left, _ in starts(data, word)]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_question_splits(layout: Layout, paper: Paper) -> None:
    """A question's number, its first and its last words stand on one page, and in one column."""
    data = pdf.quiz(sheet(mixed(60)), Look(paper, layout))
    texts = pages(data)

    tall = {n for n in range(1, 61) if f"Question {n}, continued" in " ".join(texts)}

    assert len(tall) == (2 if (layout, paper) == ("large", "letter") else 0)
    for n in set(range(1, 61)) - tall:
        assert len(pages_with(texts, f"end{n}")) == 1
        assert pages_with(texts, f"{n}. start{n}") == pages_with(texts, f"end{n}")
    if layout == "two-column":
        firsts, lasts = (sorted(columns(data, word)) for word in ("start", "end"))
        assert firsts == lasts
        assert len(set(firsts)) >= 2 * len(texts) - 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_lines_stay_with_their_question(layout: Layout) -> None:
    """In every layout a question has its lines to write on below it, on its page."""
    questions = "".join(f"  - {{id: q{n}, question: Q?, answer: a, lines: 7}}\n" for n in range(20))
    data = pdf.quiz(sheet(questions), Look(layout=layout))
    first, *others = (7 * text.count("Q?") for text in pages(data))

    assert ruled_lines(data, 200) == [first + 1, *others]  # the line for the name is as long


def test_a_short_quiz_fills_both_columns() -> None:
    """In two columns, a quiz that fits on the page is shared out so that both columns are about equally long."""
    data = pdf.quiz(
        sheet("".join(f"  - {{id: q{n}, question: Q?, answer: a}}\n" for n in range(9))), Look(layout="two-column")
    )
    questions = starts(data, "Q?")

    assert [left > 297 for _, left, _ in questions] == [False] * 5 + [True] * 4
    assert questions[0][2] == pytest.approx(questions[5][2])


LONG = [f"w{n}" for n in range(1650)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_question_longer_than_a_page_says_so(layout: Layout) -> None:
    """A question that no page can hold breaks; wherever it does, it says so below and above, and nothing is lost."""
    long = f"question: {' '.join(LONG)}, answer: a, distractors: [b]"
    questions = f"  - {{id: a, question: A?, answer: a}}\n  - {{id: b, {long}}}\n  - {{id: c, question: C?, answer: c}}"
    data = pdf.quiz(sheet(questions), Look(layout=layout))
    texts = pages(data)
    parts = [text for text in texts if re.search(r"\bw\d", text)]
    text = " ".join(texts)

    assert len(parts) > 1
    assert all("Question 2 continues" in text for text in parts[:-1])
    assert all("Question 2, continued" in text for text in parts[1:])
    assert text.count("Question 2 continues") == text.count("Question 2, continued") <= len(parts)
    assert sorted(re.findall(r"\bw\d+", text)) == sorted(LONG)
    assert not re.search("Question [13]", text)


def test_a_key_entry_longer_than_a_page_says_so() -> None:
    """An explanation that no page can hold breaks likewise, in the key of each version on its own."""
    long = f"question: B?, answer: a, explain: {' '.join(LONG)}"
    one = sheet(
        f"  - {{id: a, question: A?, answer: a}}\n  - {{id: b, {long}}}\n  - {{id: c, question: C?, answer: c}}"
    )
    text = " ".join(pages(pdf.key([replace(one, version="A"), replace(one, version="B")])))

    assert text.count("Question 2 continues") == text.count("Question 2, continued") == 2
    assert sorted(re.findall(r"\bw\d+", text)) == sorted(2 * LONG)
    assert not re.search("Question [13]", text)


def test_a_tall_question_in_two_columns() -> None:
    """What is taller than the rest of a column goes to the next; what is taller than a page goes across both."""
    options = ", ".join(f"'{'option ' * 30}{n}'" for n in range(9))
    data = pdf.quiz(
        from_bank(
            bank(f"""
  - {{id: a, question: A?, answer: a}}
  - {{id: b, question: Tall?, answer: a, distractors: [{options}]}}
  - {{id: c, question: Wide?, answer: a, hint: {"hint " * 900}}}
  - {{id: d, question: D?, answer: a}}
"""),
            "A title " * 80,
        ),
        Look(layout="two-column"),
    )

    assert columns(data, "Tall?") == [(1, False)]
    assert columns(data, "Wide?") == [(2, False)]
    assert {page for page, _ in columns(data, "hint")} == {2}
    assert {right for _, right in columns(data, "hint")} == {True, False}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_leaves_the_page(layout: Layout, paper: Paper) -> None:
    """Words longer than a line, ten options and long addresses stay within the margins, and within their column."""
    long, caps, middle = "verylongword" * 25, "W" * 90, "Konterrevolutionsgefahr"
    questions = bank(f"""
  - {{id: a, question: 'Say {long}', answer: {long}, hint: {caps}}}
  - {{id: b, question: Q?, answer: {long}, distractors: [{", ".join(f"{caps}{n}" for n in range(9))}]}}
  - {{id: c, question: Q?, pairs: {{{long}: {caps}, {caps}: {long}}}, distractors: [d]}}
  - {{id: d, question: Q?, order: [{long}, {caps}, c]}}
  - {{id: e, cloze: '{{{{c1::{long}::{caps}}}}} {{{{c2::{caps}}}}} and {{{{c3::{middle}}}}}'}}
  - {{id: f, statement: '{caps} `{long}` {middle}', answer: true}}
  - {{id: g, question: '{middle}', pairs: {{{middle}: x, {middle.upper()}: y}}, distractors: [d{middle}]}}
  - {{id: h, question: {" ".join(["word"] * 600)}, answer: a}}
  - {{id: i, question: Q?, answer: a, distractors: [{", ".join(f"d{n}" for n in range(9))}]}}
""")
    data = pdf.quiz(from_bank(questions, caps * 2), Look(paper, layout, school=f"{caps} {long}"))

    width, height = SIZES[paper]
    margin = 40
    for page in chars(data):
        assert min(char.left for char in page) > margin
        assert max(char.right for char in page) < width - margin
        assert min(char.bottom for char in page) > 20
        assert max(char.top for char in page) < height - margin


@pytest.mark.parametrize("layout", LAYOUTS)
def test_version_and_page_stand_in_the_footer(layout: Layout) -> None:
    """Every page says of which version it is, so that a sheet that is found alone can be marked."""
    texts = pages(pdf.quiz(from_bank(bank(mixed(20)), "October", "B"), Look(layout=layout)))

    for n, text in enumerate(texts, 1):
        assert text.endswith(f" October · Version B Page {n} of {len(texts)}")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_long_title_is_cut_in_the_footer(layout: Layout) -> None:
    """A title that has no room in the footer ends with an ellipsis; version and page are still there."""
    texts = pages(pdf.quiz(from_bank(bank(mixed(10)), "A very long title " * 10, "B"), Look(layout=layout)))

    for text in texts:
        assert re.search(r"A very [^…]+… · Version B Page \d+ of \d+$", text)


# --- characters -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS)
def test_known_characters_have_glyphs(layout: Layout) -> None:
    """The characters that are not tried out have glyphs in the fonts of every layout, in every style."""
    styles = f"['*a{KNOWN}a*', '**a{KNOWN}a**', '`a{KNOWN}a`', '***a{KNOWN}a***']"

    data = pdf.quiz(
        sheet(f"  - {{id: a, question: Q?, answer: '{KNOWN}', distractors: {styles}}}"), Look(layout=layout)
    )

    assert "Ж" in " ".join(pages(data))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_text_is_wider_than_it_is_told_to_be(layout: Layout, tmp_path: Path) -> None:
    """In no layout and no style is a letter wider than the template is told, in the size of the letters around."""
    letters = [chr(code) for code in range(0x2213) if SURE.fullmatch(chr(code)) and not chr(code).isspace()]
    for path in Path(pdf.__file__).parent.glob("*.typ"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    asking = tmp_path / "asking.typ"
    asking.write_text(
        """
#import "look.typ": *
#show: styled
#let styles = (it => it, emph, strong, it => strong(emph(it)), raw)
#context [#metadata(d.letters.map(letter => calc.max(..styles.map(style => {
  measure(style(letter)).width / text.size.to-absolute()
})))) <widths>]
#context [#metadata(measure[a b].width / text.size.to-absolute() - measure[ab].width / text.size.to-absolute()) <blank>]
""",
        encoding="utf-8",
    )
    questions = sheet("  - {id: a, question: Q?, answer: a}")
    data = {"kind": "quiz", **sheetdata.head(questions, Look(layout=layout)), "letters": letters}

    (found,), (blank,) = (typesetting.said(asking, data, label) for label in ("widths", "blank"))

    assert {letter for letter, width in zip(letters, found, strict=True) if width > widths.whole(letter)} == set()
    assert {letter for letter, width in zip(letters, found, strict=True) if width > widths.widest(letter)} == set()
    assert blank < widths.whole("a b") - widths.whole("ab")


def test_either_font_may_lack_a_character() -> None:
    """What only one of the fonts has is printed in all layouts; what neither has is an error."""
    only_serif, only_sans, neither = "←\u03e2", "\u0478\u03cf", "中"
    found = bank(f"  - {{id: a, question: 'Q {only_serif} {only_sans}', answer: a}}")

    assert characters.unprintable(found) == []
    for layout in LAYOUTS:
        assert "Q" in " ".join(pages(pdf.quiz(from_bank(found), Look(layout=layout))))
    assert typesetting.not_set([*only_serif, *only_sans, neither]) == {neither}


def test_a_missing_font_is_no_crash() -> None:
    """Without the package of the font there is a fault with a message."""
    script = """
import sys
sys.modules["fontpkg_noto_sans"] = None
from octdeck.errors import OctdeckError
from octdeck import typesetting
try:
    typesetting.not_set(["a"])
except OctdeckError as error:
    print(error)
"""
    told = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout

    assert told.startswith("the font Noto Sans is missing")


@settings(max_examples=20, deadline=None)
@given(TEXTS, TEXTS, st.sampled_from(LAYOUTS))
def test_checked_text_can_be_printed(question: str, explain: str, layout: Layout) -> None:
    """Any text at all is either refused by the check or printed, in every layout."""
    texts = [text.replace("'", "''") for text in (question, explain)]
    source = f"  - {{id: a, question: '{texts[0]}', answer: '{texts[1]}', distractors: ['*{texts[0]}*'], explain: a}}"
    found, _ = yaml.read((Path("bank.yaml"), BANK.encode()), [(Path("d.yaml"), (HEAD + source).encode())])
    assert found is not None
    if not characters.unprintable(found):
        assert pdf.quiz(from_bank(found), Look(layout=layout)).startswith(b"%PDF")


# --- the letterhead -------------------------------------------------------------------------------------------------

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP//////////////////////////////////////////////////////////////////"
    "////////////////////wAALCAABAAIBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAv/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAI"
    "AQEAAD8AD//Z"
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 10"><rect width="100" height="10" fill="#246"/></svg>'


def figures(data: bytes) -> list[str]:
    """What each picture is said to show, as a screen reader would say it."""

    def alternatives(node: Any) -> Iterator[str]:
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                yield from alternatives(child)
        elif isinstance(node, dict):
            if node.get("/S") == "/Figure":
                yield str(node["/Alt"])
            yield from alternatives(node["/K"]) if "/K" in node else ()

    root: Any = PdfReader(io.BytesIO(data)).trailer["/Root"]
    return list(alternatives(root["/StructTreeRoot"]["/K"]))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("logo", [Logo(PNG, "png"), Logo(SVG, "svg"), Logo(JPEG, "jpg")], ids=lambda logo: logo.type)
def test_letterhead(layout: Layout, logo: Logo) -> None:
    """School and logo stand at the head of sheet and key, on the first page only; the logo says what it is."""
    one = sheet(mixed(20))
    look = Look("letter", layout, "#school *5* $", logo)
    for data in (pdf.quiz(one, look), pdf.key([one], look)):
        first, *others = pages(data)
        reader = PdfReader(io.BytesIO(data))

        assert first.startswith("#school *5* $")
        assert others
        assert not any("#school" in text for text in others)
        assert figures(data) == ["Logo: #school *5* $"]
        assert reader.metadata is not None
        assert reader.metadata.author == "#school *5* $"


def test_logo_alone() -> None:
    """A logo needs no school, and a wide one leaves room for the page."""
    data = pdf.quiz(sheet(KINDS), Look(logo=Logo(SVG, "svg")))
    boxes = [found.get_bounds() for found in pypdfium2.PdfDocument(data)[0].get_objects() if found.type == 5]

    assert figures(data) == ["Logo"]
    assert pages(data)[0].startswith("The bank")
    assert all(right < 210 for _, _, right, _ in boxes)


@pytest.mark.parametrize(
    "logo", [Logo(b"", "png"), Logo(b"no picture", "jpg"), Logo(b"\xff<", "svg"), Logo(PNG, "svg")]
)
def test_a_broken_logo_is_no_crash(logo: Logo) -> None:
    """A file that is no picture is a fault with a message and a hint."""
    with pytest.raises(OctdeckError) as fault:
        pdf.quiz(sheet(KINDS), Look(logo=logo))

    assert fault.value.hint == "take another picture as the logo"


def test_the_school_needs_glyphs_too() -> None:
    """The letterhead's text is tried out like all others."""
    (found,) = characters.unprintable(bank("  - {id: a, question: Q?, answer: a}", BANK + "school: 中学\n"))

    assert (found.code, found.span.line) == ("OD401", 6)


# --- the marking strip ----------------------------------------------------------------------------------------------


def versions(questions: str, letters: str) -> list[Sheet]:
    """A sheet for each letter, with the questions in another order and the options mixed."""
    first = bank(questions)
    made = []
    for turn, letter in enumerate(letters):
        items = first.items[turn:] + first.items[:turn]
        mixed = tuple(replace(item, options=arrange(item.question, letter)) for item in items)
        made.append(from_bank(replace(first, items=mixed), "T", letter))
    return made


def strip_rows(data: bytes) -> list[str]:
    """The lines of the first page of a key, from the head of the strip on, as they stand from left to right."""
    lines: dict[int, list[Char]] = {}
    for char in chars(data)[0]:
        lines.setdefault(round(char.bottom / 3), []).append(char)
    text = [
        "".join(char.text for char in sorted(line, key=lambda char: char.left)) for _, line in sorted(lines.items())
    ]
    return text[::-1]


CHOICES = "".join(
    f"  - {{id: q{n}, question: Q{n}?, answer: r, distractors: [a, b, c], points: {n}}}\n" for n in range(1, 8)
)


def test_marking_strip() -> None:
    """The key begins with a page that has a row for each number: letters and points of all versions side by side."""
    sheets = versions(CHOICES, "ABC")
    data = pdf.key(sheets)
    rows = strip_rows(data)
    expected = []
    for entries in zip(*(one.entries for one in sheets), strict=True):
        cells = "".join(answer(shown.form).marks + shown.points for shown in entries)
        expected.append(f"{entries[0].number}{cells}")

    assert [row for row in rows if row in expected] == expected
    assert "APointsBPointsCPoints" in rows
    assert "Total282828" in rows
    assert "Q1?" not in pages(data)[0]
    assert pages(data)[1].startswith("Version A 1. Q1?")


def test_marking_strip_of_every_kind() -> None:
    """Where there is no letter, the strip has the short answer, the gaps, the order or the pairs."""
    (text,) = [re.split(r" 1\. ", page)[0] for page in pages(pdf.key([sheet(KINDS)]))]

    assert re.search(r"1 A workers’ council 1 2 Kornilov 1 3 [A-D] 1 4 [ABC], [ABC] 1", text)
    assert re.search(
        r"5 F 1 Points 6 \(1\) Aurora \(2\) Winter Palace \(3\) night 1 7 [\d ]{7} 1 8 1–. 2–. 1 Total 8", text
    )


@pytest.mark.parametrize("count", [1, 5, 6])
def test_few_questions_need_no_strip(count: int) -> None:
    """The key to a single sheet of up to five questions has no strip."""
    text = key = "".join(pages(pdf.key([sheet("".join(CHOICES.splitlines(keepends=True)[:count]))])))

    assert ("At a glance" in text) == (count > 5)
    assert "Q1?" in key


@pytest.mark.parametrize(
    ("letters", "count"), [("", 60), ("", 140), ("AB", 40), ("ABCDE", 45), ("ABCDEFG", 30), ("AB", 120)]
)
def test_strips_of_many(letters: str, count: int) -> None:
    """However many versions and questions there are, every row is there once for each five versions, with the total."""
    questions = "".join(
        f"  - {{id: q{n}, question: Q?, answer: r, distractors: [x], points: 2}}\n" for n in range(count)
    )
    sheets = versions(questions, letters) if letters else [sheet(questions)]
    texts = pages(pdf.key(sheets))
    strip = " ".join(texts).partition("1. Q?")[0]
    strip = re.sub(r"T · Answer key Page \d+ of \d+|Points", "", strip)

    groups = -(-len(letters) // 5) or 1

    assert len(re.findall(r"(?<!\S)[AB] 2(?!\S)", strip)) == count * len(sheets)
    assert strip.count("Total") == groups
    if letters and count <= 45:
        assert len([text for text in texts if "Q?" not in text]) == groups


def test_long_answers_are_cut_to_fit() -> None:
    """A short answer that has no room in the strip ends with an ellipsis, on one line, before the points."""
    long = "a very long answer " * 10
    data = pdf.key(
        versions(
            f"  - {{id: a, question: Q?, answer: {long}}}\n  - {{id: b, question: Q?, answer: {'W' * 200}}}", "ABCDE"
        )
    )
    rows = [row for row in strip_rows(data) if "…" in row]

    assert [row[0] for row in rows] == ["1", "2"]
    assert all(len(re.findall(r"…\.?1", row)) == 5 for row in rows)
    assert all(row.count("…") == 5 for row in rows)
    assert max(char.right for char in chars(data)[0]) < 595 - 55


def test_strip_has_no_markup() -> None:
    """An answer in the strip comes out as it was typed."""
    text = "# *a $x$ <b> @c"

    assert text in pages(pdf.key(versions(f"  - {{id: a, question: Q?, answer: '{text}'}}", "AB")))[0]


# --- the template ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    [
        'read("/etc/passwd")',
        'read("secret.txt")',
        'read("/secret.txt")',
        'read("../secret.txt")',
        'image("/secret.svg")',
        'include "sub/other.typ"',
        'json("/typesetting.py")',
        'import "@preview/cetz:0.3.0"',
        'import "@local/cetz:0.3.0"',
    ],
)
def test_a_template_reads_nothing(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A template has the templates of its folder, and no other file, wherever octdeck runs."""
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "secret.svg").write_bytes(SVG)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "other.typ").write_text("secret", encoding="utf-8")
    (tmp_path / "own.typ").write_text("#let own = [mine]", encoding="utf-8")
    template = tmp_path / "template.typ"
    monkeypatch.chdir(tmp_path)

    start = '#set document(title: "t")\n#import "own.typ": own\n#own\n'
    template.write_text(start, encoding="utf-8")
    assert pages(typesetting.to_pdf(template, {})) == ["mine"]
    template.write_text(f"{start}#{code}", encoding="utf-8")
    with pytest.raises(OctdeckError):
        typesetting.to_pdf(template, {})


def test_a_logo_reads_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A drawing that refers to a file does not get it."""
    (tmp_path / "secret.png").write_bytes(PNG)
    monkeypatch.chdir(tmp_path)
    for name in ("secret.png", "/secret.png", str(tmp_path / "secret.png"), (tmp_path / "secret.png").as_uri()):
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{name}" width="9"/></svg>'
        with pytest.raises(OctdeckError, match="linked image"):
            pdf.quiz(sheet(KINDS), Look(logo=Logo(drawing.encode(), "svg")))


# --- the file -------------------------------------------------------------------------------------------------------

SCRIPT = """
import hashlib, sys
from pathlib import Path
from octdeck.fonts import KNOWN as SURE
from octdeck.look import LAYOUTS, Logo, Look
from octdeck.readers import yaml
from octdeck.sheet import from_bank
from octdeck.writers import cards, pdf

header, deck, logo = sys.stdin.buffer.read().decode().split("\\0")
bank, _ = yaml.read((Path("bank.yaml"), header.encode()), [(Path("d.yaml"), deck.encode())])
one = from_bank(bank, "Paper")
looks = [Look("letter", layout, "School", Logo(logo.encode(), "svg")) for layout in LAYOUTS]
made = [pdf.quiz(one, look) + pdf.key([one], look) + cards.cards(one, look)[0] for look in looks]
print(hashlib.sha256(b"".join(made)).hexdigest())
"""


def test_same_bytes_anywhere(tmp_path: Path) -> None:
    """Every layout, with a letterhead, and cards give the same bytes in another folder, time zone and process."""

    def digest(folder: Path, seed: str, zone: str) -> str:
        env = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        given = f"{BANK}\0{HEAD}{KINDS}\0{SVG.decode()}".encode()
        command = [sys.executable, "-c", SCRIPT]
        return subprocess.run(
            command, input=given, cwd=folder, env=env, check=True, capture_output=True
        ).stdout.decode()

    assert digest(tmp_path, "7", "Pacific/Auckland") == digest(Path.cwd(), "1", "UTC")
