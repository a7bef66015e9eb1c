"""Talks as everybody may know them: their public rooms, and nothing else is looked at."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodoffices.readouts import published
from goodoffices.readouts.names import names
from goodoffices.readouts.table import talks_of
from goodoffices.record.entries import Entry
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.desk import Desk, RoomView
from goodoffices.secretariat.office import Office


@dataclass(frozen=True)
class PublicTalks:
    """One talks. ``rooms``: its public room that goes on, then those that were continued in it after a recovery."""

    id: str
    name: str
    title: str
    rooms: tuple[RoomView, ...]

    @property
    def room(self) -> RoomView:
        return self.rooms[0]

    @property
    def spoken(self) -> bool:
        """Whether anything was published. To open talks announces nothing: until then they are listed nowhere."""
        return any(published.spoken(view) for view in self.rooms)

    @property
    def host(self) -> str:
        """The name of the delegation that keeps the record."""
        return names(self.room, (), (), _).delegation(self.room.seats.host)

    @property
    def at(self) -> str:
        """When the public record last changed (RFC 3339 UTC)."""
        return self.room.entry(self.room.size - 1).header.at

    @property
    def state(self) -> tuple[tuple[str, int, bytes], ...]:
        """What everything drawn of these talks is a function of."""
        return tuple((view.id, view.size, view.root) for view in self.rooms)

    def find(self, ref: str) -> tuple[RoomView, Entry]:
        """An entry of a public room of these talks that says something. Raises ``NotFound``."""
        for view in self.rooms:
            for entry in view.found([ref]):
                if published.said(entry):
                    return view, entry
        raise NotFound


def listed(office: Office) -> list[PublicTalks]:
    """All talks of which something was published, by short name."""
    return [talks for talks in _all(office) if talks.spoken]


def one(office: Office, talks: str) -> PublicTalks:
    """Talks by id, published or not: their public room is open to who has its address. Raises ``NotFound``."""
    found = next((one for one in _all(office) if one.id == talks), None)
    if found is None:
        raise NotFound
    return found


def _all(office: Office) -> list[PublicTalks]:
    rooms = [view for view in Desk(office, None).rooms() if view.seats.kind == "public"]
    return [
        PublicTalks(id, name, title, tuple(view for view in rooms if view.seats.talks == id))
        for id, name, title in talks_of(rooms, _)
    ]
