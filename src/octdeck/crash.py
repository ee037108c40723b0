"""An exception that nobody foresaw → a file with all that is known of it, and one line for whoever ran the command."""

import os
import sys
from types import TracebackType


def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What Python is to call for an exception that ends the program (`sys.excepthook`).

    With OCTDECK_TRACEBACK set, the traceback is shown, too.
    """
    if issubclass(kind, KeyboardInterrupt) or os.environ.get("OCTDECK_TRACEBACK", "") not in {"", "0"}:
        sys.__excepthook__(kind, error, trace)
    if issubclass(kind, KeyboardInterrupt):
        return
    try:
        saved = f"the traceback is in {_save(error)}: please pass it on to whoever looks after octdeck"
    except OSError as fault:
        sys.__excepthook__(kind, error, trace)
        saved = f"the traceback above could not be saved: {(fault.strerror or str(fault)).lower()}"
    what = " ".join(f"{kind.__name__}: {error}".split())[:200]
    print(
        f"octdeck: this is a fault of octdeck, not of your files: {what}, while running '{_command()}'; {saved}",
        file=sys.stderr,
    )


def _save(error: BaseException) -> str:
    """Write a new file in the folder for temporary files; its name."""
    import platform
    import tempfile
    import traceback

    import octdeck

    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", errors="backslashreplace", prefix="octdeck-fault-", suffix=".txt", delete=False
    ) as file:
        file.write(f"octdeck {octdeck.__version__}, Python {platform.python_version()}, {platform.platform()}\n")
        file.write(f"{_command()}\n\n")
        file.writelines(traceback.format_exception(error))
    return file.name


def _command() -> str:
    import shlex

    return shlex.join(["octdeck", *sys.argv[1:]])
