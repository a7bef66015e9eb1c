"""Release: entries of this room made known in another, as the ground rules in force here say.

``publish`` says who may release: the host; each side (the host or any party); all jointly (the host or a party, what
every party has agreed to release into that very room); nobody. ``quote`` says how: attributed; unattributed (the copy
names neither delegation nor speaker); nobody (statements and wordings of understandings are not released at all).
Without ground rules in force nothing is released, except from a room where one delegation sits alone by its kind.

What was released here from elsewhere is released further from where it stands, under the ground rules there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from goodoffices.record.entries import KIND_VERSION, Entry, Fact
from goodoffices.record.matter import Matter, Room
from goodoffices.record.ordered import Ordered
from goodoffices.record.seats import SEATS
from goodoffices.talks import fields
from goodoffices.talks.answers import Answer, answer, retracted
from goodoffices.talks.fields import Command
from goodoffices.talks.ground_rules import in_force
from goodoffices.talks.scene import Awaited, Refusal, Rule, Scene

ALONE = frozenset({"delegation-room", "host-room"})
QUOTED = frozenset({"statement-recorded", "speaker-identified", "understanding-told", "conditions-set-out"})
NAMING = {
    "statement-recorded": frozenset(
        {"speaker", "described", "speaker_person", "same_speaker", "speaker_delegation", "function"}
    ),
    "speaker-identified": frozenset({"person", "delegation", "same_speaker", "name"}),
    "conditions-set-out": frozenset({"by", "whose"}),
    "paper-described": frozenset({"by", "whose"}),
    "source-entered": frozenset({"custody"}),
    "paper-tabled": frozenset({"of", "side"}),
}
"""Kinds whose body says whose words or whose paper it is, and the fields that do."""


@dataclass(frozen=True)
class Proposal:
    """Entries (refs) some delegation proposed to release jointly into room ``to``; ``agreed``: by party."""

    ref: str
    entries: tuple[str, ...]
    to: str
    agreed: dict[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True)
class Release:
    """``proposals``: by ref, oldest first. ``released``: by ref of an entry, the rooms it was released to.

    ``given``: by the ref of an agreement, the proposal."""

    proposals: Ordered[Proposal] = field(default_factory=Ordered)
    released: Ordered[tuple[str, ...]] = field(default_factory=Ordered)
    given: Ordered[str] = field(default_factory=Ordered)


@dataclass(frozen=True, kw_only=True)
class ProposeRelease(Command):
    """Propose that entries of this room be released jointly into another."""

    entries: tuple[str, ...] = fields.ref("Entries", many=True)
    to: str = fields.room("Into which room")


@dataclass(frozen=True, kw_only=True)
class AgreeRelease(Command):
    """Agree to release the entries of a proposal."""

    proposal: str = fields.ref("Proposal", "release-proposed")


@dataclass(frozen=True, kw_only=True)
class ReleaseEntries(Command):
    """Release entries of this room into another, as the ground rules in force say."""

    entries: tuple[str, ...] = fields.ref("Entries", many=True)
    to: str = fields.room("Into which room")


def propose_release(scene: Scene, c: ProposeRelease) -> list[Fact]:
    if _publish(scene.room) != "jointly":
        raise Refusal("The ground rules in force here do not ask for a joint release.")
    scene.refuse_unless(c.to != scene.room.id, "These entries are in this room already.")
    body = {"entries": list(dict.fromkeys(c.entries)), "to": c.to}
    return [Fact("release-proposed", body | c.as_told())]


def agree_release(scene: Scene, c: AgreeRelease) -> list[Fact]:
    scene.refuse_unless(scene.is_party, "A joint release is agreed to by the parties in this room.")
    if scene.acting in scene.room[RELEASE].proposals[c.proposal].agreed:
        raise Refusal("Your delegation has agreed to this release already.")
    return [Fact("release-agreed", {"proposal": c.proposal} | c.as_told())]


def release_entries(scene: Scene, c: ReleaseEntries) -> list[Fact]:
    # In the order of the record: an answer does not come before what it answers.
    refs = tuple(sorted(set(c.entries), key=lambda ref: scene.cited[ref].seq))
    _check_publish(scene, refs, c.to)
    _check_target(scene, refs, c.to)
    quote = _quote(scene.room)
    copies = [_copy(scene.cited[ref], quote, c.to) for ref in refs]
    return [Fact("entries-released", {"entries": list(refs), "to": c.to} | c.as_told()), *copies]


def _check_publish(scene: Scene, refs: tuple[str, ...], to: str) -> None:
    publish = _publish(scene.room)
    if publish == "alone":
        return
    if publish is None:
        raise Refusal("No ground rules are in force in this room, so nothing can be released from it.")
    if publish == "nobody":
        raise Refusal("The ground rules of this room say that nothing is released from it.")
    if not _may_publish(scene, publish):
        raise Refusal("The ground rules of this room do not let your delegation release its entries.")
    if publish == "jointly" and not set(refs) <= _agreed(scene.room, to):
        raise Refusal("The ground rules ask for a joint release: not every party has agreed to release these there.")


def _check_target(scene: Scene, refs: tuple[str, ...], to: str) -> None:
    scene.refuse_unless(to != scene.room.id, "These entries are in this room already.")
    if not _sits(scene, to):
        raise Refusal("Entries are released only into a room in which you sit too.")
    if any(to in scene.room[RELEASE].released.get(ref, ()) for ref in refs):
        raise Refusal(f"One of these entries was released to the room “{scene.rooms[to][SEATS].name}” already.")


def _sits(scene: Scene, room: str) -> bool:
    """Whether the author, and the delegation acting, sit in a room of the author's."""
    seats = scene.rooms[room][SEATS]
    seat = seats.seat(scene.who.person)
    return seat is not None and seat.delegation == scene.who.delegation and seats.present(scene.acting)


