"""The tree over a room's record: RFC 6962 hashing, proofs as in RFC 9162.

A leaf hash is ``SHA-256(0x00 || entry bytes)``, an inner node ``SHA-256(0x01 || left || right)``; each is 32 bytes.
A *complete node* ``(level, index)`` is the root over the leaves ``index * 2**level`` up to ``(index + 1) * 2**level``;
once complete it never changes.

- A writer keeps a ``Frontier``: it appends without reading the room, and says which complete nodes to store.
- A server answers with a ``TreeReader`` over the leaves and the stored nodes.
- Anyone checks with ``verify_inclusion`` and ``verify_consistency``.
- An auditor who holds every leaf uses ``Pyramid``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, TypeAlias

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

STORED_LEVELS = (8, 16, 24)  # beside the leaves: any proof then reads at most 511 hashes in each band of 8 levels
_BAND = 8
_TOP = 24

Node: TypeAlias = tuple[int, int, bytes]
"""A complete node: level, index within the level, hash."""


class BadProof(ValueError):
    """A proof that does not show what it is said to show."""


class DamagedTree(ValueError):
    """Stored hashes that are missing, or are not hashes."""


def leaf_hash(entry: bytes) -> bytes:
    """The leaf of an entry's canonical bytes (RFC 6962 section 2.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The node above two hashes (RFC 6962 section 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def _parents(row: Sequence[bytes]) -> list[bytes]:
    """The nodes above a row of even length."""
    sha = hashlib.sha256
    return [
        sha(b"\x01" + a + b).digest() for a, b in zip(islice(row, 0, None, 2), islice(row, 1, None, 2), strict=True)
    ]


@dataclass(frozen=True)
class Frontier:
    """What a writer must know of a tree to append to it: its size and the roots of its complete subtrees.

    ``peaks``: one hash for each bit set in ``size``, from the largest subtree to the smallest.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count():
            raise DamagedTree(f"a frontier of {self.size} leaves does not have {len(self.peaks)} peaks")

    def append(self, leaf: bytes) -> Frontier:
        """The frontier with one more leaf hash."""
        return self.extend((leaf,))[0]

    def extend(self, leaves: Iterable[bytes]) -> tuple[Frontier, list[Node]]:
        """The frontier with more leaf hashes, and the nodes at ``STORED_LEVELS`` they completed, in order."""
        size, peaks, completed = self.size, list(self.peaks), list[Node]()
        for leaf in leaves:
            node, level, place = leaf, 0, size
            while place & 1:  # it completes the subtree to its left
                node, level, place = node_hash(peaks.pop(), node), level + 1, place >> 1
                if level in STORED_LEVELS:
                    completed.append((level, place, node))
            peaks.append(node)
            size += 1
        return Frontier(size, tuple(peaks)), completed

    def root(self) -> bytes:
        """The tree's root, found once."""
        known: bytes | None = self.__dict__.get("_root")  # functools' own would take a lock for it
        if known is None:
            known = self.__dict__["_root"] = _join(self.peaks)
        return known

    def to_bytes(self) -> bytes:
        """8 bytes of size, big-endian, then the peaks."""
        return self.size.to_bytes(8, "big") + b"".join(self.peaks)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Frontier:
        """The frontier ``to_bytes`` gave. Raises ``DamagedTree``."""
        if len(stored) < 8 or len(stored) % HASH_BYTES != 8:
            raise DamagedTree("a stored frontier is 8 bytes and a number of 32-byte hashes")
        peaks = tuple(stored[i : i + HASH_BYTES] for i in range(8, len(stored), HASH_BYTES))
        return cls(int.from_bytes(stored[:8], "big"), peaks)


def _join(peaks: Sequence[bytes]) -> bytes:
    """The root over neighbouring complete subtrees, largest first."""
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


class Nodes(Protocol):
    """Where a ``TreeReader`` reads: ``count`` nodes from ``start`` on, of level 0 (the leaves), 8, 16 or 24."""

    def __call__(self, level: int, start: int, count: int, /) -> Sequence[bytes]: ...


