"""What each public page shows, the same on this server and in an exported folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goodoffices.readouts import published, render
from goodoffices.readouts.published import Published
from goodoffices.readouts.readout import readout
from goodoffices.readouts.sections import titles
from goodoffices.readouts.sheets import Meeting, draw
from goodoffices.record import checkpoints
from goodoffices.secretariat.desk import RoomView
from goodoffices.web.public import serving
from goodoffices.web.public.addresses import Addresses
from goodoffices.web.public.finding import PublicTalks

PAGE = 50  # things published that a page of a talks lists
CALLED = "meeting-called"


@dataclass(frozen=True)
class Row:
    """Something published, and its page."""

    told: Published
    url: str


@dataclass(frozen=True)
class MeetingRow:
    """A meeting that was published, and the page with its readout."""

    meeting: Meeting
    url: str


@dataclass(frozen=True)
class Part:
    """Rows under one heading."""

    code: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Bundle:
    """A public room to be verified offline: ``code`` is its checkpoint code."""

    url: str
    size: int
    code: str
    room: str


def front(all_talks: Iterable[PublicTalks], to: Addresses) -> dict[str, Any]:
    """The list of talks."""
    rows = [
        {"title": one.title, "url": to.talks(one.id), "size": one.room.size, "at": one.at, "host": one.host}
        for one in all_talks
    ]
    return {"rows": rows, "to": to, **_feeds(to)}


def talks(one: PublicTalks, to: Addresses, before: tuple[str, int] | None = None, count: int = PAGE) -> dict[str, Any]:
    """One talks: its meetings with their readouts, then what else was published, newest first within each sort."""
    found = published.newest(one.rooms, count + 1, _, before)
    rows = [Row(told, to.item(one.id, told.leaf)) for told in found[:count] if told.sort != "meeting"]
    last = found[count - 1] if len(found) > count else None
    return {
        "talks": one,
        "meetings": list(_meetings(one, to)) if before is None else [],
        "parts": parts(rows),
        "older": f"{last.view.id}.{last.shown.seq}" if last is not None else None,
        "newer": before is not None,
        "self": to.talks(one.id),
        "bundles": [bundle(one, view, to) for view in one.rooms],
        "whole": to.whole(one.id),
        "front": to.front(),
        "spoken": bool(found) or before is not None,
        **_feeds(to, one.id),
    }


def parts(rows: Iterable[Row]) -> tuple[Part, ...]:
    """Rows under the headings of a readout: statements and accounts come first."""
    named, sorts = titles(_), dict[str, list[Row]]()
    for row in rows:
        sorts.setdefault(row.told.sort, []).append(row)
    first = sorted(sorts, key=lambda code: (code != "accounts", list(named).index(code)))
    named |= {"accounts": _("Statements"), "other": _("Also published")}
    return tuple(Part(code, named[code], tuple(sorts[code])) for code in first)


def whole(one: PublicTalks, to: Addresses) -> dict[str, Any]:
    """All that was published, as one readout."""
    return {"talks": one, "article": _article(one.room, None), "front": to.front(), "back": to.talks(one.id)}


def item(one: PublicTalks, ref: str, to: Addresses) -> dict[str, Any]:
    """One thing published; of a meeting its readout. Raises ``NotFound``."""
    view, entry = one.find(ref)
    (told,) = published.drawn(view, [entry], one.rooms, _)
    later = published.drawn(view, view.found(told.shown.corrected_by), one.rooms, _)
    return {
        "talks": one,
        "room": view,
        "told": told,
        "readout": _article(view, ref) if told.shown.kind == CALLED else None,
        "corrections": [Row(by, to.item(one.id, by.leaf)) for by in later],
        "bundle": bundle(one, view, to),
        "front": to.front(),
        "back": to.talks(one.id),
    }


def bundle(one: PublicTalks, view: RoomView, to: Addresses) -> Bundle:
    point = checkpoints.Checkpoint(view.desk.office.origin(view.id), view.size, view.root)
    return Bundle(to.bundle(one.id, view.id), view.size, checkpoints.short_code(point), view.id)


def _meetings(one: PublicTalks, to: Addresses) -> Iterable[MeetingRow]:
    for view in one.rooms:
        # It takes a reading of the whole record, which anybody could ask for again and again.
        key = ("meetings", get_language(), view.id, view.size, view.root)
        for meeting, leaf in serving.kept(key, partial(_held, view)):
            yield MeetingRow(meeting, to.item(one.id, leaf))


def _held(view: RoomView) -> tuple[tuple[Meeting, str], ...]:
    """The meetings that a public room knows of, newest first, each with the leaf of the entry that says so."""
    sheet = draw(view, released=True, translate=_)
    found = ((meeting, sheet.names.fact(meeting.ref)) for meeting in reversed(list(sheet.meetings())))
    return tuple((meeting, here.ref.removeprefix("e:")) for meeting, here in found if here is not None)


def _article(view: RoomView, meeting: str | None) -> SafeString:
    drawn = readout(view, meeting, (), _)
    return mark_safe(render.fragment(drawn, _))  # noqa: S308 - it escapes every word of the record


def _feeds(to: Addresses, talks: str = "") -> dict[str, str]:
    return {"atom": to.feed("atom", talks), "json": to.feed("json", talks)}
