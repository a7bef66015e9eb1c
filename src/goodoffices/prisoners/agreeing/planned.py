"""Proposing a plan of the agreed list, and accepting it: binding for each side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from goodoffices.prisoners.agreeing import table
from goodoffices.prisoners.agreeing.agreed import AGREED, Drawn
from goodoffices.prisoners.agreeing.plans import PLANS, PlanProposed
from goodoffices.prisoners.named import NAMED, NUMBER
from goodoffices.record.entries import Fact
from goodoffices.record.matter import Room
from goodoffices.record.seats import SEATS
from goodoffices.talks import fields
from goodoffices.talks.fields import BlobCited, Command
from goodoffices.talks.scene import Awaited, Refusal, Rule, Scene


@dataclass(frozen=True, kw_only=True)
class PointNamed:
    """One handover point: its short name in the plan, and what it is called."""

    code: str = fields.code("Short name")
    name: str = fields.words("Name")


@dataclass(frozen=True, kw_only=True)
class AtPoint:
    """Who is handed over at one point in one stage, by manifest number."""

    stage: int = fields.number("Stage")
    day: str = fields.plain("Day", "[0-9]{4}-[0-9]{2}-[0-9]{2}")
    point: str = fields.code("Point")
    persons: tuple[str, ...] = fields.plain("Persons", NUMBER, required=False, many=True)


@dataclass(frozen=True, kw_only=True)
class ProposePlan(Command):
    """Propose a plan of the agreed list. It counts once both sides have accepted it."""

    list: str = fields.ref("List", "list-drawn")
    replaces: str | None = fields.ref("Replaces", "plan-proposed", required=False)
    over: tuple[int, ...] = fields.number("Stages that are over", required=False, many=True)
    points: tuple[PointNamed, ...] = fields.rows("Points", PointNamed)
    stages: tuple[AtPoint, ...] = fields.rows("Stages", AtPoint)
    key: str = fields.plain("Key of the plan", "[0-9a-f]{32}")
    parts: tuple[BlobCited, ...] = fields.blob("Encrypted plan", many=True)
    digest: str = fields.plain("Digest of the plan", "[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True)
class AcceptPlan(Command):
    """Accept the plan for your side. This is binding."""

    plan: str = fields.ref("Plan", "plan-proposed")


def propose_plan(scene: Scene, c: ProposePlan) -> list[Fact]:
    table.both(scene)
    scene.refuse_unless(table.may_propose(scene), "A plan is proposed by a side, the host or the intermediary.")
    drawn = _agreed(scene)
    if drawn is None or drawn.ref != c.list:
        raise Refusal("A plan is made of the list that both sides have confirmed; this is not that list.")
    newest = scene.room[PLANS].newest
    if (newest.ref if newest else None) != c.replaces:
        raise Refusal("Another plan was proposed meanwhile. Look at it, and make yours anew.")
    stages = _stages(c)
    _check_persons(scene, [number for row in c.stages for number in row.persons])
    body = {
        "list": c.list,
        "replaces": c.replaces,
        "over": sorted(set(c.over)),
        "points": [{"code": p.code, "name": p.name} for p in c.points],
        "stages": [_stage(scene, stages[number]) for number in sorted(stages)],
        "key": c.key,
        "parts": [part.body() for part in c.parts],
        "digest": c.digest,
    }
    return [Fact("plan-proposed", body | c.as_told())]


def _stages(c: ProposePlan) -> dict[int, list[AtPoint]]:
    known = [p.code for p in c.points]
    if len(set(known)) < len(known):
        raise Refusal("Two handover points have the same short name.")
    stages: dict[int, list[AtPoint]] = {}
    for row in c.stages:
        before = stages.setdefault(row.stage, [])
        _check_row(row, before, known)
        before.append(row)
    unknown = set(c.over) - stages.keys()
    if unknown:
        raise Refusal(f"Stage {min(unknown)} is said to be over, and the plan has no such stage.")
    return stages


def _check_row(row: AtPoint, before: list[AtPoint], known: list[str]) -> None:
    try:
        date.fromisoformat(row.day)
    except ValueError:
        raise Refusal(f"A day is written as 2025-05-23, and “{row.day}” is none.") from None
    if row.stage < 1:
        raise Refusal("Stages are numbered from 1.")
    if row.point not in known:
        raise Refusal(f"Stage {row.stage} uses the point “{row.point}”, which the plan does not name.")
    if any(other.point == row.point for other in before):
        raise Refusal(f"Stage {row.stage} has the point “{row.point}” twice.")
    if before and before[0].day != row.day:
        raise Refusal(f"Stage {row.stage} is on two days, {before[0].day} and {row.day}.")


def _check_persons(scene: Scene, every: list[str]) -> None:
    if not every:
        raise Refusal("Nobody goes in this plan.")
    listed, seen = set(scene.room[AGREED].going), set[str]()
    for number in every:
        if number not in listed:
            raise Refusal(f"{number} is not on the agreed list, so no plan takes them.")
        if number in seen:
            raise Refusal(f"{number} goes twice in this plan.")
        seen.add(number)


def _stage(scene: Scene, rows: list[AtPoint]) -> dict[str, Any]:
    return {
        "stage": rows[0].stage,
        "day": rows[0].day,
        "points": [{"point": row.point, "out": _by_holder(scene, row.persons)} for row in rows],
    }


def _by_holder(scene: Scene, persons: Iterable[str]) -> dict[str, list[str]]:
    """The numbers by the delegation (id) that hands them over."""
    out: dict[str, list[str]] = {}
    for number in persons:
        out.setdefault(scene.room[NAMED].persons[number].held_by, []).append(number)
    return out


def accept_plan(scene: Scene, c: AcceptPlan) -> list[Fact]:
    scene.refuse_unless(scene.is_party, "The plan is accepted by the two sides.")
    table.both(scene)
    plan = _acceptable(scene)
    if plan is None or plan.ref != c.plan:
        raise Refusal(_why_not(scene, c.plan))
    return [Fact("plan-accepted", {"plan": c.plan, "digest": plan.digest} | c.as_told())]


def _agreed(scene: Scene) -> Drawn | None:
    return scene.room[AGREED].stands(scene.seats.parties)


def _acceptable(scene: Scene) -> PlanProposed | None:
    """The newest plan, while its list stands and it waits for this side."""
    plan, drawn = scene.room[PLANS].newest, _agreed(scene)
    waits = plan is not None and drawn is not None and plan.list == drawn.ref and scene.acting not in plan.accepted
    return plan if waits else None


def _why_not(scene: Scene, ref: str) -> str:
    plan = scene.room[PLANS].newest
    if plan is None or plan.ref != ref:
        return "A newer plan was proposed. Look at that one."
    if scene.acting in plan.accepted:
        return "Your side has accepted this plan already."
    return (
        "The list that this plan is of does not stand any more. A new list is confirmed first, then a plan made of it."
    )


def awaiting(room: Room, delegation: str) -> Iterator[Awaited]:
    """The newest plan, for a side that has not accepted it."""
    parties = room[SEATS].parties
    plan, drawn = room[PLANS].newest, room[AGREED].stands(parties)
    if delegation not in parties or plan is None or drawn is None:
        return
    if plan.list == drawn.ref and delegation not in plan.accepted:
        yield Awaited("accept-plan", plan.ref, {"plan": plan.ref})


def _to_propose(scene: Scene) -> Iterable[Mapping[str, str]]:
    drawn = _agreed(scene) if table.is_open(scene.room) and table.may_propose(scene) else None
    if drawn is not None:
        newest = scene.room[PLANS].newest
        yield {"list": drawn.ref} | ({"replaces": newest.ref} if newest else {})


def _to_accept(scene: Scene) -> Iterable[Mapping[str, str]]:
    plan = _acceptable(scene) if scene.is_party and table.is_open(scene.room) else None
    if plan is not None:
        yield {"plan": plan.ref}


RULES = (
    Rule(ProposePlan, "Propose a plan", propose_plan, _to_propose, minutable=False),
    Rule(AcceptPlan, "Accept the plan", accept_plan, _to_accept, binding=True),
)
