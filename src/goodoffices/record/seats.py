"""Seats: who sits in a room, folded from the room's own record. Nothing else decides who may read it.

These kinds belong to the record itself, so that the verifier can tell an author who was seated from one who was not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from goodoffices.record.entries import Entry
from goodoffices.record.matter import Matter, Room

RoomKind = Literal["plenary", "caucus", "delegation-room", "host-room", "format", "public"]
Role = Literal["host", "party", "third-party"]


@dataclass(frozen=True)
class Delegation:
    """Those who speak as one. ``until`` is the seq of their removal, which they may still read."""

    id: str
    role: str
    code: str
    name: str
    since: int = 0
    until: int | None = None


@dataclass(frozen=True)
class Delegate:
    """A person accredited to a delegation; every text is a citation (``p:``) or None."""

    id: str
    delegation: str
    name: str | None = None
    level: str | None = None
    function: str | None = None
    sender: str | None = None
    credentials: str | None = None
    mandate: str | None = None
    keys: tuple[dict[str, str], ...] = ()
    since: int = 0
    until: int | None = None


@dataclass(frozen=True)
class Seats:
    """A room's members. ``talks`` is empty until ``room-opened``."""

    talks: str = ""
    kind: str = ""
    name: str = ""
    talks_name: str = ""
    title: str | None = None
    host: str = ""
    log: dict[str, str] = field(default_factory=dict)
    continues: dict[str, Any] | None = None
    closed: int | None = None
    delegations: dict[str, Delegation] = field(default_factory=dict)
    delegates: dict[str, Delegate] = field(default_factory=dict)

    @property
    def parties(self) -> tuple[str, ...]:
        """The sides now in the room, in order of admission."""
        return tuple(d.id for d in self.delegations.values() if d.role == "party" and d.until is None)

    def present(self, delegation: str) -> bool:
        member = self.delegations.get(delegation)
        return member is not None and member.until is None

    def seat(self, person: str) -> Delegate | None:
        """The person's seat, if they hold one now."""
        delegate = self.delegates.get(person)
        return delegate if delegate is not None and delegate.until is None else None

    def readable(self, person: str | None, size: int) -> int:
        """How many entries from entry 0 this person (None: the public) may read of a record of ``size``."""
        if self.kind == "public":
            return size
        delegate = self.delegates.get(person) if person is not None else None
        if delegate is None:
            return 0
        return size if delegate.until is None else min(size, delegate.until + 1)

    def may_author(self, entry: Entry) -> bool:
        """Whether the entry's author was seated when it was made (``self`` is the state before it).

        Two exceptions. One lets a single act withdraw a delegate everywhere: the talks' host, or the delegate's own
        delegation, may write ``delegate-withdrawn`` in a room where the author does not sit. And the host may write
        ``log-key-replaced`` anywhere: the log is the host's, and the two signatures in it speak for themselves.
        """
        author = entry.header.author
        seat = self.seat(author.person)
        if seat is not None and seat.delegation == author.delegation:
            return entry.header.on_behalf is None or author.delegation == self.host
        if entry.kind == "log-key-replaced":
            return author.delegation == self.host
        if entry.kind != "delegate-withdrawn":
            return False
        gone = self.seat(str(entry.body.get("delegate")))
        return author.delegation == self.host or (gone is not None and author.delegation == gone.delegation)


def delegation(fields: Mapping[str, Any], seq: int) -> Delegation:
    return Delegation(fields["id"], fields["role"], fields["code"], fields["name"], since=seq)


def delegate(fields: Mapping[str, Any], seq: int) -> Delegate:
    return Delegate(
        id=fields["id"],
        delegation=fields["delegation"],
        keys=tuple(dict(key) for key in fields.get("keys", ())),
        since=seq,
        **{name: fields.get(name) for name in ("name", "level", "function", "sender", "credentials", "mandate")},
    )


def _opened(_: Seats, entry: Entry) -> Seats:
    body = entry.body
    return Seats(
        talks=entry.header.talks,
        kind=body["kind"],
        name=body["name"],
        talks_name=body["talks_name"],
        title=body.get("title"),
        host=body["host"],
        log=dict(body["log"]),
        continues=body.get("continues"),
        delegations={d["id"]: delegation(d, entry.seq) for d in body["delegations"]},
        delegates={d["id"]: delegate(d, entry.seq) for d in body["delegates"]},
    )


