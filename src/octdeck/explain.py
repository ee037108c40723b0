"""Codes to their pages: what a finding means, why it matters, and an example of each sort."""

from collections.abc import Iterable

from octdeck import codes, lints
from octdeck.codes import Page, formats, media, references, releases, schema, yaml

CHAPTERS = {
    "OD0": "YAML",
    "OD1": "Keys and values",
    "OD2": "References and releases",
    "OD3": "The quality of questions",
    "OD4": "What a format cannot hold",
}


def pages() -> dict[str, Page]:
    """All pages by code, in order."""
    modules = (yaml, schema, references, media, releases, formats)
    documented = [page for module in modules for page in codes.of_module(module)]
    return {page.code: page for page in sorted([*documented, *lints.pages()], key=lambda page: page.code)}


def as_markdown(page: Page) -> str:
    """A page as a document of its own."""
    kind = "An error: it stops a build." if page.severity == "error" else "A warning."
    silence = f" `ignore: [{page.code}]` on a question or in `bank.yaml` silences it." if page.ignorable else ""
    return (
        f"# {page.code}: {page.title}\n\n{kind}{silence}\n\n{page.why}\n\n"
        f"## Fails\n\n```yaml\n{page.fails}\n```\n\n## Passes\n\n```yaml\n{page.passes}\n```\n"
    )


def index(all_pages: Iterable[Page]) -> str:
    """A document with a line for each page, by chapters."""
    lines = [
        "# Codes",
        "",
        "Each finding of `octdeck check` has a code, and each code a page, which `octdeck explain CODE` shows. E is",
        "an error, which stops a build; W, a warning; I, a warning that `ignore:` can silence.",
    ]
    chapter = ""
    for page in all_pages:
        if page.code[:3] != chapter:
            chapter = page.code[:3]
            lines += [
                "",
                f"## {chapter}xx: {CHAPTERS[chapter]}",
                "",
                "| code | | what is wrong |",
                "| --- | --- | --- |",
            ]
        sort = "I" if page.ignorable else page.severity[0].upper()
        lines.append(f"| [{page.code}]({page.code}.md) | {sort} | {page.title} |")
    return "\n".join(lines) + "\n"
