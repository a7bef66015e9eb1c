"""Where the commands of an exchange are done: most have a page of their own, the rest the form every command has."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse

from goodoffices.record.matter import Room
from goodoffices.sealing.exchanges import SEALING
from goodoffices.web.handover import addresses as handover

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


def address(room: Room, rule: str, fields: Mapping[str, str]) -> str:
    """Where ``rule`` is done in this room with these fields known."""
    if rule in handover.RULES:
        return handover.address(room, fields)
    if rule in OF_ROOM:
        return reverse(OF_ROOM[rule], args=[room.id])
    x = room[SEALING].all.get(fields.get("proposal", ""))
    if rule in STEPS and x is not None:
        return reverse(STEPS[rule], args=[room.id, x.seq, *([fields["side"]] if rule == "table-paper" else [])])
    query = f"?{urlencode(fields)}" if fields else ""
    return reverse("do", args=[room.id, rule]) + query


def back(room: Room, rule: str, fields: Mapping[str, object]) -> str:
    """Where an act leads once it is on the record (``room`` is the state after it): to what it was about."""
    if rule in handover.RULES:
        return handover.address(room, fields)
    state = room[SEALING]
    x = state.going() if rule == "propose-exchange" else state.all.get(str(fields.get("proposal", "")))
    if x is not None:
        return reverse("exchange", args=[room.id, x.seq])
    return reverse("exchanges-of-room" if rule in {*OF_ROOM, "replace-sealing-keys"} else "room", args=[room.id])
