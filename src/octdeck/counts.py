"""Numbers of things, in words."""

from collections.abc import Sequence

from octdeck.diagnostics import Diagnostic


def summary(found: Sequence[Diagnostic]) -> str:
    """`2 errors and 1 warning in 3 files`, or `no mistakes found`."""
    errors = sum(d.severity == "error" for d in found)
    counts = [counted(n, word) for n, word in ((errors, "error"), (len(found) - errors, "warning")) if n]
    files = counted(len({d.span.path for d in found}), "file")
    return f"{' and '.join(counts)} in {files}" if counts else "no mistakes found"


def counted(number: int, word: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {word}{'s' * (number != 1)}"
