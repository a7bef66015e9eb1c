"""From two lists in columns to matches."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.matching.candidates import Pairs, candidates
from goodoffices.prisoners.matching.columns import Columns
from goodoffices.prisoners.matching.comparisons import COMPARISONS, DIFFERENT, compare
from goodoffices.prisoners.matching.keys import keys
from goodoffices.prisoners.matching.pairing import margins, one_to_one
from goodoffices.prisoners.matching.rarity import MOST_IN_ALL, Rarity
from goodoffices.prisoners.matching.weights import Model, bits, code, learn, levels, probability, strangers, weighed
from goodoffices.prisoners.names.lexicon import Lexicon

Decision = Literal["certain", "review", "unmatched"]
Step = Callable[[str, float], None]
"""Told what is being done, and how much of it is done, from 0 to 1."""

CERTAIN: Final = 0.99
"""Probability from which a pair may be certain, if no field says otherwise, with this lead over the next for either
row:
"""
LEAD: Final = 5.0
REVIEW: Final = 0.2
"""Probability from which a pair is worth a person's time."""
_CHUNK: Final = 1 << 16
_ROUNDING: Final = 0.01
_DRAWN: Final = (40_000, 120_000)


class Match(NamedTuple):
    """A pair of rows (from 0), with the probability that they are one person, and what a person has to do about it."""

    left: int
    right: int
    probability: float
    decision: Decision


@dataclass(frozen=True)
class Reason:
    """What a field says of a pair, and how much, in bits: above 0 for its being one person, below against."""

    field: str
    says: str
    bits: float


