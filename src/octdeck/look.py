"""How paper looks, whatever is on it: its size, its layout, the school's head."""

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

Paper: TypeAlias = Literal["a4", "letter"]
Layout: TypeAlias = Literal["standard", "large", "spaced", "two-column"]

PAPERS: tuple[Paper, ...] = get_args(Paper)
LAYOUTS: tuple[Layout, ...] = get_args(Layout)


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture for the head of a sheet: its bytes, and its type by file ending (png, jpg, svg)."""

    data: bytes
    type: Literal["png", "jpg", "svg"]


@dataclass(frozen=True, slots=True)
class Template:
    """A teacher's own layout, for the writer of its format: what the file is called, and what stands in it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Look:
    """What a teacher can choose without a template. No layout changes numbers or letters, so one key serves all.

    `template` replaces all of it, in the one format that it is made for.

    `large`: 18 pt sans, ragged right. `spaced`: for dyslexic readers, sans with wide letter and line spacing.
    """

    paper: Paper = "a4"
    layout: Layout = "standard"
    school: str = ""
    logo: Logo | None = None
    template: Template | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """Cards to cut out: the edge over which the printer turns the paper, and what moves the backs, in millimetres."""

    flip: Literal["long", "short"] = "long"
    offset: tuple[float, float] = (0, 0)
    per_page: Literal[8, 10] = 8
