"""One's calendar: the page that gives and takes back its secret address, a download, and what is at that address."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from goodoffices.readouts.appointments import appointments
from goodoffices.secretariat.desk import Desk
from goodoffices.storage.models import Account, CalendarLink
from goodoffices.storage.models.accounts import digest
from goodoffices.web import randomness
from goodoffices.web.acting.desks import account, office
from goodoffices.web.calendars.writing import written
from goodoffices.web.public.serving import conditional
from goodoffices.web.talks.views import seated

MEDIA = "text/calendar; charset=utf-8"
ASK_AGAIN = "private, no-cache"  # kept by the program that asked, and asked for anew each time
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@login_required
def calendar(request: HttpRequest) -> HttpResponse:
    """Make a secret address, which is shown once, or take it back."""
    mine = account(request)
    if "revoke" in request.POST:
        CalendarLink.objects.filter(account=mine).delete()
        messages.success(request, _("That address shows nothing any more."))
        return redirect("calendar")
    address = _made(request, mine) if request.method == "POST" else ""
    found = CalendarLink.objects.filter(account=mine).first()
    return render(request, "calendars/calendar.html", {"link": found, "address": address})


@require_safe
@login_required
def download(request: HttpRequest) -> HttpResponse:
    """The calendar as a file, as it is now."""
    response = HttpResponse(_calendar(request, account(request), words=True), content_type=MEDIA)
    response["Content-Disposition"] = 'attachment; filename="talks.ics"'
    return response


@require_safe
def followed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar at a secret address: as its owner may read their rooms at this moment, whoever asks."""
    link = CalendarLink.objects.filter(digest=digest(token), account__is_active=True).select_related("account").first()
    if link is None:
        raise Http404
    return conditional(request, _calendar(request, link.account, words=link.words), None, MEDIA, ASK_AGAIN)


def _made(request: HttpRequest, mine: Account) -> str:
    token = randomness.token()
    new = {"digest": digest(token), "words": request.POST.get("words") == "all", "made": timezone.now()}
    CalendarLink.objects.update_or_create(account=mine, defaults=new)
    return request.build_absolute_uri(reverse("followed-calendar", args=[token]))


def _calendar(request: HttpRequest, mine: Account, *, words: bool) -> bytes:
    desk = Desk(office(), mine.person)
    rooms = seated(desk, desk.rooms())
    now = datetime.fromisoformat(desk.office.clock())
    return written(appointments(rooms, now, _), request.build_absolute_uri("/").rstrip("/"), words=words)
