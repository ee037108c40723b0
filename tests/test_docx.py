"""What comes in a Word file: YAML text in, .docx out, read back with python-docx and, as a PDF, through LibreOffice."""

import hashlib
import io
import os
import re
import shutil
import struct
import subprocess
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import pypdfium2  # type: ignore[import-untyped]
import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace
from PIL import Image
from pypdf import PdfReader

from octdeck.bank import arrange
from octdeck.errors import OctdeckError
from octdeck.forms import Columns, Options, Steps, TrueOrFalse, Written, answer
from octdeck.look import LAYOUTS, PAPERS, Layout, Logo, Look, Paper
from octdeck.markup import Run, to_plain
from octdeck.project import load
from octdeck.readers import yaml
from octdeck.sheet import Sheet, from_bank
from octdeck.writers import docx, pdf
from support import KINDS as KINDS_BANK
from test_paper import BANK, HEAD, KINDS, LITERAL, NAMES, TEXTS, bank, entry, joined, mixed, pages, pages_with, sheet

LOOK: Final = Look()
SIGNS: Final = re.compile("[○□\uf0a8]")  # a PDF draws them
ONE_PAGE: Final = {"a4": (595.3, 841.9), "letter": (612, 792)}
RICH: Final = """
  - {id: rich, question: "An *iron* **law** of `x` and [a link](https://a.org/x?y=1&z=2) it is", answer: "*slanted* a",
     explain: "Line one\\nline two", caution: "**Strong**", hint: "`code`"}
  - {id: both, question: "***both*** and *`leaning`*", answer: "1917", distractors: ["**b**", "*c*"]}
"""


def word(data: bytes) -> WordDocument:
    return Document(io.BytesIO(data))


def xml(data: bytes, name: str = "document") -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(f"word/{name}.xml").decode()


def paragraphs(document: WordDocument) -> list[Paragraph]:
    """All paragraphs in the order of the file, those in cells too."""
    found: list[Paragraph] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            found += [paragraph for row in block.rows for cell in row.cells for paragraph in cell.paragraphs]
        else:
            found.append(block)
    return found


def value(element: Any, tag: str, attribute: str = "val") -> str:
    """An attribute of the first such element within."""
    return str(element.find(f".//{qn(f'w:{tag}')}").get(qn(f"w:{attribute}")))


class Labels:
    """Counts the numbers and letters of a document as Word does."""

    def __init__(self, document: WordDocument) -> None:
        numbering = document.part.numbering_part.element
        abstract = {item.get(qn("w:abstractNumId")): item for item in numbering.iter(qn("w:abstractNum"))}
        self.lists = {item.get(qn("w:numId")): abstract[value(item, "abstractNumId")] for item in numbering.num_lst}
        self.styles = {style.style_id: style.element for style in document.styles}
        self.counts: dict[tuple[str, int], int] = {}

    def bases(self, paragraph: Paragraph) -> list[Any]:
        """The style of a paragraph, its base, the base of that."""
        found = [self.styles[value(paragraph._p, "pStyle")]]
        while (base := found[-1].find(qn("w:basedOn"))) is not None:
            found.append(self.styles[base.get(qn("w:val"))])
        return found

    def next(self, paragraph: Paragraph) -> tuple[int, str] | None:
        """The level and the label of a paragraph."""
        levels = [found for e in (paragraph._p, *self.bases(paragraph)) for found in e.iter(qn("w:numPr"))]
        if not levels:
            return None
        number, level = value(levels[0], "numId"), int(value(levels[0], "ilvl"))
        (definition,) = (e for e in self.lists[number].iter(qn("w:lvl")) if e.get(qn("w:ilvl")) == str(level))
        count = self.counts.get((number, level), int(value(definition, "start")) - 1) + 1
        self.counts = {key: n for key, n in self.counts.items() if key[0] != number or key[1] < level}
        self.counts[number, level] = count
        shown = {"decimal": str(count), "upperLetter": chr(ord("A") + count - 1)}[value(definition, "numFmt")]
        return level, value(definition, "lvlText").replace(f"%{level + 1}", shown)


class Line(Struct, frozen=True):
    """A paragraph as Word shows it: its label and text, blanks collapsed."""

    style: str
    label: str
    text: str
    paragraph: Paragraph


def lines(data: bytes) -> list[list[Line]]:
    """What stands before the questions, then what belongs to each question."""
    document = word(data)
    labels = Labels(document)
    groups: list[list[Line]] = [[]]
    for paragraph in paragraphs(document):
        found = labels.next(paragraph)
        if found and found[0] == 0:
            groups.append([])
        if (name := value(labels.bases(paragraph)[0], "name")) == "End":
            continue  # only behind a table, for Word
        text = " ".join(paragraph.text.split())
        groups[-1].append(Line(name, " ".join(found[1].split()) if found else "", text, paragraph))
    return groups


def words(text: str) -> Counter[str]:
    """How often each word is in a text. What is only drawn in one format does not count."""
    return Counter(SIGNS.sub(" ", text).split())


def quiz(questions: str, look: Look = LOOK) -> bytes:
    return docx.quiz(sheet(questions), look)


def key(questions: str, look: Look = LOOK) -> bytes:
    return docx.key([sheet(questions)], look)


def text_of(data: bytes) -> str:
    """The whole text, with what Word counts."""
    return " ".join(f"{line.label} {line.text}" for group in lines(data) for line in group)


def versions() -> list[Sheet]:
    """Two versions of a quiz with every kind, mixed differently."""
    first = bank(KINDS)
    items = tuple(replace(item, options=arrange(item.question, "other")) for item in reversed(first.items))
    return [from_bank(first, "October", "A"), from_bank(replace(first, items=items), "October", "B")]


def every_kind() -> Sheet:
    found = load(KINDS_BANK).bank
    assert found is not None
    return from_bank(found, "All of them")


def png(width: int, height: int) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x99" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


# --- numbers and letters --------------------------------------------------------------------------------------------


