"""What comes on a web page: YAML text in, HTML out, read back and used in a real browser."""

import base64
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pypdfium2  # type: ignore[import-untyped]
import pytest
from msgspec.structs import replace
from pypdf import PdfReader

import browser as chromium
from browser import Browser, Page
from octdeck import forms
from octdeck.look import LAYOUTS, Layout, Logo, Look
from octdeck.project import load
from octdeck.readers import yaml
from octdeck.sheet import Sheet, from_bank
from octdeck.writers import html, pdf
from support import KINDS as KINDS_BANK

BANK = """
bank: tests
title: The bank
language: en
themes: {power: Dual power, coup: "A coup?"}
"""
HEAD = """
deck: "Tests::Web"
source: {id: coup, title: "Lessons: Coup or mass insurrection?", short: Coup or mass insurrection?}
defaults: {themes: power, cites: 27}
questions:
"""
KINDS = """
  - {id: short, question: What was a *soviet*?, answer: A workers’ council, claim: true,
     explain: It is Russian., caution: Mind.}
  - {id: typed, question: Which general?, answer: Kornilov, typed: true, accept: [Lavr Kornilov, General Kornilov]}
  - {id: one, question: Which city?, answer: Petrograd, distractors: [Moscow, Kiev, Riga], hint: It is `cold`.}
  - {id: several, question: Which parties?, answer: [Bolsheviks, Mensheviks], distractors: [Tories], points: 2.5}
  - {id: judged, statement: The palace fell in a bloody battle., answer: false}
  - {id: gaps, cloze: "The {{c1::*Aurora*::a ship}} fired on the {{c2::Winter Palace}} at {{c3::night}}."}
  - {id: two-gaps, cloze: "Lenin’s {{c1::April Theses}} of {{c2::1917}}"}
  - {id: order, question: In which order?, order: [February, July, August, October], lines: 2}
  - {id: match, question: Who did what?, pairs: {Kerensky: governed, Kornilov: marched}, distractors: [slept]}
"""
A_MAP = """
  - {id: map, image: map.png, alt: A map, regions: [{answer: Neva, at: [1, 1, 9, 9]}, {answer: Fort, at: [9, 9, 9, 9]}]}
"""
LOOK = Look()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'


def sheet(questions: str = KINDS, title: str = "Web", version: str = "", header: str = BANK, head: str = HEAD) -> Sheet:
    files = [(Path("d.yaml"), (head + questions).encode())]
    found, diagnostics = yaml.read((Path("bank.yaml"), header.encode()), files)
    assert found is not None
    assert {d.code for d in diagnostics} <= {"OD114"}  # long texts made of 'word ' end in a space
    return from_bank(found, title, version)


def quiz(questions: str = KINDS, look: Look = LOOK) -> bytes:
    return html.quiz(sheet(questions), look)


def key(questions: str = KINDS, look: Look = LOOK) -> bytes:
    return html.key([sheet(questions)], look)


class _Document(HTMLParser):
    """A page taken apart: its tags with their attributes, its text, and what stands in style and script."""

    def __init__(self, data: bytes | str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[str] = []
        self.texts: list[str] = []
        self.blocks: list[tuple[str, str]] = []
        self.feed(data.decode() if isinstance(data, bytes) else data)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("style", "script"):
            self.blocks.append((tag, ""))
        if tag not in ("meta", "br", "img"):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.inside and self.inside[-1] in ("style", "script"):
            self.blocks[-1] = (self.inside[-1], self.blocks[-1][1] + data)
        else:
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())

    @property
    def answers(self) -> list[dict[str, Any]]:
        """What lies beside the text of a quiz, for its script."""
        (packed,) = [text for tag, text in self.blocks if tag == "script" and re.fullmatch(r"[\w+/=]+", text)]
        found: list[dict[str, Any]] = json.loads(base64.b64decode(packed))["questions"]
        return found


def joined(text: str) -> str:
    """The text without blanks, for what may be broken into lines anywhere."""
    return "".join(text.split())


def pages(data: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]


# --- the sheet ------------------------------------------------------------------------------------------------------


