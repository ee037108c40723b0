"""Bank to Bank: the questions of a quiz, picked and shuffled, a version for each letter."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, assert_never

from msgspec import Struct
from msgspec.structs import replace

from octdeck import validate
from octdeck.bank import Bank, Item, arrange, mixing_key
from octdeck.diagnostics import MOST_FOUND, Diagnostic, did_you_mean, surely_meant
from octdeck.document import Key
from octdeck.faults import Fault
from octdeck.questions import Choice
from octdeck.settings import Grouping, Quiz, Section, Selection


class Problem(Struct, frozen=True):
    """Why a quiz cannot be made: the keys that lead to the setting to blame, what is wrong with it, and the cure.

    `wrong` and `meant` are what the setting is and surely was meant to be.
    """

    at: tuple[Key, ...]
    code: str
    message: str
    hint: str
    wrong: str = ""
    meant: str | None = None


class _Part(Struct, frozen=True):
    """A section of a quiz, or all of it: what could be taken for it, and what is."""

    title: str
    eligible: list[Item]
    picked: list[Item]


def check(bank: Bank) -> list[Diagnostic]:
    """Whether each quiz of bank.yaml can be made."""
    found: list[Diagnostic] = []
    for index, wanted in enumerate(bank.quizzes):
        if len(found) >= MOST_FOUND:
            break
        for problem in problems(bank, wanted):
            if problem.code == "OD206" and not bank.whole:
                continue  # what it lacks may be among the questions that have mistakes
            at = ("quizzes", index, *problem.at)
            fix = bank.spot.edit(*at, old=problem.wrong, new=problem.meant) if problem.meant else None
            found.append(Diagnostic(problem.code, problem.message, bank.span(*at), hint=problem.hint, fix=fix))
    return found


def problems(bank: Bank, wanted: Quiz) -> list[Problem]:
    """What keeps a quiz from being made: names that the bank does not have, or too few questions."""
    listed = wanted.sections if isinstance(wanted.sections, tuple) else ()
    selections: list[tuple[tuple[Key, ...], Selection]] = [((), wanted)]
    selections += [(("sections", index), section) for index, section in enumerate(listed)]
    found = [problem for at, selection in selections for problem in _unknown(bank, selection, at)]
    found += [problem for at, selection in selections for problem in _unfit(bank, selection, at)]
    if not found:
        for (at, selection), part in zip(selections[bool(listed) :], _parts(bank, wanted), strict=True):
            found += _too_few(part, selection, at)
    return found


def from_settings(bank: Bank, settings: Mapping[str, object]) -> tuple[Quiz | None, list[str]]:
    """Settings as bank.yaml has them, their values text, to a quiz of `bank`; or None, and why it cannot be made.

    The bank's title serves where no other is given.
    """
    wanted = validate.quiz({**settings, "title": settings.get("title") or bank.title})
    if isinstance(wanted, list):
        return None, [f"{_named(fault)}; {fault.hint}" for fault in wanted]
    found = problems(bank, wanted)
    return (None if found else wanted), [f"{problem.message}; {problem.hint}" for problem in found]


def versions(bank: Bank, wanted: Quiz) -> tuple[tuple[str, Bank], ...]:
    """The versions of a quiz, as (letter, bank): the same questions, each time in another order, by the quiz's seed.

    Sections stay in their order, and each keeps its questions. What comes out depends on the seed and the picked
    questions alone, not on what else is in the bank.
    """
    parts = _parts(bank, wanted)
    if isinstance(wanted.sections, str):
        parts = _grouped(bank, wanted, parts[0].picked, wanted.sections)
    sections = [[replace(item, section=part.title) for item in part.picked] for part in parts]
    shuffled = [(letter, _shuffled(sections, f"{wanted.seed}/{letter}")) for letter in letters(wanted)]
    return tuple((letter, replace(bank, items=items)) for letter, items in shuffled)


def letters(wanted: Quiz) -> list[str]:
    """The letters of a quiz's versions."""
    return [chr(ord("A") + number) for number in range(wanted.versions)]


def _named(fault: Fault) -> str:
    """What is wrong, with the setting that it is about; a file would show the place."""
    key = str(fault.at[0]) if fault.at else ""
    return fault.message if not key or f"'{key}'" in fault.message else f"{key}: {fault.message}"


