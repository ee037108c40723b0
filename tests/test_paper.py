"""What comes on paper: YAML text in, PDF out, read back."""

import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pypdf import PdfReader

from octdeck import characters, fonts
from octdeck.bank import Bank, arrange
from octdeck.errors import OctdeckError
from octdeck.forms import Gaps, answer
from octdeck.readers import yaml
from octdeck.sheet import Sheet, from_bank
from octdeck.writers import pdf

BANK = """
bank: tests
title: The bank
language: en
themes: {power: Dual power, coup: "A coup?"}
"""
HEAD = """
deck: "Tests::Paper"
source: {id: coup, title: "Lessons: Coup or mass insurrection?", short: Coup or mass insurrection?}
defaults: {themes: power, cites: 27}
questions:
"""
KINDS = """
  - {id: short, question: What was a *soviet*?, answer: A workers’ council}
  - {id: typed, question: Which general?, answer: Kornilov, typed: true, accept: [Lavr Kornilov, General Kornilov]}
  - {id: one, question: Which city?, answer: Petrograd, distractors: [Moscow, Kiev, Riga]}
  - {id: several, question: Which parties?, answer: [Bolsheviks, Mensheviks], distractors: [Tories]}
  - {id: judged, statement: The palace fell in a bloody battle., answer: false}
  - {id: gaps, cloze: "The {{c1::*Aurora*::a ship}} fired on the {{c2::Winter Palace}} at {{c3::night}}."}
  - {id: order, question: In which order?, order: [February, July, August, October]}
  - {id: match, question: Who did what?, pairs: {Kerensky: governed, Kornilov: marched}, distractors: [slept]}
"""
WIDE = 400  # points; only a ruled line over the whole width is as wide


def bank(questions: str, header: str = BANK, head: str = HEAD) -> Bank:
    """A bank whose one deck file has these questions and nothing wrong in it."""
    found, diagnostics = yaml.read(
        (Path("bank.yaml"), header.encode()), [(Path("d.yaml"), (head + questions).encode())]
    )
    assert found is not None
    assert {d.code for d in diagnostics} <= {"OD114"}  # long texts made of 'word ' end in a space
    return found


def sheet(questions: str) -> Sheet:
    return from_bank(bank(questions), "Paper")


