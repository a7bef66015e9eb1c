"""Where the commands of agreeing on who goes and on the plan are done."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from goodoffices.prisoners.agreeing.agreed import AGREED
from goodoffices.prisoners.agreeing.plans import PLANS
from goodoffices.record.matter import Room

OF_ROOM = {
    "refuse-person": "persons",
    "record-wish": "persons",
    "substitute-person": "persons",
    "erase-named-person": "persons",
    "draw-list": "draw-list",
    "propose-plan": "propose-plan",
}
"""By command, the name of its address for a room."""


def address(room: Room, rule: str, fields: Mapping[str, str]) -> str | None:
    """Where ``rule`` is done; what is minuted for somebody else has the form that every command has."""
    if "for" in fields:
        return None
    if rule in OF_ROOM:
        return reverse(OF_ROOM[rule], args=[room.id])
    return _of_entry(room, rule, fields)


def _of_entry(room: Room, rule: str, fields: Mapping[str, object]) -> str | None:
    drawn = room[AGREED].lists.get(str(fields.get("list"))) if rule == "confirm-agreed-list" else None
    plan = room[PLANS].all.get(str(fields.get("plan"))) if rule == "accept-plan" else None
    if drawn is not None:
        return reverse("agreed-list", args=[room.id, drawn.seq])
    return reverse("plan", args=[room.id, plan.seq]) if plan is not None else None


def back(room: Room, rule: str, fields: Mapping[str, object]) -> str | None:
    """Where such an act leads."""
    newest = {"draw-list": ("agreed-list", room[AGREED].newest), "propose-plan": ("plan", room[PLANS].newest)}
    if rule in newest:
        name, made = newest[rule]
        return reverse(name, args=[room.id, made.seq]) if made is not None else None
    if rule in OF_ROOM or rule == "withdraw-refusal":
        return reverse("persons", args=[room.id])
    return _of_entry(room, rule, fields)
