"""Doing a step of an exchange from its page: refused in place, signed on the page for signing, acknowledged."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from goodoffices.record.store import StoreFull
from goodoffices.secretariat.acts import Request, Step
from goodoffices.secretariat.desk import SignatureNeeded
from goodoffices.talks.scene import Refusal
from goodoffices.web.acting import drafts
from goodoffices.web.acting.addresses import back
from goodoffices.web.acting.desks import account
from goodoffices.web.acting.views import acknowledged
from goodoffices.web.sealing.finding import Here

_ACT = re.compile("[0-9a-f]{32}")


def done(request: HttpRequest, here: Here, steps: Sequence[Step]) -> HttpResponse:
    """Do these steps as one act, and go on to signing, or back to what it was about. Raises ``Refusal``."""
    act = request.POST.get("act", "")
    if not _ACT.fullmatch(act):
        raise Refusal(_("This page was incomplete. Go back to the room and begin anew; nothing was written."))
    try:
        receipts = here.mine.act(Request(act, tuple(steps)))
    except SignatureNeeded as needed:
        drafts.keep(account(request), needed.prepared)
        return next_page(request, reverse("sign", args=[act]))
    except StoreFull as error:
        raise Refusal(_("The host's disk is full. Nothing was written; send it again later.")) from error
    room, first = here.mine.room(here.view.id), steps[0]
    answer = acknowledged(request, receipts, act, back(room.state, first.command, first.raw))
    return next_page(request, answer["Location"])


def wants_json(request: HttpRequest) -> bool:
    """Whether the page's module asks, which shows the answer itself."""
    return request.headers.get("Accept", "") == "application/json"


def next_page(request: HttpRequest, address: str) -> HttpResponse:
    return JsonResponse({"next": address}) if wants_json(request) else redirect(address)


def fault(why: str) -> HttpResponse:
    """A refusal, for the page's module to show."""
    return JsonResponse({"fault": why}, status=422)
