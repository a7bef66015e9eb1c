"""Who goes and on which plan: the steps of two sides and an intermediary in an exchange room, and what is refused."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from goodoffices.prisoners.agreeing.agreed import AGREED
from goodoffices.prisoners.agreeing.plans import PLANS
from goodoffices.readouts import awaited
from goodoffices.record.seats import SEATS
from tests.agreeing import ROOM, A, B, accepted, confirmed, drawn, named, newest, opened, persons, plan
from tests.offers import offered, reads_back
from tests.people import HOST, OBSERVER, SIDE_A, SIDE_B, Round
from tests.refusals import refused


def state(talks: Round) -> Any:
    return talks.view(SIDE_B, ROOM).state


def stands(talks: Round) -> bool:
    room = state(talks)
    return room[AGREED].stands(room[SEATS].parties) is not None


def plan_stands(talks: Round) -> bool:
    room = state(talks)
    return room[PLANS].stands(room[SEATS].parties) is not None


def test_a_list_is_drawn_and_counts_once_both_sides_confirm_its_digest() -> None:
    talks = drawn()
    entry = newest(talks, "list-drawn")
    table = "id,side,flow,categories\n" + "".join(
        f"{number},{'side-b' if number[0] == 'A' else 'side-a'},{flow},{said}\n"
        for flow, number, said in [
            *(("counted", n, "minor" if n[-1] == "3" else "") for n in (*A[2:5], *B[2:5])),
            *(("uncounted", n, "severely wounded") for n in (A[0], B[0])),
        ]
    )
    assert entry.body["digest"] == hashlib.sha256(table.encode()).hexdigest()
    assert not stands(talks)
    waiting = [a.rule for a in awaited.by(state(talks), talks.delegation(ROOM, "side-a"))]
    assert waiting == ["confirm-agreed-list"]
    talks.do(SIDE_A, ROOM, "confirm-agreed-list", list=entry.ref, digest=entry.body["digest"])
    assert not stands(talks)
    talks.do(SIDE_B, ROOM, "confirm-agreed-list", list=entry.ref, digest=entry.body["digest"])
    assert stands(talks)
    assert reads_back(talks, HOST, ROOM)


@pytest.mark.parametrize(
    ("who", "flows", "why"),
    [
        (SIDE_A, {"counted": [*A[2:5], *B[2:4]]}, "2 who count return to “side-a” and 3 to “side-b”"),
        (SIDE_A, {"counted": [*A[2:5], *B[2:4]], "imbalance": 0}, "2 who count return to “side-a” and 3 to “side-b”"),
        (SIDE_A, {"counted": [A[2], B[2], A[2]]}, "AAAAA4 stands twice on this list."),
        (SIDE_A, {"counted": [A[2], B[2]], "uncounted": [A[2]]}, "AAAAA4 stands twice on this list."),
        (SIDE_A, {"counted": [A[2], "CCCCC2"]}, "Nobody with the number CCCCC2 was named in this room."),
        (SIDE_A, {"counted": []}, "Nobody is on the list."),
        (SIDE_A, {"uncounted": [A[0]]}, "Nobody returns to “side-a”."),
        (
            SIDE_A,
            {"counted": [A[2], B[2]], "all_for_all": [{"category": "minor", "persons": [A[1]]}]},
            "All for all in “minor” leaves out BBBBB3. All of them go, or none.",
        ),
        (
            SIDE_A,
            {"counted": [A[2], B[2]], "all_for_all": [{"category": "minor", "persons": [A[1], B[1], A[3]]}]},
            "“AAAAA5” goes all for all as “minor”, and is not in that category.",
        ),
    ],
)
def test_lists_that_are_not_drawn(who: str, flows: dict[str, Any], why: str) -> None:
    assert refused(named(), who, ROOM, "draw-list", **flows).startswith(why)


def test_an_agreed_difference_is_allowed_and_said() -> None:
    talks = named()
    talks.do(HOST, ROOM, "draw-list", counted=[*A[2:5], *B[2:4]], imbalance=1)
    body = newest(talks, "list-drawn").body
    side_a, side_b = talks.delegation(ROOM, "side-a"), talks.delegation(ROOM, "side-b")
    assert (body["imbalance"], body["counts"]) == (1, {side_a: 3, side_b: 2})


def test_contradictory_categories_and_the_dead_are_not_listed() -> None:
    talks = named()
    rows = [
        {"number": "CCCCC2", "held_by": "side-a", "categories": ["severely-wounded", "wounded"]},
        {"number": "CCCCC3", "held_by": "side-a", "categories": ["deceased"]},
        {"number": "CCCCC4", "held_by": "side-a", "categories": ["minor", "young"]},
    ]
    talks.do(SIDE_A, ROOM, "name-persons", **(persons((), "side-a") | {"persons": rows}))
    for number, why in (
        ("CCCCC2", "“CCCCC2”: nobody is both “severely wounded” and “wounded”."),
        ("CCCCC3", "CCCCC3 is listed as deceased."),
        ("CCCCC4", "“CCCCC4”: nobody is both “minor” and “aged 18-25”."),
    ):
        assert refused(talks, SIDE_A, ROOM, "draw-list", counted=[number, B[2]]).startswith(why)


def test_a_refusal_upsets_the_list_and_a_new_one_is_drawn() -> None:
    talks = confirmed()
    talks.do(SIDE_B, ROOM, "refuse-person", number=A[2])
    assert not stands(talks)
    old = newest(talks, "list-drawn").ref
    why = refused(talks, SIDE_A, ROOM, "draw-list", counted=[A[2], B[2]])
    assert why.startswith("AAAAA4 was refused by a side.")
    why = refused(
        talks, SIDE_A, ROOM, "confirm-agreed-list", list=old, digest=newest(talks, "list-drawn").body["digest"]
    )
    assert why.startswith("Somebody on this list was refused, replaced or does not wish to go.")
    drawn(talks, counted=[*A[3:6], *B[2:5]])
    assert newest(talks, "list-drawn").body["replaces"] == old
    confirmed(talks)
    assert stands(talks)


def test_a_refusal_of_nobody_on_the_list_leaves_it() -> None:
    talks = confirmed()
    talks.do(SIDE_B, ROOM, "refuse-person", number=A[7], reason="Not one of ours")
    assert stands(talks)
    assert refused(talks, SIDE_B, ROOM, "refuse-person", number=A[7]) == "Your side has refused AAAAA9 already."


def test_a_refusal_is_withdrawn_by_its_side_alone() -> None:
    talks = named()
    for who in (SIDE_A, SIDE_B):
        talks.do(who, ROOM, "refuse-person", number=A[2])
    theirs = next(r.ref for r in state(talks)[AGREED].refusals.values() if r.by == talks.delegation(ROOM, "side-b"))
    assert offered(talks, SIDE_B, ROOM, "withdraw-refusal") == [{"refusal": theirs}]
    assert refused(talks, SIDE_A, ROOM, "withdraw-refusal", refusal=theirs).startswith("A refusal is withdrawn by")
    talks.do(SIDE_B, ROOM, "withdraw-refusal", refusal=theirs)
    assert "AAAAA4" in state(talks)[AGREED].refused, "side A refuses still"
    assert refused(talks, SIDE_B, ROOM, "withdraw-refusal", refusal=theirs) == "That refusal was withdrawn already."


def test_a_wish_is_recorded_by_the_intermediary_alone_and_holds() -> None:
    talks = confirmed()
    for who, behalf in ((SIDE_A, None), (SIDE_B, None)):
        assert refused(talks, who, ROOM, "record-wish", behalf, number=A[2], wish="not-to-be-returned").startswith(
            "A person's wish is recorded by the intermediary"
        )
    assert refused(talks, HOST, ROOM, "record-wish", "side-a", number=A[2], wish="not-to-be-returned")
    talks.do(OBSERVER, ROOM, "record-wish", number=A[2], wish="not-to-be-returned")
    assert not stands(talks)
    assert refused(talks, SIDE_A, ROOM, "draw-list", counted=[A[2], B[2]]).startswith(
        "AAAAA4 told the intermediary of not wishing to be returned."
    )
    talks.do(OBSERVER, ROOM, "record-wish", number=A[2], wish="to-be-returned")
    drawn(talks)


def test_a_wish_takes_somebody_out_of_all_for_all() -> None:
    talks = named()
    talks.do(OBSERVER, ROOM, "record-wish", number=B[1], wish="not-to-be-returned")
    talks.do(SIDE_A, ROOM, "draw-list", counted=[A[2], B[2]], all_for_all=[{"category": "minor", "persons": [A[1]]}])
    assert newest(talks, "list-drawn").body["flows"]["all_for_all"] == {"minor": [A[1]]}


def test_who_is_free_of_the_count_is_not_missed_among_all_for_all() -> None:
    talks = named()
    flows = {"all_for_all": [{"category": "minor", "persons": [A[1]]}], "uncounted": [B[1]]}
    talks.do(SIDE_A, ROOM, "draw-list", counted=[A[2], B[2]], **flows)
    why = refused(talks, SIDE_A, ROOM, "draw-list", counted=[B[1], A[2]], **(flows | {"uncounted": []}))
    assert why == "All for all in “minor” leaves out BBBBB3. All of them go, or none."


def test_somebody_goes_in_anothers_place() -> None:
    talks = confirmed()
    for out, into, why in (
        (A[7], A[6], "AAAAA9 is not on the newest list"),
        (A[2], A[3], "AAAAA5 is on the newest list already."),
        (A[2], B[6], "Both are to be held by the same side"),
    ):
        assert refused(talks, SIDE_A, ROOM, "substitute-person", out=out, into=into).startswith(why)
    talks.do(SIDE_A, ROOM, "substitute-person", out=A[2], into=A[6], reason="Too ill to travel")
    assert newest(talks, "person-substituted").body["in"] == A[6]
    assert not stands(talks)


def test_a_plan_is_of_the_confirmed_list_and_counts_once_both_accept_it() -> None:
    talks = drawn()
    assert refused(talks, SIDE_A, ROOM, "propose-plan", **plan(talks)).startswith(
        "A plan is made of the list that both"
    )
    confirmed(talks)
    talks.do(SIDE_A, ROOM, "propose-plan", **plan(talks))
    entry = newest(talks, "plan-proposed")
    side_a, side_b = talks.delegation(ROOM, "side-a"), talks.delegation(ROOM, "side-b")
    first, second = entry.body["stages"]
    out = {side_a: [*A[2:5], A[0]], side_b: [*B[2:5], B[0]]}
    assert first == {"stage": 1, "day": "2030-05-01", "points": [{"point": "bridge", "out": out}]}
    assert second == {"stage": 2, "day": "2030-05-02", "points": [{"point": "bridge", "out": {}}]}
    talks.do(SIDE_A, ROOM, "accept-plan", plan=entry.ref)
    assert not plan_stands(talks)
    assert refused(talks, SIDE_A, ROOM, "accept-plan", plan=entry.ref) == "Your side has accepted this plan already."
    talks.do(SIDE_B, ROOM, "accept-plan", plan=entry.ref)
    assert plan_stands(talks)
    assert reads_back(talks, HOST, ROOM)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"stages": []}, "Stages: this is needed."),
        ({"stages": [{"stage": 1, "day": "2030-05-01", "point": "bridge"}]}, "Nobody goes in this plan."),
        (
            {"stages": [{"stage": 1, "day": "2030-05-01", "point": "ferry", "persons": [A[2]]}]},
            "Stage 1 uses the point",
        ),
        ({"stages": [{"stage": 1, "day": "2030-05-41", "point": "bridge", "persons": [A[2]]}]}, "A day is written as"),
        ({"stages": [{"stage": 0, "day": "2030-05-01", "point": "bridge", "persons": [A[2]]}]}, "Stages are numbered"),
        ({"stages": [{"stage": 1, "day": "2030-05-01", "point": "bridge", "persons": [A[7]]}]}, "AAAAA9 is not on the"),
        (
            {"stages": [{"stage": 1, "day": "2030-05-01", "point": "bridge", "persons": [A[2]] * 2}]},
            "AAAAA4 goes twice",
        ),
        (
            {"stages": [{"stage": 1, "day": f"2030-05-0{n}", "point": p} for n, p in ((1, "bridge"), (2, "ford"))]},
            "Stage 1 is on two days",
        ),
        ({"over": [7]}, "Stage 7 is said to be over"),
        ({"points": [{"code": "bridge", "name": "A"}, {"code": "bridge", "name": "B"}]}, "Two handover points have"),
    ],
)
def test_plans_that_are_not_proposed(changes: dict[str, Any], why: str) -> None:
    talks = confirmed()
    changes = {"points": [{"code": "bridge", "name": "A"}, {"code": "ford", "name": "B"}]} | changes
    assert refused(talks, HOST, ROOM, "propose-plan", **plan(talks, **changes)).startswith(why)


def test_a_plan_is_made_anew_after_a_refusal() -> None:
    talks = confirmed()
    talks.do(SIDE_A, ROOM, "propose-plan", **plan(talks))
    first = newest(talks, "plan-proposed").ref
    talks.do(SIDE_A, ROOM, "accept-plan", plan=first)
    talks.do(SIDE_B, ROOM, "refuse-person", number=A[2])
    why = refused(talks, SIDE_B, ROOM, "accept-plan", plan=first)
    assert why.startswith("The list that this plan is of does not stand any more.")
    confirmed(drawn(talks, counted=[*A[3:6], *B[2:5]]))
    assert refused(talks, SIDE_A, ROOM, "propose-plan", **plan(talks)).startswith(
        "Another plan was proposed meanwhile."
    )
    talks.do(SIDE_A, ROOM, "propose-plan", **plan(talks, replaces=first, over=[1]))
    entry = newest(talks, "plan-proposed")
    for who in (SIDE_A, SIDE_B):
        talks.do(who, ROOM, "accept-plan", plan=entry.ref)
    stages = [(stage.number, stage.over) for stage in state(talks)[PLANS].newest.stages]
    assert (plan_stands(talks), stages) == (True, [(1, True), (2, False)])


def test_a_minuted_confirmation_objected_to_no_longer_counts() -> None:
    talks = drawn()
    entry = newest(talks, "list-drawn")
    talks.do(SIDE_A, ROOM, "confirm-agreed-list", list=entry.ref, digest=entry.body["digest"])
    talks.do(HOST, ROOM, "confirm-agreed-list", "side-b", list=entry.ref, digest=entry.body["digest"])
    assert stands(talks)
    talks.do(SIDE_B, ROOM, "object-minute", entry=newest(talks, "agreed-list-confirmed").ref)
    assert not stands(talks)


MINE = ("refuse-person", "record-wish", "substitute-person", "draw-list", "propose-plan")


@pytest.mark.parametrize("made", [opened, accepted])
def test_nothing_is_offered_before_anybody_is_named(made: Any) -> None:
    talks = made()
    for who in (HOST, SIDE_A, OBSERVER):
        assert [offered(talks, who, ROOM, command) for command in MINE] == [[]] * len(MINE)


def test_without_an_intermediary_both_accept_nothing_is_agreed() -> None:
    talks = drawn()
    entry = newest(talks, "list-drawn")
    talks.do(SIDE_B, ROOM, "decline-intermediary", proposal=newest(talks, "intermediary-proposed").ref)
    why = "First both sides accept an intermediary in this room; before that nobody agrees on who goes."
    digest = entry.body["digest"]
    assert refused(talks, SIDE_A, ROOM, "confirm-agreed-list", list=entry.ref, digest=digest) == why
    assert refused(talks, SIDE_A, ROOM, "draw-list", counted=[A[2], B[2]]) == why
    assert refused(talks, SIDE_B, ROOM, "refuse-person", number=A[2]) == why
    assert [offered(talks, SIDE_A, ROOM, command) for command in (*MINE, "confirm-agreed-list")] == [[]] * 6
