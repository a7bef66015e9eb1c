"""Marks: which of many numbered things carry which keys, so that those with several keys are found quickly.

For each key, bits by number, in pieces of ``PIECE`` numbers: to mark one copies a piece; to find what carries several
keys ands whole pieces, newest first, until enough is found. They are stored as text, since JSON has no long numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from goodoffices.record.ordered import Ordered

PIECE = 1024  # numbers a piece holds


@dataclass(frozen=True)
class Marks:
    """``pieces``: by key and piece, bits in hexadecimal. ``counts``: by what keys begin with (to the colon), how many
    carry each key, in the order in which keys came."""

    pieces: Ordered[str] = field(default_factory=Ordered)
    counts: Ordered[Ordered[int]] = field(default_factory=Ordered)

    def put(self, number: int, keys: Iterable[str]) -> Marks:
        """With these keys on this number (from 0)."""
        marks = self
        for key in keys:
            piece, known, bit = marks._piece(key, number)
            if not known & bit:
                marks = Marks(marks.pieces.put(piece, f"{known | bit:x}"), marks._counted(key, 1))
        return marks

    def drop(self, number: int, key: str) -> Marks:
        """Without this key on this number."""
        piece, known, bit = self._piece(key, number)
        return Marks(self.pieces.put(piece, f"{known ^ bit:x}"), self._counted(key, -1)) if known & bit else self

    def count(self, key: str) -> int:
        """How many carry this key."""
        return self._begun(key).get(key, 0)

    def carries(self, number: int, keys: Iterable[str]) -> bool:
        """Whether this number carries all of these keys."""
        return all(known & bit for _, known, bit in (self._piece(key, number) for key in keys))

    def keys(self, begin: str) -> Iterator[tuple[str, int]]:
        """The keys that begin so (to the colon), the one that came first last, and how many carry each."""
        counts = self._begun(begin)
        return ((key, counts[key]) for key in reversed(counts))

    def found(self, keys: Iterable[str], below: int) -> Iterator[int]:
        """The numbers under ``below`` that carry all of ``keys`` (at least one), newest first."""
        for start, bits in self._pieces(tuple(keys), below):
            left = bits
            while left:
                last = left.bit_length() - 1
                yield start + last
                left ^= 1 << last

    def many(self, keys: Iterable[str], below: int) -> int:
        """How many numbers under ``below`` carry all of ``keys`` (at least one)."""
        return sum(bits.bit_count() for _, bits in self._pieces(tuple(keys), below))

    def _pieces(self, keys: tuple[str, ...], below: int) -> Iterator[tuple[int, int]]:
        """The first number of each piece and the bits that carry all of ``keys``, newest first."""
        for piece in range((below - 1) // PIECE, -1, -1):
            bits = (1 << min(PIECE, below - piece * PIECE)) - 1
            for key in keys:
                bits &= int(self.pieces.get(f"{key}#{piece}", "0"), 16)
                if not bits:
                    break
            yield piece * PIECE, bits

    def _piece(self, key: str, number: int) -> tuple[str, int, int]:
        """Its name, its bits, and the bit of the number."""
        piece = f"{key}#{number // PIECE}"
        return piece, int(self.pieces.get(piece, "0"), 16), 1 << number % PIECE

    def _begun(self, key: str) -> Ordered[int]:
        return self.counts.get(key.partition(":")[0], Ordered())

    def _counted(self, key: str, by: int) -> Ordered[Ordered[int]]:
        counts = self._begun(key)
        return self.counts.put(key.partition(":")[0], counts.put(key, counts.get(key, 0) + by))
