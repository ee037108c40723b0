"""Inline Markdown to runs of text, and runs to HTML, to plain text and to data for Typst.

Emphasis, strong, code, links and pictures are markup; everything else, HTML above all, is text.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_MARKED = re.compile(r"[*_`\[\\<\n]")  # text without any of these is one plain run
_MEDIUM = re.compile(r"!\[((?:[^\[\]\\]|\\.)*)\]\(\s*(?:<([^<>\n\\]+)>|([^\s<>()\\]+))\s*\)", re.DOTALL)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ONLY_STARS = re.compile(r"[^_`\[\\<\n]*")
# Stars around words: what opens follows a space, what closes ends a word, so there is only one way to read them.
_EMPHASIS = re.compile(r"(?:(?<= )|^)(\*\*?)(\w(?:[^*]*\w)?)\1(?=[ .,;:?!)]|$)")
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s\"<>]+", re.IGNORECASE)


class Run(Struct, frozen=True):
    """A stretch of text in one style. The text "\\n" alone is a line break.

    With `medium`, the name of a file, it is a picture or a sound, and the text says what it shows.
    """

    text: str
    em: bool = False
    strong: bool = False
    code: bool = False
    href: str | None = None
    medium: str | None = None


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
            case "medium":
                runs.append(replace(style, text=token.content, medium=str(token.meta["file"])))
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
        | {name: value for name in ("href", "medium") if (value := getattr(run, name))}
        for run in runs
    ]


def media(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Those of the runs that are pictures or sounds."""
    return tuple(run for run in runs if run.medium)


def medium(file: str, shows: str) -> str:
    """A picture or a sound as inline Markdown has it."""
    text = re.sub(r"[][\\{}]", r"\\\g<0>", shows)
    return f"![{text}](<{file}>)" if re.search(r"[\s()]", file) else f"![{text}]({file})"


def plain(text: str) -> str:
    """Inline Markdown to its text alone."""
    return text if is_plain(text) else to_plain(parse(text))


def escape(text: str) -> str:
    """Text to HTML that shows it as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """Text to the value of an attribute in HTML."""
    return escape(text).replace('"', "&quot;").replace("'", "&#x27;")


def _styled(style: Run, opening: str, href: str) -> Run:
    match opening:
        case "em_open":
            return replace(style, em=True)
        case "strong_open":
            return replace(style, strong=True)
        case _:
            return replace(style, href=href)


def _html(run: Run) -> str:
    if run.text == "\n":
        return "<br>"
    shown = escape(run.text)
    if run.code:
        shown = f"<code>{shown}</code>"
    if run.em:
        shown = f"<em>{shown}</em>"
    if run.strong:
        shown = f"<strong>{shown}</strong>"
    return f'<a href="{quoted(run.href)}">{shown}</a>' if run.href else shown


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("zero", {"html": False}).enable(["emphasis", "backticks", "link", "escape", "newline"])
    # An address that is no web or mail address is no link: its text stays as it was typed.
    markdown.validateLink = lambda url: bool(_SAFE_LINK.fullmatch(url))  # type: ignore[method-assign]
    # The library's own rule for pictures would take an address, with all that is no letter in it written by number.
    markdown.inline.ruler.before("link", "medium", _take_medium)
    return markdown


def _take_medium(state: "StateInline", silent: bool) -> bool:
    found = _MEDIUM.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("medium", "", 0)
        token.content = " ".join(_ESCAPED.sub(r"\1", found[1]).split())
        token.meta = {"file": (found[2] or found[3]).strip()}
    state.pos = found.end()
    return True
