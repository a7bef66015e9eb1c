"""What an office keeps in memory between requests: states of rooms, and entries that were cited lately.

Entries never change and a state is a function of its entries, so nothing here can be stale; it can only be behind.
Whoever asks has decided already who may read. Shared by the threads of a process.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

from goodoffices.record.entries import Entry
from goodoffices.record.matter import Room

ROOMS = 2048  # states of small rooms, some kilobytes each; a large one is a few megabytes
PREFIXES = 64  # states as of an earlier size, for those who may read no further
ENTRIES = 1024

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """The ``limit`` values used last."""

    def __init__(self, limit: int) -> None:
        self._limit, self._values, self._lock = limit, OrderedDict[K, V](), threading.Lock()

    def get(self, key: K) -> V | None:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: K, value: V) -> None:
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            if len(self._values) > self._limit:
                self._values.popitem(last=False)


class Kept:
    """States by room, newest and as of earlier sizes; entries by room and ref; what is known to be stored."""

    def __init__(self) -> None:
        self.entries = Recent[tuple[str, str], Entry](ENTRIES)
        self._newest = Recent[str, Room](ROOMS)
        self._prefixes = Recent[tuple[str, int], Room](PREFIXES)
        self._stored = Recent[tuple[str, int], int](2 * ROOMS)

    def state(self, room: str, size: int) -> Room | None:
        """The largest known state of at most ``size`` entries."""
        newest = self._newest.get(room)
        return newest if newest is not None and newest.size <= size else self._prefixes.get((room, size))

    def keep(self, state: Room) -> None:
        newest = self._newest.get(state.id)
        if newest is None or newest.size <= state.size:
            self._newest.put(state.id, state)
        else:
            self._prefixes.put((state.id, state.size), state)

    def stored(self, room: str, size: int) -> int:
        """The size of the last projection known to be stored for states about as large as ``size``."""
        return self._stored.get((room, size.bit_length())) or 0

    def store(self, room: str, size: int) -> None:
        self._stored.put((room, size.bit_length()), size)
