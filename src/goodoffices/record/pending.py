"""A store with batches on top that are not written yet: it reads as if they were, and ``flush`` writes them in one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from goodoffices.record.particulars import Particular
from goodoffices.record.store import Addition, Batch, Conflict, Head, Recorded, Store, moves


@dataclass
class _Tail:
    """What is pending of one room, from ``base`` on."""

    base: int
    public: bool
    lines: list[bytes] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)
    seqs: dict[bytes, int] = field(default_factory=dict)
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    particulars: dict[str, Particular] = field(default_factory=dict)
    signatures: dict[str, bytes] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)


class PendingStore(Store):
    """The port over another store. Its reads of what others write may be old; ``flush`` finds out. For one thread.

    Projections are not kept for what is pending.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._clear()

    def _clear(self) -> None:
        self.batches: list[Batch] = []
        self._tails: dict[str, _Tail] = {}
        self._acts: dict[tuple[str, str], Recorded | None] = {}
        self._heads: dict[str, Head | None] = {}
        self._seats: dict[str, Sequence[str]] = {}

    def flush(self) -> dict[str, Head]:
        """Write what is pending, durably, and give the heads of the rooms written.

        Raises ``Conflict`` (a room has moved under it) or ``StoreFull``: nothing was written. Either way nothing is
        pending afterwards.
        """
        batches, acts = self.batches, self._acts
        self._clear()
        if batches:
            self._store.append(batches)
        self._acts = {act: known for act, known in acts.items() if known is None}  # what was looked up for later
        return {a.room: a.head for b in batches for a in b.additions}

    def append(self, batches: Sequence[Batch]) -> None:
        acts = [(b.person, b.act) for b in batches]
        first, _, _ = moves(batches)
        if len(set(acts)) < len(acts) or any(self.act(*act) for act in acts):
            raise Conflict
        heads = self.heads(first)
        if any((heads[room].size if room in heads else 0) != size for room, size in first.items()):
            raise Conflict
        for batch in batches:
            self.batches.append(batch)
            for addition in batch.additions:
                self._add(addition)
            spans = tuple((a.room, a.expected, len(a.lines)) for a in batch.additions)
            self._acts[batch.person, batch.act] = Recorded(batch.content, spans)

    def _add(self, a: Addition) -> None:
        tail = self._tails.get(a.room)
        if tail is None:
            tail = self._tails[a.room] = _Tail(a.expected, a.public)
        self._heads[a.room] = a.head
        tail.seqs.update({leaf: seq for seq, leaf in enumerate(a.leaves, a.expected)})
        tail.lines += a.lines
        tail.leaves += a.leaves
        tail.nodes.update({(level, index): node for level, index, node in a.nodes})
        tail.particulars.update({p.citation: p for p in a.particulars})
        tail.signatures.update({hashlib.sha256(s).hexdigest(): s for s in a.signatures})
        tail.erased.update(a.erased)
        for person, _ in a.seats:
            self._seats[person] = sorted({*self.rooms_of(person), a.room})

    def heads(self, rooms: Iterable[str]) -> dict[str, Head]:
        wanted = list(rooms)
        unknown = [room for room in wanted if room not in self._heads]
        if unknown:
            found = self._store.heads(unknown)
            self._heads.update({room: found.get(room) for room in unknown})
        return {room: head for room in wanted if (head := self._heads[room]) is not None}

    def lines(self, room: str, start: int, stop: int) -> Sequence[bytes]:
        tail = self._tails.get(room)
        if tail is None or stop <= tail.base:
            return self._store.lines(room, start, stop)
        stored = self._store.lines(room, start, tail.base) if start < tail.base else ()
        return [*stored, *tail.lines[max(start - tail.base, 0) : stop - tail.base]]

    def at(self, room: str, seqs: Iterable[int]) -> dict[int, bytes]:
        wanted, tail = list(seqs), self._tails.get(room)
        if tail is None:
            return self._store.at(room, wanted)
        stop = tail.base + len(tail.lines)
        pending = {seq: tail.lines[seq - tail.base] for seq in wanted if tail.base <= seq < stop}
        stored = [seq for seq in wanted if seq < tail.base]
        return {**(self._store.at(room, stored) if stored else {}), **pending}

    def nodes(self, room: str, level: int, start: int, count: int) -> Sequence[bytes]:
        tail, stop = self._tails.get(room), start + count
        if tail is None:
            return self._store.nodes(room, level, start, count)
        if level:
            pending = [tail.nodes[level, i] for i in range(start, stop) if (level, i) in tail.nodes]
            return [*self._store.nodes(room, level, start, count), *pending]
        stored = self._store.nodes(room, 0, start, min(stop, tail.base) - start) if start < tail.base else ()
        return [*stored, *tail.leaves[max(start - tail.base, 0) : max(stop - tail.base, 0)]]

    def find(self, room: str, leaves: Iterable[bytes]) -> dict[bytes, tuple[int, bytes]]:
        wanted, tail = list(leaves), self._tails.get(room)
        if tail is None:
            return self._store.find(room, wanted)
        seqs = {leaf: tail.seqs[leaf] for leaf in wanted if leaf in tail.seqs}
        pending = {leaf: (seq, tail.lines[seq - tail.base]) for leaf, seq in seqs.items()}
        stored = [leaf for leaf in wanted if leaf not in pending]
        return {**(self._store.find(room, stored) if stored else {}), **pending}

    def particulars(self, room: str, citations: Iterable[str]) -> dict[str, Particular]:
        tail = self._tails.get(room)
        if tail is None:
            return self._store.particulars(room, citations)
        wanted = [c for c in citations if c not in tail.erased]
        stored = self._store.particulars(room, [c for c in wanted if c not in tail.particulars])
        return {**stored, **{c: tail.particulars[c] for c in wanted if c in tail.particulars}}

    def signatures(self, room: str, digests: Iterable[str]) -> dict[str, bytes]:
        tail, wanted = self._tails.get(room), list(digests)
        pending = {d: tail.signatures[d] for d in wanted if d in tail.signatures} if tail else {}
        return {**self._store.signatures(room, [d for d in wanted if d not in pending]), **pending}

    def act(self, person: str, act: str) -> Recorded | None:
        return self._acts[person, act] if (person, act) in self._acts else self.acts(person, [act]).get(act)

    def acts(self, person: str, acts: Iterable[str]) -> dict[str, Recorded]:
        wanted = list(acts)
        unknown = [act for act in wanted if (person, act) not in self._acts]
        if unknown:
            found = self._store.acts(person, unknown)
            self._acts.update({(person, act): found.get(act) for act in unknown})
        return {act: known for act in wanted if (known := self._acts[person, act]) is not None}

    def rooms_of(self, person: str) -> Sequence[str]:
        if person not in self._seats:
            self._seats[person] = self._store.rooms_of(person)
        return self._seats[person]

    def public_rooms(self) -> Sequence[str]:
        return sorted({*self._store.public_rooms(), *(room for room, tail in self._tails.items() if tail.public)})

    def rooms(self) -> Sequence[str]:
        return sorted({*self._store.rooms(), *self._tails})

    def projection(self, room: str, version: str, size: int) -> tuple[int, bytes] | None:
        return self._store.projection(room, version, size)

    def save_projection(self, room: str, version: str, size: int, data: bytes) -> None:
        """Nothing: a projection of what is pending would outlive it if it were lost."""

    def drop_projections(self) -> None:
        self._store.drop_projections()
