"""The office: everything the secretariat is handed, and the loading of rooms.

Nothing here knows Django, a clock or a source of randomness; they come in through ``Office``.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from goodoffices.record import checkpoints, entries, tree
from goodoffices.record.entries import Entry
from goodoffices.record.logkeys import LogKeys
from goodoffices.record.matter import Matters, Room
from goodoffices.record.seats import SEATS
from goodoffices.record.store import Conflict, Head, Store, StoreFull
from goodoffices.secretariat.cabinet import Cabinet, MemoryCabinet
from goodoffices.secretariat.kept import Kept
from goodoffices.talks.scene import Rule

Randomness = Callable[[str, int, str], bytes]
"""(room, size of its record, purpose) -> 16 bytes. Tests derive them from these three; production ignores them."""

SAVE_EVERY = 256  # entries that a stored projection may lag behind, at least
SAVE_SHARE = 32  # and at most this part of the record: the larger the state, the seldomer it is stored


class RoomBehind(Exception):
    """The database holds less of this room than its head outside the database says: it was restored or cut."""


@dataclass(frozen=True)
class Continued:
    """That an operator has continued a room in another (id), when ``size`` of ``known`` entries had survived."""

    room: str
    size: int
    known: int


class RoomContinued(RoomBehind):
    """The room was continued in another one: what survived of it can be read, and nothing is written."""


class Heads(Protocol):
    """The newest checkpoint of each room, kept outside the database. It may lag behind, never lead."""

    def newest(self, room: str) -> str | None:
        """The signed note, as last written."""

    def write(self, room: str, note: str) -> None:
        """Keep this note, unless a newer one is kept."""

    def continued(self, room: str) -> Continued | None:  # noqa: ARG002 - heads that never continue need not say so
        """Where an operator has continued this room, if so."""
        return None


@dataclass
class Office:
    """One Good Offices: its store, heads, log keys, host name, matters and rules, clock, randomness and list keys.

    ``clock()`` gives RFC 3339 UTC with milliseconds. ``host`` is the name in checkpoint origins.
    """

    store: Store
    heads: Heads
    log_keys: LogKeys
    host: str
    matters: Matters
    rules: Mapping[str, Rule]
    clock: Callable[[], str]
    random: Randomness
    cabinet: Cabinet = field(default_factory=MemoryCabinet)
    kept: Kept = field(default_factory=Kept)

    @property
    def log_key(self) -> checkpoints.LogKey:
        """The newest log key, which rooms opened now name."""
        return self.log_keys.newest

    def log(self, room: str) -> dict[str, str]:
        """The log of a room opened now, as its entry 0 names it."""
        return {"origin": self.origin(room), "key": base64.b64encode(self.log_key.public).decode()}

    def origin(self, room: str) -> str:
        return f"{self.host}/{room}"

    def check_head(self, room: str, head: Head) -> None:
        """Raises ``RoomBehind`` when the room is behind its head outside the database.

        Once it was continued in another room, what survived of it may be read.
        """
        note = self.heads.newest(room)
        if note is not None and _is_behind(head, note) and self.heads.continued(room) is None:
            size = note.split("\n", 2)[1]
            raise RoomBehind(
                f"The database does not hold what room {room} held when it was last written "
                f"({size} entries): it was probably restored from a backup. Nothing is shown or written. "
                f"The host's operator can continue the room with: goodoffices recover {room}"
            )

    def check_writable(self, room: str) -> None:
        """Raises ``RoomContinued`` when the room was continued in another one."""
        continued = self.heads.continued(room)
        if continued is not None:
            raise RoomContinued(
                f"This room was restored from a backup and has been continued in another ({continued.room}). "
                f"What is left of it ({continued.size} of {continued.known} entries) can be read; "
                "nothing more is written to it."
            )

    def tree(self, room: str, size: int) -> tree.TreeReader:
        """Roots and proofs of the room's record up to ``size`` entries."""
        return tree.TreeReader(lambda level, start, count: self.store.nodes(room, level, start, count), size)

    def load(self, room: str, size: int) -> Room:
        """The room's state after ``size`` entries: from memory, a stored projection, or entry 0."""
        known = self.kept.state(room, size)
        if known is not None and known.size == size:
            return known
        state = known or self._stored(room, size)
        if state.size < size:
            lines = self.store.lines(room, state.size, size)
            state = self.matters.advance(state, map(entries.decode, lines))
        self.keep(state)
        return state

    def keep(self, state: Room) -> None:
        """Keep a state of what is on the record in memory, and now and then in the store."""
        self.kept.keep(state)
        if state.size - self.kept.stored(state.id, state.size) >= max(SAVE_EVERY, state.size // SAVE_SHARE):
            self.kept.store(state.id, state.size)
            # A projection can be stored some other time: no act and no page fails for the want of one.
            with suppress(StoreFull, Conflict):
                self.store.save_projection(state.id, self.matters.version, state.size, self.matters.dump(state))

    def settle(self, state: Room, head: Head) -> str:
        """Once a room was written: keep its state, and its checkpoint outside the database. Gives the signed note."""
        self.keep(state)
        note = self.checkpoint(state.id, head.size, head.root)
        self.heads.write(state.id, note)
        return note

    def entry(self, room: str, ref: str, size: int) -> Entry | None:
        """The entry cited as ``e:…``, if it is among the first ``size`` of the room."""
        return self.entries(room, [ref], size).get(ref)

    def entries(self, room: str, refs: Iterable[str], size: int) -> dict[str, Entry]:
        """The entries cited, those among the first ``size`` of the room, by ref; unknown ones read at one go."""
        wanted = list(dict.fromkeys(refs))
        found = {ref: known for ref in wanted if (known := self.kept.entries.get((room, ref))) is not None}
        missing = [bytes.fromhex(ref[2:]) for ref in wanted if ref not in found]
        for _, line in self.store.find(room, missing).values() if missing else ():
            entry = entries.decode(line)
            self.kept.entries.put((room, entry.ref), entry)
            found[entry.ref] = entry
        return {ref: found[ref] for ref in wanted if ref in found and found[ref].seq < size}

    def checkpoint(self, room: str, size: int, root: bytes) -> str:
        """The signed note for a room's record at this size, under the log key that the record names there.

        Raises ``LogKeyMissing``.
        """
        key = self.log_keys.only or self.log_keys.of(self.load(room, size)[SEATS].log["key"])
        return checkpoints.sign(checkpoints.Checkpoint(self.origin(room), size, root), key)

    def _stored(self, room: str, size: int) -> Room:
        stored = self.store.projection(room, self.matters.version, size)
        if stored is None:
            return Room(room)
        self.kept.store(room, stored[0])
        return self.matters.load(room, stored[1])


def _is_behind(head: Head, note: str) -> bool:
    _, size, root, *_ = note.split("\n", 3)
    known = int(size)
    return head.size < known or (head.size == known and base64.b64encode(head.root).decode() != root)
