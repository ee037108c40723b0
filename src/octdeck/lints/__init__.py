"""Bank to findings: one rule a file.

A rule is a module with `CODE`, `SEVERITY` and `check(bank, articles)`, which yields what it found, each with the item
it concerns. `articles` holds the paragraphs' digests of each source that is known. Only warnings can be ignored.
"""

from collections.abc import Iterator, Mapping
from types import ModuleType

from octdeck.bank import Bank, Item
from octdeck.diagnostics import Diagnostic, did_you_mean
from octdeck.lints import all_of_the_above, answer_in_question, cited_paragraphs, uncited

RULES: tuple[ModuleType, ...] = (cited_paragraphs, uncited, answer_in_question, all_of_the_above)
IGNORABLE = frozenset(rule.CODE for rule in RULES if rule.SEVERITY == "warning")


def check(bank: Bank, articles: Mapping[str, tuple[str, ...]]) -> list[Diagnostic]:
    """All rules over the bank, less what the question or the bank ignores."""
    found: list[Diagnostic] = []
    for rule in RULES:
        for item, diagnostic in rule.check(bank, articles):
            if rule.CODE not in IGNORABLE or rule.CODE not in (*bank.ignore, *item.question.ignore):
                found.append(diagnostic)
    for item in bank.items:
        found += _ignored(item)
    return found


def _ignored(item: Item) -> Iterator[Diagnostic]:
    """What `ignore` names must be a rule that can be ignored: a misspelt code would hide nothing, silently."""
    for code in item.question.ignore:
        if code not in IGNORABLE:
            near = did_you_mean(code, IGNORABLE)
            hint = f"did you mean '{near}'?" if near else f"use one of: {', '.join(sorted(IGNORABLE))}"
            yield Diagnostic(
                "OD113", f"'{code[:20]}' is not a warning that can be ignored", item.span("ignore"), hint=hint
            )
