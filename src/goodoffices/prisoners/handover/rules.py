"""Observing and countersigning in an exchange room: who may, and what is refused in which words.

An observation is refused only where nobody could tell what it is about: no such plan, point or number, or a delegation
that has no part in the handover. That its stage has moved on, was signed, or was planned anew is no reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from goodoffices.prisoners.handover.course import Seen, Stage, key, standing
from goodoffices.prisoners.handover.on_record import HANDOVER, Handover, Proposed, signers
from goodoffices.prisoners.handover.outcomes import OBSERVED, TAKEN_BACK
from goodoffices.prisoners.intermediaries import intermediary
from goodoffices.prisoners.named import NUMBER
from goodoffices.record.entries import Fact
from goodoffices.record.matter import Room
from goodoffices.talks import fields
from goodoffices.talks.fields import Asked
from goodoffices.talks.scene import Awaited, Refusal, Rule, Scene

DEVICE = "[0-9a-f]{32}"


@dataclass(frozen=True, kw_only=True)
class Observe(Asked):
    """Say what became of one person at a point, by manifest number. It counts as your delegation's observation."""

    plan: str = fields.ref("Plan", "plan-proposed")
    stage: int = fields.number("Stage")
    point: str = fields.code("Point")
    number: str = fields.plain("Manifest number", NUMBER, "As on the manifest. Never a name.")
    what: str = fields.choice("What was observed", OBSERVED)
    device: str = fields.plain("Device", DEVICE, "Which phone or page it comes from.")
    counter: int = fields.number("Counter", "Which of that device's observations it is.")
    claimed: str | None = fields.instant("When, by the observer's clock", required=False)
    corrects: str | None = fields.plain(
        "Takes back",
        f"{DEVICE}/[0-9]{{1,9}}",
        "An earlier observation of yours: its device and counter.",
        required=False,
    )


@dataclass(frozen=True, kw_only=True)
class CountersignStage(Asked):
    """Sign what became of everybody in a stage. Both sides and the intermediary sign the very same."""

    plan: str = fields.ref("Plan", "plan-proposed")
    stage: int = fields.number("Stage")
    digest: str = fields.plain("Digest", "[0-9a-f]{64}", "SHA-256 of the stage's statement, as you saw it.")


def observe(scene: Scene, c: Observe) -> list[Fact]:
    state = scene.room[HANDOVER]
    scene.refuse_unless(
        scene.acting in signers(scene.room),
        "Observations are made by the sides and the intermediary whom both accepted; your delegation is none of them.",
    )
    plan = state.plans.get(c.plan)
    if plan is None or not plan.was:
        raise Refusal("This plan has not been accepted by both sides, so there is nothing to observe under it yet.")
    _check_place(state, plan, c)
    known = state.course.seen.get(key(scene.acting, c.device, c.counter))
    if known is not None:
        raise Refusal(_known(known, c))
    if (c.what == TAKEN_BACK) and c.corrects is None:
        raise Refusal("Say which of your observations is taken back.")
    body = {
        "plan": c.plan,
        "stage": c.stage,
        "point": c.point,
        "number": c.number,
        "what": c.what,
        "device": c.device,
        "counter": c.counter,
        "claimed": c.claimed,
        "corrects": c.corrects,
    }
    return [Fact("observed", body)]


def _check_place(state: Handover, plan: Proposed, c: Observe) -> None:
    if plan.stage(c.stage) is None:
        raise Refusal(f"The plan has no stage {c.stage}; its stages are numbered from 1 to {len(plan.stages)}.")
    if c.point not in plan.points:
        raise Refusal(f"The plan has no point “{c.point}”; its points are {', '.join(plan.points)}.")
    if not any(one.holds(c.number) for one in (plan, *state.plans.values()) if one.was):
        raise Refusal(f"Nobody in the plan has the number {c.number}. Check it against the manifest.")


def same(known: Seen, stage: int, point: str, number: str, what: str) -> bool:
    """Whether this is the very observation that is on the record under its key."""
    return (known.stage, known.point, known.number, known.what) == (stage, point, number, what)


