"""Presence: whether a delegation may sit in a room. Proposed by anyone there, consented or declined by each party.

A presence declined by one party is declined, whatever the others say; the others may still answer, and the record
shows each answer. The host admits the delegation once every party now in the room has consented. An answer is taken
back as ``answers.retracted`` says.
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
from goodoffices.talks.opening import delegation_id
from goodoffices.talks.scene import Awaited, Refusal, Rule, Scene

OPEN_KINDS = frozenset(
    {"plenary", "format", "public"}
)  # a caucus, a delegation room and a host room are closed by kind


@dataclass(frozen=True)
class Proposal:
    """A presence proposed by a delegation; ``delegation`` is its body as in entries.

    ``status``: proposed, withdrawn or admitted. ``answers``: consented or declined, by party.
    """

    ref: str
    by: str
    delegation: dict[str, str]
    delegate_name: str | None = None
    function: str | None = None
    reason: str | None = None
    status: str = "proposed"
    answers: dict[str, Answer] = field(default_factory=dict)

    @property
    def declined(self) -> bool:
        """One party's *no* is enough."""
        return any(given.says == "declined" for given in self.answers.values())

    def consented(self, parties: Iterable[str]) -> bool:
        """Whether each of ``parties`` has consented."""
        return all(p in self.answers and self.answers[p].says == "consented" for p in parties)


@dataclass(frozen=True)
class Presence:
    """By the ref of ``presence-proposed``, oldest first. ``given``: by the ref of an answer, the proposal."""

    all: Ordered[Proposal] = field(default_factory=Ordered)
    given: Ordered[str] = field(default_factory=Ordered)

    def open(self) -> tuple[Proposal, ...]:
        """Those neither withdrawn nor admitted."""
        return tuple(p for p in self.all.values() if p.status == "proposed")


@dataclass(frozen=True, kw_only=True)
class ProposePresence(Command):
    """Propose that a delegation sit in this room. If admitted, it reads the room's record from the first entry."""

    code: str = fields.code("Short name of the delegation")
    role: str = fields.choice("Role", ("third-party", "party"))
    name: str = fields.words("Name of the delegation")
    delegate_name: str | None = fields.words("Who would come", required=False)
    function: str | None = fields.words("Function", required=False)
    reason: str | None = fields.words("Reason", required=False, long=True)


@dataclass(frozen=True, kw_only=True)
class ConsentPresence(Command):
    """Consent to this presence. Whoever is admitted reads this room's record from the first entry on."""

    proposal: str = fields.ref("Proposal", "presence-proposed")
    reason: str | None = fields.words("Reason", required=False, long=True)


@dataclass(frozen=True, kw_only=True)
class DeclinePresence(Command):
    """Decline this presence. One party declining is enough."""

    proposal: str = fields.ref("Proposal", "presence-proposed")
    reason: str | None = fields.words("Reason", required=False, long=True)


@dataclass(frozen=True, kw_only=True)
class WithdrawProposal(Command):
    """Withdraw a presence your delegation proposed."""

    proposal: str = fields.ref("Proposal", "presence-proposed")


@dataclass(frozen=True, kw_only=True)
class AdmitDelegation(Command):
    """Admit a delegation to whose presence every party has consented. It reads this record from the first entry on."""

    proposal: str = fields.ref("Proposal", "presence-proposed")


@dataclass(frozen=True, kw_only=True)
class RemoveDelegation(Command):
    """Have a delegation leave this room. Its delegates keep what they could read up to here."""

    delegation: str = fields.delegation("Delegation")
    reason: str | None = fields.words("Reason", required=False, long=True)


def propose_presence(scene: Scene, c: ProposePresence) -> list[Fact]:
    seats = scene.seats
    if seats.kind not in OPEN_KINDS:
        raise Refusal("This kind of room is for those in it alone. The host can open a room in another format.")
    if any(c.code == p.delegation["code"] for p in scene.room[PRESENCE].open()):
        raise Refusal(f"The presence of “{c.code}” is proposed already; answer that proposal.")
    _check_absent(seats, c.code)
    delegation = {"id": delegation_id(seats.talks, c.role, c.code), "role": c.role, "code": c.code, "name": c.name}
    body = {"delegation": delegation, "delegate_name": c.delegate_name, "function": c.function, "reason": c.reason}
    return [Fact("presence-proposed", body | c.as_told())]


def _check_absent(seats: Seats, code: str) -> None:
    if any(code == d.code and d.until is None for d in seats.delegations.values()):
        raise Refusal(f"The delegation “{code}” sits in this room already.")


def consent_presence(scene: Scene, c: ConsentPresence) -> list[Fact]:
    return _answered(scene, c.proposal, "presence-consented", c.reason, c)


def decline_presence(scene: Scene, c: DeclinePresence) -> list[Fact]:
    return _answered(scene, c.proposal, "presence-declined", c.reason, c)


def _answered(scene: Scene, ref: str, kind: str, reason: str | None, c: Command) -> list[Fact]:
    scene.refuse_unless(scene.is_party, "A presence is consented to or declined by the parties in this room.")
    proposal = _open(scene, ref)
    if scene.acting in proposal.answers:
        raise Refusal(f"Your delegation has {proposal.answers[scene.acting].says} already.")
    return [Fact(kind, {"proposal": ref, "reason": reason} | c.as_told())]


def withdraw_proposal(scene: Scene, c: WithdrawProposal) -> list[Fact]:
    proposal = _open(scene, c.proposal)
    scene.refuse_unless(proposal.by == scene.acting, "A proposal is withdrawn by the delegation that made it.")
    return [Fact("presence-withdrawn", {"proposal": c.proposal} | c.as_told())]


