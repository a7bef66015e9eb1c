"""Meetings at known times and deadlines of commitments, from rooms as one person may read them.

Nothing is completed: what is known as a day is a day, what is known as a time is a time, and what is known less well
than a day (a month, a season, an open interval) is left out. No end is made up for a meeting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from goodoffices.commitments.durations import Span
from goodoffices.commitments.kept import COMMITMENTS
from goodoffices.commitments.standing import World
from goodoffices.readouts import dates
from goodoffices.readouts.names import Names, names
from goodoffices.readouts.views import Translate, View, told, untranslated
from goodoffices.talks.meetings import MEETINGS, Meeting
from goodoffices.talks.next_meeting import NEXT_MEETING

When: TypeAlias = tuple[date | datetime, date | datetime | None]
"""Start and end: a day and the day after the last one, or a moment (UTC) and None or another moment."""

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)([?~%]?)")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?")
_OVER = frozenset({"fulfilled", "released", "failed"})
END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True)
class Appointment:
    """``ref``: the entry it stems from, at ``at`` (RFC 3339). ``known``: the time in words, hedges and all.

    ``sort``: meeting, next-meeting or due.
    """

    view: View
    ref: str
    seq: int
    at: str
    sort: str
    when: When
    known: str
    title: str = ""
    place: str = ""


def appointments(views: Iterable[View], now: datetime, translate: Translate = untranslated) -> list[Appointment]:
    """Those of these rooms, room by room. Two readings of entries and one of words a room."""
    return [one for view in views for one in _of_room(view, now, translate)]


def placed(text: str | None, zone: str | None = None) -> When | None:
    """Where an EDTF date or a time stands in a calendar; None where it is known less well than a day.

    A time without an offset stands in ``zone``; without one only its day is known.
    """
    text = (text or "").strip()
    if _MOMENT.fullmatch(text):
        return _moment(text, zone)
    if match := _DAY.fullmatch(text):
        return _days(match[1], match[1])
    first, slash, last = text.partition("/")
    if slash and _DAY.fullmatch(first) and _DAY.fullmatch(last):
        return _days(first[:10], last[:10])
    return None


def _moment(text: str, zone: str | None) -> When | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    if at.tzinfo is None and zone is None:
        return _days(text[:10], text[:10])
    if at.tzinfo is None:
        at = at.replace(tzinfo=ZoneInfo(str(zone)))
    return at.astimezone(UTC), None


def _days(first: str, last: str) -> When | None:
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        return (start, end + timedelta(days=1)) if start <= end else None
    except (ValueError, OverflowError):
        return None


def _of_room(view: View, now: datetime, _: Translate) -> Iterator[Appointment]:
    held, due = list(_meetings(view, _)), list(_due(view, now))
    facts = {t.ref: t for t in map(told, view.found([*(m.ref for m, _w, _s in held), *(ref for ref, _s, _w in due)]))}
    n = names(view, facts.values(), translate=_)
    for meeting, when, sort in held:
        fact = facts[meeting.ref]
        known = dates.when(meeting.day or "", _, meeting.zone)
        title, place = n.text(meeting.title) or meeting.code, n.text(meeting.venue)
        yield Appointment(view, fact.ref, fact.seq, fact.at, sort, when, known, title, place)
    for ref, span, when in due:
        fact = facts[ref]
        title = _owed(n, fact.body.get("what"))
        yield Appointment(view, ref, fact.seq, fact.at, "due", when, _by(span, _), title)


def _meetings(view: View, _: Translate) -> Iterator[tuple[Meeting, When, str]]:
    for meeting in view.state[MEETINGS].all.values():
        when = placed(meeting.day, meeting.zone)
        if when is not None:
            yield meeting, _lasting(when, meeting), "meeting"
    coming = view.state[NEXT_MEETING].now
    when = placed(coming.day) if coming is not None else None
    if coming is not None and when is not None:
        set_ = Meeting(coming.ref, code=_("Next meeting"), venue=coming.place, day=coming.day)
        yield set_, when, "next-meeting"


def _lasting(when: When, meeting: Meeting) -> When:
    """A meeting's end, where its length was said exactly."""
    start, end = when
    if isinstance(start, datetime) and meeting.length is not None and meeting.length[0] == "exactly":
        return start, start + timedelta(minutes=meeting.length[1])
    return start, end


def _due(view: View, now: datetime) -> Iterator[tuple[str, Span, When]]:
    state = view.state[COMMITMENTS]
    world = World(state.made(), state.reports, now)
    for owed in state.all.values():
        found = None if owed.disowned else world.standing(owed.made.code)
        span = found.due if found is not None and found.status not in _OVER else None
        if span is not None and span.latest is not None and span.latest.year < MAXYEAR:
            yield owed.made.ref, span, _deadline(span.earliest, span.latest)


def _deadline(earliest: datetime | None, latest: datetime) -> When:
    """A moment where it is known to be one; else the day by which it is due at the latest."""
    latest = latest.astimezone(UTC)
    if earliest == latest and latest.time() != END_OF_DAY:
        return latest, None
    return latest.date(), latest.date() + timedelta(days=1)


def _by(span: Span, _: Translate) -> str:
    latest = dates.moment(span.latest.isoformat(), _) if span.latest else ""
    return latest if span.earliest == span.latest else _("{when} at the latest").format(when=latest)


def _owed(n: Names, what: object) -> str:
    words = " ".join(n.text(what).split())
    return words if len(words) <= 120 else words[:119].rstrip() + "…"
