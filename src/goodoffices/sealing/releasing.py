"""Releasing: a holder gives out what it holds, of both papers in one act, and what it gives out proves itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from goodoffices.record.entries import Fact
from goodoffices.record.matter import Room
from goodoffices.sealing.exchanges import Exchange
from goodoffices.sealing.proposing import awaited, signing, stepped, stepping
from goodoffices.sealing.reading import Peeling, peeled
from goodoffices.talks import fields
from goodoffices.talks.fields import Asked, BlobCited
from goodoffices.talks.scene import Awaited, Refusal, Rule, Scene


@dataclass(frozen=True, kw_only=True)
class Peels:
    """What a holder peels of one paper."""

    side: str = fields.code("Side", "Short name of the side whose paper it is.")
    peels: BlobCited = fields.blob("Peels")  # noqa: RUF009  # a description of the field


@dataclass(frozen=True, kw_only=True)
class ReleasePapers(Asked):
    """Give out what you hold, of both papers at once. It cannot be taken back."""

    proposal: str = fields.ref("Exchange", "exchange-proposed")
    peels: tuple[Peels, ...] = fields.rows("Peels", Peels, "One for each side's paper.")
    builds_on: tuple[str, ...] = fields.ref("Builds on", "papers-released", required=False, many=True)


def release_papers(scene: Scene, c: ReleasePapers) -> list[Fact]:
    x = signing(scene, c.proposal)
    blobs = {row.side: row.peels for row in c.peels}
    if len(c.peels) != 2 or blobs.keys() != set(x.sides):
        raise Refusal(f"A release has the peels of both papers: of {x.sides[0]} and of {x.sides[1]}.")
    bodies = {side: blob.body() for side, blob in blobs.items()}
    body = {"peels": bodies, "builds_on": list(c.builds_on), "digests": dict.fromkeys(x.sides)}
    stepped(scene, x, "papers-released", body)  # whether it may be done at all, before anything is read
    digests = {side: _digest(scene, x, side, blobs[side].paper) for side in x.sides}
    if len({digest is None for digest in digests.values()}) > 1:
        closed = next(side for side, digest in digests.items() if digest is None)
        raise Refusal(
            f"This would open one paper and leave that of {closed} closed, so it is not taken: both open together or "
            "neither does. Dispute what you hold of it."
        )
    return [stepped(scene, x, "papers-released", body | {"digests": digests})]


def _digest(scene: Scene, x: Exchange, side: str, peels: str) -> str | None:
    """What these peels of one paper bring out; refuses what is not what the layers hold."""
    seal, holder = x.seals[side], x.code(scene.acting)
    earlier = tuple((release.by, x.peels[release.id][side].paper) for release in x.course.releases)
    found = peeled(scene, Peeling(x.terms, side, seal.outer, seal.escrow, earlier, holder, peels))
    if found.fault is not None:
        raise Refusal(f"What you release of the paper of {side} is not what its layers hold. {found.fault}")
    return found.digest


def awaiting(room: Room, delegation: str) -> Iterator[Awaited]:
    """For a holder, once both have sealed and until both papers are out."""
    for x, _ in awaited(room, delegation, "release"):
        yield Awaited("release-papers", x.ref, {"proposal": x.ref})


def _to_release(scene: Scene) -> Iterable[Mapping[str, str]]:
    for x in stepping(scene, "sealed"):
        holder = x.holder(scene.acting)
        if holder is not None and x.course.may_still_release(holder):
            yield {"proposal": x.ref}


RULES = (Rule(ReleasePapers, "Release both papers", release_papers, _to_release, minutable=False, binding=True),)
