"""Which pairs of rows are worth comparing.

Of a million times a million pairs some ten millions share enough to be one person. Each way of sharing survives other
errors, so a wrong birth date, exchanged columns or a slip in a name do not part two rows of one person.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.matching.columns import Columns
from goodoffices.prisoners.matching.distinct import distinct
from goodoffices.prisoners.matching.keys import READINGS, Keys

Pairs = NDArray[np.int64]
Hashes = NDArray[np.uint64]
_Part = NDArray[np.int64] | NDArray[np.int16] | Hashes

_LEAST, _EACH = 200_000, 2
"""Pairs that one way of sharing may bring, and how many more for each row."""
_MANY: Final = 400_000
"""Rows of both lists from which common names alone bring too many pairs."""
_MIX: Final = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)

_ROWS: Final = np.uint64(22)
"""Bits of a row's number; there are at most two million. The rest of 64 are those of a hash, so that both are sorted as
one number. That two of ten million combinations have one hash brings a few pairs more to compare, and nothing else.
"""
_ROW: Final = np.uint64((1 << 22) - 1)

_Keyed = Hashes
"""Hashes of what a row may share, each with the number of the row in its lower bits."""
_Way = Callable[[Columns, Keys], _Keyed]


def candidates(left: Columns, right: Columns, keys: Keys, within: bool = False) -> Pairs:
    """Pairs of rows to compare, each as ``left row * rows of right + right row``, in order and once.

    ``within``: both are one list, and a row is not paired with itself or twice with another.
    """

    def pairs(way: _Way) -> Pairs:
        found = _joined(_meeting(way, left, right, keys), len(right))
        return distinct(found[found // len(right) < found % len(right)] if within else found)

    with ThreadPoolExecutor(os.cpu_count()) as threads:  # numpy lets go of the interpreter while it sorts
        return distinct(np.concatenate(list(threads.map(pairs, _ways(left, right)))))


Shared = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Rows, and the number of what each shares with some row of the other list."""


def shared(left: Columns, right: Columns, keys: Keys) -> tuple[Shared, Shared]:
    """What rows of each list share with the other, for joining elsewhere.

    Pairs of rows that have a number in common are the ``candidates``.
    """
    ours: list[Shared] = []
    theirs: list[Shared] = []
    ways = _ways(left, right)
    for number, way in enumerate(ways):
        meeting = _meeting(way, left, right, keys)
        met = meeting.ours[meeting.counts > 0]
        there = meeting.theirs[np.isin(meeting.theirs >> _ROWS, met >> _ROWS)]
        for keyed, of in ((met, ours), (there, theirs)):
            of.append((_rows(keyed), (keyed >> _ROWS).astype(np.int64) * len(ways) + number))
    return _together(ours), _together(theirs)


def _together(parts: list[Shared]) -> Shared:
    return np.concatenate([rows for rows, _ in parts]), np.concatenate([numbers for _, numbers in parts])


def _both_names(side: Columns, keys: Keys) -> _Keyed:
    """Knows no order, and so finds surname and given name in each other's columns."""
    return _two_names(_named(side.surname, keys), _named(side.given[:, :1], keys))


def _surname_and_year(side: Columns, keys: Keys) -> _Keyed:
    return _with(_named(side.surname, keys), side.year.astype(np.int64), side.year > 0, 2)


def _given_and_date(side: Columns, keys: Keys) -> _Keyed:
    return _with(_named(side.given[:, :1], keys), *_date(side), 3)


def _place_and_date(side: Columns, keys: Keys) -> _Keyed:
    return _with(_named(side.place[:, :1], keys), *_date(side), 4)


def _number(side: Columns, _keys: Keys) -> _Keyed:
    numbered = np.flatnonzero(side.number[:, -1])
    return _keyed(numbered, [_of_bytes(side.number[numbered])], 5)


def _surname_and_father(side: Columns, keys: Keys) -> _Keyed:
    return _two_names(_named(side.surname, keys), _named(side.patronymic[:, None], keys), 6)


def _given_father_and_year(side: Columns, keys: Keys) -> _Keyed:
    both = _two_names(_named(side.given[:, :1], keys), _named(side.patronymic[:, None], keys), 7)
    both = both[side.year[_rows(both)] > 0]
    return _keyed(_rows(both), [both >> _ROWS, side.year[_rows(both)]], 7)


_WAYS: Final = (
    _both_names, _surname_and_year, _given_and_date, _place_and_date, _number, _surname_and_father,
    _given_father_and_year,
)  # fmt: skip


