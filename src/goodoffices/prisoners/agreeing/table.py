"""The table of an exchange room: its two sides, its intermediary, and the persons named there."""

from __future__ import annotations

from goodoffices.prisoners.agreeing.agreed import AGREED
from goodoffices.prisoners.named import NAMED, Person
from goodoffices.record.matter import Room
from goodoffices.record.seats import SEATS
from goodoffices.talks.scene import Refusal, Scene

WHERE = "format"


def sides(room: Room) -> tuple[str, str] | None:
    """The two sides (ids) in order of admission; None where the room has not exactly two."""
    parties = room[SEATS].parties
    return (parties[0], parties[1]) if len(parties) == 2 else None


def both(scene: Scene) -> tuple[str, str]:
    """The same. Raises ``Refusal``."""
    found = sides(scene.room)
    if found is None:
        raise Refusal("An exchange is between two sides; here exactly two parties have to sit.")
    return found


def returns_to(pair: tuple[str, str], held_by: str) -> str:
    """The side that somebody held by one of the two returns to."""
    return pair[1] if held_by == pair[0] else pair[0]


def codes(room: Room) -> dict[str, str]:
    """Delegation (id) -> its short name, of the two sides."""
    return {side: room[SEATS].delegations[side].code for side in sides(room) or ()}


def named(scene: Scene, number: str) -> Person:
    """The person with this manifest number. Raises ``Refusal``."""
    found = scene.room[NAMED].persons.get(number)
    if found is None:
        raise Refusal(f"Nobody with the number {number} was named in this room.")
    return found


def is_neutral(scene: Scene) -> bool:
    """Whether the author acts for the intermediary: no side, and itself rather than minuted."""
    return not scene.is_party and scene.who.on_behalf is None and bool(scene.acting)


def may_propose(scene: Scene) -> bool:
    """Whether the author may draw lists and propose plans: a side, the host, or a neutral intermediary."""
    return scene.is_party or scene.is_host or is_neutral(scene)


def check_going(scene: Scene, number: str) -> Person:
    """The person, if it may be put on a list. Raises ``Refusal``."""
    person, agreed = named(scene, number), scene.room[AGREED]
    if number in agreed.refused:
        raise Refusal(f"{number} was refused by a side. A list can hold them once that refusal is withdrawn.")
    if agreed.stays(number):
        raise Refusal(f"{number} told the intermediary of not wishing to be returned. Nobody is returned against that.")
    if "deceased" in person.categories:
        raise Refusal(f"{number} is listed as deceased. The return of the dead is agreed apart, and not on this list.")
    return person
