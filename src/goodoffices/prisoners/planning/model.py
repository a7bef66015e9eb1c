"""The exact model: how many of each sort of travellers go in each cell, and what must hold.

With single travellers alone and equal numbers for each cell it is a flow from one side's persons through cells to the
other side's, so that its linear relaxation has whole solutions (Hoffman and Kruskal, 1956); groups and limits across
cells are why it is solved in whole numbers all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.planning.alike import Alike, Sort, alike
from goodoffices.prisoners.planning.conditions import NOTHING, Condition, Dropped
from goodoffices.prisoners.planning.instance import Bus, Cell, Equal
from goodoffices.prisoners.planning.plan import Problem

Numbers = NDArray[np.float64]
INFINITE = float("inf")

Split = frozenset[tuple[str, Cell]]
"""Sides and cells in which groups are given to buses one by one, because together they would not fit."""


@dataclass(frozen=True)
class Column:
    """Travellers of one sort in one cell; with ``bus``, those of them in that bus (from 1)."""

    alike: int
    stage: int
    point: str
    bus: int = 0


@dataclass
class Rows:
    """Constraints while they are gathered: a key, what it may come to, and its terms."""

    at: dict[object, int] = field(default_factory=dict)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    row: list[int] = field(default_factory=list)
    column: list[int] = field(default_factory=list)
    factor: list[float] = field(default_factory=list)

    def bound(self, key: object, lower: float, upper: float) -> None:
        self.at[key] = len(self.lower)
        self.lower.append(lower)
        self.upper.append(upper)

    def add(self, key: object, column: int, factor: float) -> None:
        """A term, where there is such a constraint."""
        row = self.at.get(key)
        if row is not None and factor:
            self.row.append(row)
            self.column.append(column)
            self.factor.append(factor)


@dataclass(frozen=True)
class Model:
    """``upper``: of each column. ``rows``: the constraints; ``rows.at`` has those of ``("go", n)``, one a sort."""

    problem: Problem
    alike: tuple[Alike, ...]
    columns: tuple[Column, ...]
    upper: Numbers
    rows: Rows

    def sort(self, column: Column) -> Sort:
        return self.alike[column.alike].sort

    def per_cell(self) -> Iterator[tuple[int, Column, Sort]]:
        """The columns that count travellers in a cell, with their place and sort."""
        return ((n, c, self.alike[c.alike].sort) for n, c in enumerate(self.columns) if not c.bus)


def build(problem: Problem, dropped: Dropped = NOTHING, split: Split = frozenset()) -> Model:
    """The model without the conditions that are ``dropped``."""
    some = alike(problem, dropped)
    rows = _bounds(problem, some, dropped)
    columns: list[Column] = []
    upper: list[float] = []
    for number, one in enumerate(some):
        for cell in _cells(problem, one.sort, dropped):
            _terms(problem, rows, len(columns), number, one.sort, cell)
            columns.append(Column(number, *cell))
            upper.append(len(one.travellers))
    _give_buses(problem, some, rows, columns, upper, _split(split, dropped))
    return Model(problem, tuple(some), tuple(columns), np.array(upper), rows)


def _cells(problem: Problem, sort: Sort, dropped: Dropped) -> Iterator[Cell]:
    """Where travellers of a sort can go at all."""
    instance = problem.instance
    free = [Condition(family, sort.side) in dropped for family in ("seats", "stretchers")]
    for point in instance.points:
        shut = Condition("open", point.code) not in dropped
        for stage in instance.numbers():
            if (
                problem.since.over(stage)
                or not sort.fit_from <= stage <= sort.by
                or (shut and stage not in point.stages)
            ):
                continue
            if any(free) or _fits(
                sort, instance.buses.get((sort.side, stage, point.code), ()), stage, point.code, dropped
            ):
                yield stage, point.code


def _fits(sort: Sort, buses: Iterable[Bus], stage: int, point: str, dropped: Dropped) -> bool:
    """Whether some bus takes them all: a necessary condition that keeps the model small."""
    if any(Condition(family, sort.side, stage, point) in dropped for family in ("seats", "stretchers")):
        return True
    return any(sort.seats <= bus.seats and sort.stretchers <= bus.stretchers for bus in buses)


def _bounds(problem: Problem, some: list[Alike], dropped: Dropped) -> Rows:
    rows = Rows()
    for number, one in enumerate(some):
        count = len(one.travellers)
        rows.bound(("go", number), count if one.sort.must else 0, count)
    for key, condition, lower, upper in bounds(problem):
        if condition not in dropped:
            rows.bound(key, lower, upper)
    return rows


Bound = tuple[object, Condition, float, float]
"""A constraint's key, the condition that it is of, and what it may come to."""


def bounds(problem: Problem) -> Iterator[Bound]:
    """The constraints that travellers share."""
    yield from _room(problem)
    yield from _limits(problem)
    yield from _equals(problem)
    yield from _numbers(problem)


