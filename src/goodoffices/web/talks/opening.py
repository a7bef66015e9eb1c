"""Opening talks: the form from which a host begins."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.binding import BadField
from goodoffices.talks.opening import OpenTalks
from goodoffices.talks.scene import Refusal
from goodoffices.web import randomness
from goodoffices.web.accounts import keys
from goodoffices.web.acting.choosing import Nothing
from goodoffices.web.acting.desks import account, desk
from goodoffices.web.acting.form import CommandForm
from goodoffices.web.acting.views import get_or_post


@get_or_post
@login_required
def open_talks(request: HttpRequest) -> HttpResponse:
    """The form; posting it opens the talks. Raises ``NotFound`` for who may not open any."""
    if not account(request).may_open_talks:
        raise NotFound
    if request.method != "POST":
        first = {"act": randomness.hex_id(), "sides-0-role": "party", "sides-1-role": "party"}
        return _form(request, CommandForm(OpenTalks, {}, Nothing(), initial=first))
    form = CommandForm(OpenTalks, {}, Nothing(), request.POST)
    if not form.is_valid():
        return _form(request, form)
    raw: dict[str, Any] = form.raw() | {"keys": keys.signing_keys(account(request))}
    mine = desk(request)
    try:
        receipts = mine.open_talks(form.cleaned_data["act"], raw)
    except BadField as refusal:
        form.refused(refusal.name, str(refusal))
    except Refusal as refusal:
        form.refused("", str(refusal))
    else:
        messages.success(request, _("The talks are open. Next: accredit the delegates, or invite them."))
        return redirect("talks", talks=mine.room(receipts[0].room).seats.talks)
    return _form(request, form)


def _form(request: HttpRequest, form: CommandForm) -> HttpResponse:
    return render(request, "talks/open.html", {"form": form}, status=422 if form.errors else 200)