def test_each_kind_has_its_form() -> None:
    """The sheet shows what is asked, what to do, and everything there is to choose from."""
    text = _Document(quiz(KINDS + A_MAP)).text

    assert {type(entry.form) for entry in sheet(KINDS + A_MAP).entries} == set(get_args(forms.Form))
    for words in (
        "1. What was a soviet? According to Coup or mass insurrection? Points: / 1 2. Which general? Points:",
        "3. Which city? Choose one. · Hint: It is cold. A ",
        "4. Which parties? Choose all that apply. A ",
        "5. The palace fell in a bloody battle. T True F False",
        "6. The (1) [a ship] fired on the (2) at (3) . Fill in the gaps. Words: ",
        "7. Lenin’s (1) of (2) Fill in the gaps. Points",
        "8. In which order? Number them from 1 to 4. ",
        "9. Who did what? Write the letter that belongs to each. 1 Kerensky 2 Kornilov A ",
        "10. A map Write what belongs at each number. 1 2 Points",
        *("Petrograd", "Moscow", "Kiev", "Riga", "Bolsheviks", "Tories", "Aurora", "Winter Palace", "night"),
        *("February", "July", "August", "October", "governed", "marched", "slept"),
    ):
        assert words in text


def test_head_of_the_sheet() -> None:
    """The sheet has school, logo, the bank it is from, title, version, total, and lines for name, class and date."""
    look = Look(school="Smolny", logo=Logo(SVG, "svg"))
    page = _Document(html.quiz(sheet(title="October", version="B"), look))

    assert "Smolny The bank October Version B Points / 10½ Name Class Date 1." in page.text
    assert page.text.startswith("October – Version B")
    (image,) = [attributes for tag, attributes in page.tags if tag == "img"]
    assert image["src"] == f"data:image/svg+xml;base64,{base64.b64encode(SVG).decode()}"


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("ru", "ltr"), ("he", "rtl"), ("ar-EG", "rtl"), ("fa", "rtl")]
)
def test_language_and_direction(language: str, direction: str) -> None:
    """The page says in which language it is, and in which direction that is read."""
    ((_, attributes),) = [
        tag for tag in _Document(html.quiz(replace(sheet(), language=language), LOOK)).tags if tag[0] == "html"
    ]

    assert attributes == {"lang": language, "dir": direction}


def test_the_sheet_keeps_the_answers_back() -> None:
    """What only the key may say stands nowhere in the source of a quiz as it is, but the script can find it."""
    data = quiz()
    page = _Document(data)

    assert not re.search("council|Lavr|It is Russian|Mind[.]|¶|April Theses|1917", data.decode())
    assert [answer["right"] for answer in page.answers][1] == [["Kornilov", "Lavr Kornilov", "General Kornilov"]]
    shown = _Document(page.answers[0]["html"]).text
    assert shown == "Answer A workers’ council It is Russian. Caution: Mind. Coup or mass insurrection?, ¶ 27"


def test_one_file_that_asks_for_nothing() -> None:
    """No page names anything to be loaded, and its policy allows its own style and script by their hashes only."""
    for data in (quiz(), key()):
        page = _Document(data)
        policies = [attributes["content"] for _, attributes in page.tags if "http-equiv" in attributes]
        named = {name for _, attributes in page.tags for name in attributes}
        hashes = [
            base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            for tag, text in page.blocks
            if not re.fullmatch(r"[\w+/=]+", text)
        ]
        rules = ["default-src 'none'", "img-src data:", "base-uri 'none'", "form-action 'none'"]
        own = [f"{what}-src 'sha256-{digest}'" for what, digest in zip(("style", "script"), hashes, strict=False)]

        assert policies == ["; ".join(rules + own)]
        assert page.inside == []
        assert not named & {"src", "style", "srcset", "action", "onclick", "onload", "background", "data"}
        assert not re.search(r"@import|url\(", page.blocks[0][1])


@pytest.mark.parametrize(("paper", "size"), [("a4", "A4"), ("letter", "letter")])
def test_paper_and_layout_are_style(paper: Any, size: str) -> None:
    """Paper and layout change the style of a page, and not a word or a number in it."""
    for layout in LAYOUTS:
        page = _Document(quiz(look=Look(paper, layout)))

        assert page.blocks[0][1].startswith(f"@page {{ size: {size};")
        assert ("body", {"class": f"quiz {layout}"}) in page.tags
        assert page.text == _Document(quiz()).text


def test_nothing_to_ask() -> None:
    """A bank without any question for paper still gives a sheet and a key."""
    nothing = "  - {id: a, question: Screen?, answer: b, paper: false}"

    assert "Screen" not in _Document(quiz(nothing)).text + _Document(key(nothing)).text


# --- the key --------------------------------------------------------------------------------------------------------


