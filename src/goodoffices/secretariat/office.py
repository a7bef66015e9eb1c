"""The office: everything the secretariat is handed, and the loading of rooms.

Nothing here knows Django, a clock or a source of randomness; they come in through ``Office``.
"""

from __future__ import annotations

import base64
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from goodoffices.record import checkpoints, entries, tree
from goodoffices.record.matter import Matters, Room
from goodoffices.record.store import Head, Store
from goodoffices.talks.scene import Rule

Randomness = Callable[[str, int, str], bytes]
"""(room, size of its record, purpose) -> 16 bytes. Tests derive them from these three; production ignores them."""

CACHED_ROOMS = 256
SAVE_EVERY = 64  # entries a stored projection may lag behind before a reader saves a newer one


class RoomBehind(Exception):
    """The database holds less of this room than its head outside the database says: it was restored or cut."""


class Heads(Protocol):
    """The newest checkpoint of each room, kept outside the database. It may lag behind, never lead."""

    def newest(self, room: str) -> str | None:
        """The signed note, as last written."""

    def write(self, room: str, note: str) -> None: ...


@dataclass
class Office:
    """One Good Offices: its store, heads, log key, host name, matters and rules, clock and randomness.

    ``clock()`` gives RFC 3339 UTC with milliseconds. ``host`` is the name in checkpoint origins.
    """

    store: Store
    heads: Heads
    log_key: checkpoints.LogKey
    host: str
    matters: Matters
    rules: Mapping[str, Rule]
    clock: Callable[[], str]
    random: Randomness
    _rooms: OrderedDict[str, Room] = field(default_factory=OrderedDict)

    def origin(self, room: str) -> str:
        return f"{self.host}/{room}"

    def check_head(self, room: str, head: Head) -> None:
        """Raises ``RoomBehind`` when the room is behind its head outside the database."""
        note = self.heads.newest(room)
        if note is not None:
            _compare(room, head, note)

    def tree(self, room: str, size: int) -> tree.TreeReader:
        """Roots and proofs of the room's record up to ``size`` entries."""
        return tree.TreeReader(lambda level, start, count: self.store.nodes(room, level, start, count), size)

    def load(self, room: str, size: int) -> Room:
        """The room's state after ``size`` entries: from the cache, a stored projection, or entry 0."""
        known = self._rooms.get(room)
        if known is None or known.size > size:
            known = self._stored(room, size)
        start = known.size
        if start < size:
            lines = self.store.lines(room, start, size)
            known = self.matters.advance(known, map(entries.decode, lines))
            if known.size - start >= SAVE_EVERY:
                self.store.save_projection(room, self.matters.version, size, self.matters.dump(known))
        self._keep(known)
        return known

    def checkpoint(self, room: str, size: int, root: bytes) -> str:
        """The signed note for a room's record at this size."""
        return checkpoints.sign(checkpoints.Checkpoint(self.origin(room), size, root), self.log_key)

    def _stored(self, room: str, size: int) -> Room:
        stored = self.store.projection(room, self.matters.version, size)
        return self.matters.load(room, stored[1]) if stored else Room(room)

    def _keep(self, room: Room) -> None:
        kept = self._rooms.get(room.id)
        if kept is None or kept.size <= room.size:
            self._rooms[room.id] = room
        self._rooms.move_to_end(room.id)
        if len(self._rooms) > CACHED_ROOMS:
            self._rooms.popitem(last=False)


def _compare(room: str, head: Head, note: str) -> None:
    _, size, root, *_ = note.split("\n", 3)
    if head.size < int(size) or (head.size == int(size) and base64.b64encode(head.root).decode() != root):
        raise RoomBehind(
            f"The database does not hold what room {room} held when it was last written "
            f"({size} entries): it was probably restored from a backup. Nothing is shown or written. "
            f"The host's operator can continue the room with: goodoffices recover {room}"
        )
