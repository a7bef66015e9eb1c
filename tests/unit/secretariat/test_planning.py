"""A plan in a room: made of the agreed list, proposed with its files encrypted, read again, made anew."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from goodoffices.papers.marked import BadFile
from goodoffices.prisoners import rosters
from goodoffices.prisoners.agreeing.instances import Convoy, Detail, Point, Side, Stage, Wanted
from goodoffices.prisoners.agreeing.plans import PLANS
from goodoffices.prisoners.planning.making import NoPlan
from goodoffices.prisoners.rosters import Roster, Row
from goodoffices.secretariat import agreeing, planning
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.locked import lock, place
from goodoffices.secretariat.planning import Happened
from tests.agreeing import ROOM, A, B, accepted, confirmed, drawn, named, newest, persons
from tests.people import HOST, OBSERVER, SIDE_A, SIDE_B, Round

WANTED = Wanted(
    title="Exercise",
    sides=(Side("side-a", "Side A", "uk"), Side("side-b", "Side B", "ru")),
    stages=(Stage(date(2030, 5, 1), 2), Stage(date(2030, 5, 2))),
    points=(Point("bridge", "The bridge"),),
    convoys=(Convoy("side-a", "bridge", 1, 4, 1), Convoy("side-b", "bridge", 1, 4, 1)),
    details={A[0]: Detail(stretcher=True), A[2]: Detail(fit="2")},
)

NOTHING = Happened()


def act(n: int) -> str:
    return f"{0xABC000 + n:032x}"


def proposed(talks: Round, number: int = 0, wanted: Wanted = WANTED, happened: Happened = NOTHING) -> planning.Made:
    made = planning.made(talks.view(SIDE_A, ROOM), wanted, happened)
    planning.propose(talks.desk(SIDE_A), talks.rooms[ROOM], act(number), made)
    return made


def accept(talks: Round) -> None:
    for who in (SIDE_A, SIDE_B):
        talks.do(who, ROOM, "accept-plan", plan=newest(talks, "plan-proposed").ref)


def test_a_plan_is_made_proposed_and_read_by_the_other_side() -> None:
    talks = confirmed()
    made = proposed(talks)
    entry = newest(talks, "plan-proposed")
    read = planning.read(talks.view(SIDE_B, ROOM), entry.ref)
    assert (read.files, read.plan.seats, read.table) == (made.files, made.plan.seats, made.table)
    assert entry.body["digest"] == hashlib.sha256(read.table.encode()).hexdigest()
    by_stage = [
        {n for point in stage["points"] for those in point["out"].values() for n in those}
        for stage in entry.body["stages"]
    ]
    assert by_stage == [{n for n, seat in made.plan.seats.items() if seat.stage == number} for number in (1, 2)]
    assert set.union(*by_stage) == {*A[2:5], *B[2:5], A[0], B[0]}
    assert A[2] in by_stage[1], "fit only from the second stage"
    (part,) = talks.view(HOST, ROOM).particulars([entry.body["parts"][0]["paper"]]).values()
    assert not any(number.encode() in part.content for number in made.plan.seats)


def test_the_same_act_again_gives_the_first_receipts_and_no_new_key() -> None:
    talks = confirmed()
    made = proposed(talks)
    keys = list(talks.office.cabinet.ids())
    size = talks.view(SIDE_A, ROOM).size
    planning.propose(talks.desk(SIDE_A), talks.rooms[ROOM], act(0), made)
    assert (list(talks.office.cabinet.ids()), talks.view(SIDE_A, ROOM).size) == (keys, size)


def test_without_an_agreed_list_there_is_nothing_to_plan() -> None:
    for talks in (named(), drawn()):
        with pytest.raises(NotFound):
            planning.made(talks.view(SIDE_A, ROOM), WANTED)


def test_a_plan_without_seats_says_so() -> None:
    talks = confirmed()
    none = replace(WANTED, convoys=(Convoy("side-a", "bridge", 1, 0), WANTED.convoys[1]))
    with pytest.raises(BadFile, match="the buses of this convoy have no seats and no places for stretchers"):
        planning.made(talks.view(SIDE_A, ROOM), none)
    small = replace(WANTED, convoys=(Convoy("side-a", "bridge", 1, 1, 1), WANTED.convoys[1]))
    with pytest.raises(NoPlan) as no:
        planning.made(talks.view(SIDE_A, ROOM), small)
    assert "The buses of Side A have 1 seat at The bridge in stage 1." in no.value.conflict.sentences


def test_after_a_refusal_the_plan_changes_as_little_as_it_can() -> None:
    talks = confirmed()
    first = proposed(talks)
    accept(talks)
    talks.do(SIDE_A, ROOM, "refuse-person", number=B[4])
    drawn(talks, counted=[*A[2:5], *B[2:4], B[5]], uncounted=[A[0], B[0]])
    confirmed(talks)
    again = proposed(talks, 1, happened=Happened(done=1))
    assert again.over == (1,)
    moved = {n for n, seat in again.plan.seats.items() if n in first.plan.seats and first.plan.seats[n] != seat}
    assert moved == set()
    assert newest(talks, "plan-proposed").body["over"] == [1]
    accept(talks)
    plans = talks.view(SIDE_B, ROOM).state[PLANS]
    assert len(plans.all) == 2
    assert planning.standing(talks.view(SIDE_B, ROOM).state) == plans.newest


def test_who_did_not_go_after_all_goes_later() -> None:
    talks = confirmed()
    first = proposed(talks)
    accept(talks)
    missing = next(n for n in B[2:5] if first.plan.seats[n].stage == 1)
    assert planning.made(talks.view(SIDE_A, ROOM), WANTED, Happened(done=1)).plan.seats[missing].stage == 1
    again = planning.made(talks.view(SIDE_A, ROOM), WANTED, Happened(done=1, back=frozenset({missing})))
    assert again.plan.seats[missing].stage == 2


def test_who_a_number_is_can_be_read_by_those_at_the_table() -> None:
    talks = accepted()
    view = talks.view(SIDE_A, ROOM)
    rows = (
        Row(A[0], bytes(16), {"surname": "Коваль", "given": "Іван", "patronymic": "Петрович"}),
        Row(A[1], bytes(16), {"name": "Oleh Tkach"}),
    )
    locked = lock(place(view, act(7)), "named", rosters.encode(Roster(rows)))
    given = persons(A[:2], "side-a") | {"key": locked.key, "parts": list(locked.parts)}
    talks.do(SIDE_A, ROOM, "name-persons", **given)
    people = agreeing.people(talks.view(OBSERVER, ROOM))
    assert [agreeing.name_of(people.said.get(n)) for n in A[:3]] == ["Коваль Іван Петрович", "Oleh Tkach", ""]
    talks.do(SIDE_B, ROOM, "name-persons", **persons(B[:2], "side-b"))
    assert agreeing.people(talks.view(SIDE_B, ROOM)).locked == 2, "whose key is not there"
    naming = next(e for e in talks.view(SIDE_A, ROOM).entries() if e.kind == "persons-named")
    talks.do(SIDE_A, ROOM, "erase-particulars", entry=naming.ref, reason="personal-data")
    assert agreeing.people(talks.view(SIDE_B, ROOM)) == agreeing.People({}, frozenset(A[:2]), locked=2)


def test_what_a_list_changed_of_the_one_before() -> None:
    talks = drawn()
    first = newest(talks, "list-drawn").ref
    drawn(talks, counted=[*A[2:4], A[5], *B[2:5]])
    second = newest(talks, "list-drawn").ref
    view = talks.view(SIDE_B, ROOM)
    changes = agreeing.before(view, second)
    assert agreeing.before(view, first) is None
    assert changes is not None
    assert ([p.id for p in changes.came], [p.id for p in changes.went], changes.altered) == ([A[5]], [A[4]], ())
