"""What two spellings of a name have in common whatever the alphabet: a skeleton of consonants, or the given name it is.

Two rows become a pair to compare if they share one of several combinations, so that any one thing may be wrong: a
date, an order, a name. A spelling that can be read in several ways (``ch``, ``j``, ``c``) has several skeletons.
"""

from __future__ import annotations

from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.names.given_names import SHORT
from goodoffices.prisoners.names.lexicon import GIVEN, Lexicon
from goodoffices.prisoners.names.sounds import SOUNDS

READINGS: Final = 4
"""Skeletons kept of a token."""
_LONGEST: Final = 7
_KINDS: Final = """
p P|b B|bp BEH|v V VL WL F FEH|m M|n N|l L|r R|k K QAF|g G GH KH HAH GHAIN HL HEH GHL GE|t T THL TAH THEH|d D DAD DHAL
s S SL Z ZL SAD ZAH TS CS|c SH SZL SJ SCH SHCH CH ZH DZH|cg CHL JIM|cs CED|ks CL|-c JL|rc RZL
"""
_KIND: Final = {
    SOUNDS[sound]: kinds
    for kinds, *sounds in (k.split() for k in _KINDS.replace("\n", "|").strip("|").split("|"))
    for sound in sounds
}
_GIVEN: Final = 1 << 22
"""Numbers from here on are given names."""

Keys = NDArray[np.int64]


def keys(lexicon: Lexicon) -> Keys:
    """Numbers of the skeletons or given names of each token, (tokens, READINGS); the first is the likeliest, 0 is
    none.
    """
    known = lexicon.arrays
    numbers: dict[str, int] = {}
    table = np.zeros((len(lexicon), READINGS), np.int64)
    for token, (sounds, given, fathers) in enumerate(
        zip(known.sounds.tolist(), known.given.tolist(), known.fathers.tolist(), strict=True)
    ):
        names = given if given[0] else fathers
        if names[0]:
            table[token, :GIVEN] = [_GIVEN + n % SHORT if n else 0 for n in names]
        # A known given name has its skeleton beside it, for a spelling of it that is not known as one.
        place = np.count_nonzero(table[token])
        found = _skeletons(sounds)[: READINGS - place]
        table[token, place : place + len(found)] = [numbers.setdefault(s, len(numbers) + 1) for s in found]
    return table


def _skeletons(sounds: list[int]) -> list[str]:
    kinds = [_KIND[s] for s in sounds if s in _KIND]
    choices = [kind for kind in kinds if len(kind) > 1]
    if len(choices) > 2:
        kinds = [kind[0] for kind in kinds]
    found = []
    for reading in product(*kinds):
        text = "".join(c for n, c in enumerate(reading) if c != "-" and (n == 0 or c != reading[n - 1]))
        if text[:_LONGEST] not in found:
            found.append(text[:_LONGEST])
    return [text for text in found if text][:READINGS]
