"""Citations and skipped paragraphs against the article, at hand or as the lock file remembers it."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import octdeck
from octdeck import article, lints, repair
from octdeck import lock as locks
from octdeck.article import Shelf
from octdeck.bank import Bank
from octdeck.cli import main
from octdeck.diagnostics import Diagnostic
from octdeck.moves import carried, moves
from octdeck.readers import yaml as reader
from support import START, edit

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


# --- articles that change -------------------------------------------------------------------------------------------


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def fixed(decks: Path) -> str:
    """What `check --fix` says, and the deck file that it leaves."""
    run("check", decks, "--fix")
    return (decks / "deck.yaml").read_text(encoding="utf-8").removeprefix(HEAD)


CITING = (
    HEAD
    + "  - {id: a, question: What of a?, answer: Slate, themes: trade, cites: 2}   # one\n"
    + "  - id: b\n    question: What of b?\n    answer: Slate\n    themes: trade\n"
    + "    cites:\n      - '3'   # two\n      - 3 - 4\n"
    + "  - {id: c, question: What of c?, answer: Slate, themes: trade, cites: [1, 2-4]}\n"
    + "  - {id: d, question: What of d?, answer: Slate, themes: trade, cites: {old-port: 2–3}}\n"
)


def test_moved_paragraphs_are_renumbered(tmp_path: Path) -> None:
    """Numbers, ranges, lists and citations by source get the new numbers, all else stays, and then all is well."""
    decks = written(tmp_path, CITING, ("An advert", *PORT), PORT)
    other = f"deck: Other\nquestions:\n{question('e', '{old-port: [4, 2-3]}')}"
    (decks / "other.yaml").write_text(other, encoding="utf-8")

    before = octdeck.check(decks)
    first = fixed(decks)

    assert [d.code for d in before] == ["OD205", *["OD217"] * 8]
    assert before[0].message == (
        "the article of 'old-port' is not the one of the last release: 1 is new, 4 have moved; "
        "no question cites what is other text"
    )
    assert before[3].message == "paragraphs 3-4 of 'old-port' are now 4-5"
    changed = CITING.removeprefix(HEAD).replace("cites: 2}", "cites: 3}").replace("'3'", "'4'")
    changed = changed.replace("3 - 4", "4 - 5").replace("[1, 2-4]", "[2, 3-5]").replace("2–3", "3–4")
    assert first == changed
    assert "cites: {old-port: [5, 3-4]}" in (decks / "other.yaml").read_text(encoding="utf-8")
    assert octdeck.check(decks) == ()
    assert fixed(decks) == first


def test_ranges_that_come_apart(tmp_path: Path) -> None:
    """A range in which another paragraph came to stand becomes a list that leaves it out, in every way of writing."""
    decks = written(tmp_path, CITING, (*PORT[:3], "A caption", PORT[3]), PORT)

    after = fixed(decks)

    assert "      - '3'   # two\n      - [3, 5]\n" in after
    assert "cites: [1, 2-3, 5]}" in after
    assert octdeck.check(decks) == ()


def test_a_range_as_a_single_value_comes_apart(tmp_path: Path) -> None:
    """`cites: 2-3` becomes a list in brackets."""
    decks = written(tmp_path, HEAD + question("a", "2-3"), (*PORT[:2], "A caption", *PORT[2:]), PORT)

    assert "cites: [2, 4]}" in fixed(decks)
    assert octdeck.check(decks) == ()


def test_paragraphs_that_change_places(tmp_path: Path) -> None:
    """A paragraph is known by its digest, wherever it went."""
    decks = written(tmp_path, HEAD + question("a", "2") + question("b", "4"), (PORT[3], *PORT[:3]), PORT)

    assert [line for line in fixed(decks).split("cites: ")[1:] if line] == [
        "3}\n  - {id: b, question: What of b?, answer: Slate, themes: trade, ",
        "1}\n",
    ]
    assert octdeck.check(decks) == ()


def test_skipped_paragraphs_move_along(tmp_path: Path) -> None:
    """Numbers in `skip` are renumbered too, and what is gone leaves the list."""
    deck = HEAD.replace("port}", "port, skip: [1, 3, 4]}") + question("a", "2")
    decks = written(tmp_path, deck, ("New", *PORT[:2], PORT[3]), PORT)

    found = octdeck.check(decks)
    run("check", decks, "--fix")

    assert [d.message for d in found if d.code == "OD217"] == [
        "paragraph 1 of 'old-port', not worth a question, is now 2",
        "paragraph 3 of 'old-port', not worth a question, is gone",
        "paragraph 2 of 'old-port' is now 3",
    ]
    assert "skip: [2, 4]}" in (decks / "deck.yaml").read_text(encoding="utf-8")
    assert octdeck.check(decks) == ()


@pytest.mark.parametrize(
    ("skip", "after"),
    [
        ("skip: 3", "skip: []"),
        ("skip:\n  - 3   # a caption\n  - 4", "skip:\n  - []   # a caption\n  - 3"),
        ("skip: [1,\n    3, 4]", "skip: [1,\n    [], 3]"),
    ],
)
def test_skipped_paragraphs_that_are_gone(skip: str, after: str, tmp_path: Path) -> None:
    """However the list is written, comments and lines stay, and what is left is right."""
    deck = f"deck: Harbours\nsource:\n  id: old-port\n  title: The old port\n  {skip}\nquestions:\n{question('a', '2')}"
    decks = written(tmp_path, deck, (*PORT[:2], PORT[3]), PORT)

    run("check", decks, "--fix")

    assert after in (decks / "deck.yaml").read_text(encoding="utf-8")
    assert octdeck.check(decks) == ()


def test_changed_text(tmp_path: Path) -> None:
    """Other text in a cited paragraph is told at its questions, with the paragraph; elsewhere it touches none."""
    now = (PORT[0], "The harbour was built for [slate].", *PORT[2:3], "Ships came from Reval.")
    decks = written(tmp_path, HEAD + question("a", "2-3") + question("b", "3"), now, PORT)

    article_changed, paragraph = octdeck.check(decks)
    shown = run("check", decks).stdout

    assert article_changed.code == "OD205"
    assert article_changed.message.endswith("2 paragraphs have other text; it touches a")
    assert (paragraph.code, marked(decks, paragraph)) == ("OD218", "2-3")
    assert paragraph.message == "paragraph 2 of 'old-port' has other text than at the last release"
    assert "  = note: paragraph 2 of 'old-port' reads: The harbour was built for [slate].\n" in shown
    assert "--update-articles" in (article_changed.hint or "")


def test_the_part_of_a_long_paragraph_that_matters(tmp_path: Path) -> None:
    """Of a long paragraph the sentences are shown that speak of what is asked, and it is said that there is more."""
    long = " ".join(f"Much is to be said of year {year}, when nothing came." for year in range(1800, 1820))
    paragraph = f"{long} Herring, they say, was eaten at every wedding. {long}"
    asked = question("a", "2").replace("What of a?", "What was eaten at a wedding?")
    decks = written(tmp_path, HEAD + asked, (PORT[0], paragraph, *PORT[2:]), PORT)

    (note,) = next(d.notes for d in octdeck.check(decks) if d.code == "OD218")
    shown = note.removeprefix("paragraph 2 of 'old-port' reads: ")

    assert "Herring, they say, was eaten at every wedding." in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 320


def test_the_article_is_shown_to_no_program(tmp_path: Path) -> None:
    """Reports that are stored or sent elsewhere hold nothing of the article's text."""
    decks = written(tmp_path, HEAD + question("a", "2"), (PORT[0], "Secret words.", *PORT[2:]), PORT)

    assert "Secret words" in run("check", decks).stdout
    for style in ("concise", "json", "sarif", "github"):
        assert "Secret words" not in run("check", decks, "--format", style).output


