"""Two fingerprints of an article to where each paragraph of the older one is in the newer."""

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

_NO_TEXT = "0" * 10  # the digest of no text that anybody will find


class Where(Struct, frozen=True):
    """Paragraphs from `first` to `last`, counted from 1: one, unless its text is another and may have been split.

    `same`: the text is the same.
    """

    first: int
    last: int
    same: bool


def moves(before: Sequence[str], now: Sequence[str]) -> tuple[Where | None, ...]:
    """Where each paragraph of `before` is `now`, both given as digests; None where nothing is left of it.

    A digest that both have once tells a paragraph wherever it went; others are told by what they stand beside. What is
    then left is other text, and stands where its neighbours say. The time grows as the number of paragraphs.
    """
    links = _links(before, now)
    taken = {link for link in links if link is not None}
    runs = _runs(now, taken)
    places: list[Where | None] = [None if link is None else Where(link + 1, link + 1, same=True) for link in links]
    for start, end in _unlinked(links):
        after = links[start - 1] if start else -1
        upto = links[end] if end < len(links) else len(now)
        assert after is not None
        assert upto is not None
        here = [run for run in (runs.get(after + 1), runs.get(upto - 1)) if run]
        here.sort(key=lambda run: run[1] - run[0] != end - start)
        for index in range(start, end) if here else ():
            first, last = here[0]
            if last - first == end - start:
                first, last = first + index - start, first + index - start + 1
            places[index] = Where(first + 1, last, same=False)
    return tuple(places)


def carried(before: Sequence[str], now: Sequence[str], places: Sequence[Where | None]) -> tuple[str, ...]:
    """The fingerprint `now`, in which what has other text than `before` has the digest that it had.

    With it, paragraphs are counted as now, and what changed is still seen to have changed.
    """
    digests, known = list(now), set(now)
    for digest, place in zip(before, places, strict=True):
        if place is not None and not place.same:
            # A text that stands elsewhere as well must not seem to have come from here.
            other = digest if digest not in known else _NO_TEXT
            digests[place.first - 1 : place.last] = [other] * (place.last - place.first + 1)
    return tuple(digests)


def _links(before: Sequence[str], now: Sequence[str]) -> list[int | None]:
    """For each paragraph of `before` the index of the same one in `now`, by Heckel's algorithm."""
    links: list[int | None] = [None] * len(before)
    taken = [False] * len(now)

    def link(old: int, new: int) -> None:
        links[old], taken[new] = new, True

    def follow(old: int, new: int, step: int) -> None:
        """Link the neighbours of a pair as long as they are the same."""
        while 0 <= (old := old + step) < len(before) and 0 <= (new := new + step) < len(now):
            if links[old] is not None or taken[new] or before[old] != now[new]:
                return
            link(old, new)

    counts, counts_now = Counter(before), Counter(now)
    where = {digest: index for index, digest in enumerate(now)}
    for old, digest in enumerate(before):
        if counts[digest] == counts_now[digest] == 1:
            link(old, where[digest])
    anchors = [(old, new) for old, new in enumerate(links) if new is not None]
    for old, new in [(-1, -1), *anchors]:
        follow(old, new, 1)
    for old, new in [*anchors, (len(before), len(now))]:
        follow(old, new, -1)
    for index in range(min(len(before), len(now))):
        if links[index] is None and not taken[index] and before[index] == now[index]:
            link(index, index)
    left: dict[str, list[int]] = {}
    for new in range(len(now) - 1, -1, -1):
        if not taken[new]:
            left.setdefault(now[new], []).append(new)
    for old, digest in enumerate(before):
        if links[old] is None and left.get(digest):
            link(old, left[digest].pop())
    return links


def _unlinked(links: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """The stretches without a link: where each begins, and the index behind it."""
    start = None
    for index, link in enumerate([*links, -1]):
        if link is None and start is None:
            start = index
        elif link is not None and start is not None:
            yield start, index
            start = None


def _runs(now: Sequence[str], taken: set[int]) -> dict[int, tuple[int, int]]:
    """The stretches of `now` that no link leads to, by their first index and by their last."""
    free = [None if index not in taken else index for index in range(len(now))]
    return {index: run for run in _unlinked(free) for index in (run[0], run[1] - 1)}