def pages(data: bytes) -> list[str]:
    """The text of each page, each stretch of white space one blank."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]


def quiz_text(questions: str) -> str:
    return " ".join(pages(pdf.quiz(sheet(questions))))


def key_text(questions: str) -> str:
    return " ".join(pages(pdf.key([sheet(questions)])))


def joined(text: str) -> str:
    """The text without blanks, for what may be broken into lines anywhere."""
    return "".join(text.split())


def entry(text: str, number: int) -> str:
    """The part of a text that belongs to one question; what a key gives at a glance stands before the first."""
    text = f" {text}"
    start = text.rindex(" 1. ")
    return re.split(rf" {number + 1}\. ", re.split(rf" {number}\. ", text[start:], maxsplit=1)[1], maxsplit=1)[0]


def ruled_lines(data: bytes, wide: float = WIDE) -> list[int]:
    """How many lines to write on each page has."""
    counts = []
    for page in pypdfium2.PdfDocument(data):
        boxes = [found.get_bounds() for found in page.get_objects() if found.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH]
        counts.append(sum(right - left > wide and top - bottom < 2 for left, bottom, right, top in boxes))
    return counts


# --- the sheet ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, ["What was a soviet?"]),
        (2, ["Which general?"]),
        (3, ["Which city?", "Choose one.", "A ", "B ", "C ", "D ", "Petrograd", "Moscow", "Kiev", "Riga"]),
        (4, ["Which parties?", "Choose all that apply.", "Bolsheviks", "Mensheviks", "Tories"]),
        (5, ["The palace fell in a bloody battle.", "T F"]),
        (6, ["The (1)", "[a ship] fired on the (2)", "Fill in the gaps.", "Words:", "Aurora", "Winter Palace"]),
        (7, ["In which order?", "Number them from 1 to 4.", "February", "July", "August", "October"]),
        (8, ["Who did what?", "Write the letter that belongs to each.", "1 Kerensky", "2 Kornilov", "A ", "B ", "C "]),
    ],
)
def test_each_kind_has_its_form(number: int, shown: list[str]) -> None:
    """The sheet shows what is asked, what to do, and everything there is to choose from."""
    text = entry(quiz_text(KINDS), number)

    assert [words for words in shown if words not in text] == []


def test_the_sheet_keeps_the_answers_back() -> None:
    """What only the key may say (answers in words, other right answers, explanations) is not on the sheet."""
    text = quiz_text(
        "  - {id: a, question: Who?, answer: Lenin, typed: true, accept: [Ulyanov], explain: E, caution: C}"
    )

    assert not re.search(r"Lenin|Ulyanov|\bE\b|\bC\b|27", text)


def test_head_of_the_sheet() -> None:
    """The sheet has the title, the bank it is from, its version, lines for name, class and date, and the total."""
    questions = "  - {id: a, question: A?, answer: a, points: 2.5}\n  - {id: b, question: B?, answer: b, points: 1}"
    data = pdf.quiz(from_bank(bank(questions), "October", "B"))
    (text,) = pages(data)

    assert text.startswith("The bank October Version B Points / 3½ Name Class Date 1. A? / 2½")
    assert text.endswith("October · Version B Page 1 of 1")


def test_claims_hints_and_points() -> None:
    """A claim names its sources, a hint is printed, and a question that is worth nothing shows no points."""
    other = "\ndeck: Other\nsource: {id: art, title: The art}\nquestions: []\n"
    files = [(Path("d.yaml"), (HEAD + CLAIMS).encode()), (Path("o.yaml"), other.encode())]
    found, _ = yaml.read((Path("bank.yaml"), BANK.encode()), files)
    assert found is not None
    text = " ".join(pages(pdf.quiz(from_bank(found, "T"))))

    assert "According to Coup or mass insurrection? and The art · Hint: think" in entry(text, 1)
    assert "According to Coup or mass insurrection?" in entry(text, 2)
    assert "/" not in entry(text, 2)


CLAIMS = """
  - {id: a, question: A?, answer: a, claim: true, hint: think, cites: {coup: 1, art: 2}}
  - {id: b, question: B?, answer: b, claim: true, points: 0}
"""


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("question: Q?, answer: short", 1),
        (f"question: Q?, answer: {'a word ' * 12}", 2),
        (f"question: Q?, answer: {'a word ' * 30}", 3),
        ("question: Q?, answer: short, lines: 5", 5),
        ("question: Q?, answer: short, lines: 0", 0),
        ("question: Q?, answer: a, distractors: [b]", 0),
        ("statement: S., answer: true, lines: 2", 2),
    ],
)
def test_lines_to_write_on(question: str, lines: int) -> None:
    """An answer in words gets lines by its length, and every question as many as its file says."""
    assert ruled_lines(pdf.quiz(sheet(f"  - {{id: a, {question}}}"))) == [lines]


def test_left_out() -> None:
    """What is not for paper, or retired, is neither on the sheet nor in the key, and the numbers close up."""
    questions = """
  - {id: a, question: Kept?, answer: a}
  - {id: b, question: Screen?, answer: b, paper: false}
  - {id: c, question: Gone?, answer: c, retired: true}
  - {id: d, question: Last?, answer: d}
"""
    for text in (quiz_text(questions), key_text(questions)):
        assert "Kept?" in entry(text, 1)
        assert "Last?" in entry(text, 2)
        assert not re.search(r"Screen|Gone|3\.", text)


def test_nothing_to_print() -> None:
    """A bank without any question for paper still gives a sheet and a key."""
    nothing = sheet("  - {id: a, question: Screen?, answer: b, paper: false}")

    assert len(pages(pdf.quiz(nothing))) == len(pages(pdf.key([nothing]))) == 1


# --- the key --------------------------------------------------------------------------------------------------------


def test_each_kind_has_its_answer() -> None:
    """The key gives letter and text, true or false, gap words by number, orders and pairs, by the sheet's numbers."""
    questions = sheet(KINDS)
    text = key_text(KINDS)
    one, several = (dict(answer(questions.entries[n].form).parts) for n in (2, 3))

    assert "A workers’ council" in entry(text, 1)
    assert "Kornilov Also right: Lavr Kornilov; General Kornilov" in entry(text, 2)
    assert [f"{letter} Petrograd" in entry(text, 3) for letter in one] == [True]
    assert [f"{letter} {runs[0].text}" in entry(text, 4) for letter, runs in several.items()] == [True, True]
    assert "F False" in entry(text, 5)
    assert "The (1) fired on the (2) at (3). (1) Aurora (2) Winter Palace (3) night" in entry(text, 6)
    assert "1 February 2 July 3 August 4 October" in entry(text, 7)
    assert re.search(r"1–([A-C]) 2–([A-C]) 1–\1 Kerensky: governed 2–\2 Kornilov: marched", entry(text, 8))


