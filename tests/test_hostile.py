"""Input that nobody meant, or that somebody meant harm with, through the public door.

The folder fuzz tries such input by the hundred thousand; what it found once has its test here.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import octdeck
from fuzz.trial import attempt
from fuzz.workers import Inputs

BANK = "bank: b\ntitle: T\nthemes: {t: T}\n"
QUESTION = "- {id: a, question: Q, answer: A, themes: t}\n"
SECONDS = 20  # of processor time, for what takes hours if it grows with the square of its length
MEMORY = 500 * 2**20


def bank(
    folder: Path, questions: str = QUESTION, *, bank: str = "", head: str = "", lock: str = "", article: str = ""
) -> Path:
    """A bank in `folder`; its one deck file has these `questions`, each a line of its list."""
    decks = folder / "decks"
    decks.mkdir()
    files = {"decks/bank.yaml": BANK + bank, "decks/deck.yaml": f"deck: D\n{head}questions:\n{questions}"}
    files |= {"decks/octdeck.lock": lock} if lock else {}
    files |= {"articles/s.txt": article} if article else {}
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return decks


def asked(**keys: object) -> str:
    """A question with these keys, in place of those that any has."""
    return f"- {json.dumps({'id': 'a', 'themes': 't', **keys}, ensure_ascii=False)}\n"


def found(decks: Path) -> list[tuple[str, str]]:
    """What is wrong in a bank: the codes and the messages."""
    return [(finding.code, finding.message) for finding in octdeck.check(decks)]


def limited(
    *arguments: str | Path, memory: int = MEMORY, encoding: str = "utf-8", folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run octdeck in a process that is killed when it computes too long, and gets no more memory than that."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))

    command = [sys.executable, "-m", "octdeck", *map(str, arguments)]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    return subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        env=environment,
        cwd=folder,
        preexec_fn=limit,
        check=False,
    )


# --- whatever it is -------------------------------------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**9))
def test_a_bank_with_something_wrong_in_it(number: int) -> None:
    """A bank with slips, damage or malice in it ends in findings, in a fault of the world, or in files (see fuzz)."""
    with tempfile.TemporaryDirectory() as scratch:
        outcome = attempt(inputs()(number), Path(scratch) / "bank", ["anki"] if number % 10 == 0 else (), mend=True)

    assert outcome in {"refused", "findings", "sound", "built"}


@cache
def inputs() -> Inputs:
    return Inputs("hypothesis")


# --- values ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["https://[", "http://[::1", "https://a‥b／x"])
def test_an_address_that_is_none(url: str, tmp_path: Path) -> None:
    """What Python refuses to take for an address is no web address."""
    decks = bank(tmp_path, head=f"source: {{id: s, title: S, url: '{url}'}}\n", questions="  []")

    assert found(decks) == [("OD104", "this is not a web address")]


def test_a_file_with_an_endless_name(tmp_path: Path) -> None:
    """A name that no file can have is the name of no file."""
    name = "x" * 9_000
    decks = bank(tmp_path, bank=f"logo: {name}\nquizzes: [{{id: q, title: Q, template: {name}.typ}}]\n")

    assert [code for code, _ in found(decks)] == ["OD212", "OD214"]


def test_last_names_an_option_twice(tmp_path: Path) -> None:
    """An option that is named twice would be shown twice."""
    decks = bank(tmp_path, asked(question="Q", answer="A", distractors=["B"], last=["B", "B"]))

    assert found(decks) == [("OD111", "the option 'B' stands here twice")]


def test_an_option_that_shows_nothing(tmp_path: Path) -> None:
    """A link without a text is an option without one."""
    decks = bank(tmp_path, asked(question="Q", answer="[](http://a.example)", distractors=["B", "C"]))

    assert all(code.startswith("OD3") for code, _ in found(decks))


@pytest.mark.parametrize("heap", ["\u0301" * 31, "\u0315\u0316" * 4_000, "\u200d" * 40, "\u202e\u2066" * 400])
def test_a_heap_of_accents(heap: str, tmp_path: Path) -> None:
    """Accents without end, or signs that nobody sees, are told; what is written in any language has fewer."""
    decks = bank(tmp_path, asked(question="Q", answer=f"a{heap}b"))

    assert found(decks) == [("OD104", "more than 30 accents or invisible characters stand on one letter")]


def test_accents_that_languages_have(tmp_path: Path) -> None:
    """Several accents on each letter, and long rows of signs without a letter, are fine."""
    text = "e\u0323\u0302" * 200 + "…" * 50 + "👩\u200d👩\u200d👧" * 20
    decks = bank(tmp_path, asked(question="Q", answer=text, paper="false"))

    assert found(decks) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("- &a [*a, *a, *a]\n- *a\n", "OD006", id="alias bomb"),
        pytest.param("- {<<: *a, id: a}\n", "OD006", id="merge key"),
        pytest.param("- !!python/object/apply:os.system [x]\n", "OD007", id="tag"),
        pytest.param("- " + "[" * 100_000 + "\n", "OD008", id="deep brackets"),
        pytest.param("- " * 100_000 + "\n", "OD008", id="deep lists"),
        pytest.param("- " + "{a: " * 30_000 + "\n", "OD008", id="deep mappings"),
        pytest.param("- \0\n", "OD002", id="NUL"),
        pytest.param('- {id: a, themes: t, question: Q, answer: "a\\0b"}\n', "OD104", id="escaped NUL"),
        pytest.param(
            '- {id: a, themes: t, question: Q, answer: "a\\x1fb"}\n', "OD104", id="Anki's separator of fields"
        ),
        pytest.param('- {id: a, themes: t, question: Q, answer: "\\ud800"}\n', "OD002", id="escaped lone surrogate"),
        pytest.param('- {id: a, themes: t, question: Q, answer: "\\uffff"}\n', "OD104", id="noncharacter"),
        pytest.param("- \x1f\n", "OD002", id="control character"),
        pytest.param("- {id: " + "a" * 10_000 + ", question: Q, answer: A, themes: t}\n", "OD107", id="endless id"),
        pytest.param("- {id: ../a, question: Q, answer: A, themes: t}\n", "OD107", id="id with a path"),
        pytest.param("- {id: a, question: Q, answer: " + "A" * 10_001 + ", themes: t}\n", "OD104", id="endless text"),
        pytest.param("- {id: a, question: Q, answer: A, themes: " + "t" * 10_000 + "}\n", "OD107", id="endless theme"),
        pytest.param("- {id: a, question: Q, answer: A, themes: t, " + "k" * 1_000 + ": 1}\n", "OD101", id="long key"),
        pytest.param("- {" + "k" * 1_000 + ": 1, " + "k" * 1_000 + ": 1}\n", "OD003", id="long key, twice"),
        pytest.param("- {" + "k" * 10_000 + ": 1}\n", "OD002", id="endless key"),
    ],
)
def test_what_is_no_question(text: str, said: str, tmp_path: Path) -> None:
    """What a parser of YAML may choke on is told at its place, shortly."""
    findings = octdeck.check(bank(tmp_path, text))

    assert said in {finding.code for finding in findings}
    assert all(len(finding.message) < 200 and finding.hint for finding in findings)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"deck: D\nquestions: []\n# \xed\xa0\x80", "OD001"),  # a lone surrogate
        ("deck: D\nquestions: []\n".encode("utf-16"), "OD001"),
        (b"\xef\xbb\xbfdeck: D\nquestions: []\n", None),
        (b"deck: D\r\nquestions: []\r\n", None),
        (b"deck: D\rquestions: []\r", None),
        ("deck: \u3000D\u3000\nquestions: []\n".encode(), None),
        ("deck: \u200fD\u202e\nquestions: []\n".encode(), None),
    ],
    ids=["surrogate", "UTF-16", "BOM", "CRLF", "CR", "wide spaces", "right-to-left marks"],
)
def test_bytes(data: bytes, said: str | None, tmp_path: Path) -> None:
    """A byte order mark, line ends of any system and signs that nobody sees are read; what is no text is told."""
    decks = bank(tmp_path)
    (decks / "more.yaml").write_bytes(data)

    assert [code for code, _ in found(decks)] == ([said] if said else [])


def test_a_byte_that_is_no_text_after_a_mark(tmp_path: Path) -> None:
    """The place of a byte that cannot be read does not count a byte order mark, and is in the line where it stands."""
    decks = bank(tmp_path)
    (decks / "more.yaml").write_bytes(b"\xef\xbb\xbfdeck: D\nab\xe2 questions: []\n")

    (finding,) = octdeck.check(decks)

    assert (finding.code, finding.span.line, finding.span.column) == ("OD001", 2, 3)


def test_spaces_that_look_like_spaces_are_repaired(tmp_path: Path) -> None:
    """What an input method or a web page put in place of a space is repaired as it is meant."""
    decks = bank(tmp_path, "- id: a\n \u3000question: Q\n  answer：A\n  themes:\xa0t\n")

    done = limited("check", "--fix", decks)

    assert done.stdout.endswith("no mistakes found\n")
    assert (
        (decks / "deck.yaml").read_text(encoding="utf-8").endswith("- id: a\n  question: Q\n  answer: A\n  themes: t\n")
    )


# --- files that are none --------------------------------------------------------------------------------------------


NOT_REGULAR = "is not a regular file"
LEADS_OUT = "is a link that leads out of"


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _link(to: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(to)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(_fifo, NOT_REGULAR, id="pipe"),
        pytest.param(_link("/dev/zero"), LEADS_OUT, id="device"),
        pytest.param(_link("/etc/passwd"), LEADS_OUT, id="file elsewhere"),
        pytest.param(_link("../../secret"), LEADS_OUT, id="file above"),
        pytest.param(_link("nowhere"), "cannot be read: no such file", id="nothing"),
        pytest.param(_link("."), "cannot be read: is a directory", id="folder itself"),
        pytest.param(Path.mkdir, "cannot be read: is a directory", id="folder"),
    ],
)
@pytest.mark.parametrize("name", ["decks/more.yaml", "decks/octdeck.lock", "articles/s.txt"])
def test_a_file_that_is_none(name: str, make: Callable[[Path], None], said: str, tmp_path: Path) -> None:
    """Nothing is waited for, read from elsewhere or read for ever; it is a fault of the file, in one line."""
    (tmp_path / "secret").write_text("x", encoding="utf-8")
    (tmp_path / "in").mkdir()
    decks = bank(
        tmp_path / "in", QUESTION.replace("}", ", cites: 1}"), head="source: {id: s, title: S}\n", article="A.\n"
    )
    path = tmp_path / "in" / name
    path.unlink(missing_ok=True)
    make(path)

    done = limited("check", decks)

    assert done.returncode == 1
    assert f"octdeck: {path} {said}" in done.stderr
    assert done.stderr.count("\n") == 2
    assert done.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [("check", "NAME"), ("check", "decks", "--articles", "NAME"), ("build", "decks", "--out", "NAME"), ("new", "NAME"),
     ("new", "decks", "--article", "NAME"), ("coverage", "NAME"), ("verify", "NAME"),
     ("quiz", "decks", "--template", "NAME.typ"), ("quiz", "decks", "--out", "NAME"), ("explain", "NAME")],
    ids=" ".join,
)  # fmt: skip
def test_a_name_that_no_file_can_have(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """Whatever asks for a file or folder, a name without end is a fault of the world, told with a cure."""
    bank(tmp_path)
    command = [argument.replace("NAME", "x" * 300) for argument in arguments]

    done = limited(*command, folder=tmp_path)

    assert done.returncode in (1, 2), done.stderr
    assert "fault of octdeck" not in done.stderr
    assert "hint: " in done.stderr or "Usage: " in done.stderr


def test_a_link_in_a_circle(tmp_path: Path) -> None:
    """A link that leads to itself is a fault of the file."""
    decks = bank(tmp_path)
    (decks / "more.yaml").symlink_to("more.yaml")

    with pytest.raises(octdeck.OctdeckError, match=r"in a circle|too many levels"):
        octdeck.check(decks)


def test_a_link_within(tmp_path: Path) -> None:
    """A link to another file of the bank is a file of the bank."""
    decks = bank(tmp_path)
    (decks / "drafts").mkdir()
    (decks / "drafts" / "one").write_text("deck: E\nquestions: []\n", encoding="utf-8")
    (decks / "one.yaml").symlink_to("drafts/one")

    assert found(decks) == []


@pytest.mark.parametrize(
    "name", ["../secret.png", "/etc/passwd", "~/x.png", "link.png", "pipe.png", "a/../../secret.png"]
)
@pytest.mark.parametrize("key", ["image", "logo", "template"])
def test_names_that_lead_out(key: str, name: str, tmp_path: Path) -> None:
    """No picture, logo or template comes from outside of the bank's folder, however its name is written."""
    (tmp_path / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    name = name.replace(".png", ".typ") if key == "template" else name
    question = asked(question="Q", answer="A", image=name, alt="a") if key == "image" else QUESTION
    more = {"logo": f"logo: {name}\n", "template": f"quizzes: [{{id: q, title: Q, template: {name}}}]\n"}
    decks = bank(tmp_path, question, bank=more.get(key, ""))
    (decks / f"link{name[-4:]}").symlink_to("../secret.png")
    os.mkfifo(decks / f"pipe{name[-4:]}")

    assert [code for code, _ in found(decks)] == [{"image": "OD256", "logo": "OD212", "template": "OD214"}[key]]


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    """A deck file whose name is no text is told so, in every format and on terminals of any encoding."""
    decks = bank(tmp_path)
    text = "deck: Ж\nquestions: [{id: ж, question: Ж, answer: ж, themes: t}]\nж: 1\n"
    Path(decks, os.fsdecode(b"\xff\n.yaml")).write_text(text, encoding="utf-8")

    for style in ("full", "concise", "json", "sarif", "github"):
        for encoding in ("utf-8", "ascii", "cp1252"):
            done = limited("check", "--format", style, decks, encoding=encoding)

            assert done.returncode == 1, done.stderr
            assert "OD101" in done.stdout
            assert "fault of octdeck" not in done.stderr
            if style in ("json", "sarif"):
                assert "ж" in json.dumps(json.loads(done.stdout), ensure_ascii=False)


# --- time and memory ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Which of these is a" + "a" * 4_000 + " " * 4_000 + "b", id="letters and spaces"),
        pytest.param("a" + " " * 9_000 + "b", id="spaces"),
    ],
)
def test_long_runs_of_spaces(text: str, tmp_path: Path) -> None:
    """No rule takes longer with each space than with the one before."""
    questions = "".join(
        f"- {{id: a{number}, themes: t, question: '{text}', answer: '{text}'{more}}}\n"
        for number, more in enumerate(["", ", distractors: [A, B]"] * 20)
    )

    done = limited("check", bank(tmp_path, questions))

    assert done.returncode in (0, 1), done.stderr


