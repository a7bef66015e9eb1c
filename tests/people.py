"""A fixed cast for tests: the host, side A, side B, an observer, and an outsider who must see nothing.

``open_round`` gives an office in memory with talks opened, everybody accredited and a caucus for each side.
Randomness is derived from (room, size, purpose) and time from a script, so that two worlds can be compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from goodoffices.record import signatures, sshsig
from goodoffices.record.checkpoints import LogKey
from goodoffices.record.logkeys import LogKeys
from goodoffices.record.memory import MemoryStore
from goodoffices.record.store import Store
from goodoffices.secretariat.acts import Request, Step, ToSign
from goodoffices.secretariat.desk import Desk, Receipt, RoomView
from goodoffices.secretariat.matters import MATTERS, RULES
from goodoffices.secretariat.office import Heads, Office


def person(name: str) -> str:
    """A person's id, the same in every test."""
    return hashlib.sha256(f"person {name}".encode()).hexdigest()[:32]


HOST, HOST_AIDE = person("host"), person("host aide")
SIDE_A, SIDE_A_ENVOY = person("side a"), person("side a envoy")
SIDE_B = person("side b")
OBSERVER = person("observer")
OUTSIDER = person("outsider")


def derived(room: str, size: int, purpose: str) -> bytes:
    """Randomness for tests: a function of where and what for, never of what else happens."""
    return hashlib.sha256(f"{room}/{size}/{purpose}".encode()).digest()[:16]


@dataclass
class Clock:
    """Script time: the same instant until told otherwise."""

    now: str = "2030-01-15T09:00:00.000Z"

    def __call__(self) -> str:
        return self.now


@dataclass
class MemoryHeads(Heads):
    notes: dict[str, str] = field(default_factory=dict)

    def newest(self, room: str) -> str | None:
        return self.notes.get(room)

    def write(self, room: str, note: str) -> None:
        self.notes[room] = note


def new_office(store: Store | None = None) -> Office:
    """An office on ``store`` (in memory by default) with derived randomness and script time."""
    return Office(
        store=store if store is not None else MemoryStore(),
        heads=MemoryHeads(),
        log_keys=LogKeys(LogKey.from_seed(bytes(range(32)))),
        host="host.test",
        matters=MATTERS,
        rules=RULES,
        clock=Clock(),
        random=derived,
    )


@dataclass
class Round:
    """One round of talks under test. Rooms by short name; ``do`` acts as somebody there."""

    office: Office
    acts: int = 0
    rooms: dict[str, str] = field(default_factory=dict)

    def desk(self, who: str | None) -> Desk:
        return Desk(self.office, who)

    def view(self, who: str | None, room: str) -> RoomView:
        return self.desk(who).room(self.rooms[room])

    def do(self, who: str, room: str, command: str, on_behalf: str | None = None, **raw: Any) -> list[Receipt]:
        """One command in one room. ``on_behalf`` is a delegation's code."""
        behalf = self.delegation(room, on_behalf) if on_behalf else None
        return self.desk(who).act(self.request(Step(self.rooms[room], command, raw, behalf)))

    def request(self, *steps: Step) -> Request:
        self.acts += 1
        return Request(f"{self.acts:032x}", steps)

    def delegation(self, room: str, code: str) -> str:
        seats = self.view(HOST, room).seats if room != "room-a" else self.view(SIDE_A, room).seats
        return next(d.id for d in seats.delegations.values() if d.code == code)

    def last(self, who: str, room: str) -> str:
        """The ref of the newest entry of a room."""
        view = self.view(who, room)
        return view.entry(view.size - 1).ref

    def kinds(self, who: str, room: str) -> list[str]:
        return [e.kind for e in self.view(who, room).entries()]


SIDES = [
    {"code": "side-a", "role": "party", "name": "Side A"},
    {"code": "side-b", "role": "party", "name": "Side B"},
]


def open_round(store: Store | None = None, keys: Mapping[str, list[dict[str, str]]] | None = None) -> Round:
    """Talks opened by the host; sides A and B accredited everywhere they sit; caucuses ``caucus-a``, ``caucus-b``."""
    named = dict(keys or {})
    round_ = Round(new_office(store))
    raw = {
        "name": "rehearsal",
        "title": "Rehearsal",
        "host_code": "host",
        "host_name": "Host country",
        "sides": SIDES,
        "person_name": "The host's envoy",
        "keys": named.get(HOST, []),
    }
    receipts = round_.desk(HOST).open_talks(f"{0:032x}", raw)
    for receipt in receipts:
        view = round_.desk(HOST).room(receipt.room)
        round_.rooms[view.seats.name] = view.id
    for side, who in (("a", SIDE_A), ("b", SIDE_B)):
        round_.do(
            HOST,
            "plenary",
            "accredit-delegate",
            person=who,
            delegation=f"side-{side}",
            name=f"Delegate of {side}",
            level="minister",
            keys=named.get(who, []),
            rooms=["public"],
        )
        add_room(round_, HOST, "plenary", kind="caucus", name=f"caucus-{side}", members=[f"side-{side}"])
    return round_


def add_room(round_: Round, who: str, from_room: str, **raw: Any) -> str:
    """Open a room and remember it under its short name."""
    (receipt,) = round_.do(who, from_room, "open-room", **raw)
    round_.rooms[raw["name"]] = receipt.room
    return receipt.room


@dataclass
class Pen:
    """A person's SSH key for tests, and the signer a desk takes."""

    name: str

    @property
    def private(self) -> Any:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(self.name.encode()).digest())

    @property
    def key(self) -> dict[str, str]:
        return {"type": "ssh", "key": str(sshsig.public_key(self.private))}

    def __call__(self, to_sign: ToSign) -> bytes:
        return signatures.sign_ssh(self.private, to_sign.payload)
