"""Small instances of every kind, for Hypothesis. Nobody in them exists."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from goodoffices.prisoners.planning.instance import Bus, Equal, Instance, Person, Point, Side, Stage, Terms, Then
from goodoffices.prisoners.planning.plan import Problem, Seat, Since

NAMES = ("severely wounded", "ill", "woman")
SIDES = (Side("a", "Kaldria", "en"), Side("b", "Sulmere", "en"))


@st.composite
def persons(draw: st.DrawFn, side: str, stages: int) -> list[Person]:
    made = []
    for position in range(1, draw(st.integers(1, 6)) + 1):
        names = draw(st.sampled_from(((), (), ("severely wounded",), ("ill",), ("woman",), ("ill", "woman"))))
        fit = draw(st.sampled_from((1, 1, 1, 1, stages, 0)))
        group = draw(st.sampled_from(("", "", f"{side}1", f"{side}2")))
        held = draw(st.sampled_from(("", "north", "south")))
        lying = draw(st.integers(0, 4)) == 0
        made.append(Person(f"{side}{position}", side, position, names, lying, fit, group, held))
    return made


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    stages = draw(st.integers(1, 3))
    points = [Point("p", "P", frozenset(range(1, stages + 1)), draw(st.sampled_from((None, None, 2))))]
    if draw(st.booleans()):
        points.append(Point("q", "Q", frozenset(range(draw(st.integers(1, stages)), stages + 1))))
    bus = st.builds(Bus, st.just(""), st.integers(0, 3), st.integers(0, 2))
    cells = [(side.code, stage, point.code) for side in SIDES for point in points for stage in sorted(point.stages)]
    return Instance(
        title="An exercise",
        sides=SIDES,
        persons=tuple(p for side in SIDES for p in draw(persons(side.code, stages))),
        terms=draw(terms(stages)),
        priorities=NAMES[: draw(st.integers(0, 3))],
        then=tuple(draw(st.permutations((Then.TRAVEL, Then.EVEN, Then.EARLY))))[: draw(st.integers(0, 3))],
        stages=tuple(
            Stage(date(2030, 5, 1) + timedelta(n // 2), None, draw(st.sampled_from((None, None, 3))))
            for n in range(stages)
        ),
        points=tuple(points),
        buses={cell: tuple(draw(st.lists(bus, max_size=2))) for cell in cells},
        days=draw(st.sampled_from(({}, {}, {date(2030, 5, 1): 3}))),
        minutes={"north": {"p": 60, "q": 120}, "south": {"p": 90, "q": 30}},
    )


@st.composite
def terms(draw: st.DrawFn, stages: int) -> Terms:
    number: dict[str, int] = draw(st.sampled_from(({}, {}, {"a": 2, "b": 2}, {"a": 3, "b": 3}, {"a": 2, "b": 1})))
    return Terms(
        number=number,
        as_many_as_can=draw(st.booleans()),
        equal=draw(st.sampled_from(Equal)),
        imbalance=draw(st.sampled_from((0, 0, 1))),
        all_for_all=draw(st.sampled_from(((), (), ("ill",)))),
        by=draw(st.sampled_from(({}, {}, {"severely wounded": stages}))),
    )


def since(draw: Any, instance: Instance, seats: dict[str, Seat]) -> Problem:
    """An earlier plan of it after something happened; a stage at least is left."""
    last = len(instance.stages)
    done = draw(st.integers(0, last - 1))
    missed = frozenset(draw(st.sets(st.integers(1, last), max_size=1)))
    if all(stage <= done or stage in missed for stage in instance.numbers()):
        missed = frozenset()
    names = [person.id for person in instance.persons]
    refused = frozenset(draw(st.sets(st.sampled_from(names), max_size=2)))
    return Problem(instance, Since(seats, done, missed, refused))
