"""A database restored from yesterday: its rooms refuse, say so, and go on elsewhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from goodoffices.readouts.table import table
from goodoffices.record.seats import SEATS
from goodoffices.secretariat import recovering
from goodoffices.secretariat.acts import NotFound, Request, Step
from goodoffices.secretariat.desk import Desk, Receipt
from goodoffices.secretariat.office import Office, RoomBehind, RoomContinued
from goodoffices.secretariat.operator import OperatorDesk
from goodoffices.storage.databases import database
from goodoffices.storage.heads import FileHeads
from goodoffices.storage.office import assemble
from goodoffices.talks.scene import Refusal
from tests.contracts.databases import opened
from tests.people import HOST, OUTSIDER, SIDE_A, person


class World:
    """One office on SQLite whose database can be put back."""

    def __init__(self, home: Path) -> None:
        self.home, self.acts = home, 0
        self.heads = FileHeads(home / "heads")
        self.start()
        receipts = Desk(self.office, HOST).open_talks(person("opening"), OPENING)
        self.rooms = {Desk(self.office, HOST).room(r.room).seats.kind: r.room for r in receipts}
        self.act("plenary", "accredit-delegate", person=SIDE_A, delegation="side-a", name="Delegate of A")

    def start(self) -> None:
        """A fresh process, as far as an office knows."""
        self.office: Office = assemble(self.home, "restored")

    def act(self, room: str, command: str, **raw: Any) -> list[Receipt]:
        self.acts += 1
        return Desk(self.office, HOST).act(Request(person(f"act {self.acts}"), (Step(self.rooms[room], command, raw),)))

    def say(self, room: str) -> list[Receipt]:
        return self.act(room, "record-statement", verb="said", setting="in-room", gist="Something.")

    def restore(self, kept: Path) -> None:
        connections["restored"].close()
        with sqlite3.connect(kept) as source, sqlite3.connect(self.home / "office.sqlite3") as target:
            source.backup(target)
        source.close()
        target.close()
        self.start()

    def keep(self) -> Path:
        kept = self.home / "yesterday.sqlite3"
        with sqlite3.connect(self.home / "office.sqlite3") as source, sqlite3.connect(kept) as target:
            source.backup(target)
        source.close()
        target.close()
        return kept


OPENING = {
    "name": "restored",
    "title": "Restored",
    "host_code": "host",
    "host_name": "Host country",
    "sides": [
        {"code": "side-a", "role": "party", "name": "Side A"},
        {"code": "side-b", "role": "party", "name": "Side B"},
    ],
}


@pytest.fixture
def world(tmp_path: Path, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), opened("restored", database("", tmp_path)):
        yield World(tmp_path)


def test_a_restored_room_refuses_and_others_go_on(world: World) -> None:
    kept = world.keep()
    world.say("plenary")
    world.restore(kept)
    plenary = world.rooms["plenary"]
    for attempt in (lambda: world.say("plenary"), lambda: Desk(world.office, HOST).room(plenary)):
        with pytest.raises(RoomBehind, match=f"goodoffices recover {plenary}"):
            attempt()
    with pytest.raises(NotFound):
        Desk(world.office, OUTSIDER).room(plenary)
    world.say("host-room")
    assert [b.room for b in recovering.behind(world.office, world.heads)] == [plenary]


def test_a_restored_room_goes_on_in_a_new_one(world: World) -> None:
    world.say("plenary")
    kept = world.keep()
    lost = world.say("plenary")[0].checkpoint
    world.restore(kept)
    plenary = world.rooms["plenary"]
    done = recovering.recover(world.office, world.heads, plenary)
    assert recovering.recover(world.office, world.heads, plenary) == done
    assert recovering.behind(world.office, world.heads) == []
    new = Desk(world.office, SIDE_A).room(done.room)
    known = recovering.Known.of(lost)
    assert new.seats.continues == {"origin": known.origin, "size": known.size, "root": known.root.hex()}
    old = Desk(world.office, SIDE_A).room(plenary)
    assert (old.size, done.known) == (done.size, known.size)
    assert (old.seats.kind, old.seats.name) == (new.seats.kind, new.seats.name)
    name = new.seats.delegates[SIDE_A].name
    assert name != old.seats.delegates[SIDE_A].name
    assert new.words([str(name)]) == {name: "Delegate of A"}
    assert Desk(world.office, HOST).named("restored", "plenary").id == done.room
    assert old.offers() == []
    with pytest.raises(RoomContinued, match=done.room):
        world.say("plenary")
    world.rooms["plenary"] = done.room
    world.say("plenary")


def test_recovery_cut_short_is_taken_up(world: World) -> None:
    kept = world.keep()
    world.say("plenary")
    world.restore(kept)
    plenary = world.rooms["plenary"]
    done = recovering.recover(world.office, world.heads, plenary)
    (world.home / "heads" / f"{plenary}.continued").unlink()
    assert recovering.recover(world.office, world.heads, plenary) == done
    assert len(world.office.store.rooms()) == 4


def test_who_was_withdrawn_before_stays_so_and_a_lost_withdrawal_has_to_be_repeated(world: World) -> None:
    other = person("another delegate of A")
    world.act("plenary", "accredit-delegate", person=other, delegation="side-a", name="Another")
    withdraw(world, other, "before")
    kept = world.keep()
    withdraw(world, SIDE_A, "lost")
    world.restore(kept)
    done = recovering.recover(world.office, world.heads, world.rooms["plenary"])
    new = Desk(world.office, HOST).room(done.room)
    assert new.seats.seat(SIDE_A) is not None
    assert other not in new.seats.delegates
    with pytest.raises(NotFound):
        Desk(world.office, other).room(done.room)
    world.rooms["plenary"] = done.room
    withdraw(world, SIDE_A, "again")
    assert Desk(world.office, HOST).room(done.room).seats.seat(SIDE_A) is None


def withdraw(world: World, whom: str, act: str) -> None:
    plenary = world.rooms["plenary"]
    side = Desk(world.office, HOST).room(plenary).seats.delegates[whom].delegation
    step = Step(plenary, "withdraw-delegate", {"person": whom}, side)
    Desk(world.office, HOST).act(Request(person(act), (step,)))


def test_of_two_rooms_of_one_name_the_one_that_goes_on_is_meant(world: World) -> None:
    world.act("plenary", "call-meeting", code="first")
    kept = world.keep()
    world.say("plenary")
    world.restore(kept)
    old = world.rooms["plenary"]
    done = recovering.recover(world.office, world.heads, old)
    for desk in (Desk(world.office, HOST), Desk(world.office, SIDE_A), OperatorDesk(world.office)):
        assert desk.named("restored", "plenary").id == done.room
        assert [v.id for v in desk.rooms()][-1] == old
        assert {v.id: v.goes_on for v in desk.rooms()}[old] is False
        made = table(desk.rooms(), "restored", desk.person)
        assert {row.id: row.continued for row in made.rooms if row.name == "plenary"} == {old: done.room, done.room: ""}
        side = made.role("party")[0]
        assert list(side.rooms).count("plenary") == 1
        assert [p.former for p in side.delegates] == [False]
        assert [m.room for m in made.meetings] == [old]
        assert all(w.room != old for w in made.waiting)
    other = person("another delegate of A")
    world.act("public", "accredit-delegate", person=other, delegation="side-a", name="Another", rooms=["plenary"])
    assert Desk(world.office, other).named("restored", "plenary").id == done.room


def test_nothing_to_recover(world: World) -> None:
    with pytest.raises(Refusal, match="is not behind"):
        recovering.recover(world.office, world.heads, world.rooms["plenary"])


def test_another_history_of_the_same_length_refuses(world: World) -> None:
    kept = world.keep()
    world.say("plenary")
    note = world.heads.newest(world.rooms["plenary"])
    (world.home / "heads" / world.rooms["plenary"]).unlink()
    world.restore(kept)
    world.say("plenary")
    (world.home / "heads" / world.rooms["plenary"]).unlink()
    world.heads.write(world.rooms["plenary"], str(note))
    with pytest.raises(RoomBehind):
        world.say("plenary")


def test_a_room_of_which_nothing_survived(world: World) -> None:
    kept = world.keep()
    world.act("plenary", "open-room", kind="caucus", name="caucus-a", members=["side-a"])
    world.restore(kept)
    (lost,) = recovering.behind(world.office, world.heads)[-1:]
    found = [b for b in recovering.behind(world.office, world.heads) if b.survived == 0]
    assert len(found) == 1
    assert lost.known >= 1
    with pytest.raises(Refusal, match="Open a new room"):
        recovering.recover(world.office, world.heads, found[0].room)


def test_the_state_is_that_of_the_record(world: World) -> None:
    """A projection of what was lost does not come back with it."""
    kept = world.keep()
    world.say("plenary")
    world.restore(kept)
    done = recovering.recover(world.office, world.heads, world.rooms["plenary"])
    assert world.office.load(done.room, 1)[SEATS].continues is not None
