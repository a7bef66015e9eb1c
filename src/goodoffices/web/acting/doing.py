"""Doing steps from a page of their own: refused in place, signed on the page for signing, acknowledged."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodoffices.record.store import StoreFull
from goodoffices.secretariat.acts import Request, Step
from goodoffices.secretariat.desk import Desk, Receipt, SignatureNeeded
from goodoffices.talks.scene import Refusal
from goodoffices.web.acting import drafts
from goodoffices.web.acting.addresses import back
from goodoffices.web.acting.desks import account
from goodoffices.web.acting.views import acknowledged

_ACT = re.compile("[0-9a-f]{32}")


def act_of(request: HttpRequest) -> str:
    """The id of the act that a page's form carries. Raises ``Refusal``."""
    act = request.POST.get("act", "")
    if not _ACT.fullmatch(act):
        raise Refusal(_("This page was incomplete. Go back to the room and begin anew; nothing was written."))
    return act


def done(request: HttpRequest, mine: Desk, steps: Sequence[Step]) -> HttpResponse:
    """Do these steps as one act, and go on to signing, or back to what it was about. Raises ``Refusal``."""
    act, first = act_of(request), steps[0]
    return doing(request, mine, act, first, lambda: mine.act(Request(act, tuple(steps))))


def doing(request: HttpRequest, mine: Desk, act: str, first: Step, do: Callable[[], list[Receipt]]) -> HttpResponse:
    """The same for an act that ``do`` does, whose first step is like ``first``."""
    try:
        receipts = do()
    except SignatureNeeded as needed:
        drafts.keep(account(request), needed.prepared)
        return redirect("sign", act=act)
    except StoreFull as error:
        raise Refusal(_("The host's disk is full. Nothing was written; send it again later.")) from error
    return acknowledged(request, receipts, act, back(mine.room(first.room).state, first.command, first.raw))
