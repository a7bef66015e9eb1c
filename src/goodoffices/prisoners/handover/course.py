"""The course of a handover: stages as planned, observations as they came, signatures of those who countersign.

Pure transitions that never refuse. Sides and signers go by whatever the caller calls them (delegations' ids in a room,
codes in files); persons go by manifest number, and an observation by its key: who observed, device and counter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from goodoffices.prisoners.handover import outcomes
from goodoffices.prisoners.handover.outcomes import ELSEWHERE, ONCE, TAKEN_BACK, Outcome
from goodoffices.prisoners.handover.statement import digest
from goodoffices.record.ordered import Ordered


@dataclass(frozen=True)
class Place:
    """Where a person is planned: the point, and the side that hands the person over."""

    point: str
    side: str


@dataclass(frozen=True)
class Planned:
    """One stage of a plan. ``persons``: by manifest number."""

    number: int
    day: str
    persons: dict[str, Place]


@dataclass(frozen=True)
class Signed:
    """That somebody countersigned an outcome. ``how``: signed, or entered by the host's server."""

    ref: str
    by: str
    digest: str
    how: str = "signed"


@dataclass(frozen=True)
class Stage:
    """A stage as it stands. ``plan``: the plan it is carried out under.

    ``outcome``: by number, also of those who were not planned in it. ``settled``, ``contradicted``: how many.
    ``signed``: by signer. ``undone``: by ref, signatures under an outcome that changed afterwards.
    ``reopened``: by ref of the observation that opened the stage again, how many had signed by then.
    """

    number: int
    day: str
    plan: str
    persons: dict[str, Place]
    begun: bool = False
    outcome: Ordered[Outcome] = field(default_factory=Ordered)
    settled: int = 0
    contradicted: int = 0
    more: int = 0
    signed: dict[str, Signed] = field(default_factory=dict)
    undone: Ordered[Signed] = field(default_factory=Ordered)
    reopened: Ordered[int] = field(default_factory=Ordered)

    @property
    def open(self) -> int:
        """How many have no settled outcome yet."""
        return len(self.persons) + self.more - self.settled

    @property
    def complete(self) -> bool:
        """Whether everybody in it has an outcome and nothing contradicts: it can be countersigned."""
        return self.begun and self.open == 0

    def at(self, number: str) -> str:
        """The point at which a number is planned, or was seen; nothing for an unknown one."""
        known = self.persons.get(number)
        return known.point if known else self.outcome[number].point if number in self.outcome else ""

    def numbers(self) -> Iterator[str]:
        """Everybody planned in it, then those seen in it all the same."""
        yield from self.persons
        yield from (number for number in self.outcome if number not in self.persons)

    @property
    def digest(self) -> str:
        return digest(self.number, self.day, self.outcome)


@dataclass(frozen=True)
class Seen:
    """One observation. ``corrects``: the key of an earlier one. ``struck``: the ref of what took it back, if so."""

    ref: str
    by: str
    stage: int
    point: str
    number: str
    what: str
    key: str
    claimed: str | None = None
    corrects: str | None = None
    minuted: bool = False
    struck: str | None = None


@dataclass(frozen=True)
class Course:
    """``stages``: by number as text, in order. ``seen``: by key. ``of``: keys by manifest number, as they came.

    ``refs``: keys by ref. ``ahead``: by key, the ref of a correction that came before what it corrects.
    """

    stages: dict[str, Stage] = field(default_factory=dict)
    seen: Ordered[Seen] = field(default_factory=Ordered)
    of: Ordered[tuple[str, ...]] = field(default_factory=Ordered)
    refs: Ordered[str] = field(default_factory=Ordered)
    ahead: Ordered[str] = field(default_factory=Ordered)

    def live(self, number: str) -> list[Seen]:
        """The observations of a number that count, as they came."""
        found = (self.seen[key] for key in self.of.get(number, ()))
        return [one for one in found if one.struck is None and one.what != TAKEN_BACK]


def key(by: str, device: str, counter: int) -> str:
    """What makes an observation one and the same, however often it arrives."""
    return f"{by}/{device}/{counter}"


# Planning


def planned(course: Course, plan: str, stages: Iterable[Planned]) -> Course:
    """The course once a plan has come into force: it lays down every stage of which nothing was observed yet.

    A stage that was begun is concluded as it was planned then: who did not come is said not to have been produced.
    """
    kept = {name: stage for name, stage in course.stages.items() if stage.begun}
    new = {str(one.number): Stage(one.number, one.day, plan, one.persons) for one in stages if one.persons}
    laid = {**new, **kept}
    course = replace(course, stages={name: laid[name] for name in sorted(laid, key=int)})
    earlier = [number for stage in course.stages.values() for number in stage.persons if number in course.of]
    for number in dict.fromkeys(earlier):
        course = _settle(course, number, "")
    return course


# Observing