def test_changed_and_moved(tmp_path: Path) -> None:
    """Text that changed and moved is renumbered with the rest, and told until the new article is taken."""
    now = ("New", PORT[0], "The harbour was built for wool.", *PORT[2:])
    decks = written(tmp_path, HEAD + question("a", "2") + question("b", "3"), now, PORT)

    after = fixed(decks)
    left = octdeck.check(decks)
    taken = run("check", decks, "--update-articles")

    assert [line.split("}")[0] for line in after.split("cites: ")[1:]] == ["3", "4"]
    assert [(d.code, d.span.line) for d in left] == [("OD205", 2), ("OD218", 4)]
    assert left[1].message == "paragraph 3 of 'old-port' has other text than at the last release"
    assert fixed(decks) == after
    assert (taken.exit_code, taken.stdout.splitlines()[-1]) == (0, "no mistakes found")
    assert octdeck.check(decks) == ()


def test_a_split_paragraph(tmp_path: Path) -> None:
    """A paragraph that was split is one that changed, and its number becomes a range."""
    now = (PORT[0], "The harbour was built.", "It was built for slate.", *PORT[2:])
    decks = written(tmp_path, HEAD + question("a", "2") + question("b", "3"), now, PORT)

    assert [line.split("}")[0] for line in fixed(decks).split("cites: ")[1:]] == ["2-3", "4"]
    assert [d.code for d in octdeck.check(decks)] == ["OD205", "OD218"]


