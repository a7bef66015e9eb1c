"""The handover as an exchange room's record holds it: plans in force, and the course under them.

Folded from the entries of the plan, the observations and the countersignatures; it holds manifest numbers and refs, no
text. A plan is in force once every party of the room has accepted it, the newest such plan first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from goodoffices.prisoners.handover import course as courses
from goodoffices.prisoners.handover.course import Course, Place, Planned, Seen, Signed
from goodoffices.prisoners.intermediaries import intermediary
from goodoffices.record.entries import Body, Entry
from goodoffices.record.matter import Matter, Room
from goodoffices.record.ordered import Ordered
from goodoffices.record.seats import SEATS
from goodoffices.talks.answers import Answer, answer, how, retracted


@dataclass(frozen=True)
class Proposed:
    """A plan as proposed. ``points``: names by code. ``was``: whether it has been in force."""

    ref: str
    stages: tuple[Planned, ...]
    points: dict[str, str]
    accepted: dict[str, Answer] = field(default_factory=dict)
    was: bool = False

    def stage(self, number: int) -> Planned | None:
        return next((one for one in self.stages if one.number == number), None)

    def holds(self, number: str) -> bool:
        """Whether anybody has this manifest number in it."""
        return any(number in stage.persons for stage in self.stages)


@dataclass(frozen=True)
class Handover:
    """``parties``: those now in the room. ``plans``: by ref. ``current``: the plan in force, if one is.

    ``course``: what came of it all.
    """

    parties: tuple[str, ...] = ()
    plans: Ordered[Proposed] = field(default_factory=Ordered)
    current: str | None = None
    course: Course = field(default_factory=Course)

    @property
    def plan(self) -> Proposed | None:
        return self.plans.get(self.current or "")


def signers(room: Room) -> tuple[str, ...]:
    """Whose signatures a stage needs, and who observes: every party and the intermediary whom they accepted."""
    neutral = intermediary(room)
    return (*room[SEATS].parties, *((neutral.delegation,) if neutral is not None else ()))


# Folding


def _opened(state: Handover, entry: Entry) -> Handover:
    parties = tuple(d["id"] for d in entry.body["delegations"] if d["role"] == "party")
    return replace(state, parties=parties)


def _admitted(state: Handover, entry: Entry) -> Handover:
    new = entry.body["delegation"]
    if new["role"] != "party" or new["id"] in state.parties:
        return state
    return _in_force(replace(state, parties=(*state.parties, new["id"])))


def _removed(state: Handover, entry: Entry) -> Handover:
    left = tuple(one for one in state.parties if one != entry.body["delegation"])
    return state if left == state.parties else _in_force(replace(state, parties=left))


def _plan_proposed(state: Handover, entry: Entry) -> Handover:
    b = entry.body
    points = {point["code"]: point["name"] for point in b["points"]}
    plan = Proposed(entry.ref, tuple(_planned(stage) for stage in b["stages"]), points)
    return replace(state, plans=state.plans.put(plan.ref, plan))


def _planned(stage: Body) -> Planned:
    return Planned(stage["stage"], stage["day"], dict(_places(stage)))


def _places(stage: Body) -> Iterator[tuple[str, Place]]:
    for point in stage["points"]:
        for side, numbers in point["out"].items():
            place = Place(point["point"], side)
            yield from ((number, place) for number in numbers)


def _plan_accepted(state: Handover, entry: Entry) -> Handover:
    plan = state.plans.get(entry.body["plan"])
    if plan is None:
        return state
    accepted = {**plan.accepted, entry.acting: answer(entry, "accepted")}
    return _in_force(_with(state, replace(plan, accepted=accepted)))


def _in_force(state: Handover) -> Handover:
    """The newest plan that every party has accepted lays down the stages of which nothing was observed."""
    both = set(state.parties)
    plan = next((plan for plan in reversed(list(state.plans.values())) if both and both <= set(plan.accepted)), None)
    if plan is None or plan.ref == state.current:
        return replace(state, current=plan.ref if plan else None)
    state = _with(state, replace(plan, was=True))
    return replace(state, current=plan.ref, course=courses.planned(state.course, plan.ref, plan.stages))


def _observed(state: Handover, entry: Entry) -> Handover:
    b = entry.body
    corrects = b.get("corrects")
    one = Seen(
        ref=entry.ref,
        by=entry.acting,
        stage=b["stage"],
        point=b["point"],
        number=b["number"],
        what=b["what"],
        key=courses.key(entry.acting, b["device"], b["counter"]),
        claimed=b.get("claimed"),
        corrects=f"{entry.acting}/{corrects}" if corrects else None,
        minuted=entry.header.on_behalf is not None,
    )
    plan = state.plans.get(b["plan"])
    stage = plan.stage(one.stage) if plan is not None else None
    course = courses.observed(state.course, one, b["plan"], stage.day if stage is not None else "")
    return replace(state, course=course)


def _countersigned(state: Handover, entry: Entry) -> Handover:
    signed = Signed(entry.ref, entry.acting, entry.body["digest"], how(entry))
    return replace(state, course=courses.countersigned(state.course, entry.body["stage"], signed))


def _retracted(state: Handover, entry: Entry) -> Handover:
    """A minute objected to, or an entry that its own delegation corrects, does not count any more."""
    ref = entry.body["entry"]
    course = state.course
    if ref in course.refs:
        one = course.seen[course.refs[ref]]
        return replace(state, course=courses.struck(course, one.key, entry.ref)) if _may(one, entry) else state
    if any(one.ref == ref and one.by == entry.acting for stage in course.stages.values() for one in _signed(stage)):
        return replace(state, course=courses.unsigned(course, ref))
    return _answer_retracted(state, entry)


def _may(one: Seen, entry: Entry) -> bool:
    return entry.acting == one.by or (one.minuted and entry.kind == "entry-corrected")


def _signed(stage: courses.Stage) -> Iterator[Signed]:
    yield from stage.signed.values()


def _answer_retracted(state: Handover, entry: Entry) -> Handover:
    ref = entry.body["entry"]
    plan = state.plan
    if plan is not None and any(given.ref == ref for given in plan.accepted.values()):
        return _in_force(_with(state, replace(plan, accepted=retracted(plan.accepted, entry))))
    return state


def _with(state: Handover, plan: Proposed) -> Handover:
    return replace(state, plans=state.plans.put(plan.ref, plan))


HANDOVER: Matter[Handover] = Matter(
    name="handover",
    version=1,
    initial=Handover(),
    folds={
        "room-opened": _opened,
        "delegation-admitted": _admitted,
        "delegation-removed": _removed,
        "plan-proposed": _plan_proposed,
        "plan-accepted": _plan_accepted,
        "observed": _observed,
        "stage-countersigned": _countersigned,
        "entry-corrected": _retracted,
        "minute-objected": _retracted,
    },
)
