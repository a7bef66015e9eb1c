"""What it costs to turn one spelling into another: a weighted edit distance of many pairs at once.

Wagner and Fischer's table (1974), filled cell by cell, each cell for thousands of pairs in one step of numpy on
bytes: this is about as fast as a compiled edit distance that knows no weights.

What is kept in a cell is not what it costs to come there but what is saved: what dropping every sound of both would
cost, less what the cheapest way costs. Going on by dropping a sound then adds nothing, and a cell is the greatest of
three.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.names.sounds import COUNT, LONGEST, Costs

Ids = NDArray[np.int32] | NDArray[np.int64]
"""Numbers of tokens."""

Saved = NDArray[np.uint8] | NDArray[np.uint16]

_CHUNK: Final = 1 << 13
"""Pairs worked on at once: their rows stay in the processor's cache."""
_BAND: Final = 4
_BYTE: Final = 255
_FEW: Final = 512


def costs(
    rows: Costs, lengths: NDArray[np.uint8], left: Ids, right: Ids, taken: Costs, dropped: Costs
) -> NDArray[np.uint8]:
    """Costs of pairs of tokens, in sixteenths, (N,).

    ``rows`` holds the sounds of each token, padded with 0, (tokens, LONGEST), ``lengths`` how many there are;
    ``left`` and ``right`` say which tokens to compare.
    """
    result = np.empty(len(left), np.uint8)
    saved = _saved(taken, dropped)
    long, wide = lengths[left], lengths[right]
    for group in _of_one_size(long, wide):
        most, widest = int(long[group].max()), int(wide[group].max())
        for start in range(0, len(group), _CHUNK):
            part = group[start : start + _CHUNK]
            there = _columns(rows, left[part], most), _columns(rows, right[part], widest)
            all_of_them = sum(dropped[side].sum(axis=0, dtype=np.uint16) for side in there)
            fits = int(all_of_them.max(initial=0)) <= _BYTE
            result[part] = all_of_them - _table(*there, saved if fits else saved.astype(np.uint16))
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


def _saved(taken: Costs, dropped: Costs) -> Costs:
    """What is saved by taking one sound for another instead of dropping both, (COUNT * COUNT,); 0 if it is dearer."""
    both = dropped[:, None].astype(np.int16) + dropped
    saved: Costs = np.maximum(both - taken, 0).astype(np.uint8)
    return saved.ravel()


def _table(left: Costs, right: Costs, saved: Saved) -> Saved:
    """Last cell of the table; ``left`` (rows, n) and ``right`` (columns, n)."""
    size = left.shape[1]
    nothing = np.zeros(size, saved.dtype)
    band = _BAND + abs(len(left) - len(right))
    place = right.astype(np.intp)  # what numpy looks up with; once, not for each cell
    index, said = np.empty(size, np.intp), np.empty(size, saved.dtype)
    above = [nothing] * (len(right) + 1)
    for i, sound in enumerate(left):
        base = sound.astype(np.intp) * COUNT
        row = [nothing]
        for j, there in enumerate(place):
            if abs(i - j) > band:
                row.append(nothing)
                continue
            np.add(base, there, out=index)
            saved.take(index, out=said, mode="clip")
            best = np.add(above[j], said)
            np.maximum(best, above[j + 1], out=best)
            np.maximum(best, row[j], out=best)
            row.append(best)
        above = row
    return above[-1]
