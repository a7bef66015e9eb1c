"""The page of one stage at one point, made for a phone: a number, and what happened to its person.

It works by an ordinary form; the module in ``browser/`` makes it work without a connection (docs/design/handover.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from goodoffices.prisoners.handover.course import Stage
from goodoffices.prisoners.handover.outcomes import BOARDED, OBSERVED, TAKEN_BACK
from goodoffices.prisoners.named import NUMBER
from goodoffices.readouts import codes
from goodoffices.secretariat.acts import NotFound, Request, Step
from goodoffices.talks.scene import Refusal
from goodoffices.web import randomness
from goodoffices.web.acting.views import get_or_post
from goodoffices.web.handover import showing
from goodoffices.web.handover.finding import Here, here, stage_of
from goodoffices.web.handover.views import ACT

OWN = 20  # newest observations of one's own that are listed, to be taken back
LISTED = 5  # numbers named in a refusal


@dataclass(frozen=True)
class Number:
    """One person of this stage at this point. ``what``: the outcome's code; ``said``: in words."""

    number: str
    side: str
    what: str
    said: str
    contradicted: bool

    @property
    def settled(self) -> bool:
        return self.what not in {"", BOARDED} and not self.contradicted


@get_or_post
@login_required
def point(request: HttpRequest, room: str, stage: int, point: str) -> HttpResponse:
    """The numbers of one stage at one point; posting observes one of them, or takes an observation back."""
    found = here(request, room)
    one = stage_of(found, stage)
    plan = found.state.plans.get(one.plan)
    if point not in {one.at(number) for number in one.numbers()} and (plan is None or point not in plan.points):
        raise NotFound
    if request.method != "POST":
        return _page(request, found, one, point)
    try:
        said = _observe(request, found, one, point)
    except Refusal as refusal:
        return _page(request, found, one, point, str(refusal))
    messages.success(request, said)
    return redirect(request.path)


def _page(request: HttpRequest, found: Here, one: Stage, point: str, fault: str = "") -> HttpResponse:
    numbers = [_number(found, one, n) for n in one.numbers() if one.at(n) == point or _seen_at(one, n, point)]
    context: dict[str, Any] = {
        "room": found.view,
        "stage": showing.one(found, one),
        "point": found.point(one, point),
        "plan": one.plan,
        "numbers": sorted(numbers, key=lambda one: one.settled),  # those still to be observed first
        "left": sum(not one.settled for one in numbers),
        "whats": [(what, codes.outcome(what, _).capitalize()) for what in OBSERVED if what != TAKEN_BACK],
        "own": showing.own(found, one, point, OWN) if found.observes else [],
        "observes": found.observes,
        "handover_url": reverse("handover", args=[found.view.id]),
        "venue": found.venue,
        "fault": fault,
        "act": randomness.hex_id(),
        "typed": request.POST.get("number", "") if fault else "",
        "data": _data(found, one, point),
    }
    return render(request, "handover/point.html", context, status=422 if fault else 200)


def _data(found: Here, one: Stage, point: str) -> dict[str, Any]:
    """What the module knows without a connection: who works here, and what the observations are about."""
    where = {"room": found.view.id, "plan": one.plan, "stage": one.number, "point": point}
    return {
        "person": found.mine.person,
        "queue": reverse("observations", args=[found.view.id]),
        "sign_in": reverse("account_login"),
        "pattern": NUMBER,
        **where,
    }


def _number(found: Here, one: Stage, number: str) -> Number:
    planned, outcome = one.persons.get(number), one.outcome.get(number)
    return Number(
        number,
        found.names.delegation(planned.side) if planned is not None else "",
        outcome.what if outcome is not None else "",
        codes.outcome(outcome.what, _) if outcome is not None else "",
        outcome is not None and outcome.contradicted,
    )


def _seen_at(one: Stage, number: str, point: str) -> bool:
    return number in one.outcome and one.outcome[number].point == point


def _observe(request: HttpRequest, found: Here, one: Stage, point: str) -> str:
    """Enter what the form says; gives the sentence that says so. Raises ``Refusal``."""
    act, what = request.POST.get("act", ""), request.POST.get("what", "")
    if not ACT.fullmatch(act) or what not in OBSERVED:
        raise Refusal(_("This page was incomplete. Load it anew; nothing was written."))
    number = _meant(found, one, point, request.POST.get("number", ""))
    raw = {
        "plan": request.POST.get("plan", ""),
        "stage": one.number,
        "point": point,
        "number": number,
        "what": what,
        "device": act,  # a form is a device of its own, with one observation
        "counter": 1,
    }
    corrects = request.POST.get("corrects", "")
    found.mine.act(Request(act, (Step(found.view.id, "observe", raw | ({"corrects": corrects} if corrects else {})),)))
    said = codes.outcome(what, _)
    return _("On the record: {number} {what}.").format(number=number, what=said)


def _meant(found: Here, one: Stage, point: str, typed: str) -> str:
    """The number at this point that ends so, or one of the plan that was typed in full. Raises ``Refusal``."""
    text = typed.strip().upper()
    if not text:
        raise Refusal(_("Type a manifest number, or its last characters."))
    ends = [number for number in one.numbers() if one.at(number) == point and number.endswith(text)]
    if text in ends or len(ends) == 1:
        return text if text in ends else ends[0]
    if ends:
        some = ", ".join(ends[:LISTED]) + (" …" if len(ends) > LISTED else "")
        raise Refusal(_("Several numbers end in {text}: {some}. Type more of it.").format(text=text, some=some))
    if not any(plan.was and plan.holds(text) for plan in found.state.plans.values()):
        raise Refusal(_("No number here ends in {text}. Check it against the manifest.").format(text=text))
    return text
