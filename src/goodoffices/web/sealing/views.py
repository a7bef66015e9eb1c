"""The page of one exchange, and the page of a room's exchanges and keys."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodoffices.readouts import codes
from goodoffices.sealing.keys_named import WHERE
from goodoffices.secretariat.acts import NotFound
from goodoffices.web.acting.addresses import address
from goodoffices.web.rooms.actions import Link
from goodoffices.web.sealing import showing
from goodoffices.web.sealing.addresses import OF_ROOM
from goodoffices.web.sealing.finding import Here, here, of

HERE = frozenset({*OF_ROOM, "replace-sealing-keys"})


@dataclass(frozen=True)
class Member:
    """A delegation of the room: its keys as far as the record goes."""

    name: str
    role: str
    side: bool
    online: str | None
    tested: bool
    seq: int | None


@dataclass(frozen=True)
class Row:
    """An exchange of the room."""

    seq: int
    at: str
    stage: str
    going: bool
    deadline: str
    opens: str


@require_safe
@login_required
def exchange(request: HttpRequest, room: str, seq: int) -> HttpResponse:
    """One exchange: its terms, how far it is, and what the person may do."""
    found = of(request, room, seq)
    context = {
        **showing.frame(found),
        "parties": showing.parties(found),
        "papers": showing.papers(found),
        "releases": showing.releases(found),
        "links": showing.links(found),
        "coalitions": showing.coalitions(found),
        "data": found.common(),
        "sealed_here": found.me in found.x.seals,
    }
    return render(request, "sealing/exchange.html", context)


@require_safe
@login_required
def of_room(request: HttpRequest, room: str) -> HttpResponse:
    """The exchanges of a room, and the keys its delegations have named. Raises ``NotFound`` where there can be none."""
    where = here(request, room)
    if where.view.seats.kind != WHERE:
        raise NotFound
    context = {
        "room": where.view,
        "members": _members(where),
        "rows": _rows(where),
        "links": _links(where),
        "venue": where.venue,
        "mine": where.state.current(where.delegation),
        "seated": bool(where.delegation),
    }
    return render(request, "sealing/room.html", context)


def _members(where: Here) -> list[Member]:
    seats, state = where.view.seats, where.state
    members = [d for d in seats.delegations.values() if d.until is None]
    keys = {d.id: state.current(d.id) for d in members}
    seqs = {e.ref: e.seq for e in where.view.found(k.ref for k in keys.values() if k is not None)}

    def member(id: str, role: str) -> Member:
        named = keys[id]
        return Member(
            where.names.delegation(id),
            codes.role(role, _),
            role == "party",
            named.online if named else None,
            named is not None and named.tested,
            seqs.get(named.ref) if named else None,
        )

    return [member(d.id, d.role) for d in members]


def _rows(where: Here) -> list[Row]:
    return [
        Row(
            x.seq,
            x.at,
            codes.stage(x.stage, _),
            x.going,
            x.terms.deadline,
            codes.holders(x.terms.k, len(x.terms.holders), _),
        )
        for x in reversed(where.state.all.values())
    ]


def _links(where: Here) -> list[Link]:
    """Keys and proposing; what is done in an exchange is on its own page."""
    offers = [o for o in where.view.offers() if o.rule.name in HERE]
    return [Link(_(o.rule.label), address(where.view.state, o.rule.name, o.fields)) for o in offers]
