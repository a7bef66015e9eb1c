"""Acts done in groups: decided one after another, written together, acknowledged only then.

For replaying many acts. Every rule runs as always; what waits is the disk. Receipts given within a group carry no
checkpoint and acknowledge nothing: until the group is written, a crash loses it whole, and doing the same acts again is
harmless. Should another writer move one of its rooms, ``GroupLost`` is raised and nothing of the group was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from goodoffices.record.matter import Room
from goodoffices.record.pending import PendingStore
from goodoffices.record.store import Conflict, Head
from goodoffices.secretariat.cabinet import Cabinet, KeyMissing
from goodoffices.secretariat.office import Continued, Heads, Office

EVERY = 1000  # acts in a group: the disk's share of each is below a microsecond then


class GroupLost(Exception):
    """Somebody else wrote to a room of the group, so that all of it must be decided anew; nothing was written."""


@contextmanager
def grouped(office: Office, every: int = EVERY) -> Iterator[Group]:
    """An office that writes after each ``every`` acts and at the end; after an error what was not written is dropped.

    Raises ``GroupLost`` and ``StoreFull``. For one thread.
    """
    group = Group(
        store=PendingStore(office.store),
        heads=_Held(office.heads),
        log_keys=office.log_keys,
        host=office.host,
        matters=office.matters,
        rules=office.rules,
        clock=office.clock,
        random=office.random,
        cabinet=Waiting(office.cabinet),
        office=office,
        every=every,
    )
    yield group
    group.write()


@dataclass
class _Held(Heads):
    """Heads that nothing is written to: the group writes them once it is on the disk. They are looked up once."""

    heads: Heads
    known: dict[str, str | None] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)  # rooms seen not to be continued elsewhere

    def newest(self, room: str) -> str | None:
        if room not in self.known:
            self.known[room] = self.heads.newest(room)
        return self.known[room]

    def write(self, room: str, note: str) -> None:
        pass

    def continued(self, room: str) -> Continued | None:
        if room in self.open:
            return None
        continued = self.heads.continued(room)
        if continued is None:
            self.open.add(room)
        return continued


@dataclass
class Waiting(Cabinet):
    """A cabinet whose keys are destroyed only once the group is written: until then what they open may come back."""

    cabinet: Cabinet
    done_with: list[str] = field(default_factory=list)

    def new(self, id: str) -> bytes:
        return self.cabinet.new(id)

    def key(self, id: str) -> bytes:
        if id in self.done_with:
            raise KeyMissing
        return self.cabinet.key(id)

    def destroy(self, id: str) -> None:
        self.done_with.append(id)

    def ids(self) -> Iterable[str]:
        return (id for id in self.cabinet.ids() if id not in self.done_with)

    def tidy(self) -> None:
        self.cabinet.tidy()

    def finish(self) -> None:
        """The group is written."""
        while self.done_with:
            self.cabinet.destroy(self.done_with.pop())


@dataclass(kw_only=True)
class Group(Office):
    """An office in front of another, ``office``."""

    store: PendingStore
    office: Office
    every: int
    after: dict[str, Room] = field(default_factory=dict)

    def keep(self, state: Room) -> None:
        self.kept.keep(state)

    def settle(self, state: Room, head: Head) -> str:  # noqa: ARG002 - the group signs when it is written
        self.keep(state)
        self.after[state.id] = state
        if len(self.store.batches) >= self.every:
            self.write()
        return ""

    def foresee(self, acts: Iterable[tuple[str, str]]) -> None:
        """Look up whether these acts (person, id) are on the record, for each person in one reading, instead of one by
        one as they are done."""
        by = dict[str, list[str]]()
        for person, act in acts:
            by.setdefault(person, []).append(act)
        for person, ids in by.items():
            self.store.acts(person, ids)

    def checkpoint(self, room: str, size: int, root: bytes) -> str:  # noqa: ARG002 - the group signs when written
        return ""

    def write(self) -> None:
        """Write what is pending, then one checkpoint for each room."""
        try:
            heads = self.store.flush()
        except Conflict as error:
            raise GroupLost("Somebody else wrote to one of these rooms; do the last group of acts again.") from error
        for room, head in heads.items():
            state = self.after.get(room)
            if state is None or state.size != head.size:  # of an act in several rooms, not every one was settled yet
                state = self.office.load(room, head.size)
            self.office.settle(state, head)
        self.after.clear()
        if isinstance(self.cabinet, Waiting):
            self.cabinet.finish()
