"""What a plan comes to, in sentences: how many go, how early, who waits, and where the order of lists decided."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.prisoners.planning.alike import able
from goodoffices.prisoners.planning.conditions import NOTHING
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
    for side in problem.instance.sides:
        those = [p for p in problem.instance.persons if p.side == side.code and p.id not in plan.seats]
        refused = sum(p.id in problem.since.refused for p in those)
        unfit = sum(not p.fit_from and p.id not in problem.since.refused for p in those)
        beside = _beside_unfit(problem, those)
        places = len(those) - refused - unfit - beside
        if those:
            parts = [
                (refused, "refused"),
                (unfit, "not fit to travel"),
                (beside, "travelling with somebody who is not"),
            ]
            said = "; ".join(f"{n:,} {why}" for n, why in [*parts, (places, "beyond the number that can go")] if n)
            yield f"Of {side.name} {len(those):,} wait: {said}."


def _beside_unfit(problem: Problem, those: list[Person]) -> int:
    unfit = {person.group for person in those if person.group and not person.fit_from}
    return sum(able(problem, person, NOTHING) and person.group in unfit for person in those)


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
