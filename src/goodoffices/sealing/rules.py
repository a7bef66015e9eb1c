"""All rules of the sealed exchange, what waits for whom in it, and what must not happen meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.record.matter import Room
from goodoffices.sealing import handing_in, keys_named, opening, proposing, releasing
from goodoffices.talks.scene import Awaited

_PARTS = (keys_named, proposing, handing_in, releasing, opening)

RULES = tuple(rule for part in _PARTS for rule in part.RULES)


def awaiting(room: Room, delegation: str) -> Iterator[Awaited]:
    """What an exchange waits for from this delegation, in the order of its steps."""
    for part in _PARTS:
        yield from part.awaiting(room, delegation)