def test_each_kind_has_its_answer() -> None:
    """The key gives each answer in letters, numbers and words, with all that belongs to it, and the sources."""
    text = _Document(key()).text

    for words in (
        "Web – Answer key The bank Web Answer key At a glance Points 1 A workers’ council 1 2 Kornilov 1 3 ",
        "6 (1) Aurora (2) Winter Palace (3) night 1 7 (1) April Theses (2) 1917 1 8 ",
        "Total 10½ 1. What was",
        "1. What was a soviet? A workers’ council It is Russian. Caution: Mind."
        " Coup or mass insurrection?, ¶ 27 · Dual power · short",
        "Kornilov Also right: Lavr Kornilov; General Kornilov",
        " Petrograd Coup",
        "F False",
        "The (1) fired on the (2) at (3). (1) Aurora (2) Winter Palace (3) night",
        "1 February 2 July 3 August 4 October",
        "Sources Coup or mass insurrection?: Lessons: Coup or mass insurrection?",
    ):
        assert words in text
    assert re.search(r"1–([A-C]) 2–([A-C]) 1–\1 Kerensky: governed 2–\2 Kornilov: marched", text)


def test_one_key_for_all_versions() -> None:
    """The key of several versions has a section for each, with its own letters, and the sources once."""
    versions = [sheet(version="A"), replace(sheet(version="B"), entries=sheet().entries[:4], total="5½")]
    before, a, b = re.split(r"Version [AB] ", _Document(html.key(versions, LOOK)).text)

    assert (
        "At a glance A Points B Points 1 A workers’ council 1 A workers’ council 1 2 Kornilov 1 Kornilov 1 3" in before
    )
    assert "F 1 6 (1) Aurora" in before
    assert "Total 10½ 5½" in before
    assert "1. What was" not in before
    assert "9. Who did what?" in a
    assert "4. Which parties?" in b
    assert "Who did what?" not in b
    assert b.count("Sources") == 1


def test_links_open_apart() -> None:
    """A link opens in a page of its own, which cannot reach back; what is no web address is no link."""
    questions = "  - {id: a, question: 'See [here](https://a.org/?b&c) or [there](javascript:alert)', answer: a}"
    page = _Document(quiz(questions))

    assert [attributes for tag, attributes in page.tags if tag == "a"] == [
        {"href": "https://a.org/?b&c", "target": "_blank", "rel": "noopener noreferrer"}
    ]
    assert "or [there](javascript:alert)" in page.text


# --- text -----------------------------------------------------------------------------------------------------------

