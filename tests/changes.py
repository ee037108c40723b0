"""What the update matrix is made of: every kind of question, and every change that a teacher, or octdeck, can make."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

from octdeck import notetypes
from octdeck.notetypes import NoteType

Data: TypeAlias = Mapping[str, Any]
"""A question as YAML has it; as a patch, the keys that change, with None for a key that goes."""

KINDS: Final[Mapping[str, Data]] = {
    "short answer": {"question": "Who kept the light?", "answer": "The warden"},
    "typed answer": {"question": "Which bird nests here?", "answer": "Tern", "typed": True, "accept": ["a tern"]},
    "with a reverse": {"question": "What is a mole?", "answer": "A wall in the sea", "reverse": True},
    "one right option": {"question": "What was shipped?", "answer": "Slate", "distractors": ["Salt", "Coal"]},
    "several right": {"question": "Which ships called?", "answer": ["Brig", "Barge"], "distractors": ["Raft", "Punt"]},
    "true or false": {"statement": "The harbour froze.", "answer": True},
    "gap text": {"cloze": "The {{c1::light}} stood in the {{c2::north}}."},
    "put in order": {"question": "In which order?", "order": ["Dredging", "Piling", "Paving"]},
    "match": {"question": "Who did what?", "pairs": {"Pilot": "steered", "Clerk": "counted", "Smith": "forged"}},
}
MAIN: Final = tuple(kind for kind in KINDS if kind != "gap text")
GAP: Final = "The {{c1::old light}} stood here."


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two releases. `patches` are made to the questions of a kind after the first release.

    `before` are made to them already for the first one. `gone` takes the kinds of `patches` out of the bank: for good,
    or, with `back`, for one release in between. `new_id` renames them. `note_types` are those of the last release.
    """

    title: str
    patches: Mapping[str, Data]
    before: Data = field(default_factory=dict)
    deck: str | None = None
    reversed: bool = False
    gone: bool = False
    back: bool = False
    new_id: bool = False
    note_types: tuple[NoteType, ...] = ()


def every(**patch: object) -> Mapping[str, Data]:
    """The same patch for all kinds."""
    return dict.fromkeys(KINDS, patch)


def _as(**question: object) -> Data:
    """A patch that makes another kind of question of any."""
    keys = {key for data in KINDS.values() for key in data}
    return dict.fromkeys(keys) | question


def _looking(**values: object) -> tuple[NoteType, ...]:
    return tuple(replace(kind, **values) for kind in notetypes.released())  # type: ignore[arg-type]


def _fronts(front: str, newer: int) -> tuple[NoteType, ...]:
    """The note types with another text in the template of each first card."""
    return tuple(
        replace(kind, templates=(replace(kind.templates[0], front=kind.templates[0].front + front), *kind.templates[1:]),
                changed=kind.changed + newer)
        for kind in notetypes.released()
    )  # fmt: skip


_DAY: Final = 24 * 3600

