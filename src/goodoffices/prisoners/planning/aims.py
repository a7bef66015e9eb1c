"""The aims of a plan in their order, each as a number to make small; an earlier one is never given up for a later one.

1. As many go as can. 2. After an earlier plan: as few as can fare differently. 3. For each priority in turn: as many of
it as can, then as early as can. 4. Who goes among the rest: the order of the lists. 5. What counts then: time on the
road, even days, early days. All are whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from goodoffices.prisoners.planning.alike import Sort, positions
from goodoffices.prisoners.planning.instance import Cell, Then
from goodoffices.prisoners.planning.model import Column, Model, Numbers

Cost = Callable[[Column, Sort], int]
"""What one traveller of a sort adds in a column."""


@dataclass(frozen=True)
class Steps:
    """Costs that grow with each further traveller of a sort: ``costs[n]`` is what the next one of ``alike[n]`` adds.

    They never fall, so that a linear model takes the cheap ones first.
    """

    alike: tuple[int, ...]
    costs: Numbers


@dataclass(frozen=True)
class Target:
    """An aim over the columns of a model. ``least``: no solution has less, where that is known.

    ``steps``: costs by travellers that go, in place of costs of columns. ``peak``: the largest of these sums, in place
    of one: (a cell's columns, their factors).
    """

    name: str
    about: str
    costs: Numbers
    constant: int = 0
    least: int | None = None
    steps: Steps | None = None
    peak: tuple[tuple[tuple[int, ...], tuple[float, ...]], ...] = ()


def targets(model: Model) -> Iterator[Target]:
    problem = model.problem
    yield _number(model)
    if problem.again:
        yield _change(model)
    for rank, name in enumerate(problem.instance.priorities):
        yield from _priority(model, rank, name)
    yield _list_order(model)
    for then in problem.instance.then:
        if then is Then.TRAVEL and not problem.instance.minutes:
            continue
        yield {Then.TRAVEL: _travel, Then.EVEN: _even, Then.EARLY: _early}[then](model)


def _number(model: Model) -> Target:
    costs = _costs(model, lambda _, sort: -sort.size)
    least = -sum(one.sort.size * len(one.travellers) for one in model.alike)
    return Target("number", "", costs, least=least)


def _change(model: Model) -> Target:
    """Persons whose cell is another than before: waiting instead of going is a change too, and so is the reverse."""
    planned = sum(_planned(one.sort) * len(one.travellers) for one in model.alike)
    costs = _costs(model, lambda column, sort: _moved(sort, (column.stage, column.point)) - _planned(sort))
    return Target("change", "", costs, planned, least=0)


def _planned(sort: Sort) -> int:
    return sum(cell is not None for cell in sort.before)


def _moved(sort: Sort, cell: Cell) -> int:
    return sum(before != cell for before in sort.before)


def _priority(model: Model, rank: int, name: str) -> Iterator[Target]:
    every = sum(one.sort.ranks.count(rank) * len(one.travellers) for one in model.alike)
    if not every:
        return
    yield Target("most of", name, _costs(model, lambda _, sort: -sort.ranks.count(rank)), least=-every)
    first = min(n for n in model.problem.instance.numbers() if not model.problem.since.over(n))
    costs = _costs(model, lambda column, sort: sort.ranks.count(rank) * (column.stage - first))
    yield Target("early", name, costs, least=0)


def _list_order(model: Model) -> Target:
    """The sum of the places on their list of all who go."""
    alike = [n for n, one in enumerate(model.alike) for _ in one.travellers]
    costs = [positions(travellers) for one in model.alike for travellers in one.travellers]
    steps = Steps(tuple(alike), np.array(costs, dtype=np.float64))
    return Target("list", "", np.zeros(len(model.columns)), steps=steps)


def _travel(model: Model) -> Target:
    at = {point.code: n for n, point in enumerate(model.problem.instance.points)}
    return Target(
        "travel", "", _costs(model, lambda column, sort: sort.minutes[at[column.point]] if sort.minutes else 0)
    )


def _early(model: Model) -> Target:
    return Target("early", "", _costs(model, lambda column, sort: sort.size * column.stage))


def _even(model: Model) -> Target:
    """The most persons that any point has to handle in one stage."""
    cells: dict[Cell, list[tuple[int, float]]] = {}
    for n, column, sort in model.per_cell():
        cells.setdefault((column.stage, column.point), []).append((n, float(sort.size)))
    peak = tuple((tuple(n for n, _ in terms), tuple(size for _, size in terms)) for terms in cells.values())
    return Target("even", "", np.zeros(len(model.columns)), peak=peak)


def _costs(model: Model, cost: Cost) -> Numbers:
    costs = np.zeros(len(model.columns))
    for n, column, sort in model.per_cell():
        costs[n] = cost(column, sort)
    return costs
