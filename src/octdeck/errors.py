"""The one exception of octdeck: a fault of the world."""


class OctdeckError(Exception):
    """A fault of the world, not of a deck file: disk full, no permission, no such folder.

    Its text says what happened and where; `hint`, what to do.
    """

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint
