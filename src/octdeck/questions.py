"""What a teacher may write in a question: the kinds of question, from plain data.

Shorthand is expanded here, in values.py and in content.py, and nowhere else: after this, `cites: 27` and `cites: [27]`
are the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Annotated, ClassVar, Literal, TypeAlias

from msgspec import Struct
from msgspec.msgpack import encode
from msgspec.structs import force_setattr

from octdeck import cloze as cloze_notation
from octdeck import markup, values
from octdeck.content import Alt, Content, Contents, FileName, content, with_media
from octdeck.diagnostics import did_you_mean
from octdeck.faults import At, refusal, shortened
from octdeck.markup import Run
from octdeck.regions import Regions
from octdeck.values import (
    Cites,
    Difficulty,
    Flag,
    Points,
    Slug,
    Text,
    Texts,
    Themes,
    mapping,
)

MAX_OPTIONS = 26  # one letter each


class _Common(Struct, frozen=True, kw_only=True):
    """What any question may have. DESIGN: every key of a deck file is a long-lived promise (docs/promises.md).

    `image` and `audio` come to stand in what is asked, as inline Markdown, and then no longer here.
    """

    asks: ClassVar[str] = "question"
    id: Slug
    themes: Themes
    cites: Cites = ()
    image: FileName | None = None
    audio: FileName | None = None
    alt: Alt | None = None
    claim: Flag = False
    explain: Content | None = None
    caution: Content | None = None
    hint: Content | None = None
    difficulty: Difficulty | None = None
    points: Points = 1
    lines: Annotated[int, partial(values.within, 0, 40, "0 to 40")] | None = None
    paper: Flag = True
    anki: Flag = True
    retired: Flag = False
    ignore: Texts = ()

    def __post_init__(self) -> None:
        if self.image is None and self.audio is None and self.alt is None:
            return
        asked = with_media(getattr(self, self.asks), self.image, self.audio, self.alt)
        for key, value in ((self.asks, asked), ("image", None), ("audio", None), ("alt", None)):
            force_setattr(self, key, value)


class ShortAnswer(_Common, frozen=True, kw_only=True):
    """A question whose answer is a few words; `typed`: the student types it; `reverse`: a second card, turned round."""

    kind: ClassVar[str] = "short-answer"
    question: Content
    answer: Content
    typed: Flag = False
    accept: Texts = ()
    reverse: Flag = False

    def __post_init__(self) -> None:
        _Common.__post_init__(self)
        if self.accept and not self.typed:
            hint = "add 'typed: true'"
            raise refusal("OD106", "'accept' goes only with a typed answer", hint, "accept", on_key=True)
        if self.typed and markup.media(markup.parse(self.answer)):
            message, hint = "nobody can type a picture or a sound, and the answer has one", "delete 'typed'"
            raise refusal("OD106", message, hint, "typed", on_key=True)
        if self.typed and "\n" in self.answer:
            hint = "shorten the answer, or delete 'typed'"
            raise refusal("OD106", "a typed answer has one line", hint, "typed", on_key=True)


class Choice(_Common, frozen=True, kw_only=True):
    """Multiple choice; more than one answer means that all of them are right.

    `fixed`: the options keep their order, and an answer that is repeated among the distractors has its place there.
    """

    kind: ClassVar[str] = "multiple-choice"
    question: Content
    answer: Contents
    distractors: Contents
    fixed: Flag = False
    last: Contents = ()

    @property
    def options(self) -> tuple[str, ...]:
        """Answers and distractors, each once."""
        placed = set(self.distractors)
        return (*(text for text in self.answer if text not in placed), *self.distractors)

    def __post_init__(self) -> None:
        _Common.__post_init__(self)
        if not self.answer or not self.distractors:
            raise refusal(
                "OD111",
                "a multiple-choice question needs an answer and a distractor",
                "add what is missing",
                "distractors",
            )
        for key, texts in (("answer", self.answer), ("distractors", self.distractors), ("last", self.last)):
            if len(texts) > MAX_OPTIONS:
                raise refusal("OD111", f"there are more than {MAX_OPTIONS} options", "keep the best", key)
            _each_once("OD111", "the option '{}' stands here twice", texts, key)
        for index, text in enumerate(self.distractors):
            if text in self.answer and not self.fixed:
                message = f"'{shortened(text)}' is both an answer and a distractor"
                hint = "delete it from the distractors, or add 'fixed: true' if that is its place among the options"
                also = "the answer", ("answer", self.answer.index(text))
                raise refusal("OD111", message, hint, "distractors", index, also=also)
        if len(self.options) > MAX_OPTIONS:
            raise refusal("OD111", f"there are more than {MAX_OPTIONS} options", "keep the best", "distractors")
        for index, text in enumerate(self.last):
            if text not in self.options:
                near = did_you_mean(text, self.options)
                hint = f"did you mean '{near}'?" if near else "repeat one of the options exactly"
                raise refusal("OD111", f"'last' names '{shortened(text)}', which is not an option", hint, "last", index)


class TrueFalse(_Common, frozen=True, kw_only=True):
    """A statement, true or false."""

    kind: ClassVar[str] = "true-false"
    asks: ClassVar[str] = "statement"
    statement: Content
    answer: Flag


class Cloze(_Common, frozen=True, kw_only=True):
    """A text with gaps, in Anki's notation."""

    kind: ClassVar[str] = "cloze"
    asks: ClassVar[str] = "cloze"
    cloze: Text

    def __post_init__(self) -> None:
        _Common.__post_init__(self)
        try:
            cloze_notation.parts(self.cloze)
        except cloze_notation.ClozeError as error:
            raise refusal("OD109", str(error), error.hint, "cloze") from None


