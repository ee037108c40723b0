"""Bank to Bank: the questions of a quiz, picked and shuffled, a version for each letter."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from octdeck import validate
from octdeck.bank import Bank, Item, arrange, mixing_key
from octdeck.diagnostics import Diagnostic, did_you_mean, surely_meant
from octdeck.schema import Choice, Quiz


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a quiz cannot be made: the setting to blame, what is wrong with it, and the cure.

    `index` says which value of the setting, `wrong` and `meant` what it is and surely was meant to be.
    """

    key: str
    code: str
    message: str
    hint: str
    index: int | None = None
    wrong: str = ""
    meant: str | None = None


def check(bank: Bank) -> list[Diagnostic]:
    """Whether each quiz of bank.yaml can be made."""
    found = []
    for index, wanted in enumerate(bank.quizzes):
        for problem in problems(bank, wanted):
            within = () if problem.index is None else (problem.index,)
            at = ("quizzes", index, problem.key, *within)
            fix = bank.spot.edit(*at, old=problem.wrong, new=problem.meant) if problem.meant else None
            found.append(Diagnostic(problem.code, problem.message, bank.span(*at), hint=problem.hint, fix=fix))
    return found


def problems(bank: Bank, wanted: Quiz) -> list[Problem]:
    """What keeps a quiz from being made: names that the bank does not have, or too few questions."""
    found = list(_unknown(bank, wanted))
    eligible = _eligible(bank, wanted)
    count = wanted.count or 1
    if not found and len(eligible) < count:
        asked = f"{count} are asked for" if wanted.count else "a quiz needs one"
        fitting = "1 question fits" if len(eligible) == 1 else f"{len(eligible)} questions fit"
        message = f"{fitting} this quiz, and {asked}{_by_theme(eligible, wanted)}"
        hint = "ask for fewer or widen the choice; what has 'paper: false' or 'retired: true' does not count"
        found.append(Problem("count" if wanted.count else "id", "OD206", message, hint))
    return found


def from_settings(bank: Bank, settings: Mapping[str, object]) -> tuple[Quiz | None, list[str]]:
    """Settings as bank.yaml has them, their values text, to a quiz of `bank`; or None, and why it cannot be made.

    The bank's title serves where no other is given.
    """
    wanted = validate.quiz({**settings, "title": settings.get("title") or bank.title})
    if isinstance(wanted, list):
        return None, [f"{fault.message}; {fault.hint}" for fault in wanted]
    found = problems(bank, wanted)
    return (None if found else wanted), [f"{problem.message}; {problem.hint}" for problem in found]


def versions(bank: Bank, wanted: Quiz) -> tuple[tuple[str, Bank], ...]:
    """The versions of a quiz, as (letter, bank): the same questions, each time in another order, by the quiz's seed.

    What comes out depends on the seed and the picked questions alone, not on what else is in the bank.
    """
    picked = _picked(_eligible(bank, wanted), wanted, tuple(bank.themes))
    letters = [chr(ord("A") + number) for number in range(wanted.versions)]
    return tuple((letter, replace(bank, items=_shuffled(picked, f"{wanted.seed}/{letter}"))) for letter in letters)


def _unknown(bank: Bank, wanted: Quiz) -> Iterator[Problem]:
    settings = (
        ("decks", wanted.decks, [deck.file for deck in bank.decks], "OD206", "deck file"),
        ("sources", wanted.sources, {source.id for item in bank.items for source in item.sources}, "OD202", "source"),
        ("themes", wanted.themes, bank.themes, "OD103", "theme"),
        ("questions", wanted.questions, {item.question.id for item in bank.items}, "OD206", "question"),
    )
    for key, names, known, code, what in settings:
        for index, name in enumerate(names):
            if name not in known:
                meant = surely_meant(name, known) if key == "themes" else None
                near = meant or did_you_mean(name, known)
                some = ", ".join(sorted(known)[:30]) or "there is none yet"
                hint = f"did you mean '{near}'?" if near else f"use one of: {some}"
                safe = meant if meant not in names else None
                yield Problem(key, code, f"unknown {what} '{name}'", hint, index, name, safe)


def _by_theme(eligible: Sequence[Item], wanted: Quiz) -> str:
    """What there is of each theme that is asked for."""
    counts = [f"{theme} {sum(theme in item.question.themes for item in eligible)}" for theme in wanted.themes]
    return f" ({', '.join(counts)})" if counts else ""


def _eligible(bank: Bank, wanted: Quiz) -> list[Item]:
    return [item for item in bank.items if _fits(item, wanted)]


def _fits(item: Item, wanted: Quiz) -> bool:
    question = item.question
    return (
        question.paper
        and not question.retired
        and (not wanted.questions or question.id in wanted.questions)
        and (not wanted.decks or item.deck.file in wanted.decks)
        and (not wanted.sources or any(source.id in wanted.sources for source in item.sources))
        and (not wanted.themes or any(theme in wanted.themes for theme in question.themes))
        and (not wanted.kinds or question.kind in wanted.kinds)
        and (not wanted.difficulty or question.difficulty in wanted.difficulty)
    )


def _picked(eligible: Sequence[Item], wanted: Quiz, all_themes: Sequence[str]) -> list[Item]:
    """`count` of the items, the themes taking turns."""
    mixed = sorted(eligible, key=lambda item: mixing_key(wanted.seed, item.question.id))
    waiting = [
        [item for item in reversed(mixed) if theme in item.question.themes] for theme in wanted.themes or all_themes
    ]
    picked: dict[str, Item] = {}
    count = len(eligible) if wanted.count is None else wanted.count
    while len(picked) < count and any(waiting):
        for items in waiting:
            while items and items[-1].question.id in picked:
                items.pop()
            if items and len(picked) < count:
                item = items.pop()
                picked[item.question.id] = item
    return list(picked.values())


def _shuffled(picked: Sequence[Item], seed: str) -> tuple[Item, ...]:
    """The items in the order of a version, their options mixed, the right ones on every letter equally often."""
    items = sorted(picked, key=lambda item: mixing_key(seed, item.question.id))
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
