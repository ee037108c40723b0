"""Input that nobody meant, or that somebody meant harm with, through the public door.

The folder fuzz tries such input by the hundred thousand; what it found once has its test here.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import octdeck

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


def limited(*arguments: str | Path, memory: int = MEMORY) -> subprocess.CompletedProcess[str]:
    """Run octdeck in a process that is killed when it computes too long, and gets no more memory than that."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))

    command = [sys.executable, "-m", "octdeck", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, preexec_fn=limit, check=False)


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


def test_an_article_of_accents(tmp_path: Path) -> None:
    """An article is the teacher's own copy: whatever stands in it, it has its paragraphs."""
    article = "One.\n\n" + "\u0315\u0316" * 200_000 + "\n\nThree.\n"
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
