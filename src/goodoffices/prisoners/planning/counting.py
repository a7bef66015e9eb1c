"""What a solution comes to under an aim, counted from the solution and from nothing that the solver says of it."""

from __future__ import annotations

from collections.abc import Sequence

from goodoffices.prisoners.planning.aims import Steps, Target
from goodoffices.prisoners.planning.model import Model


def value(model: Model, target: Target, x: Sequence[int]) -> int:
    """``x``: whole numbers, one a column."""
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
