"""Persons alike: who travels together is one, and whom nothing in the plan tells apart are planned by their number.

This is what makes the model small: its size follows from how many sorts of persons there are, not how many persons.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from goodoffices.prisoners.planning.conditions import Condition, Dropped
from goodoffices.prisoners.planning.instance import Cell, Instance, Person, Then
from goodoffices.prisoners.planning.plan import Problem, counted

Travellers = tuple[Person, ...]
"""One person, or those who travel together, in the order of their list."""


@dataclass(frozen=True)
class Sort:
    """All that the model knows of travellers. ``minutes``: to each point; ``before``: each one's cell so far.

    ``by``: the last stage in which they may go; ``must``: whether they may not stay.
    """

    side: str
    counted: int
    others: int
    seats: int
    stretchers: int
    ranks: tuple[int, ...]
    fit_from: int
    by: int
    must: bool
    minutes: tuple[int, ...]
    before: tuple[Cell | None, ...]

    @property
    def size(self) -> int:
        return self.counted + self.others


@dataclass(frozen=True)
class Alike:
    """``travellers`` in the order of their list; of some together, the sum of their places on it."""

    sort: Sort
    travellers: tuple[Travellers, ...]


def positions(travellers: Travellers) -> int:
    return sum(person.position for person in travellers)


def alike(problem: Problem, dropped: Dropped) -> list[Alike]:
    """Everybody who could still go, grouped; in order of first appearance."""
    found: defaultdict[Sort, list[Travellers]] = defaultdict(list)
    for travellers in _travellers(problem, dropped):
        found[_sort(problem, travellers, dropped)].append(travellers)
    return [Alike(sort, tuple(sorted(some, key=positions))) for sort, some in found.items()]


def able(problem: Problem, person: Person, dropped: Dropped) -> bool:
    """Whether a person may go in some stage still to come."""
    if problem.since.gone(person.id) or person.id in problem.since.refused:
        return False
    return person.fit_from > 0 or Condition("fit", person.side) in dropped


def _travellers(problem: Problem, dropped: Dropped) -> list[Travellers]:
    """Those who travel together as one; if one of them is not fit, none of them travels."""
    ones: list[list[Person]] = []
    groups: dict[tuple[str, str], list[Person]] = {}
    for person in problem.instance.persons:
        if problem.since.gone(person.id) or person.id in problem.since.refused:
            continue
        key = (person.side, person.group)
        if person.group and Condition("together", person.side) not in dropped:
            if key not in groups:
                ones.append(groups.setdefault(key, []))
            groups[key].append(person)
        else:
            ones.append([person])
    return [tuple(some) for some in ones if all(able(problem, person, dropped) for person in some)]


def _sort(problem: Problem, travellers: Travellers, dropped: Dropped) -> Sort:
    instance, side = problem.instance, travellers[0].side
    fit_free = Condition("fit", side) in dropped
    number = sum(counted(instance, person) for person in travellers)
    lying = sum(person.stretcher for person in travellers)
    by = [stage for person in travellers for stage in _by(instance, person, dropped)]
    return Sort(
        side=side,
        counted=number,
        others=len(travellers) - number,
        seats=len(travellers) - lying,
        stretchers=lying,
        ranks=tuple(sorted(instance.rank(person) for person in travellers)),
        fit_from=1 if fit_free else max(person.fit_from for person in travellers),
        by=min(by, default=len(instance.stages)),
        must=bool(by) or any(_all_go(instance, person, dropped) for person in travellers),
        minutes=_minutes(instance, travellers),
        before=tuple(sorted((_cell(problem, person) for person in travellers), key=str)),
    )


def _by(instance: Instance, person: Person, dropped: Dropped) -> list[int]:
    if not person.fit_from:
        return []
    by = instance.terms.by
    return [by[name] for name in person.categories if name in by and Condition("by", name) not in dropped]


def _all_go(instance: Instance, person: Person, dropped: Dropped) -> bool:
    named = (name for name in person.categories if name in instance.terms.all_for_all)
    return bool(person.fit_from) and any(Condition("all for all", name) not in dropped for name in named)


def _minutes(instance: Instance, travellers: Travellers) -> tuple[int, ...]:
    if Then.TRAVEL not in instance.then or not instance.minutes:
        return ()
    roads = [instance.minutes[person.held] for person in travellers if person.held]
    return tuple(sum(road[point.code] for road in roads) for point in instance.points)


def _cell(problem: Problem, person: Person) -> Cell | None:
    seat = problem.since.seats.get(person.id)
    return seat.cell if seat else None
