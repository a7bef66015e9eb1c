"""Ground rules: who may publish, quote, take notes and interpret in a room, and what becomes of its records.

The host proposes them; each party agrees. In force are the newest rules that *every party now in the room* has agreed
to. So rules that are proposed change nothing until the last party agrees, older rules stay in force meanwhile, and
a party admitted later agrees too: until it does nothing is in force, and nothing is released over its head.
An agreement is taken back as ``answers.retracted`` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from goodoffices.record.entries import Entry, Fact
from goodoffices.record.matter import Matter, Room
from goodoffices.record.ordered import Ordered
from goodoffices.record.seats import SEATS
from goodoffices.talks import fields
from goodoffices.talks.answers import Answer, answer, retracted
from goodoffices.talks.fields import Command
from goodoffices.talks.scene import Awaited, Refusal, Rule, Scene, to_host

PUBLISH = ("host", "each-side", "jointly", "nobody")
QUOTE = ("attributed", "unattributed", "nobody")
NOTES = ("everyone", "host", "nobody")
RECORDS = ("given-to-each", "kept-by-host", "destroyed")


@dataclass(frozen=True)
class Proposed:
    """Ground rules as proposed; texts are citations. ``agreed``: by party."""

    ref: str
    publish: str
    quote: str
    notes: str
    records: str
    interpret: str | None = None
    text: str | None = None
    agreed: dict[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True)
class GroundRules:
    """By the ref of ``ground-rules-proposed``, oldest first. ``given``: by the ref of an agreement, the rules."""

    all: Ordered[Proposed] = field(default_factory=Ordered)
    given: Ordered[str] = field(default_factory=Ordered)


@dataclass(frozen=True, kw_only=True)
class ProposeGroundRules(Command):
    """Propose ground rules for this room; they are in force once every party in it has agreed."""

    publish: str = fields.choice("Who may publish", PUBLISH)
    quote: str = fields.choice("How people may be quoted", QUOTE)
    notes: str = fields.choice("Who may take notes", NOTES)
    records: str = fields.choice("What becomes of the records", RECORDS)
    interpret: str | None = fields.words("Who interprets", required=False)
    text: str | None = fields.words("Further rules", required=False, long=True)


@dataclass(frozen=True, kw_only=True)
class AgreeGroundRules(Command):
    """Agree to ground rules the host proposed."""

    rules: str = fields.ref("Ground rules", "ground-rules-proposed")


def in_force(room: Room) -> Proposed | None:
    """The newest ground rules every party now in the room has agreed to; None where there is no party."""
    parties = room[SEATS].parties
    agreed = [p for p in room[GROUND_RULES].all.values() if all(party in p.agreed for party in parties)]
    return agreed[-1] if agreed and parties else None


def propose_ground_rules(scene: Scene, c: ProposeGroundRules) -> list[Fact]:
    scene.refuse_unless(scene.is_host, "Only the host proposes ground rules.")
    scene.refuse_unless(bool(scene.seats.parties), "There is no party in this room to agree to ground rules.")
    body = {
        "publish": c.publish,
        "quote": c.quote,
        "notes": c.notes,
        "records": c.records,
        "interpret": c.interpret,
        "text": c.text,
    }
    return [Fact("ground-rules-proposed", body | c.as_told())]


def agree_ground_rules(scene: Scene, c: AgreeGroundRules) -> list[Fact]:
    scene.refuse_unless(scene.is_party, "Ground rules are agreed to by the parties in this room.")
    if scene.acting in scene.room[GROUND_RULES].all[c.rules].agreed:
        raise Refusal("Your delegation has agreed to these ground rules already.")
    if c.rules not in _open(scene.room):
        raise Refusal("These ground rules have been replaced by newer ones that are in force.")
    return [Fact("ground-rules-agreed", {"rules": c.rules} | c.as_told())]


def awaiting(room: Room, delegation: str) -> Iterator[Awaited]:
    """The newest ground rules, while this party has not agreed to them."""
    known = room[GROUND_RULES].all
    newest = known.get(next(reversed(known), ""))
    if newest is not None and delegation in room[SEATS].parties and delegation not in newest.agreed:
        yield Awaited("agree-ground-rules", newest.ref, {"rules": newest.ref})


def _open(room: Room) -> Mapping[str, Proposed]:
    """Those that a party may still agree to: the ones in force and all that are newer."""
    known, force = room[GROUND_RULES].all, in_force(room)
    if force is None:
        return known
    refs = list(known)
    return {ref: known[ref] for ref in refs[refs.index(force.ref) :]}


def _unagreed(scene: Scene) -> Iterable[Mapping[str, str]]:
    if scene.is_party:
        yield from ({"rules": p.ref} for p in _open(scene.room).values() if scene.acting not in p.agreed)


def _to_host_of_parties(scene: Scene) -> Iterable[Mapping[str, str]]:
    if scene.seats.parties:
        yield from to_host(scene)


def _proposed(state: GroundRules, entry: Entry) -> GroundRules:
    b = entry.body
    new = Proposed(entry.ref, b["publish"], b["quote"], b["notes"], b["records"], b["interpret"], b["text"])
    return _with(state, new)


def _agreed(state: GroundRules, entry: Entry) -> GroundRules:
    known = state.all.get(entry.body["rules"])
    if known is None:
        return state
    agreed = {**known.agreed, entry.acting: answer(entry, "agreed")}
    state = replace(state, given=state.given.put(entry.ref, known.ref))
    return _with(state, replace(known, agreed=agreed))


def _retracted(state: GroundRules, entry: Entry) -> GroundRules:
    known = state.all.get(state.given.get(entry.body["entry"], ""))
    return state if known is None else _with(state, replace(known, agreed=retracted(known.agreed, entry)))


def _with(state: GroundRules, proposed: Proposed) -> GroundRules:
    return replace(state, all=state.all.put(proposed.ref, proposed))


GROUND_RULES: Matter[GroundRules] = Matter(
    name="ground-rules",
    version=2,
    initial=GroundRules(),
    folds={
        "ground-rules-proposed": _proposed,
        "ground-rules-agreed": _agreed,
        "minute-objected": _retracted,
        "entry-corrected": _retracted,
    },
)

RULES = (
    Rule(ProposeGroundRules, "Propose ground rules", propose_ground_rules, _to_host_of_parties, minutable=False),
    Rule(AgreeGroundRules, "Agree to the ground rules", agree_ground_rules, _unagreed, binding=True),
)
