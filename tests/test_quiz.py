"""Quizzes: what is picked, how it is shuffled, and what is said where there is too little."""

from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from octdeck import quiz
from octdeck.bank import Bank
from octdeck.cli import main
from octdeck.questions import Choice
from octdeck.readers import yaml
from octdeck.settings import Quiz
from support import kinds_bank

HEAD = "deck: D\nsource: {id: s, title: S}\ndefaults: {cites: 1}\nquestions:\n"
BANK = "bank: b\ntitle: T\nthemes: {one: A, two: B, three: C}\n"


def choices(count: int, options: int = 4, theme: str = "one", first: int = 0) -> str:
    """So many multiple-choice questions, `q0` and so on."""
    wrong = [f"wrong {n}" for n in range(options - 1)]
    return "".join(
        f"  - {{id: q{n}, question: Q{n}?, answer: right, distractors: {wrong}, themes: {theme}}}\n"
        for n in range(first, first + count)
    )


def bank(questions: str) -> Bank:
    read, found = yaml.read((Path("bank.yaml"), BANK.encode()), [(Path("d.yaml"), (HEAD + questions).encode())])
    assert read is not None
    assert found == []
    return read


def ids(made: Bank) -> list[str]:
    return [item.question.id for item in made.items]


def right_letters(made: Bank) -> list[int]:
    """Where the right option of each question stands."""
    return [i.options.index(i.question.answer[0]) for i in made.items if isinstance(i.question, Choice)]


@given(st.integers(0, 999), st.integers(4, 30), st.integers(2, 5))
def test_right_letters_are_spread_evenly(seed: int, count: int, options: int) -> None:
    """In every version, each letter is the right one equally often, to within one."""
    made = quiz.versions(bank(choices(count, options)), Quiz(id="z", title="Z", seed=seed, versions=2))

    for _, version in made:
        counts = Counter(right_letters(version))
        assert max(counts.values()) - min(counts[place] for place in range(options)) <= 1


def test_right_letters_follow_no_pattern() -> None:
    """Which question has its answer where differs from version to version and from seed to seed."""
    source = bank(choices(12))
    patterns = {
        tuple(right_letters(version))
        for seed in range(5)
        for _, version in quiz.versions(source, Quiz(id="z", title="Z", seed=seed, versions=2))
    }

    assert len(patterns) == 10


@given(st.integers(0, 999))
def test_versions_hold_the_same_questions(seed: int) -> None:
    """Versions A, B and C have the same questions with the same options, each in an order of its own."""
    made = [version for _, version in quiz.versions(bank(choices(9)), Quiz(id="z", title="Z", seed=seed, versions=3))]

    assert len({frozenset(ids(version)) for version in made}) == 1
    assert len({tuple(ids(version)) for version in made}) == 3
    for version in made:
        assert {frozenset(item.options) for item in version.items} == {frozenset(made[0].items[0].options)}


@given(st.integers(0, 999), st.integers(0, 5))
def test_sheets_depend_on_the_picked_questions_alone(seed: int, more: int) -> None:
    """The same seed gives the same sheets, whatever else is in the bank."""
    small, large = bank(choices(6)), bank(choices(6 + more, theme="one"))
    wanted = Quiz(id="z", title="Z", seed=seed, versions=2, questions=tuple(f"q{n}" for n in range(6)))

    for (_, a), (_, b) in zip(quiz.versions(small, wanted), quiz.versions(large, wanted), strict=True):
        assert [(i.question.id, i.options) for i in a.items] == [(i.question.id, i.options) for i in b.items]


@given(st.integers(0, 999))
def test_themes_take_turns(seed: int) -> None:
    """With a count, each theme asked for gets its share, however many questions it has."""
    source = bank(choices(20) + choices(5, theme="two", first=20) + choices(5, theme="three", first=25))

    (_, made), *_ = quiz.versions(source, Quiz(id="z", title="Z", themes=("one", "two", "three"), count=9, seed=seed))

    assert Counter(item.question.themes[0] for item in made.items) == {"one": 3, "two": 3, "three": 3}


def test_fixed_and_last_are_respected() -> None:
    """A version moves neither a fixed order nor a last option."""
    questions = "".join(
        f"  - {{id: f{n}, question: F, answer: b, distractors: [a, b, c], fixed: true, themes: one}}\n"
        f"  - {{id: l{n}, question: L, answer: none, distractors: [a, b, c], last: none, themes: one}}\n"
        f"  - {{id: m{n}, question: M, answer: a, distractors: [b, c, none], last: none, themes: one}}\n"
        for n in range(4)
    )

    for _, made in quiz.versions(bank(questions), Quiz(id="z", title="Z", versions=4)):
        for item in made.items:
            if item.question.id.startswith("f"):
                assert item.options == ("a", "b", "c")
            else:
                assert item.options[-1] == "none"
        counts = Counter(item.options.index("a") for item in made.items if item.question.id.startswith("m"))
        assert max(counts.values()) <= 2


