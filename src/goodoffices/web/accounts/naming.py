"""Which signing keys are named for a person in their rooms, and naming one of their passkeys there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from goodoffices.secretariat.acts import Request, Step
from goodoffices.secretariat.desk import Desk, RoomView
from goodoffices.storage.models import Account
from goodoffices.web.accounts import keys

Key = Mapping[str, str]


@dataclass(frozen=True)
class InTalks:
    """A person's open rooms of one talks, and the keys named for them in any of these."""

    talks: str
    title: str
    rooms: tuple[RoomView, ...]
    named: tuple[Key, ...]

    def without(self, key: Key) -> tuple[RoomView, ...]:
        """The rooms in which this key is not named."""
        return tuple(room for room in self.rooms if key not in _named(room))

    def to_be_replaced(self, key: Key) -> tuple[Key, ...]:
        """Keys that stand in every room where this one is to be named, and so can make way for it."""
        rooms = self.without(key)
        return tuple(old for old in self.named if old != key and all(old in _named(room) for room in rooms))


def by_talks(desk: Desk) -> list[InTalks]:
    """The talks in which the person sits, each with their rooms there."""
    mine = [view for view in desk.rooms() if view.seat() is not None and view.goes_on]
    mine.sort(key=lambda view: (view.seats.talks_name, view.seats.talks, view.id))
    return [_in_talks(talks, tuple(views)) for talks, views in groupby(mine, key=lambda view: view.seats.talks)]


def request(account: Account, act: str, talks: InTalks, credential: str, replaces: str) -> Request | None:
    """The act that names a passkey (its credential id) in all rooms of these talks in which it is not named.

    ``replaces``: what ``label`` says of a key that makes way, or nothing. None if there is nothing to name.
    """
    key = next((one for one in keys.signing_keys(account) if one["id"] == credential), None)
    rooms = talks.without(key) if key else ()
    if not rooms:
        return None
    old = [one for one in talks.to_be_replaced(key or {}) if label(one) == replaces]
    raw = {"key": [key], "replaces": old, "rooms": [room.id for room in rooms[1:]]}
    return Request(act, (Step(rooms[0].id, "name-key", raw),))


def label(key: Key) -> str:
    """What tells a key from others: a credential id, or the key itself."""
    return key["id"] if key["type"] == "webauthn" else key["key"]


def _in_talks(talks: str, views: tuple[RoomView, ...]) -> InTalks:
    title = next((text for view in views for text in _titles(view)), views[0].seats.talks_name)
    named = {label(key): key for view in views for key in _named(view)}
    return InTalks(talks, title, views, tuple(named.values()))


def _titles(view: RoomView) -> Iterator[str]:
    if view.seats.title:
        yield from view.words([view.seats.title]).values()


def _named(view: RoomView) -> tuple[Key, ...]:
    seat = view.seat()
    return seat.keys if seat else ()
