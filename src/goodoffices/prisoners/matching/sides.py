"""Two lists side by side, and what is known of their words: all that comparing rows takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.matching.candidates import Pairs
from goodoffices.prisoners.matching.columns import Columns
from goodoffices.prisoners.matching.comparisons import compare
from goodoffices.prisoners.matching.keys import Keys
from goodoffices.prisoners.matching.weights import code
from goodoffices.prisoners.names.lexicon import Arrays

_DRAWN: Final = (40_000, 120_000)


@dataclass(frozen=True)
class Sides:
    """A pair of rows is one number: left row times the rows of the right list, plus the right row, both from 0.

    ``within``: both are one list, and its duplicates are looked for.
    """

    left: Columns
    right: Columns
    known: Arrays
    keys: Keys
    within: bool = False

    @property
    def sizes(self) -> tuple[int, int]:
        """Rows of each."""
        return len(self.left), len(self.right)

    def rows(self, pairs: Pairs) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Left and right rows of pairs."""
        return pairs // len(self.right), pairs % len(self.right)

    def codes(self, pairs: Pairs) -> NDArray[np.int32]:
        """All levels of each pair, in one number."""
        return code(compare(self.known, self.left, self.right, *self.rows(pairs)))

    def drawn(self) -> Pairs:
        """Pairs at random, the same ones every time; nearly all of them strangers."""
        total = len(self.left) * len(self.right)
        count = min(max(sum(self.sizes), _DRAWN[0]), _DRAWN[1], total)
        return np.random.default_rng(1).integers(0, total, count)
