"""Many sets of words to the few pairs of them that are worth comparing: those that may have most words in common."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from itertools import chain
from math import ceil

_SHARED = 0.75
"""The share of the words of the larger set that both must have."""

_MOST = 16
"""With how many earlier sets of one word a set is compared at most, the nearest before it."""


def worth_comparing(bags: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """The pairs of sets that have three quarters of their words in common, by index, the earlier second.

    Two such sets share one of the few rarest words of each, so only sets that do are looked at: the number of looks
    grows with the number of sets, not with its square. Where even a rare word is in many sets, the last of them are
    taken, and others missed.
    """
    frequency = Counter(chain.from_iterable(bags))
    earlier: defaultdict[str, deque[int]] = defaultdict(lambda: deque(maxlen=_MOST))
    for index, bag in enumerate(bags):
        rarest = sorted((frequency[word], word) for word in bag)[: len(bag) - ceil(_SHARED * len(bag)) + 1]
        near: dict[int, None] = {}
        for count, word in rarest:
            if count > 1:
                near.update(dict.fromkeys(earlier[word]))
                earlier[word].append(index)
        for other in near:
            most = max(len(bag), len(bags[other]))
            if min(len(bag), len(bags[other])) >= _SHARED * most and len(bag & bags[other]) >= _SHARED * most:
                yield index, other
