"""Proposing an exchange, agreeing to its terms, declining, withdrawing, and letting it lapse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from goodoffices.papers.topics import TOPICS
from goodoffices.record.entries import Fact
from goodoffices.record.matter import Room
from goodoffices.record.seats import SEATS
from goodoffices.sealing import terms as terms_
from goodoffices.sealing.course import due as due_of
from goodoffices.sealing.exchanges import SEALING, Exchange, event
from goodoffices.sealing.keys_named import WHERE, check_signs, signs
from goodoffices.sealing.order import refusal
from goodoffices.sealing.terms import BadTerms, Holder, Side, Terms
from goodoffices.talks import fields
from goodoffices.talks.fields import Asked
from goodoffices.talks.scene import Awaited, Refusal, Rule, Scene

BUCKETS = tuple(str(size) for size in terms_.BUCKETS)


@dataclass(frozen=True, kw_only=True)
class ProposeExchange(Asked):
    """Propose that both sides of this room hand in a sealed paper each. Both open together or neither does."""

    nonce: str = fields.new()
    holders: tuple[str, ...] = fields.delegation(
        "Holders", "They open the papers, and only when both are sealed. Each is accepted by both sides.", many=True
    )
    k: int = fields.number(
        "How many of them open", "2 of 3 is usual. With 1, each holder could read both papers early."
    )
    topics: tuple[str, ...] = fields.choice(
        "Required topics", TOPICS, "A paper that leaves one blank shows it on opening.", required=False, many=True
    )
    deadline: str = fields.instant("Deadline for sealing")
    bucket: str = fields.choice(
        "Largest paper", BUCKETS, "In bytes. All papers look this large, so none tells its size."
    )


@dataclass(frozen=True, kw_only=True)
class AgreeExchange(Asked):
    """Agree to the terms of this exchange: its sides, keys, holders, topics and deadline."""

    proposal: str = fields.ref("Exchange", "exchange-proposed")


@dataclass(frozen=True, kw_only=True)
class DeclineExchange(Asked):
    """Decline this exchange. One declining is enough to end it."""

    proposal: str = fields.ref("Exchange", "exchange-proposed")
    reason: str | None = fields.words("Reason", required=False, long=True)


@dataclass(frozen=True, kw_only=True)
class WithdrawExchange(Asked):
    """Withdraw from this exchange. Once both sides have sealed, nobody withdraws any more."""

    proposal: str = fields.ref("Exchange", "exchange-proposed")
    reason: str | None = fields.words("Reason", required=False, long=True)


@dataclass(frozen=True, kw_only=True)
class LapseExchange(Asked):
    """Put on the record that the deadline passed before both sides had sealed."""

    proposal: str = fields.ref("Exchange", "exchange-proposed")


def propose_exchange(scene: Scene, c: ProposeExchange) -> list[Fact]:
    check_signs(scene)
    scene.refuse_unless(scene.is_host or scene.is_party, "An exchange is proposed by the host or by a side.")
    if scene.seats.kind != WHERE:
        raise Refusal("Papers are exchanged in a room of its own: the host opens one of the kind “format”.")
    if len(scene.seats.parties) != 2:
        raise Refusal("An exchange is between two sides; open a room in which exactly two parties sit.")
    going = scene.room[SEALING].going()
    if going is not None:
        raise Refusal("Another exchange is under way in this room. It must end before the next is proposed.")
    if c.deadline <= scene.at:
        raise Refusal(f"The deadline has passed already: by this server's clock it is {scene.at}.")
    try:
        terms = terms_.made(_terms(scene, c))
    except BadTerms as error:
        raise Refusal(str(error)) from error
    return [Fact("exchange-proposed", {"exchange": terms.id, "terms": terms.body()})]


def _terms(scene: Scene, c: ProposeExchange) -> Terms:
    first, second = scene.seats.parties
    return Terms(
        talks=scene.seats.talks,
        room=scene.room.id,
        nonce=c.nonce,
        sides=(_side(scene, first), _side(scene, second)),
        holders=tuple(_holder(scene, d) for d in scene.seats.delegations if d in c.holders),
        k=c.k,
        topics=tuple(sorted(set(c.topics))),
        deadline=c.deadline,
        bucket=int(c.bucket),
    )


def _side(scene: Scene, delegation: str) -> Side:
    code, keys = scene.seats.delegations[delegation].code, scene.room[SEALING].current(delegation)
    if keys is None or keys.recovery is None:
        raise Refusal(f"“{code}” has not named its keys in this room yet.")
    if not keys.tested:
        raise Refusal(f"“{code}” has not tested its recovery sheet yet; before that its keys do not count.")
    return Side(code, delegation, keys.online, keys.recovery, _signers(scene, delegation))


def _holder(scene: Scene, delegation: str) -> Holder:
    member, keys = scene.seats.delegations[delegation], scene.room[SEALING].current(delegation)
    if not scene.seats.present(delegation) or member.role == "party":
        raise Refusal(f"“{member.code}” cannot hold: a holder sits in this room and is neither of the sides.")
    if keys is None:
        raise Refusal(f"“{member.code}” has not named its key in this room yet.")
    return Holder(member.code, delegation, keys.online, _signers(scene, delegation))


def _signers(scene: Scene, delegation: str) -> tuple[dict[str, str], ...]:
    seated = (d for d in scene.seats.delegates.values() if d.delegation == delegation and d.until is None)
    return tuple(dict(key) for d in seated for key in d.keys)


def agree_exchange(scene: Scene, c: AgreeExchange) -> list[Fact]:
    return [stepped(scene, signing(scene, c.proposal), "exchange-agreed", {})]


def decline_exchange(scene: Scene, c: DeclineExchange) -> list[Fact]:
    return [stepped(scene, signing(scene, c.proposal), "exchange-declined", {"reason": c.reason})]


def withdraw_exchange(scene: Scene, c: WithdrawExchange) -> list[Fact]:
    return [stepped(scene, signing(scene, c.proposal), "exchange-withdrawn", {"reason": c.reason})]


def lapse_exchange(scene: Scene, c: LapseExchange) -> list[Fact]:
    return [stepped(scene, found(scene, c.proposal), "exchange-lapsed", {})]


# What every step of an exchange asks


def found(scene: Scene, proposal: str) -> Exchange:
    """The exchange that a step belongs to."""
    x = scene.room[SEALING].all.get(proposal)
    if x is None:
        raise Refusal("There is no such exchange in this room.")
    if x.void is not None:
        raise Refusal("A key of these terms was replaced before anybody had sealed. Propose the exchange again.")
    return x


def signing(scene: Scene, proposal: str) -> Exchange:
    """The same, for a step that is signed: by a side or holder, with a key that the terms name."""
    x = found(scene, proposal)
    if x.part(scene.acting) is None:
        raise Refusal("Your delegation is neither a side nor a holder of this exchange.")
    check_signs(scene)
    if not may_sign(scene, x):
        raise Refusal(
            "The terms of this exchange name the keys that sign in it, and none of yours is among them: it was named "
            "here later. Another person of your delegation has to act."
        )
    return x


def may_sign(scene: Scene, x: Exchange) -> bool:
    """Whether one of the keys that the terms name for the acting delegation is the author's."""
    part, seat = x.part(scene.acting), scene.seat()
    return part is not None and seat is not None and any(dict(key) in part.signers for key in seat.keys)