class Order(_Common, frozen=True, kw_only=True):
    """Steps or events to put in order; `order` holds them as they belong."""

    kind: ClassVar[str] = "order"
    question: Content
    order: Contents

    def __post_init__(self) -> None:
        _Common.__post_init__(self)
        if not 3 <= len(self.order) <= MAX_OPTIONS:
            raise refusal(
                "OD111", f"an order needs 3 to {MAX_OPTIONS} items", "add some, or ask in another way", "order"
            )
        _each_once("OD111", "the item '{}' stands in the order twice", self.order, "order")


class Match(_Common, frozen=True, kw_only=True):
    """Lefts and the right that belongs to each; `distractors` are rights that belong to none."""

    kind: ClassVar[str] = "match"
    question: Content
    pairs: Annotated[Mapping[str, str], partial(mapping, values.text, content)]
    distractors: Contents = ()

    @property
    def rights(self) -> tuple[str, ...]:
        """Every right once, distractors last."""
        return tuple(dict.fromkeys((*self.pairs.values(), *self.distractors)))

    def __post_init__(self) -> None:
        _Common.__post_init__(self)
        if len(self.pairs) < 2 or not 3 <= len(self.rights) <= MAX_OPTIONS:
            message = f"a match needs two pairs or more, and 3 to {MAX_OPTIONS} right sides to choose from"
            raise refusal("OD111", message, "add pairs, or 'distractors' that belong to none", "pairs")
        lefts = {right: left for left, right in self.pairs.items()}
        for index, text in enumerate(self.distractors):
            if text in lefts:
                message = f"'{shortened(text)}' is both an answer and a distractor"
                also = "the answer", ("pairs", lefts[text])
                raise refusal("OD111", message, "delete the distractor", "distractors", index, also=also)


def _each_once(code: str, message: str, texts: Sequence[str], key: str) -> None:
    for index, text in enumerate(texts):
        if (before := texts.index(text)) < index:
            also = "the first one", (key, before)
            raise refusal(
                code, message.format(shortened(text)), "delete one, or tell them apart", key, index, also=also
            )


class Occlusion(_Common, frozen=True, kw_only=True):
    """A picture with regions that are covered, on a card one after the other is asked for; `hide`: all of them or one.

    Here `image` stays what it is.
    """

    kind: ClassVar[str] = "occlusion"
    image: FileName
    alt: Alt
    regions: Regions
    question: Content | None = None
    hide: Literal["all", "one"] = "all"

    @property
    def cards(self) -> tuple[int, ...]:
        """The number of the card that asks for each region; those of one number are asked for together."""
        return tuple(region.card or place for place, region in enumerate(self.regions, 1))

    @property
    def shows(self) -> str:
        """What the picture shows, in words."""
        return next(iter(self.alt.values()))

    def __post_init__(self) -> None:
        if self.audio is not None:
            hint = "write the sound into the question: '![what is heard](file.mp3)'"
            raise refusal("OD106", "'audio' does not go with regions of a picture", hint, "audio", on_key=True)
        if self.alt.keys() not in ({""}, {"image"}):
            raise refusal("OD106", "here 'alt' says what the picture shows", "write 'alt: ...'", "alt")
        for place, region in enumerate(self.regions):
            before = next((i for i in range(place) if self.regions[i].at == region.at), None)
            if before is not None:
                also = "the first one", ("regions", before)
                hint = "delete one, or move it"
                raise refusal("OD263", "this region covers another one", hint, "regions", place, "at", also=also)


Question: TypeAlias = ShortAnswer | Choice | TrueFalse | Cloze | Order | Match | Occlusion

KINDS: tuple[type[Question], ...] = (ShortAnswer, Choice, TrueFalse, Cloze, Order, Match, Occlusion)
DEFAULTABLE = frozenset(name for kind in KINDS for name in kind.__struct_fields__) - {
    "id", "question", "answer", "statement", "cloze", "order", "pairs", "distractors", "accept",
    "image", "audio", "alt", "regions",
}  # fmt: skip


def texts(question: Question) -> Iterator[tuple[At, str, bool]]:
    """Every text that a question shows: the keys that lead to it, the text, and whether it is itself a key."""
    for key in _SHOWN:
        value = getattr(question, key, None)
        match value:
            case str():
                yield (key,), value, False
            case tuple():
                yield from (((key, index), text, False) for index, text in enumerate(value))
            case Mapping():
                for left, right in value.items():
                    yield (key, left), left, True
                    yield (key, left), right, False
    if isinstance(question, Occlusion):
        yield ("alt",), question.shows, False
        yield from ((("regions", n, "answer"), region.answer, False) for n, region in enumerate(question.regions))


def media_in(question: Question) -> Iterator[tuple[At, Run, bool]]:
    """The pictures and sounds in the texts of a question, each with the keys that lead there as `texts` has them."""
    # As one run of bytes, a question without any is known in a fifth of the time.
    for keys, text, of_key in texts(question) if b"![" in encode(question) else ():
        if "![" in text:
            yield from ((keys, run, of_key) for run in markup.media(markup.parse(text)))
    if isinstance(question, Occlusion):
        yield ("image",), Run(question.shows, medium=question.image), False


_SHOWN = (
    *("question", "statement", "cloze", "answer", "accept", "order", "pairs", "distractors"),
    *("hint", "explain", "caution"),
)


def stem(question: Question) -> str:
    """What is asked, as written."""
    match question:
        case TrueFalse(statement=text) | Cloze(cloze=text):
            return text
        case ShortAnswer(question=text) | Choice(question=text) | Order(question=text) | Match(question=text):
            return text
        case Occlusion(question=asked):
            return with_media(asked or "", question.image, None, question.alt)
