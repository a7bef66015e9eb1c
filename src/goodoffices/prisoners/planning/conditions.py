"""Conditions of a plan, each with a name, so that those which conflict can be named.

A condition belongs to a family: all seats of a side are one family, its seats at one point in one stage a member of it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Condition:
    """``about``: a side, a category or a point, as the family says; ``stage`` and ``point`` where there are such."""

    family: str
    about: str = ""
    stage: int = 0
    point: str = ""


@dataclass(frozen=True)
class Dropped:
    """What is left out of a model: whole families about something, and single conditions."""

    families: frozenset[tuple[str, str]] = frozenset()
    single: frozenset[Condition] = frozenset()

    def __contains__(self, condition: Condition) -> bool:
        return (condition.family, condition.about) in self.families or condition in self.single


NOTHING = Dropped()
