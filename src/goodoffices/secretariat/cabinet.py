"""The cabinet: keys of lists, kept apart from the records, so that to destroy one erases for good what lies under it.

A key opens one ciphertext of one room and no other. Callers must not keep a key for longer than they use it.
``tests/contracts/`` holds every implementation to this.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Protocol

KEY_BYTES = 32


class KeyMissing(Exception):
    """The key of a list is not there. The message is for the person who asked for the list."""

    def __init__(self) -> None:
        super().__init__(
            "The key of this list is not on this machine, so nobody can open it. If it was not erased, the host's "
            "operator has to put the folder of list keys back from its own copy (goodoffices doctor says which)."
        )


class CabinetUnusable(Exception):
    """The cabinet cannot be written to or read; the message says what to do. Nothing was written."""


class Cabinet(Protocol):
    """Keys of 256 bits by id (32 hex)."""

    def new(self, id: str) -> bytes:
        """Make the key of this id; durable when it returns. Raises ``CabinetUnusable``."""

    def key(self, id: str) -> bytes:
        """Raises ``KeyMissing``."""

    def destroy(self, id: str) -> None:
        """For good; durable when it returns. That it is gone already is no error."""

    def ids(self) -> Iterable[str]:
        """The keys that are there."""

    def tidy(self) -> None:
        """Take away what a process that was killed left half made, if anything. Raises ``CabinetUnusable``."""
        return


class MemoryCabinet(Cabinet):
    """Keys that follow from their ids and last as long as the process: for tests and rehearsals, never for people."""

    def __init__(self) -> None:
        self.keys: dict[str, bytes] = {}

    def new(self, id: str) -> bytes:
        self.keys[id] = hashlib.sha256(f"list key {id}".encode()).digest()
        return self.keys[id]

    def key(self, id: str) -> bytes:
        if id not in self.keys:
            raise KeyMissing
        return self.keys[id]

    def destroy(self, id: str) -> None:
        self.keys.pop(id, None)

    def ids(self) -> Iterable[str]:
        return sorted(self.keys)
