"""What two spellings of a name have in common whatever the alphabet: a skeleton of consonants, or the given name it is.

Two rows become a pair to compare if they share one of several combinations, so that any one thing may be wrong: a
date, an order, a name. A spelling that can be read in several ways (``ch``, ``j``, ``c``) has several skeletons.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.names.given_names import SHORT
from goodoffices.prisoners.names.lexicon import GIVEN, Lexicon
from goodoffices.prisoners.names.sounds import SOUNDS, Costs

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
_LETTERS: Final = "-" + "".join(sorted({kind for kinds in _KIND.values() for kind in kinds} - {"-"}))
"""Kinds of consonants; the first is silent. Each is its place here, in four bits, and 15 is none."""
_BITS, _NONE = 4, 15
_CHOICES: Final = np.full((256, 2), _NONE, np.int8)
"""Of each sound, what it may be; the same twice where that is clear."""
for _sound, _kinds in _KIND.items():
    _CHOICES[_sound] = _LETTERS.index(_kinds[0]), _LETTERS.index(_kinds[-1])
_SKELETONS: Final = SHORT
"""Numbers from here on are skeletons; those below are given names."""

Keys = NDArray[np.int32]


def keys(lexicon: Lexicon) -> Keys:
    """Numbers of the skeletons or given names of each token, (tokens, READINGS); the first is the likeliest, 0 is
    none.
    """
    known = lexicon.arrays
    names = np.where(known.given[:, :1] != 0, known.given, known.fathers).astype(np.int64)
    names %= SHORT
    # A known given name has its skeleton beside it, for a spelling of it that is not known as one.
    return _numbered(np.concatenate([names, _skeletons(known.sounds)], axis=1), GIVEN)


def _numbered(found: NDArray[np.int64], names: int) -> Keys:
    """What was found, the first READINGS of each; after so many columns of names come skeletons, which are numbered."""
    skeletons = found[:, names:]
    there = skeletons != 0
    skeletons[there] = _SKELETONS + np.unique(skeletons[there], return_inverse=True)[1]
    order = np.argsort(found == 0, axis=1, kind="stable")[:, :READINGS]
    return np.take_along_axis(found, order, axis=1).astype(np.int32)


def _skeletons(sounds: Costs) -> NDArray[np.int64]:
    """Of each row of sounds its skeletons, each in one number, once, in the order of their likelihood; 0 is none.

    Where more than two sounds are unclear the likeliest of each is taken.
    """
    choices = _CHOICES[sounds]
    unclear = choices[:, :, 0] != choices[:, :, 1]
    count = unclear.sum(axis=1)
    unclear &= (count <= 2)[:, None]
    which = np.cumsum(unclear, axis=1) * unclear
    found = np.zeros((len(sounds), READINGS), np.int64)
    for reading, (first, second) in enumerate(((0, 0), (0, 1), (1, 0), (1, 1))):
        there = np.flatnonzero((count >= first + second) & (count <= 2) if first + second else count >= 0)
        taken = ((which[there] == 1) & bool(first)) | ((which[there] == 2) & bool(second))
        found[there, reading] = _skeleton(np.where(taken, choices[there, :, 1], choices[there, :, 0]))
        # With a single unclear sound there is no second one to choose: that reading comes again.
        for before in range(reading):
            found[there[found[there, before] == found[there, reading]], reading] = 0
    return found


def _skeleton(kinds: NDArray[np.int8]) -> NDArray[np.int64]:
    """The first consonants of rows in one number, those that are the same as the one before left out."""
    total, count, before = (
        np.zeros(len(kinds), np.int64),
        np.zeros(len(kinds), np.int8),
        np.full(len(kinds), -1, np.int8),
    )
    for kind in np.ascontiguousarray(kinds.T):
        there = kind != _NONE
        told = there & (kind != before) & (kind != 0) & (count < _LONGEST)
        total = np.where(told, total << _BITS | kind, total)
        count += told
        before = np.where(there, kind, before)
    return total
