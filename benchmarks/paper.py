"""d: the PDF of a quiz and its key, by octdeck and by WeasyPrint from the same content.

Needs the dependency group `bench` (`pip install --group bench`), and for WeasyPrint the system's Pango with a font:
`apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core`.

Measured, one after the other in every run, for 60 and for 200 questions of all kinds, each in a process of its own
that begins with its imports and ends with a sheet and a key on disk:

    octdeck           from questions that are ready
    octdeck quiz      the whole command: read and check the YAML, pick and shuffle besides, with all processors
    weasyprint        the same sheet and key: from octdeck's own web pages, which look the same in print
    weasyprint plain  the same words from the plainest HTML: one column, no boxes, no strip, no tags for screen readers

and "warm", the sheet and the key of version B in a process that has just made those of version A.
"""

import pickle
import re
import statistics
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from html import escape
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from benchmarks import measure, paper_spending
from benchmarks.measure import Cost
from benchmarks.tables import Row, table
from octdeck import quiz
from octdeck.forms import Columns, Gap, Gaps, Options, Runs, Steps, answer
from octdeck.look import Look
from octdeck.markup import to_plain
from octdeck.project import load
from octdeck.settings import Quiz
from octdeck.sheet import Entry, Sheet, from_bank, topic
from octdeck.writers import html

SIZES: Final = (60, 200)

_WORDS: Final = re.findall(
    r"\w+",
    "the harbour office kept its books in two languages until the new quay was opened and every ship that came in"
    " from the north had to name its cargo its master and the port of its last call before the pilot went aboard",
)
_STYLE: Final = """
@page { size: A4; margin: 19mm 21mm 23mm }
body { font: 11pt/1.35 "DejaVu Serif", serif }
.question { break-inside: avoid; margin-bottom: 6mm }
.line { height: 8.5mm; border-bottom: 0.5pt solid }
"""


def bank(count: int) -> Iterator[str]:
    """So many questions of all kinds as lines of a deck file, of the lengths that teachers write."""
    forms = cycle(
        [
            "question: {a}?, answer: {d}, distractors: [{b} one, {b} two, {b} three]",
            "statement: {a}., answer: true",
            "question: {a}?, answer: {b}",
            "cloze: '{a} {{{{c1::{b}}}}} and {{{{c2::{d}}}}}'",
            "question: {a}?, answer: {d}, distractors: [{b} one, {b} two, {b} three, {b} four]",
            "question: {a}?, order: [{b} one, {d} two, {b} three, {d} four]",
            "question: {a}?, pairs: {{{b} one: {d}, {b} two: {d} more, {b} three: {d} less}}",
        ]
    )
    yield "deck: Measured\nsource: {id: article, title: An article of some length, author: A. Uthor}\n"
    yield "defaults: {themes: some, cites: 3-4}\nquestions:\n"
    for number, form in enumerate(islice(forms, count)):
        words = (_WORDS * 2)[number % len(_WORDS) :]
        a, b, d = (" ".join(words[first:last]).replace(",", "") for first, last in ((0, 14), (14, 17), (17, 21)))
        explain = " ".join(words[5:35]).replace(",", "")
        yield f"  - {{id: q{number}, {form.format(a=a, b=b, d=d)}, explain: {explain}}}\n"


# --- the same content as HTML ---------------------------------------------------------------------------------------


def sheet_html(sheet: Sheet) -> str:
    """What pupils get, as a plain web page."""
    return _page(sheet.title, "".join(f'<div class="question">{_asked(entry)}</div>' for entry in sheet.entries))


def key_html(sheet: Sheet) -> str:
    """The key to it, as a plain web page."""
    return _page(f"{sheet.title}, {sheet.words.key}", "".join(map(_answered, sheet.entries)))


def _page(title: str, body: str) -> str:
    head = f"<!doctype html><meta charset=utf-8><title>{escape(title)}</title><style>{_STYLE}</style>"
    return f"{head}<h1>{escape(title)}</h1>{body}"


def _asked(entry: Entry) -> str:
    stem = "".join(
        f"({piece.number}) ____________" if isinstance(piece, Gap) else escape(piece.text) for piece in entry.stem
    )
    points = f" / {entry.points}" if entry.points else ""
    parts = [f"<p><b>{entry.number}.</b> {stem}{points}<br><i>{escape(entry.instruction)}</i></p>"]
    match entry.form:
        case Options(options=options):
            parts += [f"<p>○ {option.letter} {_text(option.text)}</p>" for option in options]
        case Gaps(bank=words):
            parts.append(f"<p>{' · '.join(map(_text, words))}</p>")
        case Steps(steps=steps):
            parts += [f"<p>□ {_text(step.text)}</p>" for step in steps]
        case Columns(lefts=lefts, rights=rights):
            parts += [f"<p>{left.number} □ {_text(left.text)}</p>" for left in lefts]
            parts += [f"<p>{letter} {_text(text)}</p>" for letter, text in rights]
    return "".join(parts) + '<div class="line"></div>' * entry.lines