@pytest.mark.parametrize(
    ("said", "files"),
    [
        pytest.param("unknown theme 'theme-x0'", {"themes": 900, "unknown": 900}, id="themes"),
        pytest.param("'themes' has more than 1000 entries", {"listed": 100_000}, id="themes of a question"),
        pytest.param("there are more than 26 options", {"options": 900}, id="options"),
        pytest.param("'distractors' has more than 1000 entries", {"options": 100_000}, id="too many options"),
        pytest.param("unknown key 'titel'", {"quizzes": 100, "misspelt": True}, id="misspelt keys"),
        pytest.param("unknown key 'themesa'", {"keys": 20_000}, id="misspelt keys of a question"),
        pytest.param("'quizzes' has more than 100 entries", {"quizzes": 5_000}, id="too many quizzes"),
        pytest.param("1 warning in 1 file", {"quizzes": 100, "versions": 26}, id="quizzes"),
        pytest.param("more than 1000 lines begin with '%'", {"directives": 100_000}, id="directives"),
        pytest.param("paper cannot show U+3400", {"strange": 20_000}, id="characters that no font has"),
    ],
)
def test_a_great_many(said: str, files: dict[str, Any], tmp_path: Path) -> None:
    """However many there are of what can be many, a check comes to its end, and says what is too much."""
    done = limited("check", "--format", "concise", _many(tmp_path, **files))

    assert done.returncode in (0, 1), done.stderr
    assert said in done.stdout
    assert done.stdout.count("\n") <= 1_002


