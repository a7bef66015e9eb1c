"""What the pages of a handover show: stages by point, numbers by outcome, contradictions, what each side owes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from goodoffices.prisoners.handover.counting import counts
from goodoffices.prisoners.handover.course import Seen, Signed, Stage
from goodoffices.prisoners.handover.outcomes import BOARDED, ELSEWHERE, FINAL
from goodoffices.prisoners.handover.rules import stands
from goodoffices.readouts import codes
from goodoffices.web.handover.finding import Here

GOOD = {"countersigned": "confirmed", "planned": ""}
"""How a stage stands -> the class of its badge; everything else awaits somebody."""


@dataclass(frozen=True)
class AtPoint:
    """One point of a stage. ``planned``: (side, how many). ``outcomes``: (in words, how many). ``left``: unsettled."""

    code: str
    name: str
    planned: tuple[tuple[str, int], ...]
    outcomes: tuple[tuple[str, int], ...]
    contradicted: int
    left: int


@dataclass(frozen=True)
class OneStage:
    number: int
    day: str
    stands: str
    said: str
    badge: str
    points: tuple[AtPoint, ...]
    signed: tuple[str, ...]
    awaited: tuple[str, ...]
    reopened: int
    mine: bool


@dataclass(frozen=True)
class Owed:
    """``rows``: a heading, and for each side its name and count; the last row is what is still to be handed over."""

    sides: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


@dataclass(frozen=True)
class Said:
    """One observation as a page tells it. ``corrects``: how one's own is taken back; nothing for others'."""

    who: str
    what: str
    stage: int
    point: str
    claimed: str | None
    seq: int | None
    corrects: str


@dataclass(frozen=True)
class Contradiction:
    number: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Group:
    """Numbers of one outcome at one point, as they stand in the statement."""

    point: str
    what: str
    numbers: tuple[str, ...]


def stages(found: Here) -> list[OneStage]:
    return [one(found, stage) for stage in found.state.course.stages.values()]


def one(found: Here, stage: Stage) -> OneStage:
    far = stands(found.view.state, stage)
    done = [by for by in found.signers if by in stage.signed]
    return OneStage(
        stage.number,
        stage.day,
        far,
        codes.stage_stands(far, _),
        GOOD.get(far, "awaiting"),
        tuple(_points(found, stage)),
        tuple(map(found.names.delegation, done)),
        tuple(found.names.delegation(by) for by in found.signers if by not in done) if stage.complete else (),
        sum(count >= len(found.signers) for count in stage.reopened.values()),
        stage.complete and found.view.goes_on and found.delegation in found.signers and found.delegation not in done,
    )


def _points(found: Here, stage: Stage) -> Iterator[AtPoint]:
    for code in sorted({stage.at(number) for number in stage.numbers()}):
        here = [number for number in stage.numbers() if stage.at(number) == code]
        planned = Counter(stage.persons[number].side for number in here if number in stage.persons)
        outcomes = [stage.outcome[number] for number in here if number in stage.outcome]
        settled = Counter(o.what for o in outcomes if o.settled)
        yield AtPoint(
            code,
            found.point(stage, code),
            tuple((found.names.delegation(side), planned[side]) for side in found.view.seats.parties if planned[side]),
            tuple((codes.outcome(what, _), settled[what]) for what in (*FINAL, ELSEWHERE) if settled[what]),
            sum(o.contradicted for o in outcomes),
            len(here) - settled.total(),
        )


def owed(found: Here, stage: Stage | None = None) -> Owed:
    """What each side owes, the sides in the order in which they came to the room."""
    given = counts(found.state.course, stage)
    sides = [side for side in dict.fromkeys((*found.view.seats.parties, *given)) if side in given]
    rows = [
        (_("Planned"), "planned"),
        (_("Received"), "received"),
        (_("Refused at the point"), "refused"),
        (_("Not produced"), "not_produced"),
        (_("Reported dead"), "died"),
        (_("Contradicted"), "contradicted"),
        *([(_("In another stage"), "elsewhere")] if stage is not None else []),
        (_("Not said yet"), "not_yet"),
        (_("Still to be handed over"), "owed"),
    ]
    names = {side: found.names.delegation(side) for side in sides}
    return Owed(
        tuple(names.values()),
        tuple((label, tuple((names[side], getattr(given[side], what)) for side in sides)) for label, what in rows),
    )


def groups(found: Here, stage: Stage) -> list[Group]:
    """Everybody settled, by point and outcome, in the order of the statement."""
    by: dict[tuple[str, str], list[str]] = {}
    for number in sorted(stage.outcome):
        outcome = stage.outcome[number]
        if outcome.settled:
            by.setdefault((outcome.point, outcome.what), []).append(number)
    return [Group(found.point(stage, p), codes.outcome(w, _), tuple(n)) for (p, w), n in sorted(by.items())]


def missing(stage: Stage) -> dict[str, list[str]]:
    """Who has no outcome yet: of whom nothing was said, and who boarded."""
    boarded = [n for n, one in stage.outcome.items() if one.what == BOARDED and not one.contradicted]
    return {"nothing": [n for n in stage.persons if n not in stage.outcome], "boarded": boarded}


def besides(found: Here, stage: Stage) -> list[tuple[str, str]]:
    """Who was seen here and was not planned here, or at another point than planned: (number, where)."""
    return [
        (number, found.point(stage, outcome.point))
        for number, outcome in stage.outcome.items()
        if number not in stage.persons or stage.persons[number].point != outcome.point
    ]


def contradictions(found: Here, stage: Stage) -> list[Contradiction]:
    """Each number on which observations cannot all be so, with who said what."""
    numbers = [number for number, outcome in stage.outcome.items() if outcome.contradicted]
    live = {number: found.state.course.live(number) for number in numbers}
    seqs = _seqs(found, (one.ref for those in live.values() for one in those))
    return [Contradiction(n, tuple(said(found, stage, one, seqs) for one in live[n])) for n in numbers]


def said(found: Here, stage: Stage, one: Seen, seqs: Mapping[str, int]) -> Said:
    own = one.by == found.delegation and found.observes
    return Said(
        found.names.delegation(one.by),
        codes.outcome(one.what, _),
        one.stage,
        found.point(stage, one.point),
        one.claimed,
        seqs.get(one.ref),
        one.key.partition("/")[2] if own else "",
    )


def own(found: Here, stage: Stage, point: str, most: int) -> list[tuple[str, Said]]:
    """The newest observations of the person's delegation at a point of a stage that count: (number, observation)."""
    newest: list[Seen] = []
    for seen in reversed(list(found.state.course.seen.values())):
        mine = seen.by == found.delegation and seen.stage == stage.number and seen.point == point
        if mine and seen.struck is None and seen.what != "taken-back":
            newest.append(seen)
        if len(newest) == most:
            break
    seqs = _seqs(found, (one.ref for one in newest))
    return [(seen.number, said(found, stage, seen, seqs)) for seen in newest]


def signatures(found: Here, stage: Stage) -> dict[str, list[dict[str, Any]]]:
    """Who signed what stands, and whose signature no longer counts, with the entries that changed the outcome."""
    now, before = list(stage.signed.values()), list(stage.undone.values())
    seqs = _seqs(found, [*(s.ref for s in (*now, *before)), *stage.reopened])
    return {
        "now": [_signature(found, one, seqs) for one in now],
        "before": [_signature(found, one, seqs) for one in before],
        "changed": [{"seq": seqs.get(ref), "signed": count} for ref, count in stage.reopened.items()],
    }


def _signature(found: Here, one: Signed, seqs: Mapping[str, int]) -> dict[str, Any]:
    return {
        "who": found.names.delegation(one.by),
        "how": codes.how(one.how, _),
        "seq": seqs.get(one.ref),
        "digest": one.digest,
    }


def _seqs(found: Here, refs: Iterable[str]) -> dict[str, int]:
    """The seqs of these entries, in one reading."""
    return {entry.ref: entry.seq for entry in found.view.found(refs)}
