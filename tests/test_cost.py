"""What made octdeck fast, each guarded by counting calls, rows or imports, never seconds."""

import subprocess
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from benchmarks import banks

from octdeck import building, lints, notes, report, sheetdata, typesetting
from octdeck.article import Shelf
from octdeck.diagnostics import Diagnostic
from octdeck.look import Layout, Look
from octdeck.project import Project, load
from octdeck.questions import Choice, ShortAnswer
from octdeck.settings import Quiz
from octdeck.sheet import from_bank
from octdeck.writers import pdf
from support import ROOT, START, edit, kinds_bank


def counted(work: Callable[[], object]) -> Counter[str]:
    """How often each function of octdeck, and each function that is not written in Python, is called."""
    calls: Counter[str] = Counter()

    def note(frame: FrameType, event: str, argument: Any) -> None:
        if event == "c_call":
            calls[argument.__qualname__] += 1
        elif event == "call" and "octdeck" in frame.f_code.co_filename:
            calls[f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_qualname}"] += 1

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


def anki(decks: Path, out: str = "dist") -> Callable[[], Project]:
    """A first build of the Anki packages."""

    def work() -> Project:
        (decks / "octdeck.lock").unlink(missing_ok=True)
        loaded = load(decks, formats=["anki"])
        building.build(loaded, decks.parent / out, START, ["anki"])
        return loaded

    return work


def loaded_by(*arguments: str | Path) -> set[str]:
    """The modules that a command loads."""
    code = "import sys\nfrom octdeck.cli import main\ntry: main()\nfinally: print('\\n' + ' '.join(sys.modules))"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(result.stdout.splitlines()[-1].split())


# --- start-up -------------------------------------------------------------------------------------------------------


def test_a_check_loads_what_it_needs(tmp_path: Path) -> None:
    """A small bank in which nothing is wrong needs no compiler, no package, no sheet and no library for texts."""
    loaded = loaded_by("check", banks.write(tmp_path / "decks", 50))

    assert "octdeck.project" in loaded
    heavy = {"typst", "genanki", "docx", "jinja2", "babel", "markdown_it", "rapidfuzz", "anyascii", "wcwidth"}
    assert not heavy & loaded
    assert not {"difflib", "sqlite3", "zipfile", "html", "asyncio", "multiprocessing", "unittest"} & loaded
    assert not {f"octdeck.{name}" for name in ("sheet", "forms", "notes", "words", "evidence", "crew")} & loaded
    assert not {f"octdeck.{name}" for name in ("mediafiles", "recognise", "svg", "mending", "beside")} & loaded
    assert {name for name in loaded if name.startswith("octdeck.commands.")} == {"octdeck.commands.check"}
    assert len({name for name in loaded if name.startswith("octdeck")}) <= 85


def test_a_build_of_nothing_new_loads_next_to_nothing(tmp_path: Path) -> None:
    """Where nothing has changed, neither YAML nor any of what makes a bank is loaded."""
    command = ("build", banks.write(tmp_path / "decks", 10), "--to", "anki", "--out", tmp_path / "dist")
    loaded_by(*command)

    loaded = loaded_by(*command)

    assert "octdeck.memory" in loaded
    assert not {"yaml", "octdeck.project", "octdeck.schema", "octdeck.bank"} & loaded


def test_a_class_costs_next_to_nothing(tmp_path: Path) -> None:
    """Of data that a check needs no class is a dataclass, for which Python compiles functions at every start."""
    loaded = loaded_by("check", banks.write(tmp_path / "decks", 1))

    assert "msgspec" in loaded
    assert "dataclasses" not in loaded


def test_only_the_words_of_one_language_are_read(tmp_path: Path) -> None:
    """Of words.yaml and grammar.yaml, which hold all languages, YAML reads the block that is asked for."""
    code = """
import yaml
read = []
loader = yaml.CSafeLoader.__init__, yaml.CBaseLoader.__init__
class Safe(yaml.CSafeLoader):
    def __init__(self, stream): read.append(len(stream)); super().__init__(stream)
class Base(yaml.CBaseLoader):
    def __init__(self, stream): read.append(len(stream)); super().__init__(stream)
yaml.CSafeLoader, yaml.CBaseLoader = Safe, Base
from octdeck import grammar, words
words.words_of("fr"); grammar.of_language("fr")
print(max(read))
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    sizes = [(ROOT / "src" / "octdeck" / name).stat().st_size for name in ("words.yaml", "grammar.yaml")]
    assert int(result.stdout) < min(sizes) / 4


def test_a_command_leaves_no_garbage_to_look_for(tmp_path: Path) -> None:
    """A command has the garbage collector look seldom, as a bank is many objects that all stay, and not at the end."""
    code = """
