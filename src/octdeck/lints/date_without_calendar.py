"""A day is named without its calendar, in a bank that asks for one.

Where a calendar was reformed, a day has two dates: 25 October in Petrograd was 7 November in Paris. A card that says
just one of them teaches a wrong date to whoever takes it for the other. `calendar` in `bank.yaml` lists the words of
which one is to stand in the question or its answer; what comes with the answer may have its own. With `until: 1918`,
days of later years need none.

Fails:

    # bank.yaml
    bank: harbours
    title: Harbours
    themes: {trade: Trade}
    calendar: [Old Style, New Style]

    # deck.yaml
    deck: Harbours
    questions:
      - id: first-ship
        question: Which ship entered the new basin on 12 March 1751?
        answer: The Heron
        themes: [trade]

Passes:

    # bank.yaml
    bank: harbours
    title: Harbours
    themes: {trade: Trade}
    calendar: [Old Style, New Style]

    # deck.yaml
    deck: Harbours
    questions:
      - id: first-ship
        question: Which ship entered the new basin on 12 March 1751 (Old Style)?
        answer: The Heron
        themes: [trade]
        explain: It is 23 March in our calendar.
"""

import re
from collections.abc import Iterator, Sequence

from octdeck.days import Day, days_of
from octdeck.diagnostics import Diagnostic, Severity
from octdeck.document import Key
from octdeck.prose import Prose, Reading
from octdeck.questions import Choice, Match, Order, ShortAnswer
from octdeck.schema import Calendar

CODE = "OD315"
SEVERITY: Severity = "warning"

_YEAR = re.compile(r"\b[12]\d{3}\b")


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each question that names a day and no calendar, at the first such day."""
    calendar = reading.bank.calendar
    if calendar is None:
        return
    for prose in reading.questions:
        asked, beside = list(_asked(prose)), list(_beside(prose))
        if _tells(asked, calendar):
            continue
        years = [int(year) for _, text in (*asked, *beside) for year in _YEAR.findall(text)]
        for keys, text in asked if _tells(beside, calendar) else (*asked, *beside):
            day = next((day for day in days_of(text, reading.grammar) if _needs_it(day, years, calendar)), None)
            if day is not None:
                message = f"the day '{day.text}' is named without its calendar"
                hint = f"add the one that is meant: {', '.join(calendar.words)}"
                yield Diagnostic(CODE, message, prose.item.span(*keys), SEVERITY, hint)
                break


def _asked(prose: Prose) -> Iterator[tuple[tuple[Key, ...], str]]:
    """The texts of a question and of its answers, with the keys at which they stand."""
    yield (prose.stem_key,), prose.stem.text
    match prose.question:
        case ShortAnswer(answer=answer):
            yield ("answer",), answer
        case Choice(answer=answers):
            yield from ((("answer", i), text) for i, text in enumerate(answers))
        case Order(order=steps):
            yield from ((("order", i), text) for i, text in enumerate(steps))
        case Match(pairs=pairs):
            yield from ((("pairs", left), f"{left}\n{right}") for left, right in pairs.items())
    yield from ((("distractors", i), line.text) for i, line in enumerate(prose.wrong))


def _beside(prose: Prose) -> Iterator[tuple[tuple[Key, ...], str]]:
    """What comes with the answer, and the hint."""
    for key in ("explain", "caution", "hint"):
        if text := getattr(prose.question, key):
            yield (key,), text


def _tells(texts: Sequence[tuple[tuple[Key, ...], str]], calendar: Calendar) -> bool:
    whole = "\n".join(text for _, text in texts).casefold()
    return any(word.casefold() in whole for word in calendar.words)


def _needs_it(day: Day, years: Sequence[int], calendar: Calendar) -> bool:
    """Whether a day is, or may be, of the time of two calendars; without a year it is taken for the earliest there."""
    if calendar.until is None:
        return True
    return (day.year or min(years, default=0)) <= calendar.until