# --- what is wrong --------------------------------------------------------------------------------------------------


def _unknown(bank: Bank, wanted: Selection, at: tuple[Key, ...]) -> Iterator[Problem]:
    settings: tuple[tuple[str, tuple[str, ...], Callable[[], Collection[str]], str, str], ...] = (
        ("decks", wanted.decks, lambda: [deck.file for deck in bank.decks], "OD206", "deck file"),
        ("sources", wanted.sources, lambda: {s.id for item in bank.items for s in item.sources}, "OD202", "source"),
        ("themes", wanted.themes, lambda: bank.themes, "OD103", "theme"),
        ("questions", wanted.questions, lambda: {item.question.id for item in bank.items}, "OD206", "question"),
    )
    for key, names, all_known, code, what in settings:
        known = all_known() if names else ()
        for index, name in enumerate(names):
            if name not in known:
                meant = surely_meant(name, known) if key == "themes" else None
                near = meant or did_you_mean(name, known)
                some = ", ".join(sorted(known)[:30]) or "there is none yet"
                hint = f"did you mean '{near}'?" if near else f"use one of: {some}"
                safe = meant if meant not in names else None
                yield Problem((*at, key, index), code, f"unknown {what} '{name}'", hint, name, safe)


def _unfit(bank: Bank, wanted: Selection, at: tuple[Key, ...]) -> Iterator[Problem]:
    """Questions that are asked for by name, and that no sheet can have."""
    named = frozenset(wanted.questions)
    for item in bank.items if named else ():
        id_ = item.question.id
        if id_ in named and not _is_printed(item):
            why = "is retired" if item.question.retired else "has 'paper: false'"
            hint = "take it out of the quiz, or name another"
            place = (*at, "questions", wanted.questions.index(id_))
            yield Problem(place, "OD206", f"the question '{id_}' {why}", hint)


def _too_few(part: _Part, wanted: Selection, at: tuple[Key, ...]) -> Iterator[Problem]:
    count = wanted.count or 1
    if len(part.eligible) >= count:
        return
    whole = "section" if isinstance(wanted, Section) else "quiz"
    asked = f"{count} are asked for" if wanted.count else f"a {whole} needs one"
    fitting = "1 question fits" if len(part.eligible) == 1 else f"{len(part.eligible)} questions fit"
    message = f"{fitting} this {whole}, and {asked}{_by_theme(part.eligible, wanted)}"
    hint = "ask for fewer or widen the choice; what has 'paper: false' or 'retired: true' does not count"
    if at:
        hint = "ask for fewer or widen the choice; what an earlier section has taken does not count"
    yield Problem((*at, "count" if wanted.count else "title" if at else "id"), "OD206", message, hint)


def _by_theme(eligible: Sequence[Item], wanted: Selection) -> str:
    """What there is of each theme that is asked for."""
    counts = [f"{theme} {sum(theme in item.question.themes for item in eligible)}" for theme in wanted.themes]
    return f" ({', '.join(counts)})" if counts else ""


# --- what is picked -------------------------------------------------------------------------------------------------


def _parts(bank: Bank, wanted: Quiz) -> list[_Part]:
    """The sections of a quiz, or the whole of it as one; a question goes to the first that takes it."""
    eligible = [item for item in _fitting(bank.items, wanted) if _is_printed(item)]
    if not isinstance(wanted.sections, tuple):
        return [_Part("", eligible, _picked(eligible, wanted, wanted.seed, wanted.themes or tuple(bank.themes)))]
    parts, taken = list[_Part](), set[str]()
    for section in wanted.sections:
        fitting = [item for item in _fitting(eligible, section) if item.question.id not in taken]
        themes = section.themes or wanted.themes or tuple(bank.themes)
        parts.append(_Part(section.title, fitting, _picked(fitting, section, wanted.seed, themes)))
        taken |= {item.question.id for item in parts[-1].picked}
    return parts


def _is_printed(item: Item) -> bool:
    return item.question.paper and not item.question.retired


def _fitting(items: Sequence[Item], wanted: Selection) -> list[Item]:
    questions, decks, sources = frozenset(wanted.questions), frozenset(wanted.decks), frozenset(wanted.sources)
    themes, kinds, difficulties = frozenset(wanted.themes), frozenset(wanted.kinds), frozenset(wanted.difficulty)
    return [
        item
        for item in items
        if (not questions or item.question.id in questions)
        and (not decks or item.deck.file in decks)
        and (not sources or any(source.id in sources for source in item.sources))
        and (not themes or not themes.isdisjoint(item.question.themes))
        and (not kinds or item.question.kind in kinds)
        and (not difficulties or item.question.difficulty in difficulties)
    ]


