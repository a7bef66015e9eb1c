"""The in-memory reference of the store port: the meaning of the port, in the fewest lines."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from goodoffices.record.particulars import Particular
from goodoffices.record.store import Addition, Batch, Conflict, Head, Recorded, Store, moves


@dataclass
class _Room:
    head: Head
    public: bool
    lines: list[bytes] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)
    seqs: dict[bytes, int] = field(default_factory=dict)  # by leaf
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    particulars: dict[str, Particular] = field(default_factory=dict)
    signatures: dict[str, bytes] = field(default_factory=dict)
    projections: dict[tuple[str, int], bytes] = field(default_factory=dict)


class MemoryStore(Store):
    """Keeps everything in dictionaries; nothing survives the process."""

    def __init__(self) -> None:
        self._rooms: dict[str, _Room] = {}
        self._acts: dict[tuple[str, str], Recorded] = {}
        self._seats: dict[str, set[str]] = {}

    def heads(self, rooms: Iterable[str]) -> dict[str, Head]:
        return {room: self._rooms[room].head for room in rooms if room in self._rooms}

    def lines(self, room: str, start: int, stop: int) -> Sequence[bytes]:
        return self._rooms[room].lines[start:stop] if room in self._rooms else []

    def at(self, room: str, seqs: Iterable[int]) -> dict[int, bytes]:
        lines = self._rooms[room].lines if room in self._rooms else []
        return {seq: lines[seq] for seq in seqs if 0 <= seq < len(lines)}

    def nodes(self, room: str, level: int, start: int, count: int) -> Sequence[bytes]:
        found = self._rooms.get(room)
        if found is None:
            return []
        if level == 0:
            return found.leaves[start : start + count]
        return [found.nodes[level, i] for i in range(start, start + count) if (level, i) in found.nodes]

    def find(self, room: str, leaves: Iterable[bytes]) -> dict[bytes, tuple[int, bytes]]:
        found = self._rooms.get(room)
        seqs = {leaf: found.seqs[leaf] for leaf in leaves if leaf in found.seqs} if found else {}
        return {leaf: (seq, self._rooms[room].lines[seq]) for leaf, seq in seqs.items()}

    def particulars(self, room: str, citations: Iterable[str]) -> dict[str, Particular]:
        kept = self._rooms[room].particulars if room in self._rooms else {}
        return {c: kept[c] for c in citations if c in kept}

    def signatures(self, room: str, digests: Iterable[str]) -> dict[str, bytes]:
        kept = self._rooms[room].signatures if room in self._rooms else {}
        return {d: kept[d] for d in digests if d in kept}

    def acts(self, person: str, acts: Iterable[str]) -> dict[str, Recorded]:
        return {act: self._acts[person, act] for act in acts if (person, act) in self._acts}

    def append(self, batches: Sequence[Batch]) -> None:
        acts = [(b.person, b.act) for b in batches]
        first, _, _ = moves(batches)
        if len(set(acts)) < len(acts) or self._acts.keys() & set(acts):
            raise Conflict
        if any(self._size(room) != size for room, size in first.items()):
            raise Conflict
        for batch in batches:
            for addition in batch.additions:
                self._add(addition)
            spans = tuple((a.room, a.expected, len(a.lines)) for a in batch.additions)
            self._acts[batch.person, batch.act] = Recorded(batch.content, spans)

    def _size(self, room: str) -> int:
        return self._rooms[room].head.size if room in self._rooms else 0

    def _add(self, addition: Addition) -> None:
        room = self._rooms.setdefault(addition.room, _Room(addition.head, addition.public))
        room.head = addition.head
        room.lines.extend(addition.lines)
        room.seqs.update({leaf: seq for seq, leaf in enumerate(addition.leaves, addition.expected)})
        room.leaves.extend(addition.leaves)
        room.nodes.update({(level, index): value for level, index, value in addition.nodes})
        room.particulars.update({p.citation: p for p in addition.particulars})
        room.signatures.update({_digest(s): s for s in addition.signatures})
        for citation in addition.erased:
            room.particulars.pop(citation, None)
        for person, _ in addition.seats:
            self._seats.setdefault(person, set()).add(addition.room)

    def rooms_of(self, person: str) -> Sequence[str]:
        return sorted(self._seats.get(person, ()))

    def public_rooms(self) -> Sequence[str]:
        return sorted(id for id, room in self._rooms.items() if room.public)

    def rooms(self) -> Sequence[str]:
        return sorted(self._rooms)

    def projection(self, room: str, version: str, size: int) -> tuple[int, bytes] | None:
        kept = self._rooms[room].projections if room in self._rooms else {}
        sizes = [at for made_by, at in kept if made_by == version and at <= size]
        return (max(sizes), kept[version, max(sizes)]) if sizes else None

    def save_projection(self, room: str, version: str, size: int, data: bytes) -> None:
        if room in self._rooms:
            self._rooms[room].projections[version, size] = data

    def drop_projections(self) -> None:
        for room in self._rooms.values():
            room.projections.clear()


def _digest(signature: bytes) -> str:
    return hashlib.sha256(signature).hexdigest()
