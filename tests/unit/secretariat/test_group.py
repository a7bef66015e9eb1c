"""Acts in groups: decided as ever, written together, and nothing acknowledged before."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from goodoffices.record.seats import SEATS
from goodoffices.record.store import Recorded
from goodoffices.secretariat.acts import Request, Step
from goodoffices.secretariat.desk import Desk
from goodoffices.secretariat.group import GroupLost, grouped
from tests.people import HOST, SIDE_A, Round, open_round, person

STATEMENT = {"verb": "said", "setting": "in-room", "gist": "Something."}


def say(talks: Round, desk: Desk, number: int) -> None:
    step = Step(talks.rooms["plenary"], "record-statement", STATEMENT)
    desk.act(Request(person(f"grouped {number}"), (step,)))


def size(talks: Round) -> int:
    return talks.view(HOST, "plenary").size


def test_a_group_is_written_together() -> None:
    talks = open_round()
    before = size(talks)
    with grouped(talks.office, every=10) as office:
        for number in range(9):
            say(talks, Desk(office, HOST), number)
        assert size(talks) == before
        say(talks, Desk(office, HOST), 9)
        assert size(talks) == before + 10
        say(talks, Desk(office, HOST), 10)
    assert size(talks) == before + 11
    plenary = talks.rooms["plenary"]
    view = talks.view(HOST, "plenary")
    assert talks.office.heads.newest(plenary) == view.checkpoint()
    assert talks.office.tree(plenary, view.size).root() == view.root


def test_the_same_acts_again_do_nothing() -> None:
    talks = open_round()
    for _ in range(2):
        with grouped(talks.office, every=3) as office:
            for number in range(8):
                say(talks, Desk(office, HOST), number)
    assert [e.kind for e in talks.view(HOST, "plenary").entries()].count("statement-recorded") == 8


def test_acts_that_are_foreseen_are_looked_up_together() -> None:
    talks = open_round()
    say(talks, talks.desk(HOST), 1)
    looked: list[list[str]] = []
    acts = talks.office.store.acts

    def counted(person: str, wanted: Iterable[str]) -> dict[str, Recorded]:
        looked.append(list(wanted))
        return acts(person, looked[-1])

    talks.office.store.acts = counted  # type: ignore[method-assign]
    ids = [person(f"grouped {number}") for number in range(5)]
    with grouped(talks.office, every=2) as office:
        office.foresee((HOST, id) for id in ids)
        for number in range(5):
            say(talks, Desk(office, HOST), number)
    assert looked == [ids]
    assert [e.kind for e in talks.view(HOST, "plenary").entries()].count("statement-recorded") == 5


def test_a_group_may_be_full_within_an_act_in_several_rooms() -> None:
    talks = open_round()
    with grouped(talks.office, every=1) as office:
        caucus = {"kind": "caucus", "name": "another", "members": ["side-a"]}
        step = Step(talks.rooms["plenary"], "open-room", caucus)
        rooms = [r.room for r in Desk(office, HOST).act(Request(person("room"), (step,)))]
    for room in rooms:
        assert talks.office.heads.newest(room) == talks.desk(HOST).room(room).checkpoint()


def test_what_is_pending_is_seen_within_the_group() -> None:
    talks = open_round()
    with grouped(talks.office) as office:
        desk = Desk(office, HOST)
        plenary = talks.rooms["plenary"]
        desk.act(Request(person("call"), (Step(plenary, "call-meeting", {"code": "first"}),)))
        called = desk.room(plenary).entries()[-1]
        desk.act(Request(person("open"), (Step(plenary, "open-meeting", {"meeting": called.ref}),)))
        caucus = {"kind": "caucus", "name": "another", "members": ["side-a"]}
        (receipt, *_) = desk.act(Request(person("room"), (Step(plenary, "open-room", caucus),)))
        assert Desk(office, SIDE_A).room(receipt.room).state[SEATS].name == "another"
    assert talks.kinds(HOST, "plenary")[-2:] == ["meeting-called", "meeting-opened"]
    assert talks.desk(SIDE_A).room(receipt.room).size == 1


def test_an_error_drops_what_was_not_written() -> None:
    talks = open_round()
    before = size(talks)
    with pytest.raises(ZeroDivisionError), grouped(talks.office) as office:  # noqa: PT012 - what raises is its end
        say(talks, Desk(office, HOST), 0)
        raise ZeroDivisionError
    assert size(talks) == before


def test_somebody_else_writes_meanwhile() -> None:
    talks = open_round()
    with pytest.raises(GroupLost), grouped(talks.office) as office:  # noqa: PT012 - what raises is its end
        say(talks, Desk(office, HOST), 0)
        say(talks, talks.desk(HOST), 1)
    assert talks.kinds(HOST, "plenary").count("statement-recorded") == 1