HOSTILE = (
    "</script></style><b onclick=x>&amp; {{ 7*7 }} {% if %} {# x #} <!-- ' \" [l](javascript:x) \\2f */ ]]> {page}"
)
TAGS = {
    *("html", "head", "meta", "title", "style", "script", "body", "header", "main", "section", "div", "p", "h1", "h2"),
    *("ol", "ul", "li", "form", "fieldset", "legend", "span", "em", "strong", "code", "a", "br"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    *(
        "lang",
        "dir",
        "charset",
        "http-equiv",
        "content",
        "name",
        "class",
        "id",
        "data-form",
        "type",
        "scope",
        "colspan",
    ),
    *("aria-labelledby", "aria-describedby"),
}
PLACES = [
    *("question", "answer", "accept", "hint", "explain", "caution", "option", "statement", "cloze", "gap", "left"),
    *("right", "step", "title", "bank", "theme", "short", "school", "language"),
]


@pytest.mark.parametrize("place", PLACES)
def test_text_is_never_markup(place: str) -> None:
    """What would be markup, script, style or a template's own signs comes out as it was typed, wherever it stands."""
    text = HOSTILE.replace("'", "''")
    gap = text.replace("}}", "").replace("{{", "")  # in a cloze these are Anki's own
    question = {
        "option": f"question: Q?, answer: a, distractors: ['{text}', b, c, d]",
        "gap": f"cloze: '{{{{c1::{gap}::{gap}}}}} is it'",
        "left": f"question: Q?, pairs: {{'{text}': a, b: c}}, distractors: [d]",
        "right": f"question: Q?, pairs: {{a: '{text}', b: c}}, distractors: [d]",
        "step": f"question: Q?, order: ['{text}', b, c]",
        "question": f"question: '{text}', answer: a",
        "statement": f"statement: '{text}', answer: true",
        "cloze": f"cloze: '{gap} {{{{c1::x}}}}'",
        "answer": f"question: Q?, answer: '{text}'",
        "accept": f"question: Q?, answer: a, typed: true, accept: ['{text}']",
    }.get(place, f"question: Q?, answer: a, {place}: '{text}'")
    if place in ("title", "bank", "theme", "short", "school", "language"):
        question = "question: Q?, answer: a"
    others = "".join(f"\n  - {{id: q{n}, question: Q?, answer: a}}" for n in range(5))  # for the key's strip
    one = sheet(
        f"  - {{id: a, {question}}}{others}",
        title=HOSTILE if place == "title" else "Web",
        header=BANK.replace(
            "The bank" if place == "bank" else "Dual power" if place == "theme" else "###", f"'{text}'"
        ),
        head=HEAD.replace("short: Coup or mass insurrection?" if place == "short" else "###", f"short: '{text}'"),
    )
    one = replace(one, language=HOSTILE) if place == "language" else one
    look = Look(school=HOSTILE) if place == "school" else LOOK
    for page in (asked := _Document(html.quiz(one, look)), _Document(html.key([one], look))):
        assert {tag for tag, _ in page.tags} <= TAGS
        assert {name for _, attributes in page.tags for name in attributes} <= ATTRIBUTES
        assert [tag for tag, _ in page.blocks] == ["style", "script", "script"][: 3 if page is asked else 1]
        assert not [attributes for tag, attributes in page.tags if tag == "a"]
        assert place != "language" or page.tags[0] == ("html", {"lang": HOSTILE, "dir": "ltr"})
    texts = (asked.text, page.text, *(_Document(answer["html"]).text for answer in asked.answers))
    shown = {"language": "Q?", "gap": gap.replace("''", "'"), "cloze": gap.replace("''", "'")}.get(place, HOSTILE)
    assert any(joined(shown) in joined(text) for text in texts)


# --- the file -------------------------------------------------------------------------------------------------------

SCRIPT = """
import hashlib, sys
from pathlib import Path
from octdeck.look import Look
from octdeck.readers import yaml
from octdeck.sheet import from_bank
from octdeck.writers import html

header, deck = sys.stdin.buffer.read().decode().split("\\0")
bank, _ = yaml.read((Path("bank.yaml"), header.encode()), [(Path("d.yaml"), deck.encode())])
one = from_bank(bank, "Web")
print(hashlib.sha256(html.quiz(one, Look()) + html.key([one], Look())).hexdigest())
"""


def test_same_bytes_anywhere(tmp_path: Path) -> None:
    """The same questions give the same bytes: twice, and in another folder and process."""
    here = quiz() + key()
    env = {**os.environ, "PYTHONHASHSEED": "7", "LC_ALL": "C", "PYTHONPATH": os.pathsep.join(sys.path)}
    command, given = [sys.executable, "-c", SCRIPT], f"{BANK}\0{HEAD}{KINDS}".encode()
    there = subprocess.run(command, input=given, cwd=tmp_path, env=env, check=True, capture_output=True)

    assert quiz() + key() == here
    assert hashlib.sha256(here).hexdigest() == there.stdout.decode().strip()


# --- in the browser -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.start() as one:
        yield one


def words_of(data: bytes, foot: str) -> Counter[str]:
    """The words of a printed file, without what stands at the foot of its pages."""
    texts = [re.sub(r"Page \d+ of \d+", " ", page).replace(foot, " ", 1) for page in pages(data)]
    return Counter(re.findall(r"\w+|[^\w\s]", " ".join(texts)))


@pytest.mark.browser
def test_printed_like_the_pdf(browser: Browser) -> None:
    """What the browser prints has the words of the PDF, quiz and key, as often, and no other."""
    bank = load(KINDS_BANK).bank
    assert bank is not None
    one = from_bank(bank, "Forms", "A")
    for here, there, subject in (
        (html.quiz(one, LOOK), pdf.quiz(one, LOOK), "Version A"),
        (html.key([one], LOOK), pdf.key([one], LOOK), "Answer key"),
    ):
        with browser.page(here) as page:
            assert words_of(page.pdf(), f"Forms · {subject}") == words_of(there, f"Forms · {subject}")


RIGHT = {
    "Written": "Q.querySelector('.written').value = RIGHT[0][0].toUpperCase() + ' '",
    "Options": "for (const i of Q.querySelectorAll('input')) if (RIGHT[0].includes(i.value)) i.click()",
    "TrueOrFalse": "for (const i of Q.querySelectorAll('input')) if (RIGHT[0].includes(i.value)) i.click()",
    "Gaps": "Q.querySelectorAll('.gap .control').forEach((c, n) => { c.value = RIGHT[n][0] })",
    "Steps": "Q.querySelectorAll('select').forEach((c, n) => { c.value = RIGHT[n][0] })",
    "Columns": "Q.querySelectorAll('select').forEach((c, n) => { c.value = RIGHT[n][0] })",
}
WRONG = {
    "Written": "Q.querySelector('.written').value = 'no idea'",
    "Options": "for (const i of Q.querySelectorAll('input')) if (!RIGHT[0].includes(i.value)) i.click()",
    "TrueOrFalse": "for (const i of Q.querySelectorAll('input')) if (!RIGHT[0].includes(i.value)) i.click()",
    "Gaps": "Q.querySelectorAll('.gap .control').forEach((c, n) => { c.value = RIGHT[(n + 1) % RIGHT.length][0] })",
    "Steps": "Q.querySelectorAll('select').forEach((c) => { c.value = '1' })",
    "Columns": "Q.querySelectorAll('select').forEach((c) => { c.value = RIGHT[0][0] })",
}


def question(number: int) -> str:
    return f"ol.questions > li:nth-of-type({number})"


def give(page: Page, one: Sheet, how: dict[str, str], numbers: range) -> None:
    """Answer questions, each by its kind."""
    answers = _Document(html.quiz(one, LOOK)).answers
    for number in numbers:
        right, form = answers[number - 1]["right"], type(one.entries[number - 1].form).__name__
        given = f"const Q = document.querySelector('{question(number)}'), RIGHT = {json.dumps(right)};"
        page.run(f"(() => {{ {given} {how[form]} }})()")


@pytest.mark.browser
@pytest.mark.parametrize("number", range(1, 10))
def test_answering_and_checking(browser: Browser, number: int) -> None:
    """Each kind is judged: not before it is answered, right or not right, with the answer, and again after that."""
    one, here = sheet(), question(number)
    in_words = number < 3
    with browser.page(html.quiz(one, LOOK)) as page:
        check = f"{here} [type=submit]"
        if not in_words:
            page.click(check)
            assert page.text(f"{here} .feedback") == "No answer yet"

        give(page, one, RIGHT, range(number, number + 1))
        page.click(check)
        assert page.text(f"{here} .feedback").startswith("Right Answer ")
        assert page.text(f"{here} .feedback").endswith("Coup or mass insurrection?, ¶ 27")
        assert page.run(f"document.querySelector('{here} fieldset').disabled")
        assert page.text(f"{here} .earned") == ("2½" if number == 4 else "1")
        assert page.text(".score") == "Checked: 1 of 9"

        assert page.text(check) == "Try again"
        page.click(check)
        assert page.text(f"{here} .feedback") == ""
        assert page.text(".score") == ""
        page.run(f"document.querySelector('{here} form').reset()")

        give(page, one, WRONG, range(number, number + 1))
        page.click(check)
        if in_words:  # it may be right in other words: that is the student's to say
            assert page.text(f"{here} .earned") == "–"
            assert "Were you right?" in page.text(f"{here} .compare")
            page.click(f"{here} .compare button:last-child")
        else:
            assert page.run(f"document.querySelectorAll('{here} .sign.wrong').length")
        assert page.text(f"{here} .feedback").startswith("Not right Answer ")
        assert page.text(f"{here} .earned") == "0"
        assert page.errors() == []


@pytest.mark.browser
def test_the_score(browser: Browser) -> None:
    """All can be checked at once; the score counts points, and what was not answered as nothing; then all anew."""
    one = sheet()
    with browser.page(html.quiz(one, LOOK)) as page:
        give(page, one, RIGHT, range(1, 5))
        give(page, one, WRONG, range(5, 8))
        page.click(".finish button:first-child")
        assert page.text(".score") == "Your score: 5½ of 10½"
        assert page.text(f"{question(9)} .feedback").startswith("No answer yet Answer 1–")

        page.click(".finish button:last-child")
        assert page.text(".score") == ""
        assert page.run("document.querySelectorAll('.sign, :checked:not(option), :disabled').length") == 0

        give(page, one, WRONG, range(1, 2))
        page.click(".finish button:first-child")
        assert page.text(".score") == "Checked: 8 of 9"
        page.click(f"{question(1)} .compare button:first-child")
        assert page.text(".score") == "Your score: 1 of 10½"


@pytest.mark.browser
def test_without_points_questions_count(browser: Browser) -> None:
    """Where nothing has points, the score is of questions."""
    questions = "".join(f"  - {{id: q{n}, statement: S{n}., answer: true, points: 0}}\n" for n in range(3))
    one = sheet(questions)
    with browser.page(html.quiz(one, LOOK)) as page:
        give(page, one, RIGHT, range(1, 3))
        page.click(".finish button:first-child")
        assert page.text(".score") == "Your score: 2 of 3"


@pytest.mark.browser
def test_by_keyboard(browser: Browser) -> None:
    """Everything can be reached and done with the keyboard, and the focus is never lost."""
    where = "document.activeElement.getAttribute('aria-label') || document.activeElement.labels?.[0]?.innerText ||"
    where += " document.activeElement.innerText"
    with browser.page(quiz()) as page:

        def focus() -> str:
            return " ".join(str(page.run(where)).split())

        page.press("Tab")
        assert focus() == "Your answer"
        page.type("a workers' COUNCIL")
        page.press("Enter")
        assert page.text(f"{question(1)} .feedback").startswith("Right")
        page.run("document.activeElement.blur()")
        page.run(f"document.querySelector('{question(2)} .written').focus()")
        page.type("?")
        page.press("Tab", "Enter")
        assert focus() == "Try again"
        page.press("Tab", " ")  # "Right", among the words of comparing
        assert page.text(f"{question(2)} .feedback").startswith("Right")
        assert focus() == "Try again"

        page.press("Tab", " ")
        assert focus().startswith("A ")
        page.press("ArrowDown")
        assert focus().startswith("B ")
        page.press("Enter")
        assert page.run(f"document.querySelector('{question(3)} .feedback .verdict') !== null")
        page.press("Tab", "Tab", " ", "Tab", "Tab", "Tab", "Enter")
        assert page.text(f"{question(4)} .feedback .verdict") in ("Right", "Not right")

        page.run(f"document.querySelector('{question(8)} select').focus()")
        page.press("3", "Tab", "1", "Tab", "2", "Tab", "4")
        chosen = f"Array.from(document.querySelectorAll('{question(8)} select'), (select) => select.value).join('')"
        assert page.run(chosen) == "3124"
        assert page.errors() == []


@pytest.mark.browser
def test_for_a_screen_reader(browser: Browser) -> None:
    """Each field has a name, each question is a group named by what it asks, verdicts and score are announced."""
    with browser.page(quiz()) as page:
        nodes = page.call("Accessibility.getFullAXTree")["nodes"]
        named = [
            (node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node["ignored"]
        ]
        names = {
            role: [" ".join(name.split()) for r, name in named if r == role]
            for role in dict.fromkeys(r for r, _ in named)
        }

    assert names["group"][:2] == ["1. What was a soviet?", "2. Which general?"]
    assert names["group"][4] == "5. The palace fell in a bloody battle."
    assert names["textbox"] == ["Your answer", "Your answer", "Gap 1", "Gap 2"]
    assert names["radio"][-2:] == ["True", "False"]
    assert {name[0] for name in names["checkbox"]} == {"A", "B", "C"}
    assert sorted(names["combobox"][-6:]) == ["August", "February", "July", "Kerensky", "Kornilov", "October"]
    assert names["combobox"][:3] == ["Gap 1", "Gap 2", "Gap 3"]
    assert names["button"].count("Check") == 9
    assert len(names["status"]) == 9 + 1
    assert names["heading"] == ["Web"]


LONG = "verylongword" * 12
WIDE = f"""
  - {{id: a, question: 'Say {LONG}', answer: {LONG}, explain: {LONG}, caution: {LONG}, hint: {LONG}}}
  - {{id: {"i" * 80}, question: Q?, answer: {LONG}, distractors: [{", ".join(f"{LONG}{n}" for n in range(9))}]}}
  - {{id: c, question: Q?, pairs: {{{LONG}: {LONG}1, {LONG}2: {LONG}3}}, distractors: [d]}}
  - {{id: d, question: Q?, order: [{LONG}, {LONG}2, c], lines: 3}}
  - {{id: e, cloze: '{{{{c1::{LONG}::{LONG}}}}} {{{{c2::{LONG}}}}} {{{{c3::a}}}} {{{{c4::b}}}}'}}
  - {{id: f, statement: '{LONG} `{LONG}`', answer: true}}
"""


@pytest.mark.browser
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("scripts", [True, False])
def test_fits_a_phone(browser: Browser, layout: Layout, scripts: bool) -> None:
    """No page is wider than a phone, whatever its layout and its words, before and after checking."""
    look = Look("a4", layout, LONG, Logo(SVG, "svg"))
    for data in (quiz(WIDE, look), quiz(KINDS + A_MAP, look), key(WIDE, look)):
        with browser.page(data, width=360, scripts=scripts) as page:
            if scripts and data.find(b'class="quiz') > 0:
                assert page.run("document.documentElement.scrollWidth") == 360
                page.click(".finish button")
            assert page.run("document.documentElement.scrollWidth") == 360


CONTRAST = """(() => {
  const lightness = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const behind = (element) => {
    const colour = element ? getComputedStyle(element).backgroundColor : "rgb(255, 255, 255)";
    return colour === "rgba(0, 0, 0, 0)" ? behind(element.parentElement) : colour;
  };
  const found = [];
  for (const element of document.querySelectorAll("body, body *")) {
    const written = element.matches("input, select, textarea, button")
      || Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.trim());
    if (!written || !element.checkVisibility() || element.matches("script")) continue;
    const [a, b] = [getComputedStyle(element).color, behind(element)].map(lightness).sort((x, y) => y - x);
    found.push([(a + 0.05) / (b + 0.05), element.className + ": " + element.textContent.slice(0, 30)]);
  }
  return found;
})()"""


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True])
def test_contrast(browser: Browser, dark: bool) -> None:
    """Every text stands out from what is behind it by 4.5 to 1 at least, in light and dark, checked and in the key."""
    one = sheet()
    with browser.page(html.quiz(one, LOOK), dark=dark) as page:
        background = page.run("getComputedStyle(document.documentElement).backgroundColor")
        fresh = page.run(CONTRAST)
        give(page, one, RIGHT, range(1, 5))
        give(page, one, WRONG, range(5, 9))
        page.click(".finish button")
        checked = page.run(CONTRAST)
    with browser.page(html.key([one], LOOK), dark=dark) as page:
        in_key = page.run(CONTRAST)

    assert background == ("rgb(29, 29, 31)" if dark else "rgb(252, 251, 248)")
    assert min(len(fresh), len(checked), len(in_key)) > 40
    assert [told for told in (*fresh, *checked, *in_key) if told[0] < 4.5] == []


