"""The command: parse, call one function, print, exit. Each command has its file in commands/."""

import atexit
import gc
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import click

import octdeck
from octdeck import console, crash
from octdeck.errors import OctdeckError

_COMMANDS = ("new", "check", "build", "quiz", "coverage", "diff", "lock", "verify", "schema", "explain")


class _Commands(click.Group):
    """Commands that are loaded when they are called.

    Their faults of the world end in one line and a hint, and faults of octdeck itself in a line, too.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        command: click.Command | None = None
        if name in _COMMANDS:
            command = getattr(import_module(f"octdeck.commands.{name}"), name)
        return command

    def main(self, *args: Any, **kwargs: Any) -> Any:
        # A bank is many objects, and hardly one of them is garbage before the end: looking for some would take a
        # quarter of the time, and at the end, when all goes, once more. Nothing that has to be done is left to it.
        gc.set_threshold(200_000, 10, 10)
        atexit.register(gc.freeze)
        # Nothing is caught here: what nobody caught is told in another way than Python's.
        sys.excepthook = crash.hook
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # of a bank in Russian, a pipe on Windows knows no letter
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except OctdeckError as error:
            console.show_fault(error)
            ctx.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(octdeck.__version__, prog_name="octdeck")
def main() -> None:
    """Compile questions in YAML into Anki decks and printable quizzes.

    BANK is the folder with bank.yaml; where none is named 'decks', or else the folder you are in.

    \b
    Examples:
      octdeck new harbours              a new bank, with an example
      octdeck check                     what is wrong, at its line
      octdeck build                     everything, into dist/
      octdeck build my-bank --to anki   only the Anki packages
      octdeck coverage                  which paragraphs have no question
    """