def agrees(one: Sheet, data: bytes) -> None:
    """The numbers and letters that Word counts are those of the sheet, and stand before the same texts."""
    _, *groups = lines(data)

    assert [group[0].label for group in groups] == [f"{shown.number}." for shown in one.entries]
    for shown, group in zip(one.entries, groups, strict=True):
        labelled = [(SIGNS.sub("", line.label).strip(), line.text) for line in group[1:] if line.label]
        expected: list[tuple[str, Any]] = []
        match shown.form:
            case Options(options=options):
                expected = [(option.letter, option.text) for option in options]
            case Columns(lefts=lefts, rights=rights):
                expected = [*((str(left.number), left.text) for left in lefts), *rights]
            case _:
                pass

        assert labelled == [(letter, " ".join(to_plain(runs).split())) for letter, runs in expected]


@given(st.integers(), st.lists(st.sampled_from("abcdefghij"), min_size=4, max_size=10, unique=True), st.integers(1, 3))
@settings(max_examples=25, deadline=None)
def test_letters_are_those_of_the_sheet(seed: int, texts: list[str], right: int) -> None:
    """However options are mixed, Word counts the letters and numbers that the sheet has, anew for each question."""
    pairs = dict(zip([text.upper() for text in texts[:-1]], texts[1:], strict=True))
    first = bank(f"""
  - {{id: a, question: Q?, answer: {texts[:right]}, distractors: {texts[right:]}}}
  - {{id: b, question: Q?, answer: {texts[0]}, distractors: [{"long " * 20}, {texts[1]}]}}
  - {{id: c, question: Q?, pairs: {pairs}, distractors: [{texts[0]}]}}
  - {{id: d, question: Q?, order: {texts}}}
  - {{id: e, statement: S., answer: true}}
  - {{id: f, question: Q?, answer: {texts[0]}, distractors: {texts[1:]}}}
  - {{id: g, question: Q?, pairs: {pairs}}}
""")
    items = tuple(replace(item, options=arrange(item.question, str(seed))) for item in first.items)
    one = from_bank(replace(first, items=items))

    agrees(one, docx.quiz(one, LOOK))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_layout_changes_numbers_or_letters(layout: Layout) -> None:
    """Numbers and letters are the same in every layout, so one key serves all."""
    agrees(every_kind(), docx.quiz(every_kind(), Look(layout=layout)))


def test_numbers_are_not_typed() -> None:
    """Numbers and letters are Word's own: in no paragraph does the text begin with one."""
    _, *groups = lines(quiz(KINDS))
    numbered = [line for group in groups for line in group if line.style in ("Question", "Option", "Option of several")]

    assert len(numbered) > 10
    assert not [line.text for line in numbered if re.match(r"[A-Z1-9]\b|\d+\.", line.text)]
    assert all(not line.paragraph._p.findall(".//" + qn("w:numPr")) for line in numbered)


def test_a_new_question_gets_its_number() -> None:
    """A question and its options that a teacher copies to the front are counted, and move the others on."""
    document = word(quiz("  - {id: a, question: Q?, answer: a, distractors: [b, c]}"))
    first = next(p for p in document.paragraphs if p.text.startswith("Q?"))
    first.insert_paragraph_before("New?", style="Question")
    first.insert_paragraph_before("one", style="Option")
    first.insert_paragraph_before("two", style="Option")
    buffer = io.BytesIO()
    document.save(buffer)
    _, new, old = lines(buffer.getvalue())

    assert [line.label for line in new] == ["1.", "○ A", "○ B"]
    assert [line.label for line in old] == ["2.", "", "○ A", "○ B", "○ C"]


def test_one_key_for_all_versions() -> None:
    """Behind the strip each version has its own page in the key, counted from one, with that version's answers."""
    both = versions()
    document = word(data := docx.key(both, LOOK))
    _, *groups = lines(data)
    numbers = [group[0].label for group in groups]
    headings = [line.text for group in lines(data) for line in group if line.style == "heading 1"]
    starts = [section.start_type.name for section in document.sections]

    assert numbers == [f"{shown.number}." for one in both for shown in one.entries]
    assert headings == ["Version A", "Version B", "Sources"]
    assert starts == [*["CONTINUOUS"] * 3, *["NEW_PAGE", "CONTINUOUS"] * 2]
    for shown, group in zip([e for one in both for e in one.entries], groups, strict=True):
        text = " ".join(line.text for line in group)
        told = [
            f"{f'({name})' if shown.id == 'gaps' else name} {to_plain(runs)}" for name, runs in answer(shown.form).parts
        ]

        assert [part for part in told if part.strip() not in text] == []
        assert shown.id in text


# --- the same text as the PDF ---------------------------------------------------------------------------------------


def pdf_entries(data: bytes, one: Sheet, foot: str, end: str = "") -> list[str]:
    """The text of a PDF by questions, without the feet of its pages."""
    texts = pages(data)
    whole = " ".join(text.removesuffix(f"{foot} Page {n} of {len(texts)}") for n, text in enumerate(texts, 1))
    whole = whole.partition(end)[0] if end else whole
    return [entry(whole, shown.number) for shown in one.entries]


@pytest.mark.parametrize("one", [pytest.param(every_kind, id="bank"), pytest.param(lambda: sheet(KINDS), id="kinds")])
def test_sheet_says_what_the_pdf_says(one: Callable[[], Sheet]) -> None:
    """Each question has the very words of the PDF: stem, directions, options, letters, points."""
    shown = one()
    _, *groups = lines(docx.quiz(shown, LOOK))
    for group, expected in zip(groups, pdf_entries(pdf.quiz(shown, LOOK), shown, shown.title), strict=True):
        found = " ".join(f"{line.label} {line.text}" for line in group)

        assert words(found) - words(group[0].label) == words(expected)


