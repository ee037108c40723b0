"""Plain data to a struct whose annotations carry checks, or to everything that is wrong in it."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from types import NoneType
from typing import Annotated, Any, Literal, TypeAlias, TypeVar, get_args, get_origin

from msgspec import Struct
from msgspec.structs import fields

from octdeck.diagnostics import did_you_mean, surely_meant
from octdeck.faults import MAX_FAULTS, Fault, RefusedError, named, refusal, shortened
from octdeck.values import Check, one_of

_T = TypeVar("_T")
Unknown: TypeAlias = Callable[[str], Fault]
"""A key that a struct does not have, to what is wrong with it."""


def shape(kind: type[_T], value: object, key: str, unknown: Unknown | None = None) -> _T:
    """`key: value` lines to a `kind`; `unknown` says what is wrong with a key that it does not have.

    Raises:
        RefusedError: with all that is wrong.

    """
    if not isinstance(value, dict):
        what = f"'{shortened(key)}' holds" if key else "the file holds"
        message = f"{what} 'key: value' lines, not {named(value)}"
        raise refusal("OD104", message, "see the example in the README")
    known = checks(kind)
    found: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, part in value.items():
        if len(faults) >= MAX_FAULTS:
            break
        check = known.get(name)
        if check is None:
            faults.append(unknown(name) if unknown else unknown_key(name, known, known))
            continue
        try:
            found[name] = check(part, name)
        except RefusedError as refused:
            faults += refused.under(name)
    missing = [name for name in _REQUIRED[kind] if name not in value]
    if faults or missing:
        # A misspelt key is one mistake, not two: the key it was meant to be is not missing.
        meant = {fault.near for fault in faults if len(fault.at) == 1}
        faults += [
            Fault((name,), "OD102", f"'{name}' is missing", f"add a line '{name}: ...'")
            for name in missing
            if name not in meant
        ]
        raise RefusedError(*faults)
    return kind(**found)


def unknown_key(name: str, here: Collection[str], anywhere: Collection[str]) -> Fault:
    """What is wrong with a key that is none of those `here`; it may have been meant for one of those `anywhere`."""
    meant = surely_meant(name, anywhere)
    near = meant or did_you_mean(name, anywhere)
    hint = f"did you mean '{near}'?" if near else f"use one of: {', '.join(sorted(here))}"
    return Fault((name,), "OD101", f"unknown key '{shortened(name)}'", hint, on_key=True, near=near, meant=meant)


def checks(kind: type) -> Mapping[str, Check[Any]]:
    """The checks of a struct, by field."""
    known = _CHECKS.get(kind)
    if known is None:
        known = _CHECKS[kind] = {field.name: _check(field.type) for field in fields(kind)}
        _REQUIRED[kind] = tuple(field.name for field in fields(kind) if field.required)
    return known


def required(kind: type) -> tuple[str, ...]:
    """The fields that a struct cannot do without."""
    checks(kind)
    return _REQUIRED[kind]


_CHECKS: dict[type, Mapping[str, Check[Any]]] = {}
_REQUIRED: dict[type, tuple[str, ...]] = {}


def _check(annotation: Any) -> Check[Any]:
    """What an annotation says: its own check, one of a few words, the shape of a struct; `| None` says nothing."""
    if get_origin(annotation) is Annotated:
        check: Check[Any] = annotation.__metadata__[0]
        return check
    if get_origin(annotation) is Literal:
        return partial(one_of, get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Struct):
        return partial(shape, annotation)
    (only,) = (part for part in get_args(annotation) if part is not NoneType)
    return _check(only)
