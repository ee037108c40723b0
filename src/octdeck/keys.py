"""Every key that a teacher may write: what it means, and examples. For editors (json_schema.py) and docs/decks.md.

A new key gets a line here, in the order in which docs/decks.md is to list it; `make golden` does the rest.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

from msgspec import Struct


class Key(Struct, frozen=True):
    """What a key means, in inline Markdown; `examples` are values of it, as an editor would read them."""

    says: str
    examples: tuple[Any, ...] = ()


Keys: TypeAlias = Mapping[str, Key]

DECK: Keys = {
    "deck": Key(
        "the deck's name in Anki, with `::` between a deck and the deck within it; required",
        ("Harbours::The old port",),
    ),
    "source": Key(
        "the article that the questions are about, with its `id`, its `title` and what else it states of itself",
        ({"id": "old-port", "title": "The old port: a history in four parts"},),
    ),
    "defaults": Key(
        "values for questions that do not say otherwise, for any key of a question but what it asks and answers",
        ({"difficulty": 2},),
    ),
    "questions": Key("the questions, in the order in which students meet them; required"),
}

SOURCE: Keys = {
    "id": Key(
        "its name in the bank, by which other deck files cite it and its article is found; required", ("old-port",)
    ),
    "title": Key("required", ("The old port: a history in four parts",)),
    "short": Key("how cards and sheets cite it; the title unless said otherwise", ("The old port",)),
    "author": Key("as the article states it"),
    "publisher": Key("a newspaper, a journal, a publishing house"),
    "issue": Key("the number of the issue", (2057, "4/1998")),
    "date": Key("the day or year of publication, as the article states it", (1998, "6 October 2017")),
    "url": Key("its address on the web", ("https://example.org/old-port",)),
    "skip": Key(
        "the paragraphs that are not worth a question, as in `[1-5, 22-34]`: [coverage](provenance.md#coverage) asks "
        "for none there",
        (["1-5", "22-34"], 3),
    ),
}

QUESTION: Keys = {
    "id": Key(
        "its name, unique in the bank: letters, digits, `-`, `_`, `.`. Students' reviews hang on it: never change it. "
        "Required",
        ("east-quay-cargo",),
    ),
    "question": Key("what is asked, unless it is a statement or a gap text", ("What was shipped from the east quay?",)),
    "answer": Key(
        "the right answer; with `distractors`, a list if several are right; with `statement`, `true` or `false`",
        ("Slate",),
    ),
    "distractors": Key(
        "wrong options, which make it multiple choice; with `pairs`, rights that belong to none",
        (["Herring", "Timber", "Coal"],),
    ),
    "statement": Key("a sentence, true or false", ("The east quay was built before the west quay.",)),
    "cloze": Key(
        "a text with gaps: `{{c1::hidden}}`, or `{{c1::hidden::hint}}`; gaps of one number open together",
        ("The quarry railway ended on the {{c1::east::a direction}} quay.",),
    ),
    "order": Key(
        "three or more things, in the right order",
        (["the mole is built", "the railway comes", "the ferry is sold"],),
    ),
    "pairs": Key(
        "things to match, as `left: right`",
        ({"east quay": "slate", "west quay": "herring", "new quay": "timber"},),
    ),
    "regions": Key(
        "parts of the `image` that are covered, each on a card of its own; see "
        "[pictures with regions](#pictures-with-regions)",
        ([{"answer": "the mole", "at": [12, 40, 20, 10]}, {"answer": "the new quay", "at": [60, 35.5, 25, 8]}],),
    ),
    "hide": Key(
        "with `regions`: `all` are covered while one of them is asked for, or only that `one`; `all` by default",
        ("one",),
    ),
    "typed": Key("short answers only: `true` lets the student type the answer", (True,)),
    "accept": Key("typed answers only: other right answers", (["slates", "roofing slate"],)),
    "reverse": Key(
        "short answers only: `true` makes a second card, which shows the answer and asks for the question", (True,)
    ),
    "image": Key(
        "a picture below what is asked: a PNG, JPEG, GIF, WebP or SVG file in the bank's folder; see "
        "[pictures and sounds](#pictures-and-sounds)",
        ("map.png", "pictures/mole-1897.jpg"),
    ),
    "audio": Key("a sound below what is asked: an MP3, Ogg, Opus, WAV, M4A or FLAC file", ("foghorn.mp3",)),
    "alt": Key(
        "what the picture or the sound shows, in words, for those who cannot see or hear it; required with either",
        ("A map of the harbour with four quays", {"image": "The mole in fog", "audio": "A foghorn, two blasts"}),
    ),
    "themes": Key("one or more themes of `bank.yaml`. Required", (["building"],)),
    "cites": Key(
        "the paragraphs that support it: `27`, `26-28`, `[9, 26-28]`, or by source `{old-port: 4, new-port: [2, 7]}`",
        (27, "26-28", [9, "26-28"], {"old-port": 4, "new-port": [2, 7]}),
    ),
    "claim": Key('`true`: this is the source\'s judgement; card and sheet say "According to …"', (True,)),
    "explain": Key("shown with the answer, and in the key", ("The quarry railway ended there.",)),
    "caution": Key(
        "what could mislead, or where others disagree: shown with the answer, and in the key",
        ("Other histories of the port name the west quay.",),
    ),
    "hint": Key("on the card behind a tap, on paper below the question", ("It came by rail.",)),
    "difficulty": Key("1 recall, 2 understanding, 3 comparing and judging", (1, 2, 3)),
    "points": Key("on paper; 1 unless said otherwise, halves allowed", (2, 0.5)),
    "lines": Key(
        "lines to write on; by the answer's length unless said otherwise. For other kinds than short answers they come "
        "below",
        (3,),
    ),
    "fixed": Key(
        "multiple choice only: `true` keeps the options in your order. Repeat the answer among the `distractors` to "
        "give it its place",
        (True,),
    ),
    "last": Key('multiple choice only: options that stay at the end, such as "None of these"', ("None of these",)),
    "paper": Key("`false` leaves the question out on paper", (False,)),
    "anki": Key("`false` leaves it out of the Anki decks", (False,)),
    "retired": Key(
        "`true` withdraws a question that students have: their card says so and gets the tag `retired`; paper leaves "
        "it out",
        (True,),
    ),
    "ignore": Key("codes of warnings that do not fit this question: `[OD301]`", (["OD301"],)),
}

REGION: Keys = {
    "answer": Key("what stands there; required", ("the mole",)),
    "at": Key(
        "its left edge, its top edge, its width and its height, in per cent of the picture's own; required",
        ([12, 40, 20, 10], [12, 40.5, 20, 10.25]),
    ),
    "shape": Key("`rect` or `ellipse`; `rect` by default", ("ellipse",)),
    "card": Key("the number of its card, by its place in the list unless said otherwise", (3,)),
}

CONTENT: Keys = {
    "text": Key("the words above the picture", ("The mole",)),
    "image": Key("a picture: a PNG, JPEG, GIF, WebP or SVG file in the bank's folder", ("mole.png",)),
    "audio": Key("a sound: an MP3, Ogg, Opus, WAV, M4A or FLAC file in the bank's folder", ("foghorn.mp3",)),
    "alt": Key("what the picture or the sound shows, in words; required with either", ("A wall of stones in the sea",)),
}
"""What may stand in place of a text of a question: a text with a picture, or a picture alone."""

BANK: Keys = {
    "bank": Key("the bank's id, part of every card's identity; required, and for ever", ("harbours",)),
    "title": Key("its name; required", ("Harbours",)),
    "language": Key(
        "of the questions, and of the words that octdeck itself puts on cards and sheets; `en` unless said otherwise"
    ),
    "themes": Key(
        "every theme that a question may have, as `id: title`, or an id with `title` and `description`; required",
        ({"building": "Building", "trade": {"title": "Trade", "description": "What was shipped, and where to."}},),
    ),
    "quizzes": Key("quizzes that `octdeck build` makes, each with a key; a list of settings"),
    "ignore": Key("codes of warnings that do not interest you, for the whole bank", (["OD301"],)),
    "paper": Key("of all sheets, unless a quiz says otherwise: `a4` or `letter`; `a4` by default", ("letter",)),
    "layout": Key(
        "of all sheets, unless a quiz says otherwise: `standard`, `large`, `spaced` or `two-column`; `standard` by "
        "default",
        ("large",),
    ),
    "school": Key("a line of text for the head of all sheets", ("Harbour School, year 9",)),
    "logo": Key("a picture for the head of all sheets: PNG, JPEG or SVG, in the bank's folder", ("logo.png",)),
    "author": Key(
        "who made the sheets, a teacher or a department: in the files' properties, not on paper; the school unless "
        "said otherwise",
        ("History department",),
    ),
    "calendar": Key(
        "words of which one is to stand with each date, where two calendars were in use; or `words` and `until`",
        (["Old Style", "New Style"], {"words": ["Old Style", "our calendar"], "until": 1918}),
    ),
}

CALENDAR: Keys = {
    "words": Key("the words that tell the calendar; required", (["Old Style", "New Style"], "Old Style")),
    "until": Key("the last year whose dates need one of them; all dates unless said otherwise", (1918,)),
}

THEME: Keys = {
    "title": Key("its name, as sheets print it; required", ("Trade",)),
    "description": Key("what belongs to it", ("What was shipped, and where to.",)),
}

_SELECTION: Keys = {
    "decks": Key("names of deck files, without `.yaml`", (["old-port"],)),
    "sources": Key("ids of sources", (["old-port"],)),
    "themes": Key("ids of themes", (["building", "trade"],)),
    "kinds": Key(
        "short-answer, multiple-choice, true-false, cloze, order, match, occlusion",
        (["multiple-choice", "true-false"], "cloze"),
    ),
    "difficulty": Key("1, 2, 3", (1, [1, 2])),
    "questions": Key("ids of questions", (["mole-meaning", "east-quay-cargo"],)),
    "count": Key("so many questions, the themes taking turns; all that fit by default", (20,)),
}

SECTION: Keys = {"title": Key("the heading; required", ("To warm up",)), **_SELECTION}

QUIZ: Keys = {
    "id": Key("what the files are called; required", ("spring-test",)),
    "title": Key("what the sheet is called; required", ("Spring test",)),
    **_SELECTION,
    "sections": Key(
        "parts of the quiz, each under a heading: a word to group by (kind, theme, deck, difficulty), or a list",
        ("kind", [{"title": "To warm up", "difficulty": 1, "count": 8}]),
    ),
    "versions": Key("so many versions: A, B, C …; 1 by default", (2,)),
    "together": Key(
        "all versions in one PDF for the copier, each from a front page with page 1; otherwise a PDF each", (True,)
    ),
    "seed": Key("another number gives another choice and another order; 0 by default", (1917,)),
    "date": Key(
        "the day of the quiz, as `2026-11-24`; printed as the language writes it, in place of the line for it",
        ("2026-11-24",),
    ),
    "paper": Key("a4 or letter", ("letter",)),
    "layout": Key("standard, large (large print), spaced (for dyslexic readers) or two-column", ("large",)),
    "to": Key(
        "formats: pdf, html, docx, cards, csv. In `bank.yaml` they stand in place of the paper formats of "
        "`octdeck build --to`",
        (["pdf", "html"], "cards"),
    ),
    "template": Key("[your own layout](templates.md); in `bank.yaml` a file in the bank's folder", ("own.typ",)),
    "flip": Key(
        "for cards: long or short, the edge over which the printer turns the paper; long by default", ("short",)
    ),
    "offset": Key(
        "for cards: moves the backs so many millimetres to the right and down, as `1.5,-2`", ("1.5,-2", [1.5, -2])
    ),
    "per_page": Key("for cards: 8 or 10 on a page; 8 by default", (10,)),
}