@pytest.mark.parametrize("one", [pytest.param(every_kind, id="bank"), pytest.param(lambda: sheet(KINDS), id="kinds")])
def test_key_says_what_the_pdf_says(one: Callable[[], Sheet]) -> None:
    """Each answer has the very words of the PDF: answer, explanation, caution, source, theme, id; and the sources."""
    shown = one()
    _, *groups = lines(docx.key([shown], LOOK))
    data = pdf.key([shown], LOOK)
    for group, expected in zip(
        groups, pdf_entries(data, shown, f"{shown.title} · Answer key", " Sources "), strict=True
    ):
        found = " ".join(line.text for line in group if line.style not in ("heading 1", "Reference"))

        assert words(found) == words(expected)
    sources = [joined(line.text) for line in groups[-1] if line.style == "Reference"]
    assert len(sources) == 1
    assert "".join(sources) in joined(" ".join(pages(data)))


def test_each_kind_has_its_answer() -> None:
    """The key gives letter and text, true or false, gap words by number, orders and pairs."""
    shown = sheet(KINDS)
    _, *groups = lines(docx.key([shown], LOOK))

    for entry_, group in zip(shown.entries, groups, strict=True):
        answers = " ".join(line.text for line in group if line.style in ("Key answer", "Key part", "Key text"))
        for name, runs in answer(entry_.form).parts:
            assert f"{f'({name})' if name and entry_.id == 'gaps' else name} {to_plain(runs)}".strip() in answers
    assert "Also right: Lavr Kornilov; General Kornilov" in groups[1][2].text


def test_key_carries_the_source() -> None:
    """Every answer comes with explanation, caution, source, paragraphs, themes and id, each in its style."""
    more = "cites: [9, 26-28], themes: [power, coup], explain: Why., caution: Mind."
    _, group = lines(key(f"  - {{id: a-b, question: Q?, answer: a, {more}}}"))

    assert [(line.style, line.text) for line in group[:5]] == [
        ("Key question", "Q?"),
        ("Key answer", "a"),
        ("Key text", "Why."),
        ("Caution", "Caution: Mind."),
        ("Source", "Coup or mass insurrection?, ¶ 9, 26–28 · Dual power, A coup? · a-b"),
    ]


def test_the_sheet_keeps_the_answers_back() -> None:
    """What only the key may say is nowhere in the file of the sheet."""
    data = quiz("  - {id: secret-id, question: Who?, answer: Lenin, typed: true, accept: [Ulyanov], explain: Expl}")
    package = zipfile.ZipFile(io.BytesIO(data))
    everything = " ".join(package.read(name).decode() for name in package.namelist())

    assert not re.search("Lenin|Ulyanov|Expl|secret-id", everything)


def test_nothing_to_print() -> None:
    """A bank without any question for paper still gives a sheet and a key."""
    nothing = sheet("  - {id: a, question: Screen?, answer: b, paper: false}")

    for data in (docx.quiz(nothing, LOOK), docx.quiz(nothing, Look(layout="two-column")), docx.key([nothing], LOOK)):
        assert "Paper" in text_of(data)


# --- forms ----------------------------------------------------------------------------------------------------------


def test_each_kind_has_its_form() -> None:
    """What is asked, what to do and where to write, each in a style of its own."""
    _, *groups = lines(quiz(KINDS))
    shown = [" ".join(line.style for line in group) for group in groups]

    assert shown == [
        "Question Answer line",
        "Question Answer line",
        "Question Instruction" + " Option" * 4,
        "Question Instruction" + " Option of several" * 3,
        "Statement",
        "Gap text Instruction Word bank",
        "Question Instruction" + " Step" * 4,
        "Question Instruction" + " Left side" * 2 + " Right side" * 3,
    ]


def test_boxes_and_blanks() -> None:
    """Boxes for letters and numbers, blanks for words and points are characters that no program takes away."""
    _, *groups = lines(quiz(KINDS))

    def marked(group: list[Line], style: str) -> list[str]:
        return [run.text for line in group for run in line.paragraph.runs if run.style.name == style]

    assert marked(groups[4], "Box") == ["\xa0T\xa0", "\xa0F\xa0"]
    assert marked(groups[6], "Box") == ["\xa0" * 5] * 4
    assert marked(groups[7], "Box") == ["\xa0" * 5] * 2
    assert [set(text) for text in marked(groups[5], "Blank")] == [{"\xa0"}] * 4
    assert all(len(text) > 20 for text in marked(groups[5], "Blank")[:3])
    assert groups[5][0].text == "The (1) [a ship] fired on the (2) at (3) . / 1"


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("question: Q?, answer: short", 1),
        (f"question: Q?, answer: {'a word ' * 30}", 3),
        ("question: Q?, answer: short, lines: 5", 5),
        ("question: Q?, answer: short, lines: 0", 0),
        ("statement: S., answer: true, lines: 2", 2),
        ("question: Q?, pairs: {a: b, c: d, e: f}, lines: 2", 2),
    ],
)
def test_lines_to_write_on(question: str, count: int) -> None:
    """Each line to write on is a paragraph, ruled below, with room for a hand."""
    data = quiz(f"  - {{id: a, {question}}}")
    _, group = lines(data)
    style = word(data).styles["Answer line"]

    assert [line.style for line in group].count("Answer line") == count
    assert style.element.find(".//" + qn("w:between")) is not None
    assert 8 < style.paragraph_format.line_spacing.mm < 9


def test_pairs_are_a_table() -> None:
    """Pairs stand in a table of two cells without borders."""
    (table,) = word(quiz("  - {id: a, question: Q?, pairs: {a: b, c: d}, distractors: [e]}")).tables

    assert [len(cell.paragraphs) for cell in table.rows[0].cells] == [2, 3]
    assert table._tbl.find(".//" + qn("w:tblBorders")) is None


def test_many_short_options_stand_side_by_side() -> None:
    """More than three short options share the width; long ones, and few, stand below one another."""

    def tables(options: str) -> int:
        return len(word(quiz(f"  - {{id: a, question: Q?, answer: right, distractors: [{options}]}}")).tables)

    assert tables("one, two, six") == 1
    assert tables("one, two") == 0
    assert tables(f"one, two, {'long ' * 10}") == 0


