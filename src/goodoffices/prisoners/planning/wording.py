"""Conditions in a delegate's words, with the figures that let one see the conflict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goodoffices.prisoners.planning.conditions import Condition
from goodoffices.prisoners.planning.instance import UNCOUNTED, Equal, Instance, Person
from goodoffices.prisoners.planning.plan import Problem, counted


def one(problem: Problem, condition: Condition) -> str:
    """The sentence of one condition."""
    return _ONE[condition.family](problem, condition)


def all_of(problem: Problem, some: Sequence[Condition]) -> str:
    """One sentence for many conditions of one family."""
    instance, first = problem.instance, some[0]
    if first.family in {"seats", "stretchers"}:
        room = sum(_room(instance, condition) for condition in some)
        of = _stages_and_points(instance, some)
        return f"The buses of {instance.name_of(first.about)} have {_places(first.family, room)} in all{of}."
    if first.family == "equal":
        return _equal(problem, first)
    if first.family == "stage number":
        return f"In stages {_list(c.stage for c in some)} the numbers agreed for each of these stages go."
    if first.family == "stage limit":
        most = sum(instance.stages[c.stage - 1].at_most or 0 for c in some)
        return f"In stages {_list(c.stage for c in some)} together at most {most:,} of each side go."
    most = sum(_point(instance, condition.about) or 0 for condition in some)
    return f"At {instance.name_of(first.about)} at most {most:,} of each side are handed over in all these stages."


def _stages_and_points(instance: Instance, some: Sequence[Condition]) -> str:
    stages, points = sorted({c.stage for c in some}), sorted({c.point for c in some})
    of = "" if len(stages) == len(instance.stages) else f", in {_stages(stages)}"
    return of + ("" if len(points) == len(instance.points) else f", at {_list(map(instance.name_of, points))}")


def _number(problem: Problem, condition: Condition) -> str:
    side, instance = condition.about, problem.instance
    number, gone = instance.terms.number[side], problem.gone()[side]
    listed = sum(
        p.side == side and counted(instance, p) and p.id not in problem.since.refused for p in instance.persons
    )
    before = f", {gone:,} of whom have gone" if gone else ""
    return f"{number:,} of {instance.name_of(side)} go{before} ({listed:,} count towards that number)."


def _seats(problem: Problem, condition: Condition) -> str:
    instance = problem.instance
    if not instance.buses.get((condition.about, condition.stage, condition.point)):
        name = instance.name_of(condition.about)
        return f"No bus of {name} drives to {instance.name_of(condition.point)} in stage {condition.stage}."
    places = _places(condition.family, _room(instance, condition))
    where = f"at {instance.name_of(condition.point)} in stage {condition.stage}"
    return f"The buses of {instance.name_of(condition.about)} have {places} {where}."


def _places(family: str, room: int) -> str:
    if family == "seats":
        return "1 seat" if room == 1 else f"{room:,} seats"
    return "1 place for a stretcher" if room == 1 else f"{room:,} places for stretchers"


def _room(instance: Instance, condition: Condition) -> int:
    buses = instance.buses.get((condition.about, condition.stage, condition.point), ())
    return sum(bus.seats if condition.family == "seats" else bus.stretchers for bus in buses)


def _equal(problem: Problem, condition: Condition) -> str:
    terms = problem.instance.terms
    where = {Equal.CELL: " at each point in each stage", Equal.STAGE: " in each stage"}.get(terms.equal, "")
    if condition.stage and condition.point:
        where = f" at {problem.instance.name_of(condition.point)} in stage {condition.stage}"
    elif condition.stage:
        where = f" in stage {condition.stage}"
    but = f", but for {terms.imbalance:,}" if terms.imbalance else ""
    return f"Both sides' numbers are the same{where}{but}."


def _open(problem: Problem, condition: Condition) -> str:
    point = next(p for p in problem.instance.points if p.code == condition.about)
    return f"{point.name} is open in {_stages(point.stages)} only."


def _fit(problem: Problem, condition: Condition) -> str:
    those = [p for p in _left(problem) if p.side == condition.about]
    never, later = sum(not p.fit_from for p in those), sum(p.fit_from > 1 for p in those)
    return (
        f"Of {problem.instance.name_of(condition.about)} {never:,} are not fit to travel, and {later:,} only later on."
    )


def _together(problem: Problem, condition: Condition) -> str:
    groups = {p.group for p in _left(problem) if p.side == condition.about and p.group}
    name = problem.instance.name_of(condition.about)
    return f"Those of {name} who travel together (groups: {len(groups):,}) go in one bus or not at all."


def _all_for_all(problem: Problem, condition: Condition) -> str:
    who = "go whatever the count" if condition.about == UNCOUNTED else f"are {condition.about}"
    return f"All who {who} go{_how_many(problem, condition.about)}."


def _by(problem: Problem, condition: Condition) -> str:
    stage = problem.instance.terms.by[condition.about]
    return f"All who are {condition.about} have gone by stage {stage}{_how_many(problem, condition.about)}."


def _how_many(problem: Problem, category: str) -> str:
    """In each side, those fit to travel, and how many of them on stretchers."""
    parts = []
    for side in problem.instance.sides:
        those = [p for p in _left(problem) if p.side == side.code and category in p.categories and p.fit_from]
        lying = sum(p.stretcher for p in those)
        on = f", {lying:,} of them on stretchers" if lying else ""
        parts.append(f"{len(those):,} of {side.name}{on}")
    return f" ({'; '.join(parts)})"


def _left(problem: Problem) -> list[Person]:
    since = problem.since
    return [p for p in problem.instance.persons if not since.gone(p.id) and p.id not in since.refused]


def _stage_number(problem: Problem, condition: Condition) -> str:
    number = problem.instance.stages[condition.stage - 1].number or 0
    return f"In stage {condition.stage} exactly {number:,} of each side go."


def _stage_limit(problem: Problem, condition: Condition) -> str:
    most = problem.instance.stages[condition.stage - 1].at_most or 0
    return f"In stage {condition.stage} at most {most:,} of each side go."


def _day_limit(problem: Problem, condition: Condition) -> str:
    most = next(most for day, most in problem.instance.days.items() if day.isoformat() == condition.about)
    return f"On {condition.about} at most {most:,} of each side go."


def _point_limit(problem: Problem, condition: Condition) -> str:
    instance, most = problem.instance, _point(problem.instance, condition.about)
    where = f"At {instance.name_of(condition.about)} in stage {condition.stage}"
    return f"{where} at most {most or 0:,} of each side are handed over."


def _point(instance: Instance, code: str) -> int | None:
    return next(point.at_most for point in instance.points if point.code == code)


def _stages(numbers: Iterable[int]) -> str:
    some = sorted(numbers)
    return f"stage {some[0]}" if len(some) == 1 else f"stages {_list(some)}"


def _list(items: Iterable[object]) -> str:
    words = [str(item) for item in items]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


_ONE = {
    "number": _number,
    "seats": _seats,
    "stretchers": _seats,
    "equal": _equal,
    "open": _open,
    "fit": _fit,
    "together": _together,
    "all for all": _all_for_all,
    "by": _by,
    "stage number": _stage_number,
    "stage limit": _stage_limit,
    "day limit": _day_limit,
    "point limit": _point_limit,
}
