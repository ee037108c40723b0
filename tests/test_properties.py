"""What must hold for any input (hypothesis)."""

import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from octdeck import article, cloze, fields, lock, markup, plain, sourcemap
from octdeck.bank import arrange
from octdeck.diagnostics import LINE_BREAK
from octdeck.questions import Choice, Match, Order
from octdeck.readers import yaml as reader
from octdeck.release import plan
from support import placeless

PATH = Path("decks/any.yaml")
BANK = (Path("decks/bank.yaml"), b"bank: b\ntitle: T\nthemes: {t: T}\n")

texts = (
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=40)
    .map(lambda text: unicodedata.normalize("NFC", text))
    .filter(str.strip)
)
several_texts = st.lists(texts.map(str.strip), min_size=2, max_size=6, unique=True)
plain_yaml = st.text(st.sampled_from("ab: -\n\t\"'[]{}#&*!|>%@`,?~1é\u2028\x07"), max_size=120)


class _Text(HTMLParser):
    """The text of HTML, and its tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: set[str] = set()
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)


def choice(options: list[str], *, fixed: bool = False, last: tuple[str, ...] = ()) -> Choice:
    answer, *distractors = options
    return Choice(
        id="q", themes=("t",), question="Q", answer=(answer,), distractors=tuple(distractors), fixed=fixed, last=last
    )


@given(plain_yaml)
def test_any_text_is_read_or_told(text: str) -> None:
    """Whatever stands in a deck file, the reader ends with questions or findings inside the file, never in a crash."""
    _, found = reader.read(BANK, [(PATH, text.encode())])

    lines = re.split("\r\n|[\n\r\x85\u2028\u2029]", text)
    for finding in found:
        assert finding.span.path in (PATH, BANK[0])
        assert 1 <= finding.span.line <= len(lines) + 1
        assert finding.hint


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_told(data: bytes) -> None:
    """Bytes that are no text at all are a finding too."""
    _, found = reader.read(BANK, [(PATH, data)])

    assert found


@given(st.recursive(texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3)))
def test_scalars_stay_as_written(value: object) -> None:
    """Data written as YAML with quoted text comes back as it was, each value at the place where it stands."""
    import json

    text = json.dumps({"top": value}, ensure_ascii=False)
    document, found = sourcemap.read(text, PATH)

    assert {finding.code for finding in found} <= {"OD114"}  # spaces at the ends
    assert document is not None
    assert document.value == {"top": value}
    lines = re.split("[\n\x85\u2028\u2029]", text)
    place = document.place.find(["top"])
    assert lines[place.line - 1][place.column - 1 :].startswith(('"', "[", "{"))


@given(
    st.lists(st.sampled_from([*"ab:-,[]{}&*!#|>'\"\n ", "- ", ": ", "\n  ", "x: ", "---\n"]), max_size=30).map("".join)
)
def test_the_fast_reader_reads_the_same(text: str) -> None:
    """What the fast reader makes of a text, the careful one makes of it too, and finds nothing wrong in it."""
    value = plain.read(text)
    if not value:
        return
    builder = sourcemap._Builder(PATH, LINE_BREAK.split(text))
    fault = builder.run(text)

    assert (fault, builder.found) == (None, [])
    assert builder.root is not None
    assert builder.root[0] == value


@given(texts)
def test_text_reaches_anki_as_text(text: str) -> None:
    """No text turns into markup other than Markdown's: what HTML shows is what Markdown's reader sees as text."""
    html = fields.html(text)
    parsed = _Text(html)

    assert parsed.tags <= {"em", "strong", "code", "a", "br"}
    assert parsed.text == markup.to_plain(markup.parse(text)).replace("\n", "")
    assert "{{" not in html
    assert "}}" not in html


@given(several_texts, st.text(max_size=5))
def test_options_are_mixed_not_lost(options: list[str], seed: str) -> None:
    """Mixing keeps every option once, does the same for the same seed, and leaves `last` at the end."""
    question = choice(options, last=(options[-1],))

    shown = arrange(question, seed)

    assert sorted(shown) == sorted(options)
    assert shown[-1] == options[-1]
    assert shown == arrange(question, seed)


@given(several_texts, st.text(max_size=5))
def test_fixed_options_keep_their_order(options: list[str], seed: str) -> None:
    """With `fixed`, distractors stay in the teacher's order, and so does an answer that is placed among them."""
    question = Choice(id="q", themes=("t",), question="Q", answer=(options[1],), distractors=tuple(options), fixed=True)

    assert arrange(question, seed) == tuple(options)
    unplaced = arrange(choice(options, fixed=True), seed)
    assert [text for text in unplaced if text != options[0]] == options[1:]


