"""A linear program in HiGHS, solved again and again with other costs, in fractions or in whole numbers.

One thread and a fixed seed: the same model gives the same solution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import highspy
import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.planning.model import Model, Numbers

Indices = NDArray[np.int32]
CLOSE = 1e-6  # HiGHS's own tolerance is 1e-7; all that is compared here is a whole number or a multiple of 1/size


class Impossible(Exception):
    """No solution meets the constraints."""


class OutOfTime(Exception):
    """The time allowed was over before there was any solution."""


@dataclass(frozen=True)
class Solved:
    """``bound``: no solution has less than this. ``reduced`` and ``duals``: of a solution in fractions only."""

    value: float
    bound: float
    x: Numbers
    reduced: Numbers
    duals: Numbers


class _Quiet(highspy.Highs):
    """HiGHS without its word of welcome, which highspy's own ``__init__`` prints while it sets callbacks up."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()
        self.setOptionValue("output_flag", False)


@dataclass(frozen=True)
class Bounds:
    """What columns and rows may come to, at one time."""

    lower: Numbers
    upper: Numbers
    row_lower: Numbers
    row_upper: Numbers

    def copied(self) -> Bounds:
        return Bounds(self.lower.copy(), self.upper.copy(), self.row_lower.copy(), self.row_upper.copy())

    def wider(self, lower: Numbers, upper: Numbers) -> Bounds:
        """With more columns."""
        return replace(self, lower=np.concatenate([self.lower, lower]), upper=np.concatenate([self.upper, upper]))

    def longer(self, lower: float, upper: float) -> Bounds:
        """With one more row."""
        return replace(self, row_lower=np.append(self.row_lower, lower), row_upper=np.append(self.row_upper, upper))