import atexit, gc
atexit.register(lambda: print(len(gc.get_objects())))
from octdeck.cli import main
try:
    main(["check", "decks"])
finally:
    print(gc.get_threshold()[0], len(gc.get_objects()))
"""
    banks.write(tmp_path / "decks", 1)

    result = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)

    threshold, before, after = map(int, result.stdout.split()[-3:])
    assert threshold >= 100_000
    assert after < before / 100


# --- growth ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("questions", "files"), [((200, 400), (1, 1)), ((200, 400), (20, 40))])
def test_twice_the_questions_are_twice_the_work(
    tmp_path: Path, questions: tuple[int, int], files: tuple[int, int]
) -> None:
    """The number of calls grows with the number of questions and of deck files, not with its square."""
    counts = []
    for index in range(2):
        decks = banks.write(tmp_path / f"{index}" / "decks", questions[index], files[index])
        counts.append(counted(anki(decks)).total())

    assert counts[1] <= 2.05 * counts[0]


def test_more_files_of_the_same_questions_cost_little(tmp_path: Path) -> None:
    """No work that is done for all questions is done again for each deck file."""
    few, many = (banks.write(tmp_path / f"{files}" / "decks", 400, files) for files in (4, 40))

    one, other = counted(anki(few)), counted(anki(many))

    per_question = ("notes._note", "validate.question", "bank.arrange", "readers.yaml._citations")
    assert {name: one[name] for name in per_question} == {name: other[name] for name in per_question}
    assert other.total() < 1.5 * one.total()


def test_a_long_report_splits_each_file_once(tmp_path: Path) -> None:
    """However many findings stand in a file, it is taken apart into lines once."""
    decks = banks.write(tmp_path / "decks", 100)
    path = decks / "part-0000.yaml"
    path.write_text(path.read_text("utf-8").replace("themes: [", "themes: [unknown, "), encoding="utf-8")
    found: tuple[Diagnostic, ...] = (loaded := load(decks)).diagnostics
    assert len(found) >= 100

    calls = counted(lambda: report.full(found, loaded.texts, report.unpainted))

    assert calls["Pattern.split"] == 1


# --- reading --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pictures", [False, True])
def test_a_right_file_is_read_once_and_fast(tmp_path: Path, pictures: bool) -> None:
    """Where nothing is wrong, no deck file is read with all its places, and each is parsed once."""
    decks = banks.write(tmp_path / "decks", 120, 3, pictures=pictures)

    calls = counted(lambda: load(decks))

    assert calls["plain.read"] == 4
    assert calls["sourcemap._Builder.run"] <= 1  # of bank.yaml, for the names of outputs


def test_what_was_read_is_let_go(tmp_path: Path) -> None:
    """A bank in memory holds its questions, not the data that they were made of as well."""
    bank = load(banks.write(tmp_path / "decks", 30, 3)).bank

    assert bank is not None
    assert {item.spot.document._value for item in bank.items} == {None}


def test_what_is_the_same_is_there_once(tmp_path: Path) -> None:
    """Themes, citations, tags and names of keys that many questions have take room once."""
    bank = load(banks.write(tmp_path / "decks", 2_000)).bank
    assert bank is not None
    made = notes.of_bank(bank)

    themes, cites = [item.question.themes for item in bank.items], [item.question.cites for item in bank.items]
    assert len(set(map(id, themes))) == len(set(themes)) < len(themes)
    assert len(set(map(id, cites))) == len(set(cites)) < len(cites)
    # Themes may be written in two orders.
    assert len({id(note.tags) for note in made}) <= 2 * len({note.tags for note in made}) < 2 * len(made)


def test_text_without_markup_is_not_parsed(tmp_path: Path) -> None:
    """Markdown's reader is asked only where there is markup that a look does not tell."""
    decks = banks.write(tmp_path / "decks", 100)

    assert "markdown_it" not in loaded_by("build", decks, "--to", "anki", "--out", tmp_path / "dist")


