"""What happens elsewhere: acts in rooms the viewer may not enter, drawn or the same every time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from hypothesis import strategies as st

from goodoffices.secretariat.acts import Request, Step, Tape
from goodoffices.secretariat.desk import Offer, RoomView
from goodoffices.talks.fields import Field, described
from goodoffices.talks.scene import Refusal
from tests.strategies import Known, candidates, raw
from tests.walls.people import Viewer
from tests.walls.worlds import (
    SET_UP,
    Between,
    Script,
    Seen,
    World,
    act_id,
    build,
    elsewhere,
    hidden_from,
    hidden_rooms,
    in_the_way,
    people_in,
    repeat,
)

# Drawn seldom, or little would happen after them.
FINAL = frozenset({"close-room", "remove-delegation", "withdraw-delegate"})


def drawn(data: st.DataObject, viewer: Viewer, most: int = 3) -> Between:
    """Between two acts of the script, up to ``most`` acts of anybody's in hidden rooms, of any kind offered."""

    def between(world: World, number: int) -> None:
        for _ in range(data.draw(st.integers(0, most), label=f"acts elsewhere after {number}")):
            found = hidden_rooms(world, viewer)
            view = data.draw(st.sampled_from(found))
            seated = sorted(people_in(view))
            if seated:
                who = data.draw(st.sampled_from(seated))
                _draw_one(data, world, viewer, who, world.desk(who).room(view.id))

    return between


def _draw_one(data: st.DataObject, world: World, viewer: Viewer, who: str, view: RoomView) -> None:
    offers = _behalves(data, view)
    behalf, offer = data.draw(st.sampled_from(offers)) if offers else (None, None)
    if offer is not None:
        fields = data.draw(raw(offer.rule.command, offer.fields, Known(view)))
        elsewhere(world, viewer, who, Step(view.id, offer.rule.name, apart(offer.rule.command, fields), behalf))


def _behalves(data: st.DataObject, view: RoomView) -> list[tuple[str | None, Offer]]:
    seat, seats = view.seat(), view.seats
    behalf = None
    if seat is not None and seat.delegation == seats.host:
        present = [d.id for d in seats.delegations.values() if d.until is None and d.id != seats.host]
        behalf = data.draw(st.sampled_from([None, None, *present]))
    seldom = data.draw(st.integers(0, 9)) == 0
    return [(behalf, o) for o in view.offers(behalf) if seldom or o.rule.name not in FINAL]


def seen(data: st.DataObject, script: Script, most: int = 2) -> Between:
    """Between two acts of the script, up to ``most`` acts that the viewer sees; they become part of the script."""

    def between(world: World, number: int) -> None:
        for _ in range(data.draw(st.integers(0, most), label=f"acts seen after {number}")):
            act = _draw_seen(data, world, script.viewer)
            if act is not None:
                done = script.drawn.setdefault(number, [])
                done.append(act)
                repeat(world, act, f"{number}/{len(done) - 1}")

    return between


def _draw_seen(data: st.DataObject, world: World, viewer: Viewer) -> Seen | None:
    view = data.draw(st.sampled_from([v for v in world.everything() if not hidden_from(viewer, v)]))
    seated = sorted(people_in(view))
    who = data.draw(st.sampled_from(seated)) if seated else None
    offers = _behalves(data, world.desk(who).room(view.id)) if who else []
    if who is None or not offers:
        return None
    behalf, offer = data.draw(st.sampled_from(offers))
    step = Step(
        view.id,
        offer.rule.name,
        data.draw(raw(offer.rule.command, offer.fields, Known(world.desk(who).room(view.id)))),
        behalf,
    )
    fits = offer.rule.name not in FINAL and not in_the_way(world, step) and _wholly_seen(world, viewer, who, step)
    return Seen(who, step) if fits else None


def _wholly_seen(world: World, viewer: Viewer, who: str, step: Step) -> bool:
    """Whether all that the act writes reaches the viewer: only then is it the same act in both worlds.

    What somebody with a key would have to sign is left out: nobody signs here.
    """
    hidden = {view.id for view in hidden_rooms(world, viewer)}
    try:
        decided = world.desk(who)._decide(Request(act_id("tried"), (step,)), Tape(), {}, {})
    except Refusal:
        return False
    reaches = not any(a.room in hidden or viewer.person in dict(a.seats) for a in decided.batch.additions)
    return reaches and not decided.unsigned


def apart(command: type, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The same fields with short names that nobody uses where the viewer looks: somebody who sits in both kinds of
    room cannot give two rooms one name, and would tell so by what they do."""
    return {name: _apart(f, fields[name]) for name, f in described(command).items() if name in fields}


def _apart(field: Field, value: Any) -> Any:
    if field.row is not None:
        return [apart(field.row, row) for row in value]
    if field.type == "code":
        return [f"h-{one}" for one in value] if field.many else f"h-{value}"
    return value


@cache
def much(viewer: Viewer) -> tuple[World, World]:
    """The world in which nothing happens elsewhere, and one in which much does. Act in copies only."""
    return build(Script(viewer)), build(Script(viewer), partial(always, viewer))


def always(viewer: Viewer, world: World, number: int) -> None:
    """The same every time, and much: in every hidden room its people talk, and one by one do all they are offered."""
    for view in hidden_rooms(world, viewer):
        for who in sorted(people_in(view))[:2]:
            words = f"Something hidden {number} that concerns the Palace of first lists."
            elsewhere(world, viewer, who, Step(view.id, "note-event", {"what": "call", "words": words}))
            if number == SET_UP + 2:
                _dated(world, viewer, view, who)
        if number == SET_UP + 3:
            _everything(world, viewer, view)


def _dated(world: World, viewer: Viewer, view: RoomView, who: str) -> None:
    """What would stand in calendars and be reminded of: a meeting on a day, and something that falls due."""
    elsewhere(world, viewer, who, Step(view.id, "call-meeting", {"code": "h-dated", "day": "2030-02-20"}))
    owed = {"code": "h-owed", "by_name": "Somebody", "what": "Lists.", "degree": "promised", "terms": "by 2030-01-16"}
    elsewhere(world, viewer, who, Step(view.id, "make-commitment", owed))


def _everything(world: World, viewer: Viewer, view: RoomView) -> None:
    """Each command once that two of the people there are offered."""
    for who in sorted(people_in(view))[:2]:
        offers = {offer.rule.name: offer for offer in world.desk(who).room(view.id).offers()}
        for offer in (offer for name, offer in offers.items() if name not in FINAL):
            known = Known(world.desk(who).room(view.id))
            for fields in candidates(offer.rule.command, offer.fields, known, 1):
                done = apart(offer.rule.command, fields)
                if elsewhere(world, viewer, who, Step(view.id, offer.rule.name, done)):
                    break
