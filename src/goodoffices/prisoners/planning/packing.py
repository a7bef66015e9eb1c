"""Travellers into buses. Groups are what can fail to fit: single persons fill whatever places are left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goodoffices.prisoners.planning.alike import Travellers
from goodoffices.prisoners.planning.instance import Bus, Person

SEARCHED = 20_000  # positions looked at before a cell is handed to the model instead, which settles it exactly

Taken = list[list[int]]
"""Places left in each bus: seats, stretchers."""


def pack(travellers: Sequence[tuple[Travellers, int]], buses: Sequence[Bus]) -> list[tuple[Person, int]] | None:
    """Each person with its bus (from 1), or nothing when the groups were not fitted.

    Beside travellers stands the bus that they should have if it has room, or 0. There are places for all together.
    """
    left: Taken = [[bus.seats, bus.stretchers] for bus in buses]
    groups = sorted((item for item in travellers if len(item[0]) > 1), key=lambda item: (-len(item[0]), not item[1]))
    found = _search([_need(some) for some, _ in groups], [bus - 1 for _, bus in groups], left, [SEARCHED])
    if found is None:
        return None
    packed = [(person, bus + 1) for (some, _), bus in zip(groups, found, strict=True) for person in some]
    return packed + _fill([item for item in travellers if len(item[0]) == 1], left)


def _need(travellers: Travellers) -> tuple[int, int]:
    lying = sum(person.stretcher for person in travellers)
    return len(travellers) - lying, lying


def _search(needs: list[tuple[int, int]], wished: list[int], left: Taken, steps: list[int]) -> list[int] | None:
    """The bus of each group; ``left`` is what is left then. Buses with the same room left are tried once."""
    found: list[int] = []
    trials = [_trials(needs, wished, left, 0)]
    while len(found) < len(needs):
        bus = next(trials[-1], None) if steps[0] > 0 else None
        steps[0] -= 1
        if bus is None:
            trials.pop()
            if not found or steps[0] <= 0:
                return None
            _take(left, found.pop(), needs[len(found)], -1)
            continue
        _take(left, bus, needs[len(found)], 1)
        found.append(bus)
        trials.append(_trials(needs, wished, left, len(found)))
    return found


def _trials(needs: list[tuple[int, int]], wished: list[int], left: Taken, n: int) -> Iterator[int]:
    """Buses with room for group ``n``, the wished one first."""
    if n == len(needs):
        return iter(())
    seats, stretchers = needs[n]
    able: dict[tuple[int, ...], int] = {}
    for bus in sorted(range(len(left)), key=lambda bus: (bus != wished[n], bus)):
        if left[bus][0] >= seats and left[bus][1] >= stretchers:
            able.setdefault(tuple(left[bus]), bus)
    return iter(able.values())


def _take(left: Taken, bus: int, need: tuple[int, int], times: int) -> None:
    left[bus][0] -= need[0] * times
    left[bus][1] -= need[1] * times


def _fill(singles: Sequence[tuple[Travellers, int]], left: Taken) -> list[tuple[Person, int]]:
    """Those with a bus they had keep it where it has room; the others take the first place free."""
    placed: list[tuple[Person, int]] = []
    homeless: list[Person] = []
    for (person,), bus in singles:
        kind = int(person.stretcher)
        if 0 < bus <= len(left) and left[bus - 1][kind]:
            left[bus - 1][kind] -= 1
            placed.append((person, bus))
        else:
            homeless.append(person)
    for person in homeless:
        kind = int(person.stretcher)
        bus = next(n for n, room in enumerate(left) if room[kind])
        left[bus][kind] -= 1
        placed.append((person, bus + 1))
    return placed
