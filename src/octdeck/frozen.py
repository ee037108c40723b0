"""Frozen data: a dataclass that is quick to make, as a start makes many of them.

Python's own `dataclass` writes and compiles half a dozen functions for each class, at every start. Here it is one,
`__init__`; all classes share the rest.
"""

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from functools import partial
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform, overload

_T = TypeVar("_T")


@overload
def frozen(made: type[_T], /) -> type[_T]: ...
@overload
def frozen(*, kw_only: bool = False, eq: bool = True, slots: bool = True) -> Callable[[type[_T]], type[_T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(made: type[Any] | None = None, /, *, kw_only: bool = False, eq: bool = True, slots: bool = True) -> Any:
    """A dataclass whose values do not change; two are equal where all their fields are.

    Without `eq` each is equal to itself alone; without `slots` it has room for cached properties.
    """
    make = partial(_frozen, kw_only=kw_only, eq=eq, slots=slots)
    return make if made is None else make(made)


def _frozen(written: type[Any], *, kw_only: bool, eq: bool, slots: bool) -> type[Any]:
    # For one that has no description, Python writes its signature, which takes longer than all else.
    written.__doc__ = written.__doc__ or written.__name__
    made = dataclass(init=False, repr=False, eq=False, kw_only=kw_only, slots=slots)(written)
    functions = {"__init__": _init(made), "__repr__": _repr, "__setattr__": _refuse, "__delattr__": _refuse}
    if slots:
        functions["__setstate__"] = _restore
    if eq:
        functions |= _comparing(made)
    for name, function in functions.items():
        setattr(made, name, function)
    return made


def _init(made: type[Any]) -> Callable[..., None]:
    """What sets all fields of a new value."""
    # In capitals, as no field is.
    known: dict[str, Any] = {"KEEP": object.__setattr__, "MISSING": MISSING}
    heads, lines = list[str](), list[str]()
    # Those that have to be named come last.
    for part in sorted((part for part in fields(made) if part.init), key=lambda part: bool(part.kw_only)):
        if part.kw_only and "*" not in heads:
            heads.append("*")
        value = part.name
        if part.default_factory is not MISSING:
            known[f"NEW_{part.name}"] = part.default_factory
            heads.append(f"{part.name}=MISSING")
            value = f"NEW_{part.name}() if {part.name} is MISSING else {part.name}"
        elif part.default is not MISSING:
            known[f"NEW_{part.name}"] = part.default
            heads.append(f"{part.name}=NEW_{part.name}")
        else:
            heads.append(part.name)
        lines.append(f" KEEP(self, '{part.name}', {value})")
    if hasattr(made, "__post_init__"):
        lines.append(" self.__post_init__()")
    exec(f"def __init__(self, {', '.join(heads)}):\n" + "\n".join(lines), known)
    written: Callable[..., None] = known["__init__"]
    return written


def _comparing(made: type[Any]) -> dict[str, Callable[..., Any]]:
    values = attrgetter(*(part.name for part in fields(made) if part.compare))

    def __eq__(self: object, other: object) -> bool:  # noqa: N807
        return values(self) == values(other) if type(self) is type(other) else NotImplemented

    def __hash__(self: object) -> int:  # noqa: N807
        return hash(values(self))

    return {"__eq__": __eq__, "__hash__": __hash__}


def _repr(self: Any) -> str:
    shown = (f"{part.name}={getattr(self, part.name)!r}" for part in fields(self) if part.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse(self: object, name: str, *_: object) -> NoReturn:
    raise FrozenInstanceError(f"'{name}' does not change")


def _restore(self: object, state: tuple[None, dict[str, object]]) -> None:
    """Take the fields of a copy, or of what another process sends."""
    for name, value in state[1].items():
        object.__setattr__(self, name, value)
