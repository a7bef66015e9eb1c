"""Continuing a room whose database was restored from an older copy.

What is lost stays lost; nobody can write it again under the same origin without showing two histories. So the room goes
on in a new one, under a new origin, with the same kind, name and members as far as they survived. Its entry 0 cites the
last checkpoint known of the old room, so that whoever holds a later export can show what is missing. What survived of
the old room can be read again, and nothing more is written to it.

Entry 0 is authored by the first delegate of the host who sat in the old room, or where the host has no seat, by the
first who did: it is the operator's doing, and like every entry without a signature *entered by the host's server*.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from goodoffices.record import entries, tree
from goodoffices.record.entries import Author, Header, cited
from goodoffices.record.matter import Room
from goodoffices.record.particulars import Particular
from goodoffices.record.seats import SEATS, Delegate, Seats
from goodoffices.record.store import EMPTY, Addition, Batch, Head
from goodoffices.secretariat.office import Continued, Heads, Office, RoomBehind
from goodoffices.talks.opening import delegate_body, delegation_body
from goodoffices.talks.scene import Refusal


class KnownHeads(Heads, Protocol):
    """What recovery needs of the heads besides."""

    def rooms(self) -> list[str]:
        """Every room that has a head."""

    def mark_continued(self, room: str, continued: Continued) -> None:
        """Keep durably that the room was continued."""


@dataclass(frozen=True)
class Known:
    """The last checkpoint known of a room."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def of(cls, note: str) -> Known:
        origin, size, root, *_ = note.split("\n", 3)
        return cls(origin, int(size), base64.b64decode(root))


@dataclass(frozen=True)
class Behind:
    """A room the database has lost entries of: ``survived`` of ``known`` are there (0: not even its first)."""

    room: str
    survived: int
    known: int


def behind(office: Office, heads: KnownHeads) -> list[Behind]:
    """Every room that the database is behind on and that was not continued, in id order."""
    rooms = heads.rooms()
    stored = office.store.heads(rooms)
    return [
        Behind(room, stored[room].size if room in stored else 0, Known.of(heads.newest(room) or "").size)
        for room in rooms
        if heads.continued(room) is None and _is_behind(office, room, stored.get(room))
    ]


def recover(office: Office, heads: KnownHeads, room: str) -> Continued:
    """Continue a room that is behind in a new one. Doing it again gives the first answer.

    Raises ``Refusal`` when there is nothing to recover, or nothing to recover it from.
    """
    done = heads.continued(room)
    if done is not None:
        return done
    note, head = heads.newest(room), office.store.heads([room]).get(room)
    if note is None or not _is_behind(office, room, head):
        raise Refusal(f"Room {room} is not behind: the database holds all that was ever acknowledged of it.")
    if head is None:
        raise Refusal(f"Nothing of room {room} is in this database, not even who sat in it. Open a new room instead.")
    known = Known.of(note)
    state = office.load(room, head.size)
    continued = Continued(_reopened(office, state, head, known), head.size, known.size)
    heads.mark_continued(room, continued)
    return continued


def _is_behind(office: Office, room: str, head: Head | None) -> bool:
    try:
        office.check_head(room, head or EMPTY)
    except RoomBehind:
        return True
    return False


def _reopened(office: Office, old: Room, head: Head, known: Known) -> str:
    """The id of the new room, written now, or by an earlier attempt that was cut short."""
    author = _author(old[SEATS])
    act = hashlib.sha256(f"continue {known.origin} {known.size} {head.size}".encode()).hexdigest()[:32]
    recorded = office.store.act(author.id, act)
    if recorded is not None:
        return recorded.spans[0][0]
    new = office.random(old.id, head.size, "continued").hex()
    body, particulars = _moved(office, old, new, _body(office, old[SEATS], new, known))
    header = Header(
        talks=old[SEATS].talks,
        room=new,
        seq=0,
        at=max(office.clock(), head.at),
        kind="room-opened",
        act=act,
        author=Author(author.id, author.delegation),
    )
    addition = _addition(header, body, particulars)
    office.store.append(
        [Batch(author.id, act, hashlib.sha256(act.encode()).hexdigest(), (addition,), ((old.id, head.size),))]
    )
    office.heads.write(new, office.checkpoint(new, 1, addition.head.root))
    return new


def _author(seats: Seats) -> Delegate:
    seated = [d for d in seats.delegates.values() if d.until is None]
    if not seated:
        raise Refusal("Nobody sits in what survived of this room, so there is nobody to continue it for.")
    return min(seated, key=lambda d: d.delegation != seats.host)


def _body(office: Office, seats: Seats, new: str, known: Known) -> dict[str, Any]:
    """As ``talks.opening`` writes entry 0, and what it continues."""
    return {
        "kind": seats.kind,
        "name": seats.name,
        "talks_name": seats.talks_name,
        "talks": seats.talks,
        "title": seats.title,
        "host": seats.host,
        "delegations": [delegation_body(d) for d in seats.delegations.values() if d.until is None],
        "delegates": [delegate_body(d) for d in seats.delegates.values() if d.until is None],
        "log": {"origin": office.origin(new), "key": base64.b64encode(office.log_key.public).decode()},
        "continues": {"origin": known.origin, "size": known.size, "root": known.root.hex()},
    }


def _moved(office: Office, old: Room, new: str, body: dict[str, Any]) -> tuple[dict[str, Any], list[Particular]]:
    """The body with its particulars copied to the new room, each under a salt of its own; erased ones stay erased."""
    kept = office.store.particulars(old.id, dict.fromkeys(cited(body)))
    copies = {c: Particular(office.random(new, 0, f"copy/{c}"), p.content) for c, p in kept.items()}
    moved = _replaced(body, lambda text: copies[text].citation if text in copies else text)
    return moved, list(copies.values())


def _replaced(value: Any, by: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return by(value)
    if isinstance(value, dict):
        return {name: _replaced(part, by) for name, part in value.items()}
    return [_replaced(part, by) for part in value] if isinstance(value, list) else value


def _addition(header: Header, body: dict[str, Any], particulars: Iterable[Particular]) -> Addition:
    line = entries.encode(header, body)
    leaf = tree.leaf_hash(line)
    return Addition(
        room=header.room,
        expected=0,
        head=Head(tree.Frontier().append(leaf), header.at),
        lines=(line,),
        leaves=(leaf,),
        particulars=tuple(particulars),
        seats=tuple((d["id"], None) for d in body["delegates"]),
        public=body["kind"] == "public",
    )
