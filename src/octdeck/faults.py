"""What is wrong in plain data, in a teacher's words, and the exception that carries it out of a check."""

from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

MAX_FAULTS = 100  # that are told of one value; whoever made a thousand of the same kind needs no more
MAX_ENTRIES = 1000  # of a list or of 'key: value' lines

At: TypeAlias = tuple[str | int, ...]
"""The keys that lead from a value to a part of it."""


class Fault(Struct, frozen=True):
    """One thing wrong in plain data, at `at`; on the key itself, if `on_key`.

    `also` names a second place that has to do with it, and the keys that lead there. `near` is the key that this one
    was probably meant to be, `meant` the one that it surely was.
    """

    at: At
    code: str
    message: str
    hint: str | None = None
    on_key: bool = False
    also: tuple[str, At] | None = None
    near: str | None = None
    meant: str | None = None


class RefusedError(ValueError):
    """Data that cannot be taken, and all that is wrong in it."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults

    def under(self, *keys: str | int) -> list[Fault]:
        """The faults as seen from the value in which this one stands at `keys`."""
        return [
            replace(fault, at=(*keys, *fault.at), also=fault.also and (fault.also[0], (*keys, *fault.also[1])))
            for fault in self.faults
        ]


def refusal(
    code: str, message: str, hint: str, *at: str | int, also: tuple[str, At] | None = None, on_key: bool = False
) -> RefusedError:
    """Why a value is refused; `at` are the keys that lead from the value to the part to blame."""
    return RefusedError(Fault(at, code, message, hint, on_key, also))


def named(value: object) -> str:
    """What kind of data a value is, for a message."""
    match value:
        case list() | tuple():
            return "a list"
        case dict():
            return "'key: value' lines"
        case _:
            return "text"


def shortened(text: str | None) -> str:
    """At most 40 characters of `text`, for a message."""
    text = text or ""
    return text if len(text) <= 40 else text[:39] + "…"