def test_key_carries_the_source() -> None:
    """Every answer comes with explanation, caution, source, paragraphs, themes and id, and the source in full."""
    more = "cites: [9, 26-28], themes: [power, coup], explain: Why., caution: Mind."
    text = key_text(f"  - {{id: a-b, question: Q?, answer: a, {more}}}")

    assert "Q? a Why. Caution: Mind. Coup or mass insurrection?, ¶ 9, 26–28 · Dual power, A coup? · a-b" in text
    assert "Sources Coup or mass insurrection?: Lessons: Coup or mass insurrection?" in text


def test_list_of_sources() -> None:
    """The list of sources says of each what is known, and nothing else."""
    source = (
        "{id: s, title: The art, author: Dan Mayer, publisher: Socialist Worker, issue: 2057, url: https://a.org/x}"
    )
    found = bank("  - {id: a, themes: power, question: Q?, answer: a}", head=f"deck: D\nsource: {source}\nquestions:\n")

    (text,) = pages(pdf.key([from_bank(found)]))

    shown = joined("Sources Dan Mayer, The art, Socialist Worker, issue 2057, https://a.org/x The bank · Answer key")
    assert shown in joined(text)


def test_one_key_for_all_versions() -> None:
    """The key of several versions has a section for each, with the letters of that version."""
    questions = "".join(
        f"  - {{id: q{n}, question: Q{n}?, answer: right, distractors: [b, c, d, e]}}\n" for n in range(6)
    )
    first = bank(questions)
    items = tuple(replace(item, options=arrange(item.question, "other")) for item in reversed(first.items))
    versions = [from_bank(first, "T", "A"), from_bank(replace(first, items=items), "T", "B")]
    before, a, b = re.split(r"Version [AB] ", " ".join(pages(pdf.key(versions))))

    for version, section in zip(versions, (a, b), strict=True):
        for shown in version.entries:
            assert f"{shown.stem[0].text} {answer(shown.form).marks} right" in entry(section, shown.number)  # type: ignore[union-attr]
    assert "Q0?" not in before
    assert [shown.id for shown in versions[1].entries] == ["q5", "q4", "q3", "q2", "q1", "q0"]


@given(st.integers(), st.lists(st.sampled_from("abcdefghij"), min_size=4, max_size=10, unique=True), st.integers(1, 3))
def test_sheet_and_key_agree(seed: int, texts: list[str], right: int) -> None:
    """However options are mixed, the key's letters and numbers lead back to the right answers on the sheet."""
    pairs = dict(zip([text.upper() for text in texts[:-1]], texts[1:], strict=True))
    first = bank(f"""
  - {{id: a, question: Q?, answer: {texts[:right]}, distractors: {texts[right:]}}}
  - {{id: b, question: Q?, order: {texts}}}
  - {{id: c, question: Q?, pairs: {pairs}, distractors: [{texts[0]}]}}
  - {{id: d, cloze: "{" ".join(f"{{{{c1::{text}}}}}" for text in texts)}"}}
""")
    items = tuple(replace(item, options=arrange(item.question, str(seed))) for item in first.items)
    choice, order, match, gaps = (shown.form for shown in from_bank(replace(first, items=items)).entries)
    forms: Any = (choice, order, match)
    options = {option.letter: option.text[0].text for option in forms[0].options}
    steps = zip(answer(order).marks.split(), (step.text[0].text for step in forms[1].steps), strict=True)
    rights = {letter: text[0].text for letter, text in forms[2].rights}
    told = (mark.split("–")[1] for mark in answer(match).marks.split())

    assert {options[letter] for letter in answer(choice).marks.split(", ")} == set(texts[:right])
    assert [text for _, text in sorted(steps, key=lambda step: int(step[0]))] == texts
    assert [rights[letter] for letter in told] == list(pairs.values())
    assert isinstance(gaps, Gaps)
    assert sorted(words[0].text for words in gaps.bank) == sorted(texts)
    assert [runs[0].text for _, runs in answer(gaps).parts] == texts


