"""Inline Markdown to runs of text, and runs to HTML, to plain text and to data for Typst.

Emphasis, strong, code and links are markup; everything else, HTML above all, is text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_MARKED = re.compile(r"[*_`\[\\<\n]")  # text without any of these is one plain run
_ONLY_STARS = re.compile(r"[^_`\[\\<\n]*")
# Stars around words: what opens follows a space, what closes ends a word, so there is only one way to read them.
_EMPHASIS = re.compile(r"(?:(?<= )|^)(\*\*?)(\w(?:[^*]*\w)?)\1(?=[ .,;:?!)]|$)")
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s\"<>]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. The text "\\n" alone is a line break."""

    text: str
    em: bool = False
    strong: bool = False
    code: bool = False
    href: str | None = None


BREAK = Run("\n")


def is_plain(text: str) -> bool:
    """Whether `text` has no markup, nor anything that may be some."""
    return not _MARKED.search(text)


def parse(text: str) -> tuple[Run, ...]:
    """Inline Markdown to runs."""
    if is_plain(text):
        return (Run(text),)
    if _ONLY_STARS.fullmatch(text) and (found := _emphasised(text)):
        return found
    runs: list[Run] = []
    style = Run("")
    styles: list[Run] = []
    for token in _markdown().parseInline(text)[0].children or ():
        match token.type:
            case "em_open" | "strong_open" | "link_open":
                styles.append(style)
                style = _styled(style, token.type, str(token.attrs.get("href", "")))
            case "em_close" | "strong_close" | "link_close":
                style = styles.pop()
            case "softbreak" | "hardbreak":
                runs.append(BREAK)
            case "code_inline":
                runs.append(replace(style, text=token.content, code=True))
            case _ if token.content:
                runs.append(replace(style, text=token.content))
    return tuple(runs)


def _emphasised(text: str) -> tuple[Run, ...] | None:
    """What has no markup but stars around words, which is most of all that has some; None where they may mean more."""
    runs: list[Run] = []
    at = 0
    for found in _EMPHASIS.finditer(text):
        runs += (Run(text[at : found.start()]), Run(found[2], em=found[1] == "*", strong=found[1] == "**"))
        at = found.end()
    runs.append(Run(text[at:]))
    if any("*" in run.text for run in runs):
        return None
    return tuple(run for run in runs if run.text)


def to_html(runs: Sequence[Run]) -> str:
    """Runs to HTML in which nothing but their own markup is markup."""
    return "".join(map(_html, runs))


def to_plain(runs: Sequence[Run]) -> str:
    """The text alone."""
    return "".join(run.text for run in runs)


def to_data(runs: Sequence[Run]) -> list[dict[str, Any]]:
    """Runs as JSON data, only what is set, for a template to render."""
    return [
        {"text": run.text}
        | {style: True for style in ("em", "strong", "code") if getattr(run, style)}
        | ({"href": run.href} if run.href else {})
        for run in runs
    ]


def plain(text: str) -> str:
    """Inline Markdown to its text alone."""
    return text if is_plain(text) else to_plain(parse(text))


def escape(text: str) -> str:
    """Text to HTML that shows it as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _styled(style: Run, opening: str, href: str) -> Run:
    match opening:
        case "em_open":
            return replace(style, em=True)
        case "strong_open":
            return replace(style, strong=True)
        case _:
            return replace(style, href=href)


def _html(run: Run) -> str:
    if run == BREAK:
        return "<br>"
    shown = escape(run.text)
    if run.code:
        shown = f"<code>{shown}</code>"
    if run.em:
        shown = f"<em>{shown}</em>"
    if run.strong:
        shown = f"<strong>{shown}</strong>"
    return f'<a href="{_quoted(run.href)}">{shown}</a>' if run.href else shown


def _quoted(address: str) -> str:
    """An address as the value of an attribute."""
    return escape(address).replace('"', "&quot;").replace("'", "&#x27;")


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("zero", {"html": False}).enable(["emphasis", "backticks", "link", "escape", "newline"])
    # An address that is no web or mail address is no link: its text stays as it was typed.
    markdown.validateLink = lambda url: bool(_SAFE_LINK.fullmatch(url))  # type: ignore[method-assign]
    return markdown
