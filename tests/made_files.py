"""Deck files and bank files as a person may write them, made by hypothesis: right ones as a rule, with slips.

They are text, since octdeck takes scalars as they are written, and an editor gives them a type first. A new key needs a
strategy for right values of it, in the dictionary of its place.
"""

import re

from hypothesis import strategies as st

words = st.sampled_from(["A", "B", "C", "slate", "herring", "'two words'", '"a\\nb"', "Größe", "'x '", "ʼn"])
SCALARS = """
    27 007 0 -3 +5 1.5 5.0 1.25 1e3 0x1F 0o17 .5 1e300 1234567890 100.5 41 1001 100001 true True tRuE false no null ~
    26-28 28-26 1-2-3 1:30 2026-11-24 2026-02-30 2026-13-01 a4 letter pdf cloze kind 8 10 08 '5,3' en xx OD301 '#'
    https://example.org http:// www.example.org D::E D:::E 'D::' '::D' D::::E '{{c1::x}}' '{{c1::x' '{{c0::x}}' c1::x
    '27' '5' '99' '1.5' '1.25' 'true' '-x' '\u0665' '''' '99,1' '51' '\u2026' "\\a" "\\x1c" "A\\x1c" "a\\nb" Größe
"""
COLLECTIONS = """
[] | [A] | [A, A] | [1, 1.0, 2] | [A, B, A] | [A, B, C] | [A, B, [C]] | [1, 99] | ['51', 0] | [A, ~] | [[1], 2] | [[]]
[100001] | [[100001]] | [1, 2, 3, 4] | [0, 0, 100, 100] | [0, 0, 0, 1] | [60, 0, 50, 1] | [1, 2, 3, 4.125]
[1, 2, 3, x] | [1, 2, 3, -4] | [1, 2, 3, 400] | [1, 2, 3, '400'] | [{}] | [A, B, {}] | [{title: A}] | {}
{s: {}} | {s: []}
{s: 4} | {s: ~} | {s: 100001} | {s: [2, x]} | {'a b': 1} | {'': A} | {A: B} | {A: B, C: D}
{A: B, C: D, E: F} | {A: [B]}
{'': B, C: D, E: F} | {A: '', C: D, E: F} | {A: [B], C: D, E: F} | {image: A} | {audio: A} | {image: ''} | {audio: ''}
{image: A, audio: B} | {image: A, audio: ''} | {image: '', audio: B}
"""
ODD = [
    *SCALARS.split(),
    *["", "''", "'  '", "'a b'", "' 26 - 28 '", "' 1.5 , -2 '", "'two words'", f"'{'x' * 81}'"],
    *re.split(r" \| |\n", COLLECTIONS.strip()),
    *[str([str(number) for number in range(count)]) for count in (26, 27, 51)],
    *["[" + ", ".join(f"{{answer: A, at: [{n}, 1, 1, 1]}}" for n in range(count)) + "]" for count in (50, 51)],
]
odd = st.sampled_from([value for value in ODD if value[:1] not in ("[", "{")])
scalars = words | odd


def listed(items: st.SearchStrategy[str], least: int = 0, most: int = 4) -> st.SearchStrategy[str]:
    return st.lists(items, min_size=least, max_size=most).map(
        lambda parts: f"[{', '.join(part or '~' for part in parts)}]"
    )


def mapped(values: st.SearchStrategy[str], least: int = 0, most: int = 4) -> st.SearchStrategy[str]:
    names = st.sampled_from(["s", "t", "one", "27", "~", "true", "'a b'", "''", "é"])
    return st.dictionaries(names, values, min_size=least, max_size=most).map(written)


def written(holder: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in holder.items()) + "}"


anything = scalars | listed(scalars) | mapped(scalars) | listed(listed(scalars)) | mapped(listed(scalars))
texts = words | listed(words, 1)
flags = st.sampled_from(["true", "false", "True", "'false'"])
places = st.sampled_from(["1", "27", "26-28", "[9, 26-28]", "'3'", "{s: 4}", "{s: [2, 7]}", "[[1], 2]"])

