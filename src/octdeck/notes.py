"""Bank to Anki notes: identity, fields, tags and cards, as students' collections hold them.

Field contents are HTML that is readable without JavaScript; which classes the templates rely on stands in
notetypes/README.md.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from json.encoder import encode_basestring as _quoted
from typing import TypeAlias, assert_never

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from octdeck import cloze, fields, markup, notetypes
from octdeck.bank import Bank, Item, arrange, ranges
from octdeck.lock import NoteKey
from octdeck.media import Medium
from octdeck.notetypes import NoteType
from octdeck.questions import Choice, Cloze, Match, Occlusion, Order, Question, ShortAnswer, TrueFalse
from octdeck.words import Words, words_of

_Media: TypeAlias = Mapping[str, Medium]


class Note(Struct, frozen=True):
    """One question as Anki gets it. `cards` are the positions of the templates it makes cards of.

    `digest` follows from the rest: it is that of all that an update would bring to a student. The deck is no part of
    it, as Anki moves no card.
    """

    key: NoteKey
    guid: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    deck: str
    cards: tuple[int, ...]
    digest: str = ""

    def __post_init__(self) -> None:
        content = f"[{_quoted(self.key[1])}, {_listed(self.fields)}, {_listed(self.tags)}]"
        force_setattr(self, "digest", hashlib.sha256(content.encode()).hexdigest()[:16])

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the pictures and sounds that its fields show."""
        return fields.files(self.fields)


def of_bank(bank: Bank) -> tuple[Note, ...]:
    """The notes of all questions that are meant for Anki, in the bank's order."""
    words = words_of(bank.language)
    return tuple(_note(bank, item, item.question.id, words) for item in bank.items if item.question.anki)


def known_as(bank: Bank, item: Item, id_: str) -> Note:
    """The note that a question would be if it had another id, by which its options are mixed as well."""
    as_mixed = replace(item, options=arrange(item.question, f"{bank.id}/{id_}"))
    return _note(bank, as_mixed, id_, words_of(bank.language))


def _note(bank: Bank, item: Item, id_: str, words: Words) -> Note:
    question, media = item.question, bank.media
    contents = _own_fields(item, words, media) | {
        "Source": _source_line(item, words),
        "Kind": question.kind,
        "Language": bank.language,
        "Id": f"{bank.id}/{id_}",
    }
    if question.claim:
        contents["Claim"] = words.according_to.format(source=_joined_sources(item, words))
    if question.hint:
        contents["Hint"] = _hint(fields.html(question.hint, media), words)
    if question.explain:
        contents["Explanation"] = fields.html(question.explain, media)
    if question.caution:
        contents["Caution"] = _labelled(words.caution, fields.html(question.caution, media))
    if question.retired:
        contents["Notice"] = markup.escape(words.retired)
    note_type = note_type_of(question)
    if isinstance(question, Cloze):
        gaps = (part for part in cloze.parts(question.cloze) if isinstance(part, cloze.Gap))
        cards = tuple(sorted({gap.number - 1 for gap in gaps}))
    elif isinstance(question, Occlusion):
        cards = tuple(sorted({number - 1 for number in question.cards}))
    else:
        cards = tuple(i for i, template in enumerate(note_type.templates) if contents.get(template.needs))
    key: NoteKey = id_, note_type.key
    return Note(
        key=key,
        guid=guid(bank.id, key),
        fields=tuple(map(contents.get, note_type.fields, repeat(""))),
        tags=_tags(item),
        deck=item.deck.name,
        cards=cards,
    )


def fields_of(note: Note) -> dict[str, str]:
    """What a note holds, by the names of its fields."""
    (names,) = (note_type.fields for note_type in notetypes.released() if note_type.key == note.key[1])
    return dict(zip(names, note.fields, strict=True))


def note_type_of(question: Question) -> NoteType:
    """The note type that a question has in Anki."""
    types = {"main": notetypes.main, "cloze": notetypes.cloze, "occlusion": notetypes.occlusion}
    return types[notetypes.key_of(question.kind)]()


def guid(bank_id: str, key: NoteKey) -> str:
    """The identity of a note in every student's collection. This function never changes."""
    digest = hashlib.sha256(_listed((bank_id, *key)).encode()).digest()
    return base64.urlsafe_b64encode(digest[:12]).decode()


def _listed(texts: Iterable[str]) -> str:
    """Texts as a list in JSON; `json.dumps` would take several times as long to begin."""
    return f"[{', '.join(map(_quoted, texts))}]"


