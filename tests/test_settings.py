"""The settings of a quiz beside what it picks: its day, formats, template, cards; and who made it."""

import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document
from pypdf import PdfReader

from octdeck.cli import main
from octdeck.commands.quiz import quiz as quiz_command
from octdeck.settings import Quiz
from support import edit, kinds_bank
from test_paper import pages

DATES = {
    "en": "24 November 2026",
    "de": "24. November 2026",
    "fr": "24 novembre 2026",
    "es": "24 de noviembre de 2026",
    "it": "24 novembre 2026",
    "pt": "24 de novembro de 2026",
    "pl": "24 listopada 2026",
    "ru": "24 ноября 2026 г.",
    "uk": "24 листопада 2026 р.",
    "tr": "24 Kasım 2026",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    kinds_bank(tmp_path)
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args, catch_exceptions=False)


def set_in_bank(text: str) -> None:
    """Settings of the bank's only quiz, one a line."""
    edit(Path("decks/bank.yaml"), "    seed: 7\n", f"    seed: 7\n{text}")


def names() -> list[str]:
    return sorted(path.name for path in Path("dist").iterdir())


def texts(name: str) -> dict[str, str]:
    """The text of a sheet in each format, blanks collapsed."""
    word = Document(f"dist/{name}.docx")
    page = re.sub(
        r"<style>.*?</style>|<script.*?</script>|<[^>]+>",
        " ",
        Path(f"dist/{name}.html").read_text("utf-8"),
        flags=re.DOTALL,
    )
    found = {
        "pdf": " ".join(pages(Path(f"dist/{name}.pdf").read_bytes())),
        "html": page,
        "docx": " ".join(paragraph.text for paragraph in word.paragraphs),
    }
    return {format_: " ".join(text.split()) for format_, text in found.items()}


@pytest.mark.parametrize("language", DATES)
def test_a_date_in_the_bank_s_language(folder: Path, language: str) -> None:
    """The day of a quiz is printed in the words and the order of the bank's language, in every format."""
    edit(Path("decks/bank.yaml"), "language: en", f"language: {language}")

    assert run("quiz", "--date", "2026-11-24", "--to", "pdf,html,docx").exit_code == 0

    assert [format_ for format_, text in texts("quiz-A").items() if DATES[language] not in text] == []


def test_a_date_stands_in_place_of_the_line(folder: Path) -> None:
    """Where the day is given there is no line to write it on; the lines for name and class stay."""
    run("quiz", "--to", "html,docx", "--name", "without")
    run("quiz", "--to", "html,docx", "--name", "with", "--date", "2026-11-24")

    def lines(name: str) -> tuple[int, int]:
        (pupil,) = re.findall(r'<p class="pupil">.*?</p>', Path(f"dist/{name}-A.html").read_text("utf-8"), re.DOTALL)
        (line,) = [p for p in Document(f"dist/{name}-A.docx").paragraphs if p.style and p.style.name == "Name line"]
        return pupil.count('class="blank"'), line._p.xml.count('w:val="Blank"')

    assert lines("without") == (3, 3)
    assert lines("with") == (2, 2)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-02-30", "there is no day 2026-02-30; write year, month and day: 2026-11-24"),
        ("24.11.2026", "this is not a date; write year, month and day: 2026-11-24"),
        ("20261124", "this is not a date"),
        ("0000-01-01", "there is no day 0000-01-01"),
    ],
)
def test_a_wrong_date(folder: Path, written: str, said: str) -> None:
    """What is no day is wrong usage on the command line, and a finding at its place in bank.yaml."""
    assert said in run("quiz", "--date", written).stderr

    set_in_bank(f"    date: {written}\n")
    found = run("check", "--format", "concise").stdout
    assert re.search(rf"bank.yaml:16:11: OD104 {said.partition(';')[0]}", found)