QUESTION: dict[str, st.SearchStrategy[str]] = {
    **dict.fromkeys(["question", "statement", "explain", "caution", "hint", "answer"], words),
    **dict.fromkeys(["typed", "reverse", "claim", "fixed", "paper", "anki", "retired"], flags),
    **dict.fromkeys(["accept", "last", "ignore"], texts),
    "distractors": texts,
    "order": st.permutations(["A", "B", "C"]).map(lambda items: f"[{', '.join(items)}]"),
    "pairs": st.just("{one: A, two: B, three: C}"),
    "cloze": st.just("'{{c1::x}} and {{c2::y::hint}}'"),
    "themes": st.sampled_from(["t", "[t]", "[t, u]"]),
    "cites": places,
    "difficulty": st.sampled_from(["1", "3", "'2'"]),
    "points": st.sampled_from(["1", "0.5", "'2.5'", "100"]),
    "lines": st.sampled_from(["0", "40", "'7'"]),
    "image": st.sampled_from(["mole.png", "'maps/a b.svg'"]),
    "audio": st.sampled_from(["horn.mp3"]),
    "regions": st.sampled_from(["[{answer: A, at: [1, 2, 3, 4]}]", "[{answer: A, at: ['0', 2.25, 3, 4], card: 2}]"]),
    "hide": st.sampled_from(["all", "one"]),
    "alt": st.sampled_from(["A wall", "{image: A wall, audio: A horn}"]),
}
CORES = (
    ("question", "answer"), ("question", "answer", "typed", "accept"), ("question", "answer", "distractors"),
    ("statement", "answer"), ("cloze",), ("question", "order"), ("question", "pairs"),
    ("question", "pairs", "distractors"), ("question", "answer", "image", "alt"),
    ("statement", "answer", "audio", "alt"),
    ("image", "alt", "regions"), ("image", "alt", "regions", "question", "hide"),
)  # fmt: skip


@st.composite
def holders(
    draw: st.DrawFn, right: dict[str, st.SearchStrategy[str]], cores: tuple[tuple[str, ...], ...], more: list[str]
) -> str:
    """`key: value` lines, right ones as a rule, with up to two slips."""
    keys = [*draw(st.sampled_from(cores)), *draw(st.lists(st.sampled_from(more), max_size=3))]
    holder = {key: draw(right[key]) for key in keys}
    for slip in draw(st.lists(st.sampled_from(["value", "key", "missing", "strange"]), max_size=2)):
        key = draw(st.sampled_from(list(right)))
        match slip:
            case "value":
                holder[draw(st.sampled_from(list(holder) or [key]))] = draw(anything)
            case "key":
                holder[key] = draw(right[key] | anything)
            case "missing":
                holder.pop(key, None)
            case "strange":
                holder[draw(st.sampled_from(["anwser", "type", "''", "1"]))] = draw(scalars)
    return written(holder)


def questions() -> st.SearchStrategy[str]:
    ids = {"id": st.sampled_from(["q", "q-1", "007", "Größe", "1.5", "true", "null"])}
    themes = tuple(("id", "themes", *core) for core in CORES) + tuple(("id", *core) for core in CORES)
    more = [key for key in QUESTION if key not in {"order", "pairs", "cloze", "statement", "regions"}]
    return holders(ids | QUESTION, themes, more)


SOURCE = {
    "id": st.sampled_from(["s", "2057"]),
    **dict.fromkeys(["title", "short", "author", "publisher", "issue", "date"], words | st.just("1998")),
    "url": st.sampled_from(["https://example.org/a", "HTTP://example.org", '"https:\\n//example.org"']),
    "skip": places | st.just("[]"),
}
DECK = {
    "deck": st.sampled_from(["D", "'D::E'", "1917", "'a :: b'", '"D\\n"', "true"]),
    "questions": listed(questions() | scalars, 0, 3) | listed(questions(), 1, 2),
    "source": holders(SOURCE, (("id", "title"),), list(SOURCE)),
    "defaults": st.sampled_from(["{themes: t}", "{typed: true}", "{themes: [t], typed: false}", "{points: 2}", "{}"]),
}
SELECTION = {
    **dict.fromkeys(["decks", "sources", "themes", "questions"], texts),
    "kinds": st.sampled_from(["cloze", "[cloze, order]", "[]"]),
    "difficulty": st.sampled_from(["1", "[1, '3']"]),
    "count": st.sampled_from(["1", "1000", "'20'"]),
}
SECTION = {"title": words, **SELECTION}
QUIZ = {
    "id": st.sampled_from(["q", "1"]),
    "title": words,
    **SELECTION,
    "sections": st.sampled_from(["kind", "theme"]) | listed(holders(SECTION, (("title",),), list(SECTION)), 1, 2),
    "versions": st.sampled_from(["1", "26"]),
    "together": flags,
    "seed": st.sampled_from(["0", "'1917'", "999999999"]),
    "date": st.sampled_from(["2026-11-24", "'2024-02-29'"]),
    "paper": st.sampled_from(["a4", "letter"]),
    "layout": st.sampled_from(["large", "two-column"]),
    "to": st.sampled_from(["pdf", "[html, cards]"]),
    "template": words,
    "flip": st.sampled_from(["long", "short"]),
    "offset": st.sampled_from(["'1.5,-2'", "[1.5, -2]", "['0', 50]"]),
    "per_page": st.sampled_from(["8", "'10'"]),
}
BANK = {
    "bank": st.sampled_from(["b", "1917"]),
    "title": words,
    "themes": st.sampled_from(["{t: T}", "{t: T, 1917: {title: T, description: D}}", "{}", "{t: 1917}"]),
    "calendar": st.sampled_from(["Old Style", "[Old Style, New Style]", "{words: Old Style, until: 1918}"]),
    "language": st.sampled_from(["en", "de", "' en'", "uk"]),
    "quizzes": listed(holders(QUIZ, (("id", "title"),), list(QUIZ)), 0, 2),
    "ignore": texts,
    "paper": st.sampled_from(["a4", "letter"]),
    "layout": st.sampled_from(["standard", "spaced"]),
    **dict.fromkeys(["author", "school", "logo"], words),
}
decks = holders(DECK, (("deck", "questions"), ("deck", "source", "questions")), ["source", "defaults"])
banks = holders(BANK, (("bank", "title", "themes"),), list(BANK))


