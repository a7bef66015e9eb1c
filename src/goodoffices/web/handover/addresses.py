"""Where what is done in a handover is done, and where it leads once it is on the record."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from goodoffices.record.matter import Room

RULES = frozenset({"observe", "countersign-stage"})


def address(room: Room, rule: str, fields: Mapping[str, object]) -> str | None:
    """The page of the stage that the fields name; else the page of all stages."""
    if rule not in RULES:
        return None
    stage = str(fields.get("stage") or "")
    if stage.isdecimal():
        return reverse("handover-stage", args=[room.id, int(stage)])
    return reverse("handover", args=[room.id])
