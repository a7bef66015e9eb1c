"""Where the commands of a sealed exchange are done, for those that have a page of their own."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from goodoffices.record.matter import Room
from goodoffices.sealing.exchanges import SEALING

OF_ROOM = {
    "name-sealing-keys": "sealing-keys",
    "prove-recovery": "recovery-test",
    "propose-key-replacement": "replace-keys",
    "propose-exchange": "propose-exchange",
}
STEPS = {
    "seal-paper": "seal-paper",
    "hold-paper": "hold-papers",
    "release-papers": "release-papers",
    "open-paper": "open-paper",
    "table-paper": "table-paper",
}
"""By command, the name of its address: for a room, and for one exchange."""


STEPPED = frozenset({"dispute-holding", "dispute-opening"})
"""Done from the page of what they dispute, which finds the fault; not offered beside the answer that says yes."""


def address(room: Room, rule: str, fields: Mapping[str, str]) -> str | None:
    """Where ``rule`` is done in this room with these fields known."""
    if rule in OF_ROOM:
        return reverse(OF_ROOM[rule], args=[room.id])
    x = room[SEALING].all.get(fields.get("proposal", ""))
    if rule in STEPS and x is not None:
        return reverse(STEPS[rule], args=[room.id, x.seq, *([fields["side"]] if rule == "table-paper" else [])])
    return None


def back(room: Room, rule: str, fields: Mapping[str, object]) -> str | None:
    """Where an act leads once it is on the record (``room`` is the state after it): to what it was about."""
    state = room[SEALING]
    x = state.going() if rule == "propose-exchange" else state.all.get(str(fields.get("proposal", "")))
    if x is not None:
        return reverse("exchange", args=[room.id, x.seq])
    return reverse("exchanges-of-room", args=[room.id]) if rule in {*OF_ROOM, "replace-sealing-keys"} else None
