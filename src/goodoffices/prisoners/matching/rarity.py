"""Agreeing on a rare name says more than agreeing on a common one, and agreeing as brothers do says little.

How common a name is, is counted on its skeleton, so that spellings of one name in two alphabets count together.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.matching.columns import Columns
from goodoffices.prisoners.matching.comparisons import BORN, DIFFERENT, GIVEN, PATRONYMIC, PLACE, SURNAME, Levels
from goodoffices.prisoners.matching.keys import Keys
from goodoffices.prisoners.matching.weights import Model

Bits = NDArray[np.float32]

_SAME_DAY: Final = 3
MOST: Final = 6.0
"""Bits that rarity adds or takes at most, in one field."""
_AGREE: Final = {SURNAME: 2, GIVEN: 1, PATRONYMIC: 1, PLACE: 1}
"""Levels up to here count as agreeing."""
MOST_IN_ALL: Final = MOST * len(_AGREE)


def _tokens(side: Columns) -> dict[int, NDArray[np.int32]]:
    return {SURNAME: side.surname[:, 0], GIVEN: side.given[:, 0], PATRONYMIC: side.patronymic, PLACE: side.place[:, 0]}


class Rarity:
    """How common names are in two lists, and what that is worth beside a model."""

    def __init__(self, model: Model, left: Columns, right: Columns, keys: Keys) -> None:
        self._weights = model.weights()
        names = _tokens(left), _tokens(right)
        self._bits: dict[int, tuple[Bits, Bits]] = {}
        for field in _AGREE:
            ours, theirs = (keys[side[field], 0] for side in names)
            bits = _bits(
                np.concatenate([ours, theirs]), float(model.strangers[field][0]), int(keys[:, 0].max(initial=0))
            )
            self._bits[field] = bits[ours], bits[theirs]

    def adjust(self, levels: list[Levels], a: NDArray[np.int64], b: NDArray[np.int64]) -> dict[int, Bits]:
        """Bits to add in each field, for pairs of rows with these levels."""
        found = {}
        for field, most in _AGREE.items():
            ours, theirs = self._bits[field]
            bits = np.minimum(ours[a], theirs[b])  # of two names that are one, the commoner spelling counts
            agree = (levels[field] >= 1) & (levels[field] <= most) & (bits < np.inf)
            found[field] = np.where(agree, bits, np.float32(0))
        kin = np.flatnonzero(_kin(levels))
        for field in (PATRONYMIC, PLACE):
            said = self._weights[field][levels[field][kin]] + found[field][kin]
            found[field][kin] -= np.maximum(said, 0).astype(np.float32)
        return found


def _bits(names: NDArray[np.int32], usual: float, largest: int) -> Bits:
    """What agreeing on each name is worth more than agreeing on any, by its number; infinite for what is no name."""
    counts = np.bincount(names, minlength=largest + 1)
    counts[0] = 0
    share = (counts / max(counts.sum(), 1)).astype(np.float32).astype(np.float64)
    bits = np.log2(usual / np.maximum(share, 1e-7)).clip(-MOST, MOST).astype(np.float32)
    return np.where(counts > 0, bits, np.float32(np.inf))


def _kin(levels: list[Levels]) -> NDArray[np.bool_]:
    """Whether given name and date of birth are those of another: that father and place agree then is no more than
    kinship.
    """
    found: NDArray[np.bool_] = (levels[GIVEN] == DIFFERENT[GIVEN]) & ((levels[BORN] == 0) | (levels[BORN] > _SAME_DAY))
    return found
