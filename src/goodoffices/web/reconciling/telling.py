"""What leaves this room: results told to a side, name by name, and people named into the room of the exchange."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from goodoffices.prisoners.filed import LISTS
from goodoffices.prisoners.judging import Found, Row, Side
from goodoffices.prisoners.lists.fields import FIELDS
from goodoffices.prisoners.matched import place
from goodoffices.prisoners.releasing import LEAVE, NAMING, leave_of, result_for
from goodoffices.readouts import reconciling as said
from goodoffices.secretariat import naming
from goodoffices.secretariat.acts import NotFound
from goodoffices.talks.scene import Refusal
from goodoffices.web.acting.views import acknowledged, get_or_post
from goodoffices.web.reconciling import showing
from goodoffices.web.reconciling.acting import act_of, again, done, opened
from goodoffices.web.reconciling.finding import Matching, matching
from goodoffices.web.reconciling.matchings import frame
from goodoffices.web.reconciling.showing import Line

AT_ONCE = 100
NAMED_AT_ONCE = 250


@dataclass(frozen=True)
class Tellable:
    """A row that its filer may be told of. ``rows``: left and right number as the form gives them back."""

    rows: str
    line: Line
    result: str
    leave: bool


@dataclass(frozen=True)
class Nameable:
    """Somebody held and claimed; ``leave``: whether both who filed allow it."""

    rows: str
    holder: Line
    claimant: Line
    leave: bool


@get_or_post
@login_required
@opened
def tell(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """Rows of one list of which something may be told to its filer; posting tells those that are chosen."""
    where = _between(matching(request, room, seq))
    if request.method != "POST":
        return _tell(request, where)
    return again(partial(_tell, request, where), lambda: _told(request, where))


def _between(where: Matching) -> Matching:
    if where.run.right is None or "release-results" not in where.may:
        raise NotFound
    return where


def _tell(request: HttpRequest, where: Matching, fault: str = "") -> HttpResponse:
    wanted = request.POST.get("side") or request.GET.get("side", "left")
    side: Side = "right" if wanted == "right" else "left"
    every = list(_tellable(where, side))
    free = [one for one in every if one.leave]
    context = frame(where) | {
        "side": side,
        "rows": free[:AT_ONCE],
        "more": max(len(free) - AT_ONCE, 0),
        "without": len(every) - len(free),
        "held": where.run.side(side).holds == "we-hold",
        "whose": where.names.delegation(where.run.side(side).by),
        "other": where.names.delegation(where.run.side("right" if side == "left" else "left").by),
        "fault": fault,
        "given": request.POST,
        "chosen": request.POST.getlist("row"),
    }
    return render(request, "reconciling/tell.html", context, status=422 if fault else 200)


def _tellable(where: Matching, side: Side) -> Iterator[Tellable]:
    theirs = where.run.side("right" if side == "left" else "left")
    rooms = where.mine.sat_in()
    for row, one in where.outcomes.items():
        other = one.others[0] if len(one.others) == 1 else ""
        if row.side != side or f"{place(where.run.ref, *_pair(row, other))}/{side}" in where.state.told:
            continue
        try:
            result = result_for(where.run, side, one, other)
        except Refusal:
            continue  # nothing may be told of it
        leave = leave_of(rooms, theirs, other, LEAVE[result]) is not None
        line = showing.line(where.row(side, row.number), row.number)
        yield Tellable("/".join(_pair(row, other)), line, said.result(result, _), leave)


def _pair(row: Row, other: str) -> tuple[str, str]:
    return (row.number, other) if row.side == "left" else (other, row.number)


def _told(request: HttpRequest, where: Matching) -> HttpResponse:
    side = request.POST.get("side", "")
    chosen = [given.partition("/") for given in request.POST.getlist("row")]
    if not chosen:
        raise Refusal(_("Nothing is chosen."))
    raw = {
        "run": where.run.ref,
        "to": side,
        "rows": [{"left": left, "right": right} for left, _sep, right in chosen],
        "words": request.POST.get("words", "").strip(),
    }
    to = (
        reverse("tell-results", args=[where.view.id, where.run.seq]) + f"?side={'right' if side == 'right' else 'left'}"
    )
    return done(request, where, "release-results", raw, to)


@get_or_post
@login_required
@opened
def name(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """People found to be held and claimed, to be named into the room of the exchange."""
    where = _between(matching(request, room, seq))
    if request.method != "POST":
        return _name(request, where)
    return again(partial(_name, request, where), lambda: _named(request, where))


def _name(request: HttpRequest, where: Matching, fault: str = "") -> HttpResponse:
    every = list(_nameable(where))
    free = [one for one in every if one.leave]
    exchange = where.mine.room(where.mine.room(where.run.left.room).state[LISTS].exchange)
    context = frame(where) | {
        "rows": free[:NAMED_AT_ONCE],
        "more": max(len(free) - NAMED_AT_ONCE, 0),
        "without": len(every) - len(free),
        "named": sum(key.startswith(f"{where.run.ref}/") for key in where.state.named),
        "exchange": exchange,
        "always": [_(FIELDS[key].label) for key in naming.ALWAYS],
        "fields": [(key, _(FIELDS[key].label)) for key in naming.MAY],
        "fault": fault,
        "given": request.POST,
        "chosen": request.POST.getlist("row"),
        "said": request.POST.getlist("said") if request.method == "POST" else ["category", "rank"],
    }
    return render(request, "reconciling/name.html", context, status=422 if fault else 200)


def _nameable(where: Matching) -> Iterator[Nameable]:
    rooms, run = where.mine.sat_in(), where.run
    right = run.side("right")
    holder_left = run.left.holds == "we-hold"
    for row, one in where.outcomes.items():
        if row.side != "left" or one.outcome != "held-and-claimed" or not _single(one):
            continue
        left, other = row.number, one.others[0]
        if place(run.ref, left, other) in where.state.named:
            continue
        leave = all(leave_of(rooms, of, n, NAMING) is not None for of, n in ((run.left, left), (right, other)))
        lines = showing.line(where.row("left", left), left), showing.line(where.row("right", other), other)
        yield Nameable(f"{left}/{other}", *(lines if holder_left else lines[::-1]), leave)


def _single(one: Found) -> bool:
    return len(one.others) == 1


def _named(request: HttpRequest, where: Matching) -> HttpResponse:
    chosen = [given.partition("/") for given in request.POST.getlist("row")]
    pairs = [(left, right) for left, _sep, right in chosen]
    if not pairs:
        raise Refusal(_("Nobody is chosen."))
    act = act_of(request)
    receipts = naming.name_found(where.mine, where.view.id, act, where.run, pairs, request.POST.getlist("said"))
    return acknowledged(request, receipts, act, reverse("name-found", args=[where.view.id, where.run.seq]))
