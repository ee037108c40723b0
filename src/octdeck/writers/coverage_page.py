"""Coverage to a web page: each article, paragraph by paragraph, beside its questions; made with coverage.html.j2.

The page is one file and needs no script. It holds the article, so it is for the teacher alone.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, assert_never

from octdeck import cloze, markup, webpage
from octdeck.coverage import Coverage
from octdeck.questions import Choice, Cloze, Match, Occlusion, Order, Question, ShortAnswer, TrueFalse, stem
from octdeck.renumbering import as_written, ranges

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_FOLDER: Final = Path(__file__).parent
KIND_NAMES: Final = {
    "short-answer": "short answer",
    "multiple-choice": "multiple choice",
    "true-false": "true or false",
    "cloze": "gap text",
    "order": "order",
    "match": "match",
    "occlusion": "picture with hidden parts",
}
_DIFFICULTIES: Final = {1: "recall", 2: "understanding", 3: "judging", None: "none said"}


def as_html(coverage: Coverage) -> str:
    """A page that shows and prints by itself, in light and dark."""
    from markupsafe import Markup

    style = (_FOLDER / "coverage.css").read_text(encoding="utf-8")
    page = _environment().from_string((_FOLDER / "coverage.html.j2").read_text(encoding="utf-8"))
    html = page.render(
        coverage=coverage,
        bank=coverage.bank,
        kinds=KIND_NAMES,
        difficulties=_DIFFICULTIES,
        policy=webpage.policy(style),
        style=Markup(style),
    )
    return html.lstrip()


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals |= {"asked": _asked, "answered": _answered, "html": _html, "listed": _listed}
    return environment


def _listed(numbers: tuple[int, ...]) -> str:
    return as_written(ranges(numbers)).replace("-", "–")


def _html(text: str) -> "Markup":
    """Inline Markdown to HTML in which nothing else is markup."""
    from markupsafe import Markup

    return Markup(markup.to_html(markup.parse(text)))


def _asked(question: Question) -> "Markup":
    """What is asked; in a gap text, the hidden words are marked."""
    from markupsafe import Markup

    if not isinstance(question, Cloze):
        return _html(stem(question))
    return Markup("").join(
        Markup("<mark>{}</mark>").format(_html(gap.text)) if gap else Markup(markup.to_html([run]))
        for run, gap in cloze.runs(question.cloze)
    )


def _answered(question: Question) -> "tuple[Markup, ...]":
    """What is right, a line each."""
    match question:
        case ShortAnswer(answer=answer):
            return (_html(answer),)
        case Choice(answer=answers) | Order(order=answers):
            return tuple(map(_html, answers))
        case TrueFalse(answer=answer):
            return (_html("true" if answer else "false"),)
        case Match(pairs=pairs):
            return tuple(_html(f"{left} – {right}") for left, right in pairs.items())
        case Occlusion(regions=regions):
            return tuple(_html(region.answer) for region in regions)
        case Cloze():
            return ()
        case other:
            assert_never(other)
