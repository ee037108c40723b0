"""What several commands are given: arguments and options, and what their values mean."""

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from octdeck.outputs import Format

_F = TypeVar("_F", bound=Callable[..., object])
_LAST = 253_402_300_799  # of the year 9999


def bank_here() -> str:
    """The bank where none is named: `decks`, or the folder one is in, if that is a bank."""
    return "." if Path("bank.yaml").is_file() and not Path("decks").is_dir() else "decks"


bank = click.argument("bank", type=click.Path(path_type=Path), default=bank_here)
articles = click.option(
    "--articles",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="OCTDECK_ARTICLES",
    help="Folder of the articles.  [default: 'articles' in BANK, or beside it]",
)
colour = click.option(
    "--color/--no-color",
    default=None,
    expose_value=False,
    callback=lambda context, _, value: setattr(context, "color", value),
    help="With colour or without.  [default: with, on a terminal; NO_COLOR and FORCE_COLOR are respected]",
)
watch = click.option("--watch", is_flag=True, help="Run again whenever a file of BANK is saved, until Ctrl-C.")


def loudness(command: _F) -> _F:
    """--quiet and --verbose, which the console heeds."""
    quiet = click.option(
        "--quiet", "-q", is_flag=True, expose_value=False, callback=_loudness, help="Show nothing but what is wrong."
    )
    verbose = click.option(
        "--verbose", "-v", is_flag=True, expose_value=False, callback=_loudness, help="Show each step, with its time."
    )
    return quiet(verbose(command))


def _loudness(context: click.Context, option: click.Parameter, given: bool) -> None:
    if given:
        known = context.find_root().meta.setdefault("octdeck.loudness", option.name)
        if known != option.name:
            raise click.UsageError("--quiet and --verbose do not go together")


out = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default="dist",
    show_default=True,
    help="Folder to write to.",
)


update_articles = click.option(
    "--update-articles",
    is_flag=True,
    help="Take the articles as they are now: write their fingerprints to octdeck.lock.",
)
released_in = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default="dist",
    show_default=True,
    help="Folder where the last release's packages are.",
)
text_or_json = click.option(
    "--format",
    "style",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="For people or for programs.",
)


def many(*names: str, help: str) -> Callable[[_F], _F]:
    """An option that can be given several times, or with commas; its last name is the setting's in bank.yaml."""
    return click.option(*names, names[-1].lstrip("-"), multiple=True, callback=_each, help=help)


def _each(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.strip() for text in given for part in text.split(","))


def formats(text: str, known: "Sequence[Format]") -> "tuple[Format, ...]":
    """The formats that `--to` names, in the order of `known`."""
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in known:
            raise click.BadParameter(f"'{name}' is not one of: {', '.join(known)}", param_hint="--to")
    return tuple(name for name in known if name in names)


def cache() -> Path:
    """The folder for what a build remembers, which can be lost at any time."""
    from platformdirs import user_cache_path

    return user_cache_path("octdeck", appauthor=False) / "builds"


def processes() -> int:
    """How many processes can work at a time."""
    if getattr(sys, "frozen", False):
        return 1  # in a program that holds its own Python there is none to start another with
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def now() -> int:
    """The time of this run, in seconds since 1970; SOURCE_DATE_EPOCH sets it, as reproducible builds do."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return clock()
    if not (epoch.isascii() and epoch.isdecimal()) or not 0 < int(epoch[:13]) <= _LAST:
        raise click.UsageError(f"SOURCE_DATE_EPOCH is '{epoch[:20]}', but it counts the seconds since 1970")
    return int(epoch)


def clock() -> int:
    """What this computer's clock says, in seconds since 1970."""
    return int(time.time())
