"""Delegates: accredited, given keys, and withdrawn everywhere by one act, though the author cannot look everywhere."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.secretariat.acts import Step
from goodoffices.secretariat.desk import NotFound
from goodoffices.secretariat.office import RoomBehind
from tests.people import HOST, OBSERVER, OUTSIDER, SIDE_A, SIDE_A_ENVOY, SIDE_B, Pen, Round, add_room, open_round
from tests.refusals import refused


@pytest.fixture
def talks() -> Round:
    """Side A has a second delegate, and a room of its own that the host cannot enter."""
    round_ = open_round()
    round_.do(SIDE_A, "plenary", "accredit-delegate", person=SIDE_A_ENVOY, delegation="side-a", rooms=["caucus-a"])
    add_room(round_, SIDE_A, "plenary", kind="delegation-room", name="room-a")
    return round_


def seated(talks: Round, who: str, person: str, *rooms: str) -> dict[str, bool]:
    return {room: talks.view(who, room).seats.seat(person) is not None for room in rooms}


def test_accredited_by_its_own_delegation_or_the_host(talks: Round) -> None:
    assert seated(talks, SIDE_A, SIDE_A_ENVOY, "plenary", "caucus-a", "room-a") == {
        "plenary": True,
        "caucus-a": True,
        "room-a": True,
    }
    talks.do(HOST, "plenary", "accredit-delegate", person=OBSERVER, delegation="side-b", level="technical")
    assert talks.view(OBSERVER, "plenary").seats.delegates[OBSERVER].level == "technical"


@pytest.mark.parametrize(
    ("who", "raw", "why"),
    [
        (SIDE_A, {"person": OUTSIDER, "delegation": "side-b"}, "by the host or by the delegation itself"),
        (HOST, {"person": SIDE_A, "delegation": "side-b"}, "is accredited in the room “plenary” already"),
        (HOST, {"person": OUTSIDER, "delegation": "side-b", "rooms": ["caucus-a"]}, "does not sit in the room"),
        (HOST, {"person": OUTSIDER, "delegation": "side-b", "rooms": ["room-a"]}, "You sit in no room called"),
        (HOST, {"person": OUTSIDER, "delegation": "side-b", "keys": [{"type": "pgp"}]}, "This signing key cannot be"),
        (HOST, {"person": OUTSIDER, "delegation": "nobody"}, "No delegation called “nobody” sits here."),
        (HOST, {"person": "somebody", "delegation": "side-b"}, "an id of 32 hexadecimal characters is expected"),
    ],
)
def test_accreditations_that_are_refused(talks: Round, who: str, raw: dict[str, Any], why: str) -> None:
    assert why in refused(talks, who, "plenary", "accredit-delegate", **raw)


@pytest.mark.parametrize("minuted", [False, True])
def test_one_act_withdraws_from_every_room(talks: Round, minuted: bool) -> None:
    """Also from rooms the author does not sit in; receipts are given for the author's own rooms only."""
    size = talks.view(SIDE_A, "room-a").size
    if minuted:
        receipts = talks.do(HOST, "plenary", "withdraw-delegate", "side-a", person=SIDE_A_ENVOY, reason="Recalled.")
        mine = ["plenary", "caucus-a"]
    else:
        receipts = talks.do(SIDE_A, "plenary", "withdraw-delegate", person=SIDE_A_ENVOY, reason="Recalled.")
        mine = ["plenary", "caucus-a", "room-a"]
    assert {r.room for r in receipts} == {talks.rooms[room] for room in mine}
    assert not any(seated(talks, SIDE_A, SIDE_A_ENVOY, "plenary", "caucus-a", "room-a").values())
    left = talks.view(SIDE_A, "room-a")
    assert (left.size, left.entries()[-1].kind) == (size + 1, "delegate-withdrawn")
    assert list(left.words(filter(None, [left.entries()[-1].body["reason"]])).values()) == ["Recalled."]
    former = talks.view(SIDE_A_ENVOY, "room-a")
    assert (former.size, former.seat()) == (size + 1, None)


def test_a_delegation_withdraws_its_delegate_from_a_room_the_author_does_not_sit_in(talks: Round) -> None:
    talks.do(SIDE_A, "plenary", "accredit-delegate", person=OBSERVER, delegation="side-a")
    receipts = talks.do(OBSERVER, "plenary", "withdraw-delegate", person=SIDE_A_ENVOY)
    assert [r.room for r in receipts] == [talks.rooms["plenary"]]
    assert talks.view(SIDE_A, "caucus-a").seats.seat(SIDE_A_ENVOY) is None