@pytest.mark.browser
def test_its_policy_holds(browser: Browser) -> None:
    """The browser loads nothing for a page, has nothing to complain of, and would run no script that gets into it."""
    link = "  - {id: x, question: 'See [this](https://example.org/)', answer: a}\n"
    look = Look(school="S", logo=Logo(SVG, "svg"))
    for data in (quiz(link + KINDS, look), key(link + KINDS, look)):
        with browser.page(data) as page:
            assert page.errors() == []
            assert {address.partition(":")[0] for address in page.addresses()} == {"file", "data"}

            page.run("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.got = 1\">')")
            page.run("document.body.append(Object.assign(document.createElement('script'), {text: 'window.got = 1'}))")
            assert page.run("window.got === undefined")
            assert any("Content Security Policy" in error for error in page.errors())


@pytest.mark.browser
def test_without_scripts(browser: Browser) -> None:
    """Without scripts it is the sheet to print, with nothing to press and no answers."""
    with browser.page(quiz(), scripts=False) as page:
        text = page.text()
        controls = page.run("document.querySelectorAll('button, input, select, textarea').length")
        heights = page.run("Array.from(document.querySelectorAll('.line, .mark, .box'), (e) => e.offsetHeight)")

    assert controls == 0
    assert min(heights) > 10
    assert text.startswith("The bank Web Points / 10½ Name Class Date 1. What was a soviet?")
    assert "Lavr" not in text
    assert "It is Russian" not in text