def _many(
    folder: Path,
    *,
    themes: int = 0,
    unknown: int = 0,
    listed: int = 0,
    options: int = 0,
    quizzes: int = 0,
    misspelt: bool = False,
    versions: int = 1,
    keys: int = 0,
    directives: int = 0,
    strange: int = 0,
) -> Path:
    """A bank with so many of each."""
    questions = [asked(id=f"a{number}", question="Q", answer="A") for number in range(300)]
    questions += [asked(id=f"u{n}", question="Q", answer="A", themes=f"theme-x{n}") for n in range(unknown)]
    if listed:
        questions.append(asked(id="l", question="Q", answer="A", themes=[f"t{n}" for n in range(listed)]))
    if options:
        questions.append(asked(id="o", question="Q", answer="A", distractors=[f"o{n}" for n in range(options)]))
    if keys:
        letters = map(chr, range(ord("a"), ord("a") + 2 * keys))
        questions.append(
            asked(id="k", question="Q", answer="A", **{f"themes{letter}": 1 for letter in letters if letter.isalpha()})
        )
    for start in range(0, strange, 5_000):
        text = "".join(chr(0x3400 + start + n) for n in range(5_000))
        questions.append(asked(id=f"s{start}", question="Q", answer=text))
    more = "".join(f"  theme-{number}: T\n" for number in range(themes))
    if quizzes:
        title = "titel" if misspelt else "title"
        more += "quizzes:\n"
        more += "".join(f"- {{id: q{number}, {title}: Q, versions: {versions}}}\n" for number in range(quizzes))
    decks = bank(folder, "".join(questions))
    (decks / "bank.yaml").write_text(f"bank: b\ntitle: T\nthemes:\n  t: T\n{more}", encoding="utf-8")
    if directives:
        deck = decks / "deck.yaml"
        head = "".join(f"%TAG !a{number}! x\n" for number in range(directives))
        deck.write_text(f"{head}---\n{deck.read_text(encoding='utf-8')}", encoding="utf-8")
    return decks


