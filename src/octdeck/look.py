"""How paper looks, whatever is on it: its size, its layout, the school's head."""

from typing import Literal, TypeAlias, get_args

from msgspec import Struct

Paper: TypeAlias = Literal["a4", "letter"]
Layout: TypeAlias = Literal["standard", "large", "spaced", "two-column"]
Printed: TypeAlias = Literal["pdf", "html", "docx", "cards", "csv"]
"""The formats for paper, and the table to enter marks by."""

PAPERS: tuple[Paper, ...] = get_args(Paper)
LAYOUTS: tuple[Layout, ...] = get_args(Layout)


class Logo(Struct, frozen=True):
    """A picture for the head of a sheet: its bytes, and its type by file ending (png, jpg, svg)."""

    data: bytes
    type: Literal["png", "jpg", "svg"]


class Template(Struct, frozen=True):
    """A teacher's own layout in one format: what the file is called, and what stands in it."""

    name: str
    text: str
    format: Literal["pdf", "html"]


class Look(Struct, frozen=True):
    """What a teacher can choose without a template. No layout changes numbers or letters, so one key serves all.

    `template` replaces all of it, in the one format that it is made for.

    `author` is written into the files' properties, and printed nowhere.

    `large`: 18 pt sans, ragged right. `spaced`: for dyslexic readers, sans with wide letter and line spacing.
    """

    paper: Paper = "a4"
    layout: Layout = "standard"
    school: str = ""
    logo: Logo | None = None
    template: Template | None = None
    author: str = ""

    @property
    def signed(self) -> str:
        """Who made the sheets, for the files' properties: the author, or else the school."""
        return self.author or self.school
