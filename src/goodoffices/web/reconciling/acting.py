"""Doing an act from a page of a matching: refused in place, acknowledged, and on to the next page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from goodoffices.record.store import StoreFull
from goodoffices.secretariat.acts import Request, Step
from goodoffices.secretariat.cabinet import CabinetUnusable
from goodoffices.talks.scene import Refusal
from goodoffices.web.acting.views import acknowledged
from goodoffices.web.reconciling.finding import UNREADABLE, Here

_ACT = re.compile("[0-9a-f]{32}")

View = Callable[..., HttpResponse]


def act_of(request: HttpRequest) -> str:
    """The id in the form. Raises ``Refusal``."""
    act = request.POST.get("act", "")
    if not _ACT.fullmatch(act):
        raise Refusal(_("This page was incomplete. Load it anew; nothing was written."))
    return act


def done(request: HttpRequest, where: Here, command: str, raw: Mapping[str, Any], to: str) -> HttpResponse:
    """Do one command in this room and go ``to`` an address. Raises ``Refusal``."""
    act = act_of(request)
    try:
        receipts = where.mine.act(Request(act, (Step(where.view.id, command, raw),)))
    except StoreFull as error:
        raise Refusal(_("The host's disk is full. Nothing was written; send it again later.")) from error
    return acknowledged(request, receipts, act, to)


def opened(view: View) -> View:
    """A page of what may be erased or lack its key: it then says so, and the record stays readable."""

    @wraps(view)
    def answer(request: HttpRequest, room: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, room, *args, **kwargs)
        except (*UNREADABLE, CabinetUnusable) as error:
            return render(request, "reconciling/unreadable.html", {"why": str(error), "room_id": room}, status=409)

    return answer


def again(page: Callable[[str], HttpResponse], act: Callable[[], HttpResponse]) -> HttpResponse:
    """What the act leads to, or the page anew with why it was refused."""
    try:
        return act()
    except Refusal as refusal:
        return page(str(refusal))
