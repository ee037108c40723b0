"""Two texts → what stays, what goes and what comes, word by word."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

_MOST = 2_000  # words or parts that differ, on either side
_ISLAND = 3  # letters; fewer between two changes belong to them, or the reader sees patches
_WORD = re.compile(r"\w+|[^\w\s]|\s+")

Sort: TypeAlias = Literal["same", "removed", "added"]


class Stretch(Struct, frozen=True):
    """A part of the text before, of the text after, or of both."""

    sort: Sort
    text: str


def compared(before: str, after: str) -> tuple[Stretch, ...]:
    """The stretches of both texts in order: what goes, then what comes in its place.

    Those that are the same or removed make the text before; those that are the same or added, the text after.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    start = _in_common(old, new)
    end = _in_common(old[start:][::-1], new[start:][::-1])
    found: list[tuple[Sort, Sequence[str]]] = [("same", old[:start])]
    gone, come = list[str](), list[str]()
    for removed, added in _pieces(old[start : len(old) - end], new[start : len(new) - end]):
        if removed == added and sum(map(str.isalnum, "".join(removed))) > _ISLAND:
            found += [("removed", gone), ("added", come), ("same", removed)]
            gone, come = [], []
        else:
            gone += removed
            come += added
    return _joined([*found, ("removed", gone), ("added", come), ("same", old[len(old) - end :])])


def compared_parts(before: Sequence[str], after: Sequence[str]) -> tuple[Stretch, ...]:
    """The same for texts in parts, shown with dots between: a part stays, goes, comes, or changes by words."""
    parts = list[tuple[Stretch, ...]]()
    for gone, come in _pieces(before, after):
        if len(gone) == len(come):
            parts += [compared(old, new) for old, new in zip(gone, come, strict=True)]
        else:
            parts += [*((Stretch("removed", text),) for text in gone), *((Stretch("added", text),) for text in come)]
    dotted = [(Stretch("same", " · "), *part) if number else part for number, part in enumerate(parts)]
    return _joined([(stretch.sort, [stretch.text]) for part in dotted for stretch in part])


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Both in pieces that belong together: as much as possible is the same on both sides."""
    from rapidfuzz.distance import LCSseq

    if max(len(old), len(new)) > _MOST:
        yield old, new
        return
    at, to = 0, 0  # from where on nothing was yielded yet
    for step in LCSseq.opcodes(old, new):
        if step.tag == "equal":
            if step.src_start > at or step.dest_start > to:
                yield old[at : step.src_start], new[to : step.dest_start]
            at, to = step.src_end, step.dest_end
            yield old[step.src_start : at], new[step.dest_start : to]
    if len(old) > at or len(new) > to:
        yield old[at:], new[to:]


def _in_common(one: Sequence[str], other: Sequence[str]) -> int:
    """With how many words both begin."""
    different = (number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(different, min(len(one), len(other)))


def _joined(found: Sequence[tuple[Sort, Sequence[str]]]) -> tuple[Stretch, ...]:
    """The stretches that are not empty; of neighbours of one sort, one."""
    stretches = list[Stretch]()
    for sort, words in found:
        text = "".join(words)
        if text and stretches and stretches[-1].sort == sort:
            stretches[-1] = Stretch(sort, stretches[-1].text + text)
        elif text:
            stretches.append(Stretch(sort, text))
    return tuple(stretches)
