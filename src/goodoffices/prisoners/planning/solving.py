"""From a model to the best solution: one aim after the other, each proved before the next.

First in fractions: what is best there bounds what is best in whole numbers, each aim leaves only the solutions that
reach it, and at the end one search in whole numbers among those is enough. Only when it finds none (groups that do not
fit as fractions of them would) is each aim searched in whole numbers, from the first that needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from goodoffices.prisoners.planning.aims import Steps, Target, targets
from goodoffices.prisoners.planning.model import Model, Numbers
from goodoffices.prisoners.planning.plan import Aim
from goodoffices.prisoners.planning.program import CLOSE, Impossible, OutOfTime, Program, Solved


@dataclass(frozen=True)
class Solution:
    """``x``: whole numbers, one a column of the model."""

    x: tuple[int, ...]
    aims: tuple[Aim, ...]


def solve(model: Model, seconds: float) -> Solution:
    """The best solution in the order of the aims. Raises ``Impossible`` when there is none, ``OutOfTime`` when none was
    found in this many seconds; where only the proof is missing, the aims show how far the bound is."""
    aims = list(targets(model))
    program = Program(model, seconds)
    bounds = [_relaxed(program, model, target) for target in aims]
    x = _whole(program)
    if x is not None and values(model, aims, x) == bounds:
        return Solution(x, tuple(_aim(t, v, v) for t, v in zip(aims, bounds, strict=True)))
    return _one_by_one(Program(model, seconds), model, aims)


def possible(model: Model, seconds: float) -> bool | None:
    """Whether there is any solution; nothing when that was not found out in time."""
    program, nothing = Program(model, seconds), np.zeros(0)
    try:
        program.minimise(nothing)
        program.minimise(nothing, whole=True)
    except Impossible:
        return False
    except OutOfTime:
        return None
    return True


def values(model: Model, aims: Sequence[Target], x: Sequence[int]) -> list[int]:
    return [value(model, target, x) for target in aims]


def value(model: Model, target: Target, x: Sequence[int]) -> int:
    """What a solution comes to under one aim, counted from the solution and from nothing the solver says of it."""
    total = target.constant + _added(range(len(x)), target.costs.tolist(), x)
    if target.steps is not None:
        total += _climbed(model, target.steps, x)
    if target.peak:
        total += max(_added(columns, factors, x) for columns, factors in target.peak)
    return total


def _added(columns: Sequence[int], factors: Sequence[float], x: Sequence[int]) -> int:
    return sum(round(factor) * x[n] for n, factor in zip(columns, factors, strict=True) if x[n])


def _climbed(model: Model, steps: Steps, x: Sequence[int]) -> int:
    left = [0] * len(model.alike)
    for n, column, _ in model.per_cell():
        left[column.alike] += x[n]
    total = 0
    for one, cost in zip(steps.alike, steps.costs.tolist(), strict=True):
        total += round(cost) if left[one] > 0 else 0
        left[one] -= 1
    return total


def _aim(target: Target, reached: int, bound: int) -> Aim:
    return Aim(target.name, target.about, reached, bound)


def _relaxed(program: Program, model: Model, target: Target) -> int:
    """Solves in fractions, leaves only what is as good (rounded up: costs are whole), and says how good that is."""
    costs = _laid(program, model, target)
    solved = program.minimise(costs)
    best = ceil(solved.value - CLOSE)
    _keep(program, target, costs, solved, best)
    return best + target.constant


def _keep(program: Program, target: Target, costs: Numbers, solved: Solved, best: int) -> None:
    if target.peak:
        program.cap(len(costs) - 1, best)
    elif abs(solved.value - best) < CLOSE and len(solved.reduced):
        program.keep_best(solved)
    else:
        at = np.flatnonzero(costs)
        program.add_row(-np.inf, best, at.tolist(), costs[at].tolist())


def _laid(program: Program, model: Model, target: Target) -> Numbers:
    """The costs of an aim over the columns, after adding the columns it needs."""
    if target.steps is not None:
        return _laid_steps(program, model, target)
    if target.peak:
        top = program.add_columns([np.inf])
        for columns, factors in target.peak:
            program.add_row(-np.inf, 0, [*columns, top], [*factors, -1.0])
        costs = np.zeros(top + 1)
        costs[top] = 1
        return costs
    return target.costs


def _laid_steps(program: Program, model: Model, target: Target) -> Numbers:
    if target.steps is None:
        return target.costs
    first = program.add_columns([1.0] * len(target.steps.alike))
    columns: list[list[int]] = [[] for _ in model.alike]
    factors: list[list[float]] = [[] for _ in model.alike]
    for n, column, _ in model.per_cell():
        columns[column.alike].append(n)
        factors[column.alike].append(1.0)
    for n, one in enumerate(target.steps.alike, first):
        columns[one].append(n)
        factors[one].append(-1.0)
    for at, how in zip(columns, factors, strict=True):
        program.add_row(0, 0, at, how)
    return np.concatenate([np.zeros(first), target.steps.costs])


def _whole(program: Program) -> tuple[int, ...] | None:
    """Whole numbers among what is left, if there are any."""
    nothing = np.zeros(0)
    for whole in (False, True):
        try:
            x = program.minimise(nothing, whole=whole).x[: program.whole]
        except Impossible:
            return None
        rounded = np.rint(x)
        if np.abs(x - rounded).max(initial=0) < CLOSE:
            return tuple(int(n) for n in rounded)
    return None


def _one_by_one(program: Program, model: Model, aims: Sequence[Target]) -> Solution:
    """Each aim in whole numbers; what the solver reports is not trusted where it can be counted."""
    found: list[Aim] = []
    x: tuple[int, ...] = ()
    for target in aims:
        costs = _laid(program, model, target)
        solved = program.minimise(costs, whole=True)
        x = tuple(int(n) for n in np.rint(solved.x[: program.whole]))
        reached = value(model, target, x)
        bound = ceil(solved.bound - CLOSE) + target.constant
        _keep(program, target, costs, solved, reached - target.constant)
        found.append(_aim(target, reached, min(bound, reached)))
    return Solution(x, tuple(found))
