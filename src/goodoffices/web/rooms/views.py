"""The pages of one room: timeline, search, entry with proof and signature, papers, checkpoint, export, verification."""

from __future__ import annotations

import base64
import json
import tempfile
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from goodoffices.readouts.names import names
from goodoffices.readouts.timeline import Shown, timeline
from goodoffices.record import checkpoints
from goodoffices.record.entries import cited
from goodoffices.secretariat.desk import Desk, NotFound, Offer, RoomView
from goodoffices.talks.fields import PaperCited
from goodoffices.web.acting.desks import desk
from goodoffices.web.acting.views import NOT_HERE

PAGE = 50  # entries a page of a timeline holds
OFFERED = 40  # of one command, how many things to do it to are listed


def room(request: HttpRequest, room: str) -> HttpResponse:
    """A room's page: the newest entries first, and what this person may do here."""
    mine = desk(request)
    view = mine.room(room)
    stop = _before(request, view)
    others = _talks_rooms(mine, view)
    query = request.GET.get("q", "").strip()
    shown = _found(view, query, others) if query else timeline(view, max(0, stop - PAGE), stop, others, _)
    on_behalf = request.GET.get("for") or None
    context = {
        "room": view,
        "who": names(view, (), others, _),
        "shown": list(reversed(shown)),
        "older": None if query or stop <= PAGE else stop - PAGE,
        "query": query,
        "actions": _actions(view, on_behalf, others),
        "on_behalf": on_behalf,
        "minutable": _minutable(view),
        "readers": _readers(view),
        "code": checkpoints.short_code(_checkpoint(view)),
    }
    return render(request, "rooms/room.html", context)


def entry(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """One entry with its canonical bytes, its proof, its signature and its papers."""
    mine = desk(request)
    view = mine.room(room)
    found = view.entry(seq)
    signature = view.signature(found)
    context = {
        "room": view,
        "shown": timeline(view, seq, seq + 1, _talks_rooms(mine, view), _)[0],
        "entry": found,
        "line": view.lines(seq, seq + 1)[0].decode(),
        "proof": [base64.b64encode(node).decode() for node in view.inclusion(seq)],
        "leaf": base64.b64encode(found.leaf).decode(),
        "root": base64.b64encode(view.root).decode(),
        "signature": json.dumps(json.loads(signature), indent=2) if signature else None,
        "papers": _papers(view, found.body),
        "corrected_by": [view.find(ref) for ref in timeline(view, seq, seq + 1, (), _)[0].corrected_by],
    }
    return render(request, "rooms/entry.html", context)


def paper(request: HttpRequest, room: str, seq: int, digest: str) -> HttpResponse:
    """A paper that an entry cites, as handed in; always a download, never shown as a page of this site."""
    view = desk(request).room(room)
    wanted = [p for p in _papers(view, view.entry(seq).body) if p["paper"].paper == f"p:{digest}"]
    particulars = view.particulars([f"p:{digest}"]) if wanted else {}
    if not particulars:
        raise NotFound
    content = particulars[f"p:{digest}"].content
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(wanted[0]["name"])}"'
    return response


def checkpoint(request: HttpRequest, room: str) -> HttpResponse:
    """The signed note over what this person may read of the room."""
    return HttpResponse(desk(request).room(room).checkpoint(), content_type="text/plain; charset=utf-8")


