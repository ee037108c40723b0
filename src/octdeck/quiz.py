"""Bank to Bank: the questions of a quiz, picked and shuffled, a version for each letter."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from octdeck.bank import Bank, Item, arrange
from octdeck.diagnostics import Diagnostic, Span
from octdeck.schema import Quiz


def check(bank: Bank) -> list[Diagnostic]:
    """Whether each quiz of the bank can be made."""
    found = []
    for index, quiz in enumerate(bank.quizzes):
        eligible = len(_eligible(bank, quiz))
        if eligible == 0 or (quiz.count is not None and eligible < quiz.count):
            asked = "at least one is needed" if quiz.count is None else f"{quiz.count} are asked for"
            message = f"the bank has {eligible} questions for the quiz '{quiz.id}', and {asked}"
            hint = "lower 'count' or name more themes; questions with 'paper: false' or 'retired: true' do not count"
            found.append(Diagnostic("OD206", message, _place(bank, index), hint=hint))
    return found


def versions(bank: Bank, quiz: Quiz) -> tuple[tuple[str, Bank], ...]:
    """The versions of a quiz, as (letter, bank): the same questions, each time in another order, by the quiz's seed.

    What comes out depends on the seed and the picked questions alone, not on what else is in the bank.
    """
    picked = _picked(_eligible(bank, quiz), quiz, tuple(bank.themes))
    return tuple((letter, _shuffled(bank, picked, quiz, letter)) for letter in map(_letter, range(quiz.versions)))


def _eligible(bank: Bank, quiz: Quiz) -> list[Item]:
    wanted = set(quiz.themes or bank.themes)
    return [
        item
        for item in bank.items
        if item.question.paper and not item.question.retired and wanted.intersection(item.question.themes)
    ]


def _picked(eligible: Sequence[Item], quiz: Quiz, all_themes: Sequence[str]) -> list[Item]:
    """`count` of the items, the themes taking turns."""
    mixed = sorted(eligible, key=lambda item: _mix(quiz.seed, item.question.id))
    waiting = {theme: [item for item in mixed if theme in item.question.themes] for theme in quiz.themes or all_themes}
    picked: dict[str, Item] = {}
    count = len(eligible) if quiz.count is None else quiz.count
    while len(picked) < count and any(waiting.values()):
        for items in waiting.values():
            while items and items[0].question.id in picked:
                items.pop(0)
            if items and len(picked) < count:
                item = items.pop(0)
                picked[item.question.id] = item
    return list(picked.values())


def _shuffled(bank: Bank, picked: Sequence[Item], quiz: Quiz, letter: str) -> Bank:
    seed = f"{quiz.seed}/{letter}"
    items = sorted(picked, key=lambda item: _mix(seed, item.question.id))
    return replace(
        bank,
        items=tuple(replace(item, options=arrange(item.question, f"{seed}/{item.question.id}")) for item in items),
    )


def _letter(number: int) -> str:
    return chr(ord("A") + number)


def _mix(seed: object, text: str) -> str:
    return hashlib.sha256(f"{seed}\x1f{text}".encode()).hexdigest()


def _place(bank: Bank, index: int) -> Span:
    key = "count" if bank.quizzes[index].count is not None else "id"
    return bank.span("quizzes", index, key)