@pytest.mark.parametrize(
    ("language", "number"),
    [("en", "1,200½"), ("de", "1.200½"), ("fr", "1\u202f200½"), ("ru", "1\xa0200½"), ("uk", "1\xa0200½")],
)
def test_totals_as_the_language_writes_them(folder: Path, language: str, number: str) -> None:
    """From a thousand on, the total of the points is set in groups as the bank's language does, on sheet and key."""
    edit(Path("decks/bank.yaml"), "language: en", f"language: {language}")
    questions = "".join(
        f"  - {{id: p{n}, statement: S{n}, answer: true, themes: more, points: {100 if n < 12 else 0.5}}}\n"
        for n in range(13)
    )
    Path("decks/points.yaml").write_text(
        f"deck: P\ndefaults: {{ignore: OD204}}\nquestions:\n{questions}", encoding="utf-8"
    )

    assert run("quiz", "--deck", "points", "--to", "pdf,html,docx").exit_code == 0

    plain = " ".join(number.split())
    assert [format_ for format_, text in texts("quiz-A").items() if f"/ {plain}" not in text] == []
    assert plain in " ".join(pages(Path("dist/quiz-key.pdf").read_bytes()))


@pytest.mark.parametrize(
    ("lines", "author"),
    [
        ("", ""),
        ("school: The school\n", "The school"),
        ("school: The school\nauthor: Ms A\n", "Ms A"),
        ("author: Ms A\n", "Ms A"),
    ],
)
def test_title_language_and_author(folder: Path, lines: str, author: str) -> None:
    """Files say their title, their language and who made them: the author, or else the school."""
    edit(Path("decks/bank.yaml"), "language: en\n", f"language: fr\n{lines}")

    assert run("quiz", "--title", "Ports", "--to", "pdf,html,docx,cards").exit_code == 0

    for name, title in (("quiz-A", "Ports"), ("quiz-key", "Ports – Corrigé"), ("quiz-cards", "Ports")):
        reader = PdfReader(f"dist/{name}.pdf")
        root: Any = reader.trailer["/Root"]
        assert reader.metadata is not None
        assert (reader.metadata.title, root["/Lang"], reader.metadata.author or "") == (title, "fr", author)
    properties = Document("dist/quiz-A.docx").core_properties
    assert (properties.title, properties.language, properties.author) == ("Ports", "fr-FR", author)
    page = Path("dist/quiz-A.html").read_text("utf-8")
    assert re.findall(r'<meta name="author" content="(.*)">', page) == ([author] if author else [])
    assert '<html lang="fr"' in page


def test_a_quiz_has_formats_of_its_own(folder: Path) -> None:
    """`to` of a quiz in bank.yaml stands in place of the formats of `build`, whenever it builds something for paper."""
    set_in_bank("    to: [docx, cards]\n    flip: short\n    offset: 1.5,-2\n    per_page: 10\n")

    assert run("build", "--to", "pdf").exit_code == 0
    assert names() == [
        "forms-key.pdf",
        "forms-quiz.pdf",
        "mixed-A.docx",
        "mixed-B.docx",
        "mixed-cards.pdf",
        "mixed-key.docx",
    ]
    cards = Path("dist/mixed-cards.pdf").read_bytes()
    run("quiz", "--to", "cards", "--theme", "forms", "--theme", "more", "--count", "6", "--versions", "2",
        "--seed", "7", "--title", "A mixed quiz",
        "--flip", "short", "--offset", "1.5,-2", "--per-page", "10")  # fmt: skip
    assert Path("dist/quiz-cards.pdf").read_bytes() == cards

    assert run("build", "--to", "anki", "--out", "other").exit_code == 0
    assert sorted(path.name for path in Path("other").iterdir()) == ["forms.apkg", "kinds.apkg"]


def test_a_character_without_a_font_in_a_quiz_with_formats_of_its_own(folder: Path) -> None:
    """What its own PDF cannot show is told even where the build makes none otherwise."""
    set_in_bank("    to: pdf\n")
    edit(Path("decks/bank.yaml"), "title: A mixed quiz", "title: A mixed \U0001f98a quiz")

    assert "OD401" in run("build", "--to", "html").stderr


