"""`octdeck new` makes a bank that builds, or a deck file for an article, and overwrites nothing."""

import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from octdeck import article, drafts
from octdeck.cli import main
from octdeck.project import load
from octdeck.questions import KINDS
from octdeck.readers import yaml as reader

ARTICLE = """The old port

In 1824 the engineers began with the mole, which was to shelter the whole basin from the north.

Slate was shipped: 40 tons a day.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a new bank and an article to add."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OCTDECK_ARTICLES", raising=False)
    run("new", "harbours")
    Path("The Old Port.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args, catch_exceptions=False)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_bank_builds(folder: Path) -> None:
    """What `new` makes has nothing for `check --strict` to find, a question of every kind, and builds."""
    checked, built = run("check", "harbours", "--strict"), run("build", "harbours")

    assert (checked.exit_code, built.exit_code) == (0, 0), checked.output + built.output
    bank = load(Path("harbours")).bank
    assert bank is not None
    assert {item.question.kind for item in bank.items} == {kind.kind for kind in KINDS}
    assert {"harbours.apkg", "lighthouses-quiz.pdf", "lighthouses-test-A.pdf"} <= {
        path.name for path in Path("dist").iterdir()
    }


@pytest.mark.parametrize(
    ("name", "bank_id", "title"),
    [
        ("my bank", "my-bank", "My bank"),
        ("Häfen_2026", "häfen_2026", "Häfen 2026"),
        ("Q's #1 & {x}", "q-s-1-x", "Q's #1 & {x}"),
        ("sub/порт", "порт", "Порт"),
        ("Lighthouses", "lighthouses-bank", "Lighthouses"),
    ],
)
def test_the_name_of_a_bank(folder: Path, name: str, bank_id: str, title: str) -> None:
    """The bank's id and title are made of the folder's name, whatever stands in it."""
    assert run("new", name).exit_code == 0

    bank = load(Path(name)).bank
    assert bank is not None
    assert (bank.id, bank.title) == (bank_id, title)
    assert run("check", name, "--strict").exit_code == 0


@pytest.mark.parametrize("name", ["harbours", "The Old Port.txt", ".", "..", "!!!", "con", "a:b", "x" * 200])
def test_a_new_bank_overwrites_nothing(folder: Path, name: str) -> None:
    """Where something of that name is there, or no id can be made of it, the command says so and changes nothing."""
    (folder / "harbours" / "bank.yaml").write_text("mine", encoding="utf-8")
    before = files(folder)

    result = run("new", name)

    assert result.exit_code == 1
    assert "hint: choose" in result.stderr
    assert files(folder) == before


def test_an_article_is_ready_for_questions(folder: Path) -> None:
    """The deck file is right as it is, names each paragraph, and its example becomes a question once filled in."""
    result = run("new", "--article", "The Old Port.txt", "harbours")

    assert result.exit_code == 0, result.output
    path = folder / "harbours" / "the-old-port.yaml"
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"^  # (\d+): (.*)$", text, re.MULTILINE) == [
        ("1", "The old port"),
        ("2", "In 1824 the engineers began with the mole, which was to …"),
        ("3", "Slate was shipped: 40 tons a day."),
    ]
    assert (folder / "harbours" / "articles" / "the-old-port.txt").read_text(encoding="utf-8") == ARTICLE
    assert run("check", "harbours", "--strict").exit_code == 0

    example = re.search(r"^  # - id: .*\n(?:  #   .*\n)+", text, re.MULTILINE)
    assert example is not None
    question = example[0].replace("  # ", "  ").replace("What ...?", "What was shipped?").replace("...", "slate")
    path.write_text(text + question.replace("cites: 2", "cites: 3"), encoding="utf-8")

    assert run("check", "harbours", "--strict").output == "no mistakes found\n"
    bank = load(Path("harbours")).bank
    assert bank is not None
    (item,) = [item for item in bank.items if item.deck.file == "the-old-port"]
    assert (item.deck.name, item.citations[0].where) == ("Harbours::The old port", "3")


def test_questions_may_be_none_yet(folder: Path) -> None:
    """A deck file whose `questions:` holds nothing yet builds with the rest."""
    run("new", "--article", "The Old Port.txt", "harbours")

    result = run("build", "harbours", "--to", "anki")

    assert result.exit_code == 0, result.output
    assert not list(Path("dist").glob("the-old-port*"))


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("harbours/the-old-port.yaml", "anything\n"),
        ("harbours/The-Old-Port.yml", "anything\n"),
        ("harbours/other.yaml", "deck: D\nsource: {id: The-old-port}\nquestions:\n  - nothing right: [\n"),
        ("harbours/bank.yaml", "bank: the-old-port\ntitle: T\nthemes: {t: T}\n"),
        ("harbours/bank.yaml", "bank: b\ntitle: T\nthemes: {t: T}\nquizzes: [{id: the-old-port, title: Q}]\n"),
        ("harbours/octdeck.lock", "octdeck-lock 1\nbank harbours\narticle the-old-port 0123456789\n"),
        ("harbours/articles/the-old-port.txt", "Another text.\n"),
        ("harbours/articles/the-old-port.md", "Another text.\n"),
        ("harbours/articles/The-old-port.txt", ARTICLE),
    ],
)
def test_names_do_not_clash(folder: Path, place: str, text: str) -> None:
    """A source, deck file or article of that name, also in other capitals, stops the command; another id helps."""
    (folder / place).write_text(text, encoding="utf-8")
    before = files(folder)

    refused = run("new", "--article", "The Old Port.txt", "harbours")

    assert refused.exit_code == 1
    assert "--id" in refused.stderr
    assert files(folder) == before
    assert run("new", "--article", "The Old Port.txt", "--id", "port-2", "harbours").exit_code == 0
    assert files(folder).items() >= before.items()
    assert (folder / "harbours" / "port-2.yaml").exists()


def test_the_example_s_id_is_free(folder: Path) -> None:
    """The id in the example is one that no question has, nor had in a release."""
    (folder / "harbours" / "other.yaml").write_text(
        "deck: D\nquestions:\n  - {id: the-old-port-1, question: Q, answer: A, themes: light}\n", encoding="utf-8"
    )
    (folder / "harbours" / "octdeck.lock").write_text(
        "octdeck-lock 1\nbank harbours\nquestion the-old-port-2 main 2026-01-01T00:00:00Z 0123456789abcdef D\n",
        encoding="utf-8",
    )

    assert run("new", "--article", "The Old Port.txt", "harbours").exit_code == 0

    assert "# - id: the-old-port-3\n" in (folder / "harbours" / "the-old-port.yaml").read_text(encoding="utf-8")


def test_an_article_in_its_place_is_not_copied(folder: Path) -> None:
    """An article that lies among the articles under a name that can be an id keeps that name, and is not copied."""
    home = folder / "harbours" / "articles" / "Old.Port.md"
    home.write_text(ARTICLE, encoding="utf-8")
    before = files(folder)

    assert run("new", "--article", str(home), "harbours").exit_code == 0

    assert set(files(folder)) - set(before) == {"harbours/Old.Port.yaml"}
    project = load(Path("harbours"))
    assert set(project.shelf.at_hand) == {"lighthouses", "Old.Port"}


def test_articles_beside_an_older_bank(folder: Path) -> None:
    """Without a folder of articles in the bank, it is made beside it, and git is told to leave the articles out."""
    (folder / "decks").mkdir()
    (folder / "decks" / "bank.yaml").write_text("bank: b\ntitle: T\nthemes: {t: T}\n", encoding="utf-8")

    assert run("new", "--article", "The Old Port.txt").exit_code == 0

    assert (folder / "articles" / "the-old-port.txt").exists()
    assert (folder / "articles" / ".gitignore").read_text(encoding="utf-8") == drafts.KEEP_HERE
    assert run("check", "--strict").exit_code == 0


def test_git_leaves_articles_out(folder: Path) -> None:
    """Whoever puts a new bank under git commits all of it but the articles."""
    run("new", "--article", "The Old Port.txt", "harbours")
    git = ["git", "-C", "harbours"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)

    listed = subprocess.run([*git, "ls-files"], check=True, capture_output=True, text=True).stdout.split()

    assert set(listed) == {
        "README.md", "articles/.gitignore", "bank.yaml", "lighthouse.svg", "lighthouses.yaml",
        "schema/bank.schema.json", "schema/deck.schema.json", "the-old-port.yaml",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF", "no text file"),
        ("a.txt", ARTICLE.encode("utf-16"), "not UTF-8"),
        ("a.txt", "Häfen".encode("latin-1"), "not UTF-8"),
        ("a.txt", b"a\0b", "not UTF-8"),
        ("a.txt", b"\xef\xbb\xbf \r\n\r\n", "has no text"),
        ("!!!.txt", b"text", "is not an id"),
        ("nul.txt", b"text", "is no name on Windows"),
    ],
)
def test_what_is_no_article(folder: Path, name: str, content: bytes, said: str) -> None:
    """A file that is no plain text, or has none, is refused with the cure."""
    Path(name).write_bytes(content)
    before = files(folder)

    result = run("new", "--article", name, "harbours")

    assert result.exit_code == 1
    assert said in result.stderr
    assert "hint: " in result.stderr
    assert files(folder) == before


def test_all_or_nothing(folder: Path) -> None:
    """Where the article cannot be copied, no deck file is made."""
    before = files(folder)

    result = run("new", "--article", "The Old Port.txt", "harbours", "--articles", "The Old Port.txt/articles")

    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    assert files(folder) == before


@pytest.mark.parametrize("args", [(), ("--id", "x", "bank")])
def test_wrong_usage(folder: Path, args: tuple[str, ...]) -> None:
    """Neither a name nor an article, or an id without an article, is wrong usage."""
    assert run("new", *args).exit_code == 2


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4), st.text(max_size=20), st.lists(st.text(), max_size=3))
def test_any_article(blocks: list[str], title: str, themes: list[str]) -> None:
    """Whatever stands in an article, in the bank's title and in the names of its themes, the deck file is right."""
    read = article.parse("\n\n".join(blocks))
    if not read.paragraphs:
        return
    text = drafts.deck(read, "a", title, themes, "a-1")

    bank, found = reader.read(
        (Path("bank.yaml"), b"bank: b\ntitle: T\nthemes: {}\n"), [(Path("a.yaml"), text.encode())]
    )

    assert found == []
    assert bank is not None
    assert re.findall(r"^  # (\d+): ", text, re.MULTILINE) == [str(n + 1) for n in range(len(read.paragraphs))]


def test_what_a_killed_run_left(folder: Path) -> None:
    """What a run had begun that was killed is neither in the way of the next one nor left behind by it."""
    (folder / ".quays.octdeck").mkdir()
    (folder / ".quays.octdeck" / "stray.yaml").write_text("half", encoding="utf-8")
    (folder / "harbours" / ".the-old-port.yaml.octdeck").write_text("half", encoding="utf-8")

    assert run("new", "quays").exit_code == 0
    assert run("new", "--article", "The Old Port.txt", "harbours").exit_code == 0

    assert not (folder / "quays" / "stray.yaml").exists()
    assert [name for name in files(folder) if name.endswith(".octdeck")] == []
    assert run("check", "harbours", "--strict").exit_code == 0
