"""A handover under test: the exchange room of ``tests.agreeing`` with a plan in force and its intermediary accepted.

Stage 1 is at the bridge: three of side A's people and three of side B's; stage 2 at the ford: one of each.
"""

from __future__ import annotations

from typing import Any

from goodoffices.prisoners.handover.course import Course, Stage
from goodoffices.prisoners.handover.on_record import HANDOVER
from goodoffices.record.store import Store
from goodoffices.secretariat.acts import Step
from goodoffices.secretariat.desk import Receipt
from tests import agreeing
from tests.agreeing import ROOM, A, B, newest
from tests.people import HOST, OBSERVER, SIDE_A, SIDE_B, Pen, Round

PHONE = "9" * 32
FIRST = (*A[2:5], *B[2:5])
SECOND = (A[0], B[0])
WHO = (SIDE_A, SIDE_B, OBSERVER)


def accepted(talks: Round | None = None) -> Round:
    """The room with a list confirmed by both sides, who have accepted the observer as the intermediary."""
    return agreeing.confirmed(talks)


def stages(first: tuple[str, ...] = FIRST, second: tuple[str, ...] = SECOND) -> list[dict[str, Any]]:
    return [
        {"stage": 1, "day": "2030-05-01", "point": "bridge", "persons": list(first)},
        {"stage": 2, "day": "2030-05-02", "point": "ford", "persons": list(second)},
    ]


def plan(talks: Round, **changes: Any) -> None:
    """Propose a plan, which both sides accept."""
    points = [{"code": "bridge", "name": "The bridge"}, {"code": "ford", "name": "The ford"}]
    given = {"points": points, "stages": stages()} | changes
    talks.do(SIDE_A, ROOM, "propose-plan", **agreeing.plan(talks, **given))
    for who in (SIDE_A, SIDE_B):
        talks.do(who, ROOM, "accept-plan", plan=plan_ref(talks))


def plan_ref(talks: Round) -> str:
    return str(newest(talks, "plan-proposed").ref)


def planned(store: Store | None = None) -> Round:
    """The room with a plan in force."""
    talks = accepted(agreeing.drawn(agreeing.named(store)))
    plan(talks)
    return talks


def observe(talks: Round, who: str, number: str, what: str, **changes: Any) -> list[Receipt]:
    """One observation of somebody's phone; ``counter`` counts on by itself."""
    stage = changes.pop("stage", 1)
    known = talks.view(who, ROOM).state[HANDOVER].course.seen
    raw = {
        "plan": changes.pop("plan", None) or plan_ref(talks),
        "stage": stage,
        "point": "bridge" if stage == 1 else "ford",
        "number": number,
        "what": what,
        "device": PHONE,
        "counter": len(known) + 1,
    }
    return talks.do(who, ROOM, "observe", **raw | changes)


def complete(talks: Round, stage: int = 1, who: str = OBSERVER) -> None:
    """Everybody of a stage is received."""
    for number in FIRST if stage == 1 else SECOND:
        observe(talks, who, number, "received", stage=stage)


def course(talks: Round) -> Course:
    return talks.view(HOST, ROOM).state[HANDOVER].course


def stage(talks: Round, number: int = 1) -> Stage:
    return course(talks).stages[str(number)]


def countersign(talks: Round, who: str, number: int = 1, pen: Pen | None = None, **changes: Any) -> list[Receipt]:
    one = stage(talks, number)
    raw = {"plan": one.plan, "stage": number, "digest": one.digest} | changes
    request = talks.request(Step(talks.rooms[ROOM], "countersign-stage", raw))
    return talks.desk(who).act(request, pen)


def signed(talks: Round, number: int = 1) -> None:
    """All three countersign a stage."""
    for who in WHO:
        countersign(talks, who, number)
