"""What many tokens sound like, found for all of them at once.

Tokens of one alphabet are joined, a line each, so that a regular expression runs over all of them in one call; the rest
is arithmetic on the row of their sounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.names import arabic, cyrillic, latin
from goodoffices.prisoners.names.sounds import LONGEST, SOUNDS, Costs

Counts = NDArray[np.int64]
Read = Callable[[str], bytes]

# Endings that many names share, and that therefore say little.
_COMMON: Final = re.compile(
    "(?:енко|[сц]ьк(?:ий|а|ого)|[сц]к(?:ий|ая|ой)|[оеє]в[аі]?|ёв[а]?|[иії]н[аі]?|чук|[юу]к|[оеє]вич|[їоеё]вна|івна|янц?"
    "|швили|дзе|enko|[sc]k[iyja]+|[oe][vw]a?|off|eff|ine?|ina|[ct][zsh]*[uo]u?[kc]|[iyj]?uk|[oe][vw]i(?:ch|cz|tsch|č|tch)"
    "|[oei][vw]na|yan|ian|son|man+)$"
)
_ENDING_I: Final = np.isin(np.arange(256), [SOUNDS[s] for s in ("I", "J", "JL", "YL")])
_ONE_I: Final = SOUNDS["I"]


def alphabets(tokens: Sequence[str]) -> dict[Read, NDArray[np.intp]]:
    """Which tokens are read as which alphabet; what is in none of them, as Latin."""
    first = np.fromiter((ord(token[:1] or "\0") for token in tokens), np.uint32, len(tokens))
    is_cyrillic = (first >= 0x400) & (first <= 0x52F)
    is_arabic = (first >= 0x600) & (first <= 0x6FF)
    groups = {cyrillic.sounds: is_cyrillic, arabic.sounds: is_arabic, latin.sounds: ~is_cyrillic & ~is_arabic}
    return {read: np.flatnonzero(there) for read, there in groups.items() if there.any()}


def hear(read: Read, tokens: Sequence[str]) -> tuple[Costs, Counts]:
    """Sounds of tokens of one alphabet, (N, LONGEST) padded with 0, and how many of them are before a common ending."""
    rows, lengths = heard(read("".join([f"{token}\n" for token in tokens])))
    endings = (_COMMON.search(token) for token in tokens)
    shorter = [_length(read, e[0]) if e is not None and e.start() > 1 else 0 for e in endings]
    return rows, lengths - np.array(shorter, np.int64)


@lru_cache(maxsize=1 << 12)
def _length(read: Read, ending: str) -> int:
    """How many sounds an ending has."""
    return int(heard(read(f"{ending}\n"))[1][0])


def heard(sounds: bytes) -> tuple[Costs, Counts]:
    """Rows of sounds, each ended by END, as a table (N, LONGEST), and how many sounds each has.

    Doubled sounds are heard once; a row of i and j at the end as one i (Serhii, Sergiy, Sergej).
    """
    flat = np.frombuffer(sounds, np.uint8)
    again = np.zeros(len(flat), bool)
    again[1:] = (flat[1:] == flat[:-1]) & (flat[1:] != 0)
    flat = flat[~again]
    ends = np.flatnonzero(flat == 0)
    starts = np.append(0, ends[:-1] + 1)[: len(ends)]
    lengths = ends - starts
    place = np.arange(len(flat))
    last = np.maximum.accumulate(np.where(_ENDING_I[flat], -1, place))[ends - 1] + 1  # after the last that is no i
    cut = np.maximum(last, starts + 1)
    several = (lengths > 1) & (ends - cut > 1)
    flat = flat.copy()
    flat[cut[several]] = _ONE_I
    lengths = np.minimum(np.where(several, cut - starts + 1, lengths), LONGEST)
    column = np.arange(LONGEST)
    there = column < lengths[:, None]
    rows = np.where(there, flat[np.minimum(starts[:, None] + column, max(len(flat) - 1, 0))], 0).astype(np.uint8)
    return rows, lengths
