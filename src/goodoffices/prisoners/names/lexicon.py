"""Names prepared for comparing: each different token is looked at once, and a name becomes a row of token numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.names import arabic, latin
from goodoffices.prisoners.names.given_names import known
from goodoffices.prisoners.names.hearing import alphabets, hear
from goodoffices.prisoners.names.patronymics import fathers, looks_like_one
from goodoffices.prisoners.names.signatures import signatures, unsure
from goodoffices.prisoners.names.sounds import COUNT, GLIDES, LONGEST, SOUNDS, VOWELS, Costs
from goodoffices.prisoners.names.tokens import MOST, tokens

GIVEN: Final = 3
"""Given names kept that a token may stand for."""

Ids = NDArray[np.int32]

# What sounds count for in the length of a token: consonants most.
_WEIGHTS: Final = np.ones(COUNT, np.float32)
_WEIGHTS[[SOUNDS[s] for s in (*VOWELS, *GLIDES, "AA", "WAW", "YEH", "AIN", "HL", "GHL", "TEHM")]] = 0.4
_WEIGHTS[0] = 0
_FULL, _ENDING = np.float32(1), np.float32(0.35)
ARABIC: Final = 1
PATRONYMIC: Final = 2
INITIAL: Final = 4


class Lexicon:
    """Token numbers and what is known of each token. Number 0 is no token. Grows only; not for use by several
    threads.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": 0}
        self._arrays = described([""])

    def __len__(self) -> int:
        return len(self._numbers)

    def prepare(self, names: Iterable[str]) -> Ids:
        """Token numbers of names as they come, (N, MOST)."""
        rows = [list(map(self.number, tokens(name))) for name in names]
        found = np.array([row + [0] * (MOST - len(row)) for row in rows], np.int32).reshape(-1, MOST)
        found[self.arrays.lengths[found] == 0] = 0  # what has no sound here is no token
        return np.take_along_axis(found, np.argsort(found == 0, axis=1, kind="stable"), axis=1)

    def number(self, token: str) -> int:
        """Number of a lower-case token; a new one if it has none."""
        return self._numbers.setdefault(token, len(self._numbers))

    def are_patronymics(self, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which tokens look like a father's name."""
        known = self.arrays
        found: NDArray[np.bool_] = ((known.kinds[numbers] & PATRONYMIC) != 0) | (known.fathers[numbers, 0] != 0)
        return found

    def absorb(self, other: Lexicon) -> Ids:
        """Takes in the tokens of another; its token n is ours of number ``result[n]``."""
        known, begun = self.arrays, len(self)
        numbers = np.fromiter(map(self.number, other._numbers), np.int32, len(other))
        self._arrays = known.and_(other.arrays.of(np.flatnonzero(numbers >= begun)))
        return numbers

    @property
    def arrays(self) -> Arrays:
        """What is known of each token, by its number."""
        if len(self._arrays) < len(self):
            self._arrays = self._arrays.and_(described(list(islice(self._numbers, len(self._arrays), None))))
        return self._arrays


@dataclass(frozen=True)
class Arrays:
    """Columns of a lexicon, by token number."""

    sounds: Costs
    """(N, LONGEST), padded with 0."""
    stems: NDArray[np.uint8]
    """How many sounds stand before an ending that many names share."""
    given: NDArray[np.int16]
    """Numbers of the given names it may be, (N, GIVEN), padded with 0; so are ``fathers``, of a patronymic."""
    fathers: NDArray[np.int16]
    kinds: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.sounds)

    @cached_property
    def lengths(self) -> NDArray[np.uint8]:
        """How many sounds there are."""
        lengths: NDArray[np.uint8] = np.count_nonzero(self.sounds, axis=1).astype(np.uint8)
        return lengths

    @cached_property
    def weights(self) -> NDArray[np.float32]:
        """How much of a name there is, in consonants."""
        in_stem = np.arange(LONGEST) < self.stems[:, None]
        weights: NDArray[np.float32] = (_WEIGHTS[self.sounds] * np.where(in_stem, _FULL, _ENDING)).sum(
            axis=1, dtype=np.float32
        )
        return weights

    @cached_property
    def signatures(self) -> NDArray[np.uint64]:
        """See there."""
        return signatures(self.sounds)

    @cached_property
    def unsure(self) -> NDArray[np.float32]:
        """How many consonants the signature says nothing about."""
        return unsure(self.sounds)

    def of(self, numbers: NDArray[np.intp]) -> Arrays:
        """Those of some tokens."""
        return Arrays(*(getattr(self, column.name)[numbers] for column in fields(self)))

    def and_(self, more: Arrays) -> Arrays:
        """These, and after them those of more tokens."""
        return Arrays(*(np.concatenate([getattr(self, c.name), getattr(more, c.name)]) for c in fields(self)))


def described(words: Sequence[str]) -> Arrays:
    """What is known of tokens."""
    sounds, stems = np.zeros((len(words), LONGEST), np.uint8), np.zeros(len(words), np.uint8)
    kinds = np.fromiter((looks_like_one(word) * PATRONYMIC for word in words), np.uint8, len(words))
    plain = list(words)
    for read, there in alphabets(words).items():
        part = [words[n] for n in there]
        if read is latin.sounds:
            part_plain = latin.plain("".join([f"{word}\n" for word in part])).split("\n")
            for n, word in zip(there, part_plain, strict=False):
                plain[n] = word
        sounds[there], stems[there] = hear(read, part)
        kinds[there] |= np.uint8(ARABIC * (read is arabic.sounds))
    kinds[(sounds[:, 0] != 0) & (sounds[:, 1] == 0)] |= INITIAL
    return Arrays(
        sounds, stems, _numbers(map(known().get, plain), len(words)), _numbers(map(fathers, words), len(words)), kinds
    )


def _numbers(found: Iterable[tuple[int, ...] | None], count: int) -> NDArray[np.int16]:
    table = np.zeros((count, GIVEN), np.int16)
    for place, numbers in enumerate(found):
        if numbers:
            table[place, : len(numbers)] = numbers[:GIVEN]
    return table
