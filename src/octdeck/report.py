"""Diagnostics to text: full (with the line shown), concise (a line each), JSON, and commands for GitHub's workflows."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from octdeck.diagnostics import LINE_BREAK, Diagnostic, Span
from octdeck.excerpt import Mark, Paint, clean, excerpt

_NOTE_WIDTH = 90  # characters


def full(found: Sequence[Diagnostic], texts: Mapping[Path, str], paint: Paint) -> str:
    """Each finding with the line it stands in; `texts` holds the files that were read."""
    paths = {span.path for d in found for span in (d.span, *(other for _, other in d.related))}
    lines = {path: LINE_BREAK.split(texts.get(path, "")) for path in paths}
    return "\n".join(_full(diagnostic, lines, paint) for diagnostic in found)


def unpainted(text: str, _: str) -> str:
    """No colour."""
    return text


def concise(found: Iterable[Diagnostic]) -> str:
    """`path:line:column: CODE message`, a line each."""
    return "".join(f"{_where(d.span)}: {d.code} {clean(d.message)}\n" for d in found)


def as_json(found: Iterable[Diagnostic]) -> str:
    """A JSON list, an object each."""
    import json

    return json.dumps([_data(d) for d in found], ensure_ascii=False, indent=2) + "\n"


def github(found: Iterable[Diagnostic], root: Path) -> str:
    """Commands that make GitHub show each finding beside its line; `root` is the folder of the checkout."""
    return "".join(_command(d, root) for d in found)


def _full(diagnostic: Diagnostic, lines: Mapping[Path, Sequence[str]], paint: Paint) -> str:
    span = diagnostic.span
    head = paint(f"{diagnostic.severity}[{diagnostic.code}]", diagnostic.severity)
    marks = [Mark(span, "^", diagnostic.severity)]
    marks += [Mark(other, "-", "place", clean(label)) for label, other in diagnostic.related]
    gutter = max(len(str(mark.span.end_line)) for mark in marks)
    shown = [f"{head}: {paint(clean(diagnostic.message), 'bold')}"]
    for path in dict.fromkeys(mark.span.path for mark in marks):
        here = [mark for mark in marks if mark.span.path == path]
        arrow = "-->" if path == span.path else ":::"
        shown.append(f"{' ' * gutter}{paint(arrow, 'place')} {_where(here[0].span)}")
        drawn = excerpt(lines[path], here, gutter, paint)
        if not drawn and here[0].label:
            shown[-1] += f" {here[0].label}"
        shown += drawn
    for note in diagnostic.notes:
        from textwrap import wrap

        first, *more = wrap(clean(note), _NOTE_WIDTH)
        shown.append(f"{' ' * gutter} {paint('=', 'place')} note: {first}")
        shown += [f"{' ' * (gutter + len(' = note: '))}{line}" for line in more]
    if diagnostic.hint:
        shown.append(f"{' ' * gutter} {paint('=', 'place')} hint: {clean(diagnostic.hint)}")
    return "\n".join(shown) + "\n"


def _where(span: Span) -> str:
    return f"{clean(str(span.path))}:{span.line}:{span.column}"


# --- for programs ---------------------------------------------------------------------------------------------------


def _data(diagnostic: Diagnostic) -> dict[str, object]:
    fix = diagnostic.fix
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        **_span_data(diagnostic.span),
        "related": [{"message": label, **_span_data(span)} for label, span in diagnostic.related],
        "fix": {"text": fix.text, **_span_data(fix.span)} if fix else None,
        "page": f"docs/codes/{diagnostic.code}.md",
    }


def _span_data(span: Span) -> dict[str, object]:
    return {
        "path": span.path.as_posix(),
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _command(diagnostic: Diagnostic, root: Path) -> str:
    span = diagnostic.span
    place: dict[str, object] = {"file": span.within(root).as_posix(), "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:  # or GitHub would refuse the columns
        place |= {"col": span.column, "endColumn": span.end_column}
    properties = {"title": f"octdeck {diagnostic.code}", **place}
    shown = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in properties.items())
    text = f"{diagnostic.message}\nhint: {diagnostic.hint}" if diagnostic.hint else diagnostic.message
    return f"::{diagnostic.severity} {shown}::{_escaped(text)}\n"


def _escaped(text: str, more: str = "") -> str:
    for char in f"%\r\n{more}":  # the percent sign first
        text = text.replace(char, f"%{ord(char):02X}")
    return text
