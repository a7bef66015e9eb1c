"""Persons in their buses: groups together, places enough, the buses of before, and the order of lists."""

from __future__ import annotations

from datetime import date
from itertools import combinations_with_replacement

from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.prisoners.planning import packing
from goodoffices.prisoners.planning.instance import Bus, Instance, Person, Point, Side, Stage, Terms
from goodoffices.prisoners.planning.making import plan
from goodoffices.prisoners.planning.plan import Problem, Seat, Since, Tie

SIDES = (Side("a", "Kaldria", "en"), Side("b", "Sulmere", "en"))


def exchange(groups: tuple[int, ...], buses: tuple[int, ...], stages: int = 1) -> Instance:
    """Side A in groups of these sizes, side B as many single persons; side A's buses have so many seats each."""
    ours = [Person(f"a{n}", "a", n, group=f"g{g}" if size > 1 else "") for n, (g, size) in enumerate(each(groups), 1)]
    theirs = [Person(f"b{n}", "b", n) for n in range(1, len(ours) + 1)]
    return Instance(
        title="An exercise",
        sides=SIDES,
        persons=(*ours, *theirs),
        terms=Terms(),
        priorities=(),
        then=(),
        stages=tuple(Stage(date(2030, 5, n)) for n in range(1, stages + 1)),
        points=(Point("p", "P", frozenset(range(1, stages + 1))),),
        buses={
            (side, stage, "p"): tuple(Bus("", seats, 0) for seats in (buses if side == "a" else (99,)))
            for side in "ab"
            for stage in range(1, stages + 1)
        },
    )


def each(groups: tuple[int, ...]) -> list[tuple[int, int]]:
    return [(number, size) for number, size in enumerate(groups) for _ in range(size)]


def test_groups_that_fit_together_but_not_bus_by_bus_stay_for_another_stage() -> None:
    """Three groups of three into two buses of five: two go, although ten seats would do for nine."""
    made = plan(Problem(exchange((3, 3, 3), (5, 5))))
    assert len([name for name in made.seats if name.startswith("a")]) == 6
    assert made.proved
    later = plan(Problem(exchange((3, 3, 3), (5, 5), stages=2)))
    assert len([name for name in later.seats if name.startswith("a")]) == 9


def test_a_group_is_in_one_bus() -> None:
    made = plan(Problem(exchange((2, 3, 4, 1, 2), (6, 6))))
    assert len({made.seats[f"a{n}"].bus for n in (6, 7, 8, 9)}) == 1
    assert len(made.seats) == 24


@settings(deadline=None)
@given(st.lists(st.integers(2, 5), max_size=6), st.lists(st.integers(0, 8), min_size=1, max_size=3))
def test_groups_are_packed_when_they_can_be(sizes: list[int], rooms: list[int]) -> None:
    groups = [tuple(Person(f"{g}-{n}", "a", n) for n in range(size)) for g, size in enumerate(sizes)]
    packed = packing.pack([(group, 0) for group in groups], [Bus("", room, 0) for room in rooms])
    fits = any(True for _ in assignments(sizes, rooms))
    assert (packed is not None) == fits
    if packed is not None:
        counts = [sum(bus == number for _, bus in packed) for number in range(1, len(rooms) + 1)]
        assert all(count <= room for count, room in zip(counts, rooms, strict=True))
        assert sorted(person.id for person, _ in packed) == sorted(person.id for group in groups for person in group)


def assignments(sizes: list[int], rooms: list[int]) -> list[tuple[int, ...]]:
    """Every way to give each group a bus within its room."""
    ways: list[tuple[tuple[int, ...], tuple[int, ...]]] = [((), tuple(rooms))]
    for size in sizes:
        ways = [
            ((*way, bus), tuple(room - size * (n == bus) for n, room in enumerate(left)))
            for way, left in ways
            for bus in range(len(rooms))
            if left[bus] >= size
        ]
    return [way for way, _ in ways]


def test_of_those_alike_the_first_on_the_list_go_first_and_it_is_said() -> None:
    made = plan(Problem(exchange((1, 1, 1, 1), (1,), stages=2)))
    assert [name for name in made.seats if name.startswith("a")] == ["a1", "a2"]
    assert made.seats["a1"].stage < made.seats["a2"].stage
    assert made.ties[0] == Tie("a", "", ("a1", "a2", "a3", "a4"), ((1, 1), (2, 1), (0, 2)))


def test_who_goes_where_they_went_before_keeps_their_bus() -> None:
    instance = exchange((1, 1, 1, 2), (3, 3))
    before = {f"a{n}": Seat(1, "p", bus, stretcher=False) for n, bus in ((1, 2), (2, 1), (3, 2), (4, 1), (5, 1))}
    before |= {f"b{n}": Seat(1, "p", 1, stretcher=False) for n in range(1, 6)}
    again = plan(Problem(instance, Since(before, refused=frozenset({"a2"}))))
    kept = {name: seat for name, seat in before.items() if name not in {"a2", "b5"}}
    assert dict(again.seats) == kept


def test_every_small_set_of_groups_is_planned_whole() -> None:
    for groups in combinations_with_replacement((1, 2, 3), 4):
        made = plan(Problem(exchange(groups, (4, 3))))
        assert made.proved
        for group in {p.group for p in exchange(groups, (4, 3)).persons if p.group}:
            seats = {made.seats.get(p.id) for p in exchange(groups, (4, 3)).persons if p.group == group}
            assert len(seats) == 1
