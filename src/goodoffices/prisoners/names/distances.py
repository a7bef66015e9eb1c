"""What it costs to turn one spelling into another: a weighted edit distance of many pairs at once.

Wagner and Fischer's table (1974), filled cell by cell, each cell for thousands of pairs in one step of numpy on
bytes: this is about as fast as a compiled edit distance that knows no weights.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.names.sounds import COUNT, LONGEST, Costs

Ids = NDArray[np.int32] | NDArray[np.int64]
"""Numbers of tokens."""

_CHUNK: Final = 1 << 13
"""Pairs worked on at once: their rows stay in the processor's cache."""
_BAND: Final = 4
_OUTSIDE: Final = 200
"""Where no way leads: dearer than any, and a further step still fits a byte."""
_FEW: Final = 512


def costs(
    rows: Costs, lengths: NDArray[np.uint8], left: Ids, right: Ids, taken: Costs, dropped: Costs
) -> NDArray[np.uint8]:
    """Costs of pairs of tokens, in sixteenths, (N,).

    ``rows`` holds the sounds of each token, padded with 0, (tokens, LONGEST), ``lengths`` how many there are;
    ``left`` and ``right`` say which tokens to compare.
    """
    result = np.empty(len(left), np.uint8)
    long, wide = lengths[left], lengths[right]
    for group in _of_one_size(long, wide):
        most, widest = int(long[group].max()), int(wide[group].max())
        for start in range(0, len(group), _CHUNK):
            part = group[start : start + _CHUNK]
            there = _columns(rows, left[part], most), _columns(rows, right[part], widest)
            result[part] = _table(*there, taken.ravel(), dropped)
    return result


def _of_one_size(long: NDArray[np.uint8], wide: NDArray[np.uint8]) -> list[NDArray[np.intp]]:
    """Pairs whose tables are about equally large, so that little of a table is filled for nothing."""
    if len(long) <= _FEW:
        return [np.arange(len(long))] if len(long) else []
    sizes = ((long + 1) >> 1) * np.uint8(LONGEST) + ((wide + 1) >> 1)
    order = np.argsort(sizes, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(sizes[order])) + 1)


def _columns(rows: Costs, tokens: Ids, most: int) -> Costs:
    return np.ascontiguousarray(rows[tokens].T[:most])


def _table(left: Costs, right: Costs, taken: Costs, dropped: Costs) -> NDArray[np.uint8]:
    """Last cell of the table; ``left`` (rows, n) and ``right`` (columns, n)."""
    size = left.shape[1]
    outside = np.full(size, _OUTSIDE, np.uint8)
    band = _BAND + abs(len(left) - len(right))
    without = dropped[right]
    place = right.astype(np.intp)  # what numpy looks up with; once, not for each cell
    above = [np.zeros(size, np.uint8)]
    for cost in without:
        above.append(above[-1] + cost)
    step, index, said = np.empty(size, np.uint8), np.empty(size, np.intp), np.empty(size, np.uint8)
    for i, sound in enumerate(left):
        gone = dropped[sound]
        base = sound.astype(np.intp) * COUNT
        row = [above[0] + gone]
        for j, cost in enumerate(without):
            if abs(i - j) > band:
                row.append(outside)
                continue
            np.add(base, place[j], out=index)
            taken.take(index, out=said, mode="clip")
            best = np.add(above[j], said)
            np.add(above[j + 1], gone, out=step)
            np.minimum(best, step, out=best)
            np.add(row[j], cost, out=step)
            np.minimum(best, step, out=best)
            row.append(best)
        above = row
    return above[-1]
