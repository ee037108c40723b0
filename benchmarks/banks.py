"""Banks of any size, with all kinds of question in realistic lengths; the same numbers give the same files."""

import struct
import zlib
from pathlib import Path
from random import Random

_THEMES = 12
_SYLLABLES = [
    consonant + vowel + end for consonant in "bdfgklmnprstv" for vowel in "aeio" for end in ("", "l", "n", "r")
]
_SMALL = ["the", "of", "in", "to", "and", "a", "was", "by", "for", "on", "at", "from", "with", "as"]


PICTURES = 5


def write(folder: Path, questions: int, files: int = 1, seed: int = 1917, *, pictures: bool = False) -> Path:
    """A bank of so many questions in so many deck files, in `folder`; returns the folder.

    Every question is different; of ten questions three are short answers, two multiple choice, two gap texts, and one
    each true or false, an order and a match. With `pictures`, one in a hundred is a picture with regions instead.
    """
    folder.mkdir(parents=True)
    themes = "".join(f"  theme-{number}: Theme {number}\n" for number in range(_THEMES))
    (folder / "bank.yaml").write_text(f"bank: bench\ntitle: Benchmark\nthemes:\n{themes}", encoding="utf-8")
    random = Random(seed)
    for number in range(PICTURES if pictures else 0):
        (folder / _picture(number)).write_bytes(_png(Random(number), 240, 160))
    vocabulary = sorted({"".join(random.choices(_SYLLABLES, k=random.randint(2, 4))) for _ in range(8000)})
    for file in range(files):
        numbers = range(file * questions // files, (file + 1) * questions // files)
        blocks = [
            _question(
                number, _Writer(Random(f"{seed}/{number}"), vocabulary), is_picture=pictures and number % 100 == 99
            )
            for number in numbers
        ]
        head = (
            f"deck: Benchmark::Part {file}\nsource:\n  id: source-{file}\n  title: Source {file}\n"
            "  author: Nobody in particular\nquestions:\n"
        )
        (folder / f"part-{file:04}.yaml").write_text(head + "\n".join(blocks), encoding="utf-8")
    return folder


class _Writer:
    """Writes words that nobody has to read."""

    def __init__(self, random: Random, vocabulary: list[str]) -> None:
        self.random = random
        self.vocabulary = vocabulary

    def words(self, least: int, most: int) -> str:
        """So many words in a row."""
        some = self.random.choices(self.vocabulary, k=self.random.randint(least, most))
        return " ".join(
            word if index % 3 else f"{self.random.choice(_SMALL)} {word}" for index, word in enumerate(some)
        )

    def name(self) -> str:
        """Two words with capitals."""
        return " ".join(self.random.choices(self.vocabulary, k=2)).title()


def _picture(number: int) -> str:
    return f"quay-{number % PICTURES}.png"


def _png(random: Random, width: int, height: int) -> bytes:
    """A picture of so many dots in some grey or other."""
    rows = b"".join(b"\0" + random.randbytes(width) for _ in range(height))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _question(number: int, write: _Writer, *, is_picture: bool = False) -> str:
    random = write.random
    themes = ", ".join(f"theme-{random.randrange(_THEMES)}" for _ in range(2))
    is_claim = number % 20 == 0
    body = _regions(number, write) if is_picture else _body(number, write, is_claim=is_claim)
    lines = [*body, f"themes: [{themes}]", f"cites: {random.randint(1, 90)}"]
    lines.append(f"difficulty: {random.randint(1, 3)}")
    if number % 3:
        lines += ["explain: >-", f"  {write.words(10, 18).capitalize()}", f"  {write.words(8, 14)}."]
    if is_claim:
        lines.append("claim: true")
    return f"  - id: q-{number:06}\n" + "".join(f"    {line}\n" for line in lines)


def _regions(number: int, write: _Writer) -> list[str]:
    places = [(10 + 20 * index, write.random.randint(5, 80)) for index in range(4)]
    return [
        f"image: {_picture(number // 100)}",
        f"alt: A plan of {write.words(3, 6)}",
        "regions:",
        *(f"  - {{answer: {write.name()}, at: [{left}, {top}, 12, 9]}}" for left, top in places),
    ]


def _body(number: int, write: _Writer, *, is_claim: bool) -> list[str]:
    view = f", according to {write.name()}," if is_claim else ""
    match number % 10:
        case 0 | 1:
            return [f"question: Why{view} did {write.name()} {write.words(6, 14)}?", f"answer: {write.words(3, 7)}"]
        case 2:
            accept = f"accept: [{write.words(2, 3)}, {write.words(2, 3)}]"
            return [f"question: Who {write.words(6, 14)}?", f"answer: {write.name()}", "typed: true", accept]
        case 3 | 4:
            first, right, *others = sorted((write.words(3, 5) for _ in range(4)), key=len)
            return [
                f"question: Which *one* {write.words(6, 9)}?",
                f"answer: {right}",
                f"distractors: [{', '.join((first, *others))}]",
            ]
        case 5 | 6:
            year, place = f"{{{{c1::{write.random.randint(1801, 1999)}::year}}}}", f"{{{{c2::{write.name()}}}}}"
            return [f'cloze: "In {year} {write.name()} {write.words(5, 9)} {place} {write.words(2, 5)}."']
        case 7:
            return [
                f"statement: {write.name()} {write.words(7, 14)}.",
                f"answer: {['true', 'false'][number // 10 % 2]}",
            ]
        case 8:
            return [
                f"question: Put {write.words(4, 8)} in order.",
                "order:",
                *(f"  - {write.words(3, 6)}" for _ in range(4)),
            ]
        case _:
            pairs = [f"  {write.name()}: {write.words(2, 4)}" for _ in range(4)]
            return [f"question: Who of {write.words(4, 8)} did what?", "pairs:", *pairs]
