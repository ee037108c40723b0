"""Text to the HTML of a field in Anki, in which nothing but our own markup means anything, to a browser or to Anki."""

import re
from collections.abc import Iterable, Mapping
from itertools import repeat

from msgspec.structs import replace

from octdeck import cloze as cloze_notation
from octdeck import markup
from octdeck.markup import Run
from octdeck.media import Medium
from octdeck.questions import Occlusion
from octdeck.regions import Region

_SPECIAL = re.compile(r"[*_`\[\\<>&{}\n]")  # text without these is the same as Markdown, as HTML and to Anki
_ANKI_MARKUP = re.compile(r"\[(?=(?:sound:|anki:|latex\]|/latex\]|\$|/\$))", re.IGNORECASE)
_FILE = re.compile(r'(?:<img src="|\[sound:)([^"\]]+)')


def html(text: str, media: Mapping[str, Medium] | None = None) -> str:
    """Inline Markdown to a field; a picture or a sound that is not among the media is what is said of it."""
    if not _SPECIAL.search(text):
        return text
    return "".join(_html(run, media or {}) for run in markup.parse(text))


def text(text: str) -> str:
    """Text as it is to a field."""
    return _quiet(markup.escape(text))


def cloze(text: str, media: Mapping[str, Medium]) -> str:
    """Cloze text to a field."""
    return "".join(
        _html(run, media) if gap is None else _styled(run, _gap(gap, media)) for run, gap in cloze_notation.runs(text)
    )


def regions(question: Occlusion) -> str:
    """The regions of a picture in Anki's notation, each a gap of its card's number."""
    return "<br>".join(map(_region, question.regions, question.cards, repeat(question.hide == "all")))


def places(question: Occlusion) -> str:
    """What stands in each region, as a gap of the same number: a card shows its own alone."""
    answers = (_cloze_quiet(html(region.answer)) for region in question.regions)
    return " ".join(f"{{{{c{card}::{answer}}}}}" for card, answer in zip(question.cards, answers, strict=True))


def files(contents: Iterable[str]) -> tuple[str, ...]:
    """The names of the pictures and sounds in fields: in text that a teacher wrote, neither `<` nor `[sound:` stays."""
    text = "\0".join(contents)
    return tuple(_FILE.findall(text)) if '<img src="' in text or "[sound:" in text else ()


def _html(run: Run, media: Mapping[str, Medium]) -> str:
    medium = media.get(run.medium) if run.medium else None
    if medium is None:
        return _quiet(markup.to_html([run]))
    words = _quiet(markup.quoted(run.text))
    if medium.size is None:
        return f'<span class="sound">{words} [sound:{medium.name}]</span>'
    shown = f'<img src="{medium.name}" alt="{words}">'
    return f'<a href="{markup.quoted(run.href)}">{shown}</a>' if run.href else shown


def _region(region: Region, card: int, hides_all: bool) -> str:
    left, top, width, height = (f"{part / 100:.4f}".rstrip("0").rstrip(".") for part in region.at)
    size = f"width={width}:height={height}"
    if region.shape == "ellipse":
        radii = (f"{part / 200:.5f}".rstrip("0").rstrip(".") for part in region.at[2:])
        size = "rx={}:ry={}".format(*radii)
    others = ":oi=1" if hides_all else ""
    return f"{{{{c{card}::image-occlusion:{region.shape}:left={left}:top={top}:{size}{others}}}}}"


def _quiet(html: str) -> str:
    """Take their meaning from the characters that Anki itself would read in a field."""
    return _ANKI_MARKUP.sub("&#91;", html).replace("{{", "&#123;&#123;").replace("}}", "&#125;&#125;")


def _styled(run: Run, html: str) -> str:
    """HTML in the style of `run`, which mostly has none."""
    if not (run.em or run.strong or run.code or run.href):
        return html
    return markup.to_html([replace(run, text="\0")]).replace("\0", html)


def _gap(gap: cloze_notation.Gap, media: Mapping[str, Medium]) -> str:
    hint = f"::{_cloze_quiet(text(gap.hint))}" if gap.hint else ""
    return f"{{{{c{gap.number}::{_cloze_quiet(html(gap.text, media))}{hint}}}}}"


def _cloze_quiet(html: str) -> str:
    return html.replace("}", "&#125;").replace("::", "&#58;&#58;")