def admit_delegation(scene: Scene, c: AdmitDelegation) -> list[Fact]:
    scene.refuse_unless(scene.is_host, "Only the host admits a delegation.")
    proposal = _open(scene, c.proposal)
    if proposal.declined:
        raise Refusal("A party declined this presence, so the delegation cannot be admitted.")
    if not proposal.consented(scene.seats.parties):
        raise Refusal("Not every party in this room has consented to this presence yet.")
    _check_absent(scene.seats, proposal.delegation["code"])
    return [
        Fact("delegation-admitted", {"delegation": dict(proposal.delegation), "proposal": c.proposal} | c.as_told())
    ]


def remove_delegation(scene: Scene, c: RemoveDelegation) -> list[Fact]:
    if not scene.seats.present(c.delegation):
        raise Refusal("That delegation does not sit in this room.")
    if c.delegation == scene.seats.host:
        raise Refusal("The host stays for as long as the room is open. Close the room instead.")
    if not scene.is_host and scene.acting != c.delegation:
        raise Refusal("A delegation leaves by its own act, or the host has it leave.")
    return [Fact("delegation-removed", {"delegation": c.delegation, "reason": c.reason} | c.as_told())]


def _open(scene: Scene, ref: str) -> Proposal:
    proposal = scene.room[PRESENCE].all[ref]
    if proposal.status != "proposed":
        raise Refusal(f"This proposal was {proposal.status} already.")
    return proposal


def awaiting(room: Room, delegation: str) -> Iterator[Awaited]:
    """For a party: proposals it has not answered. For the host: delegations it may now admit."""
    seats = room[SEATS]
    for proposal in room[PRESENCE].open():
        fields_ = {"proposal": proposal.ref}
        if delegation in seats.parties and delegation not in proposal.answers:
            yield Awaited("consent-presence", proposal.ref, fields_)
        elif delegation == seats.host and proposal.consented(seats.parties):
            yield Awaited("admit-delegation", proposal.ref, fields_)


def _where_open(scene: Scene) -> Iterable[Mapping[str, str]]:
    if scene.seats.kind in OPEN_KINDS:
        yield {}


def _unanswered(scene: Scene) -> Iterable[Mapping[str, str]]:
    if scene.is_party:
        yield from ({"proposal": p.ref} for p in scene.room[PRESENCE].open() if scene.acting not in p.answers)


def _own(scene: Scene) -> Iterable[Mapping[str, str]]:
    yield from ({"proposal": p.ref} for p in scene.room[PRESENCE].open() if p.by == scene.acting)


def _admissible(scene: Scene) -> Iterable[Mapping[str, str]]:
    if scene.is_host:
        for proposal in scene.room[PRESENCE].open():
            if proposal.consented(scene.seats.parties):
                yield {"proposal": proposal.ref}


def _removable(scene: Scene) -> Iterable[Mapping[str, str]]:
    for d in scene.seats.delegations.values():
        leaves = d.until is None and d.role != "host" and d.id != scene.seats.host
        if leaves and (scene.is_host or d.id == scene.acting):
            yield {"delegation": d.id}


def _proposed(state: Presence, entry: Entry) -> Presence:
    b = entry.body
    new = Proposal(entry.ref, entry.acting, dict(b["delegation"]), b["delegate_name"], b["function"], b["reason"])
    return _with(state, new)


def _says(state: Presence, entry: Entry, says: str) -> Presence:
    known = state.all.get(entry.body["proposal"])
    if known is None:
        return state
    answers = {**known.answers, entry.acting: answer(entry, says)}
    state = replace(state, given=state.given.put(entry.ref, known.ref))
    return _with(state, replace(known, answers=answers))


def _consented(state: Presence, entry: Entry) -> Presence:
    return _says(state, entry, "consented")


def _declined(state: Presence, entry: Entry) -> Presence:
    return _says(state, entry, "declined")


def _becomes(state: Presence, ref: str | None, status: str) -> Presence:
    known = state.all.get(ref or "")
    return state if known is None else _with(state, replace(known, status=status))


def _withdrawn(state: Presence, entry: Entry) -> Presence:
    return _becomes(state, entry.body["proposal"], "withdrawn")


def _admitted(state: Presence, entry: Entry) -> Presence:
    return _becomes(state, entry.body.get("proposal"), "admitted")


def _retracted(state: Presence, entry: Entry) -> Presence:
    """Who was admitted by then stays admitted; the host may have them leave."""
    known = state.all.get(state.given.get(entry.body["entry"], ""))
    return state if known is None else _with(state, replace(known, answers=retracted(known.answers, entry)))


def _with(state: Presence, proposal: Proposal) -> Presence:
    return replace(state, all=state.all.put(proposal.ref, proposal))


PRESENCE: Matter[Presence] = Matter(
    name="presence",
    version=2,
    initial=Presence(),
    folds={
        "presence-proposed": _proposed,
        "presence-consented": _consented,
        "presence-declined": _declined,
        "presence-withdrawn": _withdrawn,
        "delegation-admitted": _admitted,
        "minute-objected": _retracted,
        "entry-corrected": _retracted,
    },
)

RULES = (
    Rule(ProposePresence, "Propose a presence", propose_presence, _where_open),
    Rule(ConsentPresence, "Consent to this presence", consent_presence, _unanswered, binding=True),
    Rule(DeclinePresence, "Decline this presence", decline_presence, _unanswered, binding=True),
    Rule(WithdrawProposal, "Withdraw the proposal", withdraw_proposal, _own),
    Rule(AdmitDelegation, "Admit the delegation", admit_delegation, _admissible, minutable=False),
    Rule(RemoveDelegation, "Have a delegation leave", remove_delegation, _removable),
)
