"""Citations and skipped paragraphs against the article, at hand or as the lock file remembers it."""

from pathlib import Path

import octdeck
from octdeck import article
from octdeck.diagnostics import Diagnostic

BANK = "bank: harbours\ntitle: Harbours\nthemes: {building: Building, trade: Trade}\n"
HEAD = "deck: Harbours\nsource: {id: old-port, title: The old port}\nquestions:\n"
PORT = ("The old port", "The harbour was built for slate.", "Slate left from the east quay.", "Ships came from Riga.")


def question(name: str, cites: str, answer: str = "Slate", more: str = "") -> str:
    """A deck file's line with a short question."""
    return f"  - {{id: {name}, question: What of {name}?, answer: {answer}, themes: trade, cites: {cites}{more}}}\n"


def written(
    folder: Path,
    deck: str,
    paragraphs: tuple[str, ...] | None = PORT,
    released: tuple[str, ...] | None = None,
    **more: str,
) -> Path:
    """A bank with one deck file and others; its article, if at hand, and as it was released, if it was."""
    decks = folder / "decks"
    decks.mkdir(parents=True)
    (decks / "bank.yaml").write_text(BANK, encoding="utf-8")
    (decks / "deck.yaml").write_text(deck, encoding="utf-8")
    for name, text in more.items():
        (decks / f"{name}.yaml").write_text(text, encoding="utf-8")
    if paragraphs is not None:
        rewritten(decks, paragraphs)
    if released is not None:
        digests = " ".join(article.parse("\n\n".join(released)).digests)
        lock = f"octdeck-lock 1\nbank harbours\n\narticle old-port {digests}\n"
        (decks / "octdeck.lock").write_text(lock, encoding="utf-8")
    return decks


def rewritten(decks: Path, paragraphs: tuple[str, ...]) -> None:
    """Put another text of the article in its place."""
    (decks.parent / "articles").mkdir(exist_ok=True)
    (decks.parent / "articles" / "old-port.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")


def told(decks: Path) -> list[tuple[str, int, str]]:
    """Code, line and message of each finding."""
    return [(finding.code, finding.span.line, finding.message) for finding in octdeck.check(decks)]


def marked(decks: Path, finding: Diagnostic) -> str:
    """The text that a finding points at, on its line."""
    line = finding.span.path.read_text(encoding="utf-8").splitlines()[finding.span.line - 1]
    return line[finding.span.column - 1 : finding.span.end_column - 1]


SKIPPING = HEAD.replace("port}", "port, skip: [1, 4-9]}")


def test_skipping_beyond_the_end(tmp_path: Path) -> None:
    """A skipped number that the article does not have is an error at that number, with the article or from the lock."""
    for name, paragraphs, released in (("hand", PORT, None), ("lock", None, PORT)):
        decks = written(tmp_path / name, SKIPPING + question("a", "2"), paragraphs, released)

        (finding,) = octdeck.check(decks)
        assert (finding.code, finding.severity) == ("OD220", "error")
        assert finding.message == "'old-port' has 4 paragraphs, and no paragraph 9"
        assert marked(decks, finding) == "4-9"


def test_nothing_known_of_the_article(tmp_path: Path) -> None:
    """Without article and lock nothing can be said of a number's being there."""
    decks = written(tmp_path, SKIPPING + question("a", "22"), None)

    assert told(decks) == []


def test_cited_and_skipped(tmp_path: Path) -> None:
    """Each skipped paragraph that is cited is shown at both places, from whatever deck file, by range and by source."""
    other = f"deck: Other\nquestions:\n{question('b', '{old-port: [2, 1-3]}')}{question('c', '{old-port: 2}')}"
    skipping = SKIPPING.replace("4-9", "4")
    decks = written(tmp_path, skipping + question("a", "[2, 4]"), None, other=other)

    found = octdeck.check(decks)

    assert [(finding.code, marked(decks, finding)) for finding in found] == [("OD221", "4"), ("OD221", "1-3")]
    assert found[0].message == "paragraph 4 of 'old-port' is cited here, and skipped there"
    assert [finding.related[0][1].path.name for finding in found] == ["deck.yaml", "deck.yaml"]
    assert [finding.related[0][1].column for finding in found] == [
        SKIPPING.splitlines()[1].index(text) + 1 for text in ("4-9", "1,")
    ]


def test_citing_by_default(tmp_path: Path) -> None:
    """A citation that stands among the defaults of a file is shown there, once."""
    deck = SKIPPING.replace("questions:", "defaults: {cites: 4}\nquestions:")
    asked = question("a", "4").replace(", cites: 4", "") + question("b", "4").replace(", cites: 4", "")
    decks = written(tmp_path, deck + asked, None)

    found = octdeck.check(decks)

    assert [(finding.code, finding.span.line, marked(decks, finding)) for finding in found] == [("OD221", 3, "4")]


def test_a_retired_question_may_cite_what_is_skipped(tmp_path: Path) -> None:
    """A withdrawn question no longer speaks for a paragraph."""
    decks = written(tmp_path, SKIPPING.replace("4-9", "4") + question("a", "4", more=", retired: true"))

    assert told(decks) == []
