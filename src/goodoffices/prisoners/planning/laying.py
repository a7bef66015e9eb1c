"""Aims laid over a program: the columns and rows that they need beside those of the model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goodoffices.prisoners.planning.aims import Steps, Target
from goodoffices.prisoners.planning.model import Model, Numbers
from goodoffices.prisoners.planning.program import Program


@dataclass(frozen=True)
class Laid:
    """``costs`` of all columns. ``row``: their sum, to hold it; or ``top``: the column that is the largest of sums."""

    costs: Numbers
    row: int = 0
    top: int = 0


def laid(program: Program, model: Model, target: Target) -> Laid:
    if target.peak:
        return _peak(program, target)
    costs = _steps(program, model, target.steps) if target.steps is not None else target.costs
    at = np.flatnonzero(costs)
    row = program.add_row(-np.inf, np.inf, at.tolist(), costs[at].tolist())
    return Laid(costs, row)


def _peak(program: Program, target: Target) -> Laid:
    top = program.add_columns([np.inf])
    for columns, factors in target.peak:
        program.add_row(-np.inf, 0, [*columns, top], [*factors, -1.0])
    costs = np.zeros(top + 1)
    costs[top] = 1
    return Laid(costs, top=top)


def _steps(program: Program, model: Model, steps: Steps) -> Numbers:
    """A column from 0 to 1 for every traveller; those of a sort come to as many as go."""
    first = program.add_columns([1.0] * len(steps.alike))
    columns: list[list[int]] = [[] for _ in model.alike]
    factors: list[list[float]] = [[] for _ in model.alike]
    for n, column, _ in model.per_cell():
        columns[column.alike].append(n)
        factors[column.alike].append(1.0)
    for n, one in enumerate(steps.alike, first):
        columns[one].append(n)
        factors[one].append(-1.0)
    for at, how in zip(columns, factors, strict=True):
        program.add_row(0, 0, at, how)
    return np.concatenate([np.zeros(first), steps.costs])
