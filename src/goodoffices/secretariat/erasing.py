"""Erasing everywhere: the copies of an entry's words that acts made in other rooms the author sits in.

Copies are found by what is on the record, never by searching: the same act wrote in another room, or a later act of
this room carried the entry there (a release, a conveyance); and so on from the copies. Within such an act a
particular is a copy when its content is the same. What acts carried into rooms the author does not sit in stays there
until somebody who sits there erases it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from goodoffices.record import entries
from goodoffices.record.entries import Entry, cited
from goodoffices.record.matter import Room
from goodoffices.record.seats import SEATS
from goodoffices.record.store import Store
from goodoffices.talks.corrections import CORRECTIONS
from goodoffices.talks.scene import Copy


@dataclass(frozen=True)
class Copies:
    """Looks for copies in ``rooms``, those the person may write in."""

    store: Store
    rooms: Mapping[str, Room]
    person: str

    def of(self, room: str, ref: str) -> tuple[Copy, ...]:
        """Every copy of the words of entry ``ref`` of ``room``, each entry once; not the entry itself."""
        first = self._entry(room, ref)
        if first is None:
            return ()
        words = frozenset(p.content for p in self.store.particulars(room, cited(first.body)).values())
        found: dict[str, Copy] = {}
        waiting = [(room, first)]
        while waiting and words:
            at, entry = waiting.pop()
            for other, copy in self._copied(at, entry):
                particulars = self._same(other, copy, words)
                if particulars and copy.ref != ref and copy.ref not in found:
                    found[copy.ref] = Copy(other, copy.ref, particulars)
                    waiting.append((other, copy))
        return tuple(found.values())

    def _copied(self, room: str, entry: Entry) -> Iterator[tuple[str, Entry]]:
        """What the act of this entry, and the acts that carried it, wrote in other rooms of the person's."""
        carriers = self.rooms[room][CORRECTIONS].carried.get(entry.ref, ())
        for source in (entry, *(self._entry(room, ref) for ref in carriers)):
            header = source.header if source is not None else None
            act = self.store.act(header.author.person, header.act) if header else None
            for other, start, count in act.spans if act else ():
                if other != room and self._sits(other):
                    for line in self.store.lines(other, start, start + count):
                        yield other, entries.decode(line)

    def _sits(self, room: str) -> bool:
        return room in self.rooms and self.rooms[room][SEATS].seat(self.person) is not None

    def _same(self, room: str, entry: Entry, words: frozenset[bytes]) -> tuple[str, ...]:
        kept = self.store.particulars(room, cited(entry.body))
        return tuple(citation for citation, p in kept.items() if p.content in words)

    def _entry(self, room: str, ref: str) -> Entry | None:
        leaf = bytes.fromhex(ref[2:])
        found = self.store.find(room, [leaf])
        return entries.decode(found[leaf][1]) if found else None
