"""Reading sealed bytes for rules that may not: what everybody in the room could find by reading them too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from goodoffices.record.particulars import Particular

Kept = Callable[[str], Particular | None]
"""The particular with this citation, in the room where the act is done; None if it was erased."""


def readers(kept: Kept) -> Mapping[str, Callable[[Any], Any]]:  # noqa: ARG001 - nothing is asked for yet
    """What ``sealing.reading`` asks for, by name."""
    return {}