def _copy(entry: Entry, quote: str, to: str) -> Fact:
    """The entry as the other room gets it. The secretariat copies the particulars it cites."""
    if entry.kind == "entry-released":
        raise Refusal("One of these entries was released here from another room; release it from there.")
    if quote == "nobody" and entry.kind in QUOTED:
        raise Refusal("The ground rules of this room say that nobody is quoted: this entry holds somebody's words.")
    named = quote == "attributed"
    body = {
        "entry": entry.ref,  # so that a released answer can be read beside the released entry it answers
        "kind": entry.kind,
        "seq": entry.seq,
        "at": entry.header.at,
        "delegation": entry.acting if named else None,
        "body": dict(entry.body) if named else _unattributed(entry),
        "minuted": entry.header.on_behalf is not None,
    }
    if entry.header.kind_version != KIND_VERSION:
        body["kv"] = entry.header.kind_version  # so that its body is read as what it is
    return Fact("entry-released", body, to)


def _unattributed(entry: Entry) -> dict[str, Any]:
    hidden = NAMING.get(entry.kind, frozenset())
    told = {name: value for name, value in entry.body.items() if name != "told_by"}
    return {name: None if name in hidden else value for name, value in told.items()}


def _publish(room: Room) -> str | None:
    """Who may publish from this room; ``alone`` where one delegation sits by itself; None without ground rules."""
    if room[SEATS].kind in ALONE:
        return "alone"
    rules = in_force(room)
    return rules.publish if rules else None


def _quote(room: Room) -> str:
    rules = in_force(room)
    return rules.quote if rules else "attributed"


def _agreed(room: Room, to: str) -> set[str]:
    """The entries that every party now in the room has agreed to release into room ``to``."""
    parties = room[SEATS].parties
    whole = (p for p in room[RELEASE].proposals.values() if p.to == to and all(q in p.agreed for q in parties))
    return {ref for proposal in whole for ref in proposal.entries}


def awaiting(room: Room, delegation: str) -> Iterator[Awaited]:
    """Joint releases this party has not agreed to."""
    if delegation in room[SEATS].parties:
        for proposal in room[RELEASE].proposals.values():
            if delegation not in proposal.agreed:
                yield Awaited("agree-release", proposal.ref, {"proposal": proposal.ref})


def _where_joint(scene: Scene) -> Iterable[Mapping[str, str]]:
    if _publish(scene.room) == "jointly" and _elsewhere(scene):
        yield {}


def _unagreed(scene: Scene) -> Iterable[Mapping[str, str]]:
    yield from (a.fields for a in awaiting(scene.room, scene.acting))


def _to_publisher(scene: Scene) -> Iterable[Mapping[str, str]]:
    publish = _publish(scene.room)
    if not _elsewhere(scene):
        return
    if publish == "alone":
        yield {}
    elif _may_publish(scene, publish):
        yield from _joint_targets(scene) if publish == "jointly" else ({},)


def _elsewhere(scene: Scene) -> bool:
    """Whether the author has another room to release into."""
    return any(room != scene.room.id for room in scene.rooms)


def _may_publish(scene: Scene, publish: str | None) -> bool:
    if scene.is_host:
        return publish in {"host", "each-side", "jointly"}
    return scene.is_party and publish in {"each-side", "jointly"}


def _joint_targets(scene: Scene) -> Iterator[Mapping[str, str]]:
    """Rooms of the author's into which every party has agreed to release something that is not there yet."""
    state = scene.room[RELEASE]
    for to in dict.fromkeys(p.to for p in state.proposals.values()):
        agreed = _agreed(scene.room, to)
        if to in scene.rooms and _sits(scene, to) and any(to not in state.released.get(ref, ()) for ref in agreed):
            yield {"to": to}


def _proposed(state: Release, entry: Entry) -> Release:
    new = Proposal(entry.ref, tuple(entry.body["entries"]), entry.body["to"])
    return _with(state, new)


def _agrees(state: Release, entry: Entry) -> Release:
    known = state.proposals.get(entry.body["proposal"])
    if known is None:
        return state
    agreed = {**known.agreed, entry.acting: answer(entry, "agreed")}
    state = replace(state, given=state.given.put(entry.ref, known.ref))
    return _with(state, replace(known, agreed=agreed))


def _retracted(state: Release, entry: Entry) -> Release:
    known = state.proposals.get(state.given.get(entry.body["entry"], ""))
    return state if known is None else _with(state, replace(known, agreed=retracted(known.agreed, entry)))


def _with(state: Release, proposal: Proposal) -> Release:
    return replace(state, proposals=state.proposals.put(proposal.ref, proposal))


def _released(state: Release, entry: Entry) -> Release:
    released = state.released
    for ref in entry.body["entries"]:
        released = released.put(ref, (*released.get(ref, ()), entry.body["to"]))
    return replace(state, released=released)


def _unchanged(state: Release, _: Entry) -> Release:
    return state


RELEASE: Matter[Release] = Matter(
    name="release",
    version=2,
    initial=Release(),
    folds={
        "release-proposed": _proposed,
        "release-agreed": _agrees,
        "entries-released": _released,
        "entry-released": _unchanged,
        "minute-objected": _retracted,
        "entry-corrected": _retracted,
    },
)

RULES = (
    Rule(ProposeRelease, "Propose a joint release", propose_release, _where_joint),
    Rule(AgreeRelease, "Agree to the release", agree_release, _unagreed, binding=True),
    Rule(ReleaseEntries, "Release entries into another room", release_entries, _to_publisher),
)
