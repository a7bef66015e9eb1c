"""The gate: what must come first before the next meeting, whether it is met, and which way it was met.

Whether each party has presented its paper is read from this room's record: papers presented here, and reports that
travelled here from another room. A report (``condition-reported``) is written in one act with what caused it (the
opening of a sealed exchange), or by the host. docs/design/gate.md has the contract for those who write one.

Nothing is blocked by the gate: it is shown as open or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from goodoffices.record.entries import Fact
from goodoffices.record.matter import Room
from goodoffices.record.seats import SEATS
from goodoffices.talks import fields
from goodoffices.talks.fields import Command
from goodoffices.talks.next_meeting import NEXT_MEETING, PAPERS_FIRST, Next, Precondition
from goodoffices.talks.outcomes import PAPER_DESCRIBED, PAPER_PRESENTED, Outcome
from goodoffices.talks.scene import Refusal, Rule, Scene
from goodoffices.talks.understandings import UNDERSTANDINGS

HERE = {PAPER_PRESENTED: "here", PAPER_DESCRIBED: "described"}
"""By outcome: the way of a paper of this very room, handed in or only described."""

WAYS = ("presented-openly", "sealed-exchange")
"""How papers came together in another room."""

_HEX = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Evidence:
    """What shows it to a reader of this room without the other room: digests only, each 64 hex.

    ``exchange``: the id of the sealed exchange. ``size`` and ``root``: a checkpoint of its room. ``papers``: delegation
    (id) -> SHA-256 of salt and opened paper. Raises ``ValueError`` for anything else.
    """

    exchange: str
    size: int
    root: str
    papers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.size < 0 or not all(map(_HEX.fullmatch, (self.exchange, self.root, *self.papers.values()))):
            raise ValueError("evidence is a size and digests of 64 hexadecimal characters")

    def body(self) -> dict[str, Any]:
        checkpoint = {"size": self.size, "root": self.root}
        return {"exchange": self.exchange, "checkpoint": checkpoint, "papers": dict(self.papers)}


@dataclass(frozen=True)
class Came:
    """The paper of one party came ``way`` (of ``HERE`` or ``WAYS``), as the entries ``refs`` of this room show."""

    delegation: str
    way: str
    refs: tuple[str, ...]


@dataclass(frozen=True)
class First:
    """One thing that must come first. ``refs``: entries that count towards it. ``came``: papers, by party and way."""

    precondition: Precondition
    met: bool
    refs: tuple[str, ...] = ()
    came: tuple[Came, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReportCondition(Command):
    """Report that parties have presented their papers in another room, or to each other."""

    next: str = fields.ref("Next meeting", "next-meeting-set")
    way: str = fields.choice("Which way", WAYS)
    delegations: tuple[str, ...] = fields.delegation("Whose papers", many=True)
    words: str | None = fields.words("In words", required=False, long=True)


def first(room: Room, outcomes: Iterable[Outcome]) -> tuple[First, ...]:
    """Each thing that must come first before the next meeting of this room. ``outcomes``: those of this room.

    ``papers-presented-by-each-party``: each party now in the room (at least one) has presented a paper with its
    conditions or a proposal, on this room's record, whenever it did (parties often bring them before a date is set), or
    as a report made here since the last meeting says. ``understanding-stands``: some telling of it stands. ``stated``:
    the host has reported it.
    """
    now = room[NEXT_MEETING].now
    if now is None:
        return ()
    papers = [o for o in outcomes if o.name in HERE]
    return tuple(_first(room, now, number, papers) for number in range(len(now.first)))


def waits(room: Room, delegations: Iterable[str]) -> bool:
    """Whether the next meeting of this room waits for papers, and one of these is a party here not reported yet."""
    return _for_papers(room) is not None and any(d in _unreported(room) for d in delegations)


def waiting(scene: Scene, delegations: Iterable[str]) -> Room | None:
    """The plenary of these talks, where the author sits, if it waits for the papers of these delegations.

    Every room the author sits in is looked at, so the act is decided anew when one of them moves on.
    """
    wanted = tuple(delegations)
    for id in scene.rooms:
        room = scene.rooms[id]
        seats = room[SEATS]
        if seats.kind == "plenary" and seats.talks == scene.seats.talks and seats.seat(scene.who.person):
            return room if seats.closed is None and waits(room, wanted) else None
    return None


def report(room: Room, way: str, delegations: Iterable[str], evidence: Evidence | None = None) -> Fact:
    """The fact, in ``room``, that the papers of these delegations came together ``way`` (one of ``WAYS``) elsewhere.

    Those of them that sit in ``room`` as parties are named. Raises ``Refusal`` where ``waits`` is false.
    """
    next_ref, parties = _for_papers(room), room[SEATS].parties
    named = [d for d in dict.fromkeys(delegations) if d in parties]
    if next_ref is None or not waits(room, named):
        raise Refusal("That room does not wait for these papers.")
    return Fact("condition-reported", _body(next_ref, way, named, evidence), room.id)


def report_condition(scene: Scene, c: ReportCondition) -> list[Fact]:
    scene.refuse_unless(scene.is_host, "Only the host reports what has come about before the next meeting.")
    if _for_papers(scene.room) != c.next:
        raise Refusal("This is not a next meeting that waits for papers: another was set, or it has been opened.")
    named = tuple(dict.fromkeys(c.delegations))
    if not set(named) <= set(scene.seats.parties):
        raise Refusal("Only parties that sit in this room are waited for.")
    if not set(named) <= set(_unreported(scene.room)):
        raise Refusal("The paper of one of these parties has been reported already.")
    words = {"words": c.words} if c.words is not None else {}
    return [Fact("condition-reported", _body(c.next, c.way, named, None) | words | c.as_told())]


def _body(next_ref: str, way: str, delegations: Iterable[str], evidence: Evidence | None) -> dict[str, Any]:
    return {
        "next": next_ref,
        "what": PAPERS_FIRST,
        "way": way,
        "delegations": list(delegations),
        "evidence": evidence.body() if evidence is not None else None,
    }


def _for_papers(room: Room) -> str | None:
    """The ref of the next meeting, if papers must come first."""
    now = room[NEXT_MEETING].now
    return now.ref if now is not None and any(p.what == PAPERS_FIRST for p in now.first) else None


def _unreported(room: Room) -> list[str]:
    reported = {d for report in room[NEXT_MEETING].reports for d in report.delegations}
    return [party for party in room[SEATS].parties if party not in reported]


def _first(room: Room, now: Next, number: int, papers: Iterable[Outcome]) -> First:
    precondition = now.first[number]
    if precondition.what == PAPERS_FIRST:
        return _papers(room, precondition, papers)
    if precondition.what == "understanding-stands":
        standing = room[UNDERSTANDINGS].standing(precondition.understanding or "")
        refs = tuple(ref for t in standing for ref in (t.ref, *(r.ref for r in t.answers.values())))
        return First(precondition, bool(standing), refs)
    report = now.reported.get(number)
    return First(precondition, report is not None, (report,) if report is not None else ())


def _papers(room: Room, precondition: Precondition, papers: Iterable[Outcome]) -> First:
    parties = room[SEATS].parties
    came = [Came(o.delegation, HERE[o.name], o.refs) for o in papers if o.delegation in parties]
    for r in room[NEXT_MEETING].reports:
        came += (Came(d, r.way, (r.ref,)) for d in r.delegations if d in parties)
    refs = tuple(dict.fromkeys(ref for one in came for ref in one.refs))
    return First(precondition, bool(parties) and {one.delegation for one in came} == set(parties), refs, tuple(came))


def _to_report(scene: Scene) -> Iterator[Mapping[str, str]]:
    next_ref = _for_papers(scene.room)
    if scene.is_host and next_ref is not None and _unreported(scene.room):
        yield {"next": next_ref}


RULES = (Rule(ReportCondition, "Report papers from another room", report_condition, _to_report, minutable=False),)
