"""Opening talks and rooms, and closing rooms."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.secretariat.acts import Step
from goodoffices.talks.scene import Refusal
from tests.offers import offered
from tests.people import HOST, OBSERVER, SIDE_A, SIDE_B, SIDES, Pen, Round, add_room, new_office, open_round
from tests.refusals import refused, sizes

TALKS = {"name": "rehearsal", "title": "Rehearsal", "host_code": "host", "host_name": "Host country", "sides": SIDES}


@pytest.fixture
def talks() -> Round:
    return open_round()


def test_talks_open_with_three_rooms(talks: Round) -> None:
    kinds = {name: talks.view(HOST, name).seats.kind for name in ("plenary", "host-room", "public")}
    assert kinds == {"plenary": "plenary", "host-room": "host-room", "public": "public"}
    members = {d.code: d.role for d in talks.view(HOST, "plenary").seats.delegations.values()}
    assert members == {"host": "host", "side-a": "party", "side-b": "party"}
    assert [d.code for d in talks.view(HOST, "host-room").seats.delegations.values()] == ["host"]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"sides": SIDES[:1]}, "Talks need at least two parties."),
        ({"sides": [SIDES[0], SIDES[1] | {"role": "third-party"}]}, "Talks need at least two parties."),
        ({"sides": [SIDES[0], SIDES[0]]}, "Two delegations have the same short name."),
        ({"host_code": "side-a"}, "Two delegations have the same short name."),
        ({"keys": [{"type": "ssh", "key": "ssh-ed25519 nonsense"}]}, "This signing key cannot be named: "),
    ],
)
def test_talks_that_cannot_be_opened(wrong: dict[str, Any], why: str) -> None:
    office = new_office()
    round_ = Round(office)
    with pytest.raises(Refusal) as refusal:
        round_.desk(HOST).open_talks("0" * 32, TALKS | wrong)
    assert str(refusal.value).startswith(why)
    assert sizes(round_) == {}


def test_talks_are_not_opened_in_a_room_of_other_talks(talks: Round) -> None:
    assert "belongs to talks already" in refused(talks, HOST, "plenary", "open-talks", **TALKS)


def test_who_sits_here_sits_there_too(talks: Round) -> None:
    caucus = talks.view(SIDE_A, "caucus-a").seats
    assert [d.code for d in caucus.delegations.values()] == ["host", "side-a"]
    assert sorted(caucus.delegates) == sorted([HOST, SIDE_A])
    words = talks.view(SIDE_A, "caucus-a").words(filter(None, (d.name for d in caucus.delegations.values())))
    assert sorted(words.values()) == ["Host country", "Side A"]


def test_a_delegation_room_is_opened_by_that_delegation_alone(talks: Round) -> None:
    add_room(talks, SIDE_A, "plenary", kind="delegation-room", name="room-a")
    assert [d.code for d in talks.view(SIDE_A, "room-a").seats.delegations.values()] == ["side-a"]
    assert talks.rooms["room-a"] not in talks.office.store.rooms_of(HOST)


GUEST = {"code": "icrc", "role": "third-party", "name": "Neutral intermediary"}


@pytest.mark.parametrize(
    ("who", "raw", "why"),
    [
        (HOST, {"kind": "delegation-room"}, "only that delegation opens it"),
        (SIDE_A, {"kind": "delegation-room", "members": ["side-b"]}, "only that delegation opens it"),
        (SIDE_A, {"kind": "delegation-room", "guests": [GUEST]}, "only that delegation opens it"),
        (SIDE_A, {"kind": "caucus", "members": ["side-b"]}, "Only the host opens this kind of room."),
        (SIDE_A, {"kind": "format", "members": ["side-b"]}, "Only the host opens this kind of room."),
        (HOST, {"kind": "caucus", "members": ["side-a", "side-b"]}, "A caucus is one delegation with the host."),
        (HOST, {"kind": "caucus"}, "A caucus is one delegation with the host."),
        (HOST, {"kind": "host-room", "members": ["side-a"]}, "A host room has the host alone."),
        (HOST, {"kind": "format"}, "A format needs at least two delegations."),
        (HOST, {"kind": "format", "guests": [GUEST, GUEST]}, "Two delegations have the same short name."),
        (HOST, {"kind": "format", "guests": [GUEST | {"code": "host"}]}, "Two delegations have the same short name."),
        (HOST, {"kind": "format", "members": ["side-a"], "name": "plenary"}, "You sit in a room called “plenary”"),
    ],
)
def test_rooms_that_cannot_be_opened(talks: Round, who: str, raw: dict[str, Any], why: str) -> None:
    assert why in refused(talks, who, "plenary", "open-room", **({"name": "new-room"} | raw))


def test_a_third_party_opens_a_room_with_one_party_and_without_the_host(talks: Round) -> None:
    add_room(talks, HOST, "plenary", kind="format", name="exchange", members=["side-a", "side-b"], guests=[GUEST])
    talks.do(HOST, "exchange", "accredit-delegate", person=OBSERVER, delegation="icrc")
    assert {"kind": "format"} in offered(talks, OBSERVER, "exchange", "open-room")
    wrong = {"kind": "format", "name": "lists-a", "members": ["side-a", "side-b"]}
    assert "with one party of this one" in refused(talks, OBSERVER, "exchange", "open-room", **wrong)
    assert "with one party of this one" in refused(talks, OBSERVER, "exchange", "open-room", kind="format", name="x")
    add_room(talks, OBSERVER, "exchange", kind="format", name="lists-a", members=["side-a"])
    seats = talks.view(SIDE_A, "lists-a").seats
    assert [d.code for d in seats.delegations.values()] == ["icrc", "side-a"]
    assert talks.rooms["lists-a"] not in talks.office.store.rooms_of(HOST)
    assert "Only the host closes a room" in refused(talks, SIDE_A, "lists-a", "close-room")
    talks.do(OBSERVER, "lists-a", "close-room")


def test_rooms_are_opened_where_delegations_meet(talks: Round) -> None:
    assert "where delegations meet" in refused(
        talks, HOST, "caucus-a", "open-room", kind="caucus", name="again", members=["side-a"]
    )


def test_a_closed_room_takes_nothing_but_withdrawals_and_erasures(talks: Round) -> None:
    assert "Only the host closes a room" in refused(talks, SIDE_A, "plenary", "close-room")
    talks.do(HOST, "plenary", "close-room", reason="The round is over.")
    assert "This room is closed" in refused(talks, HOST, "plenary", "call-meeting", code="first")
    assert "This room is closed" in refused(talks, HOST, "plenary", "close-room")
    assert {o.rule.name for o in talks.view(HOST, "plenary").offers()} == {"withdraw-delegate", "erase-particulars"}
    talks.do(HOST, "plenary", "erase-particulars", entry=talks.view(HOST, "plenary").entry(1).ref, reason="agreed")
    talks.do(HOST, "plenary", "withdraw-delegate", "side-a", person=SIDE_A)
    assert talks.kinds(HOST, "plenary")[-2:] == ["particulars-erased", "delegate-withdrawn"]


def test_a_delegation_closes_its_own_room(talks: Round) -> None:
    add_room(talks, SIDE_B, "plenary", kind="delegation-room", name="room-b")
    talks.desk(SIDE_B).act(talks.request(Step(talks.rooms["room-b"], "close-room", {})))
    assert talks.view(SIDE_B, "room-b").seats.closed == 1


def test_keys_stand_at_the_opening() -> None:
    key = Pen("host").key
    assert open_round(keys={HOST: [key]}).view(HOST, "plenary").seats.delegates[HOST].keys == (key,)
