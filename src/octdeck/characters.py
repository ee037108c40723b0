"""Bank to findings: characters that are to come on paper, and that no font has."""

import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import TypeAlias

from octdeck import markup
from octdeck.bank import Bank
from octdeck.diagnostics import MOST_FOUND, Diagnostic, Span
from octdeck.fonts import KNOWN
from octdeck.questions import texts

_MOST_NAMED = 20
_TRIED_AT_ONCE = 500  # each error makes the next one dearer
_MOST_TRIED = 2_000

_Strange: TypeAlias = tuple[set[str], Callable[[], Span], str]
"""The unusual characters of a text, with what tells its place, and what could be done about it."""


def unprintable(bank: Bank) -> list[Diagnostic]:
    """An error for each printed text with characters that no font has; of thousands, for the first."""
    return list(islice(_unprintable(bank), MOST_FOUND))


def _unprintable(bank: Bank) -> Iterator[Diagnostic]:
    fine, missing = set[str](), set[str]()  # characters with their accents
    for batch in _batches(bank):
        from octdeck import typesetting

        new = sorted(set().union(*(clusters for clusters, _, _ in batch)) - fine - missing)
        for start in range(0, len(new), _TRIED_AT_ONCE):
            if len(missing) < _MOST_TRIED:
                trying = new[start : start + _TRIED_AT_ONCE]
                refused = typesetting.not_set(trying)
                missing |= refused
                fine |= {*trying} - refused
        for clusters, where, hint in batch:
            chars = sorted({char for cluster in clusters & missing for char in cluster if not KNOWN.fullmatch(char)})
            if chars:
                named = [char for char in chars if char.isprintable()] or chars
                names = ", ".join(map(_name, named[:_MOST_NAMED]))
                more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
                yield Diagnostic("OD401", f"paper cannot show {names}{more}", where(), hint=hint)
        if len(missing) >= _MOST_TRIED:
            return
        if len(fine) >= _MOST_TRIED:
            message = f"there are more than {_MOST_TRIED} unusual characters, too many to try out on paper"
            yield Diagnostic("OD401", message, where(), hint=hint)
            return


def _batches(bank: Bank) -> Iterator[list[_Strange]]:
    """The texts that the fonts may not have, so many at a time as have a good number of characters between them."""
    batch: list[_Strange] = []
    for text, where, hint in _printed(bank):
        if clusters := _clusters(text):
            batch.append((clusters, where, hint))
            if sum(len(clusters) for clusters, _, _ in batch) > _TRIED_AT_ONCE:
                yield batch
                batch = []
    if batch:
        yield batch


def undrawable(bank: Bank) -> list[Diagnostic]:
    """An error for each SVG picture for paper that cannot be drawn as it is, mostly for characters that no font has."""
    drawings = {file: medium for file, medium in bank.media.items() if medium.type == "svg"}
    if not drawings:
        return []
    from octdeck import typesetting
    from octdeck.mediafiles import Mention, mentions

    first: dict[str, Mention] = {}
    for item in bank.items:
        if item.question.paper and not item.question.retired:
            for mention in mentions(item):
                if mention.file in drawings:
                    first.setdefault(mention.file, mention)

    found = []
    for file in typesetting.undrawable({file: drawings[file] for file in first}):
        message = "paper cannot show this picture: there are characters in it that no font has, or broken parts"
        hint = "turn its text into paths, in Inkscape with Path > Object to Path"
        found.append(first[file].fault("OD401", message, hint))
    return found


_HERE = "write it in letters, or add 'paper: false'"
_EVERYWHERE = "write it in letters"


def _printed(bank: Bank) -> Iterator[tuple[str, Callable[[], Span], str]]:
    """Every text that comes on paper, with what tells its place, and what could be done about it."""
    items = [item for item in bank.items if item.question.paper and not item.question.retired]
    yield bank.title, partial(bank.span, "title"), _EVERYWHERE
    yield bank.look.school, partial(bank.span, "school"), _EVERYWHERE
    for index, quiz in enumerate(bank.quizzes):
        yield quiz.title, partial(bank.span, "quizzes", index, "title"), _EVERYWHERE
        for number, section in enumerate(quiz.sections if isinstance(quiz.sections, tuple) else ()):
            yield section.title, partial(bank.span, "quizzes", index, "sections", number, "title"), _EVERYWHERE
    for theme in dict.fromkeys(theme for item in items for theme in item.question.themes if theme in bank.themes):
        yield bank.themes[theme].title, partial(bank.span, "themes", theme, "title"), _EVERYWHERE
    homes = {deck.source.id: deck for deck in bank.decks if deck.source}
    for item in items:
        yield item.deck.name, partial(item.deck.span, "deck"), _EVERYWHERE
        for source in item.sources:
            for key in ("title", "short", "author", "publisher", "issue", "date", "url"):
                place = partial(homes.get(source.id, item.deck).span, "source", key)
                yield getattr(source, key) or "", place, _EVERYWHERE
        for keys, text, of_key in texts(item.question):
            yield text, partial(item.span, *keys, key=of_key), _HERE


def _clusters(text: str) -> set[str]:
    """The characters that may be missing, each with the accents on it."""
    if KNOWN.fullmatch(text):
        return set()
    clusters: list[str] = []
    for char in markup.plain(text):
        if clusters and unicodedata.category(char) in {"Mn", "Mc", "Me", "Cf"}:
            clusters[-1] += char
        else:
            clusters.append(char)
    return {cluster for cluster in clusters if not KNOWN.fullmatch(cluster)}


def _name(char: str) -> str:
    shown = f"◌{char}" if unicodedata.combining(char) else char
    return f"U+{ord(char):04X} '{shown}'" if char.isprintable() else f"U+{ord(char):04X}"
