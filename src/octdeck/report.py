"""Diagnostics to text: full (with the line shown), concise (a line each) and JSON."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from octdeck.diagnostics import LINE_BREAK, Diagnostic, Span

Paint: TypeAlias = Callable[[str, str], str]
"""Text and a style ("error", "warning", "place", "bold") to text for a terminal."""

_WIDTH = 100
# What a terminal would obey rather than show.
_UNSEEN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def full(found: Sequence[Diagnostic], texts: Mapping[Path, str], paint: Paint) -> str:
    """Each finding with the line it stands in; `texts` holds the files that were read."""
    lines = {path: LINE_BREAK.split(text) for path, text in texts.items()}
    return "\n".join(_full(diagnostic, lines, paint) for diagnostic in found)


def unpainted(text: str, _: str) -> str:
    """No colour."""
    return text


def concise(found: Iterable[Diagnostic]) -> str:
    """`path:line:column: CODE message`, a line each."""
    return "".join(f"{_where(d.span)}: {d.code} {_clean(d.message)}\n" for d in found)


def as_json(found: Iterable[Diagnostic]) -> str:
    """A JSON list, an object each."""
    return json.dumps([_data(d) for d in found], ensure_ascii=False, indent=2) + "\n"


def summary(found: Sequence[Diagnostic]) -> str:
    """`2 errors, 1 warning`, or `no mistakes found`."""
    errors = sum(d.severity == "error" for d in found)
    warnings = len(found) - errors
    counts = [f"{n} {word}{'s' * (n > 1)}" for n, word in ((errors, "error"), (warnings, "warning")) if n]
    return ", ".join(counts) or "no mistakes found"


def _full(diagnostic: Diagnostic, lines: Mapping[Path, Sequence[str]], paint: Paint) -> str:
    head = paint(f"{diagnostic.severity}[{diagnostic.code}]", diagnostic.severity)
    shown = [f"{head}: {paint(_clean(diagnostic.message), 'bold')}"]
    width = max(len(str(span.line)) for span in (diagnostic.span, *(span for _, span in diagnostic.related)))
    shown += _excerpt(diagnostic.span, lines, width, paint, "-->", diagnostic.severity)
    for label, span in diagnostic.related:
        shown += _excerpt(span, lines, width, paint, f"::: {label}:", "place")
    if diagnostic.hint:
        shown.append(f"{' ' * width} {paint('=', 'place')} hint: {_clean(diagnostic.hint)}")
    return "\n".join(shown) + "\n"


def _excerpt(
    span: Span, lines: Mapping[Path, Sequence[str]], width: int, paint: Paint, arrow: str, style: str
) -> list[str]:
    shown = [f"{' ' * width}{paint(arrow, 'place')} {_where(span)}"]
    text = lines.get(span.path, ())[span.line - 1 : span.line]
    if not text:
        return shown
    line, start = text[0], span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    cut = max(0, start - _WIDTH // 2)  # of a very long line, the part around the place
    visible = _clean(line[cut : cut + _WIDTH].expandtabs(1))
    length = max(1, min(end, len(line), cut + _WIDTH) - start)
    bar = paint("|", "place")
    return [
        *shown,
        f"{' ' * width} {bar}",
        f"{paint(f'{span.line:>{width}}', 'place')} {bar} {visible}",
        f"{' ' * width} {bar} {' ' * (start - cut)}{paint('^' * length, style)}",
    ]


def _where(span: Span) -> str:
    return f"{_clean(str(span.path))}:{span.line}:{span.column}"


def _clean(text: str) -> str:
    return _UNSEEN.sub("�", text)


def _data(diagnostic: Diagnostic) -> dict[str, object]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        **_span_data(diagnostic.span),
        "related": [{"message": label, **_span_data(span)} for label, span in diagnostic.related],
    }


def _span_data(span: Span) -> dict[str, object]:
    return {
        "path": span.path.as_posix(),
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
