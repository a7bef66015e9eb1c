"""Opening talks and rooms, and closing rooms."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from goodoffices.record import signatures
from goodoffices.record.entries import Fact
from goodoffices.record.seats import SEATS, Delegate, Delegation, Seats
from goodoffices.talks import fields
from goodoffices.talks.fields import Command
from goodoffices.talks.scene import Refusal, Rule, Scene

OPENED_FROM = frozenset({"plenary", "format"})  # rooms where delegations meet, and so find others to open a room with
LEVELS = ("head-of-state-or-government", "minister", "deputy-minister-or-envoy", "technical")


@dataclass(frozen=True, kw_only=True)
class Side:
    """A delegation at the opening of talks, besides the host."""

    code: str = fields.code("Short name")
    role: str = fields.choice("Role", ("party", "third-party"))
    name: str = fields.words("Name")


@dataclass(frozen=True, kw_only=True)
class OpenTalks(Command):
    """Open talks: a plenary (the room in which this is done, new), a room of the host, and a public room."""

    talks: str = fields.new()
    host_room: str = fields.new()
    public: str = fields.new()
    name: str = fields.code("Short name of the talks", "Such as istanbul-2025.")
    title: str = fields.words("Title")
    host_code: str = fields.code("Short name of the host delegation")
    host_name: str = fields.words("Name of the host delegation")
    sides: tuple[Side, ...] = fields.rows("Delegations at the table", Side, "The parties, and third parties if any.")
    person_name: str | None = fields.words("Your name", required=False)
    person_function: str | None = fields.words("Your function", required=False)
    person_level: str | None = fields.choice("Your level", LEVELS, required=False)
    keys: tuple[dict[str, str], ...] = fields.keys("Your signing keys")


@dataclass(frozen=True, kw_only=True)
class OpenRoom(Command):
    """Open a room for some of the delegations of this one; who sits here for them sits there too."""

    opened: str = fields.new()
    kind: str = fields.choice("Kind", ("caucus", "delegation-room", "host-room", "format"))
    name: str = fields.code("Short name")
    title: str | None = fields.words("Title", required=False)
    members: tuple[str, ...] = fields.delegation("Delegations", "From those in this room.", many=True, required=False)
    guests: tuple[Side, ...] = fields.rows("Others", Side, "Delegations that are not in this room.", required=False)


@dataclass(frozen=True, kw_only=True)
class CloseRoom(Command):
    """Close this room: nothing more is written to it; its record stays readable."""

    reason: str | None = fields.words("Reason", required=False)


def open_talks(scene: Scene, c: OpenTalks) -> list[Fact]:
    scene.refuse_unless(not scene.seats.talks, "This room belongs to talks already; new talks have rooms of their own.")
    _check_distinct([c.host_code, *(s.code for s in c.sides)])
    for key in c.keys:
        check_key(key)
    if sum(s.role == "party" for s in c.sides) < 2:
        raise Refusal("Talks need at least two parties.")
    host = Delegation(delegation_id(c.talks, "host", c.host_code), "host", c.host_code, c.host_name)
    others = [Delegation(delegation_id(c.talks, s.role, s.code), s.role, s.code, s.name) for s in c.sides]
    opener = Delegate(scene.who.person, host.id, c.person_name, c.person_level, c.person_function, keys=c.keys)
    seats = Seats(talks=c.talks, host=host.id, talks_name=c.name)
    rooms: list[tuple[str, str, str, list[Delegation]]] = [
        (scene.room.id, "plenary", "plenary", [host, *others]),
        (c.host_room, "host-room", "host-room", [host]),
        (c.public, "public", "public", [host, *others]),
    ]
    return [
        room_opened(scene, seats, room, kind, name, c.title, members, [opener]) for room, kind, name, members in rooms
    ]


def open_room(scene: Scene, c: OpenRoom) -> list[Fact]:
    seats = scene.seats
    scene.refuse_unless(seats.kind in OPENED_FROM, "Rooms are opened from a room where delegations meet.")
    if any(r[SEATS].name == c.name and r[SEATS].talks == seats.talks for r in scene.rooms.values()):
        raise Refusal(f"You sit in a room called “{c.name}” already. Choose another short name.")
    members = list(dict.fromkeys((scene.acting, *c.members)))
    _check_members(scene, c.kind, members, bool(c.guests))
    delegations = [seats.delegations[d] for d in members]
    delegations += [Delegation(delegation_id(seats.talks, g.role, g.code), g.role, g.code, g.name) for g in c.guests]
    _check_distinct([d.code for d in delegations])
    _check_distinct([d.id for d in delegations])
    delegates = [d for d in seats.delegates.values() if d.until is None and d.delegation in members]
    return [room_opened(scene, seats, c.opened, c.kind, c.name, c.title, delegations, delegates)]


def delegation_id(talks: str, role: str, code: str) -> str:
    """The id of a delegation: the same in every room of the talks, so that withdrawing its delegate reaches them all.

    It follows from what each of those rooms shows. Were it looked up, the same id in two rooms would tell a reader of
    one that its author sits with that delegation in a room the reader does not know.
    """
    return hashlib.sha256(f"delegation/{talks}/{role}/{code}".encode()).hexdigest()[:32]


def close_room(scene: Scene, c: CloseRoom) -> list[Fact]:
    scene.refuse_unless(_closes(scene), "Only the host closes a room, or a delegation its own.")
    return [Fact("room-closed", {"reason": c.reason} | c.as_told())]


def room_opened(
    scene: Scene,
    seats: Seats,
    room: str,
    kind: str,
    name: str,
    title: str | None,
    delegations: Iterable[Delegation],
    delegates: Iterable[Delegate],
) -> Fact:
    """Entry 0 of a new room of the talks in ``seats``."""
    body = {
        "kind": kind,
        "name": name,
        "talks_name": seats.talks_name,
        "talks": seats.talks,
        "title": title,
        "host": seats.host,
        "delegations": [delegation_body(d) for d in delegations],
        "delegates": [delegate_body(d) for d in delegates],
        "log": dict(scene.log(room)),
    }
    return Fact("room-opened", body, room)


def check_key(key: Mapping[str, str]) -> None:
    """Refuses a key no signature could ever be checked with: it would bar its owner from every binding act."""
    try:
        signatures.check_key(key)
    except signatures.BadSignature as error:
        raise Refusal(f"This signing key cannot be named: {error}") from error


def delegation_body(d: Delegation) -> dict[str, Any]:
    """A delegation as entries hold it."""
    return {"id": d.id, "role": d.role, "code": d.code, "name": d.name}


def delegate_body(d: Delegate) -> dict[str, Any]:
    """A delegate as entries hold it."""
    body = asdict(d)
    del body["since"], body["until"]
    return body | {"keys": [dict(k) for k in d.keys]}


def _check_members(scene: Scene, kind: str, members: list[str], guests: bool) -> None:
    seats, host = scene.seats, scene.seats.host
    absent = [d for d in members if not seats.present(d)]
    if absent:
        raise Refusal("Open a room with delegations that sit in this one, or name the others as guests.")
    if kind == "delegation-room":
        allowed = members == [scene.acting] and scene.acting != host and not guests
        scene.refuse_unless(allowed, "A delegation room is one delegation alone; only that delegation opens it.")
        return
    if kind == "format" and _neutral(scene) and not guests:
        # A neutral intermediary sees each side's list alone, without the host: docs/design/list-rooms.md.
        one = [d for d in members if d != scene.acting]
        allowed = len(one) == 1 and one[0] in seats.parties
        scene.refuse_unless(allowed, "A third party opens a room with one party of this one, and nobody else.")
        return
    scene.refuse_unless(scene.is_host, "Only the host opens this kind of room.")
    if kind == "host-room" and (members != [host] or guests):
        raise Refusal("A host room has the host alone.")
    if kind == "caucus" and (len(members) != 2 or guests):
        raise Refusal("A caucus is one delegation with the host.")
    if kind == "format" and len(members) + guests < 2:
        raise Refusal("A format needs at least two delegations.")


def _neutral(scene: Scene) -> bool:
    return scene.seats.delegations[scene.acting].role == "third-party"


def _check_distinct(names: list[str]) -> None:
    if len(set(names)) != len(names):
        raise Refusal("Two delegations have the same short name.")


def _where_delegations_meet(scene: Scene) -> Iterable[Mapping[str, str]]:
    """The host opens rooms of every kind; another delegation one for itself; a third party one with a party."""
    if scene.seats.kind in OPENED_FROM:
        yield {} if scene.is_host else {"kind": "delegation-room"}
        if _neutral(scene) and scene.seats.parties:
            yield {"kind": "format"}


def _closes(scene: Scene) -> bool:
    """The host; a delegation its own room; a third party the one it opened with a party, where no host sits."""
    alone = scene.seats.kind == "delegation-room"
    return scene.is_host or alone or (_neutral(scene) and not scene.seats.present(scene.seats.host))


def _to_closer(scene: Scene) -> Iterable[Mapping[str, str]]:
    if _closes(scene):
        yield {}


RULES = (
    Rule(OpenTalks, "Open talks", open_talks, lambda _: (), minutable=False),
    Rule(OpenRoom, "Open a room", open_room, _where_delegations_meet, minutable=False),
    Rule(CloseRoom, "Close this room", close_room, _to_closer, minutable=False),
)