def _picked(eligible: Sequence[Item], wanted: Selection, seed: int, themes: Sequence[str]) -> list[Item]:
    """`count` of the items, the themes taking turns."""
    mixed = sorted(eligible, key=lambda item: mixing_key(seed, item.question.id))
    of_theme: dict[str, list[Item]] = {theme: [] for theme in themes}
    for item in reversed(mixed):
        for theme in item.question.themes:
            if theme in of_theme:
                of_theme[theme].append(item)
    waiting = list(of_theme.values())
    picked: dict[str, Item] = {}
    count = len(eligible) if wanted.count is None else wanted.count
    while len(picked) < count and (waiting := list(filter(None, waiting))):
        for items in waiting:
            while items and items[-1].question.id in picked:
                items.pop()
            if items and len(picked) < count:
                item = items.pop()
                picked[item.question.id] = item
    return list(picked.values())


def _grouped(bank: Bank, wanted: Quiz, picked: Sequence[Item], by: Grouping) -> list[_Part]:
    """What is picked, in groups of one kind, one theme and so on, each under its heading."""
    from octdeck.words import words_of

    words = words_of(bank.language)
    headings: Mapping[Any, str]
    group: Callable[[Item], object]
    match by:
        case "kind":
            headings, group = words.kinds, lambda item: item.question.kind
        case "difficulty":
            headings, group = words.difficulties, lambda item: item.question.difficulty
        case "theme":
            headings = {theme: bank.themes[theme].title for theme in wanted.themes or bank.themes}
            # A question of several themes stands under the first that the quiz asks for.
            group = lambda item: next(theme for theme in item.question.themes if theme in headings)  # noqa: E731
        case "deck":
            headings = {deck.file: deck.name.rpartition("::")[2] for deck in bank.decks}
            group = lambda item: item.deck.file  # noqa: E731
        case other:
            assert_never(other)
    groups = [(heading, [item for item in picked if group(item) == key]) for key, heading in headings.items()]
    return [_Part(heading, items, items) for heading, items in groups if items]


# --- how it is shuffled ---------------------------------------------------------------------------------------------


def _shuffled(sections: Sequence[Sequence[Item]], seed: str) -> tuple[Item, ...]:
    """The items in the order of a version, their options mixed, the right ones on every letter equally often."""
    mixed = [sorted(section, key=lambda item: mixing_key(seed, item.question.id)) for section in sections]
    items = [item for section in mixed for item in section]
    places = _right_places(items, seed)
    return tuple(
        replace(item, options=_arranged(item, f"{seed}/{item.question.id}", places.get(item.question.id)))
        for item in items
    )


def _arranged(item: Item, seed: str, place: int | None) -> tuple[str, ...]:
    options = arrange(item.question, seed)
    if place is None or not isinstance(item.question, Choice):
        return options
    (right,) = item.question.answer
    others = [text for text in options if text != right]
    return (*others[:place], right, *others[place:])


def _right_places(items: Sequence[Item], seed: str) -> dict[str, int]:
    """For each question whose one right option may stand anywhere, where it shall stand.

    Of the questions with equally many places, each place gets its share, to within one; which gets which is chance.
    """
    groups: dict[int, list[str]] = defaultdict(list)
    for item in items:
        question = item.question
        if isinstance(question, Choice) and len(question.answer) == 1 and not question.fixed:
            (right,) = question.answer
            if right not in question.last:
                groups[len(question.options) - len(question.last)].append(question.id)
    places: dict[str, int] = {}
    for size, ids in groups.items():
        # Whole rounds of all places; the rest of the last round, and who gets what, by the seed.
        order = sorted(range(size), key=lambda place: mixing_key(f"{seed}/{size}", str(place)))
        shares = [order[i % size] for i in range(len(ids))]
        drawn = sorted(range(len(ids)), key=lambda i: mixing_key(f"{seed}/{size}/drawn", str(i)))
        places |= {id_: shares[i] for id_, i in zip(sorted(ids), drawn, strict=True)}
    return places
