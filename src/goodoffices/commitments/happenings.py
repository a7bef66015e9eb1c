"""What was reported to have come about, and when, as far as that is known.

A report is somebody's. One that is disputed, or that others contradict, leaves open whether it is so: the answer is
then None (*unknown*), never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from goodoffices.commitments.durations import Duration, Span, moment, soonest, span
from goodoffices.commitments.terms import Day, Happens, Holds

Reported = Literal["happened", "committed", "began", "ended", "interrupted"]
REPORTED: tuple[Reported, ...] = ("happened", "committed", "began", "ended", "interrupted")


class Report(Struct, frozen=True):
    """One report of an event: its entry, what of the event, when (EDTF or None), when entered (RFC 3339)."""

    ref: str
    point: Reported
    when: str | None
    entered: str
    whose: str | None = None  # the code of whoever commits
    disputed: bool = False

    @property
    def span(self) -> Span:
        return span(self.when, moment(self.entered))


class Found(Struct, frozen=True):
    """Whether a condition is met, since when, and the entries that say so (or leave it open)."""

    so: bool | None
    since: Span = Span()
    refs: tuple[str, ...] = ()


Reports = Mapping[str, Sequence[Report]]
"""By the event's code, in the order entered."""


def day(condition: Day, now: datetime) -> Found:
    at = moment(condition.at)
    return Found(at <= now, Span(at, at))


def happened(condition: Happens, reports: Reports) -> Found:
    """Whether that point of the event was reported."""
    found = [
        r
        for r in reports.get(condition.event, ())
        if r.point == condition.point and condition.by in (None, r.whose)
    ]  # fmt: skip
    return _first(found)


def _first(found: Sequence[Report]) -> Found:
    sure = [r for r in found if not r.disputed]
    if sure:
        return Found(True, soonest([r.span for r in sure]), tuple(r.ref for r in sure))
    return Found(None if found else False, Span(), tuple(r.ref for r in found))


class _Run(Struct, frozen=True):
    """A time in which an event held: its beginning, and its end unless it still holds."""

    start: Span
    end: Span | None = None


def holds(condition: Holds, reports: Reports, now: datetime) -> Found:
    """Whether the event holds, or has held for as long as asked."""
    told = [r for r in reports.get(condition.event, ()) if r.point in {"began", "ended", "interrupted"}]
    refs = tuple(r.ref for r in told)
    sure = _held(condition, _runs(r for r in told if not r.disputed), now)
    if any(r.disputed for r in told) and _held(condition, _runs(told), now).so != sure.so:
        return Found(None, Span(), refs)
    return Found(sure.so, sure.since, refs)


def _runs(told: Iterable[Report]) -> list[_Run]:
    runs: list[_Run] = []
    for r in sorted(told, key=_place):
        holding = bool(runs) and runs[-1].end is None
        if r.point != "began" and holding:
            runs[-1] = _Run(runs[-1].start, r.span)
        if r.point == "interrupted" or (r.point == "began" and not holding):
            runs.append(_Run(r.span))
    return runs


def _place(r: Report) -> datetime:
    at = r.span
    return at.latest or at.earliest or moment(r.entered)


def _held(condition: Holds, runs: Sequence[_Run], now: datetime) -> Found:
    if condition.duration is None:
        return Found(True, runs[-1].start) if runs and runs[-1].end is None else Found(False)
    if condition.in_all:
        return _in_all(condition.duration, runs, now)
    open_ = False
    for run in runs:
        full = run.start.later(condition.duration)
        enough = full.passed(now) if run.end is None else _not_after(full, run.end)
        if enough:
            return Found(True, full)
        open_ = open_ or enough is None
    return Found(None if open_ else False)


def _not_after(first: Span, second: Span) -> bool | None:
    """Whether the first moment is no later than the second; None where the bounds leave it open."""
    if first.latest and second.earliest and first.latest <= second.earliest:
        return True
    return False if first.earliest and second.latest and first.earliest > second.latest else None


def _in_all(duration: Duration, runs: Sequence[_Run], now: datetime) -> Found:
    least = most = timedelta()
    for run in runs:
        end = run.end or Span(now, now)
        if run.start.latest and end.earliest:
            least += max(end.earliest - run.start.latest, timedelta())
        if run.start.earliest is None or end.latest is None:
            return Found(None)
        most += max(end.latest - run.start.earliest, timedelta())
    if not runs:
        return Found(False)
    wanted = duration.after(now) - now  # months and years as long as they are from now on
    return Found(True, Span(None, now)) if least >= wanted else Found(None if most >= wanted else False)