CHANGES: Final[Mapping[str, Change]] = {
    "nothing": Change("build again a year later without a change", {}),
    "text": Change(
        "correct the wording of a question",
        {kind: {"question": "What, in better words?"} for kind in MAIN if "question" in KINDS[kind]}
        | {"true or false": {"statement": "The old harbour froze."}, "gap text": {"cloze": "A {{c1::light}} in the {{c2::north}}."}},
    ),
    "answer": Change(
        "correct an answer",
        dict.fromkeys(("short answer", "typed answer", "with a reverse", "one right option"), {"answer": "Another answer"})
        | {
            "several right": {"answer": ["Brig", "Ferry"]},
            "true or false": {"answer": False},
            "gap text": {"cloze": "The {{c1::lamp}} stood in the {{c2::south}}."},
            "put in order": {"order": ["Piling", "Dredging", "Paving"]},
            "match": {"pairs": {"Pilot": "counted", "Clerk": "steered", "Smith": "forged"}},
        },
    ),
    "options": Change(
        "change the options: distractors, accepted answers, steps, pairs",
        {
            "typed answer": {"accept": ["a tern", "the tern"]},
            "one right option": {"distractors": ["Salt", "Coal", "Wool"]},
            "several right": {"distractors": ["Raft"]},
            "put in order": {"order": ["Dredging", "Piling", "Paving", "Lighting"]},
            "match": {"distractors": ["mended"]},
        },
    ),
    "order of options": Change(
        "put the options in an order of your own (`fixed`, `last`)",
        {"one right option": {"fixed": True}, "several right": {"last": ["Brig"]}},
    ),
    "explanation": Change(
        "add an explanation, a hint or a caution", every(explain="Because.", hint="Think.", caution="Others differ.")
    ),
    "tags": Change("give another difficulty, and so another tag", every(difficulty=3)),
    "theme": Change("give other themes", every(themes=["two"])),
    "deck": Change("give the deck another name", {}, deck="Matrix::After"),
    "order": Change("put the questions in another order", {}, reversed=True),
    "kind": Change(
        "make another kind of question of it, gap texts aside",
        {
            "short answer": _as(statement="The warden kept the light.", answer=True),
            "typed answer": _as(question="Which bird?", answer="Tern", distractors=["Gull", "Skua"]),
            "with a reverse": {"typed": True},
            "one right option": _as(question="What came first?", order=["Slate", "Salt", "Coal"]),
            "several right": _as(question="Which was what?", pairs={"Brig": "fast", "Barge": "slow", "Raft": "flat"}),
            "true or false": _as(question="Did it freeze?", answer="It did"),
            "put in order": _as(question="What was first?", answer="Dredging", distractors=["Piling", "Paving"]),
            "match": _as(question="Who steered?", answer="The pilot", typed=True),
        },
    ),
    "second card": Change(
        "add a second card (`reverse: true`, or another gap number)",
        {"short answer": {"reverse": True}, "gap text": {"cloze": "The {{c1::light}} stood in the {{c2::north}} {{c3::pier}}."}},
    ),
    "no second card": Change(
        "take a second card away (`reverse`, or a gap number)",
        {"with a reverse": {"reverse": None}, "gap text": {"cloze": "The {{c1::light}} stood in the north."}},
    ),
    "to a gap text": Change("make a gap text of a question", dict.fromkeys(MAIN, _as(cloze=GAP))),
    "from a gap text": Change("make another kind of a gap text", {"gap text": _as(question="What stood here?", answer="A light")}),
    "removed": Change("take a question out of the bank", every(), gone=True),
    "returned": Change("take a question out, and bring it back later with other text", every(explain="Back."), gone=True, back=True),
    "retired": Change("withdraw a question (`retired: true`)", every(retired=True)),
    "restored": Change("take `retired: true` away again", every(retired=None), before={"retired": True}),
    "id": Change("change the `id` of a question", every(), new_id=True),
    "template": Change("a newer octdeck: cards built in another way", {}, note_types=_fronts("<hr>", _DAY)),
    "style": Change("a newer octdeck: another look", {}, note_types=_looking(style="b { }", changed=notetypes.CHANGED + _DAY)),
    "version": Change(
        "a newer octdeck: a spare field gets a name",
        {},
        note_types=tuple(
            replace(kind, fields=tuple(name.replace("Spare 1", "Picture") for name in kind.fields), changed=kind.changed + _DAY)
            for kind in notetypes.released()
        ),
    ),
    "undated": Change("(in octdeck) change a template and forget its date", {}, note_types=_fronts("<hr>", 0)),
    "field": Change(
        "(in octdeck) add a field",
        every(explain="Because."),
        note_types=tuple(
            replace(kind, fields=(*kind.fields, "One more"), changed=kind.changed + _DAY) for kind in notetypes.released()
        ),
    ),
}  # fmt: skip
