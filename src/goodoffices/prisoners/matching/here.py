"""Comparing on this machine: all pairs in memory, in numpy, on all its processors."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.matching.candidates import Pairs, candidates
from goodoffices.prisoners.matching.sides import Sides
from goodoffices.prisoners.matching.weights import CODES, Model, weighed

Step = Callable[[str, float], None]
"""Told what is being done, and how much of it is done, from 0 to 1."""

_CHUNK: Final = 1 << 16


class Here:
    """An ``Engine`` (see there)."""

    def compare(self, sides: Sides, step: Step) -> NDArray[np.int64]:
        """How many pairs have each code, (CODES,)."""
        step("looking for pairs", 0)
        self._pairs = candidates(sides.left, sides.right, sides.keys, sides.within)
        self._codes = codes(sides, self._pairs, lambda share: step("comparing", share))
        return np.bincount(self._codes, minlength=CODES)

    def hopeful(self, model: Model, least: float) -> tuple[Pairs, NDArray[np.int32], NDArray[np.float32]]:
        """The pairs that weigh so many bits at least, in order, with their codes and weights."""
        weights = weighed(model)
        places = np.flatnonzero((weights >= least)[self._codes])
        return self._pairs[places], self._codes[places], weights[self._codes[places]]


def codes(sides: Sides, pairs: Pairs, told: Callable[[float], None] = lambda _: None) -> NDArray[np.int32]:
    """The codes of pairs, worked out in threads."""
    starts = range(0, len(pairs), _CHUNK)
    found = np.empty(len(pairs), np.int32)
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # numpy lets go of the interpreter while it computes
        done = threads.map(lambda start: sides.codes(pairs[start : start + _CHUNK]), starts)
        for start, part in zip(starts, done, strict=True):
            told(start / len(pairs))
            found[start : start + _CHUNK] = part
    return found
