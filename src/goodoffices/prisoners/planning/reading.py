"""Instances as people write them: a YAML file, with its persons in it or in a CSV file beside it.

docs/design/plan.md describes both. Whatever is not as it must be is a ``BadFile`` with its line; the file it stands in,
where that is the persons' own, is named in the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from goodoffices.papers.marked import BadFile, Group, Text, Value, meant
from goodoffices.papers.marked import read as read_yaml
from goodoffices.papers.values import flag, group, known, listing, needed, only, slug
from goodoffices.prisoners.planning import checking, persons
from goodoffices.prisoners.planning.instance import (
    CATEGORIES,
    UNCOUNTED,
    Bus,
    Equal,
    Instance,
    Person,
    Point,
    Side,
    Stage,
    Terms,
    Then,
)
from goodoffices.prisoners.planning.labels import LANGUAGES

MOST_STAGES = 60
MOST_BUSES = 200  # of one side at one point in one stage

_TOP = ("exchange", "sides", "persons", "terms", "priorities", "then", "stages", "points", "convoys", "days", "held")
_Choice = TypeVar("_Choice", bound=StrEnum)


def read(text: str, beside: Callable[[str], str]) -> Instance:
    """The instance in ``text``; ``beside`` reads a file that lies beside it. Raises ``BadFile``."""
    top = group(read_yaml(text), "an instance")
    only(top, _TOP, "an instance")
    sides, stages = _sides(needed(top, "sides")), _stages(needed(top, "stages"))
    points = _points(needed(top, "points"), len(stages))
    terms = _terms(top.fields.get("terms"), sides, len(stages))
    everybody = _persons(needed(top, "persons"), sides, beside)
    instance = Instance(
        title=_words(needed(top, "exchange")),
        sides=sides,
        persons=everybody,
        terms=_with_uncounted(terms, everybody),
        priorities=_categories(top.fields.get("priorities"), "“priorities”"),
        then=_then(top.fields.get("then")),
        stages=stages,
        points=points,
        buses=_convoys(needed(top, "convoys"), sides, points),
        days=_days(top.fields.get("days"), stages),
        minutes=_held(top.fields.get("held"), points),
    )
    checking.check(instance, {name: top.place_of(name) for name in _TOP})
    with persons.of_table(top.fields["persons"]):
        checking.check_persons(instance)
    return instance


# The parts


def _sides(value: Value) -> tuple[Side, Side]:
    given = group(value, "“sides”")
    sides = []
    for code, item in given.fields.items():
        slug(Text(code, given.place_of(code)))
        side = group(item, f"the side “{code}”")
        only(side, ("name", "language"), "a side")
        language = _text(side.fields["language"]) if "language" in side.fields else Text("en", side.place)
        if language.value not in LANGUAGES:
            raise BadFile(
                language.place, f"there are no labels in “{language.value}”. {meant(language.value, LANGUAGES)}"
            )
        sides.append(Side(code, _words(needed(side, "name")), language.value))
    if len(sides) != 2:
        raise BadFile(given.place, f"an exchange is between two sides; here {_are(len(sides))}.")
    return sides[0], sides[1]


def _are(count: int) -> str:
    return "is 1" if count == 1 else f"are {count}"


def _persons(value: Value, sides: tuple[Side, Side], beside: Callable[[str], str]) -> tuple[Person, ...]:
    codes = [side.code for side in sides]
    if isinstance(value, Text):
        name = _words(value)
        try:
            table = beside(name)
        except OSError as error:
            raise BadFile(value.place, f"{name} cannot be read: {error.strerror or error}.") from error
        with persons.of_table(value):
            return persons.from_table(table, codes)
    return persons.from_rows([group(item, "a person") for item in listing(value, "“persons”").items], codes)


def _terms(value: Value | None, sides: tuple[Side, Side], stages: int) -> Terms:
    if value is None:
        return Terms()
    given = group(value, "“terms”")
    only(given, ("number", "as_many_as_can", "equal", "imbalance", "all_for_all", "by"), "“terms”")
    fields = given.fields
    return Terms(
        number=_agreed(fields["number"], sides) if "number" in fields else {},
        as_many_as_can=flag(fields["as_many_as_can"]) if "as_many_as_can" in fields else False,
        equal=_choice(fields["equal"], Equal) if "equal" in fields else Equal.CELL,
        imbalance=_number(fields["imbalance"]) if "imbalance" in fields else 0,
        all_for_all=_categories(fields.get("all_for_all"), "“all_for_all”"),
        by=_by(fields["by"], stages) if "by" in fields else {},
    )


def _with_uncounted(terms: Terms, everybody: Iterable[Person]) -> Terms:
    """All who are free of any count go, as those of an agreed category do."""
    if not any(UNCOUNTED in person.categories for person in everybody):
        return terms
    return replace(terms, all_for_all=(*terms.all_for_all, UNCOUNTED))


def _agreed(value: Value, sides: tuple[Side, Side]) -> dict[str, int]:
    if isinstance(value, Text):
        return {side.code: _number(value) for side in sides}
    given = group(value, "“number”")
    only(given, [side.code for side in sides], "“number”")
    return {side.code: _number(needed(given, side.code)) for side in sides}


def _by(value: Value, stages: int) -> dict[str, int]:
    given = group(value, "“by”")
    only(given, CATEGORIES, "“by”")
    return {name: _stage(item, stages) for name, item in given.fields.items()}


def _then(value: Value | None) -> tuple[Then, ...]:
    if value is None:
        return (Then.TRAVEL, Then.EVEN, Then.EARLY)
    return _unlike([_choice(item, Then) for item in listing(value, "“then”").items], value)


def _stages(value: Value) -> tuple[Stage, ...]:
    stages: list[Stage] = []
    for item in listing(value, "“stages”").items:
        given = group(item, "a stage")
        only(given, ("day", "number", "at_most"), "a stage")
        day = _day(_text(needed(given, "day")))
        if stages and day < stages[-1].day:
            raise BadFile(given.fields["day"].place, f"stages follow each other, and {day} is before {stages[-1].day}.")
        stages.append(Stage(day, _optional(given, "number"), _optional(given, "at_most")))
    if not 1 <= len(stages) <= MOST_STAGES:
        raise BadFile(value.place, f"a plan has from 1 to {MOST_STAGES} stages; here {_are(len(stages))}.")
    return tuple(stages)


def _points(value: Value, stages: int) -> tuple[Point, ...]:
    given = group(value, "“points”")
    points = []
    for code, item in given.fields.items():
        slug(Text(code, given.place_of(code)))
        point = group(item, f"the point “{code}”")
        only(point, ("name", "stages", "at_most"), "a point")
        numbers = _stage_list(point.fields.get("stages"), stages)
        points.append(Point(code, _words(needed(point, "name")), numbers, _optional(point, "at_most")))
    if not points:
        raise BadFile(given.place, "at least one handover point is needed.")
    return tuple(points)


def _convoys(
    value: Value, sides: tuple[Side, Side], points: tuple[Point, ...]
) -> dict[tuple[str, int, str], tuple[Bus, ...]]:
    """Convoys of several lines at one place drive one after the other, in the order of the lines."""
    buses: dict[tuple[str, int, str], tuple[Bus, ...]] = {}
    by_code = {point.code: point for point in points}
    for item in listing(value, "“convoys”").items:
        given = group(item, "a convoy")
        only(given, ("side", "point", "stages", "buses", "seats", "stretchers", "name"), "a convoy")
        side = known(_text(needed(given, "side")), [side.code for side in sides], "side")
        point = by_code[known(_text(needed(given, "point")), by_code, "point")]
        name = _words(given.fields["name"]) if "name" in given.fields else ""
        bus = Bus(name, _optional(given, "seats") or 0, _optional(given, "stretchers") or 0)
        if not bus.seats and not bus.stretchers:
            raise BadFile(given.place, "the buses of this convoy have no seats and no places for stretchers.")
        count = _number(given.fields["buses"]) if "buses" in given.fields else 1
        for stage in sorted(_convoy_stages(given, point)):
            there = buses.get((side, stage, point.code), ())
            if len(there) + count > MOST_BUSES:
                raise BadFile(given.place, f"a side has at most {MOST_BUSES} buses at one point in one stage.")
            buses[side, stage, point.code] = there + (bus,) * count
    return buses


def _convoy_stages(given: Group, point: Point) -> frozenset[int]:
    """The stages named; without any, all in which the point is open."""
    if "stages" not in given.fields:
        return point.stages
    value = given.fields["stages"]
    stages = _stage_list(value, MOST_STAGES)
    shut = sorted(stages - point.stages)
    if shut:
        raise BadFile(value.place, f"the point “{point.code}” is not open in stage {shut[0]}.")
    return stages


def _days(value: Value | None, stages: tuple[Stage, ...]) -> dict[date, int]:
    if value is None:
        return {}
    given = group(value, "“days”")
    days = {_day(Text(name, given.place_of(name))): _number(item) for name, item in given.fields.items()}
    for name in given.fields:
        if date.fromisoformat(name) not in {stage.day for stage in stages}:
            raise BadFile(given.place_of(name), f"no stage is on {name}.")
    return days


def _held(value: Value | None, points: tuple[Point, ...]) -> dict[str, dict[str, int]]:
    """Hours on the road from each place of detention to each point, as minutes."""
    if value is None:
        return {}
    given = group(value, "“held”")
    codes = [point.code for point in points]
    roads: dict[str, dict[str, int]] = {}
    for name, item in given.fields.items():
        road = group(item, f"“{name}”")
        only(road, codes, f"“{name}”")
        roads[name] = {code: _minutes(needed(road, code)) for code in codes}
    return roads


# Values


def _text(value: Value) -> Text:
    if not isinstance(value, Text) or value.empty:
        raise BadFile(value.place, "a single value is expected here.")
    return value


def _words(value: Value) -> str:
    text = _text(value)
    if not text.value.strip() or len(text.value) > 300:
        raise BadFile(text.place, "some words are needed here, at most 300 characters.")
    return " ".join(text.value.split())


def _choice(value: Value, among: type[_Choice]) -> _Choice:
    text = _text(value)
    return among(known(text, [item.value for item in among], "choice"))


def _number(value: Value) -> int:
    text = _text(value)
    if not re.fullmatch(r"[0-9]{1,6}", text.value):
        raise BadFile(text.place, "a whole number is expected, zero or more and below a million.")
    return int(text.value)


def _optional(given: Group, name: str) -> int | None:
    return _number(given.fields[name]) if name in given.fields else None


def _minutes(value: Value) -> int:
    text = _text(value)
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", text.value):
        raise BadFile(text.place, "hours on the road are expected, such as 4 or 4.5.")
    return round(float(text.value) * 60)


def _day(text: Text) -> date:
    try:
        return date.fromisoformat(text.value)
    except ValueError as error:
        raise BadFile(text.place, f"a day is written as 2025-05-23, and “{text.value}” is none.") from error


def _stage(value: Value, stages: int) -> int:
    number = _number(value)
    if not 1 <= number <= stages:
        raise BadFile(value.place, f"there is no stage {number}; stages are numbered from 1 to {stages}.")
    return number


def _stage_list(value: Value | None, stages: int) -> frozenset[int]:
    """Listed one by one; without a list, every stage."""
    if value is None:
        return frozenset(range(1, stages + 1))
    return frozenset(_unlike([_stage(item, stages) for item in listing(value, "“stages”").items], value))


def _categories(value: Value | None, what: str) -> tuple[str, ...]:
    if value is None:
        return ()
    return _unlike([known(_text(item), CATEGORIES, "category") for item in listing(value, what).items], value)


_Item = TypeVar("_Item")


def _unlike(items: list[_Item], value: Value) -> tuple[_Item, ...]:
    for item in items:
        if items.count(item) > 1:
            raise BadFile(value.place, f"“{item}” stands here twice.")
    return tuple(items)