def test_whether_there_are_pictures_is_known_at_a_glance(tmp_path: Path) -> None:
    """No question is gone through text by text to find out that it shows none."""
    for pictures in (False, True):
        decks = banks.write(tmp_path / f"{pictures}", 200, pictures=pictures)

        assert counted(partial(load, decks, formats=["anki"]))["questions.texts"] == 0


# --- rules ----------------------------------------------------------------------------------------------------------


def test_words_of_plain_letters_need_no_pattern(tmp_path: Path) -> None:
    """Text in ASCII is parted into words by its bytes; a pattern is for other letters."""
    bank = load(banks.write(tmp_path / "decks", 60)).bank
    assert bank is not None

    calls = counted(lambda: lints.warnings(bank, Shelf()))

    assert calls["grammar.words_of"] > 200
    assert calls["Pattern.findall"] < 20


def test_only_what_may_be_alike_is_compared(tmp_path: Path) -> None:
    """Of questions that have answers, those that share none are not looked at as likely to be the same."""
    bank = load(banks.write(tmp_path / "decks", 200)).bank
    assert bank is not None
    with_answer = sum(isinstance(item.question, ShortAnswer | Choice) for item in bank.items)

    calls = counted(lambda: lints.warnings(bank, Shelf()))

    assert calls["near_duplicate._content"] == 200 - with_answer


# --- packages -------------------------------------------------------------------------------------------------------


def test_a_build_does_not_read_back_what_it_wrote(tmp_path: Path) -> None:
    """The lock file is taken as it was read before, and not taken apart again to be remembered."""
    work = anki(banks.write(tmp_path / "decks", 20))

    def remembered() -> None:
        project = work()
        built = building.build(project, tmp_path / "dist", START, ["anki"])
        building.remembered(project, built, {}, "")

    assert counted(remembered)["lock.parse"] == 1  # by the second build, in case that another run was between


def test_a_large_package_is_packed_piece_by_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more of its database than one piece is in memory."""
    monkeypatch.setattr("octdeck.writers.anki._FEW", 0)
    monkeypatch.setattr("octdeck.writers.anki._PART", 4096)

    calls = counted(anki(banks.write(tmp_path / "decks", 50)))

    with zipfile.ZipFile(tmp_path / "dist" / "bench.apkg") as package:
        pieces = package.getinfo("collection.anki2").file_size // 4096
    assert pieces > 20
    assert calls["Compress.compress"] >= pieces


def test_the_same_package_is_made_once(tmp_path: Path) -> None:
    """A bank of one deck file has two packages that are the same, and fills one database; of two files, three."""
    for files, packages in ((1, 1), (2, 3)):
        calls = counted(anki(banks.write(tmp_path / f"{files}" / "decks", 20, files)))

        assert calls["anki._Package.write_to_db"] == packages


def test_rows_go_in_at_once(tmp_path: Path) -> None:
    """However many notes there are, a package is filled with as many statements."""
    counts = [
        counted(anki(banks.write(tmp_path / f"{questions}" / "decks", questions)))["Cursor.executemany"]
        for questions in (10, 100)
    ]

    assert counts[0] == counts[1] == 2


def test_large_and_small_packages_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a package is put together in memory or, being large, in a file, no byte of it differs."""
    decks = banks.write(tmp_path / "decks", 50)
    anki(decks, "small")()
    monkeypatch.setattr("octdeck.writers.anki._FEW", 0)
    anki(decks, "large")()

    small, large = ((tmp_path / out / "bench.apkg").read_bytes() for out in ("small", "large"))
    assert small == large


def test_packages_are_compressed_for_speed(tmp_path: Path) -> None:
    """The database in a package is what zlib makes of it at its fastest."""
    decks = banks.write(tmp_path / "decks", 50)
    anki(decks)()

    path = tmp_path / "dist" / "bench.apkg"
    with zipfile.ZipFile(path) as package:
        info, database = package.getinfo("collection.anki2"), package.read("collection.anki2")
    fast = zlib.compressobj(1, zlib.DEFLATED, -15)
    assert info.compress_size == len(fast.compress(database) + fast.flush())


