"""What must not be done to a room while an exchange is under way in it: what is sealed cannot be lost by any act.

These commands belong to ``talks``, which knows nothing of sealing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goodoffices.sealing.exchanges import SEALING
from goodoffices.talks.guards import Guard
from goodoffices.talks.scene import Scene

KEPT = frozenset({"paper-sealed", "papers-released"})


def _closing(scene: Scene, _: Mapping[str, Any]) -> str | None:
    if scene.room[SEALING].going() is None:
        return None
    return "A sealed exchange is under way in this room. It must end before the room is closed."


def _removing(scene: Scene, fields: Mapping[str, Any]) -> str | None:
    x, gone = scene.room[SEALING].going(), str(fields.get("delegation"))
    if x is None or x.part(gone) is None or scene.acting == gone:
        return None
    return "That delegation is in the sealed exchange that is under way here. It may leave, but nobody has it leave."


def _erasing(scene: Scene, fields: Mapping[str, Any]) -> str | None:
    entry = scene.cited.get(str(fields.get("entry")))
    if entry is None or entry.kind not in KEPT or scene.seats.closed is not None:
        return None
    return "What was sealed or released is kept for as long as the room is open; nobody can read it there but its own."


GUARDS: Mapping[str, Guard] = {"close-room": _closing, "remove-delegation": _removing, "erase-particulars": _erasing}
