"""From a model to the best solution: one aim after the other, each proved before the next.

First in fractions: what is best there bounds what is best in whole numbers, each aim leaves only the solutions that
reach it, and at the end one search in whole numbers among those is mostly enough. Where it finds none (groups that do
not fit as fractions of them would), the first aim that cannot be reached in whole numbers is looked for from the end,
solved in whole numbers among what the aims before it left, and the rest again in fractions from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from goodoffices.prisoners.planning.aims import targets
from goodoffices.prisoners.planning.counting import value
from goodoffices.prisoners.planning.laying import Laid, laid
from goodoffices.prisoners.planning.model import Model
from goodoffices.prisoners.planning.plan import Aim
from goodoffices.prisoners.planning.program import CLOSE, Bounds, Impossible, OutOfTime, Program, Solved

Whole = tuple[int, ...]
"""Whole numbers, one a column of a model."""


@dataclass(frozen=True)
class Solution:
    x: Whole
    aims: tuple[Aim, ...]


def solve(model: Model, seconds: float) -> Solution:
    """The best solution in the order of the aims. Raises ``Impossible`` when there is none, ``OutOfTime`` when none was
    found in this many seconds; where only the proof is missing, the aims show how far the bound is."""
    return _Search(model, seconds).run()


def possible(model: Model, seconds: float) -> bool | None:
    """Whether there is any solution; nothing when that was not found out in time."""
    program = Program(model, seconds)
    try:
        return _whole(program) is not None
    except OutOfTime:
        return None


def _whole(program: Program) -> Whole | None:
    """Whole numbers among what is left, if there are any."""
    nothing = np.zeros(0)
    for whole in (False, True):
        try:
            x = _rounded(program.minimise(nothing, whole=whole), program)
        except Impossible:
            return None
        if x is not None:
            return x
    raise OutOfTime


def _rounded(solved: Solved, program: Program) -> Whole | None:
    """The solution, if it is in whole numbers."""
    x = solved.x[: program.whole]
    rounded = np.rint(x)
    return tuple(int(n) for n in rounded) if np.abs(x - rounded).max(initial=0) < CLOSE else None


class _Search:
    """``before[n]``: the bounds that the aims before ``n`` left. ``found``: a whole solution that reaches most aims."""

    def __init__(self, model: Model, seconds: float) -> None:
        self._model, self._program = model, Program(model, seconds)
        self._targets = list(targets(model))
        self._laid: list[Laid] = []
        self._before: list[Bounds] = [self._program.bounds()]
        self._reached: list[int] = []
        self._bounds: list[int] = []
        self._found: Whole | None = None

    def run(self) -> Solution:
        try:
            return self._search()
        except OutOfTime:
            if self._found is None or len(self._bounds) < len(self._targets):
                raise
            values = self._values(self._found)
            return self._solution(self._found, values, [min(b, v) for b, v in zip(self._bounds, values, strict=True)])

    def _search(self) -> Solution:
        settled = 0
        while True:
            whole = self._relax(settled)
            for x in self._candidates():
                if self._values(x) == self._reached:
                    return self._solution(x, self._reached, self._bounds)
            settled = self._settle_last(whole) + 1

    def _candidates(self) -> Iterator[Whole]:
        """The whole solution known already, and only if that will not do, one searched for."""
        if self._found is not None:
            yield self._found
        x = _whole(self._program)
        if x is not None:
            yield x

    def _solution(self, x: Whole, values: Sequence[int], bounds: Sequence[int]) -> Solution:
        aims = zip(self._targets, values, bounds, strict=True)
        return Solution(x, tuple(Aim(t.name, t.about, reached, bound) for t, reached, bound in aims))

    def _values(self, x: Whole) -> list[int]:
        return [value(self._model, target, x) for target in self._targets]

    def _relax(self, settled: int) -> int:
        """Every further aim in fractions. The number of aims up to which the solution was in whole numbers."""
        last = settled
        for n in range(settled, len(self._targets)):
            solved = self._program.minimise(self._lay(n).costs)
            best = ceil(solved.value - CLOSE)
            self._keep(n, solved, best)
            self._note(n, best, best)
            x = _rounded(solved, self._program)
            if x is not None and value(self._model, self._targets[n], x) == self._reached[n]:
                self._found, last = x, n + 1
        return last

    def _lay(self, n: int) -> Laid:
        if n == len(self._laid):
            self._laid.append(laid(self._program, self._model, self._targets[n]))
        return self._laid[n]

    def _keep(self, n: int, solved: Solved, best: int) -> None:
        """Leaves only what is as good as the best in whole numbers may be."""
        here = self._laid[n]
        if here.top:
            self._program.cap(here.top, best)
            return
        if best - solved.value > CLOSE:
            self._program.hold(here.row, best)
        self._program.keep_best(solved, best - solved.value)

    def _note(self, n: int, best: int, bound: int) -> None:
        """Values and bounds up to this aim, and what is left after it."""
        constant = self._targets[n].constant
        self._reached[n:], self._bounds[n:] = [best + constant], [bound + constant]
        self._before[n + 1 :] = [self._program.bounds()]

    def _settle_last(self, least: int) -> int:
        """Finds the first aim that no solution in whole numbers reaches, and settles it.

        From the end, since the later the aim, the fewer solutions are left and the quicker it is seen that none is
        whole. The aims before ``least`` are known to be reached by one.
        """
        for n in range(len(self._targets) - 1, least, -1):
            try:
                self._settle(n)
            except Impossible:
                continue
            return n
        self._settle(least)
        return least

    def _settle(self, n: int) -> None:
        """One aim in whole numbers, among what the aims before it left."""
        program, here, target = self._program, self._laid[n], self._targets[n]
        program.restore(self._before[n])
        relaxed = program.minimise(here.costs)
        solved = program.minimise(here.costs, whole=True)
        x = _rounded(solved, program)
        if x is None:
            raise OutOfTime
        self._found = x
        reached = value(self._model, target, x) - target.constant
        self._keep(n, relaxed, reached)
        self._note(n, reached, min(reached, ceil(solved.bound - CLOSE)))
