"""From numbers to persons: who of those alike goes where, and in which bus.

Of those whom nothing agreed tells apart, the first on their side's list go first; each time that decides, it is noted
as a tie. Into the buses go those who travel together first, then the others in the order of their list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from goodoffices.prisoners.planning import packing
from goodoffices.prisoners.planning.alike import Alike, Travellers
from goodoffices.prisoners.planning.instance import Cell, Instance
from goodoffices.prisoners.planning.model import Model, Split
from goodoffices.prisoners.planning.plan import Problem, Seat, Tie

Places = dict[tuple[str, Cell], list[tuple[Travellers, int]]]
"""Side and cell -> who travels there, and in which bus where that is settled (0: it is not)."""


class DoesNotFit(Exception):
    """Groups that do not fit into the buses of these cells one by one, though they would all together."""

    def __init__(self, where: Split) -> None:
        super().__init__()
        self.where = where


def place(model: Model, x: Sequence[int]) -> tuple[dict[str, Seat], tuple[Tie, ...]]:
    """Every person's seat. Raises ``DoesNotFit``."""
    places: Places = defaultdict(list)
    ties: list[Tie] = []
    by_alike: defaultdict[int, list[tuple[Cell, int]]] = defaultdict(list)
    settled: defaultdict[tuple[int, Cell], list[int]] = defaultdict(list)
    for column, count in zip(model.columns, x, strict=True):
        cell = (column.stage, column.point)
        if column.bus:
            settled[column.alike, cell] += [column.bus] * count
        elif count:
            by_alike[column.alike].append((cell, count))
    for number, one in enumerate(model.alike):
        counts = sorted(by_alike[number])
        left = iter(one.travellers)
        for cell, count in counts:
            buses = settled.get((number, cell), [0] * count)
            places[one.sort.side, cell] += [(next(left), bus) for bus in buses]
        ties += _tie(model.problem, one, counts)
    return _seated(model.problem, places), tuple(sorted(ties, key=_order))


def _tie(problem: Problem, one: Alike, counts: list[tuple[Cell, int]]) -> Iterator[Tie]:
    going = sum(count for _, count in counts)
    stages = [(stage, sum(n for _, n in some)) for stage, some in groupby(counts, key=lambda item: item[0][0])]
    if going < len(one.travellers):
        stages.append((0, len(one.travellers) - going))
    if len(stages) > 1:
        rank, names = one.sort.ranks[0], problem.instance.priorities
        category = names[rank] if rank < len(names) else ""
        members = tuple("+".join(person.id for person in some) for some in one.travellers)
        yield Tie(one.sort.side, category, members, tuple(stages))


def _order(tie: Tie) -> tuple[str, str, tuple[str, ...]]:
    return tie.side, tie.category, tie.members


def _seated(problem: Problem, places: Places) -> dict[str, Seat]:
    instance, amiss, buses = problem.instance, set(), {}
    for (side, cell), some in places.items():
        packed = packing.pack(_known_first(problem, cell, some), instance.buses[side, *cell])
        if packed is None:
            amiss.add((side, cell))
        else:
            buses[side, cell] = packed
    if amiss:
        raise DoesNotFit(frozenset(amiss))
    seats = {
        person.id: Seat(cell[0], cell[1], bus, person.stretcher)
        for (_, cell), packed in buses.items()
        for person, bus in packed
    }
    return in_order(problem.instance, seats)


def _known_first(problem: Problem, cell: Cell, some: list[tuple[Travellers, int]]) -> list[tuple[Travellers, int]]:
    """Who was to go here before, with the bus so far, then the others; each in the order of the list."""

    def wished(travellers: Travellers, settled: int) -> int:
        if settled:
            return settled
        seats = [problem.since.seats.get(person.id) for person in travellers]
        same = {seat.bus for seat in seats if seat and seat.cell == cell}
        return same.pop() if len(same) == 1 else 0

    known = [(travellers, wished(travellers, bus)) for travellers, bus in some]
    return sorted(known, key=lambda item: (not item[1], item[0][0].position))


def in_order(instance: Instance, seats: Mapping[str, Seat]) -> dict[str, Seat]:
    """By stage, point, side, bus and list."""
    points = {point.code: n for n, point in enumerate(instance.points)}
    sides = {side.code: n for n, side in enumerate(instance.sides)}
    rows = (
        (seat.stage, points[seat.point], sides[person.side], seat.bus, person.position, person.id)
        for person in instance.persons
        if (seat := seats.get(person.id))
    )
    return {person: seats[person] for *_, person in sorted(rows)}
