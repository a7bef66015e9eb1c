"""Rooms while an act is being decided: as they were found, and as the act so far has left them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from goodoffices.record.entries import Entry
from goodoffices.record.matter import Room
from goodoffices.record.particulars import Particular
from goodoffices.record.store import Head
from goodoffices.talks.scene import Refusal


@dataclass
class Working:
    """A room while an act is being decided."""

    room: Room
    head: Head
    new: list[Entry] = field(default_factory=list)
    lines: list[bytes] = field(default_factory=list)
    particulars: dict[str, Particular] = field(default_factory=dict)
    signed: list[bytes] = field(default_factory=list)


class Rooms(Mapping[str, Room]):
    """The rooms a person sits in, loaded when looked at; ``looked`` remembers which, so that they can be compared."""

    def __init__(self, load: Callable[[str], tuple[Room, Head]], ids: Iterable[str]) -> None:
        self._load, self._ids = load, frozenset(ids)
        self.looked: dict[str, tuple[Room, Head]] = {}

    def __getitem__(self, room: str) -> Room:
        if room not in self._ids:
            raise Refusal("You do not sit in one of the rooms this act needs.")
        if room not in self.looked:
            self.looked[room] = self._load(room)
        return self.looked[room][0]

    def head(self, room: str) -> Head:
        self[room]
        return self.looked[room][1]

    def __contains__(self, room: object) -> bool:
        return room in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._ids))

    def __len__(self) -> int:
        return len(self._ids)


class Current(Mapping[str, Room]):
    """The author's rooms as they stand within the act being decided."""

    def __init__(self, rooms: Rooms, working: Mapping[str, Working]) -> None:
        self._rooms, self._working = rooms, working

    def __getitem__(self, room: str) -> Room:
        return self._working[room].room if room in self and room in self._working else self._rooms[room]

    def __contains__(self, room: object) -> bool:
        """A room this act opens is the author's; a room where it only withdraws somebody is not."""
        working = self._working.get(room) if isinstance(room, str) else None
        return room in self._rooms or (working is not None and not working.head.size)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rooms)

    def __len__(self) -> int:
        return len(self._rooms)
