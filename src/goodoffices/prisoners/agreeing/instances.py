"""What a plan is made from, as the two files anybody can plan from: ``instance.yaml``, and ``persons.csv`` beside it.

The agreed list says who goes and which flow each is in; the rest (days, points, buses, who cannot sit or travel yet) is
given here. The files are those of ``goodoffices prisoners plan`` (docs/design/plan.md), so that a plan made in a room
can be made again by a side on a machine of its own.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date

from goodoffices.papers.marked import BadFile, Place
from goodoffices.prisoners.agreeing import lists
from goodoffices.prisoners.agreeing.lists import Going
from goodoffices.prisoners.planning import reading
from goodoffices.prisoners.planning.instance import ALL_FOR_ALL, Instance, Person
from goodoffices.prisoners.planning.persons import FIELDS

PERSONS = "persons.csv"


@dataclass(frozen=True)
class Side:
    code: str
    name: str
    language: str = "en"


@dataclass(frozen=True)
class Stage:
    day: date
    number: int | None = None
    at_most: int | None = None


@dataclass(frozen=True)
class Point:
    """``stages``: those in which it is open; empty for all."""

    code: str
    name: str
    at_most: int | None = None
    stages: tuple[int, ...] = ()


@dataclass(frozen=True)
class Convoy:
    """So many buses alike, of the side whose persons ride in them. ``stages``: empty for all the point is open."""

    side: str
    point: str
    buses: int
    seats: int
    stretchers: int = 0
    name: str = ""
    stages: tuple[int, ...] = ()


@dataclass(frozen=True)
class Detail:
    """What is known of one person beside the list: ``fit`` is a stage or ``no``; ``group`` who travels together."""

    stretcher: bool = False
    fit: str = ""
    group: str = ""
    held: str = ""


@dataclass(frozen=True)
class Wanted:
    """Everything a plan is made from but who goes. ``hours``: from where somebody is held to each point, in hours.

    ``as_many_as_can``: where not all of the list can go, as many as can, instead of no plan.
    """

    title: str
    sides: tuple[Side, Side]
    stages: tuple[Stage, ...]
    points: tuple[Point, ...]
    convoys: tuple[Convoy, ...]
    as_many_as_can: bool = False
    equal: str = "stage and point"
    imbalance: int = 0
    by: Mapping[str, int] = field(default_factory=dict)
    priorities: tuple[str, ...] = ()
    then: tuple[str, ...] = ("travel", "even", "early")
    days: Mapping[date, int] = field(default_factory=dict)
    hours: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    details: Mapping[str, Detail] = field(default_factory=dict)


@dataclass(frozen=True)
class Files:
    """An instance and its table of persons, as text."""

    instance: str
    persons: str


def written(wanted: Wanted, going: Sequence[Going]) -> Files:
    """The two files for these persons. Raises ``BadFile`` where a detail is of nobody on the list."""
    unknown = sorted(wanted.details.keys() - {p.id for p in going})
    if unknown:
        raise BadFile(Place(), f"“{unknown[0]}” is not on the agreed list.")
    return Files("\n".join(_instance(wanted, going)) + "\n", _table(wanted, going))


def read(files: Files) -> Instance:
    """The instance in these two files. Raises ``BadFile``, or ``persons.BadTable`` where it is in the table."""
    return reading.read(files.instance, lambda _name: files.persons)


def _instance(w: Wanted, going: Sequence[Going]) -> Iterator[str]:
    yield f"exchange: {_quoted(w.title)}"
    yield "sides:"
    yield from (f"  {s.code}: {{name: {_quoted(s.name)}, language: {s.language}}}" for s in w.sides)
    yield f"persons: {PERSONS}"
    yield from _terms(w, going)
    if w.priorities:
        yield f"priorities: {_listed(w.priorities)}"
    yield f"then: {_listed(w.then)}"
    yield "stages:"
    yield from ("  - " + _stage(one) for one in w.stages)
    yield "points:"
    yield from (f"  {p.code}: {_point(p)}" for p in w.points)
    yield "convoys:"
    yield from ("  - " + _convoy(one) for one in w.convoys)
    if w.days:
        yield "days: {" + ", ".join(f"{day.isoformat()}: {most}" for day, most in w.days.items()) + "}"
    if w.hours:
        yield "held:"
        yield from (f"  {_quoted(place)}: {{{_pairs(road)}}}" for place, road in w.hours.items())


def _terms(w: Wanted, going: Sequence[Going]) -> Iterator[str]:
    count = lists.counts(going, [side.code for side in w.sides])
    categories = sorted({p.flow.removeprefix(ALL_FOR_ALL) for p in going if p.flow.startswith(ALL_FOR_ALL)})
    yield "terms:"
    yield f"  number: {{{_pairs(count)}}}"
    yield f"  as_many_as_can: {'yes' if w.as_many_as_can else 'no'}"
    yield f"  equal: {w.equal}"
    yield f"  imbalance: {w.imbalance}"
    if categories:
        yield f"  all_for_all: {_listed(categories)}"
    if w.by:
        yield f"  by: {{{_pairs(w.by)}}}"


def _stage(stage: Stage) -> str:
    return "{" + _pairs(_given(day=stage.day.isoformat(), number=stage.number, at_most=stage.at_most)) + "}"


def _point(point: Point) -> str:
    stages = f"[{', '.join(map(str, point.stages))}]" if point.stages else None
    return "{" + _pairs(_given(name=_quoted(point.name), at_most=point.at_most, stages=stages)) + "}"


def _convoy(c: Convoy) -> str:
    given = _given(
        side=c.side,
        point=c.point,
        name=_quoted(c.name) if c.name else None,
        buses=c.buses,
        seats=c.seats,
        stretchers=c.stretchers or None,
        stages=f"[{', '.join(map(str, c.stages))}]" if c.stages else None,
    )
    return "{" + _pairs(given) + "}"


def _given(**parts: object) -> dict[str, object]:
    return {name: value for name, value in parts.items() if value is not None}


def _pairs(parts: Mapping[str, object]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in parts.items())


def _listed(parts: Iterable[str]) -> str:
    return f"[{', '.join(parts)}]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _table(w: Wanted, going: Sequence[Going]) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(FIELDS)
    for p in going:
        d = w.details.get(p.id, Detail())
        lying = "yes" if d.stretcher else ""
        table.writerow([p.id, p.side, p.flow, ";".join(p.categories), lying, d.fit, d.group, d.held])
    return out.getvalue()


# Details, a line a person


DETAILS = ("id", *(f.name for f in fields(Detail)))


def details(text: str) -> dict[str, Detail]:
    """Details of persons, a line each: number, stretcher (yes or no), fit, travels with, held at, with commas between.

    What is left away at the end of a line is not known. Raises ``BadFile`` with the line.
    """
    found: dict[str, Detail] = {}
    lines = csv.reader(io.StringIO(text, newline=""), skipinitialspace=True)
    for row in lines:
        cells, place = [cell.strip() for cell in row], Place(lines.line_num)
        if not any(cells) or cells[0].casefold() == DETAILS[0]:
            continue
        if len(cells) > len(DETAILS):
            raise BadFile(place, f"this line has {len(cells)} parts; there are at most {len(DETAILS)}.")
        id, stretcher, fit, group, held = (*cells, *[""] * (len(DETAILS) - len(cells)))
        if stretcher.casefold() not in {"", "yes", "no"}:
            raise BadFile(place, f"“stretcher” is yes or no, and “{stretcher}” is neither.")
        if id in found:
            raise BadFile(place, f"“{id}” stands here twice.")
        found[id] = Detail(stretcher.casefold() == "yes", fit, group, held)
    return found


def wanted(instance: Instance) -> Wanted:
    """What an instance was made from, to plan again with changes."""
    convoys = list(_convoys(instance))
    every = tuple(instance.numbers())
    return Wanted(
        title=instance.title,
        sides=(_side(instance, 0), _side(instance, 1)),
        stages=tuple(Stage(s.day, s.number, s.at_most) for s in instance.stages),
        points=tuple(
            Point(p.code, p.name, p.at_most, () if p.stages == frozenset(every) else tuple(sorted(p.stages)))
            for p in instance.points
        ),
        convoys=tuple(convoys),
        as_many_as_can=instance.terms.as_many_as_can,
        equal=instance.terms.equal.value,
        imbalance=instance.terms.imbalance,
        by=instance.terms.by,
        priorities=instance.priorities,
        then=tuple(one.value for one in instance.then),
        days=instance.days,
        hours={
            place: {code: f"{minutes / 60:.2f}".rstrip("0").rstrip(".") for code, minutes in road.items()}
            for place, road in instance.minutes.items()
        },
        details={p.id: d for p in instance.persons if (d := _detail(p)) != Detail()},
    )


def _side(instance: Instance, at: int) -> Side:
    side = instance.sides[at]
    return Side(side.code, side.name, side.language)


def _detail(p: Person) -> Detail:
    fit = "no" if not p.fit_from else "" if p.fit_from == 1 else str(p.fit_from)
    return Detail(p.stretcher, fit, p.group, p.held)


def _convoys(instance: Instance) -> Iterator[Convoy]:
    """Buses alike next to each other as one convoy, and stages with the same convoys together."""
    by_place: dict[tuple[str, str], dict[tuple[Convoy, ...], list[int]]] = {}
    for (side, stage, point), buses in instance.buses.items():
        run: list[Convoy] = []
        for bus in buses:
            one = Convoy(side, point, 1, bus.seats, bus.stretchers, bus.name)
            if run and replace(run[-1], buses=1) == one:
                run[-1] = replace(run[-1], buses=run[-1].buses + 1)
            else:
                run.append(one)
        by_place.setdefault((side, point), {}).setdefault(tuple(run), []).append(stage)
    opened = {p.code: p.stages for p in instance.points}
    for (_, point), runs in by_place.items():
        for run_, stages in runs.items():
            every = frozenset(stages) == opened[point]
            yield from (replace(one, stages=() if every else tuple(sorted(stages))) for one in run_)