def test_what_the_author_gets_does_not_depend_on_rooms_they_cannot_enter() -> None:
    """Two worlds that differ only in side A's own room: the host's receipts and record are the same."""

    def world(room_of_their_own: bool, closed: bool) -> tuple[object, ...]:
        round_ = open_round()
        if room_of_their_own:
            add_room(round_, SIDE_A, "plenary", kind="delegation-room", name="room-a")
        if closed:
            round_.do(SIDE_A, "room-a", "close-room")
        round_.acts = 100  # act ids are the author's own
        receipts = round_.do(HOST, "plenary", "withdraw-delegate", "side-a", person=SIDE_A)
        repeated = Round(round_.office, round_.acts - 1, round_.rooms).do(
            HOST, "plenary", "withdraw-delegate", "side-a", person=SIDE_A
        )
        assert repeated == receipts
        return tuple(receipts), tuple(round_.view(HOST, "plenary").lines())

    assert world(False, False) == world(True, False) == world(True, True)


def test_a_room_the_database_is_behind_on_is_passed_over(talks: Round) -> None:
    """The host is not told about it: it is a room the host cannot enter."""
    room = talks.rooms["room-a"]
    talks.office.heads.write(room, talks.office.checkpoint(room, 99, bytes(32)))
    receipts = talks.do(HOST, "plenary", "withdraw-delegate", "side-a", person=SIDE_A_ENVOY)
    assert {r.room for r in receipts} == {talks.rooms["plenary"], talks.rooms["caucus-a"]}
    with pytest.raises(RoomBehind):
        talks.desk(SIDE_A_ENVOY).room(room)


def test_nobody_withdraws_the_delegate_of_another(talks: Round) -> None:
    assert "by their own delegation" in refused(talks, SIDE_B, "plenary", "withdraw-delegate", person=SIDE_A)
    assert "by their own delegation" in refused(talks, HOST, "plenary", "withdraw-delegate", person=SIDE_A)
    assert "does not sit in this room" in refused(talks, HOST, "plenary", "withdraw-delegate", person=OUTSIDER)


def test_a_withdrawal_reaches_only_seats_of_that_very_delegation(talks: Round) -> None:
    """Side A seats side B's delegate in its own room, and withdraws them: B's seats are untouched."""
    talks.desk(SIDE_A).act(
        talks.request(
            Step(talks.rooms["room-a"], "accredit-delegate", {"person": SIDE_B, "delegation": "side-a"}),
        )
    )
    talks.desk(SIDE_A).act(talks.request(Step(talks.rooms["room-a"], "withdraw-delegate", {"person": SIDE_B})))
    assert seated(talks, SIDE_B, SIDE_B, "plenary", "caucus-b") == {"plenary": True, "caucus-b": True}


def test_an_unreadable_room_stays_so_within_the_act_that_withdraws_there(talks: Round) -> None:
    steps = (
        Step(
            talks.rooms["plenary"], "withdraw-delegate", {"person": SIDE_A_ENVOY}, talks.delegation("plenary", "side-a")
        ),
        Step(talks.rooms["room-a"], "close-room", {}),
    )
    with pytest.raises(NotFound):
        talks.desk(HOST).act(talks.request(*steps))


def test_keys_are_named_and_replaced(talks: Round) -> None:
    first, second = Pen("first").key, Pen("second").key
    talks.do(SIDE_B, "plenary", "name-key", key=[first], rooms=["caucus-b"])
    assert "named in the room “plenary” already" in refused(talks, SIDE_B, "plenary", "name-key", key=[first])
    assert "is not named in the room" in refused(talks, SIDE_B, "plenary", "name-key", key=[second], replaces=[second])
    assert "one key at a time" in refused(talks, SIDE_B, "plenary", "name-key", key=[first, second])
    assert "cannot be named" in refused(talks, SIDE_B, "plenary", "name-key", key=[{"type": "ssh", "key": "no"}])
    pen = Pen("first")
    step = Step(talks.rooms["plenary"], "name-key", {"key": [second], "replaces": [first], "rooms": ["caucus-b"]})
    talks.desk(SIDE_B).act(talks.request(step), pen)
    for room in ("plenary", "caucus-b"):
        assert talks.view(SIDE_B, room).seats.delegates[SIDE_B].keys == (second,)