@given(st.lists(texts.map(str.strip), min_size=3, max_size=6, unique=True), st.text(max_size=5))
def test_order_and_match_never_come_solved(steps: list[str], seed: str) -> None:
    """The steps of an order and the rights of a match are never shown in the right order."""
    order = Order(id="q", themes=("t",), question="Q", order=tuple(steps))
    match = Match(id="q", themes=("t",), question="Q", pairs={f"left {text}": text for text in steps})

    for question in (order, match):
        shown = arrange(question, seed)

        assert sorted(shown) == sorted(steps)
        assert shown != tuple(steps)


@given(st.lists(texts | st.builds(cloze.Gap, st.integers(1, 500), texts, st.none() | texts), max_size=5))
def test_cloze_round_trip(wanted: list[str | cloze.Gap]) -> None:
    """Text written with gaps is split into the same gaps, or refused with a reason."""
    text = "".join(
        part if isinstance(part, str) else f"{{{{c{part.number}::{part.text}{f'::{part.hint}' if part.hint else ''}}}}}"
        for part in wanted
    )
    clean = not re.search(r"[{}:]", "".join(p if isinstance(p, str) else p.text + (p.hint or "") for p in wanted))
    gaps = [part for part in wanted if isinstance(part, cloze.Gap)]
    try:
        found = [part for part in cloze.parts(text) if isinstance(part, cloze.Gap)]
    except cloze.ClozeError:
        assert not (clean and gaps)
    else:
        if clean:
            assert [(gap.number, gap.text) for gap in found] == [(gap.number, gap.text) for gap in gaps]


@given(
    st.dictionaries(
        st.tuples(st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True), st.sampled_from(["main", "cloze"])),
        st.tuples(st.integers(1, 2**31), st.from_regex(r"[0-9a-f]{16}", fullmatch=True)),
        max_size=6,
    )
)
def test_lock_round_trip(entries: dict[tuple[str, str], tuple[int, str]]) -> None:
    """A lock that is written is read back the same."""
    known = lock.Lock(
        "bank",
        {key: lock.Released(stamp, digest, "A deck::With \u200b a ☃ name") for key, (stamp, digest) in entries.items()},  # type: ignore[misc]
        {"article": ("0123456789", "abcdef0123")},
    )

    read, found = lock.parse(lock.text(known), PATH)

    assert (placeless(read), found) == (known, [])


@given(
    st.lists(st.dictionaries(st.sampled_from("abc"), st.sampled_from(["0" * 16, "1" * 16]), max_size=3), max_size=6),
    st.lists(st.integers(-5, 5), min_size=6, max_size=6),
)
def test_stamps_only_grow_and_only_with_changes(history: list[dict[str, str]], clock: list[int]) -> None:
    """Over any history of edits and clocks, a change gives a note a higher stamp than ever, nothing else does."""
    known = lock.Lock("bank")
    last: dict[str, tuple[str, int]] = {}
    for edition, drift in zip(history, clock, strict=False):
        released = plan({(id_, "main"): (digest, "D") for id_, digest in edition.items()}, {}, known, 1000 + drift)
        for id_, digest in edition.items():
            stamp = released.stamp((id_, "main"))
            if id_ in last:
                assert (stamp == last[id_][1]) if digest == last[id_][0] else (stamp > last[id_][1])
            last[id_] = digest, stamp
        known = released.lock


@given(st.lists(texts, min_size=1, max_size=5), st.sampled_from(["\n\n", "\r\n\r\n", "\n \t\n", "\n\n\n\n"]))
def test_paragraphs_do_not_depend_on_line_endings(paragraphs: list[str], gap: str) -> None:
    """However blank lines are written, the same paragraphs have the same numbers and digests."""
    words = [" ".join(text.split()) for text in paragraphs]
    wanted = article.parse("\n\n".join(filter(None, words)))

    assert article.parse(gap.join(filter(None, words)) + "\n") == wanted


@given(
    st.lists(st.sampled_from([*"* a.,!é()\u00a0\u0301", "**", "***", "b c", " *a* ", " **b**"]), max_size=12).map(
        "".join
    )
)
def test_emphasis_is_read_the_same(text: str) -> None:
    """What is read without the library for Markdown comes out as the library would read it."""
    fast = markup.parse(text)

    # An escape that does nothing makes it a case for the library.
    slow = markup.parse(f"{text} \\#")
    assert markup.to_html(slow) == f"{markup.to_html(fast)} #"
