"""Input that nobody meant, or that somebody meant harm with, through the public door.

The folder fuzz tries such input by the hundred thousand; what it found once has its test here.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path

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
