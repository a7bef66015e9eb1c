"""The commitments of one room: who owes what to whom, on which terms, and where each stands now."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from goodoffices.readouts.commitments import Owed, owed_in
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.desk import RoomView
from goodoffices.web.acting.desks import desk, of_talks
from goodoffices.web.commitments import building


@require_safe
def commitments(request: HttpRequest, room: str) -> HttpResponse:
    """All of them, newest first, each with its reasons linked to the entries they rest on."""
    mine = desk(request)
    view = mine.room(room)
    others = [v for v in of_talks(mine, view.seats.talks) if v.id != view.id]
    now = datetime.fromisoformat(mine.office.clock())
    owed = owed_in(view, now, others, _, timezone.get_current_timezone_name())
    context = {"room": view, "owed": owed, "seqs": _seqs(view, owed), "now": now}
    return render(request, "commitments/commitments.html", context)


def _seqs(view: RoomView, owed: tuple[Owed, ...]) -> dict[str, int]:
    """Where the entries are that reasons rest on, in one reading."""
    refs = {ref for one in owed for because in one.because for ref in because.refs}
    refs |= {ref for one in owed for ref in one.denied}
    return {entry.ref: entry.seq for entry in view.found(sorted(refs))}


@require_POST
@login_required
def terms(request: HttpRequest, room: str) -> HttpResponse:
    """How terms are understood, while they are being written. Nothing is written, and they are in no address."""
    view = desk(request).room(room)
    if view.seat() is None:
        raise NotFound
    found = building.builder(view, request.POST.get("terms", ""), request.POST.get("code", "")).understood
    return render(request, "commitments/understood.html", {"understood": found})
