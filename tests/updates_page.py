"""Outcomes of the matrix → the tables of docs/updates.md, in a teacher's words."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Final, TypeAlias

from changes import CHANGES, KINDS
from matrix import CHOICES, Outcome
from students import HABITS, LOOKS

_BLOCK = re.compile(r"(<!-- tried: (.+?) -->\n).*?(<!-- /tried -->)", re.DOTALL)

IMPORTED: Final[Mapping[str, str]] = {
    "default": "as usual",
    "always": "*Always*",
    "never": "*Never*",
    "merge": "*Merge note types*",
    "merge and always": "*Merge note types* and *Always*",
}
SAYS: Final[Mapping[str, str]] = {
    "new": "new",
    "updated": "updated",
    "duplicate": "already there",
    "conflicting": "not imported, as the note type has changed",
    "absent": "nothing",
}
DOES: Final[Mapping[str, str]] = {
    "studied": "has studied it",
    "unseen": "has not studied it yet",
    "wrote": "has written in it, before you built the release",
    "wrote later": "has written in it, since",
    "tagged": "has given it a tag, before you built the release",
    "tagged later": "has given it a tag, since",
    "marked": "has marked it, before you built the release",
    "marked later": "has marked it, since",
    "leech": "has forgotten it so often that Anki tagged it as a leech, before you built the release",
    "leech later": "has forgotten it as often, since",
    "suspended": "has suspended it",
    "buried": "has buried it",
    "flagged": "has flagged it",
    "moved": "has moved it to a deck of his own",
    "crammed": "has it in a filtered deck",
    "deleted": "has deleted it",
    "restyled": "has given our cards a look of his own, before the new look was made",
    "restyled later": "has given our cards a look of his own, since",
    "widened": "has added a field to our note type",
}

Column: TypeAlias = tuple[str, Callable[[Outcome], str]]

COLUMNS: Final[Sequence[Column]] = (
    ("text", lambda o: o.text),
    ("tags", lambda o: o.tags),
    ("deck", lambda o: o.deck),
    ("look", lambda o: o.look),
    ("cards", lambda o: _cards(o)),
    ("reviews", lambda o: "kept" if o.kept else "lost"),
    ("Anki says", lambda o: SAYS[o.report]),
)


def tables(tried: Mapping[str, Sequence[Outcome]]) -> dict[str, str]:
    """A table for each change, and one for what students do to notes (`habits`) and to note types (`looks`).

    `tried` has the outcomes by change.
    """
    single = [change for change in CHANGES if change != "text and style"]
    every = {change: _change([o for o in tried[change] if o.student == "studied"]) for change in single}
    return every | {"habits": _habits(tried), "looks": _looks(tried["text and style"])}


def filled(document: str, made: Mapping[str, str]) -> str:
    """The document with each table in its place."""
    return _BLOCK.sub(lambda match: f"{match[1]}{made[match[2]]}{match[3]}", document)


def placed(document: str) -> list[str]:
    """The names of the tables that the document has a place for."""
    return [match[2] for match in _BLOCK.finditer(document)]


def _change(outcomes: Sequence[Outcome]) -> str:
    """What became of the questions that were changed, a line for all that fared alike."""
    shown = [o for o in outcomes if o.kind in CHANGES[o.change].kinds]
    columns = [(head, cell) for head, cell in COLUMNS if {cell(outcome) for outcome in shown} != {"same"}]
    lines: dict[tuple[str, ...], dict[str, set[str]]] = {}
    for outcome in shown:
        cells = tuple(cell(outcome) for _, cell in columns)
        lines.setdefault(cells, {}).setdefault(outcome.choice, set()).add(outcome.kind)
    rows = []
    for cells, choices in lines.items():
        for kinds in {tuple(sorted(kinds)): kinds for kinds in choices.values()}.values():
            alike = [choice for choice in CHOICES if choices.get(choice) == kinds]
            rows.append((_imported(alike) + _of_kinds(kinds, {o.kind for o in shown}), *cells))
    return _table(["imported", *(head for head, _ in columns)], rows)


def _imported(choices: Sequence[str]) -> str:
    if len(choices) == len(CHOICES):
        return "in any way"
    if len(choices) == len(CHOICES) - 1:
        (missing,) = set(CHOICES) - set(choices)
        return f"in any way but {IMPORTED[missing]}"
    return ", ".join(IMPORTED[choice] for choice in choices)


def _of_kinds(kinds: Set[str], of_all: Set[str]) -> str:
    """Which questions a line is about, if not about all."""
    if kinds == of_all:
        return ""
    left_out = [kind for kind in KINDS if kind in of_all - kinds]
    named = [kind for kind in KINDS if kind in kinds]
    return f": all but {', '.join(left_out)}" if len(left_out) < len(named) else f": {', '.join(named)}"


def _cards(outcome: Outcome) -> str:
    if outcome.copies > 1:
        return "the old one stays, a new one comes beside it"
    if outcome.more:
        return "a new one comes, without text" if outcome.blank else "a new one comes"
    return "that card stays, without text" if outcome.blank else "same"


def _habits(tried: Mapping[str, Sequence[Outcome]]) -> str:
    heads = [f"a question you {did}, imported {IMPORTED[choice]}" for choice, did in _SITUATIONS]
    rows = [
        (DOES[habit], *(_after(habit, _only(tried[_DID[did]], habit, choice)) for choice, did in _SITUATIONS))
        for habit in HABITS
    ]
    return _table(["the student …", *heads], rows)


_DID: Final = {"corrected": "text", "left alone": "nothing"}
_SITUATIONS: Final = [(choice, did) for choice in ("default", "always") for did in _DID]


def _after(habit: str, outcome: Outcome) -> str:
    """What the student has of a question with which he did something."""
    if outcome.report == "new":
        return "it comes back as a new card"
    corrected = {"new": "corrected", "old": "not corrected"}[outcome.text] if outcome.change == "text" else ""
    if habit.startswith("wrote"):
        own = "his words stay" if outcome.text == "old" else "his words are gone"
    elif outcome.tags in {"old", "new"}:
        own = "the tag stays" if outcome.tags == "old" else "the tag is gone"
    else:
        own = "" if habit in {"studied", "unseen"} else "it stays so"
    return "; ".join(filter(None, (corrected, own))) or "as it was"


def _looks(outcomes: Sequence[Outcome]) -> str:
    rows = []
    for habit in LOOKS:
        cells = []
        for choice in CHOICES:
            outcome = _only(outcomes, habit, choice)
            corrected = "corrected" if outcome.text == "new" else "not corrected"
            cells.append(f"{corrected}; {'our new look' if outcome.look == 'new' else 'the look he had'}")
        rows.append((DOES[habit], *cells))
    return _table(["the student …", *IMPORTED.values()], rows)


def _only(outcomes: Iterable[Outcome], habit: str, choice: str) -> Outcome:
    """The outcome of a habit for a short answer; the tests see that other kinds fare alike."""
    return next(o for o in outcomes if (o.student, o.choice, o.kind) == (habit, choice, "short answer"))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
