"""What each level of each comparison is worth, learned from the lists themselves.

The shares of levels among pairs of strangers are counted on pairs drawn at random; those among true pairs are found
by expectation and maximisation over the candidates (Winkler 1988). A weight is the binary logarithm of their ratio,
as in Fellegi and Sunter.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.matching.comparisons import SIZES, Levels

Shares = list[NDArray[np.float64]]

CODES: Final = prod(SIZES)
"""How many codes there are."""
_ROUNDS: Final = 40
_ENOUGH: Final = 1e-5
_LEAST_STRANGERS: Final = 1e-6
_LEAST_TRUE: Final = 1e-4
_BEFORE: Final = (
    (0.88, 0.06, 0.03, 0.03), (0.88, 0.06, 0.03, 0.03), (0.90, 0.04, 0.03, 0.03), (0.84, 0.05, 0.02, 0.06, 0.01, 0.02),
    (0.85, 0.05, 0.1), (0.95, 0.03, 0.02), (0.7, 0.15, 0.15),
)  # fmt: skip
"""What is expected of true pairs before anything is learned; it also counts as so many pairs:"""
_BEFORE_COUNTS: Final = 20.0


@dataclass(frozen=True)
class Model:
    """Shares of levels among true pairs and among strangers, leaving silence out, and how many pairs are expected
    true.
    """

    true: Shares
    strangers: Shares
    expected: float
    pairs: float
    """Of all pairs there are: rows of one list times rows of the other."""

    def weights(self) -> Shares:
        """For each comparison, the weight of each level in bits; silence weighs nothing."""
        return [np.concatenate([[0.0], np.log2(t / s)]) for t, s in zip(self.true, self.strangers, strict=True)]

    @property
    def prior(self) -> float:
        """Weight, in bits, that any two rows begin with."""
        share = min(max(self.expected / self.pairs, 1e-15), 0.5)
        return float(np.log2(share / (1 - share)))


def code(levels: list[Levels]) -> NDArray[np.int32]:
    """All levels of a pair in one number."""
    total = np.zeros(len(levels[0]), np.int32)
    for level, size in zip(levels, SIZES, strict=True):
        total = total * size + level
    return total


def _apart() -> NDArray[np.int8]:
    rest, found = np.arange(CODES), []
    for size in reversed(SIZES):
        found.append(rest % size)
        rest = rest // size
    return np.array(found[::-1], np.int8)


_LEVELS: Final = _apart()


def levels(codes: NDArray[np.int32] | NDArray[np.intp]) -> list[Levels]:
    """The levels in such numbers."""
    return [level[codes] for level in _LEVELS]


def strangers(codes: NDArray[np.int32]) -> Shares:
    """Shares of levels among pairs drawn at random."""
    shares = []
    for level, size in zip(levels(codes), SIZES, strict=True):
        counts = np.bincount(level, minlength=size)[1:] + 0.5 / size
        shares.append(np.maximum(counts / counts.sum(), _LEAST_STRANGERS))
    return shares


def learn(found: NDArray[np.int64], by_chance: Shares, sizes: tuple[int, int]) -> Model:
    """A model from how many candidates have each code, (CODES,), and the shares of levels among strangers."""
    kinds = np.flatnonzero(found)
    counts, each = found[kinds], levels(kinds)
    pairs = float(sizes[0]) * sizes[1]
    model = Model([np.array(b) for b in _BEFORE], by_chance, min(sizes) * 0.5, pairs)
    for _ in range(_ROUNDS):
        chance = probability(_total(model, each)) * counts
        true = []
        for level, size, before in zip(each, SIZES, _BEFORE, strict=True):
            sums = np.bincount(level, chance, minlength=size)[1:] + np.array(before) * _BEFORE_COUNTS
            true.append(np.maximum(sums / sums.sum(), _LEAST_TRUE))
        expected = min(max(float(chance.sum()), 1.0), float(min(sizes)))
        settled = abs(expected - model.expected) < _ENOUGH * expected
        model = Model(true, by_chance, expected, pairs)
        if settled:
            break
    return model


def _total(model: Model, each: list[Levels]) -> NDArray[np.float64]:
    total = np.full(len(each[0]), model.prior)
    for weight, level in zip(model.weights(), each, strict=True):
        total += weight[level]
    return total


def weighed(model: Model) -> NDArray[np.float32]:
    """Weight of each code in bits, before how rare a name is, (CODES,)."""
    return _total(model, levels(np.arange(CODES))).astype(np.float32)


def probability(weight: NDArray[np.float64] | NDArray[np.float32]) -> NDArray[np.float64]:
    """The probability that a weight in bits stands for."""
    chance: NDArray[np.float64] = 1 / (1 + np.exp2(-weight.astype(np.float64)))
    return chance


def bits(chance: float) -> float:
    """The weight that stands for a probability."""
    return float(np.log2(chance / (1 - chance)))
