"""Bank to findings: one rule a file.

A rule is a module with `CODE`, `SEVERITY` and `check(reading)`, which yields what it found. The module's docstring is
the page of its code (see octdeck.codes). Only warnings can be ignored, and not those of a rule with `IGNORABLE =
False`: what ignores a rule, a question or the whole bank, is not shown to it.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from types import ModuleType
from typing import TYPE_CHECKING

from octdeck import prose
from octdeck.article import Shelf
from octdeck.bank import Bank
from octdeck.diagnostics import MOST_FOUND, Diagnostic, Severity, Span, did_you_mean
from octdeck.lints import (
    all_of_the_above,
    answer_in_question,
    big_gap,
    changed_article,
    changed_paragraphs,
    cited_and_skipped,
    cited_paragraphs,
    claim_as_fact,
    date_without_calendar,
    list_as_answer,
    long_answer,
    longest_option,
    moved_paragraphs,
    near_duplicate,
    nothing_meant,
    odd_option,
    one_kind,
    overlapping_options,
    skipped_paragraphs,
    small_gap,
    telling_article,
    told_gap,
    two_answers,
    unbalanced_truth,
    uncited,
    unsupported,
    yes_or_no,
)

if TYPE_CHECKING:
    from octdeck.codes import Page

PROVENANCE: tuple[ModuleType, ...] = (
    cited_paragraphs,
    uncited,
    skipped_paragraphs,
    cited_and_skipped,
    changed_article,
    moved_paragraphs,
    changed_paragraphs,
    unsupported,
)
QUALITY: tuple[ModuleType, ...] = (
    answer_in_question,
    all_of_the_above,
    long_answer,
    list_as_answer,
    yes_or_no,
    near_duplicate,
    two_answers,
    longest_option,
    odd_option,
    overlapping_options,
    nothing_meant,
    big_gap,
    small_gap,
    told_gap,
    date_without_calendar,
    one_kind,
    claim_as_fact,
    unbalanced_truth,
    telling_article,
)
RULES = (*PROVENANCE, *QUALITY)
IGNORABLE = frozenset(rule.CODE for rule in RULES if rule.SEVERITY == "warning" and getattr(rule, "IGNORABLE", True))


def errors(bank: Bank, shelf: Shelf) -> list[Diagnostic]:
    """What a bank cannot be built with, and what it ignores that cannot be ignored."""
    found = chain(_ignored(bank), _found(bank, shelf, "error"))
    return list(islice(found, MOST_FOUND))


def warnings(bank: Bank, shelf: Shelf) -> list[Diagnostic]:
    """All that a teacher should look at, less what a question or the bank ignores."""
    return list(islice(_found(bank, shelf, "warning"), MOST_FOUND))


def _found(bank: Bank, shelf: Shelf, severity: Severity) -> Iterator[Diagnostic]:
    ignored = IGNORABLE & {code for item in bank.items for code in item.question.ignore}
    reading = prose.read(bank, shelf)
    for rule in RULES:
        if severity == rule.SEVERITY and (rule.CODE not in IGNORABLE or rule.CODE not in bank.ignore):
            yield from rule.check(reading.without(rule.CODE) if rule.CODE in ignored else reading)


def pages() -> "list[Page]":
    """What each rule finds, and why."""
    from octdeck import codes

    return [codes.page(rule.CODE, rule.SEVERITY, rule, ignorable=rule.CODE in IGNORABLE) for rule in RULES]


def _ignored(bank: Bank) -> Iterator[Diagnostic]:
    yield from _unknown(bank.ignore, bank.span)
    for item in bank.items:
        if item.question.ignore:
            yield from _unknown(item.question.ignore, item.span)


def _unknown(names: Sequence[str], span: Callable[[str, int], Span]) -> Iterator[Diagnostic]:
    """What `ignore` names must be a rule that can be ignored: a misspelt code would hide nothing, silently."""
    for index, code in enumerate(names):
        if code not in IGNORABLE:
            near = did_you_mean(code, IGNORABLE)
            hint = f"did you mean '{near}'?" if near else f"use one of: {', '.join(sorted(IGNORABLE))}"
            message = f"'{code[:20]}' is not a warning that can be ignored"
            yield Diagnostic("OD113", message, span("ignore", index), hint=hint)
