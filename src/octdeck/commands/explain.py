"""`octdeck explain`."""

import click

from octdeck.diagnostics import did_you_mean
from octdeck.errors import OctdeckError


@click.command()
@click.argument("code")
def explain(code: str) -> None:
    """Say what the CODE of a finding means, why it matters, and how to mend it.

    \b
    Examples:
      octdeck explain OD301
    """
    from octdeck import explain as explanations

    pages = explanations.pages()
    page = pages.get(code.upper())
    if page is None:
        near = did_you_mean(code.upper(), pages)
        hint = f"did you mean {near}?" if near else f"use one of: {', '.join(pages)}"
        raise OctdeckError(f"there is no code '{code[:20]}'", hint)
    click.echo(explanations.as_markdown(page), nl=False)
