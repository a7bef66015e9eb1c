"""A first draft of the counted: so many of each side, by the priorities the sides agreed, then in the order of naming.

The program proposes nothing of its own here: it applies an order the sides have agreed, and says where that order told
persons apart by nothing but their place. People look at the draft, take persons out or in, and draw the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """Somebody who may go: ``side`` returned to; ``categories`` in the words of ``priorities``."""

    id: str
    side: str
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Selected:
    """``ids`` in the order of going first. ``short``: side -> how many are missing for the number asked.

    ``cut``: side -> how many alike in priority were left out though others alike were taken: their place decided.
    """

    ids: tuple[str, ...]
    short: Mapping[str, int]
    cut: Mapping[str, int]


def selected(
    candidates: Iterable[Candidate],
    number: Mapping[str, int],
    priorities: Sequence[str] = (),
    always: Iterable[str] = (),
) -> Selected:
    """So many of each side: those named in ``always`` first, then by priority, then as ``candidates`` come."""
    wanted = set(always)
    ids: list[str] = []
    short, cut = dict[str, int](), dict[str, int]()
    by_side: dict[str, list[Candidate]] = {side: [] for side in number}
    for one in candidates:
        by_side.setdefault(one.side, []).append(one)
    for side, most in number.items():
        order = sorted(by_side[side], key=lambda one: (one.id not in wanted, rank(one, priorities)))
        taken, left = order[:most], order[most:]
        ids += [one.id for one in taken]
        if len(taken) < most:
            short[side] = most - len(taken)
        if taken and left and _alike(taken[-1], left[0], priorities, wanted):
            cut[side] = sum(_alike(taken[-1], one, priorities, wanted) for one in left)
    return Selected(tuple(ids), short, cut)


def rank(one: Candidate, priorities: Sequence[str]) -> int:
    """The first of the priorities somebody falls under, from 0; their number under none."""
    return min((priorities.index(name) for name in one.categories if name in priorities), default=len(priorities))


def _alike(one: Candidate, other: Candidate, priorities: Sequence[str], wanted: set[str]) -> bool:
    return other.id not in wanted and one.id not in wanted and rank(one, priorities) == rank(other, priorities)
