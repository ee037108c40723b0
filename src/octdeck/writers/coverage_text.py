"""Coverage to text for a terminal, and to JSON for programs (docs/promises.md)."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from textwrap import shorten
from typing import Any, TypeAlias

from octdeck.counts import counted
from octdeck.coverage import Coverage, Covered, Paragraph, Tally
from octdeck.excerpt import clean
from octdeck.renumbering import as_written, ranges

Paint: TypeAlias = Callable[[str, str], str]
"""Text and a style to text for a terminal."""

_WIDTH = 100
_LABELS = 14  # characters
_FIRST_WORDS = 70


def as_text(coverage: Coverage, paint: Paint) -> str:
    """Each article with its paragraphs by how many questions they have, bare ones first, then all questions."""
    parts = ["\n".join(_article(article, paint)) for article in coverage.articles]
    parts.append("\n".join([paint(f"all {counted(coverage.tally.questions, 'question')}", "bold"), *_whole(coverage)]))
    parts.append(_conclusion(coverage, paint))
    return "\n\n".join(parts) + "\n"


def as_json(coverage: Coverage) -> str:
    """An object; none of an article's text is in it."""
    data = {
        "bank": coverage.bank.id,
        "title": coverage.bank.title,
        **_tally_data(coverage.tally),
        "uncited": [item.question.id for item in coverage.uncited],
        "articles": [_article_data(article) for article in coverage.articles],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


# --- for people -----------------------------------------------------------------------------------------------------


def _article(article: Covered, paint: Paint) -> Iterator[str]:
    bare, skipped, covered = (article.numbers(status) for status in ("bare", "skipped", "covered"))
    yield paint(clean(f"{article.source.id}: {article.source.title}"), "bold")
    if not article.known:
        yield "  how many paragraphs it has is not known: no article is at hand, and octdeck.lock has none of it"
    else:
        count = counted(len(article.paragraphs), "paragraph")
        yield f"  {count}: {len(covered)} covered, {len(bare)} bare, {len(skipped)} skipped"
    if article.changed:
        yield "  the article at hand is another one now; 'octdeck check' says what changed"
    if bare and article.at_hand:
        for index, paragraph in enumerate(p for p in article.paragraphs if p.status == "bare"):
            label = paint(f"{'' if index else 'bare':<{_LABELS}}", "warning")
            words = shorten(paragraph.text or "", _FIRST_WORDS, placeholder=" …")
            yield f"  {label}{paragraph.number:<5}{clean(words)}".rstrip()
    elif bare:
        yield from _row("bare", _listed(bare), paint)
    by_count: dict[int, list[int]] = {}
    for paragraph in article.paragraphs:
        if paragraph.items:
            by_count.setdefault(len(paragraph.items), []).append(paragraph.number)
    for many, numbers in sorted(by_count.items()):
        yield from _row(counted(many, "question"), _listed(numbers))
    if skipped:
        yield from _row("skipped", _listed(skipped))
    yield from _tally(article.tally)


def _whole(coverage: Coverage) -> Iterator[str]:
    yield from _tally(coverage.tally)
    if coverage.uncited:
        yield from _row("no citation", [item.question.id for item in coverage.uncited])


def _tally(tally: Tally) -> Iterator[str]:
    difficulties = {str(name or "none said"): count for name, count in tally.difficulties.items()}
    for label, counts in (("themes", tally.themes), ("kinds", tally.kinds), ("difficulty", difficulties)):
        yield from _row(label, [f"{name}: {count}" for name, count in counts.items() if count] or ["none"])


def _listed(numbers: Iterable[int]) -> list[str]:
    return [as_written([pair]) for pair in ranges(numbers)]


def _row(label: str, parts: Sequence[str], paint: Paint = lambda text, _: text) -> Iterator[str]:
    """A line, or lines, of parts with commas between; no part is broken."""
    lines = [""]
    for part in parts:
        if lines[-1] and len(lines[-1]) + len(part) > _WIDTH - _LABELS:
            lines.append("")
        lines[-1] += f"{part}, "
    for index, line in enumerate(lines):
        head = paint(f"{'' if index else label:<{_LABELS}}", "warning")
        yield f"  {head}{clean(line.removesuffix(' ') if index < len(lines) - 1 else line.removesuffix(', '))}"


def _conclusion(coverage: Coverage, paint: Paint) -> str:
    if not coverage.articles:
        return "no deck file has a source, so there is nothing to cover"
    bare = sum(len(article.numbers("bare")) for article in coverage.articles)
    if bare:
        return paint(f"{counted(bare, 'paragraph')} without a question", "warning")
    if not all(article.known for article in coverage.articles):
        return "of the articles that are known, every paragraph has a question or is skipped"
    return "every paragraph has a question or is skipped"


# --- for programs ---------------------------------------------------------------------------------------------------


def _article_data(article: Covered) -> dict[str, Any]:
    return {
        "id": article.source.id,
        "title": article.source.title,
        "deck_file": article.deck.path.as_posix(),
        "known": article.known,
        "at_hand": article.at_hand,
        "changed": article.changed,
        "covered": len(article.numbers("covered")),
        "bare": len(article.numbers("bare")),
        "skipped": len(article.numbers("skipped")),
        **_tally_data(article.tally),
        "paragraphs": [_paragraph_data(paragraph) for paragraph in article.paragraphs],
    }


def _paragraph_data(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "number": paragraph.number,
        "status": paragraph.status,
        "questions": [item.question.id for item in paragraph.items],
    }


def _tally_data(tally: Tally) -> Mapping[str, Any]:
    return {
        "questions": tally.questions,
        "themes": tally.themes,
        "kinds": tally.kinds,
        "difficulties": {str(name or "none"): count for name, count in tally.difficulties.items()},
    }
