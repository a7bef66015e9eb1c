"""A plan: who goes in which stage, at which point, in which bus. And what a later plan keeps of an earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from goodoffices.prisoners.planning.instance import Cell, Instance, Person


@dataclass(frozen=True)
class Seat:
    """One person's place. ``bus`` counts from 1 among the buses of its side at that point in that stage."""

    stage: int
    point: str
    bus: int
    stretcher: bool

    @property
    def cell(self) -> Cell:
        return self.stage, self.point


@dataclass(frozen=True)
class Aim:
    """One aim, in its order: what came of it and the best that could have. Smaller is better; counts are negative.

    ``about``: a category, where the aim has one.
    """

    name: str
    about: str
    value: int
    bound: int

    @property
    def proved(self) -> bool:
        return self.value == self.bound


@dataclass(frozen=True)
class Tie:
    """Persons of one side whom nothing agreed tells apart, and who yet fare differently: the list's order decided.

    ``members``: their ids in that order. ``counts``: (stage or 0 for waiting, how many), in that order.
    """

    side: str
    category: str
    members: tuple[str, ...]
    counts: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Plan:
    """``seats``: person -> place, in order of stage, point, side, bus and list. ``aims``: in their order."""

    seats: Mapping[str, Seat]
    aims: tuple[Aim, ...] = ()
    ties: tuple[Tie, ...] = ()

    @property
    def proved(self) -> bool:
        """Whether no plan is better, by any aim in its order."""
        return all(aim.proved for aim in self.aims)


@dataclass(frozen=True)
class Since:
    """What happened since an earlier plan: stages up to ``done`` are over, ``missed`` ones did not take place.

    ``refused``: who does not go at all (any more), also where the refusal was at the point in a stage that is over.
    """

    seats: Mapping[str, Seat] = field(default_factory=dict)
    done: int = 0
    missed: frozenset[int] = frozenset()
    refused: frozenset[str] = frozenset()

    def gone(self, person: str) -> bool:
        seat = self.seats.get(person)
        if seat is None or person in self.refused or seat.stage in self.missed:
            return False
        return seat.stage <= self.done

    def over(self, stage: int) -> bool:
        return stage <= self.done or stage in self.missed


@dataclass(frozen=True)
class Problem:
    """An instance, and what there was before, if anything."""

    instance: Instance
    since: Since = Since()

    @property
    def again(self) -> bool:
        """Whether there is an earlier plan to stay close to."""
        return bool(self.since.seats)

    def gone(self) -> dict[str, int]:
        """Side -> how many, of those that count one for one, have been handed over already."""
        counts = dict.fromkeys((side.code for side in self.instance.sides), 0)
        for person in self.instance.persons:
            counts[person.side] += counted(self.instance, person) and self.since.gone(person.id)
        return counts


def counted(instance: Instance, person: Person) -> bool:
    """Whether it counts one for one; those who go all for all do not."""
    return not set(person.categories) & set(instance.terms.all_for_all)
