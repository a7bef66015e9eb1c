"""The plan's model once more, without grouping: one variable for each person in each bus. Slow, and plainly right.

It shares nothing with ``planning`` but the facts of an instance. ``best`` is what a plan's aims are compared with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product

import highspy
import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.planning.instance import Cell, Equal, Instance, Person, Then
from goodoffices.prisoners.planning.plan import Plan, Problem, Seat
from goodoffices.prisoners.planning.program import _Quiet

Terms = dict[int, float]
Key = tuple[str, int, str, int]  # person, stage, point, bus


@dataclass
class Flat:
    """A model in whole numbers, written down row by row. ``seconds``: for each solving."""

    problem: Problem
    seconds: float = 60
    at: dict[Key, int] = field(default_factory=dict)
    of: list[Key] = field(default_factory=list)
    who: list[Person] = field(default_factory=list)
    mine: dict[str, list[int]] = field(default_factory=dict)
    rows: list[tuple[float, float, Terms]] = field(default_factory=list)
    extra: int = 1  # one that means nothing: a model without any column is none to HiGHS
    found: NDArray[np.float64] | None = None

    @property
    def instance(self) -> Instance:
        return self.problem.instance

    def going(self, person: Person) -> Terms:
        return dict.fromkeys(self.mine.get(person.id, ()), 1.0)

    def sum(self, cost: Callable[[Person, Key], float], where: Callable[[Key], bool] = lambda key: True) -> Terms:
        terms = {
            n: cost(person, key) for n, (person, key) in enumerate(zip(self.who, self.of, strict=True)) if where(key)
        }
        return {n: value for n, value in terms.items() if value}

    def minimise(self, costs: Terms) -> int | None:
        """The least that is possible; nothing when there is no solution, ``TimeoutError`` when time ran out."""
        solver = _Quiet()
        for name, value in (("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.5), ("time_limit", self.seconds)):
            solver.setOptionValue(name, value)
        count = len(self.of) + self.extra
        upper = [1.0] * len(self.of) + [1e6] * self.extra
        cost = np.zeros(count)
        for n, value in costs.items():
            cost[n] = value
        none = np.array([], dtype=np.int32)
        solver.addCols(
            count, cost, np.zeros(count), np.array(upper), 0, np.zeros(count, dtype=np.int32), none, np.array([])
        )
        kinds = np.full(count, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        solver.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kinds)
        for low, high, terms in self.rows:
            at, values = np.array(list(terms), dtype=np.int32), np.array(list(terms.values()), dtype=np.float64)
            solver.addRow(low, high, len(at), at, values)
        solver.run()
        if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return None
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise TimeoutError
        self.found = np.array(solver.getSolution().col_value)
        return round(solver.getInfo().objective_function_value)

    def seats(self) -> dict[str, Seat]:
        """Who sits where in the solution found last."""
        assert self.found is not None
        persons = {p.id: p for p in self.instance.persons}
        taken = [key for n, key in enumerate(self.of) if self.found[n] > 0.5]
        return {key[0]: Seat(key[1], key[2], key[3], persons[key[0]].stretcher) for key in taken}


def best(problem: Problem, seconds: float = 60) -> list[int] | None:
    """The values of all aims in their order; nothing when there is no plan."""
    flat = _flat(problem, seconds)
    if flat.minimise({}) is None:
        return None
    values = []
    for constant, costs in _aims(flat):
        value = flat.minimise(costs)
        assert value is not None
        flat.rows.append((-np.inf, value, costs))
        values.append(value + constant)
    return values


def _may_go(problem: Problem) -> list[Person]:
    since = problem.since
    left = [p for p in problem.instance.persons if not since.gone(p.id) and p.id not in since.refused]
    unfit = {p.group for p in left if p.group and not p.fit_from}
    return [p for p in left if p.fit_from and p.group not in unfit]


def _flat(problem: Problem, seconds: float) -> Flat:
    flat, instance = Flat(problem, seconds), problem.instance
    open_cells = [(s, p.code) for p in instance.points for s in sorted(p.stages) if not problem.since.over(s)]
    for person in _may_go(problem):
        for stage, point in open_cells:
            for bus, _ in enumerate(instance.buses.get((person.side, stage, point), ()), 1):
                if person.fit_from <= stage:
                    flat.at[person.id, stage, point, bus] = len(flat.of)
                    flat.of.append((person.id, stage, point, bus))
                    flat.who.append(person)
                    flat.mine.setdefault(person.id, []).append(flat.at[person.id, stage, point, bus])
    flat.rows += [*_persons(flat), *_buses(flat), *_counts(flat), *_agreed(flat)]
    return flat


def _persons(flat: Flat) -> Iterator[tuple[float, float, Terms]]:
    terms, first_of = flat.instance.terms, dict[str, Person]()
    for person in _may_go(flat.problem):
        must = bool(set(person.categories) & {*terms.all_for_all, *terms.by})
        yield float(must), 1, flat.going(person)
        for name in set(person.categories) & set(terms.by):
            late = {n: 1.0 for n in flat.going(person) if flat.of[n][1] > terms.by[name]}
            yield 0, 0, late
        first = first_of.setdefault(person.group, person) if person.group else person
        keys = {flat.of[n][1:] for who in (person, first) for n in flat.going(who)}
        for key in sorted(keys) if first is not person else ():
            both = [(flat.at.get((person.id, *key)), 1.0), (flat.at.get((first.id, *key)), -1.0)]
            yield 0, 0, {n: factor for n, factor in both if n is not None}


def _buses(flat: Flat) -> Iterator[tuple[float, float, Terms]]:
    for (side, stage, point), some in flat.instance.buses.items():
        for number, bus in enumerate(some, 1):
            for lying, room in ((False, bus.seats), (True, bus.stretchers)):

                def in_it(key: Key, at: tuple[int, str, int] = (stage, point, number)) -> bool:
                    return key[1:] == at

                def takes(p: Person, key: Key, side: str = side, lying: bool = lying) -> bool:
                    return p.side == side and p.stretcher == lying

                yield 0, room, flat.sum(takes, in_it)


def _counts(flat: Flat) -> Iterator[tuple[float, float, Terms]]:
    instance = flat.instance
    for side, (number, stage) in product(instance.sides, enumerate(instance.stages, 1)):

        def of_side(p: Person, key: Key, code: str = side.code) -> bool:
            return p.side == code

        def one_for_one(p: Person, key: Key, code: str = side.code) -> bool:
            return p.side == code and _counted(instance, p)

        if stage.at_most is not None:
            yield 0, stage.at_most, flat.sum(of_side, lambda key, n=number: key[1] == n)
        if stage.number is not None and not flat.problem.since.over(number):
            yield stage.number, stage.number, flat.sum(one_for_one, lambda key, n=number: key[1] == n)
        for point in instance.points:
            if point.at_most is not None:
                yield 0, point.at_most, flat.sum(of_side, lambda key, c=(number, point.code): key[1:3] == c)
        for day, most in instance.days.items():
            yield 0, most, flat.sum(of_side, lambda key, d=day: instance.stages[key[1] - 1].day == d)


def _agreed(flat: Flat) -> Iterator[tuple[float, float, Terms]]:
    instance, terms, since = flat.instance, flat.instance.terms, flat.problem.since
    first = instance.sides[0].code
    gone = {
        side.code: sum(_counted(instance, p) and since.gone(p.id) for p in instance.persons if p.side == side.code)
        for side in instance.sides
    }

    def signed(p: Person, key: Key) -> float:
        return _counted(instance, p) * (1 if p.side == first else -1)

    owed = gone[instance.sides[1].code] - gone[first]
    low, high = min(owed, 0) - terms.imbalance, max(owed, 0) + terms.imbalance
    cells: list[Callable[[Key], bool]] = []
    if terms.equal is Equal.CELL:
        cells = [lambda key, c=cell: key[1:3] == c for cell in instance.cells()]
    elif terms.equal is Equal.STAGE:
        cells = [lambda key, n=number: key[1] == n for number in instance.numbers()]
    for where in cells:
        yield low, high, flat.sum(signed, where)
    if terms.equal is not Equal.NONE and len(set(terms.number.values())) < 2:
        yield owed - terms.imbalance, owed + terms.imbalance, flat.sum(signed)
    for side, number in terms.number.items():
        left = number - gone[side]
        counts = flat.sum(lambda p, key, code=side: p.side == code and _counted(instance, p))
        yield 0 if terms.as_many_as_can else left, left, counts


def _counted(instance: Instance, person: Person) -> bool:
    return not set(person.categories) & set(instance.terms.all_for_all)


def _aims(flat: Flat) -> Iterator[tuple[int, Terms]]:
    """A constant and costs for each aim."""
    instance, since = flat.instance, flat.problem.since
    yield 0, flat.sum(lambda p, key: -1)
    if since.seats:
        before = {name: seat.cell for name, seat in since.seats.items()}
        planned = {p.id for p in _may_go(flat.problem) if p.id in before}
        yield len(planned), flat.sum(lambda p, key: _changed(before.get(p.id), key) - (p.id in planned))
    first = min(n for n in instance.numbers() if not since.over(n))
    for rank in range(len(instance.priorities)):
        if any(instance.rank(p) == rank for p in _may_go(flat.problem)):
            yield 0, flat.sum(lambda p, key, r=rank: -(instance.rank(p) == r))
            yield 0, flat.sum(lambda p, key, r=rank: (instance.rank(p) == r) * (key[1] - first))
    yield 0, flat.sum(lambda p, key: p.position)
    for then in instance.then:
        if then is Then.TRAVEL and instance.minutes:
            yield 0, flat.sum(lambda p, key: instance.minutes[p.held][key[2]] if p.held else 0)
        if then is Then.EARLY:
            yield 0, flat.sum(lambda p, key: key[1])
        if then is Then.EVEN:
            top = len(flat.of) + flat.extra
            flat.extra += 1
            for cell in instance.cells():
                flat.rows.append(
                    (-np.inf, 0, {**flat.sum(lambda p, key: 1, lambda key, c=cell: key[1:3] == c), top: -1.0})
                )
            yield 0, {top: 1.0}


def _changed(before: Cell | None, key: Key) -> int:
    return int(before != key[1:3])


def faults(problem: Problem, plan: Plan) -> list[str]:
    """What in a plan breaks a condition, each checked person by person."""
    flat = _flat(problem, 1)
    going = {
        (name, seat.stage, seat.point, seat.bus) for name, seat in plan.seats.items() if not problem.since.gone(name)
    }
    found = [f"{key} is not possible" for key in going if key not in flat.at]
    taken = {flat.at[key] for key in going if key in flat.at}
    for low, high, terms in flat.rows:
        total = sum(factor for n, factor in terms.items() if n in taken)
        if not low <= total <= high:
            found.append(f"{total} is not from {low} to {high}: {[flat.of[n] for n in terms][:4]} …")
    return found
