"""Records made of samples, and a view of them that counts its readings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from goodoffices.record import entries
from goodoffices.record.entries import Author, Base, Entry, Header, Signed
from goodoffices.record.matter import Room
from goodoffices.record.seats import SEATS as SEATS_MATTER
from goodoffices.record.seats import Delegate, Seats
from goodoffices.secretariat.matters import MATTERS
from goodoffices.statements.versions import LIFTS
from tests.unit.readouts.samples import ANNA, HOST, SEATS, WORDS, A

ROOM = "5" * 32


@dataclass
class Record:
    """A record written by hand: ``add`` gives the ref of the new entry."""

    room: str = ROOM
    lines: list[bytes] = field(default_factory=list)
    kind: str = "plenary"

    def add(self, kind: str, body: dict[str, Any], by: str = A, minuted: bool = False, signed: bool = False) -> str:
        header = Header(
            talks=SEATS.talks,
            room=self.room,
            seq=len(self.lines),
            at=f"2030-01-15T09:{len(self.lines):02}:00.000Z",
            kind=kind,
            act="6" * 32,
            author=Author(ANNA, HOST if minuted else by),
            on_behalf=by if minuted else None,
            signed=Signed(Base(1, "0" * 64), "0" * 64) if signed else None,
            kind_version=len(LIFTS.get(kind, ())) + 1,
        )
        line = entries.encode(header, body)
        self.lines.append(line)
        return entries.decode(line).ref

    def view(self, words: dict[str, str] | None = None) -> FakeView:
        return FakeView(self, WORDS if words is None else words)


@dataclass
class FakeView:
    """A whole record, as a view reads it; ``reads`` lists what was asked of the store."""

    record: Record
    known: dict[str, str]
    reads: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.id, self.size = self.record.room, len(self.record.lines)
        folded = MATTERS.advance(Room(self.id), map(entries.decode, self.record.lines))
        self.state = replace(
            folded, states={**(folded.states or {}), SEATS_MATTER.name: replace(SEATS, kind=self.record.kind)}
        )

    @property
    def seats(self) -> Seats:
        return self.state[SEATS_MATTER]

    def seat(self) -> Delegate | None:
        return self.seats.seat(ANNA)

    def entries(self, start: int = 0, stop: int | None = None) -> list[Entry]:
        self.reads.append("entries")
        return [entries.decode(line) for line in self.record.lines[start:stop]]

    def at(self, seqs: Iterable[int]) -> list[Entry]:
        self.reads.append("at")
        return [entries.decode(self.record.lines[seq]) for seq in seqs if 0 <= seq < self.size]

    def found(self, refs: Iterable[str]) -> list[Entry]:
        self.reads.append("found")
        here = {entry.ref: entry for entry in map(entries.decode, self.record.lines)}
        return [here[ref] for ref in dict.fromkeys(refs) if ref in here]

    def words(self, citations: Iterable[str]) -> dict[str, str]:
        self.reads.append("words")
        return {c: self.known[c] for c in citations if c in self.known}
