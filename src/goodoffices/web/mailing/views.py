"""Pages of letters: asking for them, and what the links in them lead to.

Links change nothing by being looked at: mail scanners and previews open them. What they lead to works without signing
in, without a cookie and without a script; a link that is not ours, or was altered, is told apart before any row is
looked at, and changes nothing.
"""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from goodoffices.storage.models import Reminders
from goodoffices.web.acting.desks import account, office
from goodoffices.web.mailing import reminding, subscribing, tokens
from goodoffices.web.mailing.forms import Address
from goodoffices.web.mailing.settings import sends
from goodoffices.web.public import finding

GONE = 410
TRIES = 60  # addresses given from one place in an hour; a whole newsroom may sit behind one
OWN = 6  # addresses that an account's owner gives in an hour
HOUR = 60 * 60
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@csrf_exempt  # it stands on nobody's session: who would be made to send it could as well be written to directly
@get_or_post
def subscribe(request: HttpRequest, talks: str) -> HttpResponse:
    """Give an address to be told when something is published. The answer does not tell whether it was known."""
    one = finding.one(office(), talks)
    if not sends() or not one.spoken:
        raise Http404
    if "asked" in request.GET:
        return render(request, "mailing/asked.html", {"talks": one})
    form = Address(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "mailing/asking.html", {"talks": one, "form": form})
    if not _allowed(f"subscribe-{get_adapter().get_client_ip(request)}", TRIES):
        return render(request, "429.html", status=429)
    subscribing.ask(one.id, form.cleaned_data["address"], _base(request))
    return redirect(f"{request.path}?asked")


@csrf_exempt  # the link itself is the proof
@get_or_post
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the first letter: a button, and what it does."""
    id = tokens.read("confirm", token)
    found = subscribing.waiting(id) if id else None
    if found is None:
        return _not_ours(request)
    one = finding.one(office(), found.talks)
    if request.method == "POST":
        subscribing.confirm(found.id, one)
    done = request.method == "POST" or found.confirmed is not None
    return render(request, "mailing/confirm.html", {"talks": one, "done": done})


@csrf_exempt  # mail programs post here (RFC 8058), and they have neither session nor token of a form
@get_or_post
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The link of every further letter, for a person (a button) and for a mail program (one click)."""
    id = tokens.read("stop", token)
    if id is None:
        return _not_ours(request)
    if request.method == "POST":
        subscribing.stop(id)
    return render(request, "mailing/stop.html", {"done": request.method == "POST"})


@get_or_post
@login_required
def reminders(request: HttpRequest) -> HttpResponse:
    """One's own reminders: asked for, and ended."""
    if not sends():
        raise Http404
    mine = account(request)
    if "stop" in request.POST:
        reminding.stop(mine.person)
        messages.success(request, _("You are not reminded any more; your address is forgotten."))
        return redirect("reminders")
    form = Address(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not _allowed(f"remind-{mine.person}", OWN):
            return render(request, "429.html", status=429)
        if reminding.ask(mine, form.cleaned_data["address"], _base(request)):
            messages.success(request, _("A letter with a link is on its way to that address. Confirm it there."))
        else:
            messages.error(request, _("A letter was sent less than an hour ago. Look for it, or try again later."))
        return redirect("reminders")
    known = Reminders.objects.filter(account=mine).first()
    return render(request, "mailing/reminders.html", {"form": form, "known": known})


@csrf_exempt  # as confirm
@get_or_post
def confirm_reminders(request: HttpRequest, token: str) -> HttpResponse:
    id = tokens.read("confirm-reminders", token)
    found = reminding.waiting(id) if id else None
    if found is None:
        return _not_ours(request)
    if request.method == "POST":
        reminding.confirm(found.id)
    done = request.method == "POST" or found.confirmed is not None
    return render(request, "mailing/confirm.html", {"talks": None, "done": done})


@csrf_exempt  # as stop
@get_or_post
def stop_reminders(request: HttpRequest, token: str) -> HttpResponse:
    id = tokens.read("stop-reminders", token)
    if id is None:
        return _not_ours(request)
    if request.method == "POST":
        reminding.stop_by_link(id)
    return render(request, "mailing/stop.html", {"done": request.method == "POST"})


def _not_ours(request: HttpRequest) -> HttpResponse:
    return render(request, "mailing/gone.html", status=GONE)


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _allowed(key: str, most: int) -> bool:
    """Whether addresses are not given too often: counted by who gives them, and by nothing of the talks."""
    cache.add(key, 0, HOUR)
    return bool(cache.incr(key) <= most)
