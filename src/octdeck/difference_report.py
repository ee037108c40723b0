"""What a release does to students, to text and to JSON."""

import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from octdeck.counts import counted
from octdeck.difference import Base, Change, Danger, Difference, FieldChange, Status
from octdeck.excerpt import Paint, clean
from octdeck.lock import iso
from octdeck.wordwise import Sort, Stretch

_MARKS: dict[Sort, tuple[str, str]] = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
_AROUND = 60  # characters of what stays the same that are shown beside what changes


def as_text(difference: Difference, paint: Paint) -> str:
    """All of it for a terminal: first what is dangerous, then question by question, then the counts."""
    lines = [*_about(difference.base), ""] if difference.base.path else []
    lines += _dangers(difference, paint)
    safe = [change for change in difference.changes if not change.danger]
    for title, statuses in (
        ("changed; students keep their reviews", ("changed", "restored")),
        ("retired; the card says so, gets the tag 'retired', and students keep their reviews", ("retired",)),
        ("new", ("new",)),
    ):
        lines += _group(title, [change for change in safe if change.status in statuses], paint)
    lines += _moved(difference, paint)
    if difference.base.earlier:
        what = "students who have them keep them, and no correction reaches them; 'octdeck check' tells the cure"
        lines += [f"gone already before: {len(difference.base.earlier)} ({what})"]
        lines += [*_wrapped(difference.base.earlier), ""]
    if difference.look:
        lines += ["the cards look different: this octdeck has newer templates for them", ""]
    return "\n".join([*lines, _summary(difference)]) + "\n"


