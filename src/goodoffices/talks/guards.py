"""Guards: what one matter must not let happen to a room by a command that belongs to another.

A matter offers guards by the name of the command; ``secretariat.matters`` sets them before the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from goodoffices.talks.scene import Refusal, Rule, Scene

Guard = Callable[[Scene, Mapping[str, Any]], str | None]
"""Why a command with these fields may not be done now, or None."""


def guarded(rule: Rule, guard: Guard | None) -> Rule:
    """The same rule, refused and not offered where its guard says so."""
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
