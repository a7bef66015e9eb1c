"""A sealed exchange between the sides of the cast, with the host and two guarantors as holders, in a room of its own.

``open_exchange`` opens talks with the room ``exchange``; everybody there has a key to sign with and an age key derived
from their name. The steps after that are the methods of ``Exchanging``; each is done by the person who would do it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from goodoffices.record.store import Store
from goodoffices.sealing import agekeys
from goodoffices.sealing.exchanges import SEALING, Exchange
from goodoffices.secretariat.acts import Step
from goodoffices.secretariat.desk import Receipt
from goodoffices.talks.scene import Refusal
from tests.people import HOST, SIDE_A, SIDE_A_ENVOY, SIDE_B, Clock, Pen, Round, add_room, open_round, person
from tests.refusals import sizes

GUARANTOR_1, GUARANTOR_2 = person("guarantor 1"), person("guarantor 2")
CODES = {HOST: "host", SIDE_A: "side-a", SIDE_B: "side-b", GUARANTOR_1: "guarantor-1", GUARANTOR_2: "guarantor-2"}
HOLDERS = (HOST, GUARANTOR_1, GUARANTOR_2)
DEADLINE, LATE = "2030-01-16T12:00:00.000Z", "2030-01-16T12:00:00.001Z"
ROOM = "exchange"


def secret(name: str) -> bytes:
    """The 32 secret bytes of somebody's age key, the same in every run."""
    return hashlib.sha256(f"age {name}".encode()).digest()


def recipient(name: str) -> str:
    return agekeys.recipient_of(secret(name))


def nonce(name: str) -> bytes:
    """What the test of somebody's recovery sheet holds."""
    return hashlib.sha256(f"nonce {name}".encode()).digest()


@dataclass
class Exchanging(Round):
    """The round with its exchange. ``act`` signs with the pen of whoever acts."""

    pens: dict[str, Pen] = field(default_factory=dict)

    @property
    def clock(self) -> Clock:
        assert isinstance(self.office.clock, Clock)
        return self.office.clock

    def act(self, who: str, command: str, room: str = ROOM, **raw: Any) -> list[Receipt]:
        """One command, signed where it has to be."""
        return self.desk(who).act(self.request(Step(self.rooms[room], command, raw)), self.pens.get(who))

    @property
    def x(self) -> Exchange:
        """The newest exchange in the room."""
        return list(self.view(HOST, ROOM).state[SEALING].all.values())[-1]

    def name_keys(self, who: str, online: str | None = None, recovery: str | None = None) -> str:
        """Somebody names the keys of their delegation: the ref."""
        code = CODES[who]
        raw = {"online": online or recipient(code)}
        if who in {SIDE_A, SIDE_B}:
            raw |= sheet(recovery or f"{code} recovery")
        self.act(who, "name-sealing-keys", **raw)
        return self.last(who, ROOM)

    def make_ready(self) -> None:
        """Everybody names keys, and the sides test their recovery sheets."""
        for who in CODES:
            ref = self.name_keys(who)
            if who in {SIDE_A, SIDE_B}:
                self.act(who, "prove-recovery", keys=ref, nonce=nonce(f"{CODES[who]} recovery").hex())

    def propose(self, who: str = HOST, **changes: Any) -> str:
        """Propose an exchange with all three as holders, two of whom open: the ref."""
        raw = {
            "holders": [CODES[h] for h in HOLDERS],
            "k": 2,
            "topics": ["prisoners", "ceasefire"],
            "deadline": DEADLINE,
            "bucket": "65536",
        }
        self.act(who, "propose-exchange", **raw | changes)
        return self.last(HOST, ROOM)

    def agree(self, *people: str) -> None:
        for who in people or CODES:
            self.act(who, "agree-exchange", proposal=self.x.ref)


def sheet(name: str) -> dict[str, str]:
    """What naming a recovery key of this name gives."""
    check = hashlib.sha256(nonce(name)).hexdigest()
    return {"recovery": recipient(name), "check": check, "test": f"a test for {name}"}


@contextmanager
def refusing(talks: Round, why: str, *, part: bool = False) -> Iterator[None]:
    """What is done inside is refused in these very words (or words with this part), and nothing is written."""
    before = sizes(talks)
    with pytest.raises(Refusal) as refusal:
        yield
    assert sizes(talks) == before
    assert (why in str(refusal.value)) if part else (why == str(refusal.value)), str(refusal.value)


def open_exchange(store: Store | None = None, people: Iterable[str] = ()) -> Exchanging:
    """Talks with a room for the exchange in which everybody sits; nobody has named a key yet.

    ``people``: more delegates of side A, seated in the room.
    """
    pens = {who: Pen(f"pen {who}") for who in (*CODES, SIDE_A_ENVOY, *people)}
    opened = open_round(store, {who: [pens[who].key] for who in (HOST, SIDE_A, SIDE_B)})
    talks = Exchanging(opened.office, opened.acts, opened.rooms, pens)
    guests = [
        {"code": CODES[who], "role": "third-party", "name": f"Guarantor {number}"}
        for number, who in enumerate((GUARANTOR_1, GUARANTOR_2), 1)
    ]
    add_room(talks, HOST, "plenary", kind="format", name=ROOM, members=["side-a", "side-b"], guests=guests)
    for who in (GUARANTOR_1, GUARANTOR_2):
        talks.do(HOST, ROOM, "accredit-delegate", person=who, delegation=CODES[who], keys=[pens[who].key])
    for who in (SIDE_A_ENVOY, *people):
        talks.do(HOST, ROOM, "accredit-delegate", person=who, delegation="side-a", keys=[pens[who].key])
    return talks
