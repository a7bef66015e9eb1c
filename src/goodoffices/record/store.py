"""The store port: what the secretariat needs of a database, and what it may rely on.

One act is one ``Batch``; ``append`` is all or nothing and durable when it returns. Every read is of committed data.
Callers must not rely on any order between rooms, on reads of two rooms being of one moment, or on a projection
being there. ``tests/contracts/`` holds every implementation to this.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from msgspec import Struct

from goodoffices.record.particulars import Particular
from goodoffices.record.tree import Frontier


class Conflict(Exception):
    """A room has moved on, or the act is already there: nothing was written; decide anew."""


class StoreFull(Exception):
    """The disk or database refused to take more: nothing was written and nothing acknowledged."""


class Head(Struct, frozen=True):
    """Where a room's record stands: its tree, and its last ``at``."""

    frontier: Frontier
    at: str

    @property
    def size(self) -> int:
        return self.frontier.size

    @property
    def root(self) -> bytes:
        return self.frontier.root()


EMPTY = Head(Frontier(), "")


class Addition(Struct, frozen=True):
    """What one act adds to one room.

    ``expected``: the size the rules decided on. ``lines``: canonical bytes; ``leaves``: their hashes (32 bytes).
    ``nodes``: newly complete subtree roots as (level, index, hash), level in {8, 16, 24}. ``erased``: citations whose
    salt and content go. ``seats``: person -> seq of removal, or None while seated (an index for ``rooms_of``).
    """

    room: str
    expected: int
    head: Head
    lines: tuple[bytes, ...]
    leaves: tuple[bytes, ...]
    nodes: tuple[tuple[int, int, bytes], ...] = ()
    particulars: tuple[Particular, ...] = ()
    signatures: tuple[bytes, ...] = ()
    erased: tuple[str, ...] = ()
    seats: tuple[tuple[str, int | None], ...] = ()
    public: bool = False


class Batch(Struct, frozen=True):
    """One act of one person.

    ``content``: the SHA-256 (hex) of what was asked; ``read``: rooms the rules looked at, and their sizes.
    """

    person: str
    act: str
    content: str
    additions: tuple[Addition, ...]
    read: tuple[tuple[str, int], ...] = ()


class Recorded(Struct, frozen=True):
    """An act already on the record: what was asked, and (room, first seq, count) of what it wrote."""

    content: str
    spans: tuple[tuple[str, int, int], ...] = ()


def moves(batches: Sequence[Batch]) -> tuple[dict[str, int], dict[str, tuple[Head, bool]], frozenset[str]]:
    """What ``batches`` in their order need and do: the sizes to find (of rooms read or written), the rooms written with
    their new heads and whether they are public, and the rooms only read.

    Raises ``Conflict`` if they do not follow from one another. For those who implement ``append``.
    """
    first: dict[str, int] = {}
    last: dict[str, tuple[Head, bool]] = {}
    for batch in batches:
        for room, expected in (*batch.read, *((a.room, a.expected) for a in batch.additions)):
            found = last[room][0].size if room in last else first.setdefault(room, expected)
            if found != expected:
                raise Conflict
        for addition in batch.additions:
            last[addition.room] = (addition.head, addition.public)
    return first, last, frozenset(first.keys() - last.keys())


class Store(Protocol):
    """The port. Rooms and people are ids (32 hex); sizes and seqs count entries from 0."""

    def heads(self, rooms: Iterable[str]) -> dict[str, Head]:
        """The heads of those rooms that exist, in one reading."""

    def lines(self, room: str, start: int, stop: int) -> Sequence[bytes]: ...

    def at(self, room: str, seqs: Iterable[int]) -> dict[int, bytes]:
        """The canonical bytes of the entries in these places, those that there are, in one reading."""

    def nodes(self, room: str, level: int, start: int, count: int) -> Sequence[bytes]:
        """Level 0 gives leaf hashes; levels 8, 16 and 24 the roots of complete subtrees."""

    def find(self, room: str, leaves: Iterable[bytes]) -> dict[bytes, tuple[int, bytes]]:
        """The seq and the canonical bytes of the entries with these leaf hashes, in one reading."""

    def particulars(self, room: str, citations: Iterable[str]) -> dict[str, Particular]:
        """Those that are there; an erased one is absent."""

    def signatures(self, room: str, digests: Iterable[str]) -> dict[str, bytes]: ...

    def acts(self, person: str, acts: Iterable[str]) -> dict[str, Recorded]:
        """Those of these acts of the person that are on the record, in one reading."""

    def act(self, person: str, act: str) -> Recorded | None:
        return self.acts(person, [act]).get(act)

    def append(self, batches: Sequence[Batch]) -> None:
        """Write all batches in one durable transaction, or raise ``Conflict`` or ``StoreFull`` and write nothing."""

    def rooms_of(self, person: str) -> Sequence[str]:
        """Rooms in which the person has or had a seat, in id order."""

    def public_rooms(self) -> Sequence[str]: ...

    def rooms(self) -> Sequence[str]:
        """Every room: for the operator's commands only, never for a page."""

    def projection(self, room: str, version: str, size: int) -> tuple[int, bytes] | None:
        """(size, data) of the latest stored projection of at most ``size`` entries made by folds of ``version``."""

    def save_projection(self, room: str, version: str, size: int, data: bytes) -> None:
        """Keep a projection; older ones may go for it. Raises ``StoreFull`` or ``Conflict``: it can be done later."""

    def drop_projections(self) -> None: ...
