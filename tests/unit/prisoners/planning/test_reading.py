"""Instances as people write them: read as a whole, or refused with a line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.papers.marked import BadFile
from goodoffices.prisoners.planning.instance import Bus, Equal, Instance, Person, Point, Side, Stage, Terms, Then
from goodoffices.prisoners.planning.persons import BadTable
from goodoffices.prisoners.planning.reading import read

EXAMPLE = Path(__file__).parents[4] / "examples" / "exchange"
INSTANCE = (EXAMPLE / "instance.yaml").read_text(encoding="utf-8")
TABLE = (EXAMPLE / "persons.csv").read_text(encoding="utf-8")


def beside(table: str) -> Callable[[str], str]:
    return lambda name: table


FULL = """
exchange: An exercise
sides: {a: {name: Kaldria}, b: {name: Sulmere, language: ru}}
persons:
  - {id: A-1, side: a, categories: [ill, long held], stretcher: yes, held: Tarn}
  - {id: A-2, side: a, fit: 2, group: g}
  - {id: A-3, side: a, group: g}
  - {id: B-1, side: b, fit: no}
terms:
  number: {a: 2, b: 1}
  as_many_as_can: yes
  equal: stage
  imbalance: 1
  all_for_all: [minor]
  by: {ill: 2}
priorities: [ill, minor]
then: [early, travel]
stages: [{day: 2030-05-01, at_most: 5}, {day: 2030-05-02, number: 1}]
days: {2030-05-02: 9}
points: {p: {name: The bridge, at_most: 3}, q: {name: The landing, stages: [2]}}
convoys:
  - {side: a, point: p, seats: 3}
  - {side: a, point: p, stretchers: 1}
  - {side: a, point: p, name: van, buses: 2, seats: 2, stages: [2]}
  - {side: b, point: q, seats: 1}
held: {Tarn: {p: 1.5, q: 2}}
"""


TERMS = Terms(
    number={"a": 2, "b": 1},
    as_many_as_can=True,
    equal=Equal.STAGE,
    imbalance=1,
    all_for_all=("minor",),
    by={"ill": 2},
)


def test_everything_that_can_be_written_is_read() -> None:
    assert read(FULL, beside("")) == Instance(
        title="An exercise",
        sides=(Side("a", "Kaldria", "en"), Side("b", "Sulmere", "ru")),
        persons=(
            Person("A-1", "a", 1, ("ill", "long held"), stretcher=True, held="Tarn"),
            Person("A-2", "a", 2, fit_from=2, group="g"),
            Person("A-3", "a", 3, group="g"),
            Person("B-1", "b", 1, fit_from=0),
        ),
        terms=Terms(
            {"a": 2, "b": 1}, as_many_as_can=True, equal=Equal.STAGE, imbalance=1, all_for_all=("minor",), by={"ill": 2}
        ),
        priorities=("ill", "minor"),
        then=(Then.EARLY, Then.TRAVEL),
        stages=(Stage(date(2030, 5, 1), at_most=5), Stage(date(2030, 5, 2), number=1)),
        points=(Point("p", "The bridge", frozenset({1, 2}), 3), Point("q", "The landing", frozenset({2}))),
        buses={
            ("a", 1, "p"): (Bus("", 3, 0), Bus("", 0, 1)),
            ("a", 2, "p"): (Bus("", 3, 0), Bus("", 0, 1), Bus("van", 2, 0), Bus("van", 2, 0)),
            ("b", 2, "q"): (Bus("", 1, 0),),
        },
        days={date(2030, 5, 2): 9},
        minutes={"Tarn": {"p": 90, "q": 120}},
    )


WRONG = [
    (
        "{a: {name: Kaldria}, b:",
        "{a: {name: Kaldria}, c: {name: X}, b:",
        "an exchange is between two sides; here are 3.",
    ),
    ("language: ru", "language: fr", "there are no labels in “fr”. Known here: en, ru, uk."),
    ("group: g}\n  - {id: B", "group: g}\n  - {id: B-2, side: b, group: g}\n  - {id: B", "has members of both sides"),
    ("fit: 2", "fit: 3", "“A-2” is fit from stage 3, and the last is 2. Write no instead."),
    ("held: Tarn}", "held: Tran}", "no roads are given from “Tran”. Did you mean “Tarn”?"),
    ("stretcher: yes, held: Tarn}", "stretcher: yes, group: g}", "the group “g” needs 2 seats and 1 on stretchers in"),
    ("seats: 2, stages: [2]", "seats: 0, stages: [2]", "have no seats and no places for stretchers."),
    ("- {side: b, point: q, seats: 1}", "- {side: b, point: q, seats: 1, stages: [1]}", "“q” is not open in stage 1."),
    ("number: 1}]", "number: 3}]", "the stages' numbers come to 3, and 2 of “a” were agreed."),
    ("2030-05-02, number", "2030-04-02, number", "stages follow each other, and 2030-04-02 is before 2030-05-01."),
    ("2030-05-02: 9", "2030-05-09: 9", "no stage is on 2030-05-09."),
    ("by: {ill: 2}", "by: {ill: 3}", "there is no stage 3; stages are numbered from 1 to 2."),
    ("then: [early, travel]", "then: [early]", "roads are given, but “then” does not ask for little travel."),
    ("then: [early, travel]", "then: [early, early]", "“early” stands here twice."),
    (
        "priorities: [ill, minor]",
        "priorities: [ill, minors]",
        "no category called “minors”. Did you mean “minor”?",
    ),
    ("imbalance: 1", "imbalance: some", "a whole number is expected"),
    ("p: 1.5", "p: far", "hours on the road are expected, such as 4 or 4.5."),
    ("exchange: An exercise", "", "“exchange” is missing here."),
    ("persons:\n", "person:\n", "there is no “person” in an instance. Did you mean “persons”?"),
    ("- {id: B-1, side: b, fit: no}", "", "nobody of “b” is listed."),
]


@pytest.mark.parametrize(("old", "new", "why"), WRONG)
def test_what_is_wrong_is_said(old: str, new: str, why: str) -> None:
    assert FULL.count(old) == 1
    with pytest.raises(BadFile) as raised:
        read(FULL.replace(old, new), beside(""))
    assert why in str(raised.value)
    assert raised.value.place.line > 1 or old.startswith("exchange")


def test_what_is_wrong_in_the_table_is_said_of_the_table() -> None:
    with pytest.raises(BadTable) as raised:
        read(INSTANCE, beside(TABLE.replace("K-02,kaldria", "K-02,kaldira")))
    assert (raised.value.table, raised.value.place.line) == ("persons.csv", 3)


def line(text: str, table: str) -> int:
    """Where something is wrong; 1 where nothing is."""
    try:
        read(text, beside(table))
    except BadFile as error:
        return error.place.line
    return 1


@settings(deadline=None, max_examples=150)
@given(st.integers(0, len(FULL) - 1), st.integers(0, 8), st.text("{}[]:,-#&*!|>'\"%@`~ \n\tab12", max_size=4))
def test_whatever_is_written_it_is_read_or_refused(at: int, length: int, put: str) -> None:
    assert line(FULL[:at] + put + FULL[at + length :], "") >= 1


@settings(deadline=None, max_examples=150)
@given(st.integers(0, len(TABLE) - 1), st.integers(0, 8), st.text(";,\"'\n\r\0 =+ab12\ufeff", max_size=4))
def test_whatever_stands_in_the_table_it_is_read_or_refused(at: int, length: int, put: str) -> None:
    assert line(INSTANCE, TABLE[:at] + put + TABLE[at + length :]) >= 1