def test_a_template_of_the_bank(folder: Path) -> None:
    """A quiz may name a template in the bank's folder; it is used for its own format, the others look as always."""
    Path("decks/own.html.j2").write_text("OWN {{ kind }} {{ sheet.date }}", encoding="utf-8")
    set_in_bank("    template: own.html.j2\n    date: 2026-11-24\n")

    assert run("build", "--to", "pdf,html").exit_code == 0

    assert Path("dist/mixed-A.html").read_text() == "OWN quiz 24 November 2026"
    assert Path("dist/mixed-key.html").read_text() == "OWN key 24 November 2026"
    assert "OWN" not in Path("dist/forms-quiz.html").read_text()
    assert "A mixed quiz" in pages(Path("dist/mixed-A.pdf").read_bytes())[0]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("    template: none.typ\n", "there is no file 'none.typ' in the bank's folder"),
        ("    template: ../outside.typ\n", "there is no file '../outside.typ' in the bank's folder"),
        ("    template: bank.yaml\n", "'bank.yaml' is no template: its ending is neither .typ nor .html.j2"),
        ("    template: own.typ\n    to: html\n", "'own.typ' is a template for pdf, which is not among 'to'"),
    ],
)
def test_a_template_that_is_none(folder: Path, settings: str, said: str) -> None:
    """A template that is missing, outside the bank, or for another format is told at its place in bank.yaml."""
    Path("outside.typ").write_text("x")
    Path("decks/own.typ").write_text("x")
    set_in_bank(settings)

    result = run("check", "--format", "concise")

    assert result.exit_code == 1
    assert f"bank.yaml:16:15: OD214 {said}" in result.stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--flip", "wide"], "'flip' cannot be 'wide'; write long, short"),
        (["--offset", "60,0"], "offset: this is not two numbers of millimetres"),
        (["--offset", "1"], "this is not two numbers of millimetres"),
        (["--count", "some"], "count: a whole number belongs here; write it in digits"),
        (["--per-page", "9"], "'per_page' cannot be '9'; write 8, 10"),
    ],
)
def test_wrong_settings(folder: Path, args: list[str], said: str) -> None:
    """A wrong setting is told by its name, with what can be written."""
    result = run("quiz", "--to", "cards", *args)

    assert result.exit_code == 2
    assert said in result.stderr


def test_a_list_with_commas(folder: Path) -> None:
    """An option with a list gives the very sheets that the option gives when it stands several times."""
    listed = run("quiz", "--kind", "cloze, order", "--difficulty", "1,2,3", "--to", "html", "--name", "a")
    repeated = run(
        "quiz",
        *["--kind", "order", "--kind", "cloze", "--difficulty", "3", "--difficulty", "2", "--difficulty", "1"],
        "--to",
        "html",
        "--name",
        "b",
    )

    assert (listed.exit_code, repeated.exit_code) == (0, 0)
    assert Path("dist/a-A.html").read_bytes() == Path("dist/b-A.html").read_bytes()


def test_a_question_that_cannot_be_on_paper(folder: Path) -> None:
    """A question that is asked for by name and cannot be on a sheet is told, not left out in silence."""
    result = run("quiz", "--id", "cards-only", "--id", "short")

    assert result.exit_code == 2
    assert "the question 'cards-only' has 'paper: false'" in result.stderr


def test_the_command_has_every_setting() -> None:
    """What a quiz in bank.yaml can be given, `octdeck quiz` has as an option, but for lists of sections."""
    options = {name.lstrip("-").replace("-", "_") for parameter in quiz_command.params for name in parameter.opts}
    renamed = {"id": "name"}

    assert {renamed.get(name, name) for name in Quiz.__struct_fields__} <= options