def observed(course: Course, one: Seen, plan: str = "", day: str = "") -> Course:
    """The course after an observation. One whose key is known changes nothing: it has arrived before.

    ``plan``, ``day``: of the stage as its observer knew it, for a stage that the plan in force does not have any more.
    """
    if one.key in course.seen:
        return course
    one = replace(one, struck=course.ahead.get(one.key))
    keys = (*course.of.get(one.number, ()), one.key)
    course = replace(
        course,
        seen=course.seen.put(one.key, one),
        of=course.of.put(one.number, keys),
        refs=course.refs.put(one.ref, one.key),
        stages=_begun(course.stages, one, Stage(one.stage, day, plan, {})),
    )
    if one.corrects is not None:
        course = _corrected(course, one.corrects, one.ref)
    return _settle(course, one.number, one.ref)


def _begun(stages: Mapping[str, Stage], one: Seen, unknown: Stage) -> dict[str, Stage]:
    name = str(one.stage)
    stage = stages.get(name, unknown)
    if one.what == TAKEN_BACK or stage.begun:
        return dict(stages)
    laid = {**stages, name: replace(stage, begun=True)}
    return {number: laid[number] for number in sorted(laid, key=int)}


def _corrected(course: Course, earlier: str, ref: str) -> Course:
    if earlier not in course.seen:
        return replace(course, ahead=course.ahead.put(earlier, ref))
    return struck(course, earlier, ref)


def struck(course: Course, earlier: str, ref: str) -> Course:
    """The course once the observation with this key does not count any more, because of the entry ``ref``."""
    one = course.seen[earlier]
    if one.struck is not None:
        return course
    course = replace(course, seen=course.seen.put(earlier, replace(one, struck=ref)))
    return _settle(course, one.number, ref)


def _settle(course: Course, number: str, ref: str) -> Course:
    """Find the outcome of a number anew, in every stage where it is planned or was seen."""
    live = course.live(number)
    for name, stage in course.stages.items():
        if number in stage.persons or number in stage.outcome or any(one.stage == stage.number for one in live):
            outcome = _outcome(stage, number, live)
            course = replace(course, stages={**course.stages, name: _with(stage, number, outcome, ref)})
    return course


def _outcome(stage: Stage, number: str, live: Iterable[Seen]) -> Outcome | None:
    here = [(one.what, one.point) for one in live if one.stage == stage.number]
    there = [one for one in live if one.stage != stage.number]
    found = outcomes.of(here)
    gone = [one for one in there if one.what in ONCE]
    if found is None:
        return Outcome(ELSEWHERE, stage.persons[number].point) if gone and number in stage.persons else None
    # Who was handed over, or died, is not seen in a later stage; who was refused or not brought may be.
    before = any(one.stage < stage.number for one in gone)
    after = found.what in ONCE and any(one.stage > stage.number for one in there)
    return replace(found, contradicted=True) if before or after else found


def _with(stage: Stage, number: str, new: Outcome | None, ref: str) -> Stage:
    old = stage.outcome.get(number)
    if new == old:
        return stage
    stage = replace(
        stage,
        outcome=stage.outcome.drop(number) if new is None else stage.outcome.put(number, new),
        settled=stage.settled + _one(new, "settled") - _one(old, "settled"),
        contradicted=stage.contradicted + _one(new, "contradicted") - _one(old, "contradicted"),
        more=stage.more + (0 if number in stage.persons else (new is not None) - (old is not None)),
    )
    return _reopened(stage, ref) if stage.signed else stage


def _one(outcome: Outcome | None, what: str) -> int:
    return int(outcome is not None and getattr(outcome, what))


def _reopened(stage: Stage, ref: str) -> Stage:
    undone = stage.undone
    for one in stage.signed.values():
        undone = undone.put(one.ref, one)
    return replace(stage, signed={}, undone=undone, reopened=stage.reopened.put(ref, len(stage.signed)))


# Countersigning


def countersigned(course: Course, number: int, one: Signed) -> Course:
    """The course after a signature. Under an outcome that is not the stage's (any more) it shows and does not count."""
    stage = course.stages.get(str(number))
    if stage is None:
        return course
    if not stage.complete or one.digest != stage.digest:
        stage = replace(stage, undone=stage.undone.put(one.ref, one))
    else:
        stage = replace(stage, signed={**stage.signed, one.by: one})
    return replace(course, stages={**course.stages, str(number): stage})


def unsigned(course: Course, ref: str) -> Course:
    """The course once a signature is taken back (its minute was objected to, or its delegation corrects it)."""
    for name, stage in course.stages.items():
        kept = {by: one for by, one in stage.signed.items() if one.ref != ref}
        if len(kept) < len(stage.signed):
            gone = next(one for one in stage.signed.values() if one.ref == ref)
            left = replace(stage, signed=kept, undone=stage.undone.put(ref, gone))
            return replace(course, stages={**course.stages, name: left})
    return course


def standing(stage: Stage, signers: Iterable[str]) -> str:
    """How far a stage is: planned, under-way, contradicted, complete, countersigned, or reopened until signed anew."""
    wanted = set(signers)
    if wanted and wanted <= set(stage.signed):
        return "countersigned"
    if stage.contradicted:
        return "contradicted"
    if any(count >= len(wanted) for count in stage.reopened.values()):
        return "reopened"
    if not stage.begun:
        return "planned"
    return "complete" if stage.complete else "under-way"