def test_a_cited_paragraph_that_is_gone(tmp_path: Path) -> None:
    """As long as a question cites what is gone, nothing is renumbered; when it does not, all is, at once."""
    decks = written(tmp_path, HEAD + question("a", "[2, 4]") + question("b", "3"), (PORT[0], *PORT[2:]), PORT)

    found = octdeck.check(decks)
    assert [(d.code, marked(decks, d)) for d in found] == [
        ("OD205", "old-port"),
        ("OD218", "2"),
        ("OD217", "4"),
        ("OD217", "3"),
    ]
    assert found[1].message == "paragraph 2 of 'old-port' is gone"
    assert "[2, 4]" in fixed(decks)

    edit(decks / "deck.yaml", "[2, 4]", "[4]")

    assert [line.split("}")[0] for line in fixed(decks).split("cites: ")[1:]] == ["[3]", "2"]
    assert octdeck.check(decks) == ()


def test_a_question_that_cannot_be_read(tmp_path: Path) -> None:
    """A question with a mistake may cite anything: nothing is renumbered until all can be read."""
    slip = question("b", "3").replace("answer", "anwer: x, answr")
    decks = written(tmp_path, HEAD + question("a", "2") + slip, ("New", *PORT), PORT)

    assert "cites: 2}" in fixed(decks)

    edit(decks / "deck.yaml", "anwer: x, answr", "anwser")
    after = fixed(decks)

    assert [line.split("}")[0] for line in after.split("cites: ")[1:]] == ["3", "4"]
    assert octdeck.check(decks) == ()


def test_moved_paragraphs_must_be_renumbered_before_the_article_is_taken(tmp_path: Path) -> None:
    """Else the numbers would name other paragraphs: build and check refuse, say what to do, and write nothing."""
    decks = written(tmp_path, HEAD + question("a", "2"), ("New", *PORT), PORT)
    lock = (decks / "octdeck.lock").read_text(encoding="utf-8")

    for command in (["build", "--out", str(tmp_path / "dist")], ["check"]):
        result = run(*command, decks, "--update-articles")

        assert result.exit_code == 1
        assert "paragraphs of 'old-port' that the deck files name have moved" in result.stderr
        assert "octdeck check --fix" in result.stderr
        assert (decks / "octdeck.lock").read_text(encoding="utf-8") == lock
        assert not (tmp_path / "dist").exists()


def test_numbers_that_were_counted_anew_by_hand(tmp_path: Path) -> None:
    """Whoever wrote the new numbers already deletes the article's line, and the build writes it anew."""
    decks = written(tmp_path, HEAD + question("a", "5"), ("New", *PORT), PORT)
    (decks / "octdeck.lock").write_text("octdeck-lock 1\nbank harbours\n", encoding="utf-8")

    assert octdeck.check(decks) == ()
    octdeck.build(decks, tmp_path / "dist", formats=["anki"], now=START)

    digests = " ".join(article.parse("\n\n".join(("New", *PORT))).digests)
    assert f"article old-port {digests}\n" in (decks / "octdeck.lock").read_text(encoding="utf-8")


@pytest.mark.parametrize("formats", ["anki", "html"])
def test_build_takes_the_article(formats: str, tmp_path: Path) -> None:
    """`build --update-articles` writes the new fingerprint, whatever it makes; without it the old one stays."""
    decks = written(tmp_path, HEAD + question("a", "2"), (PORT[0], "Built for wool.", *PORT[2:]), PORT)

    assert run("build", decks, "--to", formats, "--out", tmp_path / "dist").exit_code == 0
    assert [d.code for d in octdeck.check(decks)] == ["OD205", "OD218"]

    result = run("build", decks, "--to", formats, "--out", tmp_path / "dist", "--update-articles")

    assert result.exit_code == 0
    assert "took the article of 'old-port' as it is now" in result.stdout
    assert octdeck.check(decks) == ()


