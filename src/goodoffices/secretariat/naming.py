"""Naming people into the room of an exchange: their rows go into a roster, locked anew for that room.

Whoever names chooses what is said of them there. A row keeps nothing of where it came from: neither its number on a
list nor a column that was not understood. Every person gets a manifest number drawn for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from goodoffices.prisoners import named, rosters
from goodoffices.prisoners.filed import LISTS
from goodoffices.prisoners.lists import categories
from goodoffices.prisoners.matched import Run
from goodoffices.prisoners.named import MOST, NAMED
from goodoffices.prisoners.rosters import UNDERSTOOD, Roster, Row
from goodoffices.secretariat import lists, locked
from goodoffices.secretariat.acts import NotFound, Request, Step
from goodoffices.secretariat.desk import Desk, Receipt, RoomView
from goodoffices.secretariat.locked import Place
from goodoffices.secretariat.reconciling import Chosen, roster
from goodoffices.talks.scene import Refusal

ALWAYS: Final = ("name", "surname", "given", "patronymic", "born")
"""What is said of everybody who is named, where the list has it."""
MAY: Final = ("father", "birthplace", "sex", "rank", "category", "health", "held_at")
"""What may be said besides, as whoever names chooses."""


@dataclass(frozen=True)
class Naming:
    """People about to be named: the roster of them, and for each what the entry says in the clear."""

    roster: Roster
    persons: tuple[dict[str, Any], ...]


def name_found(
    desk: Desk, room: str, act: str, run: Run, pairs: Sequence[tuple[str, str]], said: Iterable[str] = ()
) -> list[Receipt]:
    """Name people found to be held and claimed, as their holder's list has them, with ``said`` of ``MAY`` besides.

    ``room``: where the lists were matched. Raises as ``reconciling.match`` does.
    """
    done = lists.repeated(desk, act)
    if done is not None:
        return done
    held = 0 if run.left.holds == "we-hold" else 1
    rows = roster(desk, run, ("left", "right")[held]).by_number
    exchange = desk.room(desk.room(run.left.room).state[LISTS].exchange)
    where = locked.place(exchange, act)
    people = [rows[pair[held]] for pair in pairs if pair[held] in rows]
    _check(people, len(pairs))
    made = _named(where, exchange, people, said)
    raw = [{"left": left, "right": right} | one for (left, right), one in zip(pairs, made.persons, strict=True)]
    return _write(desk, act, Step(room, "name-found", {"run": run.ref, "persons": raw}), made, where)


def name_own(
    desk: Desk, room: str, act: str, chosen: Chosen, numbers: Sequence[str], said: Iterable[str] = ()
) -> list[Receipt]:
    """Name people one's own side holds, from its own list, into ``room``. Raises as ``reconciling.match`` does."""
    done = lists.repeated(desk, act)
    if done is not None:
        return done
    source, exchange = desk.room(chosen.room), desk.room(room)
    version = source.state[LISTS].versions.get(chosen.list)
    seat = exchange.seat()
    if version is None or seat is None or version.by != seat.delegation:
        raise NotFound
    if version.holds != "we-hold":
        raise Refusal("A side names those it holds itself, from a list of those.")
    rows = lists.read(source, chosen.list).by_number
    people = [rows[number] for number in dict.fromkeys(numbers) if number in rows]
    _check(people, len(set(numbers)))
    where = locked.place(exchange, act)
    made = _named(where, exchange, people, said)
    raw = [{"held_by": version.by} | one for one in made.persons]
    return _write(desk, act, Step(room, "name-persons", {"persons": raw}), made, where)


def roster_of(view: RoomView, ref: str) -> Roster:
    """The roster of the entry ``ref`` that named people in this room; its rows bear manifest numbers.

    Raises ``NotFound``, ``locked.Gone``, ``cabinet.KeyMissing``.
    """
    naming = view.state[NAMED].namings.get(ref)
    if naming is None:
        raise NotFound
    if naming.erased:
        raise locked.Gone
    return rosters.decode(b"".join(locked.unlock(view, naming.key, naming.parts)))


def _check(people: Sequence[Row], wanted: int) -> None:
    if len(people) < wanted:
        raise Refusal("One of these people is no longer on the list.")
    if not people:
        raise Refusal("Nobody is chosen.")
    if len(people) > MOST:
        raise Refusal(f"One entry names at most {MOST} people; these are {len(people)}. Name them in several.")


def _named(where: Place, exchange: RoomView, people: Sequence[Row], said: Iterable[str]) -> Naming:
    keys = {*ALWAYS, *(key for key in said if key in MAY)}
    taken = set(exchange.state[NAMED].persons)
    rows, persons = [], []
    for place, row in enumerate(people):
        number = _drawn(where, place, taken)
        kept = {key: text for key, text in row.said.items() if key.removeprefix(UNDERSTOOD) in keys}
        rows.append(Row(number, where.drawn(f"named/{place}/salt"), kept))
        persons.append({"number": number, "categories": _categories(row.said)})
    rows.sort(key=lambda row: row.number)  # the order of a list tells something, too
    return Naming(Roster(tuple(rows)), tuple(persons))


def _drawn(where: Place, place: int, taken: set[str]) -> str:
    """A manifest number that nobody has in that room."""
    for attempt in range(100):
        number = named.number(where.drawn(f"named/{place}/{attempt}"))
        if number not in taken:
            taken.add(number)
            return number
    raise Refusal("No manifest number was found that is free. Please try again.")


def _categories(said: Mapping[str, str]) -> list[str]:
    return sorted(categories.read(said.get("category", "") + ", " + said.get("health", "")))


def _write(desk: Desk, act: str, step: Step, made: Naming, where: Place) -> list[Receipt]:
    content = rosters.encode(made.roster)
    ciphertext = locked.lock(where, "named", content)
    raw = dict(step.raw) | {
        "key": ciphertext.key,
        "parts": list(ciphertext.parts),
        "digest": made.roster.digest,
    }
    return lists.write(desk, Request(act, (Step(step.room, step.command, raw),)), [ciphertext])
