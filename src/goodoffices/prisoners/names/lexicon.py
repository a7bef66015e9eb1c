"""Names prepared for comparing: each different token is looked at once, and a name becomes a row of token numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.names import arabic, cyrillic, latin
from goodoffices.prisoners.names.given_names import known
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
# Endings that many names share, and that therefore say little: they count for a third.
_COMMON: Final = re.compile(
    "(?:енко|[сц]ьк(?:ий|а|ого)|[сц]к(?:ий|ая|ой)|[оеє]в[аі]?|ёв[а]?|[иії]н[аі]?|чук|[юу]к|[оеє]вич|[їоеё]вна|івна|янц?"
    "|швили|дзе|enko|[sc]k[iyja]+|[oe][vw]a?|off|eff|ine?|ina|[ct][zsh]*[uo]u?[kc]|[iyj]?uk|[oe][vw]i(?:ch|cz|tsch|č|tch)"
    "|[oei][vw]na|yan|ian|son|man+)$"
)


class Lexicon:
    """Token numbers and what is known of each token. Number 0 is no token. Grows only; not for use by several
    threads.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": 0}
        self._sounds = bytearray(LONGEST)
        self._stems = [0]
        self._given = [[0] * GIVEN]
        self._fathers = [[0] * GIVEN]
        self._kinds = [0]
        self._arrays: Arrays | None = None

    def __len__(self) -> int:
        return len(self._numbers)

    def prepare(self, names: Iterable[str]) -> Ids:
        """Token numbers of names as they come, (N, MOST)."""
        rows = [self._row(name) for name in names]
        return np.array(rows, np.int32).reshape(-1, MOST)

    def _row(self, name: str) -> list[int]:
        numbers = [self.number(token) for token in tokens(name)]
        found = [n for n in numbers if self._sounds[n * LONGEST]]
        return found + [0] * (MOST - len(found))

    def number(self, token: str) -> int:
        """Number of a lower-case token; a new one if it has none."""
        number = self._numbers.get(token)
        if number is None:
            number = self._numbers[token] = len(self._numbers)
            self._add(token)
        return number

    def is_patronymic(self, number: int) -> bool:
        """Whether a token looks like a father's name."""
        return bool(self._kinds[number] & PATRONYMIC or self._fathers[number][0])

    def _add(self, token: str) -> None:
        self._arrays = None
        read, is_arabic = _reader(token)
        heard = _heard(read(token))
        ending = _COMMON.search(token)
        stem = len(heard) - (_length(read, ending[0]) if ending and ending.start() > 1 else 0)
        self._sounds += bytes(heard).ljust(LONGEST, b"\0")
        self._stems.append(stem)
        plain = latin.plain(token) if read is latin.sounds else token
        self._given.append(_padded(known().get(plain, ())))
        self._fathers.append(_padded(fathers(token)))
        self._kinds.append(is_arabic * ARABIC + looks_like_one(token) * PATRONYMIC + (len(heard) == 1) * INITIAL)

    def absorb(self, other: Lexicon) -> Ids:
        """Takes in the tokens of another; its token n is ours of number ``result[n]``."""
        self._arrays = None
        numbers = np.empty(len(other), np.int32)
        for token, number in other._numbers.items():
            ours = self._numbers.get(token)
            if ours is None:
                ours = self._numbers[token] = len(self._numbers)
                self._sounds += other._sounds[number * LONGEST : (number + 1) * LONGEST]
                self._stems.append(other._stems[number])
                self._given.append(other._given[number])
                self._fathers.append(other._fathers[number])
                self._kinds.append(other._kinds[number])
            numbers[number] = ours
        return numbers

    @property
    def arrays(self) -> Arrays:
        """What is known of each token, by its number."""
        if self._arrays is None:
            self._arrays = Arrays(self)
        return self._arrays


ARABIC: Final = 1
PATRONYMIC: Final = 2
INITIAL: Final = 4


class Arrays:
    """Columns of a lexicon, by token number."""

    def __init__(self, lexicon: Lexicon) -> None:
        sounds = np.frombuffer(bytes(lexicon._sounds), np.uint8)  # noqa: SLF001 - the lexicon's own columns
        self.sounds: Costs = sounds.reshape(-1, LONGEST)
        self.lengths = np.count_nonzero(self.sounds, axis=1).astype(np.uint8)
        in_stem = np.arange(LONGEST) < np.array(lexicon._stems)[:, None]  # noqa: SLF001 - as above
        self.weights = (_WEIGHTS[self.sounds] * np.where(in_stem, _FULL, _ENDING)).sum(axis=1, dtype=np.float32)
        self.signatures = signatures(self.sounds)
        self.unsure = unsure(self.sounds)
        self.given = np.array(lexicon._given, np.int16)  # noqa: SLF001 - as above
        self.fathers = np.array(lexicon._fathers, np.int16)  # noqa: SLF001 - as above
        self.kinds = np.array(lexicon._kinds, np.uint8)  # noqa: SLF001 - as above


@lru_cache(maxsize=1 << 12)
def _length(read: Callable[[str], list[int]], ending: str) -> int:
    """How many sounds an ending has."""
    return len(_heard(read(ending)))


def _reader(token: str) -> tuple[Callable[[str], list[int]], bool]:
    first = token[:1]
    if "\u0400" <= first <= "\u052f":
        return cyrillic.sounds, False
    if "\u0600" <= first <= "\u06ff":
        return arabic.sounds, True
    return latin.sounds, False


_ENDING_I: Final = frozenset(SOUNDS[s] for s in ("I", "J", "JL", "YL"))


def _heard(sounds: list[int]) -> list[int]:
    """Doubled sounds once; a row of i and j at the end as one i (Serhii, Sergiy, Sergej)."""
    said = [s for n, s in enumerate(sounds) if n == 0 or s != sounds[n - 1]]
    end = len(said)
    while end > 1 and said[end - 1] in _ENDING_I:
        end -= 1
    if len(said) - end > 1:
        said[end:] = [SOUNDS["I"]]
    return said[:LONGEST]


def _padded(numbers: tuple[int, ...]) -> list[int]:
    return [*numbers[:GIVEN], *[0] * (GIVEN - len(numbers))]
