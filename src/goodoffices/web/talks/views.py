"""My talks, and the page of one talks: who is at the table, what happened, and what awaits the one who looks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodoffices.readouts import sheets
from goodoffices.readouts.table import Table, table, talks_of
from goodoffices.record.matter import Room
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.desk import Desk, RoomView
from goodoffices.web.acting.addresses import address
from goodoffices.web.acting.desks import account, desk, office
from goodoffices.web.rooms import next_meeting
from goodoffices.web.rooms.actions import OTHER_ANSWER, Link
from goodoffices.web.sealing import listing
from goodoffices.web.sealing.addresses import STEPPED


@dataclass(frozen=True)
class Waiting:
    """Something that awaits the viewer, and the answers they may give."""

    told: sheets.Waiting
    answers: tuple[Link, ...]


@dataclass(frozen=True)
class Row:
    """One talks on the page of all of mine. ``former``: the viewer sits nowhere in it any more."""

    table: Table
    waiting: tuple[Waiting, ...]
    former: bool


@require_safe
@login_required
def my_talks(request: HttpRequest) -> HttpResponse:
    """The talks this person sits or sat in. What it reads grows with their rooms, not with what is on the records."""
    mine = desk(request)
    rooms = seated(mine, mine.rooms())
    rows = []
    for talks, _name, _title in talks_of(rooms, _):
        drawn = table([v for v in rooms if v.seats.talks == talks], talks, mine.person, _)
        rows.append(Row(drawn, waiting(drawn, rooms), not any(room.seated for room in drawn.rooms)))
    context = {"rows": rows, "behind": mine.behind.values(), "may_open_talks": account(request).may_open_talks}
    return render(request, "talks/mine.html", context)


@require_safe
@login_required
def talks(request: HttpRequest, talks: str) -> HttpResponse:
    """One talks as this person may know it. Raises ``NotFound`` for who never sat in one of its rooms."""
    mine = desk(request)
    rooms = [view for view in mine.rooms() if view.seats.talks == talks]
    if not seated(mine, rooms):
        raise NotFound
    drawn, words = table(rooms, talks, mine.person, _), listing.Words()
    readable = {view.id: view for view in rooms}
    context = {
        "talks": drawn,
        "waiting": waiting(drawn, rooms),
        "exchanges": [row for view in rooms for row in listing.of(view, words)],
        "standing": [u for u in drawn.understandings if any(t.stands for t in u.tellings)],
        "told": [u for u in drawn.understandings if not any(t.stands for t in u.tellings)],
        "open_requests": [r for r in drawn.requests if r.open],
        "closed_requests": [r for r in drawn.requests if not r.open],
        "behind": mine.behind.values(),
        "next_meetings": [next_meeting.shown(one, readable[one.room]) for one in drawn.next_meetings],
    }
    return render(request, "talks/talks.html", context)


def seated(mine: Desk, rooms: Iterable[RoomView]) -> list[RoomView]:
    """Those in which the person has or had a seat: a public room is everybody's, and makes nobody a delegate."""
    talks = {view.seats.talks for view in rooms if mine.person in view.seats.delegates}
    return [view for view in rooms if view.seats.talks in talks]


def waiting(drawn: Table, rooms: Iterable[RoomView]) -> tuple[Waiting, ...]:
    """What awaits the viewer, each room's newest first."""
    states = {view.id: view.state for view in rooms}
    return tuple(Waiting(one, tuple(_answers(one, states[one.room]))) for one in reversed(drawn.waiting))


def _answers(one: sheets.Waiting, room: Room) -> Iterable[Link]:
    rules = office().rules
    for name in (one.rule, OTHER_ANSWER.get(one.rule)):
        if name is not None and name not in STEPPED:
            yield Link(_(rules[name].label), address(room, name, one.fields))