# --- text -----------------------------------------------------------------------------------------------------------


LITERAL = (
    r"# hash *star $ sum $x$ <b>bold</b> <i> \ back @ref // slashes http://example.org/a_b"
    ' #let x = 1 [brackets] ~ -- \' "q"'
)


@pytest.mark.parametrize(
    "key", ["question", "answer", "hint", "explain", "caution", "option", "gap", "left", "right", "step"]
)
def test_text_is_never_markup(key: str) -> None:
    """What would be markup to Typst comes out as it was typed, wherever it stands."""
    text = LITERAL.replace("'", "''")
    question = {
        "option": f"question: Q?, answer: a, distractors: ['{text}', b, c, d]",
        "gap": f"cloze: '{{{{c1::{text}::{text}}}}} is it'",
        "left": f"question: Q?, pairs: {{'{text}': a, b: c}}, distractors: [d]",
        "right": f"question: Q?, pairs: {{a: '{text}', b: c}}, distractors: [d]",
        "step": f"question: Q?, order: ['{text}', b, c]",
        "question": f"question: '{text}', answer: a",
        "answer": f"question: Q?, answer: '{text}'",
    }.get(key, f"question: Q?, answer: a, {key}: '{text}'")
    where = key_text if key in ("answer", "explain", "caution") else quiz_text

    assert joined(LITERAL) in joined(where(f"  - {{id: a, {question}}}"))


def test_titles_are_never_markup() -> None:
    """Titles, themes and sources come out as they were typed, too."""
    text = "# $ < @ // T"
    header = BANK.replace("title: The bank", f"title: '{text}'").replace("Dual power", f"'{text}'")
    found = bank(
        "  - {id: a, question: Q?, answer: a}",
        header,
        HEAD.replace("short: Coup or mass insurrection?", f"short: '{text}'"),
    )

    (shown,) = pages(pdf.key([from_bank(found)]))

    assert shown.count(text) == 5  # title, citation, theme, list of sources, foot


def test_emphasis_reaches_across_gaps() -> None:
    """Markdown around and within gaps is read as markup, and a gap in a link's address is not lost."""
    text = key_text("""
  - {id: a, cloze: "An *{{c1::iron `law`}} of* **it**"}
  - {id: b, cloze: "See [this](https://a.org/{{c1::x}}) now"}
""")

    assert "An (1) of it (1) iron law" in entry(text, 1)
    assert "See [this](https://a.org/(1)) now (1) x" in entry(text, 2)


NAMES = "Троцкий Їжак Κορνίλοφ Ελευθερία Nguyễn Ái Quốc Dvořák Česká Třebová Łódź Ağaoğlu „so“ «да» № 5 — 1917–18"


def test_names_of_many_languages() -> None:
    """Cyrillic, Greek, Vietnamese, Czech, Polish and Turkish letters are printed."""
    assert NAMES in quiz_text(f"  - {{id: a, question: '{NAMES}', answer: a}}")


KNOWN = "".join(set(filter(fonts.KNOWN.fullmatch, map(chr, range(0x20, 0x3000)))) - set("\\`*_[]'\""))


def test_known_characters_have_glyphs() -> None:
    """The characters that are not tried out one by one are in the fonts, upright, slanted, bold and as code."""
    styles = f"['*a{KNOWN}a*', '**a{KNOWN}a**', '`a{KNOWN}a`']"

    data = pdf.quiz(sheet(f"  - {{id: a, question: Q?, answer: '{KNOWN}', distractors: {styles}}}"))

    assert len(KNOWN) > 1000
    assert "Ж" in " ".join(pages(data))


