"""What somebody may be reminded of in a room: what waits for their delegation, and what it owes that falls due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from goodoffices.commitments.kept import COMMITMENTS
from goodoffices.commitments.standing import World
from goodoffices.readouts import awaited
from goodoffices.readouts.views import View

SOON = timedelta(days=2)  # before a commitment falls due


def things(view: View, now: datetime) -> Iterator[str]:
    """Each thing as a text that stays the same as long as the thing does, and is no other's; not for reading."""
    seat = view.seat()
    if seat is None:
        return
    for one in awaited.by(view.state, seat.delegation):
        yield f"{view.id} {one.rule} {one.about}"
    state = view.state[COMMITMENTS]
    world = World(state.made(), state.reports, now)
    for owed in state.all.values():
        if owed.by == seat.delegation and not owed.disowned:
            found = world.standing(owed.made.code)
            due = found.due.latest if found.due is not None else None
            if due is not None and found.status in {"binding", "due", "unknown"} and due - SOON <= now:
                yield f"{view.id} due {owed.made.ref} {due.isoformat()}"
