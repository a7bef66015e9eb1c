"""What everybody may read, without signing in: drawn from public rooms alone, the same for whoever looks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodoffices.readouts import render as rendered
from goodoffices.readouts.readout import readout
from goodoffices.readouts.table import talks_of
from goodoffices.record.seats import SEATS
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.desk import Desk, RoomView
from goodoffices.web.acting.desks import office

LOOKED_AT = 200  # newest entries of a public room among which something said is looked for


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Talks of which something was said in public. To open talks announces nothing: their title may wait."""
    rooms = [view for view in Desk(office(), None).rooms() if _spoken(view)]
    sizes = {view.seats.talks: view.size for view in reversed(rooms)}  # of two rooms the one that goes on
    rows = [{"id": id, "title": title, "size": sizes[id]} for id, _name, title in talks_of(rooms, _)]
    return render(request, "public/list.html", {"rows": rows})


@require_safe
def talks(request: HttpRequest, talks: str) -> HttpResponse:
    """One talks' public page. Raises ``NotFound``."""
    view = next((v for v in Desk(office(), None).rooms() if v.seats.talks == talks), None)
    if view is None:
        raise NotFound
    drawn = readout(view, None, (), _)
    article = mark_safe(rendered.fragment(drawn, _))  # noqa: S308 - it escapes every word of the record
    context = {"room": view, "readout": drawn, "article": article, "spoken": _spoken(view)}
    return render(request, "public/talks.html", context)


def _spoken(view: RoomView) -> bool:
    """Whether anything stands there but who sits in the room."""
    return any(entry.kind not in SEATS.folds for entry in view.entries(max(0, view.size - LOOKED_AT)))
