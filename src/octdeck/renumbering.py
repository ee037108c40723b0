"""Bank × shelf to the articles that changed since the lock file: whom that touches, and what would renumber it all.

Deck files count paragraphs as the lock file does. So all numbers that point into an article change together, and the
lock file's line with them, or none does: half of it would count in two ways.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from octdeck.article import Shelf
from octdeck.bank import Bank, Item
from octdeck.diagnostics import Edit
from octdeck.document import Spot
from octdeck.moves import Where, carried

_NUMBER = re.compile(r"\d+")


class Mention(Struct, frozen=True):
    """A range of paragraphs, from `first` to `last`, that `item` cites; without an item, that is skipped.

    `now` are the ranges in which they are now. `gone` are the paragraphs that are not there any more, `changed` those
    with other text. `edit` writes the new numbers, if all of the article can be renumbered.
    """

    spot: Spot
    first: int
    last: int
    now: tuple[tuple[int, int], ...]
    gone: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    item: Item | None = None
    edit: Edit | None = None

    @property
    def misses(self) -> bool:
        """Whether the numbers are not those of the paragraphs now."""
        return self.now != ((self.first, self.last),)


class Change(Struct, frozen=True):
    """An article that is not the one of the lock file: how often it is mentioned, and where its paragraphs are now.

    `edit` makes the lock file count as the article does now, if all of it can be renumbered.
    """

    source: str
    mentions: tuple[Mention, ...]
    places: tuple[Where | None, ...]
    edit: Edit | None = None

    @property
    def moved(self) -> bool:
        """Whether a number anywhere is not right any more."""
        return any(mention.misses for mention in self.mentions)


def changes(bank: Bank, shelf: Shelf) -> list[Change]:
    """The articles at hand that changed."""
    changed = [
        source
        for source in bank.homes
        if source in shelf.released and source in shelf.at_hand
        if shelf.released[source] != shelf.at_hand[source].digests
    ]
    if not changed:
        return []
    cited: dict[str, list[tuple[Spot, int, int, Item | None]]] = defaultdict(list)
    for item in bank.items:
        for source, spot, (first, last) in item.cites:
            cited[source].append((spot, first, last, item))
    for source in changed:
        cited[source] += [(spot, first, last, None) for spot, (first, last) in bank.homes[source].skips]
    return [_change(bank, shelf, source, cited[source]) for source in changed]


def ranges(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Numbers as ranges (first, last), in order."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number - 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return tuple(found)


def as_written(pairs: Iterable[tuple[int, int]]) -> str:
    """Ranges as a deck file has them: `9, 26-28`."""
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in pairs)


def _change(bank: Bank, shelf: Shelf, source: str, cited: Sequence[tuple[Spot, int, int, Item | None]]) -> Change:
    places = shelf.places(source) or ()
    mentions = tuple(_mention(places, *each) for each in cited)
    change = Change(source, mentions, places)
    line = shelf.lines.get(source)
    # A question that could not be read may cite anything.
    if line is None or not bank.whole or not change.moved:
        return change
    whole_list = _without_gone(bank, source, mentions)
    edits = [_edit(mention, whole_list) for mention in mentions]
    if any(edit is None and mention.misses for edit, mention in zip(edits, mentions, strict=True)):
        return change
    digests = carried(shelf.released[source], shelf.at_hand[source].digests, places)
    return Change(
        source,
        tuple(replace(mention, edit=edit) for mention, edit in zip(mentions, edits, strict=True)),
        places,
        Edit(line, " ".join(digests)),
    )


def _mention(places: Sequence[Where | None], spot: Spot, first: int, last: int, item: Item | None) -> Mention:
    if first > len(places):
        return Mention(spot, first, last, ((first, last),), item=item)  # counted in the new text already
    here = {number: places[number - 1] for number in range(first, min(last, len(places)) + 1)}
    known = {number: place for number, place in here.items() if place}
    return Mention(
        spot,
        first,
        last,
        ranges(number for place in known.values() for number in range(place.first, place.last + 1)),
        tuple(number for number in range(first, last + 1) if number not in known),
        tuple(number for number, place in known.items() if not place.same),
        item,
    )


def _edit(mention: Mention, whole_list: Edit | None) -> Edit | None:
    """What writes the numbers as they are now; None if they need not change, or cannot be written."""
    if not mention.misses or (mention.gone and mention.item):
        return None
    if mention.item is None and whole_list:
        return whole_list
    *above, last = mention.spot.keys
    written = str(mention.spot.value)
    between = _NUMBER.split(written)[1] if mention.first != mention.last else "-"
    texts = [str(a) if a == b else f"{a}{between}{b}" for a, b in mention.now]
    place = mention.spot.document.place
    if isinstance(last, int) and place.find(above).flow:
        text = ", ".join(texts) or "[]"
    else:
        text = texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"
    if len(texts) != 1 and place.find(mention.spot.keys).quoted:
        return None
    return mention.spot.edit(old=written, new=text)


def _without_gone(bank: Bank, source: str, mentions: Sequence[Mention]) -> Edit | None:
    """What writes a list of skipped paragraphs in brackets anew, where there is nothing left of one of its items."""
    skipped = [mention for mention in mentions if mention.item is None]
    spot = bank.homes[source].spot
    place = spot.document.place.find((*spot.keys, "source", "skip"))
    if all(mention.now for mention in skipped) or not place.flow or place.line != place.end_line:
        return None
    left = ", ".join(as_written(mention.now) for mention in skipped if mention.now)
    return Edit(place.span(spot.document.path), f"[{left}]")