def test_head_and_foot() -> None:
    """The sheet has title, bank, version, lines for name, class and date, the total, and counted pages at its foot."""
    questions = "  - {id: a, question: A?, answer: a, points: 2.5}\n  - {id: b, question: B?, answer: b, points: 1}"
    data = docx.quiz(from_bank(bank(questions), "October", "B"), LOOK)
    head, *_ = lines(data)

    assert [(line.style, line.text) for line in head] == [
        ("Total", "Points / 3½"),
        ("Subtitle", "The bank"),
        ("Title", "October"),
        ("Version", "Version B"),
        ("Name line", "Name Class Date"),
    ]
    foot = xml(data, "footer1")
    assert re.findall(r'instr=" (\w+) "', foot) == ["PAGE", "NUMPAGES"]
    assert "".join(re.findall(r"<w:t[^>]*>([^<]*)", foot)) == "October\xa0· Version BPage 1 of 1"


def test_claims_hints_and_points() -> None:
    """A claim names its source, a hint is printed; points stand behind a tab, and not if there are none."""
    _, a, b = lines(
        quiz("""
  - {id: a, question: A?, answer: a, claim: true, hint: think, points: 1.5}
  - {id: b, question: B?, answer: b, points: 0}
""")
    )

    assert a[1].text == "According to Coup or mass insurrection? · Hint: think"
    assert a[0].paragraph.text == f"A?\t{chr(160) * 8}/\xa01½"
    assert b[0].paragraph.text == "B?"


# --- styles ---------------------------------------------------------------------------------------------------------

LAYING: Final = {"pStyle", "keepNext", "framePr", "numPr", "sectPr"}
STYLING: Final = {"rStyle", "b", "i"}


@pytest.mark.parametrize("make", [quiz, key])
def test_all_looks_come_from_styles(make: Callable[[str], bytes]) -> None:
    """Every paragraph and run has its looks from a style based on Normal: who changes a style changes the sheet."""
    data = make(KINDS + RICH)
    document = word(data)
    names = {tag for part in ("pPr", "rPr") for e in document.element.body.iter(qn(f"w:{part}")) for tag in local(e)}

    assert names <= LAYING | STYLING
    labels = Labels(document)
    assert {labels.bases(paragraph)[-1] for paragraph in paragraphs(document)} == {labels.styles["Normal"]}
    assert {run.style.name for paragraph in paragraphs(document) for run in paragraph.runs} <= {
        *("Default Paragraph Font", "Emphasis", "Code", "Hyperlink"),
        *("Blank", "Box", "Points", "Soft", "Identity"),
    }
    assert len({style.style_id for style in document.styles}) == len(list(document.styles))


def local(element: Any) -> list[str]:
    return [child.tag.rpartition("}")[2] for child in element]


ORDER: Final = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs suppressAutoHyphens"
    " spacing ind contextualSpacing jc textAlignment outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs noProof color spacing w kern position sz szCs highlight u bdr shd vertAlign lang",
    "style": "name basedOn next link uiPriority semiHidden qFormat pPr rPr tblPr",
    "lvl": "start numFmt lvlRestart pStyle suff lvlText lvlJc pPr rPr",
    "sectPr": "footerReference type pgSz pgMar cols",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar",
    "pBdr": "top left bottom right between",
    "num": "abstractNumId lvlOverride",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_elements_stand_in_their_order(layout: Layout) -> None:
    """Word refuses a file in which the elements do not stand in the order of the standard."""
    document = word(docx.quiz(every_kind(), Look(layout=layout, school="School", logo=Logo(png(20, 10), "png"))))
    answers = word(docx.key(versions(), LOOK))
    roots = [part for d in (document, answers) for part in (d.element, d.styles.element, d.part.numbering_part.element)]
    for root in roots:
        for name, order in ORDER.items():
            for element in root.iter(qn(f"w:{name}")):
                places = [order.split().index(tag) for tag in local(element)]

                assert places == sorted(places)


def test_styles_are_ours() -> None:
    """A sheet has the styles that a sheet needs, a key those of a key, and neither what the template brought."""
    sheet_styles, key_styles = ({s.name for s in word(data).styles} for data in (quiz(KINDS), key(KINDS)))

    assert {"Question", "Option", "Instruction", "Answer line"} <= sheet_styles - key_styles
    assert {"Key answer", "Caution", "Source"} <= key_styles - sheet_styles
    assert {"Normal", "Title", "Subtitle", "Footer"} <= sheet_styles & key_styles
    assert len(sheet_styles) < 35


@pytest.mark.parametrize("layout", LAYOUTS)
def test_questions_stay_whole(layout: Layout) -> None:
    """All paragraphs of a question keep to the next but the last, none breaks, and no row does."""
    for data in (docx.quiz(every_kind(), Look(layout=layout)), docx.key(versions(), LOOK)):
        document = word(data)
        _, *groups = lines(data)
        for group in groups:
            own = [line.paragraph for line in group if line.style not in ("heading 1", "Reference", "At a glance")]
            last = [p for p in own if not keeps(p)]

            assert last in ([own[-1]], [p for p in own if p._p.getparent().tag == qn("w:tc")])
        assert document.styles["Normal"].paragraph_format.keep_together
        assert all(row._tr.find(".//" + qn("w:cantSplit")) is not None for t in document.tables for row in t.rows)


def keeps(paragraph: Paragraph) -> bool:
    return bool(paragraph.paragraph_format.keep_with_next)


def test_headings_stay_with_what_follows() -> None:
    """A heading in the key does not stand alone at the foot of a column."""
    headings = [p for p in word(docx.key(versions(), LOOK)).paragraphs if p.style and p.style.name == "Heading 1"]

    assert len(headings) == 3
    assert all(map(keeps, headings))


