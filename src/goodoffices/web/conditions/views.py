"""The conditions in a room side by side, and the page on which those of a paper are checked before they are entered."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from goodoffices.papers.set_out import SET_OUT, Paper, SetOutConditions
from goodoffices.papers.topics import TOPICS
from goodoffices.readouts import codes
from goodoffices.readouts import conditions as readout
from goodoffices.readouts.timeline import shown
from goodoffices.record.entries import Entry
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.desk import RoomView
from goodoffices.web import randomness
from goodoffices.web.acting.choosing import Choosing
from goodoffices.web.acting.desks import desk, of_talks, office, venue
from goodoffices.web.acting.form import ROWS, CommandForm
from goodoffices.web.acting.views import minuted_for
from goodoffices.web.conditions.drafting import Draft, drafted

COMMAND = "set-out-conditions"


@require_safe
def compared(request: HttpRequest, room: str) -> HttpResponse:
    """The papers with conditions in one room by topic, drawn from that room's record alone."""
    mine = desk(request)
    view = mine.room(room)
    others = [v for v in of_talks(mine, view.seats.talks) if v.id != view.id]
    made = readout.compare(view, others, _)
    silent = [topic for topic in made.topics if not topic.spoken]
    context = {
        "room": view,
        "compared": made,
        "any": readout.any_set_out(view),
        "silent": silent,
        "silent_names": ", ".join(topic.name for topic in silent),
        "venue": venue(view, others),
    }
    return render(request, "conditions/compared.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def draft(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """The conditions of the paper in one entry, filled in from it or from a file, for a person to check and enter.

    Nothing is written here: the form goes to the page of its command. A file is read and not kept.
    """
    mine = desk(request)
    view = mine.room(room)
    entry = view.entry(seq)
    on_behalf = minuted_for(view, request.GET.get("for"))
    paper = _paper(view, entry, on_behalf)
    made = _drafted(request, view, entry, paper)
    choosing = Choosing(view, mine.rooms())
    initial: dict[str, Any] = {"act": randomness.hex_id(), "paper": entry.ref, "conditions": made.rows}
    form = CommandForm(SetOutConditions, {"paper": entry.ref}, choosing, initial=initial, more=ROWS)
    context = {
        "room": view,
        "row": shown(view, [entry], choosing.others, _)[0],
        "draft": made,
        "form": form,
        "label": _(office().rules[COMMAND].label),
        "minuted_for": choosing.names.delegation(on_behalf) if on_behalf else None,
        "action": _action(view, entry, on_behalf),
        "topics": [(codes.topic(topic, _), codes.topic_meaning(topic, _)) for topic in TOPICS],
        "venue": venue(view, choosing.others),
        "file": request.FILES.get("file"),
    }
    return render(request, "conditions/draft.html", context)


def _paper(view: RoomView, entry: Entry, on_behalf: str | None) -> Paper:
    """The paper in this entry, if the person may set out its conditions. Raises ``NotFound``."""
    seat, paper = view.seat(), view.state[SET_OUT].papers.get(entry.ref)
    if seat is None or paper is None or paper.by != (on_behalf or seat.delegation):
        raise NotFound
    return paper


def _drafted(request: HttpRequest, view: RoomView, entry: Entry, paper: Paper) -> Draft:
    file = request.FILES.get("file")
    if file is not None:
        return drafted(view, paper, file.read(), file.name or "", file.content_type or "")
    cited = entry.body["paper"]
    kept = view.particulars([c for c in (cited["paper"], cited["name"]) if c])
    content, name = kept.get(cited["paper"]), kept.get(cited["name"] or "")
    if content is None:
        return Draft(unreadable=_("This paper was erased. Read its conditions from a file, or write them here."))
    return drafted(view, paper, content.content, name.content.decode() if name else "", cited["media"])


def _action(view: RoomView, entry: Entry, on_behalf: str | None) -> str:
    query = {"paper": entry.ref} | ({"for": on_behalf} if on_behalf else {})
    return f"{reverse('do', args=[view.id, COMMAND])}?{urlencode(query)}"
