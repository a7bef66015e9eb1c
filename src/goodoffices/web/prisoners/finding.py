"""An exchange room for a request, as the person who asks may read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.utils.translation import gettext as _

from goodoffices.prisoners.agreeing import table
from goodoffices.prisoners.agreeing.agreed import AGREED, Agreed
from goodoffices.prisoners.agreeing.plans import PLANS, Plans
from goodoffices.prisoners.intermediaries import INTERMEDIARIES, Proposed, intermediary
from goodoffices.prisoners.named import NAMED, Named
from goodoffices.readouts import codes
from goodoffices.readouts.names import Names, names
from goodoffices.secretariat import agreeing
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.agreeing import People
from goodoffices.secretariat.desk import Desk, Offer, RoomView
from goodoffices.web.acting.addresses import address
from goodoffices.web.acting.desks import desk, of_talks, venue
from goodoffices.web.rooms.actions import Link


@dataclass(frozen=True)
class Side:
    """One of the two sides: its id, code and name."""

    id: str
    code: str
    name: str


@dataclass
class Here:
    """The room, and what its record says of who goes."""

    mine: Desk
    view: RoomView

    @cached_property
    def others(self) -> list[RoomView]:
        return [v for v in of_talks(self.mine, self.view.seats.talks) if v.id != self.view.id]

    @cached_property
    def names(self) -> Names:
        return names(self.view, (), self.others, _)

    @property
    def agreed(self) -> Agreed:
        return self.view.state[AGREED]

    @property
    def plans(self) -> Plans:
        return self.view.state[PLANS]

    @property
    def named(self) -> Named:
        return self.view.state[NAMED]

    @cached_property
    def people(self) -> People:
        """Who the numbers are. Read once a request, and kept no longer."""
        return agreeing.people(self.view)

    def name(self, number: str) -> str:
        """What somebody is called; ``[erased]`` where that was taken away, nothing where it cannot be opened."""
        return _("[erased]") if number in self.people.erased else agreeing.name_of(self.people.said.get(number))

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """The two sides in order of admission; none where there are not two."""
        found = table.codes(self.view.state)
        return tuple(Side(id, code, self.names.delegation(id)) for id, code in found.items())

    @property
    def parties(self) -> tuple[str, ...]:
        return self.view.seats.parties

    @property
    def intermediary(self) -> Proposed | None:
        return intermediary(self.view.state)

    @property
    def begun(self) -> bool:
        """Whether an exchange of prisoners has begun to be spoken of here."""
        return bool(self.view.state[INTERMEDIARIES].all or self.named.persons)

    @property
    def venue(self) -> str | None:
        return venue(self.view, self.others)

    @cached_property
    def offers(self) -> list[Offer]:
        return self.view.offers()

    def links(self, *commands: str) -> list[Link]:
        """What the person may do now of these commands, each address once."""
        made: dict[str, Link] = {}
        for offer in sorted(
            (o for o in self.offers if o.rule.name in commands), key=lambda o: commands.index(o.rule.name)
        ):
            url = address(self.view.state, offer.rule.name, offer.fields)
            made.setdefault(url, Link(_(offer.rule.label), url))
        return list(made.values())

    def may(self, command: str) -> bool:
        return any(offer.rule.name == command for offer in self.offers)

    def side_returned_to(self, held_by: str) -> Side | None:
        return next((side for side in self.sides if side.id != held_by), None)

    def side(self, code_or_id: str) -> Side | None:
        return next((side for side in self.sides if code_or_id in {side.id, side.code}), None)

    def categories(self, given: Iterable[str]) -> str:
        return ", ".join(codes.category(one, _) for one in given)


def here(request: HttpRequest, room: str) -> Here:
    """The room. Raises ``NotFound`` where two sides do not sit: nothing is exchanged there."""
    mine = desk(request)
    view = mine.room(room)
    if table.sides(view.state) is None:
        raise NotFound
    return Here(mine, view)
