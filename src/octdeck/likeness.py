"""Many sets of words to the few pairs of them that are worth comparing: those that may have most words in common."""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from itertools import chain
from math import ceil

_SHARED = 0.75
"""The share of the words of the larger set that both must have."""

_RAREST = 6
"""How many of its rarest words bring a set together with others at most."""

_MOST = 12
"""With how many earlier sets of one such word it is compared at most, the nearest before it."""


def worth_comparing(bags: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """The pairs of sets that have three quarters of their words in common, by index, the earlier second.

    Two such sets share two of the few rarest words of each, so only sets that do are compared: the number of
    comparisons grows with the number of sets, not with its square. Where even a rare word is in many sets, the last of
    them are taken, and others missed.
    """
    frequency = Counter(chain.from_iterable(bags))
    by_rarity = sorted(sorted(frequency), key=frequency.__getitem__)
    rank = {word: number for number, word in enumerate(by_rarity)}
    once = sum(count == 1 for count in frequency.values())
    earlier: dict[int, deque[int]] = {}
    for index, bag in enumerate(bags):
        size = len(bag)
        least = ceil(_SHARED * size)
        met, again = set[int](), set[int]()
        for word in sorted(map(rank.__getitem__, bag))[: min(_RAREST, size - least + 2)]:
            if word >= once:  # what comes in one set alone brings no two together
                others = earlier.get(word)
                if others is None:
                    others = earlier[word] = deque(maxlen=_MOST)
                again.update(met.intersection(others))
                met.update(others)
                others.append(index)
        for other in sorted(again if size > 1 else met):
            shared = len(bag & bags[other])
            if shared >= least and shared >= _SHARED * len(bags[other]):
                yield index, other
