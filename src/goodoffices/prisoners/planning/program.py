"""A linear program in HiGHS, solved again and again with other costs, in fractions or in whole numbers.

One thread and a fixed seed: the same model gives the same solution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


class Program:
    """A model in the solver, with what was added and fixed since. ``seconds``: for all that it solves, together."""

    def __init__(self, model: Model, seconds: float) -> None:
        self.seconds = seconds
        self._solver = _Quiet()
        for name, value in (("threads", 1), ("parallel", "off"), ("mip_rel_gap", 0.0)):
            self._solver.setOptionValue(name, value)
        self._solver.setOptionValue("mip_abs_gap", 1 - 2 * CLOSE)  # costs are whole: less than one is none
        self._solver.passModel(_passed(model))
        self.whole = len(model.columns)

    @property
    def size(self) -> int:
        return int(self._solver.getNumCol())

    def minimise(self, costs: Numbers, *, whole: bool = False) -> Solved:
        """The best solution for these costs (columns past their end cost nothing)."""
        solver = self._solver
        everything = np.zeros(self.size)
        everything[: len(costs)] = costs
        solver.changeColsCost(self.size, np.arange(self.size, dtype=np.int32), everything)
        self._in_whole_numbers(whole)
        solver.setOptionValue("time_limit", float(solver.getRunTime() + max(0.1, self.seconds - solver.getRunTime())))
        solver.run()
        return self._solved(whole)

    def add_columns(self, upper: Sequence[float]) -> int:
        """New columns from 0 to these; the number of the first."""
        first, count = self.size, len(upper)
        none, nothing = np.array([], dtype=np.int32), np.array([], dtype=np.float64)
        starts = np.zeros(count, dtype=np.int32)
        self._solver.addCols(
            count, np.zeros(count), np.zeros(count), np.array(upper, dtype=np.float64), 0, starts, none, nothing
        )
        return first

    def add_row(self, lower: float, upper: float, columns: Sequence[int], factors: Sequence[float]) -> None:
        at, values = np.array(columns, dtype=np.int32), np.array(factors, dtype=np.float64)
        self._solver.addRow(lower, upper, len(at), at, values)

    def cap(self, column: int, upper: float) -> None:
        self._solver.changeColBounds(column, 0.0, upper)

    def keep_best(self, solved: Solved) -> None:
        """Leaves only solutions as good as this one, which was solved in fractions.

        By complementary slackness: a column with a reduced cost, and a row with a dual value, keep theirs in every best
        solution.
        """
        kept = np.flatnonzero(np.abs(solved.reduced) > CLOSE).astype(np.int32)
        values = np.rint(solved.x[kept])
        self._solver.changeColsBounds(len(kept), kept, values, values)
        lp = self._solver.getLp()
        lower, upper = lp.row_lower_, lp.row_upper_
        for row in np.flatnonzero(np.abs(solved.duals) > CLOSE):
            at = lower[row] if solved.duals[row] > 0 else upper[row]
            self._solver.changeRowBounds(int(row), at, at)

    def _in_whole_numbers(self, whole: bool) -> None:
        kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
        kinds = np.full(self.whole, int(kind), dtype=np.uint8)
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
