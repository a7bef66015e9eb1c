"""Observing and countersigning in a room: who may, what is refused, what opens a stage again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from goodoffices.prisoners.handover import reading
from goodoffices.prisoners.handover.counting import counts
from goodoffices.prisoners.handover.rules import stands
from goodoffices.readouts import awaited
from goodoffices.secretariat.desk import SignatureNeeded
from goodoffices.talks.scene import Refusal
from tests import handing_over as h
from tests.agreeing import ROOM, A, B, newest
from tests.offers import offered, reads_back
from tests.people import HOST, OBSERVER, SIDE_A, SIDE_A_ENVOY, SIDE_B, Pen, Round
from tests.refusals import refused


def how_far(talks: Round, number: int = 1) -> str:
    return stands(talks.view(HOST, ROOM).state, h.stage(talks, number))


def observation(talks: Round, **changes: Any) -> dict[str, Any]:
    raw = {"plan": h.plan_ref(talks), "stage": 1, "point": "bridge", "number": A[2], "what": "received"}
    return raw | {"device": h.PHONE, "counter": 1} | changes


def test_a_stage_is_observed_by_all_three_and_countersigned() -> None:
    talks = h.planned()
    h.observe(talks, SIDE_A, A[2], "boarded")
    h.complete(talks)
    h.observe(talks, SIDE_B, A[2], "received")
    assert how_far(talks) == "complete"
    waiting = [a.rule for a in awaited.by(talks.view(HOST, ROOM).state, talks.delegation(ROOM, "observer"))]
    assert waiting == ["countersign-stage"]
    h.signed(talks)
    assert how_far(talks) == "countersigned"
    body = newest(talks, "stage-countersigned").body
    assert body == {
        "plan": h.plan_ref(talks),
        "stage": 1,
        "digest": h.stage(talks).digest,
        "counts": {"received": 6},
    }
    assert offered(talks, OBSERVER, ROOM, "countersign-stage") == []
    assert reads_back(talks, HOST, ROOM)


def test_an_observation_keeps_what_the_device_said() -> None:
    talks = h.planned()
    h.observe(talks, OBSERVER, A[2], "received", claimed="2030-05-01T12:30:00+02:00")
    assert newest(talks, "observed").body == observation(talks, claimed="2030-05-01T10:30:00.000Z", corrects=None)


@pytest.mark.parametrize(
    ("who", "changes", "why"),
    [
        (HOST, {}, "Observations are made by the sides and the intermediary"),
        (OBSERVER, {"stage": 9}, "The plan has no stage 9; its stages are numbered from 1 to 2."),
        (OBSERVER, {"point": "weir"}, "The plan has no point “weir”; its points are bridge, ford."),
        (OBSERVER, {"number": "ZZZZZZ"}, "Nobody in the plan has the number ZZZZZZ."),
        (OBSERVER, {"number": "Ivo Tamm"}, "Manifest number: this is not written as it must be."),
        (OBSERVER, {"what": "escaped"}, "What was observed: choose one of boarded,"),
        (OBSERVER, {"what": "taken-back"}, "Say which of your observations is taken back."),
        (OBSERVER, {"device": "phone"}, "Device: this is not written as it must be."),
    ],
)
def test_what_cannot_be_observed(who: str, changes: dict[str, Any], why: str) -> None:
    talks = h.planned()
    assert refused(talks, who, ROOM, "observe", **observation(talks, **changes)).startswith(why)


def test_nothing_is_observed_under_a_plan_that_one_side_has_not_accepted() -> None:
    talks = h.accepted()
    talks.do(SIDE_A, ROOM, "propose-plan", **h.agreeing.plan(talks))
    talks.do(SIDE_A, ROOM, "accept-plan", plan=h.plan_ref(talks))
    assert refused(talks, OBSERVER, ROOM, "observe", **observation(talks)).startswith("This plan has not been accepted")
    assert offered(talks, OBSERVER, ROOM, "observe") == []


def test_the_same_observation_is_not_written_twice() -> None:
    talks = h.planned()
    h.observe(talks, OBSERVER, A[2], "received")
    again = observation(talks)
    assert "is on the record already" in refused(talks, OBSERVER, ROOM, "observe", **again)
    assert "has sent another" in refused(talks, OBSERVER, ROOM, "observe", **again | {"what": "died"})
    h.observe(talks, SIDE_A, A[2], "received", counter=1)  # another delegation's device may count the same
    assert len(h.course(talks).seen) == 2


def test_a_stage_that_was_signed_takes_late_observations_and_opens_again_only_if_they_change_it() -> None:
    talks = h.planned()
    h.complete(talks)
    h.signed(talks)
    h.observe(talks, SIDE_A, A[2], "received")
    assert how_far(talks) == "countersigned"
    h.observe(talks, SIDE_B, A[2], "refused-at-point")
    assert how_far(talks) == "contradicted"
    assert len(h.stage(talks).undone) == 3
    with pytest.raises(Refusal, match=f"Observations of {A[2]} contradict each other"):
        h.countersign(talks, SIDE_A)
    wrong = newest(talks, "observed").body
    h.observe(talks, SIDE_B, A[2], "taken-back", corrects=f"{wrong['device']}/{wrong['counter']}")
    assert how_far(talks) == "reopened"
    h.signed(talks)
    assert how_far(talks) == "countersigned"
    assert len(h.stage(talks).reopened) == 1


def test_signing_what_one_did_not_see_is_refused() -> None:
    talks = h.planned()
    with pytest.raises(Refusal, match="It is not said yet what became of"):
        h.countersign(talks, SIDE_A)
    h.complete(talks)
    with pytest.raises(Refusal, match="Another observation has arrived since you looked"):
        h.countersign(talks, SIDE_A, digest="0" * 64)
    with pytest.raises(Refusal, match="is countersigned by both sides and the intermediary"):
        h.countersign(talks, HOST)
    with pytest.raises(Refusal, match="There is no stage 7"):
        h.countersign(talks, SIDE_A, 1, stage=7)
    h.countersign(talks, SIDE_A)
    with pytest.raises(Refusal, match="has countersigned this stage already"):
        h.countersign(talks, SIDE_A)


def test_a_countersignature_is_signed_with_a_key_over_the_digest() -> None:
    pen = Pen("side a")
    talks = h.planned()
    h.complete(talks)
    talks.do(HOST, ROOM, "accredit-delegate", person=SIDE_A_ENVOY, delegation="side-a", keys=[pen.key])
    with pytest.raises(SignatureNeeded) as needed:
        h.countersign(talks, SIDE_A_ENVOY)
    (to_sign,) = needed.value.prepared.to_sign
    assert json.loads(to_sign.payload)["body"]["digest"] == h.stage(talks).digest
    h.countersign(talks, SIDE_A_ENVOY, pen=pen)
    assert [one.how for one in h.stage(talks).signed.values()] == ["signed"]
    rule = talks.office.rules["countersign-stage"]
    assert (rule.binding, rule.minutable) == (True, False)


def test_a_minuted_observation_that_is_objected_to_does_not_count() -> None:
    talks = h.planned()
    raw = observation(talks, what="not-produced")
    talks.do(HOST, ROOM, "observe", "side-b", **raw)
    assert h.stage(talks).outcome[A[2]].what == "not-produced"
    talks.do(SIDE_B, ROOM, "object-minute", entry=newest(talks, "observed").ref)
    assert A[2] not in h.stage(talks).outcome


def test_a_signature_that_its_delegation_corrects_does_not_count() -> None:
    talks = h.planned()
    h.complete(talks)
    h.signed(talks)
    talks.do(OBSERVER, ROOM, "correct-entry", entry=newest(talks, "stage-countersigned").ref, says="Signed by mistake.")
    assert how_far(talks) == "complete"
    h.countersign(talks, OBSERVER)
    assert how_far(talks) == "countersigned"


def test_a_new_plan_after_a_refusal_and_a_phone_that_had_not_heard_of_it() -> None:
    talks = h.planned()
    old = h.plan_ref(talks)
    for number in (*A[3:5], *B[2:5]):
        h.observe(talks, OBSERVER, number, "received")
    h.observe(talks, OBSERVER, A[2], "refused-at-point")
    h.signed(talks)
    again = h.stages((*A[3:5], *B[2:5]), (*h.SECOND, A[2]))
    again[1]["day"] = "2030-05-03"
    h.plan(talks, replaces=old, over=[1], stages=again)
    assert [(s.day, s.plan == old, len(s.persons)) for s in h.course(talks).stages.values()] == [
        ("2030-05-01", True, 6),
        ("2030-05-03", False, 3),
    ]
    assert how_far(talks) == "countersigned"
    side_a = talks.delegation(ROOM, "side-a")
    assert (counts(h.course(talks))[side_a].planned, counts(h.course(talks))[side_a].owed) == (4, 2)
    h.observe(talks, OBSERVER, B[0], "received", stage=2, plan=old, point="ford")
    assert h.stage(talks, 2).outcome[B[0]].settled


def test_a_plan_whose_acceptance_is_taken_back_is_not_in_force() -> None:
    talks = h.planned()
    talks.do(SIDE_B, ROOM, "correct-entry", entry=newest(talks, "plan-accepted").ref, says="Not by us.")
    assert offered(talks, OBSERVER, ROOM, "observe") == []


def test_files_give_the_digest_that_the_room_gives() -> None:
    """The same plan and the same observations, on the record and as a side wrote them down for itself."""
    talks = h.planned()
    table = "person,side,stage,day,point,bus,place,group\n"
    seen = "by,stage,number,what\n"
    for n, number in enumerate(h.FIRST):
        what = ("received", "not-produced", "died")[n % 3]
        h.observe(talks, OBSERVER, number, what)
        table += f"{number},{'side-b' if number in A else 'side-a'},1,2030-05-01,bridge,1,seat,\n"
        seen += f"neutral,1,{number},{what}\n"
    plan = reading.plan(table)
    course, found = reading.observe(reading.course(plan), plan, seen)
    assert (found, course.stages["1"].digest) == ([], h.stage(talks).digest)
    in_files = {side: (count.planned, count.owed) for side, count in counts(course).items()}
    in_room = counts(h.course(talks))
    for side, (planned, owed) in in_files.items():
        one = in_room[talks.delegation(ROOM, side)]
        assert (planned, owed) == (one.planned - 1, one.owed - 1)  # one more of each side goes in the second stage
