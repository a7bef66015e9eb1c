"""The pages of one room: timeline and search, readouts of its meetings, checkpoint, export, verification."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodoffices.commitments.kept import COMMITMENTS
from goodoffices.prisoners import reconciling
from goodoffices.prisoners.agreeing import table
from goodoffices.prisoners.filed import LISTS, list_room
from goodoffices.prisoners.handover.on_record import HANDOVER
from goodoffices.prisoners.matched import MATCHED
from goodoffices.readouts import codes, conditions, sheets
from goodoffices.readouts import render as rendered
from goodoffices.readouts.names import Names, joined, names
from goodoffices.readouts.readout import NoSuchMeeting, readout
from goodoffices.readouts.table import TITLED, talks_of
from goodoffices.readouts.timeline import Shown, timeline
from goodoffices.record import checkpoints
from goodoffices.record.verify import Fault
from goodoffices.record.verify import verify as verified
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.desk import RoomView
from goodoffices.secretariat.exporting import export as write_bundle
from goodoffices.statements.kept import STATEMENTS
from goodoffices.statements.versions import STATEMENT
from goodoffices.talks.meetings import MEETINGS
from goodoffices.web.acting.desks import desk, of_talks, venue
from goodoffices.web.acting.views import minuted_for
from goodoffices.web.rooms import next_meeting
from goodoffices.web.rooms.actions import actions

PAGE = 50  # entries a page of a timeline holds
SEARCHED = 5_000  # entries looked through at a time
FOUND = 200  # newest entries found that are shown
MAX_QUERY = 200  # characters


@dataclass(frozen=True)
class Reader:
    """A delegation that may read the room. ``left``: the seq up to which it could, once it left."""

    name: str
    role: str
    left: int | None
    people: tuple[dict[str, Any], ...]


@require_safe
def room(request: HttpRequest, room: str) -> HttpResponse:
    """A room's page: the newest entries first, and what this person may do here."""
    mine = desk(request)
    view = mine.room(room)
    on_behalf = minuted_for(view, request.GET.get("for"))
    others = [v for v in of_talks(mine, view.seats.talks) if v.id != view.id]
    possible = actions(view, on_behalf, others)
    cited = (*(m.title for m in view.state[MEETINGS].all.values()), *sheets.next_words(view.state))
    who = names(view, (), others, _, more=cited)
    coming = sheets.next_meeting(view, who)
    context = {
        "room": view,
        "title": heading(view, who),
        "kind": codes.room_kind(view.seats.kind, _),
        "talks_title": talks_of([view, *others], _)[0][2],
        "actions": possible,
        "invite": _invite(view) if possible and on_behalf is None else None,
        "on_behalf": on_behalf,
        "minuted_for": who.delegation(on_behalf) if on_behalf else None,
        "minutable": _minutable(view, who),
        "seat": view.seat(),
        "former": mine.person in view.seats.delegates and view.seat() is None,
        "member": mine.person in view.seats.delegates,
        "behind": view.desk.office.heads.continued(view.id),
        "readers": _readers(view, who),
        "reading": joined([who.delegation(d.id) for d in view.seats.delegations.values() if d.until is None], _),
        "conditions": conditions.any_set_out(view),
        "lists": bool(view.state[LISTS].exchange),
        "may_list": list_room(view.seats) is not None,
        "handover": bool(view.state[HANDOVER].course.stages),
        "prisoners": view.seats.kind == "format" and table.sides(view.state) is not None,
        "matching": _matches(view),
        "next": next_meeting.shown(coming, view) if coming else None,
        "venue": venue(view, others),
        "commitments": len(view.state[COMMITMENTS].made()),
        "statements": view.state[STATEMENTS].count(STATEMENT),
        "code": checkpoints.short_code(_checkpoint(view)),
        "meetings": [(m.code, who.text(m.title) or m.code) for m in view.state[MEETINGS].all.values()],
        **_page(request, view, others),
    }
    return render(request, "rooms/room.html", context)


@require_safe
def meeting(request: HttpRequest, room: str, meeting: str) -> HttpResponse:
    """The readout of one meeting, drawn from this room's record alone, to be read or printed."""
    mine = desk(request)
    view = mine.room(room)
    others = [v for v in of_talks(mine, view.seats.talks) if v.id != view.id]
    try:
        drawn = readout(view, meeting, others, _)
    except NoSuchMeeting as error:
        raise NotFound from error
    article = mark_safe(rendered.fragment(drawn, _))  # noqa: S308 - it escapes every word of the record
    return render(request, "rooms/readout.html", {"room": view, "readout": drawn, "article": article})


