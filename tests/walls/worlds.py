"""Two worlds that differ only in rooms a viewer may not enter.

``Script`` is what both worlds share: some talks with rooms of every kind, other talks beside them, and drawn acts that
the viewer sees. ``build`` runs it; between its steps a world may have more happen, in rooms hidden from the viewer and
nowhere else (``Elsewhere`` checks that before anything is written).

Chance is derived from (room, size, purpose) and the clock stands where the script puts it for each act; what happens
elsewhere has a clock of its own, far ahead, so that it would show if it moved anything the viewer sees.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from goodoffices.record.entries import cited
from goodoffices.record.seats import SEATS
from goodoffices.record.store import Addition, Store
from goodoffices.secretariat.acts import NotFound, Request, Step, Tape
from goodoffices.secretariat.desk import Desk, RoomView
from goodoffices.secretariat.kept import Kept
from goodoffices.secretariat.office import Office
from goodoffices.secretariat.operator import OperatorDesk
from goodoffices.talks.scene import Refusal
from tests.people import HOST, OBSERVER, SIDE_A, SIDE_B, SIDES, Clock, new_office
from tests.walls.people import ENVOY, GUARANTOR, NEWCOMER, OTHER_HOST, OTHER_SIDE, Viewer

START = "2030-01-15T09:{:02}:00.000Z"  # the clock of the script's steps, a minute each
SOME = 24  # of each sort of name, how many are tried
ELSEWHERE = "2041-07-01T12:00:00.000Z"  # the clock of what the viewer does not see


def act_id(name: str) -> str:
    return hashlib.sha256(f"act {name}".encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Act:
    """One act of the script. In ``raw``, ``@label`` is the entry an earlier act wrote in the room of this one."""

    who: str
    room: str
    command: str
    raw: Mapping[str, Any] = field(default_factory=dict)
    label: str = ""
    behalf: str = ""
    talks: str = "rehearsal"


@dataclass
class World:
    """An office and what happened in it. ``rooms``: ids by (talks, short name); ``refs``: by (room id, label)."""

    office: Office
    rooms: dict[tuple[str, str], str] = field(default_factory=dict)
    refs: dict[tuple[str, str], str] = field(default_factory=dict)
    hidden_acts: list[tuple[str, str]] = field(default_factory=list)  # (person, act id)
    refused: list[int] = field(default_factory=list)  # acts of the script that the viewer would have seen
    done: int = 0

    @property
    def clock(self) -> Clock:
        assert isinstance(self.office.clock, Clock)
        return self.office.clock

    def desk(self, who: str | None) -> Desk:
        return Desk(self.office, who)

    def everything(self) -> list[RoomView]:
        return OperatorDesk(self.office).rooms()

    def again(self) -> World:
        """A copy to act in, with nothing kept in memory."""
        office = replace(self.office, store=copy.deepcopy(self.office.store), kept=Kept(), clock=Clock(self.clock.now))
        office.heads = copy.deepcopy(self.office.heads)
        return World(office, dict(self.rooms), dict(self.refs), list(self.hidden_acts), self.done)


def _raw(world: World, room: str, value: Any) -> Any:
    if isinstance(value, str) and value.startswith("@"):
        return world.refs[room, value[1:]]
    if isinstance(value, Mapping):
        return {name: _raw(world, room, one) for name, one in value.items()}
    if isinstance(value, list):
        return [_raw(world, room, one) for one in value]
    return value


def perform(world: World, act: Act) -> None:
    """One act of the script, at its own time; refused by nothing."""
    name = f"{act.talks}/{world.done}"
    world.clock.now = START.format(world.done)
    world.done += 1
    desk = world.desk(act.who)
    if act.command == "open-talks":
        receipts = desk.open_talks(act_id(name), act.raw)
    else:
        room = world.rooms[act.talks, act.room]
        behalf = next((d.id for d in desk.room(room).seats.delegations.values() if d.code == act.behalf), None)
        step = Step(room, act.command, _raw(world, room, act.raw), behalf)
        receipts = desk.act(Request(act_id(name), (step,)))
    for receipt in receipts:
        world.refs[receipt.room, act.label] = desk.room(receipt.room).entry(receipt.first).ref
    if act.command in {"open-talks", "open-room"}:
        for receipt in receipts:
            world.rooms[act.talks, desk.room(receipt.room).seats.name] = receipt.room


def hidden_from(viewer: Viewer, view: RoomView) -> bool:
    """Whether nothing more of this room (seen whole) reaches the viewer."""
    seats = view.seats
    return seats.kind != "public" and (viewer.person is None or seats.seat(viewer.person) is None)


def hidden_rooms(world: World, viewer: Viewer) -> list[RoomView]:
    return [view for view in world.everything() if hidden_from(viewer, view)]


def _unseen(world: World, viewer: Viewer, addition: Addition) -> bool:
    new = not world.office.store.heads([addition.room])
    return (
        (new or hidden_from(viewer, OperatorDesk(world.office).room(addition.room)))
        and not addition.public
        and viewer.person not in dict(addition.seats)
        and not (addition.erased and set(addition.erased) & _could_read(world, viewer, addition.room))
    )


def _could_read(world: World, viewer: Viewer, room: str) -> set[str]:
    """Citations of a prefix the viewer still reads: erasing reaches those too, and is meant to."""
    try:
        view = world.desk(viewer.person).room(room)
    except NotFound:
        return set()
    return {citation for entry in view.entries() for citation in cited(entry.body)}


def in_the_way(world: World, step: Step) -> bool:
    """Whether it takes away what the script still needs: somebody who sits in both rooms would act otherwise then."""
    needed = {ref for (_, label), ref in world.refs.items() if label in {"asked", "leave", "said"}}
    named = {
        value
        for field in step.raw.values()
        for value in (field if isinstance(field, list | tuple) else [field])
        if isinstance(value, str)
    }
    here = step.room in {world.rooms["rehearsal", name] for name in ("plenary", "caucus-a", "caucus-b", "aides")}
    return bool(needed & named) or (here and step.command in TAKE_AWAY)


def elsewhere(world: World, viewer: Viewer, who: str, step: Step) -> bool:
    """Do something where the viewer cannot see it, or have it refused; not done if the viewer would see any of it."""
    if in_the_way(world, step):
        return False
    world.clock.now = ELSEWHERE
    request = Request(act_id(f"hidden {len(world.hidden_acts)}"), (step,))
    try:
        decided = world.desk(who)._decide(request, Tape(), {}, {})
        if decided.unsigned or not all(_unseen(world, viewer, addition) for addition in decided.batch.additions):
            return False  # nobody signs here
        world.hidden_acts.append((who, request.act))
        world.desk(who).act(request)
    except (Refusal, NotFound):
        return False
    return True


@dataclass(frozen=True)
class Seen:
    """An act drawn while the first world was built, to be done in the second in exactly the same way."""

    who: str
    step: Step


@dataclass
class Script:
    """The common part: fixed acts, and among them acts that were drawn."""

    viewer: Viewer
    drawn: dict[int, list[Seen]] = field(default_factory=dict)  # by number of the fixed act they follow


TAKE_AWAY = frozenset(
    {"close-room", "remove-delegation", "withdraw-delegate", "propose-ground-rules", "agree-ground-rules"}
)
Between = Callable[[World, int], None]
"""What happens after the fixed act of this number, before the next."""


def build(script: Script, between: Between | None = None, store: Store | None = None) -> World:
    """A world: the script, with ``between`` happening after each act once there is somebody to hide something from."""
    world = World(new_office(store))
    for number, act in enumerate(ACTS):
        try:
            perform(world, act)
        except (Refusal, KeyError):  # what it refers to was refused before
            if _seen_in_part(world, script.viewer, act):
                world.refused.append(number)
        for n, seen in enumerate(script.drawn.get(number, ())):
            repeat(world, seen, f"{number}/{n}")
        if between is not None and number >= SET_UP:
            between(world, number)
    world.clock.now = START.format(59)
    return world


def _seen_in_part(world: World, viewer: Viewer, act: Act) -> bool:
    """Whether the viewer sees any of it: then nothing that happens elsewhere may be in its way."""
    here = world.desk(act.who).room(world.rooms[act.talks, act.room])
    return not hidden_from(viewer, here) or act.command in {"carry-point", "release-entries", "accredit-delegate"}


def repeat(world: World, seen: Seen, name: str) -> None:
    """A drawn act, at the time of the fixed act before it."""
    world.clock.now = START.format(world.done - 1)
    world.desk(seen.who).act(Request(act_id(f"drawn {name}"), (seen.step,)))


def _open(talks: str, host: str, title: str) -> Act:
    raw = {
        "name": talks,
        "title": title,
        "host_code": "host",
        "host_name": f"Host of {talks}",
        "sides": SIDES,
        "person_name": "An envoy",
    }
    return Act(host, "", "open-talks", raw, "opened", talks=talks)


def _accredit(who: str, delegation: str, name: str, room: str = "plenary", *also: str) -> Act:
    raw = {"person": who, "delegation": delegation, "name": name, "level": "minister", "rooms": list(also)}
    return Act(HOST, room, "accredit-delegate", raw, f"accredited-{name.split()[0].lower()}")


def _room(kind: str, name: str, members: list[str], who: str = HOST, guest: str = "") -> Act:
    guests = [{"code": guest, "role": "third-party", "name": f"The {guest}"}] if guest else []
    return Act(who, "plenary", "open-room", {"kind": kind, "name": name, "members": members, "guests": guests})


PAPER = {"content": b"%PDF- what was presented", "media": "application/pdf", "name": "terms.pdf"}
TERMS = {"publish": "host", "quote": "attributed", "notes": "everyone", "records": "given-to-each"}

ACTS: tuple[Act, ...] = (
    _open("rehearsal", HOST, "Rehearsal"),
    _accredit(SIDE_A, "side-a", "Ambassador of A", "plenary", "public"),
    _accredit(SIDE_B, "side-b", "Minister of B", "plenary", "public"),
    _accredit(ENVOY, "side-a", "Envoy of A"),
    _room("caucus", "caucus-a", ["side-a"]),
    _room("caucus", "caucus-b", ["side-b"]),
    _room("format", "aides", ["side-a", "side-b"], guest="observer"),
    replace(_accredit(OBSERVER, "observer", "Watcher", "aides"), talks="rehearsal"),
    _room("format", "pair", ["side-a"], guest="guarantor"),
    _accredit(GUARANTOR, "guarantor", "Guarantor", "pair"),
    _room("format", "pair-b", ["side-b"], guest="depositary"),
    _room("delegation-room", "room-a", [], SIDE_A),
    _room("delegation-room", "room-b", [], SIDE_B),
    Act(HOST, "plenary", "propose-ground-rules", TERMS, "rules"),
    Act(SIDE_A, "plenary", "agree-ground-rules", {"rules": "@rules"}),
    Act(SIDE_B, "plenary", "agree-ground-rules", {"rules": "@rules"}),
    Act(
        HOST,
        "plenary",
        "call-meeting",
        {
            "code": "first",
            "title": "First meeting",
            "venue": "A palace",
            "zone": "Europe/Istanbul",
            "day": "2030-02-01",
        },
        "first",
    ),
    Act(HOST, "plenary", "open-meeting", {"meeting": "@first"}),
    Act(
        SIDE_A,
        "plenary",
        "record-statement",
        {"verb": "demanded", "gist": "Ice before talks.", "setting": "in-room"},
        "said",
    ),
    Act(
        SIDE_A,
        "plenary",
        "present-paper",
        {"paper": PAPER, "title": "Terms", "to": ["side-b"], "purpose": "conditions"},
        "paper",
    ),
    Act(HOST, "caucus-a", "ask-leave", {"to": "side-b", "point": "A would wait a week."}, "asked"),
    _open("elsewhere", OTHER_HOST, "Other talks"),
    Act(OTHER_HOST, "plenary", "accredit-delegate", {"person": OTHER_SIDE, "delegation": "side-a"}, talks="elsewhere"),
    Act(HOST, "plenary", "withdraw-delegate", {"person": ENVOY}, behalf="side-a"),
    Act(HOST, "aides", "remove-delegation", {"delegation": "side-b", "reason": "Asked to."}),
    # From here on, things happen elsewhere.
    Act(HOST, "public", "note-event", {"what": "publication", "words": "The parties have met."}),
    Act(HOST, "plenary", "raise-item", {"meeting": "@first", "item": "Prisoners"}),
    Act(SIDE_A, "caucus-a", "allow-conveyance", {"asked": "@asked", "attributed": True}, "leave"),
    Act(HOST, "caucus-a", "carry-point", {"allowed": "@leave", "to_room": "caucus-b"}, "carried"),
    Act(HOST, "plenary", "release-entries", {"entries": ["@said"], "to": "public"}, "released"),
    Act(
        HOST,
        "caucus-a",
        "accredit-delegate",
        {"person": NEWCOMER, "delegation": "side-a", "name": "Newcomer", "rooms": ["plenary"]},
    ),
    Act(SIDE_B, "plenary", "make-request", {"to": "side-a", "words": "An answer by Monday."}, "request"),
    Act(SIDE_A, "aides", "tell-understanding", {"wording": "Lists within a week.", "degree": "in-principle"}, "told"),
    Act(HOST, "aides", "note-event", {"what": "call", "words": "A call."}),
    Act(SIDE_A, "plenary", "withdraw-delegate", {"person": NEWCOMER, "reason": "Recalled."}),
    Act(HOST, "plenary", "adjourn-meeting", {"meeting": "@first"}),
)
SET_UP = next(n for n, act in enumerate(ACTS) if act.command == "remove-delegation")


def people_in(view: RoomView) -> Iterator[str]:
    return (d.id for d in view.seats.delegates.values() if d.until is None)


def names_only_in(first: World, second: World) -> dict[str, list[str]]:
    """Some of what exists in the first world alone: ids of rooms, acts, people; refs and citations; short names."""
    mine, other = _names(first), _names(second)
    return {sort: sorted(found - other[sort])[:SOME] for sort, found in mine.items()}


def _names(world: World) -> dict[str, set[str]]:
    views = world.everything()
    seats = [view.state[SEATS] for view in views]
    return {
        "rooms": {view.id for view in views},
        "short": {s.name for s in seats},
        "refs": {entry.ref for view in views for entry in view.entries()},
        "acts": {entry.header.act for view in views for entry in view.entries()},
        "people": {d for s in seats for d in s.delegates},
        "delegations": {d for s in seats for d in s.delegations},
        "citations": {c for view in views for entry in view.entries() for c in cited(entry.body)},
    }
