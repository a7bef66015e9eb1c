"""Agreeing on a rare name says more than agreeing on a common one, and agreeing as brothers do says little.

How common a name is, is counted on its skeleton, so that spellings of one name in two alphabets count together.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.matching.columns import Columns
from goodoffices.prisoners.matching.comparisons import BORN, DIFFERENT, GIVEN, PATRONYMIC, PLACE, SURNAME
from goodoffices.prisoners.matching.keys import Keys
from goodoffices.prisoners.matching.weights import Model

Levels = list[NDArray[np.int64]]

_SAME_DAY: Final = 3
_MOST: Final = 6.0
"""Bits that rarity adds or takes at most, in one field."""
_AGREE: Final = {SURNAME: 2, GIVEN: 1, PATRONYMIC: 1, PLACE: 1}
"""Levels up to here count as agreeing."""


def _tokens(side: Columns) -> dict[int, NDArray[np.int32]]:
    return {SURNAME: side.surname[:, 0], GIVEN: side.given[:, 0], PATRONYMIC: side.patronymic, PLACE: side.place[:, 0]}


class Rarity:
    """How common names are in two lists."""

    def __init__(self, left: Columns, right: Columns, keys: Keys) -> None:
        self._first = keys[:, 0]
        self._names = _tokens(left), _tokens(right)
        self._shares: dict[int, NDArray[np.float32]] = {}
        for field in _AGREE:
            both = np.concatenate([self._first[side[field]] for side in self._names])
            both = both[both > 0]
            kinds, counts = np.unique(both, return_counts=True)
            share = np.zeros(int(self._first.max(initial=0)) + 1, np.float32)
            share[kinds] = counts / max(len(both), 1)
            self._shares[field] = share

    def adjust(
        self, model: Model, levels: Levels, a: NDArray[np.int64], b: NDArray[np.int64]
    ) -> dict[int, NDArray[np.float32]]:
        """Bits to add in each field, for pairs of rows with these levels."""
        found = {}
        weights = model.weights()
        for field, most in _AGREE.items():
            share = self._shares[field]
            common = np.maximum(
                share[self._first[self._names[0][field][a]]], share[self._first[self._names[1][field][b]]]
            )
            usual = model.strangers[field][0]
            bits = np.log2(usual / np.maximum(common, 1e-7)).clip(-_MOST, _MOST)
            agree = (levels[field] >= 1) & (levels[field] <= most) & (common > 0)
            found[field] = np.where(agree, bits, 0).astype(np.float32)
        kin = _kin(levels)
        for field in (PATRONYMIC, PLACE):
            said = weights[field][levels[field]] + found[field]
            found[field] -= np.where(kin, np.maximum(said, 0), 0).astype(np.float32)
        return found


def _kin(levels: Levels) -> NDArray[np.bool_]:
    """Whether given name and date of birth are those of another: that father and place agree then is no more than
    kinship.
    """
    found: NDArray[np.bool_] = (levels[GIVEN] == DIFFERENT[GIVEN]) & ((levels[BORN] == 0) | (levels[BORN] > _SAME_DAY))
    return found
