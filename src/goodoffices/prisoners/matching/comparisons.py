"""How two rows compare in each field: a few levels from the same to something else. Level 0 says nothing: a side is
silent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.matching.columns import Columns
from goodoffices.prisoners.matching.distinct import with_places
from goodoffices.prisoners.names.lexicon import Arrays
from goodoffices.prisoners.names.scoring import alike

Levels = NDArray[np.int8]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Comparison:
    """A field with its levels in words, the first saying nothing."""

    field: str
    levels: tuple[str, ...]


_SAME, _NEAR, _LIKE = 0.93, 0.80, 0.62
SURNAME, GIVEN, PATRONYMIC, BORN, PLACE, NUMBER, CAPTURED = range(7)
COMPARISONS: Final = (
    Comparison("surname", ("not given", "the same or spelled alike", "nearly alike", "somewhat alike", "different")),
    Comparison(
        "given name", ("not given", "the same name", "nearly alike, or short for it", "somewhat alike", "different")
    ),
    Comparison("patronymic", ("not given", "the same father's name", "nearly alike", "somewhat alike", "different")),
    Comparison(
        "date of birth",
        (
            "not given", "the same day", "the same as far as known", "day and month exchanged",
            "one of day, month and year differs",             "only the year, or years next to each other", "different",
        ),
    ),
    Comparison("place of birth", ("not given", "the same or spelled alike", "somewhat alike", "different")),
    Comparison("number", ("not given", "the same", "one digit differs", "different")),
    Comparison("date of capture", ("not given", "the same day", "within a month", "different")),
)  # fmt: skip
DIFFERENT: Final = {SURNAME: 4, GIVEN: 4, BORN: 6, NUMBER: 3}
"""Levels that leave a doubt, whatever else agrees."""
SIZES: Final = tuple(len(c.levels) for c in COMPARISONS)


def compare(known: Arrays, left: Columns, right: Columns, a: Rows, b: Rows) -> list[Levels]:
    """The level of each comparison, (N,) each, of rows ``a`` of one list with rows ``b`` of the other."""
    surname, given = _names(known, left, right, a, b)
    return [
        surname, given,
        _level(_tokens(known, left.patronymic[a], right.patronymic[b])),
        _born(left, right, a, b),
        _place(_best(known, left.place[a], right.place[b])),
        _number(left.number[a], right.number[b]),
        _captured(left.captured[a], right.captured[b]),
    ]  # fmt: skip


def _names(known: Arrays, left: Columns, right: Columns, a: Rows, b: Rows) -> tuple[Levels, Levels]:
    """Surname and given name, exchanged where that fits better in both."""
    surname, given = _best(known, left.surname[a], right.surname[b]), _best(known, left.given[a], right.given[b])
    doubt = np.flatnonzero(np.minimum(surname, given) < _LIKE)
    first = _best(known, left.surname[a[doubt]], right.given[b[doubt]])
    doubt, first = doubt[first >= _NEAR], first[first >= _NEAR]
    second = _best(known, left.given[a[doubt]], right.surname[b[doubt]])
    exchanged = (second >= _NEAR) & (np.minimum(first, second) > np.minimum(surname[doubt], given[doubt]))
    there = doubt[exchanged]
    surname[there], given[there] = first[exchanged], second[exchanged]
    return _level(surname), _level(given)


def _best(known: Arrays, ours: NDArray[np.int32], theirs: NDArray[np.int32]) -> NDArray[np.float32]:
    """The best of all tokens set against each other; -1 where a side has none."""
    best = _tokens(known, ours[:, 0], theirs[:, 0])
    for i in range(ours.shape[1]):
        for j in range(theirs.shape[1]):
            there = np.flatnonzero((ours[:, i] != 0) & (theirs[:, j] != 0)) if i or j else ()
            if len(there):
                best[there] = np.maximum(best[there], _tokens(known, ours[there, i], theirs[there, j]))
    return best


def _tokens(known: Arrays, ours: NDArray[np.int32], theirs: NDArray[np.int32]) -> NDArray[np.float32]:
    result = np.where((ours == 0) | (theirs == 0), -1, 1).astype(np.float32)
    there = np.flatnonzero((ours != theirs) & (ours != 0) & (theirs != 0))
    codes = ours[there].astype(np.int64) << 32 | theirs[there]
    each, place = with_places(codes)
    result[there] = alike(known, (each >> 32).astype(np.int32), (each & 0xFFFFFFFF).astype(np.int32))[place]
    return result


def _level(value: NDArray[np.float32]) -> Levels:
    return np.select([value < 0, value >= _SAME, value >= _NEAR, value >= _LIKE], [0, 1, 2, 3], 4).astype(np.int8)


def _place(value: NDArray[np.float32]) -> Levels:
    return np.select([value < 0, value >= 0.85, value >= _LIKE], [0, 1, 2], 3).astype(np.int8)


def _born(left: Columns, right: Columns, a: Rows, b: Rows) -> Levels:
    y, m, d = left.year[a], left.month[a], left.day[a]
    v, n, e = right.year[b], right.month[b], right.day[b]
    silent = (y == 0) | (v == 0)
    whole = (d > 0) & (e > 0) & (m > 0) & (n > 0)
    years, months, days = y == v, m == n, d == e
    same = years & months & days & whole
    in_part = ~whole & years & (months | (m == 0) | (n == 0))
    exchanged = whole & years & (m == e) & (d == n)
    two = whole & (years.astype(np.int8) + months + days == 2)
    near = years | (np.abs(y - v) <= 1)
    return np.select([silent, same, in_part, exchanged, two, near], [0, 1, 2, 3, 4, 5], 6).astype(np.int8)


def _number(ours: NDArray[np.uint8], theirs: NDArray[np.uint8]) -> Levels:
    silent = (ours[:, -1] == 0) | (theirs[:, -1] == 0)
    differ = (ours != theirs).sum(axis=1)
    return np.select([silent, differ == 0, differ == 1], [0, 1, 2], 3).astype(np.int8)


def _captured(ours: NDArray[np.int32], theirs: NDArray[np.int32]) -> Levels:
    apart = np.abs(ours - theirs)
    return np.select([(ours == 0) | (theirs == 0), apart == 0, apart <= 31], [0, 1, 2], 3).astype(np.int8)
