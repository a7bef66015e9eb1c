"""Conditions that conflict: no plan with all of them, a plan without any one of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given, settings

from goodoffices.prisoners.planning import explaining
from goodoffices.prisoners.planning.conditions import Dropped
from goodoffices.prisoners.planning.explaining import Conflict, explain
from goodoffices.prisoners.planning.instance import Bus, Equal, Instance, Person, Point, Side, Stage, Terms
from goodoffices.prisoners.planning.making import NoPlan, plan
from goodoffices.prisoners.planning.model import build
from goodoffices.prisoners.planning.plan import Problem
from goodoffices.prisoners.planning.solving import possible
from tests.unit.prisoners.planning import instances

SECONDS = 30


def conflict(instance: Instance) -> Conflict | None:
    try:
        plan(Problem(instance))
    except NoPlan as error:
        return error.conflict
    return None


@settings(deadline=None, max_examples=60)
@given(instances.instances())
def test_what_is_named_conflicts_and_none_of_it_is_idle(instance: Instance) -> None:
    found = conflict(instance)
    assume(found is not None)
    assert found is not None
    assert found.irreducible
    assert found.conditions
    problem, without = Problem(instance), found.without
    assert possible(build(problem, without), SECONDS) is False
    for condition in found.conditions:
        less = Dropped(without.families, without.single | {condition})
        assert possible(build(problem, less), SECONDS) is True


PERSONS = tuple(
    Person(f"{side}{n}", side, n, ("severely wounded",) if n <= 2 else (), stretcher=n <= 2, fit_from=1 if n < 5 else 2)
    for side in ("a", "b")
    for n in range(1, 7)
)
PLAIN = Instance(
    title="An exercise",
    sides=(Side("a", "Kaldria", "en"), Side("b", "Sulmere", "en")),
    persons=PERSONS,
    terms=Terms(number={"a": 6, "b": 6}),
    priorities=(),
    then=(),
    stages=(Stage(date(2030, 5, 1)), Stage(date(2030, 5, 2))),
    points=(Point("p", "The bridge", frozenset({1, 2})),),
    buses={(side, stage, "p"): (Bus("", 4, 2),) for side in ("a", "b") for stage in (1, 2)},
)


def sentences(instance: Instance) -> tuple[str, ...]:
    found = conflict(instance)
    return found.sentences if found else ()


def test_the_plain_instance_has_a_plan() -> None:
    assert sentences(PLAIN) == ()


def test_a_number_against_the_list() -> None:
    assert sentences(replace(PLAIN, terms=Terms(number={"a": 6, "b": 7}, equal=Equal.NONE))) == (
        "7 of Sulmere go (6 count towards that number).",
    )


def test_numbers_against_what_has_to_be_equal() -> None:
    assert sentences(replace(PLAIN, terms=Terms(number={"a": 6, "b": 5}))) == (
        "5 of Sulmere go (6 count towards that number).",
        "6 of Kaldria go (6 count towards that number).",
        "Both sides' numbers are the same at The bridge in stage 1.",
        "Both sides' numbers are the same at The bridge in stage 2.",
    )


def test_a_number_against_seats() -> None:
    few = {cell: (Bus("", 3, 0),) if cell == ("b", 2, "p") else buses for cell, buses in PLAIN.buses.items()}
    few["b", 1, "p"] = (Bus("", 0, 2),)
    assert sentences(replace(PLAIN, buses=few)) == (
        "6 of Sulmere go (6 count towards that number).",
        "The buses of Sulmere have 0 seats at The bridge in stage 1.",
        "The buses of Sulmere have 3 seats at The bridge in stage 2.",
    )


def test_a_stage_against_fitness_and_limits() -> None:
    late = replace(PLAIN, stages=(Stage(date(2030, 5, 1), number=5), Stage(date(2030, 5, 2))))
    assert sentences(late) == (
        "In stage 1 exactly 5 of each side go.",
        "Of Sulmere 0 are not fit to travel, and 2 only later on.",
    )
    limited = replace(PLAIN, days={date(2030, 5, 1): 1, date(2030, 5, 2): 4})
    assert sentences(limited) == (
        "6 of Sulmere go (6 count towards that number).",
        "On 2030-05-02 at most 4 of each side go.",
        "On 2030-05-01 at most 1 of each side go.",
    )


def test_all_for_all_against_a_point_that_opens_late() -> None:
    terms = Terms(all_for_all=("severely wounded",), by={"severely wounded": 1})
    shut = replace(PLAIN, terms=terms, points=(Point("p", "The bridge", frozenset({2})),))
    how_many = "2 of Kaldria, 2 of them on stretchers; 2 of Sulmere, 2 of them on stretchers"
    assert sentences(shut) == (
        f"All who are severely wounded have gone by stage 1 ({how_many}).",
        "The bridge is open in stage 2 only.",
    )


def test_those_who_travel_together() -> None:
    pairs = tuple(replace(p, group=f"{p.side}{p.position // 2}", stretcher=False, fit_from=1) for p in PERSONS[:6])
    odd = replace(PLAIN, persons=(*pairs, *PERSONS[6:]), terms=Terms(number={"a": 5, "b": 5}))
    assert sentences(replace(odd, buses={cell: (Bus("", 5, 2),) for cell in PLAIN.buses})) == ()
    even = tuple(replace(p, group=f"{p.side}{(p.position + 1) // 2}", stretcher=False, fit_from=1) for p in PERSONS[:6])
    assert sentences(replace(odd, persons=(*even, *PERSONS[6:]))) == (
        "5 of Kaldria go (6 count towards that number).",
        "Those of Kaldria who travel together (groups: 3) go in one bus or not at all.",
    )


def test_where_time_ran_out_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = Problem(replace(PLAIN, terms=Terms(number={"a": 6, "b": 7}, equal=Equal.NONE)))
    assert explain(problem, SECONDS).irreducible
    monkeypatch.setattr(explaining, "possible", lambda model, seconds: None)
    assert not explain(problem, SECONDS).irreducible
