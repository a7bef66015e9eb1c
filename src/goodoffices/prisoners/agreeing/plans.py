"""Plans of an exchange as its room's record holds them: proposed, accepted by each party, replaced.

The entry ``plan-proposed`` says who goes in which stage, at which point (by manifest number); this state holds what
rules ask of it, and the handover folds the rest from the entry. Seats, buses and what was planned from are in encrypted
parts that the entry cites.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from goodoffices.record.entries import Entry
from goodoffices.record.matter import Matter
from goodoffices.record.ordered import Ordered
from goodoffices.talks.answers import Answer, answer, retracted


@dataclass(frozen=True)
class StagePlanned:
    """One stage: its number from 1, its day (ISO 8601), and by delegation (id) how many it hands over in it.

    ``over``: it had taken place, or was missed, when this plan was made; nothing of it is to be done any more.
    """

    number: int
    day: str
    hands_over: dict[str, int]
    over: bool


@dataclass(frozen=True)
class PlanProposed:
    """A plan: its entry, who proposed it, the list it is of, the plan it replaces; key and parts of what is encrypted.

    ``digest``: of the plan as a table (64 hex). ``accepted``: by party.
    """

    ref: str
    seq: int
    by: str
    list: str
    replaces: str | None
    stages: tuple[StagePlanned, ...]
    key: str
    parts: tuple[str, ...]
    digest: str
    accepted: dict[str, Answer] = field(default_factory=dict)

    def accepted_by(self, parties: tuple[str, ...]) -> bool:
        """Whether every one of these parties (ids) has accepted it."""
        return bool(parties) and not set(parties) - self.accepted.keys()


@dataclass(frozen=True)
class Plans:
    """Of one room, by ref, oldest first."""

    all: Ordered[PlanProposed] = field(default_factory=Ordered)

    @property
    def newest(self) -> PlanProposed | None:
        return self.all[next(reversed(self.all))] if self.all else None

    def stands(self, parties: tuple[str, ...]) -> PlanProposed | None:
        """The newest plan that every one of these parties has accepted: the one to be carried out."""
        return next((self.all[ref] for ref in reversed(self.all) if self.all[ref].accepted_by(parties)), None)


def _proposed(state: Plans, entry: Entry) -> Plans:
    b = entry.body
    over = set(b["over"])
    stages = []
    for stage in b["stages"]:
        counts: dict[str, int] = {}
        for point in stage["points"]:
            for delegation, numbers in point["out"].items():
                counts[delegation] = counts.get(delegation, 0) + len(numbers)
        stages.append(StagePlanned(stage["stage"], stage["day"], counts, stage["stage"] in over))
    parts = tuple(part["paper"] for part in b["parts"])
    plan = PlanProposed(
        entry.ref, entry.seq, entry.acting, b["list"], b["replaces"], tuple(stages), b["key"], parts, b["digest"]
    )
    return Plans(state.all.put(entry.ref, plan))


def _accepted(state: Plans, entry: Entry) -> Plans:
    plan = state.all.get(entry.body["plan"])
    if plan is None:
        return state
    accepted = {**plan.accepted, entry.acting: answer(entry, "accepted")}
    return Plans(state.all.put(plan.ref, replace(plan, accepted=accepted)))


def _taken_back(state: Plans, entry: Entry) -> Plans:
    """An acceptance corrected, or a minuted one objected to, no longer counts."""
    plan = state.newest
    if plan is None:
        return state
    left = retracted(plan.accepted, entry)
    return state if len(left) == len(plan.accepted) else Plans(state.all.put(plan.ref, replace(plan, accepted=left)))


PLANS: Matter[Plans] = Matter(
    name="plans",
    version=1,
    initial=Plans(),
    folds={
        "plan-proposed": _proposed,
        "plan-accepted": _accepted,
        "entry-corrected": _taken_back,
        "minute-objected": _taken_back,
    },
)