def _room(problem: Problem) -> Iterator[Bound]:
    instance = problem.instance
    for side in instance.sides:
        for stage, point in instance.cells():
            buses = instance.buses.get((side.code, stage, point), ())
            for family, room in (
                ("seats", sum(bus.seats for bus in buses)),
                ("stretchers", sum(bus.stretchers for bus in buses)),
            ):
                yield (family, side.code, stage, point), Condition(family, side.code, stage, point), 0, room
            beside = sum(bus.seats for bus in buses if bus.stretchers)
            yield ("beside", side.code, stage, point), Condition("seats", side.code, stage, point), 0, beside


def _limits(problem: Problem) -> Iterator[Bound]:
    """How many of each side at most: in a stage, on a day, at a point in one stage."""
    instance = problem.instance
    for side in instance.sides:
        for number, stage in enumerate(instance.stages, 1):
            if stage.at_most is not None:
                yield ("stage", side.code, number), Condition("stage limit", "", number), 0, stage.at_most
        for day, most in instance.days.items():
            yield ("day", side.code, day), Condition("day limit", day.isoformat()), 0, most
        for point in instance.points:
            for number in instance.numbers() if point.at_most is not None else ():
                condition = Condition("point limit", point.code, number)
                yield ("point", side.code, number, point.code), condition, 0, point.at_most or 0


def _equals(problem: Problem) -> Iterator[Bound]:
    """One side's number less the other's. What one side still owes may be made good in any stage to come."""
    instance, terms = problem.instance, problem.instance.terms
    first, second = instance.sides
    gone = problem.gone()
    owed = gone[second.code] - gone[first.code]
    least, most = min(owed, 0) - terms.imbalance, max(owed, 0) + terms.imbalance
    if terms.equal is Equal.CELL:
        for stage, point in instance.cells():
            yield ("equal", stage, point), Condition("equal", "", stage, point), least, most
    if terms.equal is Equal.STAGE:
        for stage in instance.numbers():
            yield ("equal", stage, ""), Condition("equal", "", stage), least, most
    if terms.equal is not Equal.NONE and _same_number(terms.number.values()):
        yield "balance", Condition("equal"), owed - terms.imbalance, owed + terms.imbalance


def _same_number(agreed: Iterable[int]) -> bool:
    """Where the sides agreed on different numbers, the whole cannot be equal."""
    return len(set(agreed)) < 2


def _numbers(problem: Problem) -> Iterator[Bound]:
    instance, gone = problem.instance, problem.gone()
    for side, number in instance.terms.number.items():
        left = number - gone[side]
        yield ("number", side), Condition("number", side), 0 if instance.terms.as_many_as_can else left, left
    for side_ in instance.sides:
        for number, stage in enumerate(instance.stages, 1):
            if stage.number is not None and not problem.since.over(number):
                yield (
                    ("stage number", side_.code, number),
                    Condition("stage number", "", number),
                    stage.number,
                    stage.number,
                )


def _terms(problem: Problem, rows: Rows, column: int, number: int, sort: Sort, cell: Cell) -> None:
    """What one traveller of this sort in this cell adds to each constraint."""
    (stage, point), side, size = cell, sort.side, sort.size
    sign = 1 if side == problem.instance.sides[0].code else -1
    rows.add(("go", number), column, 1)
    rows.add(("seats", side, stage, point), column, sort.seats)
    rows.add(("stretchers", side, stage, point), column, sort.stretchers)
    if sort.stretchers:  # whoever travels with somebody on a stretcher sits in a bus that has stretchers
        rows.add(("beside", side, stage, point), column, sort.seats)
    rows.add(("equal", stage, point), column, sign * sort.counted)
    rows.add(("equal", stage, ""), column, sign * sort.counted)
    rows.add("balance", column, sign * sort.counted)
    rows.add(("number", side), column, sort.counted)
    rows.add(("stage number", side, stage), column, sort.counted)
    rows.add(("stage", side, stage), column, size)
    rows.add(("day", side, problem.instance.stages[stage - 1].day), column, size)
    rows.add(("point", side, stage, point), column, size)


def _split(split: Split, dropped: Dropped) -> Split:
    """Without the cells whose buses are not full in this model."""
    families = ("seats", "stretchers")
    return frozenset((s, c) for s, c in split if not any(Condition(family, s, *c) in dropped for family in families))


def _give_buses(
    problem: Problem, some: list[Alike], rows: Rows, columns: list[Column], upper: list[float], split: Split
) -> None:
    """In the cells of ``split``: every group is in one bus, and no bus holds more groups than it has places for."""
    for n, column in enumerate(list(columns)):
        sort = some[column.alike].sort
        cell = (column.stage, column.point)
        if sort.size == 1 or (sort.side, cell) not in split:
            continue
        rows.bound(("buses of", n), 0, 0)
        rows.add(("buses of", n), n, -1)
        for number, bus in enumerate(problem.instance.buses[sort.side, *cell], 1):
            if sort.seats <= bus.seats and sort.stretchers <= bus.stretchers:
                rows.add(("buses of", n), len(columns), 1)
                for family, room, taken in (
                    ("seats", bus.seats, sort.seats),
                    ("stretchers", bus.stretchers, sort.stretchers),
                ):
                    key = (family, sort.side, *cell, number)
                    if key not in rows.at:
                        rows.bound(key, 0, room)
                    rows.add(key, len(columns), taken)
                columns.append(Column(column.alike, *cell, number))
                upper.append(upper[n])
