"""Making a plan: the model, its best solution, and a seat for everybody who goes."""

from __future__ import annotations

from goodoffices.prisoners.planning.explaining import Conflict, explain
from goodoffices.prisoners.planning.model import Split, build
from goodoffices.prisoners.planning.placing import DoesNotFit, in_order, place
from goodoffices.prisoners.planning.plan import Plan, Problem
from goodoffices.prisoners.planning.program import Impossible
from goodoffices.prisoners.planning.solving import solve

SECONDS = 60.0


class NoPlan(Exception):
    """Conditions conflict; which ones is in ``conflict``."""

    def __init__(self, conflict: Conflict) -> None:
        super().__init__("\n".join(conflict.sentences))
        self.conflict = conflict


def plan(problem: Problem, seconds: float = SECONDS) -> Plan:
    """The best plan in the order of the aims; those handed over already keep their seats in it.

    Raises ``NoPlan`` where conditions conflict, and ``OutOfTime`` where no plan was found in this many seconds. A plan
    that is not ``proved`` is one that time did not suffice to prove the best.
    """
    split: Split = frozenset()
    while True:
        model = build(problem, split=split)
        try:
            solution = solve(model, seconds)
        except Impossible as error:
            raise NoPlan(explain(problem, seconds, split)) from error
        try:
            seats, ties = place(model, solution.x)
        except DoesNotFit as error:
            split |= error.where
            continue
        gone = {person: seat for person, seat in problem.since.seats.items() if problem.since.gone(person)}
        return Plan(in_order(problem.instance, {**seats, **gone}), solution.aims, ties)