def test_an_article_that_grew(tmp_path: Path) -> None:
    """A number beyond the old end is an error with or without the article; the hint tells how to take the new one."""
    decks = written(tmp_path, HEAD + question("a", "5"), (*PORT, "More."), PORT)

    beyond = [d for d in octdeck.check(decks) if d.code == "OD203"]
    assert [d.hint for d in beyond] == [
        "run 'octdeck build --update-articles' to take the article at hand, which is longer"
    ]
    assert run("check", decks, "--update-articles").stdout.endswith("no mistakes found\n")
    (tmp_path / "articles" / "old-port.txt").unlink()
    assert octdeck.check(decks) == ()


def test_the_article_need_not_be_at_hand(tmp_path: Path) -> None:
    """What the lock file can tell is told in the same words with the article, without it, and with another one."""
    deck = SKIPPING.replace("4-9", "4") + question("a", "[2, 7]") + question("b", "1") + question("c", "4")
    decks = written(tmp_path, deck, PORT, PORT)

    def found() -> list[tuple[str, int, str]]:
        return [each for each in told(decks) if each[0] not in {"OD205", "OD217", "OD218", "OD219"}]

    at_hand = found()
    rewritten(decks, ("New", *PORT, "More", "And more"))
    changed = found()
    (tmp_path / "articles" / "old-port.txt").unlink()

    assert [code for code, *_ in at_hand] == ["OD203", "OD221", "OD221"]
    assert at_hand == changed == found()


def test_the_library_takes_articles_too(tmp_path: Path) -> None:
    """`octdeck.build` can take the articles as they are."""
    decks = written(tmp_path, HEAD + question("a", "2"), (PORT[0], "Built for slate.", *PORT[2:]), PORT)

    octdeck.build(decks, tmp_path / "dist", formats=["html"], now=START, update_articles=True)

    assert octdeck.check(decks) == ()


def test_diff_writes_nothing(tmp_path: Path) -> None:
    """`check --diff` shows new numbers and the line of the lock file; it does not go with `--update-articles`."""
    decks = written(tmp_path, HEAD + question("a", "2"), ("New", *PORT), PORT)
    before = {path: path.read_bytes() for path in decks.iterdir()}

    shown = run("check", decks, "--diff").stdout
    refused = run("check", decks, "--diff", "--update-articles")

    assert "+  - {id: a, question: What of a?, answer: Slate, themes: trade, cites: 3}\n" in shown
    assert "+article old-port " in shown
    assert refused.exit_code == 2
    assert {path: path.read_bytes() for path in decks.iterdir()} == before


def test_changes_cannot_be_ignored(tmp_path: Path) -> None:
    """They are no matter of taste: half of a renumbering would be worse than none."""
    decks = written(tmp_path, HEAD + question("a", "2", more=", ignore: [OD217]"))

    assert [code for code, *_ in told(decks)] == ["OD113"]


paragraphs = st.lists(st.sampled_from("abcdefgh"), max_size=12)


@given(paragraphs, paragraphs)
def test_where_paragraphs_went(before: list[str], now: list[str]) -> None:
    """Each paragraph goes to one of the same text or to a place of other text; no two of the same text go to one."""
    places = moves(before, now)

    same = [(digest, place) for digest, place in zip(before, places, strict=True) if place and place.same]
    assert all(now[place.first - 1] == digest and place.first == place.last for digest, place in same)
    assert len({place.first for _, place in same}) == len(same)
    others = [place for place in places if place and not place.same]
    taken = {place.first for _, place in same}
    assert all(1 <= place.first <= place.last <= len(now) for place in others)
    assert not any(taken & set(range(place.first, place.last + 1)) for place in others)
    common = sum(min(before.count(digest), now.count(digest)) for digest in set(before))
    assert len(same) == common


@given(paragraphs, paragraphs)
def test_what_is_carried_is_counted_as_now(before: list[str], now: list[str]) -> None:
    """From the carried fingerprint nothing has to move, and what changed is still seen to have changed."""
    places = moves(before, now)
    between = carried(before, now, places)

    assert len(between) == len(now)
    again = [(place.first, place.last) for place in moves(between, now) if place]
    assert again == [(number, number) for number in range(1, len(now) + 1)]
    changed = {number for place in places if place and not place.same for number in range(place.first, place.last + 1)}
    assert {place.first for place in moves(between, now) if place and not place.same} == changed