def _answered(entry: Entry) -> str:
    right = answer(entry.form)
    parts = "<br>".join(f"{label} {_text(text)}" for label, text in right.parts)
    told = (entry.explanation, entry.caution, entry.citations)
    more = "".join(f"<p>{_text(runs)}</p>" for runs in told if runs)
    asked = f"<p><b>{entry.number}.</b> {escape(topic(entry))}</p>"
    return f'<div class="question">{asked}<p><b>{parts}</b></p>{more}</div>'


def _text(runs: Runs) -> str:
    return escape(to_plain(runs))


# --- what is measured -----------------------------------------------------------------------------------------------

_OCTDECK: Final = """
import pickle, sys, time
from pathlib import Path
from octdeck.writers import pdf
folder = Path(sys.argv[1])
for version in sys.argv[2]:
    sheet = pickle.loads((folder / f"sheet-{version}").read_bytes())
    start = time.perf_counter()
    (folder / f"sheet-{version}.pdf").write_bytes(pdf.quiz(sheet))
    (folder / f"key-{version}.pdf").write_bytes(pdf.key([sheet]))
print(time.perf_counter() - start)
"""
_WEASYPRINT: Final = """
import sys, time
from weasyprint import HTML
folder, kind = sys.argv[1], sys.argv[3]
for version in sys.argv[2]:
    start = time.perf_counter()
    for name in (f"sheet-{version}-{kind}", f"key-{version}-{kind}"):
        HTML(f"{folder}/{name}.html").write_pdf(f"{folder}/{name}.pdf")
print(time.perf_counter() - start)
"""


def prepare(folder: Path, count: int) -> None:
    """A bank of so many questions in `folder`, and beside it the sheet, ready for all."""
    decks = folder / "decks"
    decks.mkdir()
    (decks / "bank.yaml").write_text("bank: measured\ntitle: Measured\nthemes: {some: Some theme}\n", encoding="utf-8")
    (decks / "deck.yaml").write_text("".join(bank(count)), encoding="utf-8")
    project = load(decks)
    assert project.bank is not None, project.diagnostics
    for version, made in quiz.versions(project.bank, Quiz(id="quiz", title="Measured", versions=2)):
        sheet = from_bank(made, "Measured quiz")
        (folder / f"sheet-{version}").write_bytes(pickle.dumps(sheet))
        (folder / f"sheet-{version}-same.html").write_bytes(html.quiz(sheet, Look()))
        (folder / f"key-{version}-same.html").write_bytes(html.key([sheet], Look()))
        (folder / f"sheet-{version}-plain.html").write_text(sheet_html(sheet), encoding="utf-8")
        (folder / f"key-{version}-plain.html").write_text(key_html(sheet), encoding="utf-8")


def commands(folder: Path, versions: str = "A") -> dict[str, list[str]]:
    """What is run, by name; each but the whole command prints how long the last of the versions took."""
    python = [sys.executable, "-I"]
    command = [*python, "-m", "octdeck", "quiz", str(folder / "decks"), "--out", str(folder / "dist")]
    return {
        "octdeck": [*python, "-c", _OCTDECK, str(folder), versions],
        "octdeck quiz": command,
        "weasyprint": [*python, "-c", _WEASYPRINT, str(folder), versions, "same"],
        "weasyprint plain": [*python, "-c", _WEASYPRINT, str(folder), versions, "plain"],
    }


def _measured(count: int, runs: int) -> tuple[dict[str, Cost], dict[str, float]]:
    """The medians of so many runs with so many questions: of whole processes, and of the work alone when warm."""
    warm: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder, count)
        cold = measure.in_turns(
            runs, {what: partial(measure.process, command) for what, command in commands(folder).items()}
        )
        for _ in range(runs):
            for what, command in commands(folder, versions="AB").items():
                if what != "octdeck quiz":
                    warm.setdefault(what, []).append(float(measure.output(command)))
    return cold, {what: statistics.median(seconds) for what, seconds in warm.items()}


def measured(runs: int, plots: Path) -> str:
    """The results as Markdown."""
    lines = [
        "### d. Beside WeasyPrint",
        "",
        "A sheet and its key; `benchmarks/paper.py` says what each line is. To reach: 1/15 of WeasyPrint's time.",
    ]
    runs = min(runs, 3)  # WeasyPrint takes its time
    other = dict[int, float]()
    for count in SIZES:
        cold, warm = _measured(count, runs)
        other[count] = cold["weasyprint"].seconds
        rows = list[Row]()
        for what, cost in cold.items():
            times = other[count] / cost.seconds
            again = f"{warm[what]:.2f} s" if what in warm else ""
            rows.append((what, cost, f"1/{times:.1f}" if times > 1 else "1", again))
        lines += ["", f"{count} questions:", "", *table(("", "cold", "of WeasyPrint's time", "warm"), rows)]
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name), SIZES[-1])
        lines += ["", *paper_spending.report(Path(name) / "decks", SIZES[-1], other[SIZES[-1]], runs)]
    return "\n".join(lines)