class Matching:
    """Two lists compared. ``within``: they are one list, and its duplicates are looked for."""

    def __init__(self, left: Columns, right: Columns, lexicon: Lexicon, step: Step, within: bool = False) -> None:
        self._left, self._right, self._known = left, right, lexicon.arrays
        self._within = within
        table = keys(lexicon)
        step("looking for pairs", 0)
        self._pairs = candidates(left, right, table, within)
        self._codes = self._compared(self._pairs, lambda share: step("comparing", share))
        step("learning", 0)
        by_chance = strangers(self._compared(self._drawn(), lambda _: None))
        self.model: Model = learn(self._codes, by_chance, (len(left), len(right)))
        self._rarity = Rarity(self.model, left, right, table)
        self._likely, self._weight = self._weighed(step)

    @property
    def compared(self) -> int:
        """How many pairs were compared."""
        return len(self._pairs)

    def matches(self) -> list[Match]:
        """Pairs that may be one person, the likeliest first. Each row is in one pair at most, unless within one
        list.
        """
        likely, weight = self._likely, self._weight
        a, b = self._rows(self._pairs[likely])
        stand = np.arange(len(likely)) if self._within else one_to_one(a, b, weight)
        ahead = np.full(len(stand), np.inf) if self._within else margins(a, b, weight, stand)
        chance = probability(weight[stand])
        sure = (chance >= CERTAIN) & (ahead >= LEAD) & self._without_doubt(likely[stand])
        order = np.lexsort((b[stand], a[stand], -chance))
        decisions: list[Decision] = ["certain" if certain else "review" for certain in sure[order].tolist()]
        rows = a[stand][order].tolist(), b[stand][order].tolist()
        return list(map(Match, *rows, chance[order].tolist(), decisions))

    def left_out(self, matches: Sequence[Match]) -> list[Match]:
        """Pairs that may be one person, too, but for rows that are in another pair: those of doubtful ``matches``.

        A person who judges one has to know of the other. The likeliest first.
        """
        likely = np.flatnonzero(probability(self._weight) >= REVIEW)
        a, b = self._rows(self._pairs[likely])
        standing = {(one.left, one.right) for one in matches}
        left, right = (np.zeros(len(side), bool) for side in (self._left, self._right))
        doubtful = [one for one in matches if one.decision != "certain"]
        left[[one.left for one in doubtful]] = right[[one.right for one in doubtful]] = True
        chance = probability(self._weight[likely])
        places = np.flatnonzero(left[a] | right[b])
        found = [Match(int(a[n]), int(b[n]), float(chance[n]), "review") for n in places]
        others = (one for one in found if (one.left, one.right) not in standing)
        return sorted(others, key=lambda one: -one.probability)

    def reasons(self, left: int, right: int) -> list[Reason]:
        """What spoke for and against two rows being one person, field by field, the weightiest first."""
        return next(self.reasons_of([(left, right)]))

    def reasons_of(self, pairs: Sequence[tuple[int, int]]) -> Iterator[list[Reason]]:
        """``reasons`` of many pairs of rows, compared together."""
        a, b = (
            (np.array(rows, np.int64) for rows in zip(*pairs, strict=True)) if pairs else (np.empty(0, np.int64),) * 2
        )
        each = compare(self._known, self._left, self._right, a, b)
        rare = self._rarity.adjust(levels(code(each)), a, b)
        silent = np.zeros(len(a), np.float32)
        worth = [
            w[level] + rare.get(n, silent) for n, (level, w) in enumerate(zip(each, self.model.weights(), strict=True))
        ]
        for said, spoke in zip(np.array(each).T.tolist(), np.array(worth).T.tolist(), strict=True):
            found = zip(COMPARISONS, said, spoke, strict=True)
            yield sorted((Reason(c.field, c.levels[n], x) for c, n, x in found if n), key=lambda r: -abs(r.bits))

    def _without_doubt(self, places: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether no field says outright that two rows are different people."""
        each = levels(self._codes[places])
        doubt: NDArray[np.bool_] = np.any([each[field] == level for field, level in DIFFERENT.items()], axis=0)
        return ~doubt

    def _rows(self, pairs: Pairs) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return pairs // len(self._right), pairs % len(self._right)

    def _codes_of(self, pairs: Pairs) -> NDArray[np.int32]:
        return code(compare(self._known, self._left, self._right, *self._rows(pairs)))

    def _compared(self, pairs: Pairs, told: Callable[[float], None]) -> NDArray[np.int32]:
        starts = range(0, len(pairs), _CHUNK)
        codes = np.empty(len(pairs), np.int32)
        with ThreadPoolExecutor(os.cpu_count()) as threads:  # numpy lets go of the interpreter while it computes
            done = threads.map(lambda start: self._codes_of(pairs[start : start + _CHUNK]), starts)
            for start, found in zip(starts, done, strict=True):
                told(start / len(pairs))
                codes[start : start + _CHUNK] = found
        return codes

    def _drawn(self) -> Pairs:
        """Pairs at random, the same ones every time; nearly all of them strangers."""
        total = len(self._left) * len(self._right)
        count = min(max(len(self._left) + len(self._right), _DRAWN[0]), _DRAWN[1], total)
        return np.random.default_rng(1).integers(0, total, count)

    def _weighed(self, step: Step) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Places of the pairs that may be one person, and their weights."""
        weights = weighed(self.model)
        step("weighing", 0)
        hopeful = weights >= bits(REVIEW) - MOST_IN_ALL - _ROUNDING
        places = np.flatnonzero(hopeful[self._codes])
        parts = [places[start : start + (_CHUNK >> 2)] for start in range(0, len(places), _CHUNK >> 2)]
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            found = list(threads.map(lambda part: self._with_rarity(part, weights), parts))
        weight = np.concatenate([np.empty(0, np.float32), *found])
        likely = np.flatnonzero(probability(weight) >= REVIEW)
        return places[likely], weight[likely]

    def _with_rarity(self, places: NDArray[np.int64], weights: NDArray[np.float32]) -> NDArray[np.float32]:
        codes = self._codes[places]
        weight = weights[codes]
        for more in self._rarity.adjust(levels(codes), *self._rows(self._pairs[places])).values():
            weight += more
        return weight
