"""Drawing the list of who goes, and confirming it: binding for each side, by the digest each can work out itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from goodoffices.prisoners.agreeing import lists, table
from goodoffices.prisoners.agreeing.agreed import AGREED, Drawn, numbers
from goodoffices.prisoners.agreeing.lists import Going
from goodoffices.prisoners.lists.categories import CATEGORIES
from goodoffices.prisoners.named import NAMED, NUMBER
from goodoffices.prisoners.planning.instance import ALL_FOR_ALL, COUNTED, UNCOUNTED
from goodoffices.record.entries import Fact
from goodoffices.record.matter import Room
from goodoffices.record.seats import SEATS
from goodoffices.talks import fields
from goodoffices.talks.fields import Command
from goodoffices.talks.scene import Awaited, Refusal, Rule, Scene

MOST = 6_000
"""Persons on one list: an entry has a size it may not pass. Who exchanges more draws several lists in rooms of their
own."""
DIGEST = "[0-9a-f]{64}"
_SAID = {"young": "aged 18-25"}
_LIVING = tuple(category for category in CATEGORIES if category != "deceased")


@dataclass(frozen=True, kw_only=True)
class OfCategory:
    """Everybody in one category, of both sides."""

    category: str = fields.choice("Category", _LIVING)
    persons: tuple[str, ...] = fields.plain("Persons", NUMBER, many=True)


@dataclass(frozen=True, kw_only=True)
class DrawList(Command):
    """Draw the list of who goes. It counts once both sides have confirmed it."""

    counted: tuple[str, ...] = fields.plain("Counted, one for one", NUMBER, required=False, many=True)
    all_for_all: tuple[OfCategory, ...] = fields.rows("All for all", OfCategory, required=False)
    uncounted: tuple[str, ...] = fields.plain("Free of any count", NUMBER, required=False, many=True)
    imbalance: int | None = fields.number(
        "Agreed difference", "By how many the sides' numbers may differ; leave it empty for none.", required=False
    )


@dataclass(frozen=True, kw_only=True)
class ConfirmAgreedList(Command):
    """Confirm the list for your side, by its digest. This is binding."""

    list: str = fields.ref("List", "list-drawn")
    digest: str = fields.plain("Digest", DIGEST)


def draw_list(scene: Scene, c: DrawList) -> list[Fact]:
    pair = table.both(scene)
    scene.refuse_unless(table.may_propose(scene), "A list is drawn by a side, the host or the intermediary.")
    flows = _flows(c)
    every = list(numbers(flows))
    _check_each(scene, every)
    _check_whole(scene, flows)
    persons = going(scene.room, flows)
    _check_list(scene, persons, c.imbalance or 0)
    counts = dict.fromkeys(pair, 0)
    for number in c.counted:
        counts[scene.room[NAMED].persons[number].held_by] += 1
    newest = scene.room[AGREED].newest
    body = {
        "flows": flows,
        "imbalance": c.imbalance or 0,
        "counts": counts,
        "digest": lists.digest(lists.written(persons)),
        "replaces": newest.ref if newest else None,
    }
    return [Fact("list-drawn", body | c.as_told())]


def _flows(c: DrawList) -> dict[str, Any]:
    categories = [row.category for row in c.all_for_all]
    if len(set(categories)) < len(categories):
        raise Refusal("A category stands twice among those that go all for all.")
    all_for_all = {row.category: list(row.persons) for row in c.all_for_all}
    return {"counted": list(c.counted), "all_for_all": all_for_all, "uncounted": list(c.uncounted)}


def _check_each(scene: Scene, every: list[str]) -> None:
    if len(every) > MOST:
        raise Refusal(f"A list holds at most {MOST:,} persons, and this one has {len(every):,}.")
    seen: set[str] = set()
    for number in every:
        table.check_going(scene, number)
        if number in seen:
            raise Refusal(f"{number} stands twice on this list. A person goes once, in one of the three flows.")
        seen.add(number)


def _check_whole(scene: Scene, flows: Mapping[str, Any]) -> None:
    """All of a category means all who may go: in that flow, or in another that is free of the count."""
    agreed = scene.room[AGREED]
    free = set(numbers({**flows, "counted": []}))
    for category in flows["all_for_all"]:
        every = (p for p in scene.room[NAMED].persons.values() if category in p.categories)
        may_go = (p for p in every if not agreed.stays(p.number) and "deceased" not in p.categories)
        missing = sorted(p.number for p in may_go if p.number not in free)
        if missing:
            more = f" and {len(missing) - 1:,} more" if len(missing) > 1 else ""
            raise Refusal(f"All for all in “{said(category)}” leaves out {missing[0]}{more}. All of them go, or none.")


def _check_list(scene: Scene, persons: tuple[Going, ...], imbalance: int) -> None:
    named = {code: f"“{code}”" for code in table.codes(scene.room).values()}
    for fault in lists.faults(persons, named, imbalance):
        raise Refusal(fault)


def said(category: str) -> str:
    """A category of lists in the words of plans and agreed lists."""
    return _SAID.get(category, category.replace("-", " "))


def going(room: Room, flows: Mapping[str, Any]) -> tuple[Going, ...]:
    """The list as its table has it, from an entry's flows: what both sides digest."""
    return tuple(_rows(room, flows))


