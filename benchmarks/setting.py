"""What a quiz and its key spend their time on, step by step.

    python -m benchmarks.setting DECKS OUT
    python -m benchmarks.setting DECKS

prints for each step the seconds of processor time that it takes. Without OUT it prints only what Typst needs to set the
same texts with nothing around them.
"""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

_begun: Final = time.process_time()

from benchmarks import steps  # noqa: E402
from octdeck import building, lints, project, sheet, transaction, typesetting  # noqa: E402
from octdeck.look import Look  # noqa: E402
from octdeck.writers import pdf  # noqa: E402

_imported: Final = time.process_time()

STEPS: Final[steps.Steps] = {
    "bank read and checked": (project, "load"),
    "questions laid out": (sheet, "from_bank"),
    "data for the template": (pdf, "of_sheet"),
    "sheet, by Typst": (typesetting, "_pdf"),
    "key, by Typst": (typesetting, "_pdf"),
    "files put in place": (transaction, "put"),
    "all else of the quiz": (building, "build_quiz"),
    "rules that warn": (lints, "warnings"),
}
_WITHIN: Final = {"all else of the quiz": 5}

_PLAIN: Final = """
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title, date: none)
#set page(paper: d.paper, numbering: "1")
#set text(font: d.fonts.serif, size: 11pt)
#let is-run(part) = type(part) == dictionary and type(part.at("text", default: none)) == str
#let said(part) = if type(part) == array {
  if part.any(is-run) { par(part.map(run => run.at("text", default: "____")).join()) } else { part.map(said).join() }
} else if type(part) == dictionary { part.values().map(said).join() }
#for e in d.sheets.first().entries {
  if d.kind == "key" { par(e.topic) }
  if d.kind == "key" { said((e.answer, e.explanation, e.caution, e.citations)) } else { said((e.stem, e.form)) }
  if d.kind == "quiz" { par(e.instruction); for _ in range(e.lines) { line(length: 100%) } }
}
"""


def main() -> None:
    """Make the quiz, and print."""
    decks, *out = sys.argv[1:]
    if out:
        steps.show(["quiz", decks, "--out", *out], STEPS, _WITHIN, _imported - _begun)
    else:
        print(_plain(Path(decks)))


def _plain(decks: Path) -> float:
    """The seconds for the texts of a sheet and of its key, one paragraph below the other."""
    bank = project.load(decks).bank
    assert bank is not None
    questions = sheet.from_bank(bank)
    with TemporaryDirectory() as folder:
        template = Path(folder) / "plain.typ"
        template.write_text(_PLAIN, encoding="utf-8")
        typesetting.to_pdf = lambda _, data, *__: typesetting._pdf(typesetting._beside(template), data)
        start = time.process_time()
        pdf.quiz(questions, Look())
        pdf.key([questions], Look())
        return time.process_time() - start


if __name__ == "__main__":
    main()
