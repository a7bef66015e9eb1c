"""Instances of a prisoner exchange made up from a seed. Nobody in them exists."""

from __future__ import annotations

import random
from datetime import date, timedelta

from goodoffices.prisoners.planning.instance import Bus, Instance, Person, Point, Side, Stage, Terms, Then

PRIORITIES = ("severely wounded", "ill", "wounded", "woman", "minor", "long held")
SHARES = (0.04, 0.06, 0.08, 0.03, 0.01, 0.12)
CAMPS = 5


def instance(counts: tuple[int, int], number: int, stages: int, points: int, seed: int = 1) -> Instance:
    """Two sides with so many persons, ``number`` of each agreed, in so many stages and points with a tenth to spare."""
    draw = random.Random(seed)
    sides = (Side("kaldria", "Kaldria", "uk"), Side("sulmere", "Sulmere", "ru"))
    persons = [p for side, count in zip(sides, counts, strict=True) for p in _persons(draw, side.code, count, stages)]
    codes = [f"point-{n}" for n in range(1, points + 1)]
    return Instance(
        title="An exercise",
        sides=sides,
        persons=tuple(persons),
        terms=Terms(number={side.code: number for side in sides}),
        priorities=PRIORITIES,
        then=(Then.TRAVEL, Then.EVEN, Then.EARLY),
        stages=tuple(Stage(date(2030, 5, 1) + timedelta(n)) for n in range(stages)),
        points=tuple(Point(code, code, frozenset(range(1, stages + 1))) for code in codes),
        buses=_buses(sides, number, stages, codes),
        minutes={_camp(s, n): {c: draw.randrange(60, 600, 5) for c in codes} for s in sides for n in range(CAMPS)},
    )


def _camp(side: Side, number: int) -> str:
    return f"{side.code}-camp-{number}"


def _persons(draw: random.Random, side: str, count: int, stages: int) -> list[Person]:
    persons: list[Person] = []
    group = 0
    while len(persons) < count:
        size = draw.choice((2, 2, 3, 4)) if draw.random() < 0.02 else 1
        group += size > 1
        for _ in range(min(size, count - len(persons))):
            persons.append(_person(draw, side, len(persons) + 1, stages, f"{side[0]}{group}" if size > 1 else ""))
    return persons


def _person(draw: random.Random, side: str, position: int, stages: int, group: str) -> Person:
    categories = tuple(name for name, share in zip(PRIORITIES, SHARES, strict=True) if draw.random() < share)
    if "severely wounded" in categories:
        categories = tuple(name for name in categories if name != "wounded")
    lying = "severely wounded" in categories and draw.random() < 0.7
    fit = draw.random()
    fit_from = 0 if fit < 0.01 else draw.randint(2, stages) if fit < 0.08 else 1
    held = f"{side}-camp-{draw.randrange(CAMPS)}"
    return Person(f"{side}-{position:05}", side, position, categories, lying, fit_from, group, held)


def _buses(
    sides: tuple[Side, Side], number: int, stages: int, codes: list[str]
) -> dict[tuple[str, int, str], tuple[Bus, ...]]:
    each = -(-number * 11 // (10 * stages * len(codes) * 45))
    buses = (*(Bus("", 45, 0) for _ in range(each)), Bus("ambulance", 4, 8))
    return {(side.code, stage, code): buses for side in sides for stage in range(1, stages + 1) for code in codes}


def table(instance: Instance) -> str:
    """The persons as a CSV file."""
    rows = ["id,side,categories,stretcher,fit,group,held"]
    for p in instance.persons:
        fit = "no" if not p.fit_from else "" if p.fit_from == 1 else str(p.fit_from)
        rows.append(f"{p.id},{p.side},{';'.join(p.categories)},{'yes' if p.stretcher else ''},{fit},{p.group},{p.held}")
    return "\n".join(rows) + "\n"


def written(instance: Instance) -> str:
    """The rest of the instance as a YAML file; its persons are in ``persons.csv``."""
    lines = [f"exchange: {instance.title}", "persons: persons.csv", "sides:"]
    lines += [f"  {side.code}: {{name: {side.name}, language: {side.language}}}" for side in instance.sides]
    lines += ["terms:", f"  number: {next(iter(instance.terms.number.values()))}"]
    lines += [f"priorities: [{', '.join(instance.priorities)}]", f"then: [{', '.join(instance.then)}]", "stages:"]
    lines += [f"  - {{day: {stage.day}}}" for stage in instance.stages]
    lines += ["points:", *(f"  {point.code}: {{name: {point.name}}}" for point in instance.points), "convoys:"]
    for side, stage, point in sorted(instance.buses):
        for bus in instance.buses[side, stage, point]:
            where = f"side: {side}, point: {point}, stages: [{stage}]"
            lines.append(f"  - {{{where}, seats: {bus.seats}, stretchers: {bus.stretchers}}}")
    lines.append("held:")
    for camp, road in instance.minutes.items():
        lines.append(f"  {camp}: {{{', '.join(f'{code}: {n / 60:.2f}' for code, n in road.items())}}}")
    return "\n".join(lines) + "\n"