def _rows(room: Room, flows: Mapping[str, Any]) -> Iterator[Going]:
    persons, code, pair = room[NAMED].persons, table.codes(room), table.sides(room) or ("", "")
    each = [(COUNTED, flows["counted"])]
    each += [
        (ALL_FOR_ALL + said(category), flows["all_for_all"][category]) for category in sorted(flows["all_for_all"])
    ]
    for flow, those in (*each, (UNCOUNTED, flows["uncounted"])):
        for number in those:
            person = persons[number]
            categories = tuple(said(one) for one in sorted(person.categories))
            yield Going(number, code.get(table.returns_to(pair, person.held_by), ""), flow, categories)


def confirm_agreed_list(scene: Scene, c: ConfirmAgreedList) -> list[Fact]:
    scene.refuse_unless(scene.is_party, "The list is confirmed by the two sides.")
    table.both(scene)
    drawn = _confirmable(scene)
    if drawn is None or drawn.ref != c.list:
        raise Refusal(_why_not(scene, c.list))
    if c.digest != drawn.digest:
        raise Refusal("That is not the digest of this list: you would confirm another list than the one drawn here.")
    return [Fact("agreed-list-confirmed", {"list": c.list, "digest": c.digest} | c.as_told())]


def _confirmable(scene: Scene) -> Drawn | None:
    """The newest list, while it waits for this side's confirmation."""
    drawn = scene.room[AGREED].newest
    waits = drawn is not None and not drawn.upset and scene.acting not in drawn.confirmed
    return drawn if waits else None


def _why_not(scene: Scene, ref: str) -> str:
    drawn = scene.room[AGREED].newest
    if drawn is None or drawn.ref != ref:
        return "A newer list was drawn. Look at that one."
    if drawn.upset:
        return "Somebody on this list was refused, replaced or does not wish to go. A new list has to be drawn first."
    return "Your side has confirmed this list already."


def awaiting(room: Room, delegation: str) -> Iterator[Awaited]:
    """The newest list, for a side that has not confirmed it."""
    drawn = room[AGREED].newest
    asked = delegation in room[SEATS].parties
    if asked and drawn is not None and not drawn.upset and delegation not in drawn.confirmed:
        yield Awaited("confirm-agreed-list", drawn.ref, {"list": drawn.ref, "digest": drawn.digest})


def _to_draw(scene: Scene) -> Iterable[Mapping[str, str]]:
    if table.is_open(scene.room) and table.may_propose(scene):
        yield {}


def _to_confirm(scene: Scene) -> Iterable[Mapping[str, str]]:
    drawn = _confirmable(scene) if scene.is_party and table.is_open(scene.room) else None
    if drawn is not None:
        yield {"list": drawn.ref, "digest": drawn.digest}


RULES = (
    Rule(DrawList, "Draw the list of who goes", draw_list, _to_draw, minutable=False),
    Rule(ConfirmAgreedList, "Confirm the agreed list", confirm_agreed_list, _to_confirm, binding=True),
)