def _own_fields(item: Item, words: Words, media: _Media) -> dict[str, str]:
    """The fields that depend on the kind."""
    match item.question:
        case ShortAnswer(question=stem, answer=answer) as question:
            shown = fields.html(answer, media)
            return {
                "Question": fields.html(stem, media),
                "Answer": shown,
                "Typed": fields.text(markup.plain(answer)) if question.typed else "",
                "Accept": _accept(question.accept, words),
                "Reverse": _task(words.what_was_asked) + shown if question.reverse else "",
            }
        case Choice(question=stem, answer=answers) as question:
            right = [text for text in item.options if text in answers]
            task = words.choose_all if len(right) > 1 else words.choose_one
            classes = ("options", "many" if len(right) > 1 else "one", *(("fixed",) if question.fixed else ()))
            plain_rows = [(text, ()) for text in right]
            options = _list("ul", classes, [(text, _option_classes(text, question)) for text in item.options], media)
            return {
                "Question": fields.html(stem, media),
                "Answer": _list("ul", (), plain_rows, media) if len(right) > 1 else fields.html(right[0], media),
                "Options": _task(task) + options,
            }
        case TrueFalse(statement=stem, answer=true):
            rows = [(words.true_, ("right",) if true else ()), (words.false_, () if true else ("right",))]
            return {
                "Question": fields.html(stem, media),
                "Answer": markup.escape(words.true_ if true else words.false_),
                "Options": _list("ul", ("options", "one", "fixed"), rows, media),
            }
        case Cloze(cloze=text):
            return {"Text": fields.cloze(text, media)}
        case Order(question=stem, order=right_order):
            steps = "".join(
                f'<li data-place="{right_order.index(text) + 1}">{fields.html(text, media)}</li>'
                for text in item.options
            )
            return {
                "Question": fields.html(stem, media),
                "Answer": _list("ol", (), [(text, ()) for text in right_order], media),
                "Options": _task(words.put_in_order) + f'<ul class="options order">{steps}</ul>',
            }
        case Match(question=stem, pairs=pairs):
            rows_html = "".join(
                f'<tr><th scope="row">{fields.html(left, media)}</th><td>{fields.html(right, media)}</td></tr>'
                for left, right in pairs.items()
            )
            lefts = _list("ol", ("lefts",), [(left, ()) for left in pairs], media)
            rights = _list("ul", ("rights", "options"), [(text, ()) for text in item.options], media)
            return {
                "Question": fields.html(stem, media),
                "Answer": f'<table class="pairs">{rows_html}</table>',
                "Options": _task(words.match) + f'<div class="match">{lefts}{rights}</div>',
            }
        case Occlusion(question=asked, image=image) as question:
            return {
                "Occlusion": fields.regions(question),
                "Image": fields.html(markup.medium(image, question.shows), media),
                "Header": fields.html(asked or "", media),
                "Back Extra": fields.html(question.explain or "", media),
                "Answers": fields.places(question) + _toggle(question, words),
            }
        case other:
            assert_never(other)


def _toggle(question: Occlusion, words: Words) -> str:
    """The button that uncovers all of a picture; Anki knows it by its id."""
    if question.hide == "one" or len(set(question.cards)) == 1:
        return ""
    return f'<p class="more"><button id="toggle">{markup.escape(words.show_all)}</button></p>'


def _option_classes(text: str, question: Choice) -> tuple[str, ...]:
    return (*(("right",) if text in question.answer else ()), *(("last",) if text in question.last else ()))


def _accept(texts: Sequence[str], words: Words) -> str:
    if not texts:
        return ""
    alternatives = ", ".join(f'<span class="alt">{fields.html(text)}</span>' for text in texts)
    return _labelled(words.also_right, alternatives)


def _hint(content: str, words: Words) -> str:
    return f"<summary>{markup.escape(words.hint)}</summary>{content}"


def _task(words: str) -> str:
    return f'<p class="task">{markup.escape(words)}</p>'


def _labelled(label: str, content: str) -> str:
    return f'<span class="label">{markup.escape(label)}</span> {content}'


def _list(tag: str, classes: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]], media: _Media) -> str:
    items = "".join([f"<li{_class(row_classes)}>{fields.html(text, media)}</li>" for text, row_classes in rows])
    return f"<{tag}{_class(classes)}>{items}</{tag}>"


def _class(names: Sequence[str]) -> str:
    return f' class="{" ".join(names)}"' if names else ""


def _joined_sources(item: Item, words: Words) -> str:
    cites = [f"<cite>{fields.html(source.cited_as)}</cite>" for source in item.sources]
    return f" {markup.escape(words.and_)} ".join(filter(None, (", ".join(cites[:-1]), cites[-1]))) if cites else ""


def _source_line(item: Item, words: Words) -> str:
    cited = [_cited(citation.source.cited_as, citation.paragraphs, words.paragraph) for citation in item.citations]
    return "; ".join(cited)


@lru_cache(maxsize=4096)
def _cited(source: str, paragraphs: tuple[tuple[int, int], ...], paragraph: str) -> str:
    where = markup.escape(paragraph.format(where=ranges(paragraphs)))
    return f"<cite>{fields.html(source)}</cite>, {where}"


def _tags(item: Item) -> tuple[str, ...]:
    question = item.question
    sources = tuple([source.id for source in item.sources])
    states = (*(("claim",) if question.claim else ()), *(("retired",) if question.retired else ()))
    return _made_tags(sources, question.themes, question.kind, question.difficulty, states)


@lru_cache(maxsize=4096)
def _made_tags(
    sources: tuple[str, ...], themes: tuple[str, ...], kind: str, difficulty: int | None, states: tuple[str, ...]
) -> tuple[str, ...]:
    # Many questions have the same; made once, they take time and room once.
    tags = {f"source::{source}" for source in sources}
    tags |= {f"theme::{theme}" for theme in themes}
    tags |= {f"kind::{kind}", *states}
    if difficulty is not None:
        tags.add(f"difficulty::{difficulty}")
    return tuple(sorted(tags))