# --- on paper -------------------------------------------------------------------------------------------------------


def mixed(count: int) -> str:
    """Questions of every kind and length; the texts of number n begin with start{n} and end with end{n}."""
    lines = []
    for n in range(1, count + 1):
        filler = "words " * (n * 7 % 90)
        lines.append(
            [
                f"statement: 'start{n} {filler} end{n}', answer: true",
                f"question: 'start{n} {filler}', answer: a, distractors: [b, c, end{n}], last: [end{n}]",
                f"question: 'start{n} {filler} end{n}', answer: a, lines: {n % 9}",
                f"question: 'start{n} {filler}', order: [a, b, c, d, end{n}], lines: {n % 3}",
                f"question: 'start{n}', pairs: {{a: '{filler} b', c: d, e: end{n}}}",
                f"cloze: 'start{n} {{{{c1::a}}}} {filler} {{{{c2::b}}}} end{n}'",
            ][n % 6]
        )
    return "".join(f"  - {{id: q{n}, {line}}}\n" for n, line in enumerate(lines, start=1))


def pages_with(texts: list[str], word: str) -> list[int]:
    return [page for page, text in enumerate(texts) if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)]


@pytest.mark.browser
@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_question_splits(browser: Browser, layout: Layout) -> None:
    """The first and the last words of a question are printed on one page."""
    with browser.page(quiz(mixed(40), Look("letter", layout))) as page:
        texts = pages(page.pdf())

    assert len(texts) > 4
    for n in range(1, 41):
        assert len(pages_with(texts, f"start{n}")) == 1
        assert pages_with(texts, f"start{n}") == pages_with(texts, f"end{n}")
    assert [text.count(f"Page {n} of {len(texts)}") for n, text in enumerate(texts, start=1)] == [1] * len(texts)


