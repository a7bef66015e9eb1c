"""The table of an exchange room: its two sides, its intermediary, and the persons named there."""

from __future__ import annotations

from goodoffices.prisoners.agreeing.agreed import AGREED
from goodoffices.prisoners.intermediaries import intermediary
from goodoffices.prisoners.named import NAMED, Person
from goodoffices.record.matter import Room
from goodoffices.record.seats import SEATS
from goodoffices.talks.scene import Refusal, Scene


def sides(room: Room) -> tuple[str, str] | None:
    """The two sides (ids) in order of admission; None where the room has not exactly two."""
    parties = room[SEATS].parties
    return (parties[0], parties[1]) if len(parties) == 2 else None


def both(scene: Scene) -> tuple[str, str]:
    """The same, once they have an intermediary. Raises ``Refusal``."""
    found = sides(scene.room)
    if found is None:
        raise Refusal("An exchange is between two sides; here exactly two parties have to sit.")
    if intermediary(scene.room) is None:
        raise Refusal("First both sides accept an intermediary in this room; before that nobody agrees on who goes.")
    return found


def is_open(room: Room) -> bool:
    """Whether an exchange can be agreed on here: two sides, an intermediary both accept, and persons named."""
    return sides(room) is not None and intermediary(room) is not None and bool(room[NAMED].persons)


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
    """Whether the author acts for the intermediary whom both sides accept now: itself, and not minuted."""
    accepted = intermediary(scene.room)
    return scene.who.on_behalf is None and accepted is not None and scene.acting == accepted.delegation


def may_propose(scene: Scene) -> bool:
    """Whether the author may draw lists and propose plans: a side, the host, or the intermediary."""
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