# --- looks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_paper(paper: Paper, layout: Layout) -> None:
    """The page has the size that was asked for, and the tabs for points and page reach its right margin."""
    document = word(docx.quiz(every_kind(), Look(paper, layout)))
    section = document.sections[0]._sectPr
    page = [int(value(section, "pgSz", side)) / 20 for side in "wh"]
    width = page[0] - sum(int(value(section, "pgMar", side)) / 20 for side in ("left", "right"))

    assert page == pytest.approx(ONE_PAGE[paper], abs=0.1)
    assert document.styles["Footer"].paragraph_format.tab_stops[0].position.pt == pytest.approx(width, abs=0.1)
    column = (width - 9 * 72 / 25.4) / 2 if layout == "two-column" else width
    assert document.styles["Question"].paragraph_format.tab_stops[0].position.pt == pytest.approx(column, abs=0.1)


def test_layouts() -> None:
    """Standard is set in serifs, large print in 18 points without, spaced wider, and two columns are columns."""
    documents = {layout: word(docx.quiz(every_kind(), Look(layout=layout))) for layout in LAYOUTS}
    fonts = {layout: default(document, "rFonts", "ascii") for layout, document in documents.items()}
    columns = {layout: [value(s._sectPr, "cols", "num") for s in d.sections] for layout, d in documents.items()}

    assert fonts == {"standard": SERIF, "large": SANS, "spaced": SANS, "two-column": SERIF}
    assert default(documents["large"], "sz") == "36"
    assert int(value(documents["spaced"].styles["Normal"].element.find(qn("w:rPr")), "spacing")) > 10
    assert documents["spaced"].styles["Normal"].paragraph_format.line_spacing > 1.4
    assert columns == {"standard": ["1"], "large": ["1"], "spaced": ["1"], "two-column": ["1", "2"]}


SERIF: Final = "Times New Roman"
SANS: Final = "Arial"


def default(document: WordDocument, tag: str, attribute: str = "val") -> str:
    """An attribute of the document's defaults."""
    return value(document.styles.element.find(qn("w:docDefaults")), tag, attribute)


def test_key_has_its_own_layout() -> None:
    """The key is the same whatever the layout of the sheets."""
    assert len({docx.key(versions(), Look(layout=layout)) for layout in LAYOUTS}) == 1


def test_letterhead() -> None:
    """School and logo stand at the head, the logo fitted in and with a name for who cannot see it."""
    sizes = {}
    for size in ((40, 20), (2000, 100), (10, 10)):
        document = word(docx.quiz(sheet(KINDS), Look(school="School <1>", logo=Logo(png(*size), "png"))))
        (shape,) = document.inline_shapes
        sizes[size] = (round(shape.width.mm), round(shape.height.mm))

        assert document.paragraphs[0].text.strip() == "School <1>"
        assert shape._inline.docPr.get("descr") == "Logo: School <1>"
    assert sizes == {(40, 20): (28, 14), (2000, 100): (50, 2), (10, 10): (14, 14)}


def test_letterhead_without() -> None:
    """Without school and logo there is no letterhead."""
    assert "Letterhead" not in {line.style for line in lines(quiz(KINDS))[0]}


def test_an_svg_logo_is_drawn_in_dots() -> None:
    """An svg logo, which Word cannot show alone, is there as a png of its shape and colours, fine enough to print."""
    rectangle = '<rect width="60" height="30" fill="#0a0"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30">{rectangle}</svg>'.encode()
    document = word(quiz(KINDS, Look(logo=Logo(svg, "svg"))))

    (shape,) = document.inline_shapes
    (picture,) = [part for part in document.part.related_parts.values() if part.content_type == "image/png"]
    dots = Image.open(io.BytesIO(picture.blob)).convert("RGB")
    assert (round(shape.width.mm), round(shape.height.mm)) == (28, 14)
    assert dots.width / (shape.width.mm / 25.4) > 300
    assert dots.getpixel((dots.width // 2, dots.height // 2)) == (0, 170, 0)


@pytest.mark.parametrize(
    "logo",
    [
        *(Logo(data, "png") for data in (b"", b"no picture", png(9, 9)[:20], b"\xff\xd8\xff\xe0 not really")),
        Logo(b"<svg><broken", "svg"),
    ],
)
def test_a_broken_logo_is_a_fault(logo: Logo) -> None:
    """A logo that cannot be read is a fault that says so."""
    with pytest.raises(OctdeckError) as caught:
        quiz(KINDS, Look(logo=logo))

    assert "logo" in f"{caught.value} {caught.value.hint}"


# --- text -----------------------------------------------------------------------------------------------------------


def test_emphasis_code_and_links() -> None:
    """Emphasis, strong, code, links and line breaks are such in Word too."""
    data = quiz(RICH)
    _, first, second = lines(data)
    relations = word(data).part.rels
    (link,) = first[0].paragraph.hyperlinks
    runs = [(run.text, run.style.name, bool(run.bold)) for run in first[0].paragraph.runs[:8]]

    assert ("iron", "Emphasis", False) in runs
    assert ("law", "Default Paragraph Font", True) in runs
    assert ("x", "Code", False) in runs
    assert (link.text, link.address) == ("a link", "https://a.org/x?y=1&z=2")
    assert relations[str(link._hyperlink.rId)].is_external
    assert [(run.style.name, bool(run.bold)) for run in second[0].paragraph.runs[:1]] == [("Emphasis", True)]
    leaning = next(run for run in second[0].paragraph.runs if run.text == "leaning")
    assert (leaning.style.name, bool(leaning.italic)) == ("Code", True)
    _, answers, _ = lines(key(RICH))
    assert answers[2].paragraph.text == "Line one\nline two"


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://a.org/ö?q=1#x", "https://a.org/%C3%B6?q=1#x"),
        ("https://a.org/{x}|y^`", "https://a.org/%7Bx%7D%7Cy%5E%60"),
        ("mailto:a@b.org", "mailto:a@b.org"),
        ("https://a.org:port/", None),
        ("https://[a.org/", None),
        ("https://a.org/" + "x" * 3000, None),
    ],
)
def test_addresses(address: str, target: str | None) -> None:
    """An address is written so that Word can read the file; one that it cannot read is no link, only text."""
    one = replace(sheet(KINDS), references=((Run(address, href=address),),))
    data = docx.key([one], LOOK)
    relations = word(data).part.rels
    links = [link._hyperlink.rId for paragraph in word(data).paragraphs for link in paragraph.hyperlinks]

    assert [relations[str(link)].target_ref for link in links] == ([target] if target else [])
    assert address in text_of(data)


