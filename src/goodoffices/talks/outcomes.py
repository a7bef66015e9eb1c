"""Outcomes: what other matters bring about that talks may wait for, named here so that talks need not know them."""

from __future__ import annotations

from dataclasses import dataclass

PAPER_PRESENTED = "paper-presented"


@dataclass(frozen=True)
class Outcome:
    """Something that came about: its name, the delegation it is an outcome for, and the entries that show it."""

    name: str
    delegation: str | None
    refs: tuple[str, ...]
