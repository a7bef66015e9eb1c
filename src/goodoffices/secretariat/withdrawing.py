"""Withdrawing a delegate everywhere: the one look the secretariat takes into rooms the author may not enter.

A delegate loses access to every room of the talks by one act, also to rooms the author of that act does not sit in (the
host does not sit in a delegation room). What is seen there serves to write ``delegate-withdrawn`` and is never told:
no refusal, receipt or offer depends on it. So a room that is behind its head is passed over here, not reported; until
it is recovered nobody reads it.
"""

from __future__ import annotations

from goodoffices.record.matter import Room
from goodoffices.record.seats import SEATS
from goodoffices.record.store import Head
from goodoffices.secretariat.office import Office, RoomBehind


def seated(office: Office, talks: str, person: str, delegation: str) -> tuple[str, ...]:
    """The rooms of the talks in which the person now sits for that very delegation, in id order."""
    return tuple(room for room in office.store.rooms_of(person) if _sits(office, room, talks, person, delegation))


def loaded(office: Office, room: str) -> tuple[Room, Head]:
    """A room as it stands, whoever may read it: to write a withdrawal there."""
    head = office.store.heads([room])[room]
    return office.load(room, head.size), head


def _sits(office: Office, room: str, talks: str, person: str, delegation: str) -> bool:
    state, head = loaded(office, room)
    seats = state[SEATS]
    seat = seats.seat(person)
    if seats.talks != talks or seat is None or seat.delegation != delegation:
        return False
    try:
        office.check_head(room, head)
        office.check_writable(room)
    except RoomBehind:
        return False
    return True
