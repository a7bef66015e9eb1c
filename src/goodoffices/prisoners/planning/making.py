"""Making a plan: the model, its best solution, and a seat for everybody who goes."""

from __future__ import annotations

from dataclasses import replace

from goodoffices.prisoners.planning.explaining import Conflict, explain
from goodoffices.prisoners.planning.model import Split, build
from goodoffices.prisoners.planning.placing import DoesNotFit, in_order, place
from goodoffices.prisoners.planning.plan import Plan, Problem, counted
from goodoffices.prisoners.planning.program import Impossible, OutOfTime
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


def against(problem: Problem, made: Plan, seconds: float = SECONDS) -> Conflict | None:
    """Where fewer go than were agreed: what stands against the numbers agreed. Otherwise nothing."""
    agreed = problem.instance.terms.number
    if all(going(problem, made)[side] == number for side, number in agreed.items()):
        return None
    return explain(_exactly(problem, exactly=True), seconds)


def fewer(problem: Problem, seconds: float = SECONDS) -> dict[str, int] | None:
    """Where there is no plan for the numbers agreed: how many of each side could go, if any can."""
    if not problem.instance.terms.number or problem.instance.terms.as_many_as_can:
        return None
    try:
        counts = going(problem, plan(_exactly(problem, exactly=False), seconds))
    except (NoPlan, OutOfTime):
        return None
    return counts if any(counts.values()) else None


def going(problem: Problem, made: Plan) -> dict[str, int]:
    """Side -> how many go, of those who count towards the number agreed."""
    counts = dict.fromkeys((side.code for side in problem.instance.sides), 0)
    for person in problem.instance.persons:
        counts[person.side] += person.id in made.seats and counted(problem.instance, person)
    return counts


def _exactly(problem: Problem, *, exactly: bool) -> Problem:
    terms = replace(problem.instance.terms, as_many_as_can=not exactly)
    return replace(problem, instance=replace(problem.instance, terms=terms))
