"""Erasing one person from the roster of those named in an exchange room.

One act: what is left of the roster is encrypted anew under another key, the old ciphertext goes, and once that is
committed the old key is destroyed. The row's citation stays in the roster, so that its digest still holds. Number,
holder and categories stay on the record. Lists, plans and what was seen at a handover hold numbers and no name, so
nothing is to be done there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goodoffices.prisoners.agreeing import table
from goodoffices.prisoners.filed import KEY
from goodoffices.prisoners.intermediaries import intermediary
from goodoffices.prisoners.named import NAMED, NUMBER, Naming, Person
from goodoffices.prisoners.taking_out import PERSON
from goodoffices.record.entries import Fact
from goodoffices.record.matter import Room
from goodoffices.talks import fields
from goodoffices.talks.corrections import REASONS
from goodoffices.talks.fields import Asked, BlobCited
from goodoffices.talks.scene import Refusal, Rule, Scene


@dataclass(frozen=True, kw_only=True)
class EraseNamedPerson(Asked):
    """Erase what is said of one person here. The number stays. Other rooms and copies are not reached."""

    number: str = fields.plain("Manifest number", NUMBER)
    person: str = fields.plain("Row", PERSON)
    held: str = fields.ref("The entry that holds the roster", "persons-named", "named-person-erased")
    reason: str = fields.choice("Reason", REASONS)
    key: str = fields.plain("Key of the roster", KEY)
    parts: tuple[BlobCited, ...] = fields.blob("What is left, encrypted", many=True)


def erase_named_person(scene: Scene, c: EraseNamedPerson) -> list[Fact]:
    person = table.named(scene, c.number)
    naming = scene.room[NAMED].namings[person.ref]
    check(scene.room, scene.acting, person)
    if naming.current != c.held:
        # What is left was made from a roster that still had somebody who is erased by now.
        raise Refusal("Somebody else was erased from the same roster just now. Please do it once more.")
    body = {"naming": naming.ref, "number": c.number, "person": c.person, "reason": c.reason, "key": c.key}
    gone = {"entry": naming.current, "particulars": list(naming.parts), "reason": c.reason}
    return [
        Fact("named-person-erased", body | {"parts": [part.body() for part in c.parts]}),
        Fact("particulars-erased", gone),
    ]


def check(room: Room, acting: str, person: Person) -> None:
    """Raises ``Refusal`` unless the delegation ``acting`` may erase this person, of whom something is left."""
    named = room[NAMED]
    if not _may(room, acting, named.namings[person.ref]):
        raise Refusal("A person is erased here by the delegation that named them, or by the intermediary.")
    if named.is_erased(person):
        raise Refusal(f"{person.number} was erased already.")


def _may(room: Room, acting: str, naming: Naming) -> bool:
    """Whether it named them, or is the intermediary that both sides accept now."""
    accepted = intermediary(room)
    return acting == naming.by or (accepted is not None and acting == accepted.delegation)


def _to_those_who_may(scene: Scene) -> Iterable[Mapping[str, str]]:
    """Offered once, from the page of the persons, which makes what is left of the roster."""
    namings = scene.room[NAMED].namings.values()
    if any(not naming.erased and _may(scene.room, scene.acting, naming) for naming in namings):
        yield {}


RULES = (Rule(EraseNamedPerson, "Erase a person named here", erase_named_person, _to_those_who_may, minutable=False),)
