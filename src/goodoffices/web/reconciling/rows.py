"""Rows without a pair: looked at, looked for on the other list, and judged to be on one list only."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goodoffices.prisoners.judging import Row
from goodoffices.prisoners.matching.nearest import nearest
from goodoffices.secretariat.acts import NotFound
from goodoffices.talks.scene import Refusal
from goodoffices.web.acting.views import get_or_post
from goodoffices.web.reconciling import showing
from goodoffices.web.reconciling.acting import again, done, opened
from goodoffices.web.reconciling.finding import Matching, matching
from goodoffices.web.reconciling.matchings import frame

AT_ONCE = 25
NEAREST = 10
LONGEST = 200  # characters of what is looked for


@get_or_post
@login_required
@opened
def rows(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """Rows that are in no pair still possible, some at a time; posting judges those that are chosen."""
    where = matching(request, room, seq)
    if request.method != "POST":
        return _rows(request, where)
    return again(partial(_rows, request, where), lambda: _judged(request, where))


def _rows(request: HttpRequest, where: Matching, fault: str = "") -> HttpResponse:
    side = request.GET.get("side", "left")
    side = side if side in {"left", "right"} and where.run.right is not None else "left"
    waiting = [row for row in where.without_pair if row.side == side]
    text = request.GET.get("from", "")
    start = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
    context = frame(where) | {
        "side": side,
        "counts": {s: sum(row.side == s for row in where.without_pair) for s in ("left", "right")},
        "rows": [showing.line(where.row(row.side, row.number), row.number) for row in waiting[start : start + AT_ONCE]],
        "waiting": len(waiting),
        "more": start + AT_ONCE if start + AT_ONCE < len(waiting) else None,
        "fault": fault,
        "given": request.POST,
        "chosen": request.POST.getlist("number"),
    }
    return render(request, "reconciling/rows.html", context, status=422 if fault else 200)


def _judged(request: HttpRequest, where: Matching) -> HttpResponse:
    side = request.POST.get("side", "")
    raw = {
        "run": where.run.ref,
        "side": side,
        "numbers": request.POST.getlist("number"),
        "verdict": request.POST.get("verdict", "alone"),
        "looked": request.POST.get("looked") == "yes",
        "reason": request.POST.get("reason", "").strip(),
    }
    if not raw["numbers"]:
        raise Refusal(_("Nothing is chosen."))
    to = reverse("rows-alone", args=[where.view.id, where.run.seq]) + (f"?side={side}" if side == "right" else "")
    return done(request, where, "judge-rows", raw, to)


@require_POST
@login_required
@opened
def look(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """Look for one row on the other list: the rows whose names are nearest, or nearest to what is typed."""
    where = matching(request, room, seq)
    side, number = request.POST.get("side", ""), request.POST.get("look", "")
    row = where.row(side, number) if side in {"left", "right"} else None
    if row is None:
        raise NotFound
    other = "left" if where.run.right is None or side == "right" else "right"
    sought = request.POST.get("name", "").strip()[:LONGEST] or showing.name(row.said)
    there = {r.number: showing.name(r.said) for r in where.rosters[other].rows if (other, r.number) != (side, number)}
    found = nearest(sought, there, NEAREST)
    context = frame(where) | {
        "side": side,
        "row": showing.line(row, number),
        "sought": sought,
        "found": [
            (showing.line(where.row(other, n), n), f"{score:.2f}", *_in_order(where, side, number, n))
            for n, score in found
        ],
        "alone": where.judged.rows.get(Row("left" if side == "left" else "right", number)),
    }
    return render(request, "reconciling/look.html", context)


def _in_order(where: Matching, side: str, number: str, other: str) -> tuple[str, str]:
    """Both numbers as a pair has them: left and right; within one list as found, or the lower first."""
    left, right = (number, other) if side == "left" else (other, number)
    if where.run.right is None and (left, right) not in where.judged.pairs:
        swapped = (right, left) in where.judged.pairs or int(left) > int(right)
        return (right, left) if swapped else (left, right)
    return left, right
