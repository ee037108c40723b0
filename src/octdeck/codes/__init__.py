"""What each code of a diagnostic means: the page of a code, from the docstring of what finds it.

A docstring says in its first line what is wrong, then why that matters, and ends with an example that fails and one
that passes, each an indented block below a line `Fails:` or `Passes:`. An example is a list of questions, or files,
each below a comment with its name (`# deck.yaml`).
"""

import inspect
import re
import textwrap
from types import ModuleType

from msgspec import Struct

from octdeck.diagnostics import Severity

_SECTIONS = re.compile(r"\n\n(Fails|Passes):\n\n")


class Page(Struct, frozen=True):
    """The page of a code: `title` has no full stop, `why` may have paragraphs; `ignorable` if `ignore` silences it."""

    code: str
    severity: Severity
    ignorable: bool
    title: str
    why: str
    fails: str
    passes: str


def page(code: str, severity: Severity, documented: object, *, ignorable: bool = False) -> Page:
    """The page that a docstring makes.

    Raises:
        ValueError: it has not the form that pages have.

    """
    text, *sections = _SECTIONS.split(inspect.getdoc(documented) or "")
    title, _, why = text.partition("\n\n")
    if sections[::2] != ["Fails", "Passes"] or not why or not title.endswith("."):
        raise ValueError(f"the docstring of {code} is no page")
    fails, passes = (textwrap.dedent(block).strip() for block in sections[1::2])
    return Page(code, severity, ignorable, title.removesuffix("."), why, fails, passes)


def of_module(module: ModuleType) -> list[Page]:
    """The pages of a module that has a class for each code, named by it."""
    documented = [(name, value) for name, value in vars(module).items() if re.fullmatch(r"OD\d{3}", name)]
    return [page(name, getattr(value, "severity", "error"), value) for name, value in documented]
