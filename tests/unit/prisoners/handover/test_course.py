"""The course of a handover: outcomes, contradictions, what opens a signed stage again, and what each side owes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from goodoffices.prisoners.handover.counting import Count, counts
from goodoffices.prisoners.handover.course import (
    Course,
    Place,
    Planned,
    Seen,
    Signed,
    Stage,
    countersigned,
    observed,
    planned,
    standing,
)
from goodoffices.prisoners.handover.outcomes import OBSERVED, Outcome
from goodoffices.prisoners.handover.statement import statement

NORTH, SOUTH = Place("bridge", "north"), Place("bridge", "south")
SIGNERS = ("north", "south", "neutral")
FIRST = Planned(1, "2030-05-01", {"N1": NORTH, "N2": NORTH, "S1": SOUTH, "S2": SOUTH})
SECOND = Planned(2, "2030-05-02", {"N3": Place("ford", "north"), "S3": Place("ford", "south")})
START = planned(Course(), "plan-1", [FIRST, SECOND])
_count = iter(range(10**9))


def seen(what: str, number: str, stage: int = 1, by: str = "neutral", corrects: str | None = None) -> Seen:
    n = next(_count)
    point = "bridge" if stage == 1 else "ford"
    return Seen(f"e{n}", by, stage, point, number, what, f"{by}/phone/{n}", corrects=corrects)


def after(course: Course, *these: Seen) -> Course:
    for one in these:
        course = observed(course, one)
    return course


def signed(course: Course, number: int = 1, *by: str) -> Course:
    for who in by or SIGNERS:
        course = countersigned(course, number, Signed(f"s{next(_count)}", who, course.stages[str(number)].digest))
    return course


def stage(course: Course, number: int = 1) -> Stage:
    return course.stages[str(number)]


def stands(course: Course, number: int = 1) -> str:
    return standing(stage(course, number), SIGNERS)


ALL = [("received", "N1"), ("refused-at-point", "N2"), ("received", "S1"), ("not-produced", "S2")]
DONE = after(START, *(seen(what, number) for what, number in ALL))


def test_a_stage_goes_from_planned_to_countersigned() -> None:
    assert stands(START) == "planned"
    course = after(START, seen("boarded", "N1"))
    assert (stands(course), stage(course).open) == ("under-way", 4)
    assert (stands(DONE), stage(DONE).open) == ("complete", 0)
    two = signed(DONE, 1, "north", "neutral")
    assert stands(two) == "complete"
    assert stands(signed(two, 1, "south")) == "countersigned"


def test_the_digest_is_of_a_statement_that_anybody_can_make() -> None:
    text = (
        '{"day":"2030-05-01","points":{"bridge":{"not-produced":["S2"],"received":["N1","S1"],'
        '"refused-at-point":["N2"]}},"stage":1}'
    )
    assert statement(1, "2030-05-01", stage(DONE).outcome).decode() == text
    assert stage(DONE).digest == hashlib.sha256(text.encode()).hexdigest()
    assert json.loads(text)["stage"] == 1


def test_the_same_observation_counts_once_however_often_it_arrives() -> None:
    one = seen("received", "N1")
    course = after(START, one, replace(one, ref="again"), one)
    assert (len(course.seen), course.seen[one.key].ref) == (1, one.ref)


def test_boarding_and_receiving_go_together() -> None:
    course = after(START, seen("boarded", "N1", by="north"), seen("received", "N1", by="south"))
    assert stage(course).outcome["N1"] == Outcome("received", "bridge")


def test_two_outcomes_of_one_person_contradict() -> None:
    course = after(DONE, seen("refused-at-point", "S1", by="south"))
    assert (stands(course), stage(course).contradicted) == ("contradicted", 1)
    assert stage(course).open == 1


def test_who_boarded_was_produced() -> None:
    assert stage(after(START, seen("boarded", "N1"), seen("not-produced", "N1"))).outcome["N1"].contradicted


def test_an_observation_that_changes_nothing_leaves_the_signatures() -> None:
    course = after(signed(DONE), seen("received", "N1", by="south"), seen("boarded", "S1", by="south"))
    assert (stands(course), len(stage(course).undone)) == ("countersigned", 0)


def test_a_contradiction_opens_a_signed_stage_and_it_is_signed_anew() -> None:
    late = seen("received", "N2", by="south")
    course = after(signed(DONE), late)
    assert (stands(course), dict(stage(course).reopened)) == ("contradicted", {late.ref: 3})
    assert [one.by for one in stage(course).undone.values()] == list(SIGNERS)
    course = after(course, seen("taken-back", "N2", by="south", corrects=late.key))
    # What was signed holds again to the letter, and yet it was in doubt: it is signed anew.
    assert (stands(course), stage(course).digest) == ("reopened", stage(DONE).digest)
    assert stands(signed(course)) == "countersigned"


def test_a_signature_under_another_outcome_shows_and_does_not_count() -> None:
    course = countersigned(DONE, 1, Signed("s", "north", "0" * 64))
    assert (stage(course).signed, list(stage(course).undone)) == ({}, ["s"])
    assert countersigned(DONE, 9, Signed("s", "north", "0" * 64)) == DONE


def test_half_signed_and_then_changed_is_not_called_reopened() -> None:
    course = after(signed(DONE, 1, "north"), seen("received", "S2", corrects=None, by="south"))
    course = after(course, seen("taken-back", "S2", by="south", corrects=list(course.seen)[-1]))
    assert (stands(course), stage(course).signed) == ("complete", {})


def test_a_correction_takes_back_only_what_its_own_delegation_observed() -> None:
    one = seen("received", "N1")
    course = after(START, one, seen("taken-back", "N1", by="south", corrects="south/phone/0"))
    assert stage(course).outcome["N1"].what == "received"
    assert stage(after(course, seen("taken-back", "N1", corrects=one.key))).outcome == {}


def test_a_correction_may_arrive_before_what_it_corrects() -> None:
    wrong = seen("died", "N1")
    right = seen("received", "N1", corrects=wrong.key)
    assert stage(after(START, right, wrong)).outcome == stage(after(START, wrong, right)).outcome
    assert stage(after(START, right, wrong)).outcome == {"N1": Outcome("received", "bridge")}


def test_who_comes_in_another_stage_than_planned_is_accounted_for_in_both() -> None:
    course = after(START, seen("received", "N3", stage=1), seen("received", "S3", stage=2))
    assert stage(course).outcome["N3"] == Outcome("received", "bridge")
    assert stage(course, 2).outcome["N3"] == Outcome("in-another-stage", "ford")
    assert (stands(course, 2), stage(course).open) == ("complete", 4)
    assert stage(after(course, seen("received", "N3", stage=2)), 2).outcome["N3"].contradicted


def test_who_was_refused_may_be_handed_over_in_a_later_stage() -> None:
    course = after(DONE, seen("received", "N2", stage=2))
    assert not stage(course).outcome["N2"].contradicted
    assert counts(course)["north"] == Count("north", 3, 2, 0, 0, 0, 0, 0, 1)


def test_nobody_is_handed_over_twice() -> None:
    course = after(signed(DONE), seen("received", "N1", stage=2))
    assert [stage(course, n).outcome["N1"].contradicted for n in (1, 2)] == [True, True]
    assert stands(course) == "contradicted"


def test_a_new_plan_lays_down_what_was_not_begun() -> None:
    again = [Planned(1, "2030-05-01", {"N1": NORTH}), Planned(2, "2030-05-03", {"N2": Place("ford", "north")})]
    course = planned(signed(DONE), "plan-2", again)
    assert [(s.number, s.day, s.plan, sorted(s.persons)) for s in course.stages.values()] == [
        (1, "2030-05-01", "plan-1", ["N1", "N2", "S1", "S2"]),
        (2, "2030-05-03", "plan-2", ["N2"]),
    ]
    assert stands(course) == "countersigned"
    assert counts(course)["north"].owed == 1  # refused in the first stage and planned again in the second


def test_an_observation_under_an_earlier_plan_counts_after_the_stage_moved_on() -> None:
    course = planned(signed(DONE), "plan-2", [Planned(2, "2030-05-03", {"N2": Place("ford", "north")})])
    course = observed(course, seen("received", "N3", stage=2), "plan-1", "2030-05-02")
    assert stage(course, 2).outcome["N3"] == Outcome("received", "ford")
    assert (stage(course, 2).plan, stage(course, 2).more) == ("plan-2", 1)
    alone = observed(planned(START, "plan-3", [FIRST]), seen("received", "N3", stage=2), "plan-1", "2030-05-02")
    assert (stage(alone, 2).plan, stage(alone, 2).day, list(stage(alone, 2).outcome)) == (
        "plan-1",
        "2030-05-02",
        ["N3"],
    )


def test_each_side_owes_whoever_is_still_to_come() -> None:
    course = after(DONE, seen("died", "S3", stage=2), seen("boarded", "N3", stage=2), seen("refused-at-point", "S1"))
    assert counts(course) == {
        "north": Count(
            "north", 3, received=1, refused=1, not_produced=0, died=0, contradicted=0, elsewhere=0, not_yet=1
        ),
        "south": Count(
            "south", 3, received=0, refused=0, not_produced=1, died=1, contradicted=1, elsewhere=0, not_yet=0
        ),
    }
    assert {side: one.owed for side, one in counts(course).items()} == {"north": 1, "south": 2}
    assert counts(course, stage(course, 2))["south"].died == 1


KEYS = [f"{by}/phone/{n}" for by in SIGNERS for n in range(4)]


@st.composite
def histories(draw: st.DrawFn) -> list[Seen]:
    def one(key: str) -> Seen:
        by = key.split("/")[0]
        stage_ = draw(st.sampled_from([1, 2]))
        number = draw(st.sampled_from(["N1", "N3", "S1"]))
        corrects = draw(st.sampled_from([None, None, *(k for k in KEYS if k.startswith(by) and k != key)]))
        what = draw(st.sampled_from([w for w in OBSERVED if corrects or w != "taken-back"]))
        return Seen(
            f"e-{key}", by, stage_, draw(st.sampled_from(["bridge", "ford"])), number, what, key, None, corrects
        )

    return [one(key) for key in draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=8))]


@given(histories(), st.data())
def test_what_came_of_it_depends_on_what_was_observed_and_not_on_when_it_arrived(
    history: list[Seen], data: st.DataObject
) -> None:
    other = data.draw(st.permutations(history + history[:3]))
    found = [after(START, *these) for these in (history, other)]
    assert {name: dict(s.outcome) for name, s in found[0].stages.items()} == {
        name: dict(s.outcome) for name, s in found[1].stages.items()
    }
    assert counts(found[0]) == counts(found[1])


@given(histories())
def test_the_numbers_a_stage_keeps_are_those_of_its_outcomes(history: list[Seen]) -> None:
    for one in after(START, *history).stages.values():
        outcomes = one.outcome.values()
        assert one.settled == sum(o.settled for o in outcomes)
        assert one.contradicted == sum(o.contradicted for o in outcomes)
        assert one.more == sum(n not in one.persons for n in one.outcome)
        assert one.open == sum(n not in one.outcome or not one.outcome[n].settled for n in one.numbers())
