"""The order of an exchange: why something may not happen now, and what comes of it when it does.

Pure transitions over events. On a room's record the fold advances a course entry by entry; on paper the verifier does
with slips, and takes for each slip the course that its author had seen. Who may speak for a side or a holder, whether
signatures fit and whether layers open is for the caller to find out first (docs/design/sealing.md, section 4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import singledispatch

from goodoffices.sealing.course import HELD, Course, Seal, due
from goodoffices.sealing.course import Release as ReleaseMade
from goodoffices.sealing.events import (
    FAULTS,
    Agreed,
    Declined,
    Event,
    Held,
    HoldingDisputed,
    Lapsed,
    Opened,
    OpeningDisputed,
    Released,
    Sealed,
    Tabled,
    Withdrawn,
)


def refusal(course: Course, event: Event, at: str, name: Callable[[str], str] = str) -> str | None:
    """Why ``event`` may not happen at ``at``: a sentence for the one who tried, or None. ``name`` gives codes words."""
    now = _Now(course, at, name)
    return _ended(now) or _why_not(event, now) or _outrun(event, now)


def advance(course: Course, event: Event, at: str) -> Course:
    """The course after an event; the same one where the order does not allow it, whoever wrote it.

    A release that did not know of another one counts: on paper that happens to honest holders.
    """
    now = _Now(course, at)
    return course if _ended(now) or _why_not(event, now) else _after(event, course)


def run(course: Course, events: Iterable[tuple[Event, str]]) -> Course:
    """The course after events with their times."""
    for event, at in events:
        course = advance(course, event, at)
    return course


@dataclass(frozen=True)
class _Now:
    """What an event is measured by: the course before it, the time, and how codes are said."""

    course: Course
    at: str
    name: Callable[[str], str] = str


_ENDED = {
    "declined": "{} declined the terms",
    "withdrawn": "{} withdrew before both had sealed",
    "lapsed": "its deadline passed before both had sealed",
}


def _ended(now: _Now) -> str | None:
    if now.course.ended is None:
        return None
    return f"This exchange has ended: {_ENDED[now.course.ended].format(now.name(now.course.ended_by or ''))}."


@singledispatch
def _why_not(event: Event, now: _Now) -> str | None:
    raise TypeError(f"{type(event).__name__} is no event of an exchange, at {now.at}")


@_why_not.register
def _agreed(event: Agreed, now: _Now) -> str | None:
    if event.by not in (*now.course.sides, *now.course.holders):
        return f"{now.name(event.by)} is neither a side nor a holder of this exchange."
    if event.by in now.course.agreed:
        return f"{now.name(event.by)} has agreed already."
    if now.at > now.course.deadline:
        return (
            f"The deadline for sealing was {now.course.deadline}; nobody agrees to it any more. Propose a new exchange."
        )
    return None


@_why_not.register
def _declined(event: Declined, now: _Now) -> str | None:
    if event.by not in (*now.course.sides, *now.course.holders):
        return f"{now.name(event.by)} is neither a side nor a holder of this exchange."
    if event.by in now.course.agreed:
        more = " A side may still withdraw until both have sealed." if event.by in now.course.sides else ""
        return f"{now.name(event.by)} has agreed and cannot decline any more.{more}"
    return None


@_why_not.register
def _sealed(event: Sealed, now: _Now) -> str | None:
    if event.by not in now.course.sides:
        return f"{now.name(event.by)} is not a side of this exchange; only sides seal."
    if not now.course.all_agreed:
        missing = ", ".join(now.name(one.by) for one in due(now.course))
        return f"Nobody seals before all have agreed to the terms; still awaited: {missing}."
    if event.by in now.course.seals:
        return f"{now.name(event.by)} has sealed already. A seal is final: it is neither changed nor replaced."
    if now.at > now.course.deadline:
        return f"The deadline for sealing was {now.course.deadline}. It is too late for this exchange."
    if any(event.outer == seal.outer or event.escrow == seal.escrow for seal in now.course.seals.values()):
        other = now.name(now.course.counterpart(event.by))
        return f"This is the very file that {other} handed in; seal a paper of your own."
    return None


def _not_on_seal(event: Held | HoldingDisputed, now: _Now, word: str, said: str) -> str | None:
    if event.by not in now.course.holders:
        return f"{now.name(event.by)} is not a holder of this exchange."
    if event.side not in now.course.seals:
        return f"{now.name(event.side)} has not sealed; there is nothing to hold yet."
    if now.course.out:
        return "Both papers are out already."
    if any(release.by == event.by for release in now.course.releases):
        return f"{now.name(event.by)} has released already, which said that both seals are right."
    if now.course.words.get(event.by, {}).get(event.side) == word:
        return f"{now.name(event.by)} has {said} already."
    return None


@_why_not.register
def _held(event: Held, now: _Now) -> str | None:
    return _not_on_seal(event, now, HELD, f"confirmed that it holds what {now.name(event.side)} sealed")


@_why_not.register
def _holding_disputed(event: HoldingDisputed, now: _Now) -> str | None:
    if event.fault not in FAULTS:
        return f"“{event.fault[:40]}” is not a fault of a seal; it is one of {', '.join(FAULTS)}."
    return _not_on_seal(event, now, event.fault, f"said this of the seal of {now.name(event.side)}")


@_why_not.register
def _withdrawn(event: Withdrawn, now: _Now) -> str | None:
    if event.by not in now.course.sides:
        return f"{now.name(event.by)} is not a side of this exchange; only sides withdraw."
    if now.course.both_sealed:
        return "Both sides have sealed; from then on nobody withdraws."
    if event.by not in now.course.agreed:
        return f"{now.name(event.by)} has not agreed to the terms; it can decline them."
    return None


@_why_not.register
def _lapsed(_: Lapsed, now: _Now) -> str | None:
    if now.course.both_sealed:
        return "Both sides have sealed in time; the exchange does not lapse."
    if now.at <= now.course.deadline:
        return f"The deadline for sealing is {now.course.deadline}; it has not passed."
    return None


@_why_not.register
def _released(event: Released, now: _Now) -> str | None:
    if event.by not in now.course.holders:
        return f"{now.name(event.by)} is not a holder of this exchange."
    if not now.course.both_sealed:
        missing = " and ".join(now.name(side) for side in now.course.sides if side not in now.course.seals)
        return f"Nothing is released before both sides have sealed; still awaited: {missing}."
    if now.course.out:
        return "Both papers are out already; no other release is needed."
    if (side := now.course.disputing(event.by)) is not None:
        return f"{now.name(event.by)} says that the seal of {now.name(side)} is at fault, and so does not release."
    if now.course.has_released(event.by):
        return f"{now.name(event.by)} has released already."
    if set(event.digests) != set(now.course.sides) or len({digest is None for digest in event.digests.values()}) > 1:
        return "A release brings out both papers or neither."
    return None


def _outrun(event: Event, now: _Now) -> str | None:
    """Why a release does not build on what it must: every release of others, in their order."""
    if not isinstance(event, Released):
        return None
    others = [release for release in now.course.releases if release.by != event.by]
    if event.builds_on == tuple(release.id for release in others):
        return None
    left = [now.name(release.by) for release in others if release.id not in event.builds_on]
    if left:
        return f"{' and '.join(left)} released meanwhile. Release again, going on from there."
    return "This release builds on one that is not there, or in another order."


@_why_not.register
def _opened(event: Opened, now: _Now) -> str | None:
    if (why := _not_about_paper(event, now)) is not None:
        return why
    if event.side in now.course.opened:
        return f"{now.name(event.by)} has said already that it opened the paper of {now.name(event.side)}."
    if event.digest != now.course.digests[event.side]:
        return f"This is not the paper that {now.name(event.side)} sealed: it has another digest. Dispute it instead."
    return None


@_why_not.register
def _opening_disputed(event: OpeningDisputed, now: _Now) -> str | None:
    if event.fault not in FAULTS:
        return f"“{event.fault[:40]}” is not a fault of a paper; it is one of {', '.join(FAULTS)}."
    if (why := _not_about_paper(event, now)) is not None:
        return why
    if event.side in now.course.opened:
        return f"{now.name(event.by)} has opened the paper of {now.name(event.side)}, which said that it is right."
    if event.side in now.course.disputed:
        return f"{now.name(event.by)} has disputed the paper of {now.name(event.side)} already."
    return None


def _not_about_paper(event: Opened | OpeningDisputed, now: _Now) -> str | None:
    if event.side not in now.course.sides:
        return f"{now.name(event.side)} is not a side of this exchange."
    if not now.course.out:
        return "The papers are still sealed."
    if event.by != now.course.counterpart(event.side):
        return f"Only {now.name(now.course.counterpart(event.side))} can open the paper of {now.name(event.side)}."
    return None


@_why_not.register
def _tabled(event: Tabled, now: _Now) -> str | None:
    if event.by not in now.course.sides or event.side not in now.course.sides:
        return "Only the sides table papers, and only the two that they sealed."
    if not now.course.out:
        return "The papers are still sealed."
    if event.side in now.course.tabled:
        return f"The paper of {now.name(event.side)} is tabled already."
    if event.digest != now.course.digests[event.side]:
        return f"This is not the paper that {now.name(event.side)} sealed: it has another digest."
    return None


# What comes of it


@singledispatch
def _after(event: Event, course: Course) -> Course:
    raise TypeError(f"{type(event).__name__} is no event of an exchange of {course.sides}")


@_after.register
def _after_agreed(event: Agreed, course: Course) -> Course:
    return replace(course, agreed=(*course.agreed, event.by))


@_after.register
def _after_declined(event: Declined, course: Course) -> Course:
    return replace(course, ended="declined", ended_by=event.by)


@_after.register
def _after_sealed(event: Sealed, course: Course) -> Course:
    return replace(course, seals=course.seals | {event.by: Seal(event.outer, event.escrow)})


@_after.register
def _after_held(event: Held, course: Course) -> Course:
    return _said(course, event.by, event.side, HELD)


@_after.register
def _after_holding_disputed(event: HoldingDisputed, course: Course) -> Course:
    return _said(course, event.by, event.side, event.fault)


def _said(course: Course, holder: str, side: str, word: str) -> Course:
    return replace(course, words=course.words | {holder: course.words.get(holder, {}) | {side: word}})


@_after.register
def _after_withdrawn(event: Withdrawn, course: Course) -> Course:
    return replace(course, ended="withdrawn", ended_by=event.by)


@_after.register
def _after_lapsed(event: Lapsed, course: Course) -> Course:
    return replace(course, ended="lapsed", ended_by=event.by)


@_after.register
def _after_released(event: Released, course: Course) -> Course:
    out = {side: digest for side, digest in event.digests.items() if digest is not None}
    release = ReleaseMade(event.id, event.by, event.builds_on)
    return replace(course, releases=(*course.releases, release), digests=course.digests | out)


@_after.register
def _after_opened(event: Opened, course: Course) -> Course:
    return replace(course, opened=(*course.opened, event.side))


@_after.register
def _after_opening_disputed(event: OpeningDisputed, course: Course) -> Course:
    return replace(course, disputed=course.disputed | {event.side: event.fault})


@_after.register
def _after_tabled(event: Tabled, course: Course) -> Course:
    return replace(course, tabled=(*course.tabled, event.side))