def test_hundreds_of_thousands_of_mistakes(tmp_path: Path) -> None:
    """A thousand findings are shown, and it is said that there are more; in every format."""
    decks = bank(tmp_path, "- {}\n" * 200_000)

    done = limited("check", decks)
    as_data = limited("check", "--format", "json", decks)

    assert done.stdout.count("error[") == 1_001
    assert "thousands of findings more are not shown" in done.stdout
    assert len(json.loads(as_data.stdout)) == 1_001


def test_errors_are_shown_before_warnings(tmp_path: Path) -> None:
    """Where not all is shown, no warning takes the room of an error."""
    questions = [asked(id=f"a{number}", question="Q", answer="A") for number in range(1_500)]
    questions.append(asked(id="b", question="Q", answer="A", themes="u"))
    head = "source: {id: s, title: S}\n"  # which no question cites

    shown = octdeck.check(bank(tmp_path, "".join(questions), head=head))

    assert [finding.code for finding in shown] == ["OD316", *["OD204"] * 998, "OD103", "OD008"]
    assert shown[-1].message == "503 more findings are not shown"
    assert shown[-1].severity == "warning"


def test_a_damaged_lock_of_great_length(tmp_path: Path) -> None:
    """A lock file in which every line is wrong, and one of a hundred thousand questions that are gone."""
    for number, lines in enumerate((["?"] * 200_000, [_released(number) for number in range(100_000)])):
        lock = "\n".join(["octdeck-lock 1", "bank b", *lines, ""])
        (tmp_path / str(number)).mkdir()

        done = limited("check", "--format", "concise", bank(tmp_path / str(number), lock=lock))

        assert done.returncode == 1 - number, done.stderr
        assert done.stdout.count("\n") == 1_002


