"""The secretariat's refusals as pages: nothing here for you, a room that is behind, and what may not be done.

Views let these through. What a person may not see and what does not exist are one exception and one page.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from goodoffices.prisoners.lists.tables import BadList
from goodoffices.record.signatures import BadSignature
from goodoffices.record.store import StoreFull
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.cabinet import CabinetUnusable, KeyMissing
from goodoffices.secretariat.locked import Gone
from goodoffices.secretariat.office import RoomBehind
from goodoffices.talks.scene import Refusal
from goodoffices.web.middleware import Middleware

LOST = "\N{REPLACEMENT CHARACTER}"  # what Django puts where bytes are no UTF-8


class Walls(Middleware):
    """Answers what the secretariat raised. ``RoomBehind`` is raised only to those who may read the room.

    A form that is not UTF-8 is refused before any view sees it: what cannot be read must not stand on a record.
    """

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        if request.content_type == "application/x-www-form-urlencoded" and not request.body.isascii():
            raise BadRequest("bytes that no form has")  # Django would take them for Latin letters
        given = (*request.GET.lists(), *request.POST.lists())
        if any(LOST in text for name, values in given for text in (name, *values)):
            raise BadRequest("not UTF-8")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotFound):
            raise Http404 from exception
        if isinstance(exception, RoomBehind | CabinetUnusable | KeyMissing):
            return render(request, "503.html", {"why": str(exception)}, status=503)
        if isinstance(exception, Refusal | BadSignature | BadList | Gone):
            return render(request, "422.html", {"why": str(exception)}, status=422)
        if isinstance(exception, StoreFull):
            why = _(
                "The host's disk is full. Nothing was written, and nothing is lost: go back and send it again later."
            )
            return render(request, "422.html", {"why": why}, status=507)
        return None
