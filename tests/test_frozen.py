"""Frozen data behaves as Python's own dataclasses do."""

import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace
from functools import cached_property

import pytest

from octdeck.frozen import frozen


@frozen
class Boat:
    """A boat, and where it was noted."""

    name: str
    crew: int = 2
    cargo: list[str] = field(default_factory=list)
    line: int = field(default=0, compare=False, repr=False)
    short: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "short", self.name[:3])


@frozen(kw_only=True)
class Ferry:
    """A boat that has its fields named."""

    cars: int = 0
    name: str


@frozen(kw_only=True)
class Liner(Ferry):
    """A ferry with more fields."""

    decks: int


@frozen(eq=False, slots=False)
class Quay:
    """A quay, which is equal to none but itself."""

    length: int

    @cached_property
    def berths(self) -> int:
        """How many boats lie there."""
        return self.length // 10


@dataclass(frozen=True, slots=True)
class Plain:
    """What Python makes."""

    name: str
    crew: int = 2


def test_values_are_compared_field_by_field() -> None:
    """Two are equal, and stand in a set once, where all fields are that count; of another class, none is."""
    assert Boat("Elsa", 3) == Boat("Elsa", 3, [], line=8) != Boat("Elsa", 4)
    assert len({Ferry(name="Elsa"), Ferry(name="Elsa", cars=0), Ferry(name="Elsa", cars=1)}) == 2
    assert Ferry(name="Elsa") not in [Plain("Elsa"), Liner(name="Elsa", decks=1)]
    assert Quay(20) != Quay(20)
    assert len({Quay(20), Quay(20)}) == 2


def test_nothing_changes() -> None:
    """No field is set anew, none deleted and none added; a cached property is found once."""
    boat, quay = Boat("Elsa"), Quay(20)

    for name in ("name", "flag"):
        with pytest.raises(FrozenInstanceError):
            setattr(boat, name, "Ida")
        with pytest.raises(FrozenInstanceError):
            delattr(quay, name)
    assert (quay.berths, vars(quay)) == (2, {"length": 20, "berths": 2})


def test_each_has_its_own() -> None:
    """What a factory makes is made for each value."""
    assert Boat("Elsa").cargo is not Boat("Elsa").cargo


def test_fields_are_taken_as_they_are_declared() -> None:
    """By place or by name; with those of the class that it extends; by name alone where that is asked for."""
    assert (Boat("Elsa", crew=3).crew, Liner(decks=4, name="Ida").name) == (3, "Ida")
    for wrong in (lambda: Boat(), lambda: Ferry("Elsa"), lambda: Boat("Elsa", short="E")):  # type: ignore[call-arg, arg-type]
        with pytest.raises(TypeError):
            wrong()


def test_it_is_a_dataclass() -> None:
    """`replace`, patterns, copies in another process and what is shown are those of Python's dataclasses."""
    boat = Boat("Elsa", 3, ["slate"])
    match boat:
        case Boat(name, crew):
            assert (name, crew) == ("Elsa", 3)

    assert replace(boat, name="Ida").short == "Ida"
    assert pickle.loads(pickle.dumps(boat)) == boat
    assert pickle.loads(pickle.dumps(boat)).short == "Els"
    assert repr(boat) == "Boat(name='Elsa', crew=3, cargo=['slate'])"
    assert repr(Liner(decks=4, name="Ida")) == "Liner(cars=0, name='Ida', decks=4)"
    assert repr(Plain("Elsa")).removeprefix("Plain") == repr(Boat("Elsa")).removeprefix("Boat").replace(
        ", cargo=[]", ""
    )