def quoted(code: str) -> str:
    """A code as a sentence names it."""
    return f"“{code}”"


def stepped(scene: Scene, x: Exchange, kind: str, body: Mapping[str, Any]) -> Fact:
    """A step's fact, signed by one of the delegation's keys in the terms; refused where the order does not allow it."""
    why = refusal(x.course, event(x, kind, scene.acting, body, ""), scene.at, quoted)
    if why is not None:
        raise Refusal(why)
    part = x.part(scene.acting)
    signers = part.signers if part is not None else None
    return Fact(kind, {"proposal": x.ref, "exchange": x.id, **body}, signers=signers)


def awaited(room: Room, delegation: str, step: str | None = None) -> Iterator[tuple[Exchange, str | None]]:
    """Exchanges that wait for this step of the delegation (None: for any), and whose paper it is about."""
    if room[SEATS].present(delegation):
        for x in room[SEALING].all.values():
            if x.void is None and x.course.ended is None and (code := x.code(delegation)):
                yield from ((x, due.side) for due in due_of(x.course) if due.by == code and step in (None, due.step))


def awaiting(room: Room, delegation: str) -> Iterator[Awaited]:
    """Terms that wait for this delegation's agreement."""
    for x, _ in awaited(room, delegation, "agree"):
        yield Awaited("agree-exchange", x.ref, {"proposal": x.ref})


def stepping(scene: Scene, *stages: str) -> Iterator[Exchange]:
    """Exchanges in one of these stages in which the person may sign for a side or holder."""
    if signs(scene):
        yield from (x for x in scene.room[SEALING].all.values() if x.stage in stages and may_sign(scene, x))


def _may_propose(scene: Scene) -> Iterable[Mapping[str, str]]:
    """Offered once two sides and somebody who could hold have their keys."""
    seats, state = scene.seats, scene.room[SEALING]
    if seats.kind != WHERE or not signs(scene) or not (scene.is_host or scene.is_party):
        return
    ready = [d for d in seats.parties if (keys := state.current(d)) is not None and keys.tested]
    holders = [d for d in seats.delegations.values() if d.until is None and d.role != "party" and state.current(d.id)]
    if len(seats.parties) == len(ready) == 2 and holders and state.going() is None:
        yield {}


def _to_agree(scene: Scene) -> Iterable[Mapping[str, str]]:
    for x in stepping(scene, "proposed"):
        if x.code(scene.acting) not in x.agreed and scene.at <= x.terms.deadline:
            yield {"proposal": x.ref}


def _to_decline(scene: Scene) -> Iterable[Mapping[str, str]]:
    yield from ({"proposal": x.ref} for x in stepping(scene, "proposed") if x.code(scene.acting) not in x.agreed)


def _to_withdraw(scene: Scene) -> Iterable[Mapping[str, str]]:
    for x in stepping(scene, "proposed", "agreed"):
        if x.side(scene.acting) in x.agreed:
            yield {"proposal": x.ref}


def _to_lapse(scene: Scene) -> Iterable[Mapping[str, str]]:
    if scene.who.on_behalf is None:
        for x in scene.room[SEALING].all.values():
            if x.stage in {"proposed", "agreed"} and scene.at > x.terms.deadline:
                yield {"proposal": x.ref}


RULES = (
    Rule(ProposeExchange, "Propose a sealed exchange", propose_exchange, _may_propose, minutable=False, binding=True),
    Rule(AgreeExchange, "Agree to the exchange", agree_exchange, _to_agree, minutable=False, binding=True),
    Rule(DeclineExchange, "Decline the exchange", decline_exchange, _to_decline, minutable=False, binding=True),
    Rule(
        WithdrawExchange, "Withdraw from the exchange", withdraw_exchange, _to_withdraw, minutable=False, binding=True
    ),
    Rule(LapseExchange, "Note that the exchange has lapsed", lapse_exchange, _to_lapse, minutable=False),
)
