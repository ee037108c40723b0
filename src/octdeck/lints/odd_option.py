"""The right option is the only one of its form.

A figure among words, small letters among capitals, one full stop among four options: whoever notices chooses by the
form. Give all options the same one.

Fails:

    - id: mole-length
      question: How long is the mole?
      answer: 340 metres
      distractors: [Less than the quay, As long as the bridge, Nobody knows]
      themes: [building]

Passes:

    - id: mole-length
      question: How long is the mole?
      answer: 340 metres
      distractors: [120 metres, 900 metres, 1,400 metres]
      themes: [building]
"""

import re
from collections.abc import Callable, Iterator, Mapping

from octdeck.diagnostics import Diagnostic, Severity
from octdeck.prose import Reading
from octdeck.questions import Choice

CODE = "OD309"
SEVERITY: Severity = "warning"

_FIGURE = re.compile(r"(?<!\w)\d+(?![A-Z\d])")  # but not C0, nor 3D
_FEW = 5  # words; in a longer option a figure does not strike the eye
_QUOTES = "\"“”„‟«»‹›‘’'"


def check(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each choice in which all right options have a form that no other has, or the reverse."""
    for prose in reading.questions:
        if not isinstance(prose.question, Choice) or len(prose.others) < 2 or prose.options_have_media:
            continue
        right, wrong = [line.text for line in prose.right], [line.text for line in prose.others]
        for form, has in _FORMS.items():
            ours, theirs = {has(text) for text in right}, {has(text) for text in wrong}
            if len(ours) == len(theirs) == 1 and ours != theirs and None not in ours | theirs:
                which = "the right option alone" if len(right) == 1 else "each right option"
                others = "" if len(right) == 1 else ", and no other,"
                how = f"has {form}" if True in ours else f"has not {form}"
                message = f"{which}{others} {how}"
                hint = "write all options in one form"
                yield Diagnostic(CODE, message, prose.item.span("answer"), SEVERITY, hint)
                break


def _has_figure(text: str) -> bool | None:
    found = _FIGURE.search(text)
    return found is not None and (found.start() == 0 or len(text.split()) <= _FEW)


def _has_capital(text: str) -> bool | None:
    first = text.lstrip(_QUOTES)[:2]
    if not first.isalpha() or first[0].isupper() == first[0].islower():
        return None  # a figure, a variable, or a script without capitals
    return first[0].isupper()


def _has_full_stop(text: str) -> bool | None:
    return text.endswith(".") and not text.endswith("..")


def _is_quoted(text: str) -> bool | None:
    return text[:1] in _QUOTES and text[-1:] in _QUOTES if text else None  # a link may show no text


_FORMS: Mapping[str, Callable[[str], bool | None]] = {
    "a figure": _has_figure,
    "a capital letter at its beginning": _has_capital,
    "a full stop": _has_full_stop,
    "quotation marks": _is_quoted,
}
