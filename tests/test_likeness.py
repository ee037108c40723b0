"""Near-duplicates are looked for among few pairs, however many questions there are."""

from collections.abc import Callable
from random import Random

import pytest

from octdeck.likeness import worth_comparing


class Bag(frozenset[str]):
    """A set of words that counts how often any is compared with another."""

    compared = 0

    def __and__(self, other: object) -> frozenset[str]:
        Bag.compared += 1
        return super().__and__(other)  # type: ignore[operator]


def compared(bags: list[Bag]) -> int:
    """How many pairs were compared to find those that are alike."""
    Bag.compared = 0
    for _ in worth_comparing(bags):
        pass
    return Bag.compared


def different(count: int) -> list[Bag]:
    """Questions of nine words out of 8,000, as in a bank of that size."""
    random = Random(1917)
    return [Bag(f"w{random.randrange(8000)}" for _ in range(9)) for _ in range(count)]


def of_one_form(count: int) -> list[Bag]:
    """Questions in the same words but for one: "What is the capital of ...?"."""
    return [Bag(["capital", "big", "old", "harbour", f"w{number}"]) for number in range(count)]


def all_the_same(count: int) -> list[Bag]:
    """One question, again and again."""
    return [Bag(["slate", "quay", "east", "shipped"]) for _ in range(count)]


def of_few_words(count: int) -> list[Bag]:
    """Questions of six words out of thirty: every word is in a fifth of them."""
    random = Random(1917)
    return [Bag(random.sample([f"w{number}" for number in range(30)], 6)) for _ in range(count)]


@pytest.mark.parametrize("bank", [different, of_one_form, all_the_same, of_few_words])
def test_comparisons_grow_with_the_questions(bank: Callable[[int], list[Bag]]) -> None:
    """However many questions there are, and whatever they ask, each is compared with 48 others at most."""
    for count in (1_000, 10_000, 40_000):
        assert compared(bank(count)) <= 48 * count


def test_what_is_alike_is_found() -> None:
    """In a large bank, each question that is repeated with one word of nine changed is compared with its like."""
    bags = different(5_000)
    random = Random(25)
    for number in range(0, 5_000, 10):
        bags.append(Bag({*sorted(bags[number])[1:], f"w{random.randrange(8000)}"}))

    found = set(worth_comparing(bags))

    assert {(5_000 + place, number) for place, number in enumerate(range(0, 5_000, 10))} <= found