def test_characters_without_glyph_are_found() -> None:
    """A character that no font has is an error at the text that holds it; it names the character."""
    found = characters.unprintable(
        bank("""
  - id: fine
    question: Ну, Ke\u0301rensky?
    answer: a
  - id: wrong
    question: What is 中?
    pairs: {a: b, 文: "d \U0001f600"}
    distractors: [e]
""")
    )

    assert [(d.code, d.severity, d.span.line, d.message) for d in found] == [
        ("OD401", "error", 11, "paper cannot show U+4E2D '中'"),
        ("OD401", "error", 12, "paper cannot show U+6587 '文'"),
        ("OD401", "error", 12, "paper cannot show U+1F600 '\U0001f600'"),
    ]
    assert {d.hint for d in found} == {"write it in letters, or add 'paper: false'"}


def test_invisible_characters_without_glyph() -> None:
    """A character that no font has is an error also where nobody would see it."""
    (found,) = characters.unprintable(bank('  - {id: a, question: "Q\\U00013430?", answer: a}'))

    assert found.message == "paper cannot show U+13430"


def test_many_characters_without_glyph() -> None:
    """A whole text in a script that no font has gives one error, which names some twenty characters."""
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 300)))

    (found,) = characters.unprintable(bank(f"  - {{id: a, question: Q?, answer: {text}}}"))

    assert found.message.count("U+") == 20
    assert found.message.endswith(" and 280 more")


def test_only_what_is_printed_needs_glyphs() -> None:
    """Characters in a question that is not for paper, or in an id, disturb nobody."""
    found = bank("  - {id: a, question: 中, answer: a, paper: false}\n  - {id: 中文, question: Q?, answer: a}")

    assert characters.unprintable(found) == []
    assert "Q? a" in pages(pdf.key([from_bank(found)]))[0]


@pytest.mark.parametrize(
    ("header", "head", "line"),
    [
        (BANK.replace("The bank", "中"), HEAD, 3),
        (BANK.replace("Dual power", "中"), HEAD, 5),
        (BANK + "quizzes: [{id: q, title: 中}]", HEAD, 6),
        (BANK, HEAD.replace("Tests::Paper", "Tests::中"), 2),
        (BANK, HEAD.replace("Lessons", "中"), 3),
    ],
)
def test_titles_need_glyphs_too(header: str, head: str, line: int) -> None:
    """Titles of banks, themes, quizzes, decks and sources are tried as well."""
    (found,) = characters.unprintable(bank("  - {id: a, question: Q?, answer: a}", header, head))

    assert (found.code, found.span.line) == ("OD401", line)


def test_a_missing_glyph_is_no_crash() -> None:
    """A sheet that was not checked and cannot be set is a fault with a message."""
    with pytest.raises(OctdeckError, match="中"):
        pdf.quiz(sheet("  - {id: a, question: 中, answer: a}"))


TEXTS = (
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1, max_size=40)
    .map(str.strip)
    .filter(bool)
)


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, min_size=4, max_size=4, unique=True))
def test_checked_text_can_be_printed(texts: list[str]) -> None:
    """Any text at all is either refused by the check or printed."""
    a, b, c, d = (text.replace("'", "''") for text in texts)
    source = f"  - {{id: a, question: '{a}', answer: '{b}', distractors: ['{c}'], explain: '{d}'}}"
    found, _ = yaml.read((Path("bank.yaml"), BANK.encode()), [(Path("d.yaml"), (HEAD + source).encode())])
    assert found is not None
    if not characters.unprintable(found):
        assert pdf.quiz(from_bank(found)).startswith(b"%PDF")
        assert pdf.key([from_bank(found)]).startswith(b"%PDF")


# --- pages ----------------------------------------------------------------------------------------------------------


