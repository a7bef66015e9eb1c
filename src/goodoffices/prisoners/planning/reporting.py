"""What a plan comes to, in sentences: how many go, how early, who waits, and where the order of lists decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from goodoffices.prisoners.planning.instance import Person, Then
from goodoffices.prisoners.planning.plan import Aim, Plan, Problem, Seat, Tie

NAMED = 3  # ties shown in full; the others are counted


def report(problem: Problem, plan: Plan) -> Iterator[str]:
    """Lines of text."""
    yield from _numbers(problem, plan)
    yield from (line for aim in plan.aims if (line := _aim(problem, plan, aim)))
    yield from _waiting(problem, plan)
    yield from _ties(problem, plan)
    yield _proof(plan)


def changes(problem: Problem, plan: Plan) -> Iterator[str]:
    """Who fares differently than in the earlier plan: person, before, now. Buses count as well."""
    for person in problem.instance.persons:
        before, now = problem.since.seats.get(person.id), plan.seats.get(person.id)
        if before != now:
            why = " (refused)" if person.id in problem.since.refused else ""
            yield f"{person.id}: {_where(before)} -> {_where(now)}{why}"


def _where(seat: Seat | None) -> str:
    return f"stage {seat.stage}, {seat.point}, bus {seat.bus}" if seat else "waits"


def _numbers(problem: Problem, plan: Plan) -> Iterator[str]:
    instance = problem.instance
    sides = {person.id: person.side for person in instance.persons}
    counts = {(sides[name], seat.stage): 0 for name, seat in plan.seats.items()}
    for name, seat in plan.seats.items():
        counts[sides[name], seat.stage] += 1
    total = " and ".join(
        f"{sum(s == side.code for s in map(sides.get, plan.seats)):,} of {side.name}" for side in instance.sides
    )
    yield f"{instance.title}: {total} go."
    for number, stage in enumerate(instance.stages, 1):
        parts = " and ".join(f"{counts.get((side.code, number), 0):,} of {side.name}" for side in instance.sides)
        yield f"  Stage {number}, {stage.day}: {parts}."


def _aim(problem: Problem, plan: Plan, aim: Aim) -> str:
    if aim.name == "most of":
        every = sum(
            aim.about in names[:1] for names in (_ranked(problem, person) for person in problem.instance.persons)
        )
        going = sum(_ranked(problem, p)[:1] == [aim.about] for p in problem.instance.persons if p.id in plan.seats)
        return f"  Priority “{aim.about}”: {going:,} of {every:,} go{_when(problem, plan, aim.about)}."
    if aim.name == Then.TRAVEL:
        return f"  On the road: {aim.value / 60:,.0f} hours, all persons together."
    if aim.name == Then.EVEN:
        return f"  The most at one point in one stage: {aim.value:,} persons."
    return (
        f"  Besides those who refused, {aim.value:,} fare differently than in the earlier plan."
        if aim.name == "change"
        else ""
    )


def _ranked(problem: Problem, person: Person) -> list[str]:
    """The priority that a person counts under, if any."""
    rank, names = problem.instance.rank(person), problem.instance.priorities
    return [names[rank]] if rank < len(names) else []


def _when(problem: Problem, plan: Plan, name: str) -> str:
    stages = [
        plan.seats[p.id].stage for p in problem.instance.persons if p.id in plan.seats and _ranked(problem, p) == [name]
    ]
    counts = ", ".join(f"{stages.count(stage):,} in stage {stage}" for stage in sorted(set(stages)))
    return f" ({counts})" if counts else ""


def _waiting(problem: Problem, plan: Plan) -> Iterator[str]:
    """Who stays for later, and why."""
    instance = problem.instance
    left = [person for person in instance.persons if person.id not in problem.since.refused]
    unfit = {person.group for person in left if person.group and not person.fit_from}
    carried = {side for (side, _, _), buses in instance.buses.items() if any(bus.stretchers for bus in buses)}
    for side in instance.sides:
        those = [p for p in instance.persons if p.side == side.code and p.id not in plan.seats]
        reasons = Counter(_why(problem, person, unfit, carried) for person in those)
        if those:
            said = "; ".join(f"{reasons[why]:,} {why}" for why in _REASONS if reasons[why])
            yield f"Of {side.name} {len(those):,} wait: {said}."


_REASONS = (
    "refused",
    "not fit to travel",
    "travelling with somebody who is not",
    "on stretchers, and no bus has a place for one",
    "beyond the number that can go",
)


def _why(problem: Problem, person: Person, unfit: set[str], carried: set[str]) -> str:
    refused, never, beside, lying, beyond = _REASONS
    if person.id in problem.since.refused:
        return refused
    if not person.fit_from:
        return never
    if person.group in unfit:
        return beside
    return lying if person.stretcher and person.side not in carried else beyond


def _ties(problem: Problem, plan: Plan) -> Iterator[str]:
    if not plan.ties:
        return
    places = "place" if len(plan.ties) == 1 else "places"
    yield (
        f"In {len(plan.ties):,} {places} nothing agreed told persons of one side apart, and the order of that side's "
        "list decided, the first on it going first:"
    )
    yield from (f"  {_tie(problem, tie)}" for tie in plan.ties[:NAMED])
    if len(plan.ties) > NAMED:
        yield f"  … and {len(plan.ties) - NAMED:,} more, which --ties FILE writes out."


def _tie(problem: Problem, tie: Tie) -> str:
    parts = ", ".join(f"{count:,} {f'in stage {stage}' if stage else 'wait'}" for stage, count in tie.counts)
    return (
        f"{problem.instance.name_of(tie.side)}, {tie.category or 'no priority'}, {len(tie.members):,} alike: {parts}."
    )


def _proof(plan: Plan) -> str:
    first = next((aim for aim in plan.aims if not aim.proved), None)
    if first is None:
        return "Proved: in the agreed order of aims no plan does better."
    name = f"{first.name} {first.about}".strip()
    found = f"found {first.value:,}, bound {first.bound:,}"
    return f"Not proved in the time allowed: {name} ({found}), and what comes after."
