"""Plans in rooms: made from the list that stands, proposed with their files encrypted, and read again.

A plan is made in this process and kept nowhere until it is proposed. The same list and the same wishes give the same
plan, so a page may make it twice: once to be looked at, once to be proposed.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from goodoffices.prisoners.agreeing import instances
from goodoffices.prisoners.agreeing.agreed import AGREED, Drawn
from goodoffices.prisoners.agreeing.instances import Files, Wanted
from goodoffices.prisoners.agreeing.plans import PLANS, PlanProposed
from goodoffices.prisoners.planning import making, tables
from goodoffices.prisoners.planning.instance import Instance
from goodoffices.prisoners.planning.plan import Plan, Problem, Seat, Since
from goodoffices.record.matter import Room
from goodoffices.record.seats import SEATS
from goodoffices.secretariat import agreeing
from goodoffices.secretariat.acts import NotFound, Request, Step
from goodoffices.secretariat.desk import Desk, Receipt, RoomView
from goodoffices.secretariat.lists import repeated, write
from goodoffices.secretariat.locked import lock, place, unlock

SECONDS = 20.0
"""How long a page lets a plan be searched for; larger exchanges are planned on the command line."""


@dataclass(frozen=True)
class Read:
    """A plan as it was proposed: its files, and what is in them."""

    files: Files
    table: str
    instance: Instance
    plan: Plan


@dataclass(frozen=True)
class Happened:
    """What became of the plan before: stages up to ``done`` are over, ``missed`` did not take place.

    ``back``: numbers that were to go in a stage that is over and did not, and are to go later.
    """

    done: int = 0
    missed: frozenset[int] = frozenset()
    back: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Made:
    """A plan not yet proposed. ``over``: the stages in which nothing is to be done any more."""

    files: Files
    problem: Problem
    plan: Plan
    over: tuple[int, ...]

    @property
    def instance(self) -> Instance:
        return self.problem.instance

    @property
    def table(self) -> str:
        return tables.written(self.instance, self.plan)

    @property
    def digest(self) -> str:
        """SHA-256 (64 hex) of the plan as a table."""
        return hashlib.sha256(self.table.encode()).hexdigest()


def agreed(room: Room) -> Drawn | None:
    """The list that stands in this room, if one does."""
    return room[AGREED].stands(room[SEATS].parties)


def standing(room: Room) -> PlanProposed | None:
    """The plan that both sides have accepted last."""
    return room[PLANS].stands(room[SEATS].parties)


def made(view: RoomView, wanted: Wanted, happened: Happened = Happened(), seconds: float = SECONDS) -> Made:
    """The best plan of the list that stands, as close as can be to the plan both sides accepted, where there is one.

    Raises ``NotFound`` without such a list, ``BadFile`` for what is not as it must be, ``making.NoPlan``,
    ``program.OutOfTime``.
    """
    drawn = agreed(view.state)
    if drawn is None:
        raise NotFound
    files = instances.written(wanted, agreeing.drawn(view, drawn.ref))
    instance = instances.read(files)
    problem = Problem(instance, _since(view, instance, happened))
    plan = making.plan(problem, seconds)
    over = tuple(n for n in instance.numbers() if problem.since.over(n))
    return Made(files, problem, plan, over)


def _since(view: RoomView, instance: Instance, happened: Happened) -> Since:
    earlier = standing(view.state)
    if earlier is None:
        return Since()
    known = {person.id for person in instance.persons} - happened.back
    last = len(instance.stages)
    seats = read(view, earlier.ref).plan.seats
    kept = {id: seat for id, seat in seats.items() if id in known and seat.stage <= last}
    return Since(kept, happened.done, happened.missed)


def propose(desk: Desk, room: str, act: str, plan: Made) -> list[Receipt]:
    """Propose this plan in the room. The same act again gives the first receipts. Raises as ``Desk.act`` does."""
    done = repeated(desk, act)
    if done is not None:
        return done
    view = desk.room(room)
    drawn = agreed(view.state)
    locked = lock(place(view, act), "plan", _packed([plan.files.instance, plan.files.persons, plan.table]))
    newest = view.state[PLANS].newest
    raw = {
        "list": drawn.ref if drawn else "",
        "replaces": newest.ref if newest else None,
        "over": list(plan.over),
        "points": [{"code": p.code, "name": p.name} for p in plan.instance.points],
        "stages": rows(plan.instance, plan.plan.seats),
        "key": locked.key,
        "parts": list(locked.parts),
        "digest": plan.digest,
    }
    return write(desk, Request(act, (Step(room, "propose-plan", raw),)), [locked])


def rows(instance: Instance, seats: Mapping[str, Seat]) -> list[dict[str, Any]]:
    """A plan as its command takes it: a row for each stage at each point where somebody is handed over."""
    by_cell: dict[tuple[int, str], list[str]] = {}
    for id, seat in seats.items():
        by_cell.setdefault(seat.cell, []).append(id)
    for number in instance.numbers():  # a stage in which nobody goes is a stage of the plan all the same
        if not any(stage == number for stage, _ in by_cell):
            by_cell[number, instance.points[0].code] = []
    return [
        {"stage": stage, "day": instance.stages[stage - 1].day.isoformat(), "point": point, "persons": persons}
        for (stage, point), persons in sorted(by_cell.items())
    ]


def read(view: RoomView, ref: str) -> Read:
    """The plan that entry ``ref`` proposed. Raises ``NotFound``, ``locked.Gone``, ``cabinet.KeyMissing``."""
    found = view.state[PLANS].all.get(ref)
    if found is None:
        raise NotFound
    instance, persons, table = _unpacked(b"".join(unlock(view, found.key, found.parts)))
    files = Files(instance, persons)
    understood = instances.read(files)
    return Read(files, table, understood, Plan(tables.read(table, understood)))


FILES = ("instance.yaml", "persons.csv", "plan.csv")


def _packed(texts: Iterable[str]) -> bytes:
    """Compressed JSON: file name -> text."""
    return zlib.compress(json.dumps(dict(zip(FILES, texts, strict=True)), ensure_ascii=False).encode(), 6)


def _unpacked(content: bytes) -> list[str]:
    texts: dict[str, str] = json.loads(zlib.decompress(content))
    return [texts[name] for name in FILES]


def not_going(instance: Instance, seats: Iterable[str]) -> list[str]:
    """Who is on the list and goes in no stage, in the order of the list."""
    taken = set(seats)
    return [person.id for person in instance.persons if person.id not in taken]
