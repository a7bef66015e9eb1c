"""The agreed list for a person at the table: who is on it, what changed from list to list, and who a number is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goodoffices.prisoners import rosters
from goodoffices.prisoners.agreeing import drawing, lists
from goodoffices.prisoners.agreeing.agreed import AGREED
from goodoffices.prisoners.agreeing.lists import Changes, Going
from goodoffices.prisoners.named import NAMED
from goodoffices.secretariat.acts import NotFound
from goodoffices.secretariat.desk import RoomView
from goodoffices.secretariat.locked import Gone, KeyMissing, unlock


@dataclass(frozen=True)
class People:
    """Who the numbers of a room are: number -> what was said of the person (field -> text).

    ``erased``: the numbers of those named whose names were erased since. ``locked``: how many there are whose key is
    not on this machine.
    """

    said: Mapping[str, Mapping[str, str]]
    erased: frozenset[str] = frozenset()
    locked: int = 0

    @property
    def gone(self) -> int:
        """How many were erased."""
        return len(self.erased)


def people(view: RoomView) -> People:
    """Everybody named in this room, as far as it can be opened. Names are in memory only: keep none of it."""
    said: dict[str, Mapping[str, str]] = {}
    state, gone, locked = view.state[NAMED], set[str](), set[str]()
    for naming in state.namings.values():
        try:
            content = b"".join(unlock(view, naming.key, naming.parts))
        except Gone:
            gone.add(naming.ref)
        except KeyMissing:
            locked.add(naming.ref)
        else:
            said |= {row.number: row.said for row in rosters.decode(content).rows}
    everybody = state.persons.values()
    erased = frozenset(p.number for p in everybody if p.erased or p.ref in gone)
    return People(said, erased, sum(p.ref in locked and not p.erased for p in everybody))


def name_of(said: Mapping[str, str] | None) -> str:
    """What somebody is called, as it was written; nothing where it is not known."""
    if said is None:
        return ""
    parts = [said[key] for key in ("surname", "given", "patronymic") if key in said]
    return said.get("name") or " ".join(parts)


def namesakes(people: People) -> list[tuple[str, ...]]:
    """Numbers that bear one name and one date of birth: perhaps one person named twice, or listed by both sides.

    A hint for people, by the very words of the lists; whether they are one person the program does not say.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for number, said in people.said.items():
        name, born = " ".join(name_of(said).casefold().split()), said.get("born", "").strip()
        if name and born:
            found.setdefault((name, born), []).append(number)
    return [tuple(numbers) for numbers in found.values() if len(numbers) > 1]


def drawn(view: RoomView, ref: str) -> tuple[Going, ...]:
    """The list that entry ``ref`` drew. Raises ``NotFound``."""
    if ref not in view.state[AGREED].lists:
        raise NotFound
    return drawing.going(view.state, view.find(ref).body["flows"])


def table(persons: Iterable[Going]) -> str:
    """The list as the file both sides digest."""
    return lists.written(persons)


def before(view: RoomView, ref: str) -> Changes | None:
    """What the list ``ref`` changed of the one before it; None for the first."""
    earlier = view.find(ref).body["replaces"]
    return None if earlier is None else lists.changes(drawn(view, earlier), drawn(view, ref))