def _both_names_and_father(side: Columns, keys: Keys) -> _Keyed:
    return _and(_both_names(side, keys), _named(side.patronymic[:, None], keys), 8)


def _both_names_and_place(side: Columns, keys: Keys) -> _Keyed:
    return _and(_both_names(side, keys), _named(side.place[:, :1], keys), 9)


_WAYS_OF_MANY: Final = (*_WAYS, _both_names_and_father, _both_names_and_place)
"""Among many rows too many share both names; these then take the place of what is left out there."""


def _ways(left: Columns, right: Columns) -> tuple[_Way, ...]:
    return _WAYS if len(left) + len(right) < _MANY else _WAYS_OF_MANY


def _date(side: Columns) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Dates in one number, and which are whole."""
    date = (side.year.astype(np.int64) * 16 + side.month) * 32 + side.day
    return date, (side.year > 0) & (side.month > 0) & (side.day > 0)


def _named(tokens: NDArray[np.int32], keys: Keys) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(rows, key) for each reading of each token."""
    table = keys[tokens].reshape(len(tokens), tokens.shape[1] * READINGS)
    places = np.flatnonzero(table)
    return places // table.shape[1], table.ravel()[places].astype(np.int64)


def _with(
    named: tuple[NDArray[np.int64], NDArray[np.int64]], other: NDArray[np.int64], there: NDArray[np.bool_], way: int
) -> _Keyed:
    rows, key = named
    use = there[rows]
    return _keyed(rows[use], [key[use], other[rows[use]]], way)


def _two_names(
    one: tuple[NDArray[np.int64], NDArray[np.int64]], two: tuple[NDArray[np.int64], NDArray[np.int64]], way: int = 1
) -> _Keyed:
    """Both names of a row, whichever comes first."""
    which, place = _beside(one[0], two[0])
    a, b = one[1][which], two[1][place]
    return _keyed(one[0][which], [np.minimum(a, b), np.maximum(a, b)], way)


def _and(both: _Keyed, other: tuple[NDArray[np.int64], NDArray[np.int64]], way: int) -> _Keyed:
    """What a row may share already, together with each reading of another name of it."""
    rows = _rows(both)
    which, place = _beside(rows, other[0])
    return _keyed(rows[which], [both[which] >> _ROWS, other[1][place]], way)


def _beside(rows: NDArray[np.int64], others: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every way of setting one of some rows beside the same row in others, which are in order: places in both."""
    counts = np.bincount(others, minlength=int(rows.max(initial=-1)) + 1)
    each = counts[rows]
    return _spread(np.cumsum(counts)[rows] - each, each)


def _of_bytes(numbers: NDArray[np.uint8]) -> NDArray[np.int64]:
    parts = numbers.astype(np.uint64)
    total = np.zeros(len(numbers), np.uint64)
    for column in parts.T:
        total = total * np.uint64(1_000_003) + column
    return total.view(np.int64)


def _keyed(rows: NDArray[np.int64], parts: Sequence[_Part], way: int) -> _Keyed:
    total = np.full(len(rows), way, np.uint64)
    for part, mix in zip(parts, _MIX, strict=False):
        total ^= part.astype(np.uint64)
        total *= np.uint64(mix)
        total ^= total >> np.uint64(29)
    total &= ~_ROW
    total |= rows.astype(np.uint64)
    return total


def _rows(keyed: _Keyed) -> NDArray[np.int64]:
    return (keyed & _ROW).astype(np.int64)


class _Meeting(NamedTuple):
    """What rows of two lists share in one way, in order, and for each of ours where in theirs its hash begins, and how
    often it is there: never, where it is shared by too many.
    """

    ours: _Keyed
    theirs: _Keyed
    starts: NDArray[np.int64]
    counts: NDArray[np.int64]


def _meeting(way: _Way, left: Columns, right: Columns, keys: Keys) -> _Meeting:
    ours, theirs = way(left, keys), way(right, keys)
    ours.sort()
    theirs.sort()
    hashes, asked = theirs >> _ROWS, ours >> _ROWS
    starts = np.searchsorted(hashes, asked)
    counts = np.searchsorted(hashes, asked, side="right") - starts
    counts[_shared_by_too_many(asked, counts, _LEAST + _EACH * (len(left) + len(right)))] = 0
    return _Meeting(ours, theirs, starts, counts)


def _joined(meeting: _Meeting, width: int) -> Pairs:
    """Pairs of rows whose hashes are the same."""
    which, place = _spread(meeting.starts, meeting.counts)
    pairs: Pairs = _rows(meeting.ours[which]) * width + _rows(meeting.theirs[place])
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
