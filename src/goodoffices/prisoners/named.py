"""Persons named into the exchange room: the people of whom both sides may now speak there, each by a manifest number.

The numbers say nothing: they are drawn, and follow the order of no list. What a person is called stands in a roster
encrypted under a key of its own, which the entry cites; the entry itself holds number, holder and categories, so that
an agreed list, a plan and the handover fold without a name. A side may name anybody it holds. The intermediary names
whom its own people found to be held and claimed, from the room where lists were matched, with the leave of both who
filed (``prisoners.releasing``).

A number is never used twice in a room, also when its person is no longer spoken of. Where somebody was erased
(``prisoners.named_erasing``), what is left of the roster lies in the entry that says so, under another key; number,
holder and categories stay, so that lists and plans still add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from goodoffices.prisoners.lists.categories import CATEGORIES
from goodoffices.record.entries import Entry, Fact
from goodoffices.record.matter import Matter
from goodoffices.record.ordered import Ordered
from goodoffices.talks import fields
from goodoffices.talks.fields import BlobCited, Command
from goodoffices.talks.scene import Refusal, Rule, Scene

MOST: Final = 300
"""Persons that one entry names; an entry has a size it may not pass, and a large exchange takes several."""
LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Of manifest numbers: none is easily taken for another when read out, printed small or written by hand."""
LENGTH: Final = 6
NUMBER: Final = f"[{LETTERS}]{{{LENGTH}}}"


@dataclass(frozen=True)
class Person:
    """Somebody named: manifest number, the delegation (id) that holds them, categories, and the entry (ref).

    ``erased``: what was said of them was taken from the roster.
    """

    number: str
    held_by: str
    categories: tuple[str, ...]
    ref: str
    erased: bool = False


@dataclass(frozen=True)
class Naming:
    """An entry that named people: by which delegation, and where their roster is.

    ``key``: the id of the roster's key. ``parts``: citations of its ciphertext, in order. ``digest``: of the roster.
    ``current``: the entry (ref) that holds it now. ``erased``: whether the whole of it was taken away.
    """

    ref: str
    by: str
    key: str
    parts: tuple[str, ...]
    digest: str
    count: int
    current: str
    erased: bool = False


@dataclass(frozen=True)
class Named:
    """Of an exchange room: people by manifest number, and the entries that named them by ref; both in their order.

    ``holding``: by ref of an entry that holds a roster's parts, the ref of the naming.
    """

    persons: Ordered[Person] = field(default_factory=Ordered)
    namings: Ordered[Naming] = field(default_factory=Ordered)
    holding: Ordered[str] = field(default_factory=Ordered)

    def held_by(self, delegation: str) -> tuple[Person, ...]:
        """Those a delegation holds, in the order in which they were named."""
        return tuple(p for p in self.persons.values() if p.held_by == delegation)

    def is_erased(self, person: Person) -> bool:
        """Whether what was said of somebody is gone: they were erased, or the roster they stood in."""
        return person.erased or self.namings[person.ref].erased


@dataclass(frozen=True, kw_only=True)
class OnePerson:
    """One person to be named; what they are called stands in the roster."""

    number: str = fields.plain("Manifest number", NUMBER)
    held_by: str = fields.delegation("Held by")
    categories: tuple[str, ...] = fields.choice("Categories", CATEGORIES, required=False, many=True)


@dataclass(frozen=True, kw_only=True)
class NamePersons(Command):
    """Name people whom one's own side holds, so that an exchange can speak of them."""

    persons: tuple[OnePerson, ...] = fields.rows("Persons", OnePerson)
    key: str = fields.plain("Key of the roster", "[0-9a-f]{32}")
    parts: tuple[BlobCited, ...] = fields.blob("Encrypted roster", many=True)
    digest: str = fields.plain("Digest of the roster", "[0-9a-f]{64}")


