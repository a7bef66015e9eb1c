"""The pages of a handover: all stages with what each side owes, and one stage with its countersigning."""

from __future__ import annotations

import re

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodoffices.prisoners.handover.course import Stage
from goodoffices.prisoners.handover.statement import statement as statement_of
from goodoffices.secretariat.acts import NotFound, Request, Step
from goodoffices.secretariat.desk import SignatureNeeded
from goodoffices.talks.scene import Refusal
from goodoffices.web import randomness
from goodoffices.web.acting import drafts
from goodoffices.web.acting.desks import account
from goodoffices.web.acting.views import acknowledged, get_or_post
from goodoffices.web.handover import showing
from goodoffices.web.handover.finding import Here, here, stage_of

ACT = re.compile("[0-9a-f]{32}")


@require_safe
@login_required
def handover(request: HttpRequest, room: str) -> HttpResponse:
    """Every stage by day and point, and what each side owes."""
    found = here(request, room)
    context = {
        "room": found.view,
        "stages": showing.stages(found),
        "owed": showing.owed(found),
        "in_force": found.state.plan is not None,
        "observes": found.observes,
        "neutral": len(found.signers) > len(found.view.seats.parties),
    }
    return render(request, "handover/handover.html", context)


@get_or_post
@login_required
def stage(request: HttpRequest, room: str, stage: int) -> HttpResponse:
    """One stage: planned, observed, missing, contradicted; posting countersigns it."""
    found = here(request, room)
    one = stage_of(found, stage)
    if request.method != "POST":
        return _stage(request, found, one)
    try:
        return _countersign(request, found, one)
    except Refusal as refusal:
        return _stage(request, found, one, str(refusal))


@require_safe
@login_required
def statement(request: HttpRequest, room: str, stage: int) -> HttpResponse:
    """What is countersigned, to the byte: its SHA-256 is the digest. Raises ``NotFound`` before it is complete."""
    found = here(request, room)
    one = stage_of(found, stage)
    if not one.complete:
        raise NotFound
    answer = HttpResponse(statement_of(one.number, one.day, one.outcome), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="stage-{one.number}.json"'
    return answer


def _stage(request: HttpRequest, found: Here, one: Stage, fault: str = "") -> HttpResponse:
    context = {
        "room": found.view,
        "stage": showing.one(found, one),
        "complete": one.complete,
        "digest": one.digest if one.complete else "",
        "plan": one.plan,
        "planned": len(one.persons),
        "groups": showing.groups(found, one),
        "missing": showing.missing(one),
        "besides": showing.besides(found, one),
        "contradictions": showing.contradictions(found, one),
        "signatures": showing.signatures(found, one),
        "owed": showing.owed(found, one),
        "observes": found.observes,
        "handover_url": reverse("handover", args=[found.view.id]),
        "venue": found.venue,
        "fault": fault,
        "act": randomness.hex_id(),
    }
    return render(request, "handover/stage.html", context, status=422 if fault else 200)


def _countersign(request: HttpRequest, found: Here, one: Stage) -> HttpResponse:
    """Go on to sign exactly what the page showed: the digest comes from the form. Raises ``Refusal``."""
    act, digest = request.POST.get("act", ""), request.POST.get("digest", "")
    if not ACT.fullmatch(act):
        raise Refusal(_("This page was incomplete. Load it anew; nothing was written."))
    raw = {"plan": one.plan, "stage": one.number, "digest": digest}
    try:
        receipts = found.mine.act(Request(act, (Step(found.view.id, "countersign-stage", raw),)))
    except SignatureNeeded as needed:
        drafts.keep(account(request), needed.prepared)
        return redirect("sign", act=act)
    return acknowledged(request, receipts, act, reverse("handover-stage", args=[found.view.id, one.number]))
