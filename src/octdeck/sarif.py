"""Diagnostics to SARIF 2.1.0, the format in which code hosts and editors take what checkers find."""

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from octdeck.codes import Page
from octdeck.diagnostics import LINE_BREAK, Diagnostic, Edit, Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"  # the name by which code hosts know the folder of the checkout
_LINE_BREAKS = ["\r\n", "\n", "\r", "\x85", "\u2028", "\u2029"]  # what LINE_BREAK, and so a Span, counts


def as_sarif(
    found: Sequence[Diagnostic],
    texts: Mapping[Path, str],
    rules: Mapping[str, tuple[Page, str]],
    version: str,
    root: Path,
) -> str:
    """A SARIF log of one run.

    `texts` holds the files that were read; `rules`, for every code its page and the page as Markdown; `version` is
    octdeck's; `root`, the folder of the checkout, from which files are named.
    """
    indexes = {code: index for index, code in enumerate(rules)}
    prints = _fingerprints(found, texts, root)
    driver = {
        "name": "octdeck",
        "version": version,
        "semanticVersion": version,
        "rules": [_rule(page, markdown) for page, markdown in rules.values()],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True}],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder of the checkout."}}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": _LINE_BREAKS,
        "results": [_result(d, indexes[d.code], mark, root) for d, mark in zip(found, prints, strict=True)],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(page: Page, markdown: str) -> dict[str, Any]:
    return {
        "id": page.code,
        "shortDescription": {"text": _text(f"{page.title}.")},
        "fullDescription": {"text": _text(" ".join(page.why.split()))},
        "help": {
            "text": _text(f"{page.why}\n\nFails:\n\n{page.fails}\n\nPasses:\n\n{page.passes}"),
            "markdown": markdown,
        },
        "defaultConfiguration": {"level": page.severity},
    }


def _result(diagnostic: Diagnostic, index: int, fingerprint: str, root: Path) -> dict[str, Any]:
    message = f"{diagnostic.message}; {diagnostic.hint}" if diagnostic.hint else diagnostic.message
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": index,
        "level": diagnostic.severity,
        "message": {"text": _text(message)},
        "locations": [_location(diagnostic.span, root)],
        "partialFingerprints": {"octdeckFinding/v1": fingerprint},
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {"id": number, **_location(span, root), "message": {"text": _text(label)}}
            for number, (label, span) in enumerate(diagnostic.related, start=1)
        ]
    if diagnostic.fix:
        result["fixes"] = [_fix(diagnostic.fix, root)]
    return result


def _fix(edit: Edit, root: Path) -> dict[str, Any]:
    replacement = {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
    change = {"artifactLocation": _artifact(edit.span, root), "replacements": [replacement]}
    what = f"write '{edit.text}'" if edit.text else "delete it"
    return {"description": {"text": _text(what)}, "artifactChanges": [change]}


def _location(span: Span, root: Path) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(span, root), "region": _region(span)}}


def _artifact(span: Span, root: Path) -> dict[str, str]:
    path = span.within(root)
    return (
        {"uri": path.as_uri()}
        if path.is_absolute()
        else {"uri": quote(os.fsencode(path.as_posix())), "uriBaseId": _ROOT}
    )


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _text(text: str) -> str:
    """A message in which nothing is a placeholder or a link (SARIF 2.1.0, 3.11.5 and 3.11.6)."""
    plain = text.replace("{", "{{").replace("}", "}}")
    return re.sub(r"[\\\[\]]", r"\\\g<0>", plain) if "](" in plain else plain


def _fingerprints(found: Sequence[Diagnostic], texts: Mapping[Path, str], root: Path) -> list[str]:
    """What stays the same for a finding when lines move: its code, file, line of text, and number among its like."""
    lines = {path: LINE_BREAK.split(text) for path, text in texts.items()}
    seen: Counter[tuple[str, ...]] = Counter()
    prints = []
    for diagnostic in found:
        line = "".join(lines.get(diagnostic.span.path, ())[diagnostic.span.line - 1 : diagnostic.span.line]).strip()
        key = (diagnostic.code, diagnostic.span.within(root).as_posix(), line)
        seen[key] += 1
        prints.append(
            hashlib.sha256("\x1f".join((*key, str(seen[key]))).encode(errors="backslashreplace")).hexdigest()[:32]
        )
    return prints
