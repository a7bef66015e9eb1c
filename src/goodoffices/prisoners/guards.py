"""What must not be done to what lies locked on a record: it is never carried into another room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from goodoffices.prisoners.filed import LISTS
from goodoffices.prisoners.leaves import LEAVES
from goodoffices.prisoners.matched import MATCHED
from goodoffices.prisoners.results import RESULTS
from goodoffices.record.entries import Entry
from goodoffices.talks.guards import Guard
from goodoffices.talks.scene import Scene

_OF_ALL = {"particulars-erased", "minute-objected", "entry-corrected"}
KEPT_HERE = frozenset({*LISTS.folds, *LEAVES.folds, *MATCHED.folds, *RESULTS.folds}) - _OF_ALL
"""Kinds of a list room or a matching room, which other rooms learn nothing of by a release."""


def is_kept_here(entry: Entry) -> bool:
    """Whether an entry is of a list or matching room, or holds something under a key of its own."""
    return entry.kind in KEPT_HERE or ("key" in entry.body and "parts" in entry.body)


def _releasing(scene: Scene, fields: Mapping[str, Any]) -> str | None:
    refs: Iterable[str] = fields.get("entries") or ()
    if any(is_kept_here(scene.cited[ref]) for ref in refs if ref in scene.cited):
        return "What concerns lists of prisoners stays in the room where it was filed; it is not released into another."
    return None


GUARDS: Mapping[str, Guard] = {"release-entries": _releasing, "propose-release": _releasing}
