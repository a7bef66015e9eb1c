"""Judging pairs: one at a time, side by side, or many at once where the program finds nothing to doubt."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from goodoffices.prisoners.judging import VERDICTS
from goodoffices.prisoners.matching.found import Pair
from goodoffices.prisoners.reconciling import GROUNDS
from goodoffices.readouts import reconciling as said
from goodoffices.secretariat.acts import NotFound
from goodoffices.talks.scene import Refusal
from goodoffices.web.acting.views import get_or_post
from goodoffices.web.reconciling import showing
from goodoffices.web.reconciling.acting import again, done, opened
from goodoffices.web.reconciling.finding import Matching, matching
from goodoffices.web.reconciling.matchings import frame

AT_ONCE = 25
"""Certain pairs on one page: as many as a person looks at before deciding."""
KEYS = {"same": "s", "different": "d", "cannot-tell": "c"}


@require_safe
@login_required
@opened
def pair(request: HttpRequest, room: str, seq: int, place: int) -> HttpResponse:
    """One pair, side by side."""
    where = matching(request, room, seq)
    if place >= len(where.pairs):
        raise NotFound
    return _pair(request, where, where.pairs[place], place)


@require_safe
@login_required
@opened
def following(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """Goes to the next doubtful pair that waits for this person."""
    return redirect(_next(request, matching(request, room, seq), -1))


@require_POST
@login_required
@opened
def judge(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """Judge the pair whose rows were posted; without a verdict, show them: a pair that a person puts forward."""
    where = matching(request, room, seq)
    left, right = request.POST.get("left", ""), request.POST.get("right", "")
    place = next((n for n, p in enumerate(where.pairs) if (p.left, p.right) == (left, right)), None)
    if place is None and not where.found.has(left, right):
        raise NotFound
    shown = where.pair_of(left, right)
    if "act" not in request.POST:
        return _pair(request, where, shown, place)
    return again(partial(_pair, request, where, shown, place), lambda: _judged(request, where, left, right, place))


def _judged(request: HttpRequest, where: Matching, left: str, right: str, place: int | None) -> HttpResponse:
    raw = {
        "run": where.run.ref,
        "left": left,
        "right": right,
        "verdict": request.POST.get("verdict", ""),
        "grounds": request.POST.getlist("grounds"),
        "reason": request.POST.get("reason", "").strip(),
    }
    if raw["verdict"] not in VERDICTS:
        raise Refusal(_("Say whether they are one person, two, or that it cannot be told."))
    answer = done(request, where, "judge-pair", raw, reverse("matching", args=[where.view.id, where.run.seq]))
    after = matching(request, where.view.id, where.run.seq)
    answer["Location"] = _next(request, after, place if place is not None else -1)
    return answer


def _next(request: HttpRequest, where: Matching, after: int) -> str:
    place = where.following(after)
    if place is not None:
        return reverse("pair", args=[where.view.id, where.run.seq, place])
    messages.info(request, _("No doubtful pair waits for you."))
    return reverse("matching", args=[where.view.id, where.run.seq])


def _pair(request: HttpRequest, where: Matching, shown: Pair, place: int | None, fault: str = "") -> HttpResponse:
    about = where.about(shown.left, shown.right)
    opinions, others = showing.opinions(where, about)
    stands = about.stands if about is not None else "open"
    right = "left" if where.run.right is None else "right"
    ours, theirs = where.row("left", shown.left), where.row(right, shown.right)
    waiting = [n for n, p in enumerate(where.pairs) if not p.certain and where.awaits_me(p)]
    rivals = [n for n, p in enumerate(where.pairs) if n != place and (p.left == shown.left or p.right == shown.right)]
    context = frame(where) | {
        "place": place,
        "pair": shown,
        "fields": showing.fields(ours, theirs, shown.reasons),
        "line_left": showing.line(ours, shown.left),
        "line_right": showing.line(theirs, shown.right),
        "weight": showing.weight(shown),
        "stands": stands,
        "standing": said.pair_standing(stands, _),
        "opinions": opinions,
        "others": others,
        "verdicts": [(code, said.verdict(code, _), KEYS[code]) for code in VERDICTS],
        "grounds": [(code, said.ground(code, _), str(n)) for n, code in enumerate(GROUNDS, 1)],
        "rivals": [showing.pair_line(where, n) for n in rivals],
        "left_out": [showing.other_line(where, p) for p in where.left_out(shown)],
        "waiting": len(waiting),
        "next": next((n for n in waiting if place is None or n > place), None),
        "previous": next((n for n in reversed(waiting) if place is not None and n < place), None),
        "fault": fault,
        "given": request.POST,
        "given_grounds": request.POST.getlist("grounds"),
    }
    return render(request, "reconciling/pair.html", context, status=422 if fault else 200)


@get_or_post
@login_required
@opened
def certain(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """Pairs with nothing to doubt that nobody has judged, to be looked at and taken many at once."""
    where = matching(request, room, seq)
    if request.method != "POST":
        return _certain(request, where)
    return again(partial(_certain, request, where), lambda: _taken(request, where))


def _certain(request: HttpRequest, where: Matching, fault: str = "") -> HttpResponse:
    waiting = [n for n, p in enumerate(where.found.pairs) if p.certain and where.stands(p) == "open"]
    passed = request.GET.get("after", "")
    after = int(passed) if passed.isascii() and passed.isdecimal() and len(passed) < 9 else -1
    places = [n for n in waiting if n > after][:AT_ONCE]
    context = frame(where) | {
        "rows": [showing.pair_line(where, n) for n in places],
        "waiting": len(waiting),
        "more": places[-1] if places and places[-1] != waiting[-1] else None,
        "fault": fault,
        "given": request.POST,
        "chosen": request.POST.getlist("pair"),
    }
    return render(request, "reconciling/certain.html", context, status=422 if fault else 200)


def _taken(request: HttpRequest, where: Matching) -> HttpResponse:
    rows = [given.partition("/") for given in request.POST.getlist("pair")]
    raw = {
        "run": where.run.ref,
        "pairs": [{"left": left, "right": right} for left, _sep, right in rows],
        "looked": request.POST.get("looked") == "yes",
        "reason": request.POST.get("reason", "").strip(),
    }
    if not rows:
        raise Refusal(_("Nothing is chosen."))
    return done(request, where, "judge-pairs", raw, reverse("certain-pairs", args=[where.view.id, where.run.seq]))
