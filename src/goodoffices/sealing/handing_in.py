"""Sealing a paper, and what holders say of it: that they could help to open it, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from goodoffices.record.entries import Fact
from goodoffices.record.matter import Room
from goodoffices.sealing.course import HELD
from goodoffices.sealing.events import FAULTS
from goodoffices.sealing.exchanges import SEALING, Exchange
from goodoffices.sealing.proposing import awaited, signing, stepped, stepping
from goodoffices.sealing.reading import Seal, seal_fault
from goodoffices.talks import fields
from goodoffices.talks.fields import Asked, BlobCited
from goodoffices.talks.scene import Awaited, Refusal, Rule, Scene


@dataclass(frozen=True, kw_only=True)
class SealPaper(Asked):
    """Hand in your sealed paper. It is final: it is neither changed nor replaced."""

    proposal: str = fields.ref("Exchange", "exchange-proposed")
    outer: BlobCited = fields.blob("Sealed paper")  # noqa: RUF009  # a description of the field
    escrow: BlobCited = fields.blob("What the holders hold")  # noqa: RUF009  # a description of the field


@dataclass(frozen=True, kw_only=True)
class HoldPaper(Asked):
    """Confirm that you could help to open this paper: what is sealed for you opens, and it belongs to this exchange."""

    proposal: str = fields.ref("Exchange", "exchange-proposed")
    sealed: str = fields.ref("Sealed paper", "paper-sealed")


@dataclass(frozen=True, kw_only=True)
class DisputeHolding(Asked):
    """Say that what is sealed for you is not as it must be. While you say so you do not release."""

    proposal: str = fields.ref("Exchange", "exchange-proposed")
    sealed: str = fields.ref("Sealed paper", "paper-sealed")
    fault: str = fields.choice("What is wrong", FAULTS)
    words: str | None = fields.words("In words", required=False, long=True)


def seal_paper(scene: Scene, c: SealPaper) -> list[Fact]:
    x = signing(scene, c.proposal)
    body = {"side": x.code(scene.acting), "outer": c.outer.body(), "escrow": c.escrow.body()}
    made = stepped(scene, x, "paper-sealed", body)
    _check_afresh(scene, c.outer)
    fault = seal_fault(scene, Seal(x.terms, c.outer.paper, c.escrow.paper))
    if fault is not None:
        raise Refusal(f"This is no sealed paper of this exchange, and nothing was written. {fault}")
    return [made]


def _check_afresh(scene: Scene, outer: BlobCited) -> None:
    """Refuses a file that was handed in before: a copy opens to nobody anew."""
    before = (seal.outer_sha256 for x in scene.room[SEALING].all.values() for seal in x.seals.values())
    if outer.sha256 in before:
        raise Refusal("This very file was handed in before in this room. Each paper is sealed afresh.")


def hold_paper(scene: Scene, c: HoldPaper) -> list[Fact]:
    x = signing(scene, c.proposal)
    return [stepped(scene, x, "paper-held", {"side": _sealed_by(x, c.sealed), "sealed": c.sealed})]


def dispute_holding(scene: Scene, c: DisputeHolding) -> list[Fact]:
    x = signing(scene, c.proposal)
    body = {"side": _sealed_by(x, c.sealed), "sealed": c.sealed, "fault": c.fault, "words": c.words}
    return [stepped(scene, x, "holding-disputed", body)]


def _sealed_by(x: Exchange, ref: str) -> str:
    """The side whose paper this entry sealed."""
    side = next((side for side, seal in x.seals.items() if seal.ref == ref), None)
    if side is None:
        raise Refusal("That is not a paper sealed in this exchange.")
    return side


def awaiting(room: Room, delegation: str) -> Iterator[Awaited]:
    """For a side that has not sealed; for a holder that has not said what it holds."""
    for x, _ in awaited(room, delegation, "seal"):
        yield Awaited("seal-paper", x.ref, {"proposal": x.ref})
    for x, side in awaited(room, delegation, "hold"):
        ref = x.seals[side or ""].ref
        yield Awaited("hold-paper", ref, {"proposal": x.ref, "sealed": ref})


def _to_seal(scene: Scene) -> Iterable[Mapping[str, str]]:
    for x in stepping(scene, "agreed"):
        side = x.side(scene.acting)
        if side is not None and side not in x.seals and scene.at <= x.terms.deadline:
            yield {"proposal": x.ref}


def _holding(scene: Scene) -> Iterator[tuple[Exchange, str, str]]:
    """Each seal that a holder who has not released may speak of: its side, and the holder's last word on it."""
    for x in stepping(scene, "agreed", "sealed", "failed"):
        holder = x.holder(scene.acting)
        if holder is not None and all(release.by != holder for release in x.course.releases):
            said = x.course.words.get(holder, {})
            yield from ((x, side, said.get(side, "")) for side in x.seals)


def _to_hold(scene: Scene) -> Iterable[Mapping[str, str]]:
    for x, side, said in _holding(scene):
        if said != HELD:
            yield {"proposal": x.ref, "sealed": x.seals[side].ref}


def _to_dispute(scene: Scene) -> Iterable[Mapping[str, str]]:
    yield from ({"proposal": x.ref, "sealed": x.seals[side].ref} for x, side, _ in _holding(scene))


RULES = (
    Rule(SealPaper, "Seal your paper", seal_paper, _to_seal, minutable=False, binding=True),
    Rule(HoldPaper, "Confirm what you hold", hold_paper, _to_hold, minutable=False, binding=True),
    Rule(DisputeHolding, "Dispute what you hold", dispute_holding, _to_dispute, minutable=False, binding=True),
)
