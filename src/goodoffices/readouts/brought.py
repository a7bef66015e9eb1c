"""What the matters of a room have brought about that its talks may wait for, all in one."""

from __future__ import annotations

from goodoffices.papers import described, presented
from goodoffices.record.matter import Room
from goodoffices.talks.outcomes import Outcome


def outcomes(room: Room) -> tuple[Outcome, ...]:
    """The outcomes of every matter of this room."""
    return (*presented.outcomes(room), *described.outcomes(room))