@pytest.mark.browser
@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_stands_above_its_question(browser: Browser, layout: Layout) -> None:
    """What stood higher than its question would be cut off where that begins a page."""
    above = """Array.from(document.querySelectorAll(".question"), (question) => {
        const inside = Array.from(question.querySelectorAll("span, li"), (part) => part.getBoundingClientRect());
        const tops = inside.filter((box) => box.height).map((box) => box.top);
        return Math.min(...tops) - question.getBoundingClientRect().top;
    })"""
    with browser.page(quiz(look=Look("a4", layout)), width=640) as page:
        page.emulate(media="print")
        found = page.run(above)

    assert len(found) == 9
    assert min(found) > -0.5


@pytest.mark.browser
def test_no_answer_splits(browser: Browser) -> None:
    """In the key, too, a question, its answer and its source stand together."""
    questions = "".join(
        f"  - {{id: q{n}, question: start{n}, answer: a, explain: '{'words ' * (n * 11 % 90)}'}}\n"
        for n in range(1, 41)
    )
    with browser.page(key(questions)) as page:
        texts = pages(page.pdf())

    assert len(texts) > 2
    for n in range(1, 41):
        assert pages_with(texts, f"start{n}") == pages_with(texts, f"q{n}")


@pytest.mark.browser
def test_a_question_longer_than_a_page_comes_out_whole(browser: Browser) -> None:
    """A question that no page can hold breaks, and nothing of it is lost."""
    words = [f"w{n}" for n in range(1300)]
    options = [" ".join(words[n : n + 65]) for n in range(0, 1300, 65)]
    for question in (
        f"question: {' '.join(words)}, answer: a, distractors: [b]",
        f"question: Q?, order: [{', '.join(options)}]",
    ):
        more = (
            f"  - {{id: a, question: A?, answer: a}}\n  - {{id: b, {question}}}\n  - {{id: c, question: C?, answer: c}}"
        )
        with browser.page(quiz(more)) as page:
            texts = pages(page.pdf())

        assert len(texts) > 1
        assert sorted(re.findall(r"\bw\d+", " ".join(texts))) == sorted(words)
        assert "C?" in texts[-1]