def mixed(count: int) -> str:
    """Questions of all kinds and many lengths; the last text of each is `end` and its number."""
    lines = []
    for n in range(1, count + 1):
        stem = f"start{n} " + "some words of varied length " * (n * 7 % 23)
        lines.append([
            f"question: '{stem}', answer: a, hint: end{n}, lines: {n % 9}",
            f"question: '{stem}', answer: a, distractors: [b, c, '{'long ' * (1 + n % 30)}', end{n}], last: [end{n}]",
            f"statement: '{stem} end{n}', answer: true",
            f"cloze: '{stem} {{{{c1::gap}}}} {{{{c2::gap}}}} end{n}'",
            f"question: '{stem}', order: [a, '{'long ' * (1 + n % 40)}', c, d end{n}]",
            f"question: '{stem}', pairs: {{a: b, c: d, e: 'f {'long ' * (n % 40)} end{n}'}}",
        ][n % 6])  # fmt: skip
    return "".join(f"  - {{id: q{n}, {line}}}\n" for n, line in enumerate(lines, start=1))


def pages_with(texts: Sequence[str], word: str) -> list[int]:
    return [page for page, text in enumerate(texts) if re.search(rf"(?<!\S){re.escape(word)}(?!\S)", text)]


def test_no_question_splits() -> None:
    """The number of a question, its first and its last words stand on one page."""
    data = pdf.quiz(sheet(mixed(60)))
    texts = pages(data)

    assert len(texts) > 8
    for n in range(1, 61):
        assert pages_with(texts, f"{n}. start{n}") == pages_with(texts, f"end{n}")
        assert len(pages_with(texts, f"end{n}")) == 1


def test_lines_stay_with_their_question() -> None:
    """No ruled line is on another page than its question."""
    texts = pages(
        data := pdf.quiz(sheet("".join(f"  - {{id: q{n}, question: Q?, answer: a, lines: 7}}\n" for n in range(20))))
    )

    assert ruled_lines(data) == [7 * text.count("Q?") for text in texts]
    assert len(texts) > 3


def test_no_answer_splits() -> None:
    """In the key, too, a question, its answer and its source stand together."""
    questions = "".join(
        f"  - {{id: q{n}, question: start{n}, answer: a, explain: '{'words ' * (n * 11 % 90)}'}}\n"
        for n in range(1, 61)
    )
    texts = pages(pdf.key([sheet(questions)]))

    for n in range(1, 61):
        assert pages_with(texts, f"start{n}") == pages_with(texts, f"q{n}") == pages_with(texts, f"{n}.")


@pytest.mark.parametrize("text", ["stem", "options", "lines", "explain"])
def test_a_question_longer_than_a_page_comes_out_whole(text: str) -> None:
    """A question that no page can hold breaks, and nothing of it is lost, also when others stand before and behind."""
    words = [f"w{n}" for n in range(1300)]
    question = {
        "stem": f"question: {' '.join(words)}, answer: a, distractors: [b]",
        "options": f"question: Q?, order: [{', '.join(' '.join(words[n : n + 65]) for n in range(0, 1300, 65))}]",
        "lines": "question: Q?, answer: a, lines: 40",
        "explain": f"question: Q?, answer: a, explain: {' '.join(words)}",
    }[text]
    whole = sheet(
        f"  - {{id: a, question: A?, answer: a}}\n  - {{id: b, {question}}}\n  - {{id: c, question: C?, answer: c}}"
    )
    data = pdf.key([whole]) if text == "explain" else pdf.quiz(whole)
    found = " ".join(texts := pages(data))

    assert len(texts) > 1
    assert pages_with(texts, "1.") == pages_with(texts, "2.") == [0]
    assert "C?" in found
    if text == "lines":
        assert sum(ruled_lines(data)) == 42
    else:
        assert sorted(re.findall(r"\bw\d+", found)) == sorted(words)


@pytest.mark.parametrize("make", [pdf.quiz, lambda one: pdf.key([one])])
def test_nothing_leaves_the_page(make: Any) -> None:
    """Words longer than a line, many options and long addresses stay within the margins."""
    long, caps = "verylongword" * 25, "W" * 90
    questions = bank(f"""
  - {{id: a, question: 'Say {long}', answer: {long}, explain: {caps}, caution: {long}, hint: {caps}}}
  - {{id: {"i" * 80}, question: Q?, answer: {long}, distractors: [{", ".join(f"{caps}{n}" for n in range(9))}]}}
  - {{id: c, question: Q?, pairs: {{{long}: {caps}, {caps}: {long}}}, distractors: [d]}}
  - {{id: d, question: Q?, order: [{long}, {caps}, c]}}
  - {{id: e, cloze: '{{{{c1::{long}::{caps}}}}} {{{{c2::{caps}}}}}'}}
  - {{id: f, statement: '{caps} `{long}`', answer: true}}
""")
    data = make(from_bank(questions, caps * 2))

    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        boxes = [text.get_charbox(n) for n in range(text.count_chars()) if text.get_text_range(n, 1).strip()]
        assert min(box[0] for box in boxes) > 50
        assert max(box[2] for box in boxes) < page.get_width() - 50
        assert min(box[1] for box in boxes) > 20


