"""All exchanges of mine, across rooms: where each stands, and which wait for me."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodoffices.readouts import codes
from goodoffices.sealing.exchanges import SEALING
from goodoffices.sealing.proposing import awaited
from goodoffices.secretariat.desk import RoomView
from goodoffices.web.acting.desks import desk
from goodoffices.web.base.templatetags.office import moment


@dataclass(frozen=True)
class Listed:
    """One exchange, with its words as shown. ``waits``: for the person's own delegation."""

    url: str
    room: str
    talks: str
    stage: str
    going: bool
    waits: bool
    deadline: str
    until: SafeString


class Words:
    """What many rows have in common, put into words once a page."""

    def __init__(self) -> None:
        self.stage = cache(lambda stage: codes.stage(stage, _))
        self.until = cache(moment)


@require_safe
@login_required
def exchanges(request: HttpRequest) -> HttpResponse:
    """Those that wait for me first, then those under way, then the rest; the newest first."""
    mine, words = desk(request), Words()
    rows = [row for view in mine.rooms() for row in of(view, words)]
    rows.sort(key=lambda row: (row.waits, row.going, row.deadline), reverse=True)
    return render(request, "sealing/list.html", {"rows": rows, "behind": mine.behind.values()})


def of(view: RoomView, words: Words) -> Iterator[Listed]:
    """The exchanges of one room."""
    state, seats = view.state[SEALING], view.seats
    if not state.all:
        return
    seat = view.seat()
    waiting = {x.ref for x, _side in awaited(view.state, seat.delegation)} if seat else set()
    here = reverse("exchanges-of-room", args=[view.id])
    for x in state.all.values():
        yield Listed(
            f"{here}{x.seq}/",
            seats.name,
            seats.talks_name,
            words.stage(x.stage),
            x.going,
            x.ref in waiting,
            x.terms.deadline,
            words.until(x.terms.deadline),
        )
