"""What is countersigned of a stage: who was received, refused, not produced or died, at which point; and its digest.

The bytes are canonical JSON (RFC 8785), so that a stage has the same digest in a room, on paper and in a file, whoever
works it out: ``sha256sum`` of the statement is the digest. It names no side: a number says whose it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from goodoffices.prisoners.handover.outcomes import Outcome
from goodoffices.record import canonical


def statement(stage: int, day: str, outcome: Mapping[str, Outcome]) -> bytes:
    """The statement of a stage: ``{"day", "points": {point: {what: [numbers]}}, "stage"}``, numbers in order."""
    points: dict[str, dict[str, list[str]]] = {}
    for number in sorted(outcome):
        one = outcome[number]
        points.setdefault(one.point, {}).setdefault(one.what, []).append(number)
    whole: dict[str, Any] = {"stage": stage, "day": day, "points": points}
    return canonical.encode(whole)


def digest(stage: int, day: str, outcome: Mapping[str, Outcome]) -> str:
    """SHA-256 (64 hex) of the statement."""
    return hashlib.sha256(statement(stage, day, outcome)).hexdigest()
