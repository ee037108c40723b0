"""What the update matrix is made of: every kind of question, and every change that a teacher, or octdeck, can make."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from octdeck import notetypes
from octdeck.notetypes import NoteType

Data: TypeAlias = Mapping[str, Any]
"""A question as YAML has it; as a patch, the keys that change, with None for a key that goes."""

PICTURE: Final = "map.svg"
PLACES: Final[Sequence[Data]] = (
    {"answer": "Quay", "at": [10, 10, 20, 20]},
    {"answer": "Mole", "at": [50, 50, 20, 20]},
    {"answer": "Pier", "at": [70, 10, 20, 20]},
)

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
    "picture": {"question": "What is where?", "image": PICTURE, "alt": "A map", "regions": PLACES[:2]},
}
MAIN: Final = tuple(kind for kind in KINDS if kind not in {"gap text", "picture"})  # those of the first note type


class Change(Struct, frozen=True):
    """What differs between two releases: `patches` are made to the questions of a kind for the last one.

    `before` is made to all questions already for the first one. `gone` takes the kinds of `patches` out of the bank,
    for good or, with `back`, for one release in between. `new_id` renames them. `deck` is the last release's name of
    the deck, `note_types` are its note types; `reversed` turns its questions round. With `other_picture`, the file
    PICTURE in the bank's folder is another one.
    """

    patches: Mapping[str, Data]
    before: Data = {}
    gone: bool = False
    back: bool = False
    new_id: bool = False
    deck: str | None = None
    reversed: bool = False
    other_picture: bool = False
    note_types: tuple[NoteType, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of question that are touched; all, where it is no matter of single questions."""
        return tuple(self.patches) or tuple(KINDS)


def _each(kinds: Sequence[str], **patch: object) -> dict[str, Data]:
    """The same patch for several kinds."""
    return dict.fromkeys(kinds, patch)


def _all(**patch: object) -> dict[str, Data]:
    return _each(tuple(KINDS), **patch)


def _as(**question: object) -> Data:
    """A patch that makes another kind of question of any."""
    keys = {key for data in KINDS.values() for key in data}
    return dict.fromkeys(keys) | question


def _later(kind: NoteType, days: int = 1) -> NoteType:
    return replace(kind, changed=kind.changed + days * 24 * 3600)


def _with_line(kind: NoteType) -> NoteType:
    """The note type with a line on each first card."""
    first, *rest = kind.templates
    return replace(kind, templates=(replace(first, front=f"{first.front}<hr>"), *rest))


_TYPES: Final = notetypes.released()

TEXTS: Final[Mapping[str, Change]] = {
    "text": Change(
        _each([kind for kind in KINDS if "question" in KINDS[kind]], question="What, in better words?")
        | _each(["true or false"], statement="The old harbour froze.")
        | _each(["gap text"], cloze="A {{c1::light}} in the {{c2::north}}.")
    ),
    "answer": Change(
        _each(["short answer", "typed answer", "with a reverse", "one right option"], answer="Another answer")
        | _each(["several right"], answer=["Brig", "Ferry"])
        | _each(["true or false"], answer=False)
        | _each(["gap text"], cloze="The {{c1::lamp}} stood in the {{c2::south}}.")
        | _each(["put in order"], order=["Piling", "Dredging", "Paving"])
        | _each(["match"], pairs={"Pilot": "counted", "Clerk": "steered", "Smith": "forged"})
        | _each(["picture"], regions=[{**PLACES[0], "answer": "Old quay"}, PLACES[1]])
    ),
    "options": Change(
        _each(["typed answer"], accept=["a tern", "the tern"])
        | _each(["one right option"], distractors=["Salt", "Coal", "Wool"])
        | _each(["several right"], distractors=["Raft"])
        | _each(["put in order"], order=["Dredging", "Piling", "Paving", "Lighting"])
        | _each(["match"], distractors=["mended"])
    ),
    "order of options": Change(_each(["one right option"], fixed=True) | _each(["several right"], last=["Brig"])),
    "explanation": Change(_all(explain="Because.", hint="Think.", caution="Others differ.")),
    "image": Change(_all(), before={"image": PICTURE, "alt": "A map"}, other_picture=True),
    "tags": Change(_all(difficulty=3)),
    "theme": Change(_all(themes=["two"])),
    "kind": Change(
        {
            "short answer": _as(statement="The warden kept the light.", answer=True),
            "typed answer": _as(question="Which bird?", answer="Tern", distractors=["Gull", "Skua"]),
            "with a reverse": {"typed": True},
            "one right option": _as(question="What came first?", order=["Slate", "Salt", "Coal"]),
            "several right": _as(question="Which was what?", pairs={"Brig": "fast", "Barge": "slow", "Raft": "flat"}),
            "true or false": _as(question="Did it freeze?", answer="It did"),
            "put in order": _as(question="What was first?", answer="Dredging", distractors=["Piling", "Paving"]),
            "match": _as(question="Who steered?", answer="The pilot", typed=True),
        }
    ),
    "retired": Change(_all(retired=True)),
    "restored": Change(_all(retired=None), before={"retired": True}),
    "returned": Change(_all(explain="Back again."), gone=True, back=True),
}
"""What corrects a question; an import as usual brings it."""

OTHERS: Final[Mapping[str, Change]] = {
    "nothing": Change({}),
    "order": Change({}, reversed=True),
    "deck": Change({}, deck="Matrix::After"),
    "second card": Change(
        _each(["short answer"], reverse=True)
        | _each(["gap text"], cloze="The {{c1::light}} stood in the {{c2::north}} {{c3::pier}}.")
        | _each(["picture"], regions=PLACES)
    ),
    "no second card": Change(
        _each(["with a reverse"], reverse=None)
        | _each(["gap text"], cloze="The {{c1::light}} stood in the north.")
        | _each(["picture"], regions=PLACES[:1])
    ),
    "to a gap text": Change(_each([*MAIN, "picture"], **_as(cloze="The {{c1::old light}} stood here."))),
    "to a picture": Change(_each([*MAIN, "gap text"], **_as(image=PICTURE, alt="A map", regions=PLACES))),
    "from either": Change(_each(["gap text", "picture"], **_as(question="What stood here?", answer="A light"))),
    "removed": Change(_all(), gone=True),
    "id": Change(_all(), new_id=True),
}

LOOKS: Final[Mapping[str, Change]] = {
    "template": Change({}, note_types=tuple(_later(_with_line(kind)) for kind in _TYPES)),
    "style": Change({}, note_types=tuple(_later(replace(kind, style="b { }")) for kind in _TYPES)),
    "version": Change(
        {},
        note_types=tuple(
            _later(replace(kind, fields=tuple(name.replace("Spare 1", "Picture") for name in kind.fields)))
            for kind in _TYPES
        ),
    ),
    "undated": Change({}, note_types=tuple(_with_line(kind) for kind in _TYPES)),
    "field": Change(
        _all(explain="Because."),
        note_types=tuple(_later(replace(kind, fields=(*kind.fields, "One more"))) for kind in _TYPES),
    ),
}
"""What a newer octdeck may change in its note types, and, last, what it must not."""

CHANGES: Final[Mapping[str, Change]] = {
    **TEXTS,
    **OTHERS,
    **LOOKS,
    "text and style": replace(TEXTS["text"], note_types=LOOKS["style"].note_types),
}