def _released(number: int) -> str:
    return f"question q{number} main 2026-01-01T00:00:00Z 0123456789abcdef D"


def test_defaults_that_would_fill_the_memory(tmp_path: Path) -> None:
    """Text that stands once and counts for each of thousands of questions is limited in all."""
    questions = "".join(f"- {{id: a{number}, question: Q, answer: A}}\n" for number in range(5_000))
    head = f"defaults: {{themes: t, explain: '{'word ' * 1_900}', caution: '{'word ' * 1_900}'}}\n"

    (code, message), *_ = found(bank(tmp_path, questions, head=head))

    assert (code, message) == ("OD008", "the defaults, written out for 5000 questions, come to more than 16 MB")


def test_more_values_than_any_bank_has(tmp_path: Path) -> None:
    """Files of a few bytes an item are not read to the end."""
    decks = bank(tmp_path, f"- [{'a,' * 3_000_000}]\n")
    (decks / "more.yaml").write_text("a: [" + "{?,?}," * 1_000_000 + "]", encoding="utf-8")

    done = limited("check", "--format", "concise", decks)

    assert done.stdout.count("OD008 the bank holds more than can be read") == 2
    assert done.returncode == 1


def test_more_files_than_any_bank_has(tmp_path: Path) -> None:
    """Too many deck files, or too large ones, are a fault of the folder."""
    decks = bank(tmp_path)
    for number in range(1_001):
        (decks / f"more-{number}.yaml").write_text("", encoding="utf-8")
    with pytest.raises(octdeck.OctdeckError, match="there are more than 1,000 deck files"):
        octdeck.check(decks)
    for path in decks.glob("more-*.yaml"):
        path.unlink()
    for number in range(9):
        (decks / f"more-{number}.yaml").write_text("#" * 15 * 2**20, encoding="utf-8")

    with pytest.raises(octdeck.OctdeckError, match="are larger than 128 MB"):
        octdeck.check(decks)