HOSTILE: Final = LITERAL + " ]]> </w:t></w:p><w:p> &amp; &#x1; { PAGE } {{x}} {% raw %} $x ${y} %1 &lt;w:br/&gt; <?x?>"


@pytest.mark.parametrize(
    "place", ["question", "answer", "hint", "explain", "caution", "option", "gap", "left", "right", "step"]
)
def test_text_is_never_markup(place: str) -> None:
    """What would be markup or a field to Word comes out as it was typed, wherever it stands."""
    text = HOSTILE.replace("'", "''").replace("{{x}}", "x")
    shown = HOSTILE.replace("{{x}}", "x")
    question = {
        "option": f"question: Q?, answer: a, distractors: ['{text}', b, c, d]",
        "gap": f"cloze: '{{{{c1::gap::{text}}}}} is it'",
        "left": f"question: Q?, pairs: {{'{text}': a, b: c}}, distractors: [d]",
        "right": f"question: Q?, pairs: {{a: '{text}', b: c}}, distractors: [d]",
        "step": f"question: Q?, order: ['{text}', b, c]",
        "question": f"question: '{text}', answer: a",
        "answer": f"question: Q?, answer: '{text}'",
    }.get(place, f"question: Q?, answer: a, {place}: '{text}'")
    make = key if place in ("answer", "explain", "caution") else quiz
    data = make(f"  - {{id: a, {question}}}")

    assert joined(shown) in joined(text_of(data))
    assert xml(data).count("fldSimple") == xml(data).count("instrText") == 0


def test_titles_are_never_markup() -> None:
    """Titles, school, themes and sources come out as they were typed, too."""
    text = "# $x < ]]> & { PAGE } T"
    header = BANK.replace("title: The bank", f"title: '{text}'").replace("Dual power", f"'{text}'")
    head = HEAD.replace("short: Coup or mass insurrection?", f"short: '{text}'")
    found = bank("  - {id: a, question: Q?, answer: a}", header, head)
    data = docx.key([from_bank(found)], Look(school=text))

    assert text_of(data).count(text) == 5  # letterhead, title, citation, theme, list of sources
    assert word(data).core_properties.title == f"{text} – Answer key"
    assert xml(data, "footer1").count("fldSimple w:instr") == 2


@settings(max_examples=30, deadline=None)
@given(st.lists(TEXTS, min_size=4, max_size=4, unique=True))
def test_any_text_can_be_written(texts: list[str]) -> None:
    """Any text at all comes out as the sheet has it."""
    a, b, c, d = (text.replace("'", "''") for text in texts)
    source = f"  - {{id: a, question: '{a}', answer: '{b}', distractors: ['{c}'], explain: '{d}'}}"
    found, _ = yaml.read((Path("bank.yaml"), BANK.encode()), [(Path("d.yaml"), (HEAD + source).encode())])
    assert found is not None
    one = from_bank(found)
    for shown in one.entries:
        said = [to_plain(shown.stem), *(to_plain(text) for _, text in answer(shown.form).parts)]  # type: ignore[arg-type]

        assert [joined(text) in joined(text_of(docx.quiz(one, LOOK))) for text in said] == [True] * len(said)
        assert joined(to_plain(shown.explanation)) in joined(text_of(docx.key([one], LOOK)))


def test_what_xml_cannot_hold() -> None:
    """A character that no XML file can hold, as a title from elsewhere may have, does not break the file."""
    one = replace(sheet(KINDS), title="A\x00B\x0b\ufffe\ud800C")

    assert [line.text for line in lines(docx.quiz(one, LOOK))[0] if line.style == "Title"] == ["A�B���C"]


def test_names_of_many_languages() -> None:
    """Letters of all scripts are in the file, also those that the fonts of the PDF do not have."""
    assert NAMES in text_of(quiz(f"  - {{id: a, question: '{NAMES}', answer: a}}"))
    assert "中 \U0001f600" in text_of(quiz("  - {id: a, question: '中 \U0001f600', answer: a}"))


# --- the file -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "en-GB"), ("de", "de-DE"), ("uk", "uk-UA"), ("cs", "cs"), ("en-US", "en-US"), ('x"/><w:b', "en-GB")],
)
def test_language(language: str, shown: str) -> None:
    """The text is marked as in the bank's language, with the country by which Word finds its dictionary."""
    data = docx.quiz(replace(sheet(KINDS), language=language), LOOK)

    assert default(word(data), "lang") == shown
    assert word(data).core_properties.language == shown


def test_properties() -> None:
    """The file has a title and an author, else the school, a fixed date, and no name that nobody gave."""
    both = versions()
    for data, title in (
        (docx.quiz(both[0], LOOK), "October – Version A"),
        (docx.key(both, LOOK), "October – Answer key"),
    ):
        properties = word(data).core_properties
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()

        assert properties.title == title
        assert properties.author == properties.last_modified_by == properties.comments == properties.keywords == ""
        assert properties.created == properties.modified
        assert b"python" not in b"".join(zipfile.ZipFile(io.BytesIO(data)).read(name) for name in names)
        assert not [name for name in names if "thumbnail" in name or "customXml" in name]
    assert word(docx.quiz(both[0], Look(school="Our school"))).core_properties.author == "Our school"
    assert word(docx.quiz(both[0], Look(school="Our school", author="Ms A"))).core_properties.author == "Ms A"


def test_zip() -> None:
    """The package begins with its list of types, the rest is sorted, and all dates are the same."""
    entries = zipfile.ZipFile(io.BytesIO(quiz(KINDS))).infolist()
    names = [entry.filename for entry in entries]

    assert names[0] == "[Content_Types].xml"
    assert names[1:] == sorted(names[1:])
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


