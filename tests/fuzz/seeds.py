"""The banks that fuzzing starts from: a few questions of each deck, the tests' own bank, every example of a code."""

import io
import re
import wave
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TypeAlias

from PIL import Image

import octdeck
from octdeck import article, explain

Files: TypeAlias = dict[str, bytes]
"""A bank: what stands in its files, by their paths as seen from the folder that `decks` and `articles` lie in."""

ROOT = Path(__file__).parents[2]
BANK = "bank: harbours\ntitle: Harbours\nthemes: {building: Building, trade: Trade}\n"
_QUIZZES = b"""quizzes:
  - {id: all, title: All, versions: 3, sections: kind, to: [pdf, cards, csv], date: 2026-11-24, together: true}
  - id: parts
    title: In parts
    layout: two-column
    sections:
      - {title: Plain, difficulty: [1, 2, 3]}
"""
_REGIONS = """  - id: regions
    question: Name the parts.
    image: picture.png
    alt: A map
    regions: [{answer: the mole, at: [1, 2, 5, 6]}, {answer: the quay, at: [10.5, 2, 5, 6], shape: ellipse}]
    themes: [trade]
"""
_ARTICLE = "".join(f"In October {number},\nas it is told.\n\n" for number in range(1850, 1970))
PACKAGE = "old.apkg"
_NAMED = re.compile(r"^# ([\w./-]+\.\w+)(?: \((\S+)\))?\n", re.MULTILINE)
_QUESTION = re.compile(r"^(?=  - id: )", re.MULTILINE)


def seeds(random: Random, pieces: int = 6) -> list[Files]:
    """All seeds; of each deck, so many `pieces`, which questions is up to `random`."""
    # Those that are as good as many: their files are changed in ways of their own.
    found = [_kinds(), *[_packaged()] * 12, *[_pictured()] * 12, *_examples()]
    for path in sorted((ROOT / "decks").glob("*.yaml")):
        if re.search(r"^source:", path.read_text(encoding="utf-8"), re.MULTILINE):  # or it cites the others'
            found += [_piece(path, random) for _ in range(pieces)]
    return found


def _kinds() -> Files:
    folder = ROOT / "tests" / "data" / "kinds"
    text = "".join(f"The quay of 18{number}.\r\n\r\nSlate left it.\n \n" for number in range(80, 95))
    return {f"decks/{path.name}": path.read_bytes() for path in sorted(folder.glob("*.yaml"))} | {
        "decks/octdeck.lock": _lock("kinds", "harbour", text, ["short", "typed", "gaps", "gone"]),
        "articles/harbour.txt": text.encode(),
    }


def _packaged() -> Files:
    """The same, with a package of it."""
    files = _kinds()
    del files["decks/octdeck.lock"]
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "decks").mkdir()
        for name in ("bank.yaml", "forms.yaml"):
            (folder / "decks" / name).write_bytes(files[f"decks/{name}"])
        octdeck.build(folder / "decks", folder / "dist", formats=["anki"], now=1_700_000_000)
        return files | {PACKAGE: (folder / "dist" / "kinds.apkg").read_bytes()}


def _pictured() -> Files:
    """Pictures and sounds of every type, and one with regions."""
    names = [f"picture.{type_}" for type_ in ("png", "jpg", "gif", "webp")]
    pictures: dict[str, bytes] = {}
    for name in names:
        file = io.BytesIO()
        Image.linear_gradient("L").resize((24, 16)).convert("RGB").save(
            file, "JPEG" if name.endswith("jpg") else name[8:].upper()
        )
        pictures[name] = file.getvalue()
    pictures["picture.svg"] = (ROOT / "decks" / "pictures" / "eight-months.svg").read_bytes()
    with io.BytesIO() as file:
        with wave.open(file, "wb") as sound:
            sound.setparams((1, 2, 8000, 0, "NONE", ""))
            sound.writeframes(bytes(1600))
        pictures["sound.wav"] = file.getvalue()
    questions = "".join(_shown(name) for name in pictures)
    deck = f"deck: Pictures\nquestions:\n{questions}{_REGIONS}"
    bank = BANK + "logo: picture.svg\nquizzes: [{id: q, title: Q, to: [html, docx]}]\n"
    files = {"decks/bank.yaml": bank.encode(), "decks/deck.yaml": deck.encode()}
    return files | {f"decks/{name}": data for name, data in pictures.items()}


def _shown(name: str) -> str:
    key = "audio" if name.endswith("wav") else "image"
    return (
        f"  - id: a-{name}\n    question: What is it?\n    {key}: {name}\n    alt: A thing\n    answer: A crane\n"
        f"    explain: {{text: Look, {key}: {name}, alt: Again}}\n    themes: [trade]\n"
    )


def _piece(path: Path, random: Random) -> Files:
    """One to five questions of a deck, below its head."""
    head, *questions = _QUESTION.split(path.read_text(encoding="utf-8"))
    taken = random.sample(questions, random.randint(1, 5))
    ids = [question.split("\n")[0].removeprefix("  - id: ") for question in taken]
    return {
        "decks/bank.yaml": _without_quizzes(path.parent / "bank.yaml") + _QUIZZES,
        "decks/deck.yaml": (head + "".join(taken)).encode(),
        "decks/octdeck.lock": _lock("october-1917", path.stem, _ARTICLE, ids),
        f"articles/{path.stem}.txt": _ARTICLE.encode(),
    }


def _without_quizzes(path: Path) -> bytes:
    """They ask for more questions than a piece of a deck has."""
    return path.read_bytes().partition(b"\nquizzes:")[0] + b"\n"


def _examples() -> list[Files]:
    """What the pages of codes show, failing and passing."""
    found = []
    for page in explain.pages().values():
        for example in (page.fails, page.passes):
            before, *named = _NAMED.split(example)
            if not named:
                named = ["deck.yaml", "", f"deck: Harbours\nquestions:\n{before}\n"]
            files = {"decks/bank.yaml": BANK.encode()}
            for name, encoding, text in zip(named[::3], named[1::3], named[2::3], strict=True):
                files[name if "/" in name else f"decks/{name}"] = text.encode(encoding or "utf-8")
            found.append(files)
    return found


def _lock(bank: str, source: str, text: str, ids: list[str]) -> bytes:
    digests = " ".join(article.parse(text).digests)
    lines = [f"question {id_} main 2026-11-22T04:19:19Z 0123456789abcdef A deck::Within" for id_ in ids]
    return "\n".join(["octdeck-lock 1", f"bank {bank}", "", f"article {source} {digests}", *lines, ""]).encode()
