"""libyaml's complaint to a Diagnostic in a teacher's words."""

import re
from collections.abc import Sequence
from pathlib import Path

import yaml

from octdeck.diagnostics import LINE_BREAK, Diagnostic, Edit, Span

# What libyaml says, or where it was (the beginning of "problem" or "context: problem"), and how we say it.
_SAYINGS = (
    (
        "mapping values are not allowed",
        "there is a second ': ' in this line, or the line above is not finished",
        "put the text in quotation marks",
    ),
    (
        "while scanning a quoted scalar",
        "the quotation mark that opens here is never closed",
        'close it; inside double quotes write \\" for a quotation mark',
    ),
    (
        "found unknown escape character",
        "a backslash inside double quotes has a meaning of its own",
        "write it twice, or use single quotes",
    ),
    ("found invalid Unicode", "the number after \\u or \\U is no character", "type the character itself"),
    ("while parsing a quoted scalar", "this quoted text cannot be read", "use single quotes"),
    ("while parsing a flow sequence", "the list that opens with '[' here is never closed", "close it with ']'"),
    ("while parsing a flow mapping", "the braces that open here are never closed", "close them with '}'"),
    (
        "could not find expected ':'",
        "this line is neither 'key: value' nor '- item'",
        "indent it to the text it belongs to, or add the ':'",
    ),
    ("found incompatible YAML", "this file asks for another version of YAML", "delete the line that begins with '%'"),
    (
        "did not find expected key",
        "this does not fit what stands above it",
        "indent it like the keys above; after a closing quotation mark nothing may follow",
    ),
    (
        "did not find expected '-'",
        "this line is indented as if it were a list item, but has no '- '",
        "add the '- ', or indent it like the keys it belongs to",
    ),
)

# Where YAML wants a space: before the text of a line, behind the sign of a list, behind a key's colon.
# Like the other patterns here, it is compiled only when something is wrong.
_SPACE = r" *+(?:- *+)?(?:[\w.-]++:)?+([\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+)"
_COLON = r" *+(?:- *+)?[\w.-]++(： ?)"
_COMMENT = r"\s#"
# A sign with which no plain text begins, by the context in which libyaml stumbles over what follows it.
_SIGNS = {"while scanning an alias": "*", "while scanning an anchor": "&", "while scanning a tag": "!"}
_NAMES = {"*": ("OD006", "alias"), "&": ("OD006", "anchor"), "!": ("OD007", "tag")}


def not_text(sign: str, span: Span) -> Diagnostic:
    """Text that begins with `sign`, which YAML takes for something else."""
    code, name = _NAMES[sign]
    return Diagnostic(
        code, f"text that begins with '{sign}' is a YAML {name}", span, hint="put the text in quotation marks"
    )


def too_deep(span: Span) -> Diagnostic:
    """A list within so many others as no file needs."""
    hint = "use fewer levels; a deck file needs no more than six"
    return Diagnostic("OD008", "lists within lists, too deep", span, hint=hint)


def syntax_error(error: yaml.MarkedYAMLError, lines: Sequence[str], path: Path) -> Diagnostic:
    """Libyaml's complaint in a teacher's words, where the cause stands rather than where reading ended.

    `lines` are those of the file.
    """
    problem, context = error.problem or "", error.context or ""
    if problem.startswith("exceeded maximum nesting") and error.problem_mark is not None:
        line, column = error.problem_mark.line + 1, error.problem_mark.column + 1
        return too_deep(Span(path, line, column, line, column + 1))
    if look_alike := _look_alike(error, lines, path):
        return look_alike
    mark = error.problem_mark or error.context_mark
    message, hint = f"this is not YAML: {problem or context}", "compare it with the example in the README"
    if context in _SIGNS and (start := error.context_mark) is not None:
        end = len(re.split(_COMMENT, lines[start.line], maxsplit=1)[0].rstrip())
        return not_text(_SIGNS[context], Span(path, start.line + 1, start.column + 1, start.line + 1, end + 1))
    at = lines[mark.line][mark.column : mark.column + 1] if mark and mark.line < len(lines) else ""
    if problem.startswith("found character that cannot start any token") or "tab" in problem:
        if at == "\t" or "tab" in problem:
            message, hint = "a tab stands where YAML wants spaces", "replace it with spaces"
        else:
            message, hint = f"text cannot begin with '{at}' here", "put the text in quotation marks"
    else:
        for saying, words, cure in _SAYINGS:
            if problem.startswith(saying) or context.startswith(saying):
                message, hint = words, cure
                if context.startswith(saying) and error.context_mark is not None:
                    mark = error.context_mark
                break
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Diagnostic("OD002", message, Span(path, line, column, line, column + 1), hint=hint)


def _look_alike(error: yaml.MarkedYAMLError, lines: Sequence[str], path: Path) -> Diagnostic | None:
    """A sign near the place of the error that looks like one of YAML's and is another."""
    marks = [mark.line for mark in (error.context_mark, error.problem_mark) if mark is not None]
    for number in dict.fromkeys(near for line in marks for near in (line - 1, line)):
        if not 0 <= number < len(lines):
            continue
        if space := re.match(_SPACE, lines[number]):
            here = Span(path, number + 1, space.start(1) + 1, number + 1, space.end(1) + 1)
            message = f"a space stands here that YAML takes for a letter (U+{ord(space[1][0]):04X})"
            plain = " " * len(space[1])
            return Diagnostic("OD002", message, here, hint="type a plain space instead", fix=Edit(here, plain))
        if colon := re.match(_COLON, lines[number]):
            here = Span(path, number + 1, colon.start(1) + 1, number + 1, colon.end(1) + 1)
            message = "a wide colon stands here, which YAML takes for a letter"
            return Diagnostic("OD002", message, here, hint="write ': ' instead", fix=Edit(here, ": "))
    return None


def reader_error(error: yaml.reader.ReaderError, text: str, path: Path) -> Diagnostic:
    """A character that YAML does not allow at all."""
    # libyaml counts the bytes of UTF-8.
    before = LINE_BREAK.split(text.encode()[: error.position].decode(errors="ignore"))
    line, column = len(before), len(before[-1]) + 1
    message = f"there is a character that text cannot have (U+{error.character:04X})"
    here = Span(path, line, column, line, column + 1)
    return Diagnostic("OD002", message, here, hint="delete the invisible character at this place")
