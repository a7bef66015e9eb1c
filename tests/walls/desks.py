"""Everything a desk tells its person, as text and bytes by name: what two worlds must have the same."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from goodoffices.readouts import awaited, conditions, render
from goodoffices.readouts.readout import NoSuchMeeting, meetings, readout
from goodoffices.readouts.table import NoSuchTalks, table, talks_of
from goodoffices.readouts.timeline import timeline
from goodoffices.record.entries import cited
from goodoffices.record.signatures import BadSignature
from goodoffices.secretariat.acts import NotFound, Request, Step, Tape
from goodoffices.secretariat.desk import Desk, RoomView, SignatureNeeded
from goodoffices.secretariat.matters import MATTERS
from goodoffices.talks.scene import Refusal
from tests.strategies import Known, candidates
from tests.walls.people import Viewer
from tests.walls.worlds import World, act_id

Names = dict[str, list[str]]
Told = dict[str, object]
NOWHERE = "0" * 32
MALFORMED = ("", "x", "F" * 32, "../" + "0" * 29)


def answer(ask: Callable[[], object]) -> str:
    """What is answered, or how it is refused: word for word."""
    try:
        return repr(ask())
    except (NotFound, Refusal, NoSuchTalks, NoSuchMeeting, BadSignature, ValueError, KeyError) as error:
        return f"{type(error).__name__}: {error}"
    except SignatureNeeded as needed:
        return f"to sign: {needed.prepared.to_sign}"


def read(world: World, viewer: Viewer, names: Names) -> Told:
    """What can be read: rooms and all that is drawn from them, and the answers for what is not there."""
    desk = world.desk(viewer.person)
    told: Told = {"behind": dict(desk.behind)}
    rooms = desk.rooms()
    told["rooms"] = [room.id for room in rooms]
    for room in rooms:
        others = [v for v in rooms if v.seats.talks == room.seats.talks]
        for name, value in _of_room(desk.room(room.id), others):
            told[f"{room.seats.talks_name}/{room.seats.name} {name}"] = value
    told |= dict(_of_talks(desk, rooms, names))
    told |= dict(_not_there(desk, rooms, names))
    return told


def _of_room(view: RoomView, others: list[RoomView]) -> Iterator[tuple[str, object]]:
    found = view.entries()
    yield "lines", list(view.lines())
    yield "past the end", (list(view.lines(view.size, view.size + 9)), answer(lambda: view.entry(view.size)))
    yield "state", json.loads(MATTERS.dump(view.state))
    yield "checkpoint", view.checkpoint()
    yield "proofs", [view.inclusion(seq) for seq in range(view.size)]
    yield "particulars", view.particulars(dict.fromkeys(c for e in found for c in cited(e.body)))
    yield "signatures", [view.signature(e) for e in found]
    yield "offers", [_offers(view, behalf) for behalf in (None, *view.seats.delegations)]
    yield "awaited", [list(awaited.by(view.state, d)) for d in view.seats.delegations]
    yield "timeline", timeline(view, 0, None, others)
    yield "export", exported(view)
    yield "conditions side by side", conditions.compare(view, others)
    for meeting in (None, *meetings(view), "no-such-meeting"):
        yield f"readout {meeting}", answer(lambda m=meeting: _drawn(view, m, others))


def _offers(view: RoomView, behalf: str | None) -> list[tuple[str, dict[str, str]]]:
    return [(offer.rule.name, dict(offer.fields)) for offer in view.offers(behalf)]


def exported(view: RoomView) -> bytes:
    file = io.BytesIO()
    view.export(file)
    return file.getvalue()


def _drawn(view: RoomView, meeting: str | None, others: list[RoomView]) -> tuple[str, ...]:
    made = readout(view, meeting, others)
    return render.markdown(made), render.html(made), render.json(made)


def _of_talks(desk: Desk, rooms: list[RoomView], names: Names) -> Iterator[tuple[str, object]]:
    yield "talks", talks_of(rooms)
    for talks in dict.fromkeys(
        ("rehearsal", "elsewhere", "nowhere", *names["rooms"][:3], *(r.seats.talks for r in rooms))
    ):
        yield f"table of {talks}", answer(lambda t=talks: table(rooms, t, desk.person))
    for room in ("plenary", "room-a", "caucus-b", "host-room", "pair", "aides", *names["short"][:5]):
        for talks in ("rehearsal", "elsewhere"):
            yield f"named {talks}/{room}", answer(lambda t=talks, r=room: desk.named(t, r).id)


def _not_there(desk: Desk, rooms: list[RoomView], names: Names) -> Iterator[tuple[str, object]]:
    for room in (*names["rooms"], NOWHERE, *MALFORMED):
        yield f"room {room}", answer(lambda r=room: desk.room(r).id)
    for act in (*names["acts"], NOWHERE, *MALFORMED):
        yield f"receipts {act}", answer(lambda a=act: desk.receipts(a))
    for room in rooms:
        for ref in (*names["refs"], "e:" + "0" * 64):
            yield f"{room.id} find {ref}", answer(lambda v=room, r=ref: v.find(r).seq)


def tried(world: World, viewer: Viewer, names: Names) -> Told:
    """What every command answers in every room, decided and not written."""
    desk = world.desk(viewer.person)
    rooms = desk.rooms()
    return {
        f"{room} tries {n} {command}": answer(partial(decided, desk, room, command, fields))
        for n, (room, command, fields) in enumerate((*_everywhere(world, rooms, names), *_naming_in(rooms[:3], names)))
    }


Try = tuple[str, str, dict[str, Any]]


def _everywhere(world: World, rooms: list[RoomView], names: Names) -> Iterator[Try]:
    """Every command, in every room that is seen with what it needs, and in rooms that are hidden or do not exist."""
    for view in rooms:
        known = Known(view)
        for rule in world.office.rules.values():
            yield from ((view.id, rule.name, one) for one in islice(candidates(rule.command, {}, known, 1), 2))
    for room in (*names["rooms"][:2], NOWHERE, *MALFORMED):
        for rule in world.office.rules.values():
            if rule.name != "open-talks":  # it makes its room, so there is none to be told of
                yield room, rule.name, {}


def _naming_in(rooms: list[RoomView], names: Names) -> Iterator[Try]:
    for view in rooms:
        yield from ((view.id, command, fields) for command, fields in _naming(names))


def _naming(names: Names) -> Iterator[tuple[str, dict[str, Any]]]:
    """Commands that name what is hidden, or does not exist."""
    for room in (*names["rooms"][:4], *names["short"][:4], "room-a", "room-b", "caucus-a", NOWHERE):
        yield "accredit-delegate", {"person": act_id("somebody"), "delegation": "side-a", "rooms": [room]}
        yield "carry-point", {"allowed": "e:" + "0" * 64, "to_room": room}
        yield "release-entries", {"entries": ["e:" + "0" * 64], "to": room}
    for name in (*names["short"][:4], "room-a", "room-b", "caucus-a", "caucus-b", "pair", "pair-b", "host-room", "new"):
        yield "open-room", {"kind": "delegation-room", "name": name}
        yield "open-room", {"kind": "format", "name": name, "members": ["side-a", "side-b"]}
    for who in (*names["people"][:4], NOWHERE):
        yield "withdraw-delegate", {"person": who}
        yield "accredit-delegate", {"person": who, "delegation": "side-a"}
    for delegation in (*names["delegations"][:4], "guarantor", "depositary", "observer", "nobody", NOWHERE):
        yield "make-request", {"to": delegation, "words": "Please."}
        yield "ask-leave", {"to": delegation, "point": "A point."}
        yield "allow-conveyance", {"to": delegation, "point": "A point."}
        yield "propose-presence", {"code": delegation, "role": "third-party", "name": "A neighbour"}
    for ref in (*names["refs"][:4], "e:" + "0" * 64):
        yield "correct-entry", {"entry": ref, "says": "Otherwise."}
        yield "erase-particulars", {"entry": ref, "reason": "agreed"}
        yield "answer-request", {"request": ref, "answer": "accepted"}


def decided(desk: Desk, room: str, command: str, fields: dict[str, Any]) -> object:
    """What would be written to rooms this person reads, or opens; a withdrawal may reach others unseen."""
    made = desk._decide(Request(act_id("trial"), (Step(room, command, fields),)), Tape(), {}, {})
    seen = {view.id for view in desk.rooms()}
    lines = [(a.room, a.expected, a.lines) for a in made.batch.additions if a.room in seen or not a.expected]
    return lines, made.unsigned


def acted(world: World, viewer: Viewer, names: Names) -> Told:
    """What acts really done answer, one after another, in a copy of the world; and what can be read afterwards."""
    own = world.again()
    desk = own.desk(viewer.person)
    told: Told = {}
    acts = [*names["acts"][:3], act_id("of the viewer")]
    for view in desk.rooms():
        told |= _noted(desk, view, acts)
        for n, (command, fields) in enumerate(_naming({k: v[:1] for k, v in names.items()})):
            request = Request(act_id(f"named {view.id} {n}"), (Step(view.id, command, fields),))
            told[f"{view.id} does {n} {command}"] = answer(partial(desk.act, request))
    step = Step(desk.rooms()[0].id, "note-event", {"what": "other", "words": "Noted."})
    for act in acts:  # the very ids that others used where the viewer does not look
        told[f"used elsewhere {act}"] = answer(partial(desk.act, Request(act, (step,))))
    told["opens talks"] = answer(partial(desk.open_talks, act_id("opens"), TALKS))
    return told | _named("afterwards", read(own, viewer, names))


def _noted(desk: Desk, view: RoomView, acts: list[str]) -> Told:
    """An act, its repeat, the same id with other content, and its receipt."""
    told: Told = {}
    for n, act in enumerate(acts):
        fields = {"what": "other", "words": f"Noted {n}."}
        request = Request(act_id(act + view.id), (Step(view.id, "note-event", fields),))
        other = Request(request.act, (Step(view.id, "note-event", {**fields, "words": "Else."}),))
        told[f"{view.id} note {n}"] = answer(partial(desk.act, request))
        told[f"{view.id} note {n} again"] = answer(partial(desk.act, request))
        told[f"{view.id} note {n} otherwise"] = answer(partial(desk.act, other))
        told[f"{view.id} receipts {n}"] = answer(partial(desk.receipts, request.act))
    return told


SIDES = [{"code": code, "role": "party", "name": code} for code in ("side-a", "side-b")]
TALKS = {"name": "elsewhere", "title": "Talks", "host_code": "host", "host_name": "Host", "sides": SIDES}


def told(world: World, viewer: Viewer, names: Names) -> Told:
    """All of it. Reading comes twice: with nothing in memory, and with everything that was looked at since."""
    cold = read(world, viewer, names)
    return cold | tried(world, viewer, names) | acted(world, viewer, names) | _named("warm", read(world, viewer, names))


def _named(name: str, told: Told) -> Told:
    return {f"{name} {one}": value for one, value in told.items()}


def differences(one: Told, other: Told) -> list[str]:
    """What is not the same, word for word; for a failing test to print."""
    found = [f"{name}: only in one" for name in sorted(one.keys() ^ other.keys())]
    both = (name for name in sorted(one.keys() & other.keys()) if one[name] != other[name])
    return [
        *found,
        *(f"{name}:\n  {_short(one[name], other[name])}\n  {_short(other[name], one[name])}" for name in both),
    ]


def _short(value: object, other: object) -> str:
    """Where two values first differ."""
    mine, theirs = repr(value), repr(other)
    at = next((n for n, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b), min(len(mine), len(theirs)))
    return f"…{mine[max(0, at - 120) : at + 120]}…"
