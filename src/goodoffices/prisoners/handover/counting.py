"""What each side owes: how many were planned to be handed over, what became of them, and how many are still to come."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from goodoffices.prisoners.handover.course import Course, Stage
from goodoffices.prisoners.handover.outcomes import (
    BOARDED,
    DIED,
    ELSEWHERE,
    NOT_PRODUCED,
    ONCE,
    RECEIVED,
    REFUSED,
    Outcome,
)


@dataclass(frozen=True)
class Count:
    """Of one side, the persons it hands over. ``planned`` is the sum of all the others but ``owed``.

    ``elsewhere``: of one stage, those handed over (or dead) in another; none over the whole exchange.

    ``owed``: still to be handed over. Who was received, was refused at the point or died is not counted in it; whether
    anybody goes in the place of those is for the sides to agree, and shows once the plan says so.
    """

    side: str
    planned: int
    received: int
    refused: int
    not_produced: int
    died: int
    contradicted: int
    elsewhere: int
    not_yet: int

    @property
    def owed(self) -> int:
        return self.not_yet + self.not_produced + self.contradicted


def counts(course: Course, stage: Stage | None = None) -> dict[str, Count]:
    """By side, in the order of the plan: over the whole exchange, or in one stage. Everybody counts once."""
    stages = [stage] if stage is not None else list(course.stages.values())
    sides: dict[str, str] = {}
    found: dict[str, Outcome | None] = {}
    for one in stages:
        for number, place in one.persons.items():
            sides[number] = place.side
        for number in one.numbers():
            found[number] = _said(found.get(number), one.outcome.get(number))
    everywhere = {number: place.side for one in course.stages.values() for number, place in one.persons.items()}
    tallies: dict[str, Counter[str]] = {side: Counter() for side in dict.fromkeys(everywhere.values())}
    for number, outcome in found.items():
        side = sides.get(number) or everywhere.get(number)
        if side is not None:
            tallies[side][_word(outcome)] += 1
    return {side: _count(side, tally) for side, tally in tallies.items()}


def _said(earlier: Outcome | None, later: Outcome | None) -> Outcome | None:
    """Of two stages, what holds of a person: the later one, unless it says nothing or points to the other."""
    if later is None:  # planned again after a refusal and not seen since: still to come
        return earlier if earlier is not None and (earlier.contradicted or earlier.what in ONCE) else None
    if later.what == ELSEWHERE:
        return earlier or later
    return earlier if earlier is not None and earlier.contradicted else later


def _word(outcome: Outcome | None) -> str:
    if outcome is None or (outcome.what == BOARDED and not outcome.contradicted):
        return "not-yet"
    return "contradicted" if outcome.contradicted else outcome.what


def _count(side: str, tally: Counter[str]) -> Count:
    return Count(
        side,
        planned=tally.total(),
        received=tally[RECEIVED],
        refused=tally[REFUSED],
        not_produced=tally[NOT_PRODUCED],
        died=tally[DIED],
        contradicted=tally["contradicted"],
        elsewhere=tally[ELSEWHERE],
        not_yet=tally["not-yet"],
    )
