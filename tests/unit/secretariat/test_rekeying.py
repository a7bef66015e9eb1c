"""A log key is replaced in every room, under both keys; every prefix stays under the key that it names."""

from __future__ import annotations

import io

import pytest

from goodoffices.record import logkeys
from goodoffices.record.checkpoints import LogKey, VerifierKey
from goodoffices.record.logkeys import LogKeyMissing, LogKeys
from goodoffices.record.seats import SEATS
from goodoffices.record.verify import Report, verify
from goodoffices.secretariat import rekeying
from goodoffices.secretariat.operator import OperatorDesk
from tests.people import HOST, SIDE_A, Round, add_room, open_round

OLD, NEW = LogKey.from_seed(bytes(range(32))), LogKey.from_seed(bytes(32))


@pytest.fixture
def talks() -> Round:
    """A round with a room of side A that the host does not sit in, and a closed room."""
    round_ = open_round()
    add_room(round_, SIDE_A, "plenary", kind="delegation-room", name="room-a", members=["side-a"])
    round_.do(HOST, "caucus-b", "close-room")
    return round_


def replace(talks: Round) -> list[str]:
    talks.office.log_keys = LogKeys(NEW, [OLD])
    due = rekeying.standing(talks.office).due
    for room, author in due.items():
        rekeying.hand_over(talks.office, room, author)
    return list(due)


def verified(talks: Round, room: str, who: str | None = None) -> Report:
    view = talks.view(who, room) if who else OperatorDesk(talks.office).room(talks.rooms[room])
    file = io.BytesIO()
    view.export(file)
    return verify(file.getvalue(), VerifierKey(f"host.test/{view.id}", OLD.public))


def test_every_open_room_says_so_once_and_goes_on_under_the_new_key(talks: Round) -> None:
    replaced = replace(talks)
    assert set(replaced) == {id for name, id in talks.rooms.items() if name != "caucus-b"}
    assert replace(talks) == []
    talks.do(HOST, "plenary", "call-meeting", code="first")
    for name in talks.rooms:
        report = verified(talks, name)
        assert report.key.public == (OLD if name == "caucus-b" else NEW).public, name
        assert report.key_given


def test_where_the_host_does_not_sit_its_delegate_enters_it_all_the_same(talks: Round) -> None:
    replace(talks)
    view = talks.view(SIDE_A, "room-a")
    entry = view.entry(view.size - 1)
    assert (entry.kind, entry.header.author.person) == ("log-key-replaced", HOST)
    assert view.seats.seat(HOST) is None
    assert verified(talks, "room-a", SIDE_A).size == view.size


def test_a_former_members_prefix_stays_under_the_key_it_names(talks: Round) -> None:
    talks.do(SIDE_A, "plenary", "withdraw-delegate", person=SIDE_A)
    before = talks.view(SIDE_A, "plenary").checkpoint()
    replace(talks)
    assert talks.view(SIDE_A, "plenary").checkpoint() == before
    assert verified(talks, "plenary", SIDE_A).key.public == OLD.public


def test_a_receipt_given_again_is_under_the_key_of_its_time(talks: Round) -> None:
    (first,) = talks.do(HOST, "plenary", "call-meeting", code="first")
    replace(talks)
    assert talks.desk(HOST).receipts(f"{talks.acts:032x}") == [first]


def test_an_interrupted_replacement_is_taken_up(talks: Round) -> None:
    talks.office.log_keys = LogKeys(NEW, [OLD])
    due = rekeying.standing(talks.office).due
    room, author = next(iter(due.items()))
    rekeying.hand_over(talks.office, room, author)
    rekeying.hand_over(talks.office, room, author)
    assert set(rekeying.standing(talks.office).due) == set(due) - {room}
    assert set(replace(talks)) == set(due) - {room}


def test_a_room_that_cannot_be_handed_over_is_named_with_the_reason(talks: Round) -> None:
    talks.office.log_keys = LogKeys(NEW)
    found = rekeying.standing(talks.office)
    assert not found.due
    assert set(found.left) == set(talks.rooms.values())
    assert all("log-keys-retired" in why for why in found.left.values())
    talks.office.log_keys = LogKeys(NEW, [LogKey.from_seed(b"x" * 32)])
    with pytest.raises(LogKeyMissing, match="not on this machine"):
        talks.view(HOST, "plenary").checkpoint()


def test_talks_that_the_host_has_left_are_left_alone(talks: Round) -> None:
    talks.do(HOST, "plenary", "withdraw-delegate", person=HOST)
    assert replace(talks) == []
    assert all("Nobody of the host" in why for why in rekeying.standing(talks.office).left.values())


def test_a_third_key_follows_the_second_or_the_first(talks: Round) -> None:
    replace(talks)
    third = LogKey.from_seed(b"3" * 32)
    talks.office.log_keys = LogKeys(third, [OLD, NEW])
    for room, author in rekeying.standing(talks.office).due.items():
        rekeying.hand_over(talks.office, room, author)
    state = talks.view(HOST, "plenary").state[SEATS]
    assert logkeys.public(state.log["key"]) == third.public
    assert verified(talks, "plenary").key.public == third.public
