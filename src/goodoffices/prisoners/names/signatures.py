"""A first look at two tokens: which consonants they have, whatever the order, in one number each.

Most tokens of two names have nothing to do with each other, and this shows it twenty times faster than an edit
distance.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.names.sounds import CONSONANTS, COUNT, SOUNDS, Costs

# Consonants that are taken for each other stand together. Those that may be two things or nothing (c, h, j) are left
# out.
_TOGETHER: Final = [
    "B P BEH", "V VL WL F FEH", "M", "N", "L", "R", "K QAF G GH KH HAH GHAIN", "T THL TAH D DAD",
    "S SL Z ZL SAD ZAH TS SH SZL SJ SCH SHCH CH ZH DZH CED",
]  # fmt: skip
_GROUPS: Final = np.full(COUNT, -1, np.int8)
for _number, _sounds in enumerate(_TOGETHER):
    _GROUPS[[SOUNDS[s] for s in _sounds.split()]] = _number
_BITS: Final = 7
_IS_UNSURE: Final = np.zeros(COUNT, np.uint8)
_IS_UNSURE[[SOUNDS[s] for s in (*CONSONANTS, "JIM", "THEH", "DHAL", "HEH", "JL")]] = 1
_IS_UNSURE[_GROUPS >= 0] = 0


def signatures(sounds: Costs) -> NDArray[np.uint64]:
    """Of tokens, (tokens, LONGEST): the count of each group of consonants as a row of ones, so that bits can differ."""
    groups = _GROUPS[sounds]
    total = np.zeros(len(sounds), np.uint64)
    for group in range(len(_TOGETHER)):
        count = np.minimum((groups == group).sum(axis=1), _BITS).astype(np.uint64)
        total |= ((np.uint64(1) << count) - np.uint64(1)) << np.uint64(group * _BITS)
    return total


def unsure(sounds: Costs) -> NDArray[np.float32]:
    """How many consonants of each token the signature says nothing about."""
    count: NDArray[np.float32] = _IS_UNSURE[sounds].sum(axis=1, dtype=np.float32)
    return count


def unmatched(left: NDArray[np.uint64], right: NDArray[np.uint64], unsure: NDArray[np.float32]) -> NDArray[np.float32]:
    """At least how many consonants of two tokens find no partner, given how many are ``unsure`` in both."""
    missing: NDArray[np.float32] = np.maximum((np.bitwise_count(left ^ right) - unsure) / np.float32(2), 0)
    return missing
