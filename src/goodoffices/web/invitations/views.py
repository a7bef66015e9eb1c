"""Inviting somebody from a room, accepting an invitation, and taking the seat."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from goodoffices.readouts import codes
from goodoffices.readouts.names import names
from goodoffices.readouts.table import talks_of
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.desk import RoomView
from goodoffices.storage.models import Account, Invitation
from goodoffices.talks.scene import Refusal
from goodoffices.web.accounts import keys
from goodoffices.web.accounts.views import BACKEND, get_or_post
from goodoffices.web.acting.desks import account, desk
from goodoffices.web.invitations import offering, seating, taking
from goodoffices.web.invitations.forms import Inviting, Joining

GONE = 410


@get_or_post
@login_required
def invite(request: HttpRequest, room: str) -> HttpResponse:
    """The form of an invitation to a delegation of this room. The link it makes is shown once and kept nowhere."""
    mine = desk(request)
    view = mine.room(room)
    form = Inviting(view, mine.rooms(), request.POST or None)
    if not form.fields["delegation"].choices:  # type: ignore[attr-defined] # a ChoiceField
        raise NotFound
    context: dict[str, Any] = {"room": view, "form": form, "made": _told(account(request))}
    if not form.is_valid():
        return render(request, "invitations/invite.html", context, status=422 if form.errors else 200)
    given = form.cleaned_data
    token = offering.offer(account(request), given["delegation"], given["rooms"], form.details())
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    days = offering.LIFETIME.days
    return render(request, "invitations/made.html", {"room": view, "link": link, "days": days})


@require_safe
@login_required
def invitations(request: HttpRequest) -> HttpResponse:
    """One's own invitations that have not led to a seat yet."""
    return render(request, "invitations/invitations.html", {"made": _told(account(request))})


@require_POST
@login_required
def withdraw(request: HttpRequest, digest: str) -> HttpResponse:
    if not offering.withdraw(account(request), digest):
        raise NotFound
    messages.success(request, _("The invitation is taken back; its link leads nowhere now."))
    return redirect("invitations")


@get_or_post
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What one is invited to, as the inviter wrote it; accepting makes an account, or takes the one signed in.

    Looking at it uses nothing up. A link that is none, was used, is too old or leads nowhere gets one answer.
    """
    mine = request.user if isinstance(request.user, Account) else None
    found = taking.found(token, mine)
    rooms = offering.standing(found) if found else []
    if found is None or not rooms:
        return _gone(request)
    if found.invitee_id is not None:
        return redirect("joining")
    start = {"called": slugify(found.details.get("name", ""))[:40]}
    form = None if mine else Joining(request.POST or None, initial=start)
    if request.method == "POST" and (form is None or form.is_valid()):
        return _taken(request, token, mine, form.cleaned_data if form else {})
    context = {**_shown(found, rooms), "form": form, "here": request.path}
    return render(request, "invitations/invitation.html", context, status=422 if form and form.errors else 200)


@require_safe
@login_required
def joining(request: HttpRequest) -> HttpResponse:
    """What one has accepted and not sat down to yet, one after the other: the passkey first, then the seat."""
    mine = account(request)
    waiting = taking.waiting(mine)
    if not waiting:
        return redirect("my-talks")
    rooms = offering.standing(waiting[0])
    context = {**_shown(waiting[0], rooms), "passkeys": keys.passkeys(mine), "rooms": rooms}
    return render(request, "invitations/joining.html", context)


@require_POST
@login_required
def seat(request: HttpRequest, digest: str) -> HttpResponse:
    """Take the seat. A repeat, and a link whose seat was taken a moment ago, lead to the talks."""
    mine = account(request)
    found = next((one for one in taking.waiting(mine) if one.digest == digest), None)
    if found is None:
        if not Invitation.objects.filter(digest=digest, invitee=mine).exists():
            raise NotFound
        return redirect("my-talks")
    try:
        seating.take_seat(found, mine)
    except NotFound:
        return _gone(request)
    except Refusal as refusal:
        messages.error(request, _("Nothing was written. {why}").format(why=refusal))
        return redirect("joining")
    messages.success(request, _("You have taken your seat; your accreditation is on the record."))
    if taking.waiting(mine):
        return redirect("joining")
    return redirect("mfa_view_recovery_codes" if keys.passkeys(mine) else "my-talks")


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "invitations/gone.html", status=GONE)


def _taken(request: HttpRequest, token: str, mine: Account | None, given: dict[str, Any]) -> HttpResponse:
    if mine is not None:
        return redirect("joining") if taking.take(token, mine) else _gone(request)
    new = taking.take_anew(token, given["called"], given["password"], given["zone"])
    if new is None:
        return _gone(request)
    login(request, new, backend=BACKEND)
    record_authentication(request, new, "password", username=new.username, reauthenticated=True)
    return redirect("joining")


def _told(inviter: Account) -> list[dict[str, Any]]:
    return [_shown(one, offering.standing(one)) for one in offering.made(inviter)]


def _shown(one: Invitation, rooms: Iterable[RoomView]) -> dict[str, Any]:
    """An invitation in words: of the record only what its inviter may read, and names nobody but the delegation."""
    views = list(rooms)
    first = views[0] if views else None
    return {
        "invitation": one,
        "details": one.details,
        "level": codes.level(one.details["level"], _) if one.details.get("level") else "",
        "rooms": views,
        "delegation": names(first, (), (), _).delegation(one.delegation) if first else "",
        "talks": next((title for _id, _name, title in talks_of(views, translate=_)), ""),
    }
