"""Taking a list out, erasing a person from one, and erasing a whole one: each said plainly before it is done."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from goodoffices.prisoners.filed import Version
from goodoffices.prisoners.taking_out import FORMS
from goodoffices.readouts import codes
from goodoffices.secretariat import list_erasing, list_exports
from goodoffices.secretariat.acts import NotFound, Request, Step
from goodoffices.talks.corrections import REASONS
from goodoffices.talks.scene import Refusal
from goodoffices.web import randomness
from goodoffices.web.acting.views import acknowledged, get_or_post
from goodoffices.web.lists.finding import Here, act, here, version
from goodoffices.web.lists.views import Shown, shown

_CITATION = re.compile("r:[0-9a-f]{64}")


@get_or_post
@login_required
def export(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """Take a version of a list out as an age file; the entry that says so comes first."""
    found = here(request, room)
    known = version(found, seq)
    if not found.takes_out or known.erased:
        raise NotFound
    fault = ""
    if request.method == "POST":
        keys = request.POST.get("recipients", "").replace(",", " ").split()
        form, why = request.POST.get("form", ""), request.POST.get("reason", "").strip()
        try:
            content = list_exports.export(found.mine, room, act(request), known.ref, form, keys, why)
        except Refusal as refusal:
            fault = str(refusal)
        else:
            return _sent(content, list_exports.name(known.code, known.version, form))
    context = _frame(found, known) | {
        "forms": [(form, form.upper()) for form in FORMS],
        "form": request.POST.get("form", FORMS[0]),
        "recipients": request.POST.get("recipients", ""),
        "reason": request.POST.get("reason", ""),
        "act": request.POST.get("act") or randomness.hex_id(),
        "fault": fault,
    }
    return render(request, "lists/export.html", context, status=422 if fault else 200)


def _sent(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@get_or_post
@login_required
def erase_person(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """Erase one person: first the row and what will happen, then the act. The row is named in the form alone."""
    found = here(request, room)
    known = version(found, seq)
    citation = request.POST.get("row", "")
    if request.method != "POST" or not found.erases(known) or not _CITATION.fullmatch(citation):
        raise NotFound
    fault = ""
    if "act" in request.POST:
        done = act(request)
        reason = request.POST.get("reason", "")
        try:
            receipts = list_erasing.erase_person(found.mine, room, done, known.ref, citation, reason)
        except Refusal as refusal:
            fault = str(refusal)
        else:
            return acknowledged(request, receipts, done, reverse("list", args=[room, seq]))
    places = list_erasing.places(found.view, known.ref, citation)
    row: Shown = shown(next(one.row for one in places if one.version.ref == known.ref))
    context = _frame(found, known) | {
        "row": row,
        "versions": len(places),
        "exchange": next((view for view in found.others if view.id == found.state.exchange), None),
        "reasons": _reasons(),
        "act": request.POST.get("act") or randomness.hex_id(),
        "fault": fault,
    }
    return render(request, "lists/erase_person.html", context, status=422 if fault else 200)


@get_or_post
@login_required
def erase_list(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """Erase a list, every version of it."""
    found = here(request, room)
    known = version(found, seq)
    if not found.erases(known):
        raise NotFound
    fault = ""
    if request.method == "POST":
        raw = {"list": known.ref, "reason": request.POST.get("reason", "")}
        try:
            receipts = found.mine.act(Request(act(request), (Step(room, "erase-list", raw),)))
        except Refusal as refusal:
            fault = str(refusal)
        else:
            return acknowledged(request, receipts, act(request), reverse("lists", args=[room]))
    left = [v for v in found.state.all_of(known.code) if v.by == known.by and not v.erased]
    context = _frame(found, known) | {"versions": len(left), "reasons": _reasons(), "fault": fault}
    context["act"] = request.POST.get("act") or randomness.hex_id()
    return render(request, "lists/erase_list.html", context, status=422 if fault else 200)


def _frame(found: Here, known: Version) -> dict[str, Any]:
    return found.frame() | {"version": known, "list_url": reverse("list", args=[found.view.id, known.seq])}


def _reasons() -> list[tuple[str, str]]:
    return [(reason, codes.erasure(reason, _)) for reason in REASONS]