@st.composite
def renumberings(draw: st.DrawFn) -> tuple[list[str], list[str], list[list[tuple[int, int]]], list[int]]:
    """An article, what becomes of it, what questions cite in it, and what is skipped; nothing that is cited goes."""
    before = [f"text {number}" for number in range(draw(st.integers(1, 9)))]
    ranges = st.tuples(st.integers(1, len(before)), st.integers(1, len(before))).map(
        lambda pair: (min(pair), max(pair))
    )
    cites = draw(st.lists(st.lists(ranges, min_size=1, max_size=3), min_size=1, max_size=4))
    skipped = draw(st.lists(st.integers(1, len(before)), max_size=3, unique=True))
    cited = {number for each in cites for first, last in each for number in range(first, last + 1)}
    may_go = [number for number in range(1, len(before) + 1) if number not in cited]
    gone = set(draw(st.lists(st.sampled_from(may_go), unique=True))) if may_go else set()
    now = draw(st.permutations([text for number, text in enumerate(before, start=1) if number not in gone]))
    for index in draw(st.lists(st.integers(0, 9), max_size=3)):
        now = [*now[:index], f"new {index} {len(now)}", *now[index:]]
    return before, now, cites, skipped


def deck_of(cites: list[list[tuple[int, int]]], skipped: list[int], style: int) -> str:
    """A deck file with these citations, in several ways of writing."""
    deck = f"deck: D\nsource:\n  id: old-port\n  title: T\n  skip: [{', '.join(map(str, skipped))}]\nquestions:\n"
    for index, ranges in enumerate(cites):
        texts = [str(first) if first == last else f"{first}-{last}" for first, last in ranges]
        flow = f"[{', '.join(texts)}]" if len(texts) > 1 else texts[0]
        block = "".join(f"\n      - {text}   # why" for text in texts)
        written = (flow, block, f"{{old-port: {flow}}}")[(index + style) % 3]
        deck += f"  - id: q{index}\n    question: Q\n    answer: A\n    themes: trade\n    cites: {written}\n"
    return deck


@given(renumberings(), st.integers(0, 2))
def test_renumbering_names_the_same_paragraphs(
    case: tuple[list[str], list[str], list[list[tuple[int, int]]], list[int]], style: int
) -> None:
    """However the paragraphs went, after all repairs each question cites the same texts, and all is well."""
    before, now, cites, skipped = case
    deck, lock = Path("deck.yaml"), Path("octdeck.lock")
    old, new = article.parse("\n\n".join(before)), article.parse("\n\n".join(now))
    texts = {
        deck: deck_of(cites, skipped, style),
        lock: f"octdeck-lock 1\nbank harbours\narticle old-port {' '.join(old.digests)}\n",
    }

    def read() -> tuple[Bank, Shelf]:
        bank, found = reader.read((Path("bank.yaml"), BANK.encode()), [(deck, texts[deck].encode())])
        known, faults = locks.parse(texts[lock], lock)
        assert bank is not None
        assert not found
        assert not faults
        return bank, Shelf({"old-port": new}, known.articles, known.lines)

    def cited(bank: Bank, paragraphs: Sequence[str]) -> list[set[str]]:
        pairs = [[pair for citation in item.citations for pair in citation.paragraphs] for item in bank.items]
        return [{text for first, last in each for text in paragraphs[first - 1 : last]} for each in pairs]

    bank, shelf = read()
    wanted = cited(bank, before)
    # What takes the place of a skipped paragraph is one with other text.
    wanted_skip = {before[number - 1] for number in skipped} | (set(now) - set(before))
    changed, _ = repair.repaired(texts, [d for d in lints.warnings(bank, shelf) if d.code in {"OD205", "OD217"}])
    texts |= changed
    bank, shelf = read()

    moved = [d for d in lints.warnings(bank, shelf) if d.code in {"OD217", "OD218"}]
    assert cited(bank, now) == wanted
    assert {text for _, (first, last) in bank.homes["old-port"].skips for text in now[first - 1 : last]} <= wanted_skip
    assert not moved