class TreeReader:
    """Roots and proofs of a stored tree of ``size`` leaves, also for what it was at smaller sizes.

    Reads in runs of at most 256 hashes, at most two a band of eight levels for any one answer, and keeps what it
    has read: make one for each request. Raises ``DamagedTree`` if the store lacks a hash. It trusts what it reads:
    check the answers against a signed root.
    """

    def __init__(self, nodes: Nodes, size: int) -> None:
        self.size = size
        self._nodes = nodes
        self._tiles: dict[tuple[int, int], list[list[bytes]]] = {}

    def root(self, size: int | None = None) -> bytes:
        """The root when the tree had ``size`` leaves; now, if none is given."""
        size = self.size if size is None else size
        self._within(0 <= size <= self.size, f"size {size}")
        return self._over(0, size) if size else EMPTY_ROOT

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """The proof that leaf ``index`` is in the tree of ``size`` leaves (RFC 9162 section 2.1.3.1)."""
        size = self.size if size is None else size
        self._within(0 <= index < size <= self.size, f"leaf {index} at size {size}")
        proof: list[bytes] = []
        start, end = 0, size
        while end - start > 1:
            middle = start + _left_size(end - start)
            if index < middle:
                proof.append(self._over(middle, end))
                end = middle
            else:
                proof.append(self._over(start, middle))
                start = middle
        return proof[::-1]

    def consistency(self, old: int, new: int | None = None) -> list[bytes]:
        """The proof that the tree of ``old`` leaves is a prefix of the one of ``new`` (RFC 9162 section 2.1.4.1).

        Empty when the sizes are equal, and from the empty tree, of which every tree is a continuation.
        """
        new = self.size if new is None else new
        self._within(0 <= old <= new <= self.size, f"sizes {old} and {new}")
        if old in (0, new):
            return []
        proof: list[bytes] = []
        start, end = 0, new
        while end != old:
            middle = start + _left_size(end - start)
            if old <= middle:
                proof.append(self._over(middle, end))
                end = middle
            else:
                proof.append(self._over(start, middle))
                start = middle
        if start:  # else what is left is the old tree itself, whose root the reader of the proof has
            proof.append(self._over(start, end))
        return proof[::-1]

    def _within(self, holds: bool, what: str) -> None:
        if not holds:
            raise ValueError(f"{what}: there is no such part of a tree of {self.size} leaves")

    def _over(self, start: int, end: int) -> bytes:
        """The root over a run of leaves that the RFC's recursion splits off: its largest part is aligned."""
        peaks = []
        while start < end:
            level = (end - start).bit_length() - 1
            peaks.append(self._complete(level, start >> level))
            start += 1 << level
        return _join(peaks)

    def _complete(self, level: int, index: int) -> bytes:
        base = min(level - level % _BAND, _TOP)
        height = level - base
        if height > _BAND:  # beyond 2**32 leaves nothing is stored higher up
            return node_hash(self._complete(level - 1, 2 * index), self._complete(level - 1, 2 * index + 1))
        tile, place = divmod(index << height, 1 << _BAND)
        return self._tile(base, tile)[height][place >> height]

    def _tile(self, base: int, tile: int) -> list[list[bytes]]:
        """Up to 256 neighbouring nodes of a stored level and the complete nodes above them."""
        known = self._tiles.get((base, tile))
        if known is None:
            start = tile << _BAND
            count = min(1 << _BAND, (self.size >> base) - start)
            row = list(self._nodes(base, start, count))
            if len(row) != count or any(len(node) != HASH_BYTES for node in row):
                raise DamagedTree(f"the stored tree lacks nodes of level {base} from {start} to {start + count}")
            known = self._tiles[base, tile] = _levels(row)
        return known


def _left_size(size: int) -> int:
    """The largest power of two below ``size`` (which is at least 2)."""
    return 1 << (size - 1).bit_length() - 1


def _levels(row: list[bytes]) -> list[list[bytes]]:
    """``row`` and every row of complete nodes above it."""
    rows = [row]
    while len(row) > 1:
        row = _parents(row if len(row) % 2 == 0 else row[:-1])
        rows.append(row)
    return rows