class Program:
    """A model in the solver, with what was added and fixed since. ``seconds``: for all that it solves, together.

    Columns and rows added for one aim stay, and forbid nothing by themselves; ``restore`` lets go of what they hold.
    """

    def __init__(self, model: Model, seconds: float) -> None:
        self.seconds = seconds
        self._solver = _Quiet()
        for name, value in (("threads", 1), ("parallel", "off"), ("mip_rel_gap", 0.0)):
            self._solver.setOptionValue(name, value)
        self._solver.setOptionValue("simplex_strategy", 0)  # primal from where it was: half the time of dual
        self._solver.setOptionValue("mip_abs_gap", 1 - 2 * CLOSE)  # costs are whole: less than one is none
        lp = _passed(model)
        self._solver.passModel(lp)
        self.whole = len(model.columns)
        grouped = [n for n, column in enumerate(model.columns) if model.sort(column).size > 1]
        self._grouped = np.array(grouped, dtype=np.int32)
        self._fresh = Bounds(np.zeros(lp.num_col_), *map(np.array, (lp.col_upper_, lp.row_lower_, lp.row_upper_)))
        self._bounds = self._fresh.copied()

    @property
    def size(self) -> int:
        return len(self._bounds.lower)

    def minimise(self, costs: Numbers, *, whole: bool = False) -> Solved:
        """The best solution for these costs (columns past their end cost nothing).

        In whole numbers, those of groups first: with them whole, what is left is mostly a flow and whole by itself.
        """
        if whole and len(self._grouped):
            solved = self._run(costs, self._grouped)
            if np.abs(solved.x[: self.whole] - np.rint(solved.x[: self.whole])).max(initial=0) < CLOSE:
                return solved
        return self._run(costs, np.arange(self.whole if whole else 0, dtype=np.int32))

    def _run(self, costs: Numbers, whole: Indices) -> Solved:
        solver = self._solver
        everything = np.zeros(self.size)
        everything[: len(costs)] = costs
        solver.changeColsCost(self.size, np.arange(self.size, dtype=np.int32), everything)
        self._in_whole_numbers(whole)
        solver.setOptionValue("time_limit", float(solver.getRunTime() + max(0.1, self.seconds - solver.getRunTime())))
        solver.run()
        return self._solved(bool(len(whole)))

    def add_columns(self, upper: Sequence[float]) -> int:
        """New columns from 0 to these; the number of the first."""
        first, count = self.size, len(upper)
        none, nothing = np.array([], dtype=np.int32), np.array([], dtype=np.float64)
        zeros, starts, top = np.zeros(count), np.zeros(count, dtype=np.int32), np.array(upper, dtype=np.float64)
        self._solver.addCols(count, zeros, zeros, top, 0, starts, none, nothing)
        self._fresh, self._bounds = self._fresh.wider(zeros, top), self._bounds.wider(zeros, top)
        return first

    def add_row(self, lower: float, upper: float, columns: Sequence[int], factors: Sequence[float]) -> int:
        """The number of the new row."""
        at, values = np.array(columns, dtype=np.int32), np.array(factors, dtype=np.float64)
        self._solver.addRow(lower, upper, len(at), at, values)
        self._fresh, self._bounds = self._fresh.longer(lower, upper), self._bounds.longer(lower, upper)
        return len(self._bounds.row_lower) - 1

    def bounds(self) -> Bounds:
        """As they are now; for ``restore``."""
        return self._bounds.copied()

    def restore(self, then: Bounds) -> None:
        """As they were; columns and rows that are newer get those that they came with."""
        columns, rows = len(then.lower), len(then.row_lower)
        new = self._fresh.copied()
        new.lower[:columns], new.upper[:columns] = then.lower, then.upper
        new.row_lower[:rows], new.row_upper[:rows] = then.row_lower, then.row_upper
        self._set(new)

    def cap(self, column: int, upper: float) -> None:
        new = self.bounds()
        new.upper[column] = upper
        self._set(new)

    def hold(self, row: int, upper: float) -> None:
        new = self.bounds()
        new.row_upper[row] = upper
        self._set(new)

    def keep_best(self, solved: Solved, more: float = 0) -> None:
        """Leaves only solutions as good as this one, which was solved in fractions, and any worse by ``more`` at most.

        By complementary slackness: a column with a reduced cost, and a row with a dual value, keep theirs in every best
        solution; one whose reduced cost is larger than ``more`` does in all that are not worse than that.
        """
        new = self.bounds()
        for costs, lower, upper in (
            (solved.reduced, new.lower, new.upper),
            (solved.duals, new.row_lower, new.row_upper),
        ):
            low, high = costs > more + CLOSE, costs < -more - CLOSE
            upper[low], lower[high] = lower[low], upper[high]
        self._set(new)

    def _set(self, new: Bounds) -> None:
        """Tells the solver what is different."""
        old, solver = self._bounds, self._solver
        at = np.flatnonzero((old.lower != new.lower) | (old.upper != new.upper)).astype(np.int32)
        solver.changeColsBounds(len(at), at, new.lower[at], new.upper[at])
        for row in np.flatnonzero((old.row_lower != new.row_lower) | (old.row_upper != new.row_upper)):
            solver.changeRowBounds(int(row), new.row_lower[row], new.row_upper[row])
        self._bounds = new

    def _in_whole_numbers(self, whole: Indices) -> None:
        kinds = np.full(self.whole, int(highspy.HighsVarType.kContinuous), dtype=np.uint8)
        kinds[whole] = int(highspy.HighsVarType.kInteger)
        self._solver.changeColsIntegrality(self.whole, np.arange(self.whole, dtype=np.int32), kinds)

    def _solved(self, whole: bool) -> Solved:
        status, info = self._solver.getModelStatus(), self._solver.getInfo()
        if status in {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
            raise Impossible
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            raise OutOfTime
        if not whole and status != highspy.HighsModelStatus.kOptimal:
            raise OutOfTime
        found = self._solver.getSolution()
        value = info.objective_function_value
        bound = info.mip_dual_bound if whole else value
        empty = np.array([])
        reduced, duals = (empty, empty) if whole else (np.array(found.col_dual), np.array(found.row_dual))
        return Solved(value, bound, np.array(found.col_value), reduced, duals)


def _passed(model: Model) -> highspy.HighsLp:
    rows, count = model.rows, max(1, len(model.columns))  # HiGHS calls a model without columns empty, not solved
    row = np.array(rows.row, dtype=np.int32)
    order = np.argsort(row, kind="stable")
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = count, len(rows.lower)
    lp.col_cost_ = np.zeros(count)
    lp.col_lower_, lp.col_upper_ = np.zeros(count), np.resize(model.upper, count) if len(model.columns) else np.zeros(1)
    lp.row_lower_, lp.row_upper_ = np.array(rows.lower, dtype=np.float64), np.array(rows.upper, dtype=np.float64)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.searchsorted(row[order], np.arange(len(rows.lower) + 1)).astype(np.int32)
    lp.a_matrix_.index_ = np.array(rows.column, dtype=np.int32)[order]
    lp.a_matrix_.value_ = np.array(rows.factor, dtype=np.float64)[order]
    return lp
