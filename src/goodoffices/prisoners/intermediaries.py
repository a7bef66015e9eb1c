"""Who may bring lists together: a neutral intermediary, or the host, accepted by both sides in a room where both sit.

Anyone there proposes one; each party accepts or declines. It is accepted once every party now in the room accepts it
and none declines. The newest proposal so accepted counts. A party may decline later what it accepted: from then on
nothing more is brought together, and what was stays on the record. An answer is taken back as ``answers.retracted``
says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from goodoffices.record.entries import Entry, Fact
from goodoffices.record.matter import Matter, Room
from goodoffices.record.ordered import Ordered
from goodoffices.record.seats import SEATS, Seats
from goodoffices.talks import fields
from goodoffices.talks.answers import Answer, answer, retracted
from goodoffices.talks.fields import Command
from goodoffices.talks.scene import Awaited, Refusal, Rule, Scene


@dataclass(frozen=True)
class Proposed:
    """A delegation proposed as intermediary; ``answers``: accepted or declined, by party."""

    ref: str
    delegation: str
    answers: dict[str, Answer] = field(default_factory=dict)

    def accepted(self, parties: Iterable[str]) -> bool:
        """Whether each of ``parties`` accepts it; one at least."""
        says = [self.answers[p].says if p in self.answers else "" for p in parties]
        return bool(says) and set(says) == {"accepted"}


@dataclass(frozen=True)
class Intermediaries:
    """By the ref of ``intermediary-proposed``, oldest first. ``given``: by the ref of an answer, the proposal's."""

    all: Ordered[Proposed] = field(default_factory=Ordered)
    given: Ordered[str] = field(default_factory=Ordered)


def intermediary(room: Room) -> Proposed | None:
    """The intermediary that both parties of this room now accept, if any and if it still sits there."""
    seats = room[SEATS]
    if len(seats.parties) < 2:
        return None
    known = room[INTERMEDIARIES].all
    for proposed in (known[ref] for ref in reversed(known)):
        if proposed.accepted(seats.parties) and seats.present(proposed.delegation):
            return proposed
    return None


@dataclass(frozen=True, kw_only=True)
class ProposeIntermediary(Command):
    """Propose who brings the lists together: a third party of this room or the host. Its people see both lists."""

    delegation: str = fields.delegation("Intermediary", "A third party that sits in this room, or the host.")


@dataclass(frozen=True, kw_only=True)
class AcceptIntermediary(Command):
    """Accept it. Its people will see the names on your lists; the other side will not."""

    proposal: str = fields.ref("Proposal", "intermediary-proposed")


@dataclass(frozen=True, kw_only=True)
class DeclineIntermediary(Command):
    """Decline it. One party declining is enough, and it may be done after accepting."""

    proposal: str = fields.ref("Proposal", "intermediary-proposed")
    reason: str | None = fields.words("Reason", required=False, long=True)


def propose_intermediary(scene: Scene, c: ProposeIntermediary) -> list[Fact]:
    if not _can_be(scene.seats, c.delegation):
        raise Refusal(
            "An intermediary is a third party that sits in this room, or the host, and both sides have to sit here too."
        )
    if any(p.delegation == c.delegation and not _declined(p) for p in scene.room[INTERMEDIARIES].all.values()):
        raise Refusal("This intermediary is proposed already; answer that proposal.")
    return [Fact("intermediary-proposed", {"delegation": c.delegation} | c.as_told())]


def accept_intermediary(scene: Scene, c: AcceptIntermediary) -> list[Fact]:
    proposed = _answerable(scene, c.proposal)
    if scene.acting in proposed.answers:
        raise Refusal(f"Your delegation has {proposed.answers[scene.acting].says} it already.")
    return [Fact("intermediary-accepted", {"proposal": c.proposal} | c.as_told())]


def decline_intermediary(scene: Scene, c: DeclineIntermediary) -> list[Fact]:
    proposed = _answerable(scene, c.proposal)
    if scene.acting in proposed.answers and proposed.answers[scene.acting].says == "declined":
        raise Refusal("Your delegation has declined it already.")
    return [Fact("intermediary-declined", {"proposal": c.proposal, "reason": c.reason} | c.as_told())]


def _answerable(scene: Scene, ref: str) -> Proposed:
    scene.refuse_unless(scene.is_party, "An intermediary is accepted or declined by the parties in this room.")
    return scene.room[INTERMEDIARIES].all[ref]


def _can_be(seats: Seats, delegation: str) -> bool:
    member = seats.delegations.get(delegation)
    neutral = member is not None and member.until is None and member.role != "party"
    return neutral and len(seats.parties) > 1


def _declined(proposed: Proposed) -> bool:
    return any(given.says == "declined" for given in proposed.answers.values())


def awaiting(room: Room, delegation: str) -> Iterator[Awaited]:
    """For a party: proposals it has not answered."""
    if delegation in room[SEATS].parties:
        for proposed in room[INTERMEDIARIES].all.values():
            if delegation not in proposed.answers:
                yield Awaited("accept-intermediary", proposed.ref, {"proposal": proposed.ref})


def _to_propose(scene: Scene) -> Iterable[Mapping[str, str]]:
    known = {p.delegation for p in scene.room[INTERMEDIARIES].all.values() if not _declined(p)}
    for delegation in scene.seats.delegations:
        if _can_be(scene.seats, delegation) and delegation not in known:
            yield {"delegation": delegation}


def _to_accept(scene: Scene) -> Iterable[Mapping[str, str]]:
    yield from (a.fields for a in awaiting(scene.room, scene.acting))


def _to_decline(scene: Scene) -> Iterable[Mapping[str, str]]:
    if scene.is_party:
        for proposed in scene.room[INTERMEDIARIES].all.values():
            given = proposed.answers.get(scene.acting)
            if given is None or given.says != "declined":
                yield {"proposal": proposed.ref}


def _proposed(state: Intermediaries, entry: Entry) -> Intermediaries:
    return _with(state, Proposed(entry.ref, entry.body["delegation"]))


def _says(state: Intermediaries, entry: Entry, says: str) -> Intermediaries:
    known = state.all.get(entry.body["proposal"])
    if known is None:
        return state
    state = replace(state, given=state.given.put(entry.ref, known.ref))
    return _with(state, replace(known, answers={**known.answers, entry.acting: answer(entry, says)}))


def _accepted(state: Intermediaries, entry: Entry) -> Intermediaries:
    return _says(state, entry, "accepted")


def _answered_no(state: Intermediaries, entry: Entry) -> Intermediaries:
    return _says(state, entry, "declined")


def _retracted(state: Intermediaries, entry: Entry) -> Intermediaries:
    known = state.all.get(state.given.get(entry.body["entry"], ""))
    return state if known is None else _with(state, replace(known, answers=retracted(known.answers, entry)))


def _with(state: Intermediaries, proposed: Proposed) -> Intermediaries:
    return replace(state, all=state.all.put(proposed.ref, proposed))


INTERMEDIARIES: Matter[Intermediaries] = Matter(
    name="intermediaries",
    version=1,
    initial=Intermediaries(),
    folds={
        "intermediary-proposed": _proposed,
        "intermediary-accepted": _accepted,
        "intermediary-declined": _answered_no,
        "minute-objected": _retracted,
        "entry-corrected": _retracted,
    },
)

RULES = (
    Rule(ProposeIntermediary, "Propose an intermediary", propose_intermediary, _to_propose),
    Rule(AcceptIntermediary, "Accept the intermediary", accept_intermediary, _to_accept, binding=True),
    Rule(DeclineIntermediary, "Decline the intermediary", decline_intermediary, _to_decline, binding=True),
)
