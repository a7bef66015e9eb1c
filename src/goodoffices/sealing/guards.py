"""What must not be done to a room while an exchange is under way in it: what is sealed cannot be lost by any act.

These commands belong to ``talks``, which knows nothing of sealing; ``secretariat.matters`` sets guards before rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from goodoffices.sealing.exchanges import SEALING
from goodoffices.talks.scene import Refusal, Rule, Scene

KEPT = frozenset({"paper-sealed", "papers-released"})

Guard = Callable[[Scene, Mapping[str, Any]], str | None]
"""Why a command with these fields may not be done now, or None."""


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


def guarded(rule: Rule) -> Rule:
    """The same rule, refused and not offered where its guard says so."""
    guard = GUARDS.get(rule.name)
    if guard is None:
        return rule

    def decide(scene: Scene, command: Any) -> Any:
        why = guard(scene, vars(command))
        if why is not None:
            raise Refusal(why)
        return rule.decide(scene, command)

    def offer(scene: Scene) -> Iterable[Mapping[str, str]]:
        return (fields for fields in rule.offer(scene) if guard(scene, fields) is None)

    return replace(rule, decide=decide, offer=offer)
