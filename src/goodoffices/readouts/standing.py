"""What later entries did to earlier ones, from a room's state: for pages that show only part of a record."""

from __future__ import annotations

from goodoffices.readouts.labels import Standing
from goodoffices.record.matter import Room
from goodoffices.talks.corrections import CORRECTIONS
from goodoffices.talks.minuting import MINUTES


def standing(room: Room) -> Standing:
    """The standing of every entry of a room after all its entries."""
    return Standing(room[MINUTES].answered, room[CORRECTIONS].corrected)
