"""What is to be planned: two sides, their persons, what was agreed, stages, points and convoys. Facts only.

A person's side is the one it returns to; the convoys of a side carry that side's own. Stages count from 1. A *cell* is
one stage at one point. Everything here was checked by ``reading``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from goodoffices.papers.marked import Place

CATEGORIES = (
    "severely wounded",
    "ill",
    "wounded",
    "woman",
    "minor",
    "aged 18-25",
    "civilian",
    "long held",
    "other",
)

COUNTED, UNCOUNTED, ALL_FOR_ALL = "counted", "uncounted", "all for all: "
"""Flows of an agreed list: one for one, free of any count, and (before a category) all of it whatever their number."""

Cell = tuple[int, str]
"""(stage, point)"""


class Equal(StrEnum):
    """Where both sides' numbers have to be the same, but for the imbalance agreed."""

    CELL = "stage and point"
    STAGE = "stage"
    WHOLE = "whole"
    NONE = "none"


class Then(StrEnum):
    """What counts once it is settled who goes and the priorities are as early as can be."""

    TRAVEL = "travel"
    EVEN = "even"
    EARLY = "early"


@dataclass(frozen=True)
class Side:
    code: str
    name: str
    language: str


@dataclass(frozen=True)
class Person:
    """``position``: where it stands on its side's list, from 1. ``fit_from``: a stage; 0 when not fit to travel.

    ``held``: a place named in ``Instance.minutes``, or nothing. ``flow``: as on an agreed list, or nothing. Who is
    uncounted has ``UNCOUNTED`` among the categories too, and all of these go.
    """

    id: str
    side: str
    position: int
    categories: tuple[str, ...] = ()
    stretcher: bool = False
    fit_from: int = 1
    group: str = ""
    held: str = ""
    flow: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True)
class Stage:
    """``number``: how many of each side go in it, where that was agreed; ``at_most``: a limit for each side."""

    day: date
    number: int | None = None
    at_most: int | None = None


@dataclass(frozen=True)
class Point:
    """A handover point. ``at_most``: persons of each side in one stage."""

    code: str
    name: str
    stages: frozenset[int]
    at_most: int | None = None


@dataclass(frozen=True)
class Bus:
    name: str
    seats: int
    stretchers: int


@dataclass(frozen=True)
class Terms:
    """What was agreed.

    ``number``: side -> how many go; empty where none was agreed. Those in a category of ``all_for_all`` all go, and are
    not counted in it. ``by``: category -> the stage by which all of it have gone.
    """

    number: Mapping[str, int] = field(default_factory=dict)
    as_many_as_can: bool = False
    equal: Equal = Equal.CELL
    imbalance: int = 0
    all_for_all: tuple[str, ...] = ()
    by: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Instance:
    """``buses``: (side, stage, point) -> its buses. ``days``: a day -> at most so many of each side.

    ``minutes``: where held -> point -> minutes on the road.
    """

    title: str
    sides: tuple[Side, Side]
    persons: tuple[Person, ...]
    terms: Terms
    priorities: tuple[str, ...]
    then: tuple[Then, ...]
    stages: tuple[Stage, ...]
    points: tuple[Point, ...]
    buses: Mapping[tuple[str, int, str], tuple[Bus, ...]]
    days: Mapping[date, int] = field(default_factory=dict)
    minutes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def numbers(self) -> range:
        """The numbers of the stages."""
        return range(1, len(self.stages) + 1)

    def cells(self) -> Iterator[Cell]:
        """Every stage at every point, open or not, in order."""
        return ((stage, point.code) for stage in self.numbers() for point in self.points)

    def rank(self, person: Person) -> int:
        """The first of the agreed priorities that it falls under, from 0; their number when it falls under none."""
        ranks = [self.priorities.index(name) for name in person.categories if name in self.priorities]
        return min(ranks, default=len(self.priorities))

    def name_of(self, code: str) -> str:
        """The name of a side or a point."""
        names = {side.code: side.name for side in self.sides} | {point.code: point.name for point in self.points}
        return names[code]
