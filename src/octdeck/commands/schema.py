"""`octdeck schema`."""

from pathlib import Path

import click

FILES = ("deck", "bank")


@click.command()
@click.argument("file", type=click.Choice(FILES), default="deck")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write both schemas to this folder instead, as deck.schema.json and bank.schema.json.",
)
def schema(file: str, out: Path | None) -> None:
    """Print the JSON Schema by which an editor completes and checks a deck file, or bank.yaml.

    docs/editor.md says how an editor is told.

    \b
    Examples:
      octdeck schema
      octdeck schema bank
      octdeck schema --out decks/schema
    """
    from octdeck import disk, json_schema

    if out is None:
        click.echo(json_schema.text(json_schema.ALL[file]()), nl=False)
        return
    for path in sorted(disk.replace_all({out / name: text.encode() for name, text in json_schema.files().items()})):
        click.echo(f"wrote {path}")