def as_json(difference: Difference) -> str:
    """The same as an object for programs (docs/promises.md)."""
    base = difference.base
    counts: dict[str, int] = {status: difference.counts.get(status, 0) for status in _STATUSES}
    counts["moved"] = sum(change.deck is not None for change in difference.changes)
    counts["dangers"] = len(difference.dangers)
    data = {
        "bank": difference.bank,
        "before": {
            "source": "nothing" if base.path is None else "package" if base.is_package else "lock",
            "path": base.path.as_posix() if base.path else None,
            "released": iso(_last(base)) if base.released.notes else None,
        },
        "counts": counts,
        "earlier": list(base.earlier),
        "new_look": difference.look,
        "changes": [_data(change) for change in difference.changes],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


_STATUSES: tuple[Status, ...] = ("new", "changed", "retired", "restored", "replaced", "removed", "unchanged")


def _about(base: Base) -> list[str]:
    day = iso(_last(base))[:10]
    if base.is_package:
        return [f"what the next release does to students who have {clean(str(base.path))}, released {day}"]
    cure = "name its package with --from, to see what changes in them"
    unlike = f", and {clean(str(base.unlike))} is not that release" if base.unlike else ""
    return [
        f"what the next release does to students who have the last one, released {day}",
        f"{clean(str(base.path))} tells of no texts{unlike}: {cure}",
    ]


def _last(base: Base) -> int:
    return max(known.stamp for known in base.released.notes.values())


# --- what is dangerous ----------------------------------------------------------------------------------------------


def _dangers(difference: Difference, paint: Paint) -> Iterator[str]:
    if not difference.dangers:
        return
    yield f"{paint('danger', 'error')}: {len(difference.dangers)}"
    for change in difference.dangers:
        what, hint = _danger(change)
        yield f"  {_where(change, difference)}{paint(clean(what), 'bold')}"
        yield f"    hint: {clean(hint)}"
        yield from _fields(change.fields or (), paint)
    yield ""


def _danger(change: Change) -> tuple[str, str]:
    """What is dangerous about a change, and the cure."""
    id_ = change.id
    own = {"cloze": "a gap text", "occlusion": "a picture with regions"}
    was, now = (own.get(kind or "") for kind in change.kind or ("", ""))
    turned = f"became {now}" if now else f"is no longer {was}"
    dangers: dict[Danger, tuple[str, str]] = {
        "renamed": (
            f"'{id_}' is gone, and '{change.other}' is new and much like it: students would begin it from nothing",
            f"did you rename '{id_}'? write 'id: {id_}' again and keep it for ever",
        ),
        "replaced": (
            f"'{id_}' {turned}: students would get a new card without the old one's history",
            f"give the new question a new id, and keep '{id_}' as it was, with 'retired: true'",
        ),
        "removed": (
            f"'{id_}' is gone: students keep the card, as Anki removes none, and no correction reaches it",
            f"bring '{id_}' back with 'retired: true', so that the card says so",
        ),
        "blanked": (
            f"'{id_}' has a card less: students keep it blank until 'Empty Cards' deletes it with its reviews",
            "put the reverse, gap or region back; or tell students to choose Tools, Empty Cards",
        ),
        "ignored": (
            f"'{id_}' changed, but students have a copy that is as new or newer: Anki would skip the change",
            "recover octdeck.lock from the package that students have, with 'octdeck lock --from FILE --force'",
        ),
    }
    assert change.danger is not None  # only those are asked for
    return dangers[change.danger]


def _where(change: Change, difference: Difference) -> str:
    """The place to mend: of a renamed question, the new id."""
    span = change.span
    if change.danger == "renamed":
        span = next((new.span for new in difference.changes if new.id == change.other), span)
    return f"{clean(str(span.path))}:{span.line}:{span.column}: " if span else ""


# --- question by question -------------------------------------------------------------------------------------------


def _group(title: str, changes: Sequence[Change], paint: Paint) -> Iterator[str]:
    if not changes:
        return
    head, _, rest = title.partition(";")
    yield f"{paint(head, 'bold')}: {len(changes)}{f' ({rest.strip()})' if rest else ''}"
    for change in changes:
        place = f"{clean(str(change.span.path))}:{change.span.line}: " if change.span else ""
        yield f"  {place}{clean(change.id)}{f' (was it {clean(change.other)}?)' if change.other else ''}"
        if change.status == "restored":
            yield "    retired no more"
        if change.kind:
            yield f"    was {clean(change.kind[0] or 'of another kind')}, is {clean(change.kind[1])}"
        yield from _fields(change.fields or (), paint)
    yield ""


def _moved(difference: Difference, paint: Paint) -> Iterator[str]:
    """What is in another deck, by where it was and where it is: often all of a deck, as that got another name."""
    by_decks: dict[tuple[str, str], list[str]] = {}
    for change in difference.changes:
        if change.deck:
            by_decks.setdefault(change.deck, []).append(change.id)
    if by_decks:
        count = sum(map(len, by_decks.values()))
        why = "cards that students have stay where they are, as Anki moves none"
        yield f"{paint('in another deck', 'bold')}: {count} ({why})"
    for (before, after), ids in by_decks.items():
        yield f"  was in '{clean(before)}', is in '{clean(after)}':"
        yield from _wrapped(ids)
    if by_decks:
        yield ""


def _wrapped(ids: Iterable[str]) -> list[str]:
    """Ids in lines, indented."""
    indent = "    "
    return textwrap.wrap(
        clean(", ".join(ids)),
        100,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _fields(fields: Iterable[FieldChange], paint: Paint) -> Iterator[str]:
    for field in fields:
        shown = _shown(field.words, paint) if field.words else "the words stay, how they are shown does not"
        yield f"    {field.name}: {shown}"


def _shown(words: Sequence[Stretch], paint: Paint) -> str:
    """A text with marks around what goes and what comes; what stays is shortened."""
    parts = []
    for number, stretch in enumerate(words):
        before, after = _MARKS[stretch.sort]
        text = clean(stretch.text)
        if stretch.sort == "same":
            parts.append(_shortened(text, first=number == 0, last=number == len(words) - 1))
        else:
            spaces = " " * text.startswith(" "), " " * text.endswith(" ")
            parts.append(f"{spaces[0]}{paint(f'{before}{text.strip()}{after}', stretch.sort)}{spaces[1]}")
    return "".join(parts).rstrip()


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """Of a long text between changes, both ends; before the first change the end, after the last the beginning."""
    if len(text) <= (1 + (not first and not last)) * _AROUND:
        return text
    beginning = "" if first else text[:_AROUND].rpartition(" ")[0] + " "
    end = "" if last else " " + text[-_AROUND:].partition(" ")[2]
    return f"{beginning}…{end}"


def _summary(difference: Difference) -> str:
    if difference.base.path is None:
        return f"nothing was released yet: all {counted(difference.counts.get('new', 0), 'question')} are new"
    counts = [f"{n} {status}" for status in _STATUSES if (n := difference.counts.get(status, 0))]
    dangers = len(difference.dangers)
    return f"{', '.join(counts)}; {counted(dangers, 'danger') if dangers else 'no danger'}"


def _data(change: Change) -> dict[str, object]:
    span, fields = change.span, change.fields
    return {
        "id": change.id,
        "status": change.status,
        "danger": change.danger,
        "message": _danger(change)[0] if change.danger else None,
        "hint": _danger(change)[1] if change.danger else None,
        "other": change.other,
        "path": span.path.as_posix() if span else None,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "deck": _pair(change.deck),
        "kind": _pair(change.kind),
        "fields": None if fields is None else [_field_data(field) for field in fields],
    }


def _pair(values: tuple[str | None, str] | None) -> dict[str, str | None] | None:
    return {"before": values[0], "after": values[1]} if values else None


def _field_data(field: FieldChange) -> dict[str, object]:
    return {"name": field.name, "words": [{"sort": stretch.sort, "text": stretch.text} for stretch in field.words]}
