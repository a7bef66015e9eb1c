"""One to one: which pairs stand when a row of one list is at most one row of the other, and how sure each is."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]

_ROUNDS: Final = 12


def one_to_one(a: Rows, b: Rows, weight: NDArray[np.float32]) -> Rows:
    """Places of the pairs that stand: each the heaviest that is left for both its rows. Ties go to the earlier rows."""
    order = np.lexsort((b, a, -weight))
    a, b = a[order], b[order]
    open_ = np.ones(len(a), bool)
    taken: list[Rows] = []
    for _ in range(_ROUNDS):
        places = np.flatnonzero(open_)
        if not len(places):
            break
        first_a = _first(a[places])
        first_b = _first(b[places])
        stand = places[first_a & first_b]
        taken.append(stand)
        gone_a, gone_b = np.zeros(int(a.max()) + 1, bool), np.zeros(int(b.max()) + 1, bool)
        gone_a[a[stand]] = gone_b[b[stand]] = True
        open_[places] = ~(gone_a[a[places]] | gone_b[b[places]])
    return order[np.concatenate(taken)] if taken else np.empty(0, np.int64)


def _first(rows: Rows) -> NDArray[np.bool_]:
    """Whether each is the first of its row."""
    found = np.zeros(len(rows), bool)
    found[np.unique(rows, return_index=True)[1]] = True
    return found


def margins(a: Rows, b: Rows, weight: NDArray[np.float32], stand: Rows) -> NDArray[np.float32]:
    """By how many bits each standing pair is ahead of the next for either of its rows."""
    ahead = np.full(len(stand), np.inf, np.float32)
    for rows in (a, b):
        best = np.full(int(rows.max(initial=0)) + 1, -np.inf, np.float32)
        rest = np.ones(len(rows), bool)
        rest[stand] = False
        np.maximum.at(best, rows[rest], weight[rest])
        ahead = np.minimum(ahead, weight[stand] - best[rows[stand]])
    return ahead