WITHIN = {
    "question": ("deck", "{deck: D, questions: [%s]}"),
    "defaults": ("deck", "{deck: D, defaults: %s, questions: [{id: q, question: Q, answer: A},"
                         " {id: r, themes: t, question: Q, answer: A, distractors: [B, C]},"
                         " {id: s, themes: t, image: f.png, alt: A, regions: [{answer: A, at: [1, 2, 3, 4]}]}]}"),
    "region": ("deck", "{deck: D, questions: [{id: q, themes: t, image: f.png, alt: A, regions: [%s]}]}"),
    "content": ("deck", "{deck: D, questions: [{id: q, themes: t, question: %s, answer: A}]}"),
    "source": ("deck", "{deck: D, source: %s, questions: []}"),
    "deck": ("deck", "%s"),
    "bank": ("bank", "%s"),
    "calendar": ("bank", "{bank: b, title: T, themes: {t: T}, calendar: %s}"),
    "theme": ("bank", "{bank: b, title: T, themes: {t: %s}}"),
    "quiz": ("bank", "{bank: b, title: T, themes: {t: T}, quizzes: [%s]}"),
    "section": ("bank", "{bank: b, title: T, themes: {t: T}, quizzes: [{id: q, title: Q, sections: [%s]}]}"),
}  # fmt: skip
"""Where a holder of keys stands, in the smallest file that has it."""

IDENTITY = {"id": "q", "themes": "t"}
HOLDERS: list[tuple[str, dict[str, str]]] = [
    ("question", {**IDENTITY, "question": "Q", "answer": "A"}),
    ("question", {**IDENTITY, "question": "Q", "answer": "A", "typed": "true"}),
    ("question", {**IDENTITY, "question": "Q", "answer": "A", "distractors": "[B, C]"}),
    ("question", {**IDENTITY, "statement": "S", "answer": "true"}),
    ("question", {**IDENTITY, "cloze": "'{{c1::x}}'"}),
    ("question", {**IDENTITY, "question": "Q", "order": "[A, B, C]"}),
    ("question", {**IDENTITY, "question": "Q", "pairs": "{A: B, C: D}", "distractors": "E"}),
    ("question", {**IDENTITY, "question": "Q", "pairs": "{A: B, C: D, E: F}"}),
    ("defaults", {"themes": "t"}),
    ("question", {**IDENTITY, "question": "Q", "answer": "A", "image": "mole.png", "alt": "A wall"}),
    ("question", {**IDENTITY, "statement": "S", "answer": "true", "audio": "horn.mp3", "alt": "A horn"}),
    ("question", {**IDENTITY, "image": "port.png", "alt": "A port", "regions": "[{answer: A, at: [1, 2, 3, 4]}]"}),
    ("region", {"answer": "A", "at": "[1, 2, 3, 4]"}),
    ("content", {"text": "Q"}),
    ("content", {"image": "mole.png", "audio": "horn.mp3", "alt": "{image: A wall, audio: A horn}"}),
    ("source", {"id": "s", "title": "T"}),
    ("deck", {"deck": "D", "questions": "[{id: q, question: Q, answer: A, themes: t}]"}),
    ("deck", {"deck": "D", "defaults": "{typed: true}", "questions": "[{id: q, question: Q, answer: A, accept: B}]"}),
    ("bank", {"bank": "b", "title": "T", "themes": "{t: T}"}),
    ("theme", {"title": "T"}),
    ("calendar", {"words": "Old Style"}),
    ("quiz", {"id": "q", "title": "Q"}),
    ("quiz", {"id": "q", "title": "Q", "count": "5"}),
    ("section", {"title": "Q"}),
]
"""Right ones, to be spoilt."""
