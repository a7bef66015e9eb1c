"""The matchings of a room: those there are, a new one, and how far the judging of one has come."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodoffices.prisoners import reconciling as rules
from goodoffices.prisoners.filed import Version
from goodoffices.prisoners.matched import MATCHED, Run
from goodoffices.prisoners.matching.beside import MatchingFailed
from goodoffices.prisoners.matching.running import NothingToMatch
from goodoffices.readouts import codes
from goodoffices.secretariat import reconciling
from goodoffices.secretariat.reconciling import Chosen
from goodoffices.talks.scene import Refusal
from goodoffices.web import randomness
from goodoffices.web.acting.desks import account
from goodoffices.web.acting.views import acknowledged, get_or_post
from goodoffices.web.reconciling import showing
from goodoffices.web.reconciling.acting import act_of, opened
from goodoffices.web.reconciling.finding import Here, Matching, here
from goodoffices.web.reconciling.finding import matching as found_of
from goodoffices.web.reconciling.showing import Listed

MOST_HERE = 20_000
"""Rows of both lists that a page matches while somebody waits for it, some seconds; more are for the command line."""
EACH = 50
SHOWN = ("waiting", "disagreed", "doubtful", "certain", "put-forward", "all")


@dataclass(frozen=True)
class Listable:
    """A list that may be matched: ``key`` is room and ref, as the form gives them back."""

    key: str
    room: str
    version: Version
    text: str


@dataclass(frozen=True)
class Progress:
    """A matching in the list of all, with how many of its pairs are settled."""

    seq: int
    left: Listed
    right: Listed | None
    pairs: int
    settled: int
    erased: bool


@get_or_post
@login_required
@opened
def matchings(request: HttpRequest, room: str) -> HttpResponse:
    """The matchings of this room, and the form for a new one; posting it matches."""
    where = here(request, room)
    if request.method != "POST":
        return _all(request, where)
    try:
        return _match(request, where)
    except (Refusal, NothingToMatch, MatchingFailed) as refusal:
        return _all(request, where, str(refusal))


def _all(request: HttpRequest, where: Here, fault: str = "") -> HttpResponse:
    context = {
        "room": where.view,
        "runs": [_progress(where, run) for run in list(where.state.runs.values())[::-1]],
        "lists": _listable(where) if "match-lists" in where.may else [],
        "may": "match-lists" in where.may,
        "most": MOST_HERE,
        "fault": fault,
        "given": request.POST,
        "act": randomness.hex_id(),
    }
    return render(request, "reconciling/matchings.html", context, status=422 if fault else 200)


def _progress(where: Here, run: Run) -> Progress:
    settled = sum(
        about.stands in {"same", "different", "cannot-tell"}
        for about in where.state.of_run(run.ref)
        if about.left and about.right
    )
    right = showing.listed(where, run.right) if run.right is not None else None
    return Progress(run.seq, showing.listed(where, run.left), right, run.certain + run.review, settled, run.erased)


def _listable(where: Here) -> list[Listable]:
    """Lists that may be matched now, those of people held first."""
    seat = where.view.seat()
    mine = where.mine.sat_in()
    talks, delegation = where.view.seats.talks, seat.delegation if seat else ""
    found = []
    for room, version in rules.lists_of(mine, talks, where.person, delegation):
        text = _("{code} of {side}: {holds} (version {version}, {rows} rows)").format(
            code=version.code,
            side=where.names.delegation(version.by),
            holds=codes.holds(version.holds, _),
            version=version.version,
            rows=f"{version.rows:,}",
        )
        found.append(Listable(f"{room}/{version.ref}", room, version, text))
    return sorted(found, key=lambda one: (one.version.holds != "we-hold", one.version.code))


def _match(request: HttpRequest, where: Here) -> HttpResponse:
    lists = {one.key: one for one in _listable(where)}
    left, right = (lists.get(request.POST.get(side, "")) for side in ("left", "right"))
    if left is None or (right is None and request.POST.get("right", "")):
        raise Refusal(_("Choose a list, and another one or none."))
    rows = left.version.rows + (right.version.rows if right is not None else 0)
    if rows > MOST_HERE:
        raise Refusal(
            _(
                "These lists have {rows} rows, too many to be matched while a page waits. On the host's machine: "
                "goodoffices lists reconcile {talks} {room} --left {left}{right} --as {account}"
            ).format(
                rows=f"{rows:,}",
                talks=where.view.seats.talks_name,
                room=where.view.seats.name,
                left=_named(where, left),
                right=f" --right {_named(where, right)}" if right is not None else "",
                account=account(request).username,
            )
        )
    other = Chosen(right.room, right.version.ref) if right is not None else None
    receipts = reconciling.match(where.mine, where.view.id, act_of(request), Chosen(left.room, left.version.ref), other)
    newest = list(where.mine.room(where.view.id).state[MATCHED].runs.values())[-1]
    return acknowledged(request, receipts, act_of(request), reverse("matching", args=[where.view.id, newest.seq]))


def _named(where: Here, one: Listable) -> str:
    return f"{where.mine.room(one.room).seats.name}/{one.version.code}"


@require_safe
@login_required
@opened
def matching(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """One matching: its lists, where its pairs and rows stand, and what there is to do."""
    where = found_of(request, room, seq)
    return render(request, "reconciling/matching.html", frame(where) | _summary(where))


def frame(where: Matching) -> dict[str, Any]:
    """What every page of a matching needs."""
    return {
        "room": where.view,
        "run": where.run,
        "left": showing.listed(where, where.run.left),
        "right": showing.listed(where, where.run.right) if where.run.right is not None else None,
        "current": where.current,
        "may": where.may,
        "act": randomness.hex_id(),
    }


def _summary(where: Matching) -> dict[str, Any]:
    stands = Counter((pair.certain, where.stands(pair)) for pair in where.pairs)
    mine = [pair for pair in where.pairs if where.awaits_me(pair)]
    return {
        "certain": sum(n for (certain, _s), n in stands.items() if certain),
        "certain_waiting": sum(pair.certain for pair in mine),
        "doubtful": sum(n for (certain, _s), n in stands.items() if not certain),
        "doubtful_waiting": sum(not pair.certain for pair in mine),
        "second": stands[False, "waits"],
        "disagreed": stands[True, "disagreed"] + stands[False, "disagreed"],
        "alone": len(where.without_pair),
        "settled": sum(n for (_c, s), n in stands.items() if s in {"same", "different", "cannot-tell"}),
        "all": len(where.pairs),
        "compared": where.run.compared,
    }


@require_safe
@login_required
@opened
def pairs(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """The pairs of a matching in a table, those that wait or all."""
    where = found_of(request, room, seq)
    show = request.GET.get("show", "waiting")
    show = show if show in SHOWN else "waiting"
    places = [n for n in range(len(where.pairs)) if _shown(where, n, show)]
    start = _start(request, len(places))
    titles = {
        "waiting": _("Doubtful, waiting for you"),
        "disagreed": _("Judged differently"),
        "doubtful": _("All doubtful"),
        "certain": _("Without a doubt"),
        "put-forward": _("Put forward by people"),
        "all": _("All"),
    }
    context = frame(where) | {
        "show": show,
        "choices": [(code, titles[code]) for code in SHOWN],
        "rows": [showing.pair_line(where, n) for n in places[start : start + EACH]],
        "count": len(places),
        "older": start + EACH if start + EACH < len(places) else None,
        "start": start,
    }
    return render(request, "reconciling/pairs.html", context)


def _shown(where: Matching, place: int, show: str) -> bool:
    pair = where.pairs[place]
    return {
        "waiting": not pair.certain and where.awaits_me(pair),
        "disagreed": where.stands(pair) == "disagreed",
        "doubtful": not pair.certain,
        "certain": pair.certain,
        "put-forward": place >= len(where.found.pairs),
        "all": True,
    }[show]


def _start(request: HttpRequest, count: int) -> int:
    text = request.GET.get("from", "")
    return min(int(text), max(count - 1, 0)) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