def name_persons(scene: Scene, c: NamePersons) -> list[Fact]:
    scene.refuse_unless(scene.is_party, "A side names here whom it holds itself.")
    if any(p.held_by != scene.acting for p in c.persons):
        raise Refusal("A side names only those it holds itself; whom the other side holds is for that side to name.")
    check(scene.room[NAMED], c.persons)
    return [fact(c.persons, c.key, c.parts, c.digest, told=c.as_told())]


def check(state: Named, persons: Sequence[OnePerson]) -> None:
    """Raises ``Refusal`` unless these people can be named in one entry of a room in this state."""
    if not persons:
        raise Refusal("Nobody is named.")
    if len(persons) > MOST:
        raise Refusal(f"One entry names at most {MOST} people; these are {len(persons)}. Name them in several.")
    numbers = [p.number for p in persons]
    if len(set(numbers)) < len(numbers) or any(number in state.persons for number in numbers):
        raise Refusal("Two people would have one manifest number. Draw the numbers anew.")


def fact(
    persons: Iterable[OnePerson],
    key: str,
    parts: Sequence[BlobCited],
    digest: str,
    room: str | None = None,
    told: Mapping[str, Any] | None = None,
) -> Fact:
    """The entry that names them, by number, in ``room`` (None: where the act is done)."""
    ordered = sorted(persons, key=lambda p: p.number)
    named = [{"number": p.number, "held_by": p.held_by, "categories": sorted(set(p.categories))} for p in ordered]
    body = {"persons": named, "key": key, "parts": [part.body() for part in parts], "digest": digest}
    return Fact("persons-named", body | dict(told or {}), room)


def number(random: bytes) -> str:
    """A manifest number from 16 random bytes: even over all numbers but for a part in 2 to the 98th."""
    rest, drawn = int.from_bytes(random, "big"), ""
    while len(drawn) < LENGTH:
        rest, place = divmod(rest, len(LETTERS))
        drawn += LETTERS[place]
    return drawn


def _named(state: Named, entry: Entry) -> Named:
    b, persons = entry.body, state.persons
    for p in b["persons"]:
        person = Person(p["number"], p["held_by"], tuple(p["categories"]), entry.ref)
        persons = persons.put(person.number, person)
    parts = tuple(part["paper"] for part in b["parts"])
    naming = Naming(entry.ref, entry.acting, b["key"], parts, b["digest"], len(b["persons"]), entry.ref)
    return Named(persons, state.namings.put(entry.ref, naming), state.holding.put(entry.ref, entry.ref))


def _erased(state: Named, entry: Entry) -> Named:
    """A roster whose ciphertext went without other in its place is gone as a whole."""
    naming = state.namings.get(state.holding.get(entry.body["entry"], ""))
    if naming is None or naming.current != entry.body["entry"]:
        return state
    if set(naming.parts).isdisjoint(entry.body["particulars"]):
        return state
    return replace(state, namings=state.namings.put(naming.ref, replace(naming, erased=True)))


def _person_erased(state: Named, entry: Entry) -> Named:
    """What is left of a roster lies in this entry now, under another key."""
    b, naming = entry.body, state.namings.get(entry.body["naming"])
    person = state.persons.get(b["number"])
    if naming is None or person is None or person.ref != naming.ref:
        return state
    parts = tuple(part["paper"] for part in b["parts"])
    left = replace(naming, key=b["key"], parts=parts, current=entry.ref)
    return Named(
        state.persons.put(person.number, replace(person, erased=True)),
        state.namings.put(naming.ref, left),
        state.holding.put(entry.ref, naming.ref),
    )


NAMED: Matter[Named] = Matter(
    name="named",
    version=2,
    initial=Named(),
    folds={"persons-named": _named, "named-person-erased": _person_erased, "particulars-erased": _erased},
)


def _nowhere(_: Scene) -> Iterable[Mapping[str, str]]:
    """It takes an encrypted roster, which its own page makes; a form cannot."""
    return ()


RULES = (Rule(NamePersons, "Name people whom your side holds", name_persons, _nowhere, minutable=False),)