# --- sheets ---------------------------------------------------------------------------------------------------------


def test_a_check_lays_out_no_sheet(tmp_path: Path) -> None:
    """To tell that all is right, no quiz is shuffled; a build shuffles each quiz once for all its files."""
    decks = kinds_bank(tmp_path)
    edit(decks / "bank.yaml", "versions: 2", "versions: 3")

    calls = counted(lambda: load(decks))
    built = counted(lambda: building.build(load(decks, formats=["html"]), tmp_path / "dist", START, ["html"]))

    assert calls["quiz._shuffled"] == 0
    assert built["quiz._shuffled"] == 3


def test_a_quiz_loads_what_it_needs(tmp_path: Path) -> None:
    """A sheet and its key take nothing that is for other formats."""
    loaded = loaded_by("quiz", banks.write(tmp_path / "decks", 20), "--out", tmp_path / "dist")

    assert "octdeck.sheet" in loaded
    assert not {"jinja2", "docx", "babel", "genanki", "sqlite3"} & loaded


def test_a_quiz_makes_no_digest_that_nobody_asks_for(tmp_path: Path) -> None:
    """What a sheet is made of is digested only where a build remembers it."""
    project = load(kinds_bank(tmp_path), formats=["html"])

    quiz = counted(lambda: building.build_quiz(project, Quiz(id="one", title="One"), tmp_path / "quiz", ["html"]))
    built = counted(lambda: building.build(project, tmp_path / "dist", START, ["html"]))

    assert quiz["outputs._digest"] == 0
    assert built["outputs._digest"] == built["outputs._job"] > 0


@pytest.mark.parametrize("layout", ["standard", "spaced", "two-column"])
def test_usual_questions_are_set_once(tmp_path: Path, layout: Layout) -> None:
    """That a question fits on a page, and each word on its line, is told by numbers; nothing is set to find it out."""
    bank = load(banks.write(tmp_path / "decks", 60)).bank
    assert bank is not None
    sheet = from_bank(bank)
    for path in Path(pdf.__file__).parent.glob("*.typ"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    asking = tmp_path / "asking.typ"
    asking.write_text(
        """
#import "question.typ": *
#let fit(e, width) = (e.form.is == "Columns" or surely-fits(e, width)) and e.room.widest * l.size < 0.5 * width
#context {
  let width = page.width - 2 * l.margin.x - l.number
  [#metadata(d.sheets.first().entries.filter(e => not fit(e, width)).map(e => e.id)) <doubtful>]
}
""",
        encoding="utf-8",
    )
    data = {"kind": "quiz", **sheetdata.head(sheet, Look(layout=layout)), "sheets": [sheetdata.of_sheet(sheet)]}

    (doubtful,) = typesetting.said(asking, data, "doubtful")

    assert doubtful == []


def test_endless_words_break_at_few_places(tmp_path: Path) -> None:
    """However many letters stand in words that are too wide, the places where these may break are limited."""
    counts = []
    for letters in (1_000, 10_000):
        endless = " ".join(["x" * 99] * (letters // 100))
        (folder := tmp_path / f"{letters}").mkdir()
        (folder / "bank.yaml").write_text("bank: b\ntitle: B\nthemes: {t: T}\n", encoding="utf-8")
        question = f"{{id: a, themes: t, question: '{endless}', answer: b, explain: '{endless}'}}"
        deck = f"deck: D\nquestions:\n  - {question}\n"
        (folder / "d.yaml").write_text(deck, encoding="utf-8")
        bank = load(folder).bank
        assert bank is not None
        sheet = from_bank(bank)
        for data in (pdf.quiz(sheet, Look(layout="large")), pdf.key([sheet])):
            document = pypdfium2.PdfDocument(data)
            counts.append(sum(len(list(page.get_objects())) for page in document))
            assert sum(page.get_textpage().get_text_range().count("x") for page in document) >= letters * 0.99

    # Each place begins a piece of text, and each line does.
    assert max(counts) < 3_000