def _known(known: Seen, c: Observe) -> str:
    if same(known, c.stage, c.point, c.number, c.what):
        return "This observation is on the record already; it arrived before."
    return (
        f"This device has sent another observation as number {c.counter}: {known.what} for {known.number}. "
        "Nothing was written; send it under a new number."
    )


def countersign_stage(scene: Scene, c: CountersignStage) -> list[Fact]:
    state = scene.room[HANDOVER]
    if intermediary(scene.room) is None:
        raise Refusal("A stage is countersigned by both sides and an intermediary; both sides have accepted none here.")
    scene.refuse_unless(
        scene.acting in signers(scene.room),
        "A stage is countersigned by both sides and the intermediary whom both accepted.",
    )
    stage = state.course.stages.get(str(c.stage))
    if stage is None:
        raise Refusal(f"There is no stage {c.stage} in the plan that both sides accepted.")
    _check_complete(stage)
    if c.plan != stage.plan:
        raise Refusal("This stage was carried out under another plan. Look at the stage and sign what it says.")
    if c.digest != stage.digest:
        raise Refusal(
            "Another observation has arrived since you looked. Look at the stage again and sign what it says."
        )
    if scene.acting in stage.signed:
        raise Refusal("Your delegation has countersigned this stage already.")
    return [Fact("stage-countersigned", {"plan": stage.plan, "stage": c.stage, "digest": c.digest} | _numbers(stage))]


def _check_complete(stage: Stage) -> None:
    if stage.contradicted:
        some = [number for number, one in stage.outcome.items() if one.contradicted]
        raise Refusal(
            f"Observations of {_first(some)} contradict each other. Whoever was mistaken takes theirs back, and then "
            "the stage can be signed."
        )
    if not stage.complete:
        left = [n for n in stage.numbers() if n not in stage.outcome or not stage.outcome[n].settled]
        raise Refusal(
            f"It is not said yet what became of {_first(left)}. Who was not brought is observed as not produced; then "
            "the stage can be signed."
        )


def _first(numbers: list[str]) -> str:
    """At most three of them, and how many more."""
    more = f" and {len(numbers) - 3} more" if len(numbers) > 3 else ""
    return ", ".join(numbers[:3]) + more


def _numbers(stage: Stage) -> dict[str, dict[str, int]]:
    """How many by outcome: what the signer reads beside the digest."""
    counts: dict[str, int] = {}
    for one in stage.outcome.values():
        counts[one.what] = counts.get(one.what, 0) + 1
    return {"counts": dict(sorted(counts.items()))}


def _to_observe(scene: Scene) -> Iterable[Mapping[str, str]]:
    state = scene.room[HANDOVER]
    if state.current is not None and scene.acting in signers(scene.room):
        yield {"plan": state.current}


def to_sign(room: Room, delegation: str) -> Iterator[Stage]:
    """The stages that this delegation can countersign now."""
    state = room[HANDOVER]
    if intermediary(room) is None or delegation not in signers(room):
        return
    for stage in state.course.stages.values():
        if stage.complete and delegation not in stage.signed:
            yield stage


def _fields(stage: Stage) -> dict[str, str]:
    return {"plan": stage.plan, "stage": str(stage.number), "digest": stage.digest}


def _to_countersign(scene: Scene) -> Iterable[Mapping[str, str]]:
    yield from (_fields(stage) for stage in to_sign(scene.room, scene.acting))


def awaiting(room: Room, delegation: str) -> Iterator[Awaited]:
    """Stages that are complete and wait for this delegation's signature."""
    for stage in to_sign(room, delegation):
        yield Awaited("countersign-stage", stage.plan, _fields(stage))


def stands(room: Room, stage: Stage) -> str:
    """How far a stage of this room is (``course.standing``)."""
    return standing(stage, signers(room))


RULES = (
    Rule(Observe, "Observe at a point", observe, _to_observe),
    Rule(CountersignStage, "Countersign the stage", countersign_stage, _to_countersign, minutable=False, binding=True),
)
