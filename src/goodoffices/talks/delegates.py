"""Delegates: accredited to a delegation in one or several rooms, given keys, and withdrawn everywhere by one act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goodoffices.record.entries import Fact
from goodoffices.record.seats import SEATS, Delegate, Seats
from goodoffices.talks import fields
from goodoffices.talks.fields import Command
from goodoffices.talks.opening import LEVELS, check_key, delegate_body
from goodoffices.talks.scene import Refusal, Rule, Scene


@dataclass(frozen=True, kw_only=True)
class AccreditDelegate(Command):
    """Accredit a person to a delegation, here and in the other rooms named."""

    person: str = fields.person("Person")
    delegation: str = fields.delegation("Delegation")
    name: str | None = fields.words("Name", required=False)
    level: str | None = fields.choice("Level", LEVELS, required=False)
    function: str | None = fields.words("Function", required=False)
    sender: str | None = fields.words("Sent by", required=False)
    credentials: str | None = fields.words(
        "Credentials", "What the delegate showed to prove the mandate.", required=False
    )
    mandate: str | None = fields.words("Mandate", required=False, long=True)
    keys: tuple[dict[str, str], ...] = fields.keys("Signing keys")
    rooms: tuple[str, ...] = fields.room("Also in these rooms", many=True, required=False)


@dataclass(frozen=True, kw_only=True)
class WithdrawDelegate(Command):
    """Withdraw a delegate from every room of these talks in which they sit for this delegation."""

    person: str = fields.person("Delegate")
    reason: str | None = fields.words("Reason", required=False)


@dataclass(frozen=True, kw_only=True)
class NameKey(Command):
    """Name a signing key of one's own, here and in the other rooms named."""

    key: tuple[dict[str, str], ...] = fields.keys("Key")
    replaces: tuple[dict[str, str], ...] = fields.keys("Replaces")
    rooms: tuple[str, ...] = fields.room("Also in these rooms", many=True, required=False)


def accredit_delegate(scene: Scene, c: AccreditDelegate) -> list[Fact]:
    delegate = Delegate(
        c.person, c.delegation, c.name, c.level, c.function, c.sender, c.credentials, c.mandate, tuple(c.keys)
    )
    for key in c.keys:
        check_key(key)
    facts = []
    for room in dict.fromkeys((scene.room.id, *c.rooms)):
        seats = scene.room[SEATS] if room == scene.room.id else scene.rooms[room][SEATS]
        _check_accreditation(scene, seats, delegate)
        facts.append(Fact("delegate-accredited", {"delegate": delegate_body(delegate)} | c.as_told(), room))
    return facts


def _check_accreditation(scene: Scene, seats: Seats, delegate: Delegate) -> None:
    if scene.acting not in {seats.host, delegate.delegation}:
        raise Refusal("A delegate is accredited by the host or by the delegation itself.")
    if not seats.present(delegate.delegation):
        raise Refusal(f"That delegation does not sit in the room “{seats.name}”.")
    seat = seats.seat(delegate.id)
    if seat is not None:
        raise Refusal(f"This person is accredited in the room “{seats.name}” already.")


def withdraw_delegate(scene: Scene, c: WithdrawDelegate) -> list[Fact]:
    seat = scene.seats.seat(c.person)
    if seat is None:
        raise Refusal("This person does not sit in this room.")
    if scene.acting != seat.delegation:
        raise Refusal("A delegate is withdrawn by their own delegation; the host may minute it on its behalf.")
    body = {"delegate": c.person, "reason": c.reason} | c.as_told()
    rooms = dict.fromkeys((scene.room.id, *scene.seated(c.person, seat.delegation)))
    return [Fact("delegate-withdrawn", body, room) for room in rooms]


def name_key(scene: Scene, c: NameKey) -> list[Fact]:
    if len(c.key) != 1 or len(c.replaces) > 1:
        raise Refusal("Name one key at a time.")
    check_key(c.key[0])
    rooms = tuple(dict.fromkeys((scene.room.id, *c.rooms)))
    for room in rooms:
        _check_naming(scene.rooms[room][SEATS] if room != scene.room.id else scene.seats, scene.who.person, c)
    body = {
        "delegate": scene.who.person,
        "key": dict(c.key[0]),
        "replaces": dict(c.replaces[0]) if c.replaces else None,
    } | c.as_told()
    return [Fact("key-named", body, room) for room in rooms]


def _check_naming(seats: Seats, person: str, c: NameKey) -> None:
    seat = seats.seat(person)
    if seat is None:
        raise Refusal(f"You do not sit in the room “{seats.name}”.")
    if c.key[0] in seat.keys:
        raise Refusal(f"This key is named in the room “{seats.name}” already.")
    if c.replaces and c.replaces[0] not in seat.keys:
        raise Refusal(f"The key to be replaced is not named in the room “{seats.name}”.")


def _own_or_host(scene: Scene) -> Iterable[Mapping[str, str]]:
    yield {} if scene.is_host else {"delegation": scene.acting}


def _own_people(scene: Scene) -> Iterable[Mapping[str, str]]:
    for delegate in scene.seats.delegates.values():
        if delegate.until is None and delegate.delegation == scene.acting:
            yield {"person": delegate.id}


def _never(_: Scene) -> Iterable[Mapping[str, str]]:
    """Reached through the account page and invitations, not from a room."""
    return ()


RULES = (
    Rule(AccreditDelegate, "Accredit a delegate", accredit_delegate, _own_or_host),
    Rule(WithdrawDelegate, "Withdraw a delegate", withdraw_delegate, _own_people),
    Rule(NameKey, "Name a signing key", name_key, _never, minutable=False, binding=True),
)
