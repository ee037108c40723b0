"""The decks that come with octdeck: what can be told of their quality by counting."""

from collections import Counter

import pytest

import octdeck
from octdeck.bank import Bank
from octdeck.questions import Choice, TrueFalse
from support import ROOT


@pytest.fixture(scope="module")
def bank() -> Bank:
    loaded = octdeck.load(ROOT / "decks").bank
    assert loaded is not None
    return loaded


def test_every_theme_can_fill_a_quiz(bank: Bank) -> None:
    """Each theme is described and has eight questions at least."""
    count = Counter(theme for item in bank.items for theme in item.question.themes)

    assert all(theme.description for theme in bank.themes.values())
    assert all(count[theme] >= 8 for theme in bank.themes), count


def test_every_question_is_traced_and_graded(bank: Bank) -> None:
    """Each question cites a paragraph and has a difficulty."""
    assert all(item.citations and item.question.difficulty for item in bank.items)


def test_true_and_false_are_balanced(bank: Bank) -> None:
    """In no deck can a student guess by always saying true, or false."""
    for deck, part in bank.by_deck():
        answers = Counter(i.question.answer for i in part.items if isinstance(i.question, TrueFalse))

        assert abs(answers[True] - answers[False]) <= 1, deck.file


def test_the_longest_option_is_not_the_right_one(bank: Bank) -> None:
    """Over all decks, the right option is the longest no more often than chance would have it (and a few more)."""
    choices = [i.question for i in bank.items if isinstance(i.question, Choice) and len(i.question.answer) == 1]
    longest = sum(len(q.answer[0]) > max(map(len, q.distractors)) for q in choices)
    by_chance = sum(1 / len(q.options) for q in choices)

    assert len(choices) >= 10
    assert longest <= by_chance + 1


def test_a_comparison_cites_two_sources(bank: Bank) -> None:
    """In a deck without a source of its own, each question cites two sources or more."""
    comparing = [item for item in bank.items if item.deck.source is None]

    assert all(len({citation.source.id for citation in item.citations}) >= 2 for item in comparing)
