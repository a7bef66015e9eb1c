"""Papers presented openly in a room, and received by each delegation they were presented to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from goodoffices.record.entries import Entry, Fact
from goodoffices.record.matter import Matter, Room
from goodoffices.record.ordered import Ordered
from goodoffices.record.seats import SEATS
from goodoffices.talks import fields
from goodoffices.talks.fields import Command, PaperCited
from goodoffices.talks.outcomes import PAPER_PRESENTED, Outcome
from goodoffices.talks.scene import Awaited, Refusal, Rule, Scene

PURPOSES = ("conditions", "proposal", "letter", "credentials", "other")
OF_SUBSTANCE = frozenset({"conditions", "proposal"})


@dataclass(frozen=True)
class Presented:
    """A paper presented by ``by`` to ``to`` (delegations). ``received``: delegation -> its receipt."""

    ref: str
    by: str
    to: tuple[str, ...]
    purpose: str
    received: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Papers:
    """By the ref of ``paper-presented``, in order; those whose minute was objected to are not among them.

    ``receipts``: by the ref of a receipt, the paper's."""

    all: Ordered[Presented] = field(default_factory=Ordered)
    receipts: Ordered[str] = field(default_factory=Ordered)


@dataclass(frozen=True, kw_only=True)
class PresentPaper(Command):
    """Present a paper to delegations in this room; everybody in the room may read it."""

    paper: PaperCited = fields.paper("Paper")  # noqa: RUF009  # a description of the field, which ruff takes for a default
    title: str = fields.words("Title")
    to: tuple[str, ...] = fields.delegation("Presented to", many=True)
    purpose: str = fields.choice("Purpose", PURPOSES)


@dataclass(frozen=True, kw_only=True)
class ReceivePaper(Command):
    """Acknowledge that a paper was received."""

    presented: str = fields.ref("Paper", "paper-presented")


def present_paper(scene: Scene, c: PresentPaper) -> list[Fact]:
    to = tuple(dict.fromkeys(c.to))
    scene.refuse_unless(scene.acting not in to, "A delegation does not present a paper to itself.")
    if not all(map(scene.seats.present, to)):
        raise Refusal("A delegation you present the paper to does not sit in this room.")
    body = {"paper": c.paper.body(), "title": c.title, "to": list(to), "purpose": c.purpose}
    return [Fact("paper-presented", body | c.as_told())]


def receive_paper(scene: Scene, c: ReceivePaper) -> list[Fact]:
    presented = scene.room[PAPERS].all.get(c.presented)
    if presented is None:
        raise Refusal("The delegation this paper was minuted for objected to the minute, so it was not presented.")
    if scene.acting not in presented.to:
        raise Refusal("This paper was not presented to your delegation.")
    if scene.acting in presented.received:
        raise Refusal("Your delegation has received this paper already.")
    return [Fact("paper-received", {"presented": presented.ref} | c.as_told())]


def _presented(state: Papers, entry: Entry) -> Papers:
    b = entry.body
    return _with(state, Presented(entry.ref, entry.acting, tuple(b["to"]), b["purpose"]))


def _received(state: Papers, entry: Entry) -> Papers:
    presented = state.all.get(entry.body["presented"])
    if presented is None or entry.acting in presented.received:
        return state
    state = replace(state, receipts=state.receipts.put(entry.ref, presented.ref))
    return _with(state, replace(presented, received={**presented.received, entry.acting: entry.ref}))


def _minute_objected(state: Papers, entry: Entry) -> Papers:
    minute = entry.body["entry"]
    if minute in state.all:
        return replace(state, all=state.all.drop(minute))
    presented = state.all.get(state.receipts.get(minute, ""))
    if presented is None:
        return state
    kept = {d: receipt for d, receipt in presented.received.items() if receipt != minute}
    return _with(state, replace(presented, received=kept))


def _with(state: Papers, presented: Presented) -> Papers:
    return replace(state, all=state.all.put(presented.ref, presented))


PAPERS: Matter[Papers] = Matter(
    name="papers",
    version=2,
    initial=Papers(),
    folds={"paper-presented": _presented, "paper-received": _received, "minute-objected": _minute_objected},
)


def outcomes(room: Room) -> tuple[Outcome, ...]:
    """One for each delegation that presented a paper with its conditions or a proposal, citing those papers."""
    refs: dict[str, tuple[str, ...]] = {}
    for p in room[PAPERS].all.values():
        if p.purpose in OF_SUBSTANCE:
            refs[p.by] = (*refs.get(p.by, ()), p.ref)
    return tuple(Outcome(PAPER_PRESENTED, by, theirs) for by, theirs in refs.items())


def awaiting(room: Room, delegation: str) -> Iterator[Awaited]:
    """Papers presented to the delegation that it has not received."""
    if not room[SEATS].present(delegation):
        return
    for p in room[PAPERS].all.values():
        if delegation in p.to and delegation not in p.received:
            yield Awaited("receive-paper", p.ref, {"presented": p.ref})


def _to_others(scene: Scene) -> Iterable[Mapping[str, str]]:
    if any(scene.seats.present(d) and d != scene.acting for d in scene.seats.delegations):
        yield {}


def _to_receive(scene: Scene) -> Iterable[Mapping[str, str]]:
    yield from (a.fields for a in awaiting(scene.room, scene.acting))


RULES = (
    Rule(PresentPaper, "Present a paper", present_paper, _to_others),
    Rule(ReceivePaper, "Acknowledge a paper", receive_paper, _to_receive),
)
