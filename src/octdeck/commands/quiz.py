"""`octdeck quiz`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from octdeck import console, options

if TYPE_CHECKING:
    from octdeck.outputs import Format

FORMATS: "tuple[Format, ...]" = ("pdf", "html", "docx", "cards", "csv")


@click.command()
@options.bank
@options.articles
@options.out
@options.loudness
@options.colour
@options.many("--deck", "--decks", help="From this deck file (its name, without .yaml).")
@options.many("--source", "--sources", help="On this source, by its id.")
@options.many("--theme", "--themes", help="On this theme, by its id.")
@options.many("--kind", "--kinds", help="Of this kind: multiple-choice, cloze …")
@options.many("--difficulty", help="Of this difficulty, 1 to 3.")
@options.many("--id", "--questions", help="This question, by its id.")
@click.option("--count", help="So many questions, the themes taking turns.  [default: all that fit]")
@click.option("--sections", help="Put questions of one kind, theme, deck or difficulty under a heading of their own.")
@click.option("--versions", default="1", show_default=True, help="So many versions: A, B, C …")
@click.option("--together", flag_value="true", help="All versions in one PDF, for the copier.")
@click.option("--seed", default="0", show_default=True, help="Another number gives another choice and another order.")
@click.option("--title", help="What the sheet is called.  [default: the bank's title]")
@click.option("--name", default="quiz", show_default=True, help="What the files are called.")
@click.option("--date", metavar="YYYY-MM-DD", help="The day of the quiz, for its head.")
@click.option("--paper", help="a4 or letter.  [default: the bank's]")
@click.option("--layout", help="standard, large, spaced (for dyslexic readers), two-column.  [default: the bank's]")
@click.option(
    "--template",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Your own layout: a .typ file for pdf, or a .html.j2 file for html.",
)
@click.option(
    "--flip", help="For cards: the edge over which the printer turns the paper, long or short.  [default: long]"
)
@click.option(
    "--offset",
    metavar="X,Y",
    help="For cards: moves the backs so many millimetres to the right and down.  [default: 0,0]",
)
@click.option("--per-page", help="For cards: so many on a page, 8 or 10.  [default: 8]")
@click.option("--to", "formats", default="pdf", show_default=True, help=f"What to make: {', '.join(FORMATS)}.")
def quiz(
    bank: Path,
    articles: Path | None,
    out: Path,
    formats: str,
    name: str,
    title: str | None,
    template: Path | None,
    **settings: object,
) -> None:
    """Make a quiz from BANK without editing a file: a sheet for each version, and one key.

    A question is taken if it fits each of the options given; an option given several times, or a list with commas,
    fits with any of its values. Settings of the same names make the quizzes of bank.yaml, which `octdeck build` builds.

    \b
    Examples:
      octdeck quiz --theme kornilov,july-days --count 20 --versions 2
      octdeck quiz --kind multiple-choice --difficulty 1 --layout large --out print
      octdeck quiz --source art-of-intervening --sections kind --date 2026-11-24
      octdeck quiz --deck harbours --to cards --flip short
    """
    from octdeck import building, enclosures
    from octdeck import quiz as quizzes

    wanted_formats = options.formats(formats, FORMATS)
    processes = options.processes()
    project = console.loaded(bank, articles, wanted_formats, processes=processes)
    assert project.bank is not None  # or there were errors
    given = {key: list(value) if isinstance(value, tuple) else value for key, value in settings.items() if value}
    wanted, wrong = quizzes.from_settings(project.bank, {"id": name, "title": title, **given})
    if wanted is None:
        raise click.UsageError("\n".join(wrong))
    own = enclosures.template(template, wanted_formats) if template else None
    with console.busy() as shown:
        built = building.build_quiz(project, wanted, out, wanted_formats, own, shown, processes=processes)
    # Only now, as the rules may have been asked meanwhile.
    console.show([*project.diagnostics, *built.diagnostics], project.texts, to_stderr=True)
    console.tell(built)