@require_safe
def checkpoint(request: HttpRequest, room: str) -> HttpResponse:
    """The signed note over what this person may read of the room."""
    return HttpResponse(desk(request).room(room).checkpoint(), content_type="text/plain; charset=utf-8")


@require_safe
def export(request: HttpRequest, room: str) -> FileResponse:
    """The room's bundle, exactly as far as this person may read it."""
    view = desk(request).room(room)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it when it was sent
    write_bundle(view, file)
    file.seek(0)
    name = f"{view.seats.talks_name}-{view.seats.name}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@require_safe
def verify(request: HttpRequest, room: str) -> HttpResponse:
    """Run the offline verifier here over the export: a convenience, and the page says what it is worth."""
    view = desk(request).room(room)
    context: dict[str, Any] = {"room": view}
    try:
        with tempfile.TemporaryDirectory() as folder:
            bundle = Path(folder, "bundle.zip")
            with bundle.open("wb") as file:
                write_bundle(view, file)
            report = verified(bundle, processes=1)
    except Fault as fault:
        context["fault"] = fault
    else:
        texts = {
            "signed": _("signed by the delegate's own key"),
            "entered": _("entered by the host's server"),
            "minuted": _("minuted, not confirmed"),
            "minuted-confirmed": _("minuted, confirmed"),
            "minuted-objected": _("minuted, objected to"),
        }
        counts = [(texts[label], count) for label, count in report.counts().items()]
        context |= {"report": report, "counts": counts, "erased": len(report.erased)}
    return render(request, "rooms/verified.html", context)


def heading(view: RoomView, who: Names) -> str:
    """What a room is called on its page: its title where it has one of its own, else its short name."""
    title = who.text(view.seats.title) if view.seats.kind not in TITLED else ""
    return title or view.seats.name.replace("-", " ").capitalize()


def _invite(view: RoomView) -> str | None:
    """The address from which a delegate is invited into this room; nobody is invited into the public one alone."""
    return reverse("invite", args=[view.id]) if view.goes_on else None


def _matches(view: RoomView) -> bool:
    """Whether lists of prisoners are matched here, or could be."""
    seat = view.seat()
    if seat is None or not reconciling.of_one(view.seats, seat.delegation):
        return False
    lists = reconciling.lists_of(view.desk.sat_in(), view.seats.talks, seat.id, seat.delegation)
    return bool(view.state[MATCHED].runs) or any(lists)


def _page(request: HttpRequest, view: RoomView, others: list[RoomView]) -> dict[str, Any]:
    """Part of the timeline, newest first: a page of it, or what was found."""
    stop = _before(request, view)
    query = request.GET.get("q", "")[:MAX_QUERY].strip()
    if not query:
        start = max(0, stop - PAGE)
        rows = timeline(view, start, stop, others, _)
    else:
        start = max(0, stop - SEARCHED)
        rows = [row for row in timeline(view, start, stop, others, _) if _holds(row, query.casefold())][-FOUND:]
    return {
        "rows": rows[::-1],
        "older": start or None,
        "first": start,
        "last": stop - 1,
        "newer": stop < view.size,
        "query": query,
    }


def _before(request: HttpRequest, view: RoomView) -> int:
    text = request.GET.get("before", "")
    known = text.isascii() and text.isdecimal() and len(text) < 12
    return min(max(int(text), 1), view.size) if known else view.size


def _holds(row: Shown, wanted: str) -> bool:
    """Whether the words stand in an entry as it is shown. Each room is searched by itself: no index spans rooms."""
    pairs = (text for pair in (*row.quotes, *row.details) for text in pair)
    return wanted in " ".join((row.sentence, row.author, row.delegation, *pairs)).casefold()


def _minutable(view: RoomView, who: Names) -> list[tuple[str, str]]:
    """Delegations the host may minute for here; nobody else sees any."""
    seat, seats = view.seat(), view.seats
    if seat is None or seat.delegation != seats.host or not view.goes_on:
        return []
    return [(d.id, who.delegation(d.id)) for d in seats.delegations.values() if d.until is None and d.id != seats.host]


def _readers(view: RoomView, who: Names) -> list[Reader]:
    def people(delegation: str) -> tuple[dict[str, Any], ...]:
        return tuple(
            {"name": who.person(d.id), "function": who.text(d.function), "left": d.until, "keys": len(d.keys)}
            for d in view.seats.delegates.values()
            if d.delegation == delegation
        )

    members = view.seats.delegations.values()
    return [Reader(who.delegation(d.id), codes.role(d.role, _), d.until, people(d.id)) for d in members]


def _checkpoint(view: RoomView) -> checkpoints.Checkpoint:
    return checkpoints.Checkpoint(view.desk.office.origin(view.id), view.size, view.root)
