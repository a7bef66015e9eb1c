"""From two lists in columns to matches."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.matching.candidates import Pairs
from goodoffices.prisoners.matching.columns import Columns
from goodoffices.prisoners.matching.comparisons import COMPARISONS, DIFFERENT, compare
from goodoffices.prisoners.matching.here import Here, codes
from goodoffices.prisoners.matching.here import Step as Step
from goodoffices.prisoners.matching.keys import keys
from goodoffices.prisoners.matching.pairing import margins, one_to_one
from goodoffices.prisoners.matching.rarity import MOST_IN_ALL, Rarity
from goodoffices.prisoners.matching.sides import Sides
from goodoffices.prisoners.matching.weights import Model, bits, code, learn, levels, probability, strangers
from goodoffices.prisoners.names.lexicon import Lexicon

Decision = Literal["certain", "review", "unmatched"]

CERTAIN: Final = 0.99
"""Probability from which a pair may be certain, if no field says otherwise, with this lead over the next for either
row:
"""
LEAD: Final = 5.0
REVIEW: Final = 0.2
"""Probability from which a pair is worth a person's time."""
_CHUNK: Final = 1 << 14
_ROUNDING: Final = 0.01


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


class Engine(Protocol):
    """Where pairs are looked for and compared: ``Here``, or on Spark. What it finds does not depend on it."""

    def compare(self, sides: Sides, step: Step) -> NDArray[np.int64]:
        """How many pairs have each code, (CODES,)."""

    def hopeful(self, model: Model, least: float) -> tuple[Pairs, NDArray[np.int32], NDArray[np.float32]]:
        """The pairs that weigh so many bits at least, in order, with their codes and weights. After ``compare``."""


class Matching:
    """Two lists compared. ``within``: they are one list, and its duplicates are looked for."""

    def __init__(
        self,
        left: Columns,
        right: Columns,
        lexicon: Lexicon,
        step: Step,
        within: bool = False,
        engine: Engine | None = None,
    ) -> None:
        self._sides = Sides(left, right, lexicon.arrays, keys(lexicon), within)
        engine = engine or Here()
        counts = engine.compare(self._sides, step)
        self.compared = int(counts.sum())
        """How many pairs were compared."""
        step("learning", 0)
        by_chance = strangers(codes(self._sides, self._sides.drawn()))
        self.model: Model = learn(counts, by_chance, self._sides.sizes)
        self._rarity = Rarity(self.model, left, right, self._sides.keys)
        step("weighing", 0)
        self._weigh(*engine.hopeful(self.model, bits(REVIEW) - MOST_IN_ALL - _ROUNDING))

    def matches(self) -> list[Match]:
        """Pairs that may be one person, the likeliest first. Each row is in one pair at most, unless within one
        list.
        """
        within, weight = self._sides.within, self._weight
        a, b = self._sides.rows(self._pairs)
        stand = np.arange(len(weight)) if within else one_to_one(a, b, weight)
        ahead = np.full(len(stand), np.inf) if within else margins(a, b, weight, stand)
        chance = probability(weight[stand])
        sure = (chance >= CERTAIN) & (ahead >= LEAD) & _without_doubt(self._codes[stand])
        order = np.lexsort((b[stand], a[stand], -chance))
        decisions: list[Decision] = ["certain" if certain else "review" for certain in sure[order].tolist()]
        rows = a[stand][order].tolist(), b[stand][order].tolist()
        return list(map(Match, *rows, chance[order].tolist(), decisions))

    def left_out(self, matches: Sequence[Match]) -> list[Match]:
        """Pairs that may be one person, too, but for rows that are in another pair: those of doubtful ``matches``.

        A person who judges one has to know of the other. The likeliest first.
        """
        a, b = self._sides.rows(self._pairs)
        standing = {(one.left, one.right) for one in matches}
        left, right = (np.zeros(size, bool) for size in self._sides.sizes)
        doubtful = [one for one in matches if one.decision != "certain"]
        left[[one.left for one in doubtful]] = right[[one.right for one in doubtful]] = True
        chance = probability(self._weight)
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
        each = compare(self._sides.known, self._sides.left, self._sides.right, a, b)
        rare = self._rarity.adjust(levels(code(each)), a, b)
        silent = np.zeros(len(a), np.float32)
        worth = [
            w[level] + rare.get(n, silent) for n, (level, w) in enumerate(zip(each, self.model.weights(), strict=True))
        ]
        for said, spoke in zip(np.array(each).T.tolist(), np.array(worth).T.tolist(), strict=True):
            found = zip(COMPARISONS, said, spoke, strict=True)
            yield sorted((Reason(c.field, c.levels[n], x) for c, n, x in found if n), key=lambda r: -abs(r.bits))

    def _weigh(self, pairs: Pairs, codes: NDArray[np.int32], weight: NDArray[np.float32]) -> None:
        """Keeps of hopeful pairs those that may be one person, with what the rarity of their names adds."""

        def weigh(start: int) -> None:
            part = slice(start, start + _CHUNK)
            for more in self._rarity.adjust(levels(codes[part]), *self._sides.rows(pairs[part])).values():
                weight[part] += more

        with ThreadPoolExecutor(os.cpu_count()) as threads:
            list(threads.map(weigh, range(0, len(pairs), _CHUNK)))
        likely = np.flatnonzero(probability(weight) >= REVIEW)
        self._pairs, self._codes, self._weight = pairs[likely], codes[likely], weight[likely]


def _without_doubt(codes: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Whether no field says outright that two rows are different people."""
    each = levels(codes)
    doubt: NDArray[np.bool_] = np.any([each[field] == level for field, level in DIFFERENT.items()], axis=0)
    return ~doubt