def test_short_options_stand_side_by_side() -> None:
    """Short options are set in two columns, long ones below one another."""

    def heights(options: str) -> int:
        page = pypdfium2.PdfDocument(
            pdf.quiz(sheet(f"  - {{id: a, question: Q?, answer: right, distractors: {options}}}"))
        )[0]
        text = page.get_textpage()
        return len({round(text.get_charbox(m.start())[1]) for m in re.finditer(r"(?<=[A-D] )o", text.get_text_range())})

    assert heights("[o-one, o-two, o-six]") == 2
    assert heights(f"[o-one {'long ' * 12}, o-two, o-six]") == 3


def test_pages_are_numbered() -> None:
    """Every page says which it is, and of how many."""
    texts = pages(pdf.quiz(sheet(mixed(30))))

    assert [text[-11:] for text in texts] == [f"Page {n} of {len(texts)}" for n in range(1, len(texts) + 1)]


# --- the file -------------------------------------------------------------------------------------------------------

SCRIPT = """
import hashlib, sys
from pathlib import Path
from octdeck.readers import yaml
from octdeck.sheet import from_bank
from octdeck.writers import pdf

header, deck = sys.stdin.buffer.read().decode().split("\\0")
bank, _ = yaml.read((Path("bank.yaml"), header.encode()), [(Path("d.yaml"), deck.encode())])
one = from_bank(bank, "Paper")
print(hashlib.sha256(pdf.quiz(one) + pdf.key([one])).hexdigest())
"""


def test_same_bytes_anywhere(tmp_path: Path) -> None:
    """The same questions give the same bytes: twice, in another folder, time zone and process, on another day."""
    one = sheet(KINDS)
    here = pdf.quiz(one) + pdf.key([one])
    env = {**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1", "LC_ALL": "C"}
    env["PYTHONPATH"] = os.pathsep.join(sys.path)
    command, given = [sys.executable, "-c", SCRIPT], f"{BANK}\0{HEAD}{KINDS}".encode()
    there = subprocess.run(command, input=given, cwd=tmp_path, env=env, check=True, capture_output=True)

    assert pdf.quiz(one) + pdf.key([one]) == here
    assert hashlib.sha256(here).hexdigest() == there.stdout.decode().strip()
    assert not re.search(rb"/(Creation|Mod)Date|xmp:(Create|Modify)Date", here)


def roles(node: Any) -> list[str]:
    """The roles in a tree of tags, in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        return [role for child in node for role in roles(child)]
    if not isinstance(node, dict):
        return []
    return [*([str(node["/S"])] if "/S" in node else []), *(roles(node["/K"]) if "/K" in node else [])]


def test_accessible() -> None:
    """The PDF has its title and language, and tags for the headings, the list of questions and the options in it."""
    one = from_bank(bank(KINDS), "October", "A")
    for data, title, headings in (
        (pdf.quiz(one), "October – Version A", ["/H1"]),
        (pdf.key([one]), "October – Answer key", ["/H1", "/H2", "/H2"]),
    ):
        reader = PdfReader(io.BytesIO(data))
        root: Any = reader.trailer["/Root"]
        tags = roles(root["/StructTreeRoot"]["/K"])

        assert reader.metadata is not None
        assert reader.metadata.title == title
        assert root["/Lang"] == "en"
        assert root["/MarkInfo"]["/Marked"]
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert [tag for tag in tags if tag.startswith("/H")] == headings
        assert tags.count("/L") >= 3
        assert tags.count("/LI") >= 8 + 4 + 2
