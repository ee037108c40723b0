"""Bank to findings: one rule a file.

A rule is a module with `CODE`, `SEVERITY` and `check(bank, shelf)`, which yields what it found: each finding with the
items it concerns, of which any can ignore it. The module's docstring is the page of its code (see octdeck.codes). Only
warnings can be ignored.
"""

from collections.abc import Callable, Iterator, Sequence
from types import ModuleType

from octdeck import codes
from octdeck.article import Shelf
from octdeck.bank import Bank
from octdeck.diagnostics import Diagnostic, Span, did_you_mean
from octdeck.lints import (
    all_of_the_above,
    answer_in_question,
    cited_and_skipped,
    cited_paragraphs,
    skipped_paragraphs,
    uncited,
)

PROVENANCE: tuple[ModuleType, ...] = (cited_paragraphs, uncited, skipped_paragraphs, cited_and_skipped)
QUALITY: tuple[ModuleType, ...] = (answer_in_question, all_of_the_above)
RULES = (*PROVENANCE, *QUALITY)
IGNORABLE = frozenset(rule.CODE for rule in RULES if rule.SEVERITY == "warning")


def check(bank: Bank, shelf: Shelf) -> list[Diagnostic]:
    """All rules over the bank, less what a question or the bank ignores."""
    found: list[Diagnostic] = []
    for rule in RULES:
        if rule.CODE in IGNORABLE and rule.CODE in bank.ignore:
            continue
        for items, diagnostic in rule.check(bank, shelf):
            if rule.CODE not in IGNORABLE or not any(rule.CODE in item.question.ignore for item in items):
                found.append(diagnostic)
    found += _ignored(bank.ignore, bank.span)
    for item in bank.items:
        found += _ignored(item.question.ignore, item.span)
    return found


def pages() -> list[codes.Page]:
    """What each rule finds, and why."""
    return [codes.page(rule.CODE, rule.SEVERITY, rule, ignorable=rule.CODE in IGNORABLE) for rule in RULES]


def _ignored(names: Sequence[str], span: Callable[[str, int], Span]) -> Iterator[Diagnostic]:
    """What `ignore` names must be a rule that can be ignored: a misspelt code would hide nothing, silently."""
    for index, code in enumerate(names):
        if code not in IGNORABLE:
            near = did_you_mean(code, IGNORABLE)
            hint = f"did you mean '{near}'?" if near else f"use one of: {', '.join(sorted(IGNORABLE))}"
            message = f"'{code[:20]}' is not a warning that can be ignored"
            yield Diagnostic("OD113", message, span("ignore", index), hint=hint)
