"""A side names people it holds into the room of the exchange, from its own list, knowing of no match."""

from __future__ import annotations

import re

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from goodoffices.prisoners.leaves import ALL, NUMBERS, spans
from goodoffices.prisoners.lists.fields import FIELDS
from goodoffices.prisoners.named import MOST
from goodoffices.prisoners.rosters import Roster
from goodoffices.secretariat import lists, naming
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.lists import Gone, KeyMissing
from goodoffices.secretariat.reconciling import Chosen
from goodoffices.talks.scene import Refusal
from goodoffices.web import randomness
from goodoffices.web.acting.views import acknowledged, get_or_post
from goodoffices.web.lists.finding import act, here, names_own, version

_SAID = ("category", "rank")  # ticked at first


@get_or_post
@login_required
def name_own(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """Name people by their numbers on this list."""
    found = here(request, room)
    known = version(found, seq)
    if not names_own(found, known):
        raise NotFound
    exchange = found.mine.room(found.state.exchange)
    numbers, said = request.POST.get("numbers", "").strip(), request.POST.getlist("said")
    fault = ""
    if request.method == "POST":
        try:
            done, some = act(request), _some(numbers, lists.read(found.view, known.ref))
            receipts = naming.name_own(found.mine, exchange.id, done, Chosen(room, known.ref), some, said)
        except (Refusal, Gone, KeyMissing) as refusal:
            fault = str(refusal)
        else:
            return acknowledged(request, receipts, done, reverse("persons", args=[exchange.id]))
    context = found.frame() | {
        "version": known,
        "list_url": reverse("list", args=[room, known.seq]),
        "exchange": exchange,
        "most": MOST,
        "always": [_(FIELDS[key].label) for key in naming.ALWAYS],
        "fields": [(key, _(FIELDS[key].label)) for key in naming.MAY],
        "said": said if request.method == "POST" else _SAID,
        "numbers": numbers,
        "act": request.POST.get("act") or randomness.hex_id(),
        "fault": fault,
    }
    return render(request, "lists/name.html", context, status=422 if fault else 200)


def _some(numbers: str, roster: Roster) -> list[str]:
    """The numbers of rows meant. A number that nobody on the list bears is kept, to be refused."""
    if numbers == ALL:
        return list(roster.by_number)
    if not re.fullmatch(NUMBERS, numbers):
        raise Refusal(_("Say whom: all, or numbers of this list such as 3, 7-9."))
    some: list[str] = []
    for first, last in spans(numbers):
        if last - first >= MOST:
            raise Refusal(_("One entry names at most {most} people. Name them in several.").format(most=MOST))
        some += map(str, range(first, last + 1))
    return some
