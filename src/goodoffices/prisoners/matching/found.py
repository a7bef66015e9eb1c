"""What one run over two lists found: pairs by the numbers of their rows, with what spoke for and against each.

It is kept encrypted beside the record, as lists are, so it says what its own words mean: a later version of the program
may compare otherwise. It holds numbers of rows and no name.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import msgspec

from goodoffices.prisoners.matching.comparisons import COMPARISONS
from goodoffices.prisoners.matching.engine import Reason

_VERSION: Final = 1
_TENTHS: Final = 10
_MILLION: Final = 1_000_000

Said = list[tuple[int, int, int]]
"""Of a pair: field, level, and tenths of a bit."""


@dataclass(frozen=True)
class Pair:
    """Two rows that may be one person. ``certain``: the program finds nothing to doubt; people judge it yet."""

    left: str
    right: str
    probability: float
    certain: bool
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Found:
    """``left``, ``right``: the numbers of all rows that were compared; ``right`` is empty within one list.

    ``pairs``: the certain ones first, within each kind the likeliest first. ``others``: pairs that may be one person,
    too, but for a row that is in a doubtful pair already.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    pairs: tuple[Pair, ...]
    compared: int = 0
    within: bool = False
    others: tuple[Pair, ...] = ()

    @cached_property
    def by_rows(self) -> Mapping[tuple[str, str], Pair]:
        """The pairs by their rows."""
        return {(pair.left, pair.right): pair for pair in self.pairs}

    @property
    def certain(self) -> int:
        """How many pairs the program finds nothing to doubt in."""
        return sum(pair.certain for pair in self.pairs)

    def has(self, left: str, right: str) -> bool:
        """Whether both rows were compared; they need not be a pair that was found."""
        ours, theirs = self._numbers
        return left in ours and right in theirs and not (self.within and left == right)

    @cached_property
    def _numbers(self) -> tuple[frozenset[str], frozenset[str]]:
        ours = frozenset(self.left)
        return ours, ours if self.within else frozenset(self.right)


class BadFound(ValueError):
    """Bytes that no run of this version made."""


_Pair = tuple[str, str, int, bool, Said]


class _Stored(msgspec.Struct):
    v: int
    left: tuple[str, ...]
    right: tuple[str, ...]
    within: bool
    compared: int
    words: list[tuple[str, tuple[str, ...]]]
    pairs: list[_Pair] = field(default_factory=list)
    others: list[_Pair] = field(default_factory=list)


def encode(found: Found) -> bytes:
    """As it is encrypted: compressed JSON."""
    words = [(c.field, c.levels) for c in COMPARISONS]
    fields = {name: n for n, (name, _) in enumerate(words)}
    levels = {(n, says): place for n, (_, all_) in enumerate(words) for place, says in enumerate(all_)}

    def said(reason: Reason) -> tuple[int, int, int]:
        n = fields[reason.field]
        return n, levels[n, reason.says], round(reason.bits * _TENTHS)

    pairs, others = (
        [(p.left, p.right, round(p.probability * _MILLION), p.certain, [said(r) for r in p.reasons]) for p in some]
        for some in (found.pairs, found.others)
    )
    stored = _Stored(_VERSION, found.left, found.right, found.within, found.compared, words, pairs, others)
    return zlib.compress(msgspec.json.encode(stored), 3)


def decode(content: bytes) -> Found:
    """What ``encode`` made. Raises ``BadFound``."""
    try:
        stored = msgspec.json.decode(zlib.decompress(content), type=_Stored)
    except (zlib.error, msgspec.DecodeError):
        raise BadFound("This is no matching that this version can read.") from None
    if stored.v != _VERSION:
        raise BadFound("This matching was kept by a newer version of the program.")
    pairs, others = (
        tuple(
            Pair(left, right, share / _MILLION, certain, tuple(_reason(stored.words, *one) for one in said))
            for left, right, share, certain, said in some
        )
        for some in (stored.pairs, stored.others)
    )
    return Found(stored.left, stored.right, pairs, stored.compared, stored.within, others)


def _reason(words: list[tuple[str, tuple[str, ...]]], field: int, level: int, tenths: int) -> Reason:
    name, levels = words[field]
    return Reason(name, levels[level], tenths / _TENTHS)
