"""How alike two names are, from 0 to 1.

Each token of one name is set against each of the other and the best pairs are taken in turn, so that order is free.
What then counts is the worst of these pairs (a brother differs in one token only), their mean, and what is left over;
a patronymic may be missing without much harm. The weights of these were fitted once by logistic regression on names
this repository does not hold (see docs/design/lists.md); above 0.5 two names rather are one.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.names import sounds
from goodoffices.prisoners.names.distances import costs
from goodoffices.prisoners.names.given_names import SHORT
from goodoffices.prisoners.names.lexicon import ARABIC, INITIAL, PATRONYMIC, Arrays, Ids, Lexicon
from goodoffices.prisoners.names.signatures import unmatched

Scores = NDArray[np.float32]
Places = NDArray[np.intp]

_CHUNK: Final = 1 << 15
_THREADS_FROM: Final = 3
_APART: Final = 0.7
"""What a consonant without a partner costs at least, nearly always."""
_TOO_FAR: Final = 0.33
_SAME_GIVEN: Final = 0.96
_SHORT_GIVEN: Final = 0.86
_INITIAL: Final = 0.72

# Weights of the regression: of one token against one, and of longer names.
_ALONE: Final = {"base": -9.5, "alike": 13.1, "short": 2.25}
_TOGETHER: Final = {
    "base": -11.0, "least": 9.45, "mean": 5.85, "short": 4.75, "spare": -0.7, "patronymic": -0.2, "lonely": -3.0,
}  # fmt: skip


def compare(lexicon: Lexicon, left: Ids, right: Ids) -> Scores:
    """How alike prepared names are, pair by pair: rows of token numbers in, (N, MOST) each; 0 for a name without
    tokens.
    """
    known = lexicon.arrays
    parts = [slice(start, start + _CHUNK) for start in range(0, len(left), _CHUNK)]
    if len(parts) < _THREADS_FROM:
        found = [_compare(known, left[part].T, right[part].T) for part in parts]
    else:
        with ThreadPoolExecutor(os.cpu_count()) as threads:  # numpy lets go of the interpreter while it computes
            found = list(threads.map(lambda part: _compare(known, left[part].T, right[part].T), parts))
    return np.concatenate(found) if found else np.empty(0, np.float32)


def alike(known: Arrays, left: Ids, right: Ids) -> Scores:
    """How alike tokens are, pair by pair, 0 to 1: numbers of tokens in, (N,) each; 0 is like nothing."""
    result: Scores = ((left == right) & (left != 0)).astype(np.float32)
    differ = np.flatnonzero((left != right) & (left != 0) & (right != 0))
    a, b = left[differ], right[differ]
    result[differ] = np.maximum(_by_sound(known, a, b), _by_given_name(known, a, b))
    return result


def _by_sound(known: Arrays, left: Ids, right: Ids) -> Scores:
    weight = np.maximum((known.weights[left] + known.weights[right]) / 2, 0.5)
    unsure = known.unsure[left] + known.unsure[right]
    apart = unmatched(known.signatures[left], known.signatures[right], unsure) * _APART / weight
    result: Scores = np.maximum(1 - 2 * _APART * apart, 0, dtype=np.float32)
    near = np.flatnonzero(apart < _TOO_FAR)
    beside_arabic = ((known.kinds[left[near]] ^ known.kinds[right[near]]) & ARABIC) != 0
    for there, taken, dropped in (
        (near[~beside_arabic], sounds.TAKEN, sounds.DROPPED),
        (near[beside_arabic], sounds.TAKEN_BESIDE_ARABIC, sounds.DROPPED_BESIDE_ARABIC),
    ):
        cost = costs(known.sounds, known.lengths, left[there], right[there], taken, dropped)
        result[there] = np.maximum(1 - cost / np.float32(sounds.UNIT) / weight[there], 0)
    initial = ((known.kinds[left] | known.kinds[right]) & INITIAL) != 0
    result[initial & (known.sounds[left, 0] == known.sounds[right, 0])] = _INITIAL
    return result


def _by_given_name(known: Arrays, left: Ids, right: Ids) -> Scores:
    """What given names and patronymics are worth that are one name in two languages, or short for it; else 0."""
    result = np.zeros(len(left), np.float32)
    for names in (known.given, known.fathers):
        first = names[:, 0]
        there = np.flatnonzero((first[left] != 0) & (first[right] != 0))
        result[there] = np.maximum(result[there], _as_given_names(names, left[there], right[there]))
    return result


def _as_given_names(names: NDArray[np.int16], left: Ids, right: Ids) -> Scores:
    several = names[:, 1] != 0
    a, b = names[left, 0], names[right, 0]
    same = (a % SHORT) == (b % SHORT)
    worth = np.where(same, np.where((a | b) < SHORT, _SAME_GIVEN, _SHORT_GIVEN), 0).astype(np.float32)
    there = np.flatnonzero(several[left] | several[right])
    each, other = names[left[there]][:, :, None], names[right[there]][:, None, :]
    alike = ((each % SHORT) == (other % SHORT)) & (each != 0) & (other != 0)
    formal = (alike & (each < SHORT) & (other < SHORT)).any(axis=(1, 2))
    worth[there] = np.where(formal, _SAME_GIVEN, np.where(alike.any(axis=(1, 2)), _SHORT_GIVEN, 0))
    return worth


def _compare(known: Arrays, left: Ids, right: Ids) -> Scores:
    """Chosen pairs of tokens weighed together; ``left`` and ``right`` are (MOST, n)."""
    left, right = left[: _most(left)], right[: _most(right)]
    table = _table(known, left, right)
    size = left.shape[1]
    each = np.arange(size)
    left_spare, right_spare = left.copy(), right.copy()
    least, count = np.full(size, 2, np.float32), np.zeros(size, np.int8)
    total, weight = np.zeros(size, np.float32), np.zeros(size, np.float32)
    for _ in range(min(len(left), len(right))):
        i, j, value = _best(table)
        found = value >= 0
        share = np.minimum(known.weights[left[i, each]], known.weights[right[j, each]]) * found
        np.minimum(least, value, out=least, where=found)
        total += value * share
        weight += share
        count += found
        for spare, which in ((left_spare, i), (right_spare, j)):
            for place, token in enumerate(spare):
                np.copyto(token, 0, where=found & (which == place))
        for place in range(len(left)):
            np.copyto(table[place], -1, where=i == place)
        for place in range(len(right)):
            np.copyto(table[:, place], -1, where=j == place)
    spare = (left_spare != 0).sum(axis=0) + (right_spare != 0).sum(axis=0)
    patronymics = _patronymics(known, left_spare) + _patronymics(known, right_spare)
    mean = np.divide(total, np.maximum(weight, 0.01), dtype=np.float32)
    return np.where(count == 0, 0, _weighed(least, mean, weight, count, spare, patronymics)).astype(np.float32)


def _best(table: Scores) -> tuple[NDArray[np.int8], NDArray[np.int8], Scores]:
    """Of each pair of names, which tokens are the most alike, and how much; the first of several."""
    value = table[0, 0].copy()
    i, j = np.zeros(len(value), np.int8), np.zeros(len(value), np.int8)
    for row, tokens in enumerate(table):
        for column, alike_ in enumerate(tokens):
            more = alike_ > value
            np.copyto(value, alike_, where=more)
            np.copyto(i, row, where=more)
            np.copyto(j, column, where=more)
    return i, j, value


def _table(known: Arrays, left: Ids, right: Ids) -> Scores:
    """How alike each token of one name is to each of the other, (left, right, n); -1 where there is none."""
    shape = (len(left), len(right), left.shape[1])
    a, b = np.broadcast_to(left[:, None], shape), np.broadcast_to(right[None], shape)
    there = np.flatnonzero((a != 0) & (b != 0))
    table = np.full(shape, -1, np.float32)
    table.reshape(-1)[there] = alike(known, a.reshape(-1)[there], b.reshape(-1)[there])
    return table


def _weighed(
    least: Scores, mean: Scores, weight: Scores, count: NDArray[np.int8], spare: Places, patronymics: Places
) -> Scores:
    short = 1 / np.maximum(weight, 0.5)
    one, many = _ALONE, _TOGETHER
    alone = one["base"] + one["alike"] * least + one["short"] * short
    together = (
        many["base"] + many["least"] * least + many["mean"] * mean + many["short"] * short
        + many["spare"] * np.minimum(spare - patronymics, 2)
        + many["patronymic"] * np.minimum(patronymics, 1)
        + many["lonely"] * (count == 1)
    )  # fmt: skip
    says = np.where((count == 1) & (spare == 0), alone, together)
    return (1 / (1 + np.exp(-says))).astype(np.float32)


def _patronymics(known: Arrays, tokens: Ids) -> Places:
    found: Places = ((known.kinds[tokens] & PATRONYMIC) != 0).sum(axis=0)
    return found


def _most(ids: Ids) -> int:
    return max(1, int((ids != 0).sum(axis=0).max(initial=0)))