@pytest.mark.browser
def test_nothing_of_the_screen_is_printed(browser: Browser) -> None:
    """An answered and checked sheet in the dark prints like a fresh one without scripts, to the last dot."""
    one = sheet()

    def printed(page: Page) -> list[bytes]:
        return [leaf.render(scale=1).to_pil().tobytes() for leaf in pypdfium2.PdfDocument(page.pdf())]

    with browser.page(html.quiz(one, LOOK), scripts=False) as page:
        fresh = printed(page)
    with browser.page(html.quiz(one, LOOK), dark=True) as page:
        give(page, one, RIGHT, range(1, 4))
        give(page, one, WRONG, range(4, 10))
        page.click(".finish button")
        checked = printed(page)
        page.emulate(dark=True, media="print")
        screen = "Array.from(document.querySelectorAll('.control, .feedback, .compare, .sign, .finish'))"
        assert page.run(f"{screen}.length") > 50
        assert page.run(f"{screen}.filter((element) => element.checkVisibility()).length") == 0

    assert checked == fresh


@pytest.mark.browser
@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_paper_sizes(browser: Browser, paper: Any, size: tuple[int, int]) -> None:
    """The page is printed on the paper that the look names."""
    with browser.page(quiz(look=Look(paper))) as page:
        assert {(round(leaf.get_width()), round(leaf.get_height())) for leaf in pypdfium2.PdfDocument(page.pdf())} == {
            size
        }


@pytest.mark.browser
def test_large_print_is_large(browser: Browser) -> None:
    """Large print has 18 points and no serifs; what is set for dyslexic readers is wide, and nothing in italics."""
    style = "(({fontSize, fontFamily, letterSpacing, textAlign}) => [fontSize, fontFamily, letterSpacing, textAlign])"
    with browser.page(quiz(look=Look(layout="large"))) as page:
        page.emulate(media="print")
        large = page.run(f"{style}(getComputedStyle(document.querySelector('.stem')))")
    with browser.page(quiz(look=Look(layout="spaced"))) as page:
        page.emulate(media="print")
        spaced = page.run(f"{style}(getComputedStyle(document.querySelector('.stem')))")
        slanted = (
            "Array.from(document.querySelectorAll('body *')).filter((e) => getComputedStyle(e).fontStyle !== 'normal')"
        )
        assert page.run(f"{slanted}.length") == 0

    assert large[0] == "24px"  # 18 points
    assert large[1].endswith("sans-serif")
    assert large[3] == "start"
    assert spaced[1].endswith("sans-serif")
    assert float(spaced[2].removesuffix("px")) > 0.9


def test_without_a_browser_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no Chromium, the tests fail and say how to get it."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"), chromium.start():
        pass