def split(hashes: bytes) -> list[bytes]:
    """Hashes that stand one after another in one piece."""
    return [hashes[i : i + HASH_BYTES] for i in range(0, len(hashes), HASH_BYTES)]


class Pyramid:
    """Every complete node over leaf hashes held in memory; about 130 bytes a leaf."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._rows: list[list[bytes]] = [[]]
        self.extend(leaves)

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Put more leaf hashes after those that are there."""
        fresh, level = list(leaves), 0
        while fresh:
            if level == len(self._rows):
                self._rows.append([])
            row = self._rows[level]
            whole = len(row) & ~1  # those before have their parents already
            row += fresh
            fresh, level = _parents(row[whole : len(row) & ~1]), level + 1

    @property
    def size(self) -> int:
        return len(self._rows[0])

    def root(self, size: int | None = None) -> bytes:
        """The root when the tree had ``size`` leaves; at most one hash for each bit of ``size``."""
        size = self.size if size is None else size
        if not 0 <= size <= self.size:
            raise ValueError(f"size {size}: there are {self.size} leaves")
        bits = reversed(range(size.bit_length()))
        return _join([self._rows[level][(size >> level) - 1] for level in bits if size >> level & 1])

    def nodes(self, level: int, start: int, count: int, /) -> Sequence[bytes]:
        """What a ``TreeReader`` reads."""
        return self._rows[level][start : start + count] if level < len(self._rows) else ()


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check that ``leaf`` (a leaf hash) stands at ``index`` in the tree of ``size`` leaves with this root.

    Returns None or raises ``BadProof``. RFC 9162 section 2.1.3.2.
    """
    if not 0 <= index < size:
        raise BadProof(f"leaf {index} is outside a tree of {size} leaves")
    node = leaf
    for sibling, on_left in _siblings(index, size - 1, _hashes(proof)):
        node = node_hash(sibling, node) if on_left else node_hash(node, sibling)
    if node != root:
        raise BadProof(f"leaf {index} is not in the tree of {size} leaves with this root")


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Check that the tree of ``new`` leaves begins with the tree of ``old`` leaves.

    Returns None or raises ``BadProof``. RFC 9162 section 2.1.4.2; the empty tree, which the RFC leaves out, is a
    prefix of every tree, and equal sizes have equal roots, both with an empty proof.
    """
    if not 0 <= old <= new:
        raise BadProof(f"a tree of {new} leaves cannot continue one of {old}")
    if old in (0, new):
        _verify_trivial(old, new, old_root, new_root, proof)
        return
    hashes = _hashes(proof)
    if old & (old - 1) == 0:
        hashes.insert(0, old_root)
    if not hashes:
        raise BadProof("the proof is empty")
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = hashes[0]
    for sibling, on_left in _siblings(place, last, hashes[1:]):
        before = node_hash(sibling, before) if on_left else before
        after = node_hash(sibling, after) if on_left else node_hash(after, sibling)
    if before != old_root or after != new_root:
        raise BadProof(f"the tree of {new} leaves does not continue the tree of {old} leaves: they are two histories")


def _verify_trivial(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    if proof:
        raise BadProof("between these sizes the proof is empty")
    if old == 0 and old_root != EMPTY_ROOT:
        raise BadProof("the empty tree has another root")
    if old == new and old_root != new_root:
        raise BadProof(f"two roots for the same size {new}: they are two histories")


def _siblings(place: int, last: int, proof: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each hash of a proof from the bottom up, and whether it stands to the left of the path.

    ``place`` is the node on the path and ``last`` the last node, both as indexes within the current level.
    """
    for sibling in proof:
        if last == 0:
            raise BadProof("the proof is longer than the tree is high")
        on_left = bool(place & 1) or place == last
        while on_left and place and not place & 1:  # a right edge has no sibling until it is a right child
            place, last = place >> 1, last >> 1
        yield sibling, on_left
        place, last = place >> 1, last >> 1
    if last != 0:
        raise BadProof("the proof is shorter than the tree is high")


def _hashes(proof: Sequence[bytes]) -> list[bytes]:
    if any(len(node) != HASH_BYTES for node in proof):
        raise BadProof("a hash in the proof is not 32 bytes")
    return list(proof)
