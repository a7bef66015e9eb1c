"""What only the whole of an instance shows: groups, places of detention, categories, seats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from goodoffices.papers.marked import BadFile, Place, meant
from goodoffices.prisoners.planning.instance import ALL_FOR_ALL, COUNTED, Bus, Instance, Person, Then


def check_persons(instance: Instance) -> None:
    """What is wrong with one of the persons. Raises ``BadFile`` with that person's place."""
    _check_fit(instance)
    _check_flows(instance)
    _check_held(instance)
    _check_groups(instance)


def check(instance: Instance, at: Mapping[str, Place]) -> None:
    """What is wrong beside. Raises ``BadFile``; ``at`` has the places of the instance's parts."""
    if instance.minutes and Then.TRAVEL not in instance.then:
        raise BadFile(at["held"], "roads are given, but “then” does not ask for little travel.")
    _check_seats(instance, at)
    _check_numbers(instance, at)


def _check_fit(instance: Instance) -> None:
    for person in instance.persons:
        if person.fit_from > len(instance.stages):
            last = len(instance.stages)
            raise BadFile(
                person.place,
                f"“{person.id}” is fit from stage {person.fit_from}, and the last is {last}. Write no instead.",
            )


def _check_flows(instance: Instance) -> None:
    """That what an agreed list says of somebody and what the terms say of a category is one thing."""
    named = instance.terms.all_for_all
    for person in instance.persons:
        category = person.flow.removeprefix(ALL_FOR_ALL)
        if category != person.flow and category not in named:
            raise BadFile(
                person.place,
                f"“{person.id}” goes all for all as “{category}”, and “all_for_all” of the terms does not name that.",
            )
        free = next((name for name in person.categories if name in named), None)
        if person.flow == COUNTED and free is not None:
            raise BadFile(
                person.place, f"“{person.id}” is counted on the list, and by the terms all who are “{free}” are not."
            )


def _check_held(instance: Instance) -> None:
    for person in instance.persons:
        if person.held and instance.minutes and person.held not in instance.minutes:
            names = list(instance.minutes)
            raise BadFile(person.place, f"no roads are given from “{person.held}”. {meant(person.held, names)}")


def _check_groups(instance: Instance) -> None:
    groups: defaultdict[str, list[Person]] = defaultdict(list)
    for person in instance.persons:
        if person.group:
            groups[person.group].append(person)
    for name, members in groups.items():
        first = members[0]
        for person in members[1:]:
            if person.side != first.side:
                raise BadFile(
                    person.place,
                    f"the group “{name}” has members of both sides (“{first.id}” in line {first.place.line}); "
                    "those who travel together return to one side.",
                )
        _check_bus(instance, name, members)


def _check_bus(instance: Instance, name: str, members: list[Person]) -> None:
    lying = sum(person.stretcher for person in members)
    sitting, buses = len(members) - lying, _buses(instance, members[0].side)
    if not any(bus.seats >= sitting and bus.stretchers >= lying for bus in buses):
        need = f"{sitting} {'seat' if sitting == 1 else 'seats'} and {lying} on stretchers"
        raise BadFile(
            members[0].place, f"the group “{name}” needs {need} in one bus, and no bus of “{members[0].side}” has that."
        )


def _buses(instance: Instance, side: str) -> set[Bus]:
    return {bus for (of, _, _), some in instance.buses.items() if of == side for bus in some}


def _check_seats(instance: Instance, at: Mapping[str, Place]) -> None:
    for side in instance.sides:
        if not _buses(instance, side.code):
            raise BadFile(at["convoys"], f"no bus carries anybody of “{side.code}”: there are no seats for that side.")
        if not any(person.side == side.code for person in instance.persons):
            raise BadFile(at["persons"], f"nobody of “{side.code}” is listed.")


def _check_numbers(instance: Instance, at: Mapping[str, Place]) -> None:
    numbers = instance.terms.number
    agreed = sum(stage.number or 0 for stage in instance.stages)
    for side, number in numbers.items():
        if agreed > number:
            raise BadFile(at["stages"], f"the stages' numbers come to {agreed}, and {number} of “{side}” were agreed.")
