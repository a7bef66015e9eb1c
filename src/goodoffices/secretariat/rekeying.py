"""Replacing the log key in every room of this machine: the operator's doing, one act a room.

Which rooms are still to do is read from their records, so an interrupted replacement is taken up by doing it again.
The author of each entry is a delegate of the talks' host, in rooms the host does not sit in as well
(``Seats.may_author``); the two signatures in the entry speak for themselves. Closed rooms, and rooms that were
continued in another, stay under the key they have.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goodoffices.record import entries, logkeys, tree
from goodoffices.record.entries import Author, Entry, Header
from goodoffices.record.logkeys import LogKeyMissing
from goodoffices.record.matter import Room
from goodoffices.record.seats import SEATS, Seats
from goodoffices.record.store import Addition, Batch, Conflict, Head
from goodoffices.secretariat.office import Office, RoomBehind
from goodoffices.talks.scene import Refusal

ATTEMPTS = 12  # how often a room is tried that others write to meanwhile


@dataclass(frozen=True)
class Standing:
    """Rooms under another key than the newest: those to be handed over, with the author; and why others cannot be."""

    due: Mapping[str, Author]
    left: Mapping[str, str]


def standing(office: Office) -> Standing:
    """How far the newest log key has taken over, in id order."""
    heads = office.store.heads(office.store.rooms())
    states = [office.load(room, heads[room].size) for room in sorted(heads)]
    hosts = _hosts(states)
    due: dict[str, Author] = {}
    left: dict[str, str] = {}
    for state in states:
        author = _host_in(state[SEATS]) or hosts.get(state[SEATS].talks)
        why = _why_not(office, state, heads[state.id], author)
        if why:
            left[state.id] = why
        elif author is not None and not _done(office, state):
            due[state.id] = author
    return Standing(due, left)


def hand_over(office: Office, room: str, author: Author) -> None:
    """Write ``log-key-replaced`` in a room that is due. Done already, it is not done again. Raises as ``Desk.act``."""
    for _ in range(ATTEMPTS):
        head = office.store.heads([room])[room]
        office.check_head(room, head)
        office.check_writable(room)
        state = office.load(room, head.size)
        if _done(office, state):
            return
        entry, line = _replaced(office, state, head, author)
        addition = _addition(room, head, entry, line, state[SEATS].kind == "public")
        act = entry.header.act
        try:
            office.store.append([Batch(author.person, act, hashlib.sha256(act.encode()).hexdigest(), (addition,))])
        except Conflict:
            continue
        office.settle(office.matters.advance(state, [entry]), addition.head)
        return
    raise Refusal(f"Room {room} is very busy just now. Do it again later; what is done stays done.")


def _hosts(states: Iterable[Room]) -> dict[str, Author]:
    """For each talks a delegate of the host, from its plenary if one sits there."""
    found: dict[str, Author] = {}
    for state in sorted(states, key=lambda s: (s[SEATS].kind != "plenary", s.id)):
        host = _host_in(state[SEATS])
        if host is not None:
            found.setdefault(state[SEATS].talks, host)
    return found


def _host_in(seats: Seats) -> Author | None:
    """The host's first delegate who sits here."""
    for d in seats.delegates.values():
        if d.delegation == seats.host and d.until is None:
            return Author(d.id, d.delegation)
    return None


def _why_not(office: Office, state: Room, head: Head, author: Author | None) -> str:
    try:
        key = office.log_keys.of(state[SEATS].log["key"])
        if key.public == office.log_key.public or _done(office, state):
            return ""
        office.check_head(state.id, head)
    except LogKeyMissing as error:
        return str(error)
    except RoomBehind:
        return "The database is behind on it. See: goodoffices recover"
    if state.unknown is not None:
        return f"It holds an entry (“{state.unknown}”) of a newer version. Update Good Offices."
    return "" if author else "Nobody of the host's delegation sits in these talks any more, to enter it."


def _done(office: Office, state: Room) -> bool:
    """Whether there is nothing to hand over (any more)."""
    seats = state[SEATS]
    if seats.closed is not None or office.heads.continued(state.id) is not None:
        return True
    return logkeys.public(seats.log["key"]) == office.log_key.public


def _replaced(office: Office, state: Room, head: Head, author: Author) -> tuple[Entry, bytes]:
    seats = state[SEATS]
    origin, old, new = seats.log["origin"], office.log_keys.of(seats.log["key"]), office.log_key
    header = Header(
        talks=seats.talks,
        room=state.id,
        seq=head.size,
        at=max(office.clock(), head.at),
        kind="log-key-replaced",
        act=hashlib.sha256(logkeys.text(origin, old.public, new.public)).hexdigest()[:32],
        author=author,
    )
    body = logkeys.replaced(origin, old, new)
    line = entries.encode(header, body)
    return Entry(header, body, tree.leaf_hash(line)), line


def _addition(room: str, head: Head, entry: Entry, line: bytes, public: bool) -> Addition:
    frontier, nodes = head.frontier.extend((entry.leaf,))
    return Addition(
        room=room,
        expected=head.size,
        head=Head(frontier, entry.header.at),
        lines=(line,),
        leaves=(entry.leaf,),
        nodes=tuple(nodes),
        public=public,
    )