def _admitted(seats: Seats, entry: Entry) -> Seats:
    new = delegation(entry.body["delegation"], entry.seq)
    return replace(seats, delegations={**seats.delegations, new.id: new})


def _removed(seats: Seats, entry: Entry) -> Seats:
    gone = entry.body["delegation"]
    if gone not in seats.delegations:
        return seats
    delegations = {**seats.delegations, gone: replace(seats.delegations[gone], until=entry.seq)}
    delegates = {
        d.id: replace(d, until=entry.seq) if d.delegation == gone and d.until is None else d
        for d in seats.delegates.values()
    }
    return replace(seats, delegations=delegations, delegates=delegates)


def _accredited(seats: Seats, entry: Entry) -> Seats:
    new = delegate(entry.body["delegate"], entry.seq)
    return replace(seats, delegates={**seats.delegates, new.id: new})


def _withdrawn(seats: Seats, entry: Entry) -> Seats:
    gone = seats.seat(entry.body["delegate"])
    if gone is None:
        return seats
    return replace(seats, delegates={**seats.delegates, gone.id: replace(gone, until=entry.seq)})


def _key_named(seats: Seats, entry: Entry) -> Seats:
    seat = seats.seat(entry.body["delegate"])
    if seat is None:
        return seats
    key, replaced = dict(entry.body["key"]), entry.body.get("replaces")
    kept = tuple(k for k in seat.keys if k != key and (replaced is None or k != dict(replaced)))
    return replace(seats, delegates={**seats.delegates, seat.id: replace(seat, keys=(*kept, key))})


def _log_key_replaced(seats: Seats, entry: Entry) -> Seats:
    return replace(seats, log={**seats.log, "key": entry.body["key"]})


def _closed(seats: Seats, entry: Entry) -> Seats:
    return replace(seats, closed=entry.seq)


def _unchanged(seats: Seats, _: Entry) -> Seats:
    return seats


SEATS: Matter[Seats] = Matter(
    name="seats",
    version=1,
    initial=Seats(),
    folds={
        "room-opened": _opened,
        "delegation-admitted": _admitted,
        "delegation-removed": _removed,
        "delegate-accredited": _accredited,
        "delegate-withdrawn": _withdrawn,
        "key-named": _key_named,
        "log-key-replaced": _log_key_replaced,
        "room-closed": _closed,
        "particulars-erased": _unchanged,
    },
)

# Kinds that commit the author's delegation: signed with a key named in the room, where the author has one.
BINDING = frozenset(
    {
        "ground-rules-agreed",
        "presence-consented",
        "presence-declined",
        "understanding-confirmed",
        "understanding-objected",
        "minute-confirmed",
        "minute-objected",
        "conveyance-allowed",
        "release-agreed",
        "key-named",
        # the sealed exchange (docs/design/sealing.md, section 4)
        "sealing-keys-named",
        "sealing-keys-replacement-proposed",
        "sealing-keys-replaced",
        "exchange-proposed",
        "exchange-agreed",
        "exchange-declined",
        "exchange-withdrawn",
        "paper-sealed",
        "paper-held",
        "holding-disputed",
        "papers-released",
        "paper-opened",
        "opening-disputed",
        # who goes in an exchange of prisoners, and the plan (docs/design/agreeing.md)
        "agreed-list-confirmed",
        "plan-accepted",
        # the prisoner exchange (docs/design/list-rooms.md)
        "intermediary-accepted",
        "intermediary-declined",
        # the prisoner exchange: the handover
        "stage-countersigned",
    }
)


def must_be_signed(room: Room, entry: Entry) -> bool:
    """Whether this entry needs its author's signature (``room`` is the state before it)."""
    if entry.kind not in BINDING or entry.header.on_behalf is not None:
        return False
    seat = room[SEATS].seat(entry.header.author.person)
    return seat is not None and bool(seat.keys)
