"""What the command line says of a handover: each stage by point, what contradicts, what is missing, what is owed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from goodoffices.prisoners.handover.counting import Count, counts
from goodoffices.prisoners.handover.course import Course, Seen, Stage, standing
from goodoffices.prisoners.handover.outcomes import BOARDED, DIED, ELSEWHERE, NOT_PRODUCED, RECEIVED, REFUSED

MOST = 20  # numbers listed in one line

SAID = {
    BOARDED: "boarded",
    RECEIVED: "received",
    REFUSED: "refused at the point",
    NOT_PRODUCED: "not produced",
    DIED: "reported dead",
    ELSEWHERE: "in another stage",
}
_STANDS = {
    "planned": "nothing was observed yet",
    "under-way": "under way",
    "contradicted": "observations contradict each other",
    "complete": "complete, to be countersigned",
    "countersigned": "countersigned",
    "reopened": "opened again after it was countersigned; to be countersigned anew",
}


def report(course: Course, signers: tuple[str, ...]) -> Iterator[str]:
    """A few lines for each stage, then what each side owes."""
    for stage in course.stages.values():
        yield from _stage(course, stage, signers)
    yield "Of those whom each side hands over:"
    for count in counts(course).values():
        yield f"  {owed(count)}"


def owed(count: Count) -> str:
    """One side's count in a sentence."""
    said = (
        (RECEIVED, count.received),
        (REFUSED, count.refused),
        (NOT_PRODUCED, count.not_produced),
        (DIED, count.died),
        ("contradicted", count.contradicted),
        ("not said yet", count.not_yet),
    )
    parts = ", ".join(f"{n:,} {SAID.get(what, what)}" for what, n in said if n)
    return f"{count.side}: {count.planned:,} planned ({parts or 'none'}); still to be handed over: {count.owed:,}."


def _stage(course: Course, stage: Stage, signers: tuple[str, ...]) -> Iterator[str]:
    yield f"Stage {stage.number}, {stage.day or 'no day'}: {_STANDS[standing(stage, signers)]}."
    for point in sorted({stage.at(number) for number in stage.numbers()}):
        yield f"  {point}: {_point(stage, point)}"
    yield from (f"  Contradicted: {line}" for line in _contradicted(course, stage))
    missing = [n for n in stage.persons if stage.begun and n not in stage.outcome]
    boarded = [n for n, one in stage.outcome.items() if one.what == BOARDED and not one.contradicted]
    more = [n for n in stage.outcome if n not in stage.persons]
    moved = [n for n, one in stage.outcome.items() if n in stage.persons and one.point != stage.persons[n].point]
    yield from _listed("Nothing said yet of", missing)
    yield from _listed("Boarded, and nothing said since of", boarded)
    yield from _listed("Observed here and not planned here", more)
    yield from _listed("Observed at another point than planned", moved)
    yield from _signed(stage, signers)


def _point(stage: Stage, point: str) -> str:
    planned = sum(place.point == point for place in stage.persons.values())
    tally = Counter(one.what for one in stage.outcome.values() if one.point == point and not one.contradicted)
    parts = [f"{planned:,} planned", *(f"{tally[what]:,} {said}" for what, said in SAID.items() if tally[what])]
    return ", ".join(parts) + "."


def _contradicted(course: Course, stage: Stage) -> Iterator[str]:
    for number, outcome in stage.outcome.items():
        if outcome.contradicted:
            yield f"{number}: {'; '.join(map(_told, course.live(number)))}."


def _told(one: Seen) -> str:
    when = f", {one.claimed}" if one.claimed else ""
    return f"{SAID[one.what]} in stage {one.stage} at {one.point} ({one.by}{when})"


def _signed(stage: Stage, signers: Iterable[str]) -> Iterator[str]:
    if not stage.begun:
        return
    if stage.complete:
        yield f"  Digest to countersign: {stage.digest}"
    if stage.signed:
        yield f"  Countersigned by {', '.join(by for by in signers if by in stage.signed)}."
    before = sorted({one.by for one in stage.undone.values()} - set(stage.signed))
    if before:
        yield f"  Signed under another outcome, which does not count: {', '.join(before)}."
    left = [by for by in signers if by not in stage.signed]
    if stage.complete and left:
        yield f"  Still awaited: {', '.join(left)}."


def _listed(what: str, numbers: list[str]) -> Iterator[str]:
    if numbers:
        more = f" and {len(numbers) - MOST:,} more" if len(numbers) > MOST else ""
        yield f"  {what}: {', '.join(numbers[:MOST])}{more}."
