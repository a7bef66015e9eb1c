"""What was found of every row, with counts: for the intermediary's own people and nobody else."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodoffices.prisoners.judging import OUTCOMES, Found, counted
from goodoffices.prisoners.matched import place
from goodoffices.readouts import reconciling as said
from goodoffices.web.reconciling import showing
from goodoffices.web.reconciling.acting import opened
from goodoffices.web.reconciling.finding import Matching, matching
from goodoffices.web.reconciling.matchings import frame
from goodoffices.web.reconciling.showing import Line

EACH = 50


@dataclass(frozen=True)
class Shown:
    """A row with its outcome; ``others``: the rows it was found to be. ``done``: what was told or named of it."""

    side: str
    line: Line
    outcome: str
    others: tuple[Line, ...]
    done: tuple[str, ...]


@require_safe
@login_required
@opened
def outcomes(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """Counts of every outcome, and the rows of one."""
    where = matching(request, room, seq)
    every = list(where.outcomes.values())
    counts = counted(every)
    show = request.GET.get("show", "")
    show = show if show in OUTCOMES else ""
    # A pair that was found is shown once, by its left row.
    wanted = (
        [one for one in every if one.outcome == show and (one.row.side == "left" or not one.others)] if show else []
    )
    text = request.GET.get("from", "")
    start = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
    context = frame(where) | {
        "counts": [(code, said.outcome(code, _), sides["left"], sides["right"]) for code, sides in counts.items()],
        "show": show,
        "shown": said.outcome(show, _) if show else "",
        "rows": [_shown(where, one) for one in wanted[start : start + EACH]],
        "count": len(wanted),
        "more": start + EACH if start + EACH < len(wanted) else None,
    }
    return render(request, "reconciling/outcomes.html", context)


def _shown(where: Matching, one: Found) -> Shown:
    side = one.row.side
    other = "left" if where.run.right is None or side == "right" else "right"
    others = tuple(showing.line(where.row(other, n), n) for n in one.others)
    line = showing.line(where.row(side, one.row.number), one.row.number)
    return Shown(side, line, said.outcome(one.outcome, _), others, tuple(_done(where, one)))


def _done(where: Matching, one: Found) -> list[str]:
    left, right = _rows(one)
    key = place(where.run.ref, left, right)
    found = [
        said.told_to(side, told.what, _)
        for side in ("left", "right")
        if (told := where.state.told.get(f"{key}/{side}")) is not None
    ]
    number = where.state.named.get(key)
    return found + ([_("named as {number}").format(number=number)] if number else [])


def _rows(one: Found) -> tuple[str, str]:
    other = one.others[0] if len(one.others) == 1 else ""
    return (one.row.number, other) if one.row.side == "left" else (other, one.row.number)
