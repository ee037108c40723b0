"""Quoted text of a YAML file → the spaces at its ends, which no card shows, each finding with its repair."""

import re
from collections.abc import Sequence

from octdeck.diagnostics import Diagnostic, Edit, Span

_BLANK = " \t"


def check(value: str, span: Span, lines: Sequence[str], *, is_key: bool = False) -> list[Diagnostic]:
    """Spaces between the text `value`, which stands at `span` in `lines`, and its quotation marks.

    Only spaces that were typed count, not those that YAML makes of escapes and line breaks. A key has no repair: it
    might turn into one that is there already.
    """
    if not value.strip() or (value[0] not in _BLANK and value[-1] not in _BLANK):
        return []
    first, last = lines[span.line - 1], lines[span.end_line - 1]
    begin, end = span.column, span.end_column - 2  # in the lines, counted from 0: behind the first mark, at the last
    found = []
    after = re.compile(rf"[{_BLANK}]*").match(first, begin)
    if after and after.end() > begin and after.end() < (end if span.line == span.end_line else len(first)):
        found.append(_finding("before", Span(span.path, span.line, begin + 1, span.line, after.end() + 1), is_key))
    start = len(last[:end].rstrip(_BLANK))
    if last[span.end_column - 2] == '"' and (len(last[:start]) - len(last[:start].rstrip("\\"))) % 2:
        start += 1  # this space is escaped: it was meant
    if start < end and (span.line == span.end_line or last[:start].strip()):
        found.append(_finding("after", Span(span.path, span.end_line, start + 1, span.end_line, end + 1), is_key))
    return found


def _finding(where: str, span: Span, is_key: bool) -> Diagnostic:
    what = "a space stands" if span.end_column - span.column == 1 else "spaces stand"
    message = f"{what} {where} the text, within its quotation marks"
    fix = None if is_key else Edit(span, "")
    hint = "delete what stands between the text and its quotation mark"
    return Diagnostic("OD114", message, span, "warning", hint, fix=fix)
