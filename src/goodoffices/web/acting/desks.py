"""Desks for requests: the one place where a page gets a desk, for the person signed in or for the public."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from goodoffices.secretariat.desk import Desk, RoomView
from goodoffices.secretariat.office import Office
from goodoffices.storage.models import Account
from goodoffices.storage.office import open_office
from goodoffices.talks.meetings import MEETINGS


class Id:
    """In addresses: 32 hex characters."""

    regex = "[0-9a-f]{32}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def office() -> Office:
    """This process's office."""
    return open_office()


def account(request: HttpRequest) -> Account:
    """The account that is signed in. Raises ``PermissionDenied``."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user


def desk(request: HttpRequest) -> Desk:
    """A desk for whoever asks: nobody who is not signed in is anybody but the public."""
    return Desk(office(), request.user.person if isinstance(request.user, Account) else None)


def of_talks(mine: Desk, talks: str) -> list[RoomView]:
    """The person's readable rooms of one talks (id)."""
    return [view for view in mine.rooms() if view.seats.talks == talks]


def venue(view: RoomView, others: list[RoomView]) -> str | None:
    """The time zone (IANA) of the venue: of the room's newest meeting that names one, else of another room's."""
    for room in (view, *others):
        zones = [m.zone for m in room.state[MEETINGS].all.values() if m.zone]
        if zones:
            return zones[-1]
    return None
