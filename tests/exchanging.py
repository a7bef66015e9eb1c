"""A sealed exchange between the sides of the cast, with the host and two guarantors as holders, in a room of its own.

``open_exchange`` opens talks with the room ``exchange``; everybody there has a key to sign with and an age key derived
from their name. The steps after that are the methods of ``Exchanging``; each is done by the person who would do it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from goodoffices.record import signatures
from goodoffices.record.store import Store
from goodoffices.sealing import agekeys, escrow, layers
from goodoffices.sealing.escrow import Given
from goodoffices.sealing.exchanges import SEALING, Exchange
from goodoffices.sealing.layers import Paper, Sealed
from goodoffices.sealing.terms import Terms
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
PAPERS = {"side-a": b"Side A: the guns fall silent first.", "side-b": b"Side B: the prisoners come home first."}


def secret(name: str) -> bytes:
    """The 32 secret bytes of somebody's age key, the same in every run."""
    return hashlib.sha256(f"age {name}".encode()).digest()


def recipient(name: str) -> str:
    return agekeys.recipient_of(secret(name))


def nonce(name: str) -> bytes:
    """What the test of somebody's recovery sheet holds."""
    return hashlib.sha256(f"nonce {name}".encode()).digest()


def salt(code: str) -> bytes:
    """The salt of a side's paper."""
    return hashlib.sha256(f"salt {code}".encode()).digest()[:16]


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

    def seal(self, who: str, content: bytes | None = None, terms: Terms | None = None, **raw: bytes) -> Sealed:
        """A side seals a paper; other ``terms``, ``outer`` or ``escrow`` may be given to hand in something else."""
        code = CODES[who]
        paper = Paper(content or PAPERS[code], f"{code}.yaml", "application/yaml")
        pen = self.pens[who].private
        made = layers.seal(
            terms or self.x.terms, code, paper, salt(code), lambda signed: signatures.sign_ssh(pen, signed)
        )
        files = {"outer": made.outer, "escrow": made.escrow} | raw
        self.act(who, "seal-paper", proposal=self.x.ref, **{k: {"content": v} for k, v in files.items()})
        return made

    def blob(self, citation: str) -> bytes:
        """A particular of the room."""
        return self.office.store.particulars(self.rooms[ROOM], [citation])[citation].content

    def earlier(self) -> list[Given]:
        """The releases on the record."""
        return [
            Given(
                one.by,
                {
                    side: escrow.read_peels(self.x.terms, self.blob(peels.paper))
                    for side, peels in self.x.peels[one.id].items()
                },
            )
            for one in self.x.course.releases
        ]

    def peel(self, who: str) -> dict[str, bytes]:
        """What an honest holder gives out now, as text by side."""
        x, found = self.x, {}
        for side, seal in x.seals.items():
            held = escrow.Seal(side, self.blob(seal.outer), self.blob(seal.escrow), seal.outer_sha256)
            peels = escrow.peel(x.terms, CODES[who], held, self.earlier(), secret(CODES[who]))
            found[side] = escrow.write_peels(peels)
        return found

    def release(self, who: str, peels: Mapping[str, bytes] | None = None, builds_on: list[str] | None = None) -> None:
        """A holder releases both papers, on top of all earlier releases unless told otherwise."""
        rows = [{"side": side, "peels": {"content": text}} for side, text in (peels or self.peel(who)).items()]
        refs = builds_on if builds_on is not None else [r.id for r in self.x.course.releases]
        self.act(who, "release-papers", proposal=self.x.ref, peels=rows, builds_on=refs)

    def hold(self, who: str, side: str) -> None:
        self.act(who, "hold-paper", proposal=self.x.ref, sealed=self.x.seals[side].ref)

    def open(self, who: str, **changes: Any) -> list[Receipt]:
        """A side says that it opened the other's paper."""
        side = self.x.course.counterpart(CODES.get(who, "side-a"))
        raw = {"side": side, "digest": self.x.course.digests[side], "structured": True, "blank": ["prisoners"]}
        return self.act(who, "open-paper", proposal=self.x.ref, **raw | changes)

    def table(self, who: str, side: str, content: bytes | None = None) -> None:
        paper = {
            "content": content or PAPERS[side],
            "media": "application/yaml",
            "name": f"{side}.yaml",
            "salt": salt(side).hex(),
        }
        self.act(who, "table-paper", proposal=self.x.ref, side=side, paper=paper, title="Conditions")

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
