"""A list room for a request: its lists, who sits there, and what the person may do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from goodoffices.prisoners.filed import LISTS, Lists, Version, list_room
from goodoffices.prisoners.intermediaries import intermediary
from goodoffices.readouts.names import Names, names
from goodoffices.record.seats import SEATS
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.desk import Desk, RoomView
from goodoffices.talks.scene import Refusal
from goodoffices.web.acting.desks import desk, of_talks, venue
from goodoffices.web.acting.views import minuted_for

_ACT = re.compile("[0-9a-f]{32}")


@dataclass
class Here:
    """A list room. ``on_behalf``: the delegation (id) that the host minutes for, where the address says so."""

    mine: Desk
    view: RoomView
    on_behalf: str | None = None

    @property
    def state(self) -> Lists:
        return self.view.state[LISTS]

    @cached_property
    def others(self) -> list[RoomView]:
        """The person's other rooms of these talks."""
        return [v for v in of_talks(self.mine, self.view.seats.talks) if v.id != self.view.id]

    @cached_property
    def names(self) -> Names:
        return names(self.view, (), self.others, _)

    @property
    def venue(self) -> str | None:
        return venue(self.view, self.others)

    @property
    def acting(self) -> str:
        """The delegation (id) the person acts for; nothing if they do not sit here."""
        seat = self.view.seat()
        return self.on_behalf or (seat.delegation if seat is not None else "")

    @cached_property
    def pair(self) -> tuple[str, str] | None:
        """The party and the intermediary, if the room is fit for lists now."""
        return list_room(self.view.seats)

    @property
    def files(self) -> bool:
        """Whether the person may file lists here."""
        return bool(self.joined and self.view.goes_on and self.pair and self.pair[0] == self.acting)

    @property
    def joined(self) -> bool:
        return bool(self.state.exchange)

    def erases(self, version: Version) -> bool:
        """Whether the person may erase from this version: its party, or the host."""
        return not version.erased and self.acting in {version.by, self.view.seats.host}

    @property
    def takes_out(self) -> bool:
        return self.joined and self.view.goes_on and bool(self.acting) and self.pair is not None

    def frame(self) -> dict[str, Any]:
        """What every page of it shows."""
        party, by = self.pair or (None, self.state.by or None)
        return {
            "room": self.view,
            "venue": self.venue,
            "here_is": self,
            "party": self.names.delegation(party) if party else "",
            "neutral": self.names.delegation(by) if by else "",
            "minuted_for": self.names.delegation(self.on_behalf) if self.on_behalf else None,
            "behalf": f"?for={self.on_behalf}" if self.on_behalf else "",
        }


def here(request: HttpRequest, room: str) -> Here:
    """The room. Raises ``NotFound`` also where it is none and cannot be one."""
    mine = desk(request)
    view = mine.room(room)
    found = Here(mine, view, minuted_for(view, request.GET.get("for")))
    if not found.joined and found.pair is None:
        raise NotFound
    return found


def version(found: Here, seq: int) -> Version:
    """The version that entry ``seq`` filed. Raises ``NotFound``."""
    known = found.state.versions.get(found.view.entry(seq).ref)
    if known is None:
        raise NotFound
    return known


def joinable(found: Here) -> Iterable[RoomView]:
    """Rooms in which both sides accepted the person's delegation, to which this one can be joined."""
    if found.joined or found.pair is None or found.pair[1] != found.acting or not found.view.goes_on:
        return
    for view in found.others:
        accepted = intermediary(view.state)
        if accepted is not None and accepted.delegation == found.acting and found.pair[0] in view.state[SEATS].parties:
            yield view


def names_own(found: Here, known: Version) -> bool:
    """Whether the person may name people of this version into the exchange: its own side, from those it holds."""
    mine = found.files and found.on_behalf is None and known.by == found.acting
    return mine and known.holds == "we-hold" and not known.erased and found.state.newest.get(known.code) == known.ref


def act(request: HttpRequest) -> str:
    """The act id that the page gave its form. Raises ``Refusal``."""
    given = request.POST.get("act", "")
    if not _ACT.fullmatch(given):
        raise Refusal(_("This page was incomplete. Go back to the room and begin anew; nothing was written."))
    return given