@pytest.mark.parametrize("where", ["bank", "deck", "lock", "article"])
def test_a_line_of_a_hundred_megabytes(where: str, tmp_path: Path) -> None:
    """A file of any size is refused when so much of it is read as may be, in whatever place it lies."""
    decks = bank(tmp_path, QUESTION.replace("}", ", cites: 1}"), head="source: {id: s, title: S}\n", article="A.\n")
    names = {"bank": "decks/bank.yaml", "deck": "decks/deck.yaml", "lock": "decks/octdeck.lock"}
    path = tmp_path / names.get(where, "articles/s.txt")
    with path.open("w", encoding="utf-8") as file:
        file.write("a: ")
        for _ in range(100):
            file.write("x" * 2**20)

    done = limited("check", "--format", "concise", decks, memory=200 * 2**20)

    assert done.returncode == 1
    assert "larger than 16 MB" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert max(map(len, done.stdout.splitlines()), default=0) < 1_000


def test_an_article_of_accents_and_figures(tmp_path: Path) -> None:
    """An article is the teacher's own copy: whatever stands in it, it has its paragraphs."""
    article = "One.\n\n" + "\u0315\u0316" * 200_000 + "9" * 200_000 + "\n\nThree.\n"
    head = "source: {id: s, title: S}\n"

    done = limited("check", bank(tmp_path, QUESTION.replace("}", ", cites: 3}"), head=head, article=article))

    assert done.stdout == "no mistakes found\n"


def test_an_excerpt_of_a_long_line(tmp_path: Path) -> None:
    """Of a line that has no end, only what is shown is looked at, even where thousands of accents take no cell."""
    accents = "\u0301" * 9_000
    questions = "".join(
        f"- {{id: a{number}, question: Q, answer: 'x{accents}', themes: u, explain: '{accents}'}}\n"
        for number in range(20)
    )

    done = limited("check", bank(tmp_path, questions.replace("\n", " ").replace(" - {id: a", "\n- {id: a")))

    assert done.returncode == 1, done.stderr
    assert done.stdout.count("error[OD104]: more than 30 accents or invisible characters stand on one letter") == 40
    assert max(map(len, done.stdout.splitlines())) < 2_000