def export(request: HttpRequest, room: str) -> FileResponse:
    """The room's bundle, exactly as far as this person may read it."""
    view = desk(request).room(room)
    file = tempfile.TemporaryFile()  # closed by the response
    view.export(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{view.seats.talks_name}-{view.seats.name}.zip")


def verify(request: HttpRequest, room: str) -> HttpResponse:
    """Run the offline verifier here over the export: a convenience, and the page says what it is worth."""
    from goodoffices.record import verify as verifier

    view = desk(request).room(room)
    with tempfile.TemporaryFile() as file:
        view.export(file)
        file.seek(0)
        report = verifier.verify(file, None)
    return render(request, "rooms/verified.html", {"room": view, "report": report})


def _before(request: HttpRequest, view: RoomView) -> int:
    text = request.GET.get("before", "")
    return min(int(text), view.size) if text.isascii() and text.isdigit() and len(text) < 12 else view.size


def _talks_rooms(mine: Desk, view: RoomView) -> list[RoomView]:
    return [v for v in mine.rooms() if v.seats.talks == view.seats.talks]


def _found(view: RoomView, query: str, others: list[RoomView]) -> list[Shown]:
    """Entries of this room in which the words stand. Each room is searched by itself: no index spans rooms."""
    wanted = query.casefold()
    return [
        shown
        for start in range(0, view.size, 1000)
        for shown in timeline(view, start, start + 1000, others, _)
        if wanted in " ".join((shown.sentence, *(t for pair in (*shown.quotes, *shown.details) for t in pair))).casefold()
    ][-PAGE * 4 :]


def _actions(view: RoomView, on_behalf: str | None, others: list[RoomView]) -> list[dict[str, Any]]:
    """What may be done now, by command; for each, the thing it would be done to."""
    by_rule: dict[str, list[Offer]] = {}
    for offer in view.offers(on_behalf):
        if offer.rule.name not in NOT_HERE:
            by_rule.setdefault(offer.rule.name, []).append(offer)
    return [
        {"rule": offers[0].rule, "to": [_to(view, o, on_behalf) for o in offers[-OFFERED:]]} for offers in by_rule.values()
    ]


def _to(view: RoomView, offer: Offer, on_behalf: str | None) -> dict[str, Any]:
    refs = [value for value in offer.fields.values() if value.startswith("e:")]
    seq = view.find(refs[0]).seq if refs else None
    query = dict(offer.fields) | ({"for": on_behalf} if on_behalf else {})
    address = reverse("do", args=[view.id, offer.rule.name])
    about = timeline(view, seq, seq + 1, (), _)[0].sentence if seq is not None else ""
    return {"url": f"{address}?{urlencode(query)}" if query else address, "about": about, "seq": seq}


def _minutable(view: RoomView) -> list[tuple[str, str]]:
    """Delegations the host may minute for here; nobody else sees any."""
    seat, seats = view.seat(), view.seats
    if seat is None or seat.delegation != seats.host or seats.closed is not None:
        return []
    who = names(view, (), (), _)
    return [(d.id, who.delegation(d.id)) for d in seats.delegations.values() if d.until is None and d.id != seats.host]


def _readers(view: RoomView) -> list[dict[str, Any]]:
    who = names(view, (), (), _)
    return [
        {
            "name": who.delegation(member.id),
            "left": member.until,
            "people": [
                {"name": who.person(d.id), "left": d.until, "keys": len(d.keys)}
                for d in view.seats.delegates.values()
                if d.delegation == member.id
            ],
        }
        for member in view.seats.delegations.values()
    ]


def _checkpoint(view: RoomView) -> checkpoints.Checkpoint:
    return checkpoints.Checkpoint(view.desk.office.origin(view.id), view.size, view.root)


def _papers(view: RoomView, body: Any) -> list[dict[str, Any]]:
    fields = body.get("paper") if isinstance(body, dict) else None
    if isinstance(body, dict) and isinstance(body.get("body"), dict):
        return _papers(view, body["body"])  # a released entry
    if not isinstance(fields, dict):
        return []
    held = PaperCited(fields["paper"], fields["size"], fields["media"], fields["name"])
    texts = view.words(c for c in cited(fields) if c != held.paper)
    return [{"paper": held, "name": texts.get(held.name or "", "paper"), "digest": held.paper[2:]}]


def _file_name(name: str) -> str:
    stem, _dot, end = name.rpartition(".")
    return f"{slugify(stem) or 'paper'}.{slugify(end) or 'bin'}" if stem else slugify(name) or "paper"
