"""Finding an exchange for a request, and what it looks like to the person who asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from goodoffices.readouts.names import Names, names
from goodoffices.sealing import terms as terms_
from goodoffices.sealing.exchanges import SEALING, Exchange, Sealing
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.desk import Desk, Offer, RoomView
from goodoffices.web.acting.desks import desk, of_talks, venue


@dataclass
class Here:
    """A room with its exchanges, as the person who asks may read it."""

    mine: Desk
    view: RoomView

    @cached_property
    def others(self) -> list[RoomView]:
        """The person's other rooms of these talks."""
        return [v for v in of_talks(self.mine, self.view.seats.talks) if v.id != self.view.id]

    @cached_property
    def names(self) -> Names:
        return names(self.view, (), self.others, _)

    @property
    def state(self) -> Sealing:
        return self.view.state[SEALING]

    @property
    def delegation(self) -> str:
        """The delegation (id) the person sits for; nothing if they do not sit here."""
        seat = self.view.seat()
        return seat.delegation if seat is not None else ""

    @property
    def venue(self) -> str | None:
        return venue(self.view, self.others)

    def signing_keys(self) -> tuple[dict[str, str], ...]:
        """The person's signing keys in this room."""
        seat = self.view.seat()
        return seat.keys if seat is not None else ()


@dataclass
class Of(Here):
    """One exchange in its room."""

    x: Exchange

    @property
    def me(self) -> str:
        """The code under which the person's delegation is in the terms; nothing if it is not."""
        return self.x.code(self.delegation)

    def address(self, name: str, *more: str) -> str:
        return reverse(name, args=[self.view.id, self.x.seq, *more])

    def blob(self, citation: str, sha256: str, size: int) -> dict[str, Any]:
        """Sealed bytes as the page's module fetches them."""
        return {"url": self.address("exchange-bytes", citation[2:]), "sha256": sha256, "size": size}

    def seal_blobs(self, side: str) -> dict[str, Any]:
        seal = self.x.seals[side]
        return {
            "outer": self.blob(seal.outer, seal.outer_sha256, seal.sizes[0]),
            "escrow": self.blob(seal.escrow, seal.escrow_sha256, seal.sizes[1]),
        }

    def releases(self) -> list[dict[str, Any]]:
        """All releases on the record, as the page's module reads them."""
        return [{"release": r.id, "holder": r.by, "peels": self._peels(r.id)} for r in self.x.course.releases]

    def _peels(self, release: str) -> dict[str, Any]:
        return {side: self.blob(one.paper, one.sha256, one.size) for side, one in self.x.peels[release].items()}

    def common(self) -> dict[str, Any]:
        """What every hook of an exchange reads (docs/design/sealing-page.md)."""
        return {"exchange": self.x.id, "terms": self.x.terms.body(), "me": self.me}

    def offers(self) -> Iterator[Offer]:
        """What the person may do in this exchange now."""
        yield from (o for o in self.view.offers() if o.fields.get("proposal") == self.x.ref)

    def party(self, code: str) -> str:
        """The name of a side or holder."""
        return self.names.delegation(self.x.terms.party(code).delegation)


def here(request: HttpRequest, room: str) -> Here:
    """The room. Raises ``NotFound``."""
    mine = desk(request)
    return Here(mine, mine.room(room))


def of(request: HttpRequest, room: str, seq: int) -> Of:
    """The exchange that entry ``seq`` of the room proposed. Raises ``NotFound``."""
    mine = desk(request)
    view = mine.room(room)
    x = view.state[SEALING].all.get(view.entry(seq).ref)
    if x is None:
        raise NotFound
    return Of(mine, view, x)


def fingerprints(x: Exchange) -> dict[str, str]:
    """By code, the short form of the keys of each side and holder."""
    return {party.code: terms_.fingerprint(party) for party in x.terms.parties}
