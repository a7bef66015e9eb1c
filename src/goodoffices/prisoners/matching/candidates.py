"""Which pairs of rows are worth comparing.

Of a million times a million pairs some ten millions share enough to be one person. Each way of sharing survives other
errors, so a wrong birth date, exchanged columns or a slip in a name do not part two rows of one person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.matching.columns import Columns
from goodoffices.prisoners.matching.distinct import distinct
from goodoffices.prisoners.matching.keys import READINGS, Keys

Pairs = NDArray[np.int64]
Hashes = NDArray[np.uint64]
_Part = NDArray[np.int64] | Hashes

_LEAST, _EACH = 200_000, 2
"""Pairs that one way of sharing may bring, and how many more for each row."""
_MIX: Final = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)

_Keyed = tuple[NDArray[np.int64], Hashes]
"""Rows, and the hash of what each may share."""


def candidates(left: Columns, right: Columns, keys: Keys, within: bool = False) -> Pairs:
    """Pairs of rows to compare, each as ``left row * rows of right + right row``, in order and once.

    ``within``: both are one list, and a row is not paired with itself or twice with another.
    """
    most = _LEAST + _EACH * (len(left) + len(right))
    found = np.empty(0, np.int64)
    for ours, theirs in zip(_ways(left, keys), _ways(right, keys), strict=True):
        pairs = _join(ours, theirs, len(right), most)
        if within:
            pairs = pairs[pairs // len(right) < pairs % len(right)]
        found = distinct(np.concatenate([found, pairs]))
    return found


def _ways(side: Columns, keys: Keys) -> Iterator[_Keyed]:
    surname, given = _named(side.surname, keys), _named(side.given[:, :1], keys)
    patronymic = _named(side.patronymic[:, None], keys)
    year = side.year.astype(np.int64)
    date = (year * 16 + side.month) * 32 + side.day
    whole = (side.year > 0) & (side.month > 0) & (side.day > 0)
    every = np.arange(len(side))
    yield _two_names(surname, given)
    yield _with(surname, year, side.year > 0, 2)
    yield _with(given, date, whole, 3)
    yield _with(_named(side.place[:, :1], keys), date, whole, 4)
    numbered = side.number.any(axis=1)
    yield every[numbered], _hash([_of_bytes(side.number[numbered])], 5)
    yield _two_names(surname, patronymic, 6)
    rows, both = _two_names(given, patronymic, 7)
    there = side.year[rows] > 0
    yield rows[there], _hash([both[there], year[rows[there]]], 7)
    # Surname and given name in each other's columns are found by the first way, which knows no order.


def _named(tokens: NDArray[np.int32], keys: Keys) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(rows, key) for each reading of each token."""
    table = keys[tokens].reshape(len(tokens), tokens.shape[1] * READINGS)
    rows, columns = np.nonzero(table)
    return rows, table[rows, columns]


def _with(
    named: tuple[NDArray[np.int64], NDArray[np.int64]], other: NDArray[np.int64], there: NDArray[np.bool_], way: int
) -> _Keyed:
    rows, key = named
    use = there[rows]
    return rows[use], _hash([key[use], other[rows[use]]], way)


def _two_names(
    one: tuple[NDArray[np.int64], NDArray[np.int64]], two: tuple[NDArray[np.int64], NDArray[np.int64]], way: int = 1
) -> _Keyed:
    """Both names of a row, whichever comes first."""
    starts, ends = np.searchsorted(two[0], one[0]), np.searchsorted(two[0], one[0], side="right")
    which, place = _spread(starts, ends - starts)
    a, b = one[1][which], two[1][place]
    return one[0][which], _hash([np.minimum(a, b), np.maximum(a, b)], way)


def _of_bytes(numbers: NDArray[np.uint8]) -> NDArray[np.int64]:
    parts = numbers.astype(np.uint64)
    total = np.zeros(len(numbers), np.uint64)
    for column in parts.T:
        total = total * np.uint64(1_000_003) + column
    return total.view(np.int64)


def _hash(parts: Sequence[_Part], way: int) -> Hashes:
    total = np.full(len(parts[0]), way, np.uint64)
    for part, mix in zip(parts, _MIX, strict=False):
        total = (total ^ part.astype(np.uint64)) * np.uint64(mix)
        total ^= total >> np.uint64(29)
    return total


def _join(left: _Keyed, right: _Keyed, width: int, most: int) -> Pairs:
    """Pairs of rows whose hashes are the same, at most about ``most``: what too many share is left out."""
    order = np.argsort(right[1])
    hashes, rows = right[1][order], right[0][order]
    ours = np.argsort(left[1])
    asked = left[1][ours]
    starts = np.searchsorted(hashes, asked)
    counts = np.searchsorted(hashes, asked, side="right") - starts
    counts[_shared_by_too_many(asked, counts, most)] = 0
    which, place = _spread(starts, counts)
    pairs: Pairs = left[0][ours][which] * width + rows[place]
    return pairs


def _shared_by_too_many(asked: Hashes, counts: NDArray[np.int64], most: int) -> NDArray[np.bool_]:
    """Which of the sorted hashes to leave out so that the rest, the rarer ones, make about ``most`` pairs."""
    begins = np.ones(len(asked), bool)
    begins[1:] = asked[1:] != asked[:-1]
    first = np.flatnonzero(begins)
    pairs = np.diff(np.append(first, len(asked))) * counts[first]
    order = np.argsort(pairs)
    dropped = np.zeros(len(first), bool)
    dropped[order[np.cumsum(pairs[order]) > most]] = True
    found: NDArray[np.bool_] = dropped[np.cumsum(begins) - 1]
    return found


def _spread(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For runs given by start and length: which run each element is of, and its place."""
    which = np.repeat(np.arange(len(starts)), counts)
    ends = np.cumsum(counts)
    return which, np.arange(len(which)) - np.repeat(ends - counts, counts) + starts[which]
