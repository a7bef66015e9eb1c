"""Lengths of time as people agree on them: a month is a month, not thirty days.

Moments are UTC. Months and years run by the calendar: a month from 31 January is the last day of February.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

Unit = Literal["hours", "days", "weeks", "months", "years"]
UNITS: tuple[Unit, ...] = ("hours", "days", "weeks", "months", "years")
MOST = 10_000  # of any unit: longer is a slip of the pen
_LAST_YEAR = 9_999


class Duration(Struct, frozen=True):
    """``count`` (1 to ``MOST``) of a unit."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.count} {self.unit if self.count != 1 else self.unit[:-1]}"

    def after(self, start: datetime) -> datetime:
        """The moment at which this length of time has passed since ``start``; the last moment there is at most."""
        try:
            if self.unit in {"months", "years"}:
                return _months(start, self.count * (12 if self.unit == "years" else 1))
            return start + timedelta(**{self.unit: self.count})
        except (OverflowError, ValueError):
            return datetime.max.replace(tzinfo=UTC)


def _months(start: datetime, count: int) -> datetime:
    years, month = divmod(start.month - 1 + count, 12)
    year = start.year + years
    last = calendar.monthrange(min(year, _LAST_YEAR), month + 1)[1]
    return start.replace(year=year, month=month + 1, day=min(start.day, last))


class Span(Struct, frozen=True):
    """Bounds of a moment that is known only so far: not before ``earliest``, not after ``latest`` (None: not known)."""

    earliest: datetime | None = None
    latest: datetime | None = None

    def later(self, by: Duration) -> Span:
        """The same moment that much later."""
        return Span(by.after(self.earliest) if self.earliest else None, by.after(self.latest) if self.latest else None)

    def passed(self, now: datetime) -> bool | None:
        """Whether the moment has come by ``now``; None where the bounds leave it open."""
        if self.latest is not None and self.latest <= now:
            return True
        return False if self.earliest is not None and self.earliest > now else None


def span(text: str | None, entered: datetime) -> Span:
    """The bounds of an EDTF date or RFC 3339 time; of one that is not exact, or None, only that it was not after
    ``entered``, when it was told."""
    exact = _exact(text) if text else None
    return exact if exact is not None else Span(None, entered)


def moment(text: str) -> datetime:
    """An RFC 3339 time, or the end of a day (UTC): what is due by a day may be done on it. Raises ``ValueError``."""
    if "T" in text:
        given = datetime.fromisoformat(text)
        return given.replace(tzinfo=UTC) if given.tzinfo is None else given.astimezone(UTC)
    day = date.fromisoformat(text)
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)


_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def _exact(text: str) -> Span | None:
    try:
        if "T" in text:
            at = moment(text)
            return Span(at, at)
        given = _DATE.fullmatch(text)
        if given is None:
            return None
        year, month, day = (int(part) if part else None for part in given.groups())
        first = datetime(year or 0, month or 1, day or 1, tzinfo=UTC)
    except ValueError:
        return None
    unit: Unit = "days" if day else "months" if month else "years"
    return Span(first, Duration(1, unit).after(first) - timedelta(seconds=1))


def soonest(spans: list[Span]) -> Span:
    """The bounds of the first of several moments; at least one."""
    lows, highs = [s.earliest for s in spans], [s.latest for s in spans]
    low = None if None in lows else min(at for at in lows if at is not None)
    known = [at for at in highs if at is not None]
    return replace(spans[0], earliest=low, latest=min(known) if known else None)