SCRIPT: Final = """
import hashlib, sys
from pathlib import Path
from octdeck.look import LAYOUTS, Logo, Look
from octdeck.readers import yaml
from octdeck.sheet import from_bank
from octdeck.writers import docx

header, deck, logo = sys.stdin.buffer.read().split(b"\\0\\0\\0", 2)
bank, _ = yaml.read((Path("bank.yaml"), header), [(Path("d.yaml"), deck)])
one = from_bank(bank, "Paper")
looks = [Look(layout=layout, school="S", logo=Logo(logo, "png")) for layout in LAYOUTS]
files = [*(docx.quiz(one, look) for look in looks), docx.key([one, one], looks[0])]
print(hashlib.sha256(b"".join(files)).hexdigest())
"""


def test_same_bytes_anywhere(tmp_path: Path) -> None:
    """The same questions give the same bytes: twice, in another folder, time zone and process, on another day."""
    one, logo = sheet(KINDS + RICH), png(9, 9)
    looks = [Look(layout=layout, school="S", logo=Logo(logo, "png")) for layout in LAYOUTS]
    here = b"".join([*(docx.quiz(one, look) for look in looks), docx.key([one, one], looks[0])])
    env = {**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1", "LC_ALL": "C"}
    env["PYTHONPATH"] = os.pathsep.join(sys.path)
    deck = HEAD + KINDS + RICH
    given_ = b"\0\0\0".join([BANK.encode(), deck.encode(), logo])
    command = [sys.executable, "-c", SCRIPT]
    there = subprocess.run(command, input=given_, cwd=tmp_path, env=env, check=True, capture_output=True)

    assert b"".join([*(docx.quiz(one, look) for look in looks), docx.key([one, one], looks[0])]) == here
    assert hashlib.sha256(here).hexdigest() == there.stdout.decode().strip()


# --- through LibreOffice --------------------------------------------------------------------------------------------

LONG: Final = "".join(
    f"  - {{id: {id_}, {question}}}\n"
    for id_, question in {
        "first": "question: A?, answer: a",
        "stem": f"question: {' '.join(f'w{n}' for n in range(900))}, answer: a, distractors: [b]",
        "second": "question: B?, answer: a",
        "steps": f"question: Q?, order: [{', '.join('x ' * 90 + f's{n}' for n in range(26))}]",
        "lines": "question: L?, answer: a, lines: 40",
        "wide": f"question: 'Say {'verylongword' * 25}', answer: a, distractors: ['{'W' * 90}', b]",
        "pairs": f"question: Q?, pairs: {{'{'W' * 90}': '{'long' * 50}', b: '{'words ' * 60}', c: d}}",
        "gaps": f"cloze: 'One {{{{c1::{'W' * 90}}}}} and {{{{c2::b}}}}'",
        "last": "question: C?, answer: c",
    }.items()
)


def office_files() -> dict[str, bytes]:
    many = sheet(mixed(60))
    files = {f"kinds-{layout}": docx.quiz(every_kind(), Look(layout=layout)) for layout in LAYOUTS}
    files |= {f"many-{layout}": docx.quiz(many, Look(layout=layout)) for layout in LAYOUTS}
    letterhead = Look("letter", school="The school", logo=Logo(png(40, 20), "png"))
    hostile = "".join(
        f"  - {{id: q{n}, question: '{HOSTILE.replace(chr(39), chr(39) * 2)}', answer: a}}\n" for n in (1, 2)
    )
    return files | {
        "letter": docx.quiz(every_kind(), letterhead),
        "key": docx.key(versions(), letterhead),
        "many-key": docx.key([many], LOOK),
        "long": docx.quiz(sheet(LONG), LOOK),
        "hostile": docx.quiz(sheet(hostile), LOOK),
        "200": quiz("".join(f"  - {{id: q{n}, statement: Statement{n}, answer: true}}\n" for n in range(1, 201))),
    }


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Several Word files as LibreOffice prints them, by name."""
    program = shutil.which("soffice")
    if program is None:
        pytest.fail("LibreOffice is not installed: apt-get install --no-install-recommends libreoffice-writer-nogui")
    folder = tmp_path_factory.mktemp("office")
    for name, data in office_files().items():
        (folder / f"{name}.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *sorted(map(str, folder.glob("*.docx")))], check=True, capture_output=True, timeout=120)
    return {path.stem: path.read_bytes() for path in folder.glob("*.pdf")}


@cache
def printed(data: bytes) -> list[str]:
    """The text of each page, without signs and with single blanks."""
    return [" ".join(SIGNS.sub(" ", page).split()) for page in pages(data)]


@pytest.mark.office
@pytest.mark.parametrize("name", [*(f"kinds-{layout}" for layout in LAYOUTS), "letter"])
def test_libreoffice_prints_numbers_and_letters(office: Mapping[str, bytes], name: str) -> None:
    """LibreOffice counts numbers and letters as the sheet does, and prints all of the text, points too."""
    one = every_kind()
    text = " ".join(printed(office[name]))
    for shown in one.entries:
        part = entry(text, shown.number)
        if shown.points:
            assert f"/ {shown.points}" in part
        match shown.form:
            case Options(options=options):
                expected = [f"{option.letter} {to_plain(option.text)}" for option in options]
            case TrueOrFalse(choices=choices):
                expected = [choice.letter for choice in choices]
            case Steps(steps=steps):
                expected = [to_plain(step.text) for step in steps]
            case Columns(lefts=lefts, rights=rights):
                expected = [f"{left.number} {to_plain(left.text)}" for left in lefts]
                expected += [f"{letter} {to_plain(runs)}" for letter, runs in rights]
            case _:
                expected = []

        assert [words_ for words_ in expected if words_ not in part] == []
        assert [p.text for p in shown.stem if not hasattr(p, "number") and joined(p.text) not in joined(part)] == []


@pytest.mark.office
@pytest.mark.parametrize("layout", LAYOUTS)
def test_libreoffice_splits_no_question(office: Mapping[str, bytes], layout: Layout) -> None:
    """The number of a question, its first and its last words stand on one page, in every layout."""
    texts = printed(office[f"many-{layout}"])

    assert len(texts) > 4
    for n in range(1, 61):
        numbered = [page for page, text in enumerate(texts) if re.search(rf"(?<!\S){n}\. (T F )?start{n}\b", text)]

        assert numbered == pages_with(texts, f"end{n}")
        assert len(numbered) == 1


@pytest.mark.office
def test_libreoffice_splits_no_question_over_columns(office: Mapping[str, bytes]) -> None:
    """In two columns, the first and the last words of a question stand in one column."""
    columns: dict[str, list[bool]] = {}
    for page in pypdfium2.PdfDocument(office["many-two-column"]):
        content = page.get_textpage()
        text, middle = content.get_text_range(), page.get_width() / 2
        for found in re.finditer(r"\b(?:start|end)(\d+)\b", text):
            columns.setdefault(found[1], []).append(content.get_charbox(found.start())[0] > middle)

    assert len(columns) == 60
    assert {number for number, sides in columns.items() if len(set(sides)) > 1} == set()
    assert {sides[0] for sides in columns.values()} == {True, False}


@pytest.mark.office
def test_libreoffice_splits_no_answer(office: Mapping[str, bytes]) -> None:
    """In the key, a question, its answer and its id stand on one page."""
    texts = printed(office["many-key"])
    for n in range(1, 61):
        assert len(pages_with(texts, f"start{n}")) == 1
        assert pages_with(texts, f"start{n}") == pages_with(texts, f"q{n}")


@pytest.mark.office
def test_libreoffice_prints_versions(office: Mapping[str, bytes]) -> None:
    """Behind the strip, each version of the key begins on a page of its own, counted from one."""
    strip, *texts = printed(office["key"])
    starts = [text.index("1.") > 0 for text in texts if re.search(r"Version [AB]", text)]

    assert "At a glance" in strip
    assert starts == [True, True]
    assert "Sources" in texts[-1]
    for text, one in zip(texts, versions(), strict=True):
        assert [f"{shown.number}. " in text for shown in one.entries] == [True] * len(one.entries)
        assert all(answer(e.form).marks in strip for e in one.entries if not isinstance(e.form, Written))


@pytest.mark.office
def test_libreoffice_loses_nothing(office: Mapping[str, bytes]) -> None:
    """A question longer than a page breaks and nothing of it is lost; words longer than a line stay on the page."""
    data = office["long"]
    text = " ".join(texts := printed(data))

    assert re.findall(r"\bw\d+", text) == [f"w{n}" for n in range(900)]
    assert sorted(re.findall(r"\bs\d+", text)) == sorted(f"s{n}" for n in range(26))
    assert len(pages_with(texts, "C?")) == 1
    for page in pypdfium2.PdfDocument(data):
        content = page.get_textpage()
        boxes = [content.get_charbox(n) for n in range(content.count_chars()) if content.get_text_range(n, 1).strip()]
        assert min(box[0] for box in boxes) > 50
        assert max(box[2] for box in boxes) < page.get_width() - 50


@pytest.mark.office
def test_libreoffice_prints_hostile_text(office: Mapping[str, bytes]) -> None:
    """Text that would be markup or a field is printed as it was typed."""
    assert joined("".join(printed(office["hostile"]))).count(joined(HOSTILE)) == 2


@pytest.mark.office
def test_libreoffice_counts_to_200(office: Mapping[str, bytes]) -> None:
    """Two hundred questions are counted to the end."""
    text = " ".join(printed(office["200"]))

    assert [int(n) for n in re.findall(r"(\d+)\. T F Statement\1 ", text)] == list(range(1, 201))


@pytest.mark.office
def test_libreoffice_prints_pages(office: Mapping[str, bytes]) -> None:
    """Pages have the right size and say which they are, and of how many."""
    for name, data in office.items():
        texts = printed(data)
        paper = "letter" if name in ("letter", "key") else "a4"

        assert [n for n, text in enumerate(texts, 1) if f"Page {n} of {len(texts)}" not in text] == []
        for page in pypdfium2.PdfDocument(data):
            assert page.get_size() == pytest.approx(ONE_PAGE[paper], abs=1)


@pytest.mark.office
@pytest.mark.parametrize(("layout", "family"), [("standard", "Serif"), ("large", "Sans"), ("spaced", "Sans")])
def test_libreoffice_prints_in_fonts(office: Mapping[str, bytes], layout: Layout, family: str) -> None:
    """The text is set with or without serifs, large print in 18 points."""
    data = office[f"kinds-{layout}"]
    fonts = Counter[str]()
    for page in PdfReader(io.BytesIO(data)).pages:
        resources: Any = page["/Resources"]
        fonts.update(str(font.get_object()["/BaseFont"]) for font in resources["/Font"].values())
    content = pypdfium2.PdfDocument(data)[0].get_textpage()
    sizes = Counter(
        round(pypdfium2.raw.FPDFText_GetFontSize(content.raw, n), 1)
        for n in range(content.count_chars())
        if content.get_text_range(n, 1).strip()
    )

    assert family in fonts.most_common(1)[0][0]
    assert sizes.most_common(1)[0][0] == pytest.approx({"standard": 11, "large": 18, "spaced": 12.5}[layout], abs=0.2)


@pytest.mark.office
@pytest.mark.parametrize("layout", LAYOUTS)
def test_libreoffice_draws_lines_and_boxes(office: Mapping[str, bytes], layout: Layout) -> None:
    """Points stand at the right margin, and every line to write on is drawn."""
    data = office[f"kinds-{layout}"]
    ruled, right = 0, set()
    for page in pypdfium2.PdfDocument(data):
        content = page.get_textpage()
        text = content.get_text_range()
        right |= {round(content.get_charbox(found.end() - 1)[2]) for found in re.finditer(r"/ \d(?=\r)", text)}
        boxes = [found.get_bounds() for found in page.get_objects() if found.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH]
        ruled += sum(right_ - left > 200 and top - bottom < 3 for left, bottom, right_, top in boxes)

    assert ruled >= sum(shown.lines for shown in every_kind().entries)
    assert len(right) <= (4 if layout == "two-column" else 2)
