"""Sheet to HTML: a quiz or its key as one file that shows and prints by itself, made with Jinja2 from sheet.html.j2.

On screen sheet.js lets a student answer and check. The right answers are not in the text of a quiz but beside it, in
base64: no secret, only nothing that a glance at the source gives away.
"""

import json
import math
import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, assert_never

from msgspec.structs import replace

from octdeck import markup
from octdeck.errors import OctdeckError
from octdeck.forms import Columns, Form, Gap, Gaps, Labels, Options, Steps, TrueOrFalse, Written, answer
from octdeck.look import Look, Template
from octdeck.picture import data_uri
from octdeck.sheet import Entry, Sheet, stretches, topic
from octdeck.strip import strips
from octdeck.webpage import policy

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

_FOLDER: Final = Path(__file__).parent
_TEMPLATE: Final = "sheet.html.j2"
_SIZES: Final = {"a4": "A4", "letter": "letter"}
_RIGHT_TO_LEFT: Final = frozenset({"ar", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
_LONGEST_FOOT: Final = 80
_SPOKEN: Final = (
    *("check", "check_all", "checked", "try_again", "start_again", "is_right", "is_wrong", "no_answer"),
    *("your_answer", "compare", "score", "gap"),
)
"""The words that the script says."""


def quiz(sheet: Sheet, look: Look) -> bytes:
    """The sheet that pupils get."""
    return _page("quiz", [sheet], look, _version(sheet), _text("sheet.js"))


def key(sheets: Sequence[Sheet], look: Look) -> bytes:
    """The key to a quiz: a strip to mark all versions by, then the answers with their explanation and source.

    It looks the same whatever the layout of the sheets.
    """
    return _page("key", sheets, replace(look, layout="standard"), sheets[0].words.key, "")


def _page(kind: str, sheets: Sequence[Sheet], look: Look, subject: str, script: str) -> bytes:
    from markupsafe import Markup

    first = sheets[0]
    style = f"{_paper(first, look, subject)}\n{_text('sheet.css')}"
    html = _rendered(
        look.template,
        kind=kind,
        sheets=sheets,
        sheet=first,
        words=first.words,
        references=dict.fromkeys(reference for sheet in sheets for reference in sheet.references),
        look=look,
        logo=data_uri(look.logo.type, look.logo.data) if look.logo else "",
        media=first.media,
        subject=subject,
        direction="rtl" if re.split("[-_]", first.language.lower())[0] in _RIGHT_TO_LEFT else "ltr",
        policy=policy(style, script, sounds=any(medium.size is None for medium in first.media.values())),
        style=Markup(style),
        script=Markup(script),
    )
    return html.lstrip().encode()


def _rendered(own: Template | None, **data: object) -> str:
    """What our template makes of its data, or a teacher's own, which may build on ours but reaches nothing else."""
    from jinja2 import TemplateError

    if own is None:
        return _environment().get_template(_TEMPLATE).render(data)
    try:
        return _environment().from_string(own.text).render(data)
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        # A template is a program of the teacher's: whatever it raises is told, at its line where that is known.
        line = getattr(error, "lineno", None)
        place = f"{own.name}:{line}" if line else own.name
        raise OctdeckError(f"{place}: {error}", "see docs/templates.md for what a template is given") from error


@cache
def _environment() -> "SandboxedEnvironment":
    from jinja2 import FunctionLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(lambda name: _text(name) if name == _TEMPLATE else None),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "address_of": lambda medium: data_uri(medium.type, medium.data),
        "answer": answer,
        "concealed": _concealed,
        "form_of": _form_of,
        "is_gap": lambda piece: isinstance(piece, Gap),
        "is_pictured": _is_pictured,
        "is_short": _is_short,
        "strips": strips,
        "room_of": _room_of,
        "stretches": stretches,
        "topic": topic,
        "version_of": _version,
    }
    return environment


@cache
def _text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


# --- what the template asks for -------------------------------------------------------------------------------------


def _version(sheet: Sheet) -> str:
    return sheet.words.version.format(letter=sheet.version) if sheet.version else ""


def _form_of(entry: Entry) -> str:
    """The name by which template, style and script know a form."""
    return type(entry.form).__name__


def _is_pictured(options: Options) -> bool:
    """Whether the options are pictures, or have some."""
    return any(markup.media(option.text) for option in options.options)


def _is_short(options: Options) -> bool:
    """Whether the options fit side by side."""
    return len(options.options) > 3 and all(len(markup.to_plain(option.text)) <= 24 for option in options.options)


def _room_of(gaps: Gaps) -> int:
    """How wide the gaps are, from 1 to 5."""
    return min(max(math.ceil(gaps.room / 5) - 1, 1), 5)


def _concealed(sheet: Sheet, solution: Callable[[Entry], str]) -> str:
    """What the script needs to check answers and to show the right ones; `solution` makes the HTML that it shows."""
    data = {
        "words": {name: getattr(sheet.words, name) for name in _SPOKEN},
        "questions": [
            {"right": _right(entry.form), "points": _number(entry.points), "html": str(solution(entry))}
            for entry in sheet.entries
        ],
    }
    return b64encode(json.dumps(data, ensure_ascii=False).encode()).decode()


def _right(form: Form) -> list[list[str]]:
    """For each field of a form what is right in it; options are one field, in which all of it must be ticked."""
    match form:
        case Written(answer=runs, also=also):
            return [[markup.to_plain(text) for text in (runs, *also)]]
        case Options(options=options) | TrueOrFalse(choices=options):
            return [[option.letter for option in options if option.right]]
        case Gaps(gaps=gaps) | Labels(gaps=gaps):
            return [[markup.to_plain(gap.answer)] for gap in gaps]
        case Steps(steps=steps):
            return [[str(step.number)] for step in steps]
        case Columns(lefts=lefts):
            return [[left.letter] for left in lefts]
        case other:
            assert_never(other)


def _number(points: str) -> float:
    """Points as a sheet prints them, to a number."""
    return float(points.removesuffix("½") or 0) + (0.5 if points.endswith("½") else 0)


# --- the page's own rules -------------------------------------------------------------------------------------------


def _paper(sheet: Sheet, look: Look, subject: str) -> str:
    """The style of the printed page: its size, and what stands at its foot."""
    title = sheet.title if len(sheet.title) <= _LONGEST_FOOT else f"{sheet.title[: _LONGEST_FOOT - 1]}…"
    left = _css(" · ".join(text for text in (title, subject) if text))
    parts = re.split(r"\{(pages?)\}", sheet.words.page)
    right = " ".join(f"counter({part})" if index % 2 else _css(part) for index, part in enumerate(parts))
    return (
        f"@page {{ size: {_SIZES[look.paper]}; "
        f"@bottom-left {{ content: {left} }} @bottom-right {{ content: {right} }} }}"
    )


def _css(text: str) -> str:
    """A string of CSS; every character that could end it, or the style, is written by its number."""
    return '"' + re.sub(r"[^ \w.,:·–…-]", lambda found: f"\\{ord(found[0]):x} ", text) + '"'
