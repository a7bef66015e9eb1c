"""Opening: the counterpart says what it found, and either side tables a paper in the form that was sealed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from goodoffices.papers.topics import TOPICS
from goodoffices.record.entries import Fact
from goodoffices.record.matter import Room
from goodoffices.sealing.events import FAULTS
from goodoffices.sealing.exchanges import SEALING, Exchange
from goodoffices.sealing.keys_named import HEX
from goodoffices.sealing.proposing import awaited, found, signing, stepped, stepping
from goodoffices.talks import fields, gate
from goodoffices.talks.fields import Asked, PaperCited
from goodoffices.talks.scene import Awaited, Refusal, Rule, Scene

FILE_KEY = "[A-Za-z0-9+/]{22}(==)?"  # 16 bytes


@dataclass(frozen=True, kw_only=True)
class OpenPaper(Asked):
    """Say that you opened the other side's paper, and which required topics it leaves blank."""

    proposal: str = fields.ref("Exchange", "exchange-proposed")
    side: str = fields.code("Whose paper")
    digest: str = fields.plain("Digest", HEX, "Of salt and paper, as it stands in every layer.")
    structured: bool = fields.flag("It has conditions by topic")
    blank: tuple[str, ...] = fields.choice("Required topics left blank", TOPICS, required=False, many=True)


@dataclass(frozen=True, kw_only=True)
class DisputeOpening(Asked):
    """Say that the other side's paper does not open, or is not what it was sealed as."""

    proposal: str = fields.ref("Exchange", "exchange-proposed")
    side: str = fields.code("Whose paper")
    fault: str = fields.choice("What is wrong", FAULTS)
    file_key: str | None = fields.plain(
        "File key", FILE_KEY, "Of the inner layer: with it everybody can see what was sealed to you.", required=False
    )
    words: str | None = fields.words("In words", required=False, long=True)


@dataclass(frozen=True, kw_only=True)
class TablePaper(Asked):
    """Table an opened paper for everybody in this room, checked against what was sealed."""

    proposal: str = fields.ref("Exchange", "exchange-proposed")
    side: str = fields.code("Whose paper")
    paper: PaperCited = fields.paper("Paper", salted=True)  # noqa: RUF009  # a description of the field
    title: str = fields.words("Title")


def open_paper(scene: Scene, c: OpenPaper) -> list[Fact]:
    x = signing(scene, c.proposal)
    if any(topic not in x.terms.topics for topic in c.blank):
        raise Refusal("Only a topic that the terms require can be said to be left blank.")
    scene.refuse_unless(c.structured or not c.blank, "Whether a topic is blank is known of papers with topics alone.")
    blank = list(dict.fromkeys(c.blank)) if c.structured else None
    opened = stepped(scene, x, "paper-opened", {"side": c.side, "digest": c.digest, "blank": blank})
    return [opened, *_reported(scene, x, c.side)]


def _reported(scene: Scene, x: Exchange, side: str) -> Iterator[Fact]:
    """To the plenary, if it waits for these papers and the author sits there: that both have now been opened."""
    if {side, *x.opened} != set(x.sides) or x.base is None:
        return
    papers = {str(one.delegation): x.course.digests[one.code] for one in x.terms.sides}
    room = gate.waiting(scene, papers)
    if room is not None:
        yield gate.report(room, "sealed-exchange", papers, gate.Evidence(x.id, *x.base, papers))


def dispute_opening(scene: Scene, c: DisputeOpening) -> list[Fact]:
    x = signing(scene, c.proposal)
    body = {"side": c.side, "fault": c.fault, "file_key": c.file_key, "words": c.words}
    return [stepped(scene, x, "opening-disputed", body)]


def table_paper(scene: Scene, c: TablePaper) -> list[Fact]:
    x = found(scene, c.proposal)
    side = next((side for side in x.terms.sides if side.code == c.side), None)
    of = side.delegation if side is not None else None
    to = [d.id for d in scene.seats.delegations.values() if d.until is None and d.id != of]
    body = {"paper": c.paper.body(), "title": c.title, "to": to, "purpose": "conditions"}
    return [stepped(scene, x, "paper-tabled", {"side": c.side, "of": of, **body})]


def awaiting(room: Room, delegation: str) -> Iterator[Awaited]:
    """For a side whose counterpart's paper is out and neither opened nor disputed."""
    for x, side in awaited(room, delegation, "open"):
        yield Awaited("open-paper", x.ref, {"proposal": x.ref, "side": side or ""})


def _theirs(scene: Scene, *stages: str) -> Iterator[tuple[Exchange, str]]:
    """The papers that the acting side alone can open."""
    for x in stepping(scene, *stages):
        side = x.side(scene.acting)
        if side is not None:
            yield x, x.course.counterpart(side)


def _to_open(scene: Scene) -> Iterable[Mapping[str, str]]:
    """Also after a dispute: a key that opens it may be found later."""
    for x, side in _theirs(scene, "released", "opened"):
        if side not in x.opened:
            yield {"proposal": x.ref, "side": side}


def _to_dispute(scene: Scene) -> Iterable[Mapping[str, str]]:
    for x, side in _theirs(scene, "released"):
        if side not in x.opened and side not in x.disputed:
            yield {"proposal": x.ref, "side": side}


def _to_table(scene: Scene) -> Iterable[Mapping[str, str]]:
    if scene.who.on_behalf is None:
        for x in scene.room[SEALING].all.values():
            if x.course.out and x.side(scene.acting) is not None:
                yield from ({"proposal": x.ref, "side": side} for side in x.sides if side not in x.tabled)


RULES = (
    Rule(OpenPaper, "Open the other side's paper", open_paper, _to_open, minutable=False, binding=True),
    Rule(DisputeOpening, "Dispute what you opened", dispute_opening, _to_dispute, minutable=False, binding=True),
    Rule(TablePaper, "Table a paper", table_paper, _to_table, minutable=False),
)