def test_every_setting_narrows_the_choice() -> None:
    """Decks, sources, themes, kinds, difficulty and named questions each leave out what does not fit."""
    source = bank(
        choices(2)
        + "  - {id: t, statement: S, answer: true, themes: two, difficulty: 2}\n"
        + "  - {id: n, question: Q, answer: A, themes: three, paper: false}\n"
        + "  - {id: r, question: Q, answer: A, themes: three, retired: true}\n"
    )

    def fits(**settings: object) -> list[str]:
        wanted, wrong = quiz.from_settings(source, {"id": "z", **settings})
        assert wrong == []
        assert wanted is not None
        return sorted(ids(quiz.versions(source, wanted)[0][1]))

    assert fits() == ["q0", "q1", "t"]
    assert fits(themes=["two"]) == ["t"]
    assert fits(themes=["one", "two"]) == ["q0", "q1", "t"]
    assert fits(kinds=["multiple-choice"]) == ["q0", "q1"]
    assert fits(difficulty=["2"]) == ["t"]
    assert fits(questions=["q1", "t"]) == ["q1", "t"]
    assert fits(decks=["d"], sources=["s"], kinds="true-false") == ["t"]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"themes": ["onne"]}, "unknown theme 'onne'; did you mean 'one'?"),
        ({"sources": ["x"]}, "unknown source 'x'; use one of: s"),
        ({"decks": ["x"]}, "unknown deck file 'x'; use one of: d"),
        ({"questions": ["q9"]}, "unknown question 'q9'; use one of: q0, q1"),
        ({"kinds": ["poem"]}, "'kinds' cannot be 'poem'; write short-answer, multiple-choice"),
        ({"difficulty": ["4"]}, "'difficulty' cannot be 4"),
        ({"paper": "a5"}, "'paper' cannot be 'a5'; write a4, letter"),
        ({"layout": "wide"}, "'layout' cannot be 'wide'; write standard, large, spaced, two-column"),
        ({"count": "9", "themes": ["one", "two"]}, "2 questions fit this quiz, and 9 are asked for (one 2, two 0)"),
        ({"themes": ["two"]}, "0 questions fit this quiz, and a quiz needs one (two 0)"),
    ],
)
def test_what_cannot_be_made_is_told(settings: dict[str, object], said: str) -> None:
    """An unknown name or an impossible mix ends in a sentence that says what there is."""
    wanted, wrong = quiz.from_settings(bank(choices(2)), {"id": "z", **settings})

    assert wanted is None
    assert wrong[0].startswith(said)


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["quiz", *args], catch_exceptions=False)


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`octdeck quiz` writes a sheet a version and a key, and neither releases anything nor touches the bank."""
    monkeypatch.chdir(tmp_path)
    decks = kinds_bank(tmp_path)
    before = sorted(path.name for path in decks.iterdir())

    result = run("--theme", "forms", "--count", "4", "--versions", "2", "--out", "print", "--name", "test")

    assert result.exit_code == 0
    names = ["test-A.pdf", "test-B.pdf", "test-key.pdf"]
    assert sorted(path.name for path in Path("print").iterdir()) == names
    assert sorted(path.name for path in decks.iterdir()) == before


def test_wrong_settings_are_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be made ends with exit status 2 and writes nothing."""
    monkeypatch.chdir(tmp_path)
    kinds_bank(tmp_path)

    result = run("--theme", "froms", "--theme", "more")

    assert result.exit_code == 2
    assert "unknown theme 'froms'; did you mean 'forms'?" in result.stderr
    assert not Path("dist").exists()


def test_a_quiz_of_the_bank_takes_the_same_settings() -> None:
    """`quizzes:` in bank.yaml is read with the command's settings, and faults are told at their place."""
    text = BANK + (
        "quizzes:\n  - {id: z, title: Z, kinds: [true-false], difficulty: [1, 2], decks: d, sources: [s],\n"
        "     questions: [t, u], themes: [two], paper: letter, layout: large, count: 5, versions: 3, seed: 9}\n"
    )
    questions = HEAD + "  - {id: t, statement: S, answer: true, themes: two, difficulty: 2}\n"

    read, found = yaml.read((Path("bank.yaml"), text.encode()), [(Path("d.yaml"), questions.encode())])

    assert read is not None
    assert found == []
    (wanted,) = read.quizzes
    assert (wanted.paper, wanted.layout, wanted.versions, wanted.difficulty) == ("letter", "large", 3, (1, 2))
    (finding,) = quiz.check(read)
    assert (finding.code, finding.span.line, finding.message) == ("OD206", 6, "unknown question 'u'")
    replaced = replace(read, quizzes=(replace(wanted, questions=("t",)),))
    assert quiz.check(replaced)[0].message.startswith("1 question fits this quiz, and 5 are asked for")
