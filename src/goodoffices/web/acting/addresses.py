"""Where commands are done and where their acts lead: a page of their own, where they have one, or every command's form.

Each subject with pages of its own says where its commands are done (``address``) and what an act was about (``back``),
or None for what is none of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from django.urls import reverse

from goodoffices.record.matter import Room
from goodoffices.web.handover import addresses as handover
from goodoffices.web.prisoners import addresses as prisoners
from goodoffices.web.sealing import addresses as sealing

ADDRESSES: tuple[Callable[[Room, str, Mapping[str, str]], str | None], ...] = (
    sealing.address,
    prisoners.address,
    handover.address,
)
BACKS: tuple[Callable[[Room, str, Mapping[str, object]], str | None], ...] = (
    sealing.back,
    prisoners.back,
    handover.address,
)


def address(room: Room, rule: str, fields: Mapping[str, str]) -> str:
    """Where ``rule`` is done in this room with these fields known."""
    for where in ADDRESSES:
        found = where(room, rule, fields)
        if found is not None:
            return found
    query = f"?{urlencode(fields)}" if fields else ""
    return reverse("do", args=[room.id, rule]) + query


def back(room: Room, rule: str, fields: Mapping[str, object]) -> str:
    """Where an act leads once it is on the record (``room`` is the state after it): to what it was about."""
    for where in BACKS:
        found = where(room, rule, fields)
        if found is not None:
            return found
    return reverse("room", args=[room.id])
