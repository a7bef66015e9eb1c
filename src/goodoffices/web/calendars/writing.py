"""Appointments as iCalendar (RFC 5545), through the icalendar library; the same bytes for the same appointments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from goodoffices.readouts.appointments import Appointment


def written(found: Iterable[Appointment], base: str, *, words: bool) -> bytes:
    """A calendar. ``words``: with titles, places and talks' names; without, only that there is something, and when."""
    calendar = Calendar()
    calendar.add("prodid", "-//Good Offices//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Good Offices"))
    calendar.add("refresh-interval;value=duration", "PT1H")
    for one in found:
        calendar.add_component(_event(one, base, words))
    return bytes(calendar.to_ical())


def _event(one: Appointment, base: str, words: bool) -> Event:
    event = Event()
    event.add("uid", f"{one.ref.removeprefix('e:')[:32]}-{one.sort}@{settings.HOST}")
    event.add("dtstamp", datetime.fromisoformat(one.at))
    start, end = one.when
    event.add("dtstart", start)
    if end is not None:
        event.add("dtend", end)
    event.add("transp", "OPAQUE" if isinstance(start, datetime) else "TRANSPARENT")
    event.add("summary", _summary(one, words))
    if words:
        event.add("description", f"{one.known}\n{_known()}")
        event.add("url", base + reverse("entry", args=[one.view.id, one.seq]))
        if one.place:
            event.add("location", one.place)
    return event


def _summary(one: Appointment, words: bool) -> str:
    if not words:
        return _("Something falls due") if one.sort == "due" else _("A meeting")
    pattern = _("Due: {title} ({talks})") if one.sort == "due" else _("{title} ({talks})")
    return pattern.format(title=one.title, talks=one.view.seats.talks_name)


def _known() -> str:
    return _("As far as the record says; where it knows only the day, the whole day is marked.")
