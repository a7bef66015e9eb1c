"""Matters: named folds over a room's record, and the room state they make together.

State is a fold of entries and holds references, never text. A fold never refuses: entries on a record are facts.
States are frozen dataclasses of plain values (str, int, bool, None, dict, tuple and such dataclasses), so that a
projection can be stored as JSON and read back unchanged. What grows with the record is an ``Ordered``, so that a fold
costs the same in a long room.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

import msgspec
from msgspec.structs import replace

from goodoffices.record.entries import KIND_VERSION, Body, Entry

S = TypeVar("S")
Lift: TypeAlias = Callable[[Body], Body]


@dataclass(frozen=True, eq=False)
class Matter(Generic[S]):
    """A name, a version (raise it when a fold changes), the state before entry 0, and a fold for each kind.

    ``every`` is folded over entries of every kind, before the fold of their own kind. ``lifts``: for a kind whose body
    has changed, what makes each version's body one of the next, the first version's first; a fold sees the newest.
    """

    name: str
    version: int
    initial: S
    folds: Mapping[str, Callable[[S, Entry], S]]
    every: Callable[[S, Entry], S] | None = None
    lifts: Mapping[str, tuple[Lift, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Room:
    """A room's state after ``size`` entries. ``room[MATTER]`` is that matter's state."""

    id: str
    size: int = 0
    states: Mapping[str, Any] | None = None
    unknown: str | None = None  # the first kind no matter knows: the room is read, not written, by this program

    def __getitem__(self, matter: Matter[S]) -> S:
        state: S = (self.states or {}).get(matter.name, matter.initial)  # stored under the matter's own name
        return state


class _Fold(NamedTuple):
    """One matter's fold of one kind."""

    name: str
    initial: Any
    fold: Callable[[Any, Entry], Any]


class Matters:
    """All matters of this program, in one fold."""

    def __init__(self, matters: Iterable[Matter[Any]]) -> None:
        self.all = tuple(matters)
        self._every = tuple(_Fold(m.name, m.initial, m.every) for m in self.all if m.every is not None)
        self._by_kind: dict[str, list[_Fold]] = {}
        for matter in self.all:
            for kind, fold in matter.folds.items():
                # By kind alone, so that an entry costs one look: those of every kind come first.
                folds = self._by_kind.setdefault(kind, list(self._every))
                folds.append(_Fold(matter.name, matter.initial, fold))
        self._lifts = {kind: lifts for matter in self.all for kind, lifts in matter.lifts.items()}
        names = ",".join(f"{m.name}:{m.version}" for m in sorted(self.all, key=lambda m: m.name))
        # A projection made by other folds is another projection.
        self.version = hashlib.sha256(names.encode()).hexdigest()[:16]

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(self._by_kind)

    def advance(self, room: Room, entries: Iterable[Entry]) -> Room:
        """The room after ``entries``, which follow one another from ``room.size``."""
        states = dict(room.states or {})
        size, unknown = room.size, room.unknown
        folds: Sequence[_Fold] | None
        for entry in entries:
            kind = entry.header.kind
            folds = self._by_kind.get(kind)
            if entry.header.kind_version != KIND_VERSION or kind in self._lifts:
                entry, folds = self._newest(entry, folds)  # noqa: PLW2901  # the same entry, as folds take it
            if folds is None:
                unknown, folds = unknown or kind, self._every
            for name, initial, fold in folds:
                states[name] = fold(states.get(name, initial), entry)
            size += 1
        return Room(room.id, size, states, unknown)

    def _newest(self, entry: Entry, folds: Sequence[_Fold] | None) -> tuple[Entry, Sequence[_Fold] | None]:
        """The entry with its body in the newest version, and its folds: none for a version still unknown here."""
        lifts, version = self._lifts.get(entry.kind, ()), entry.header.kind_version
        if not KIND_VERSION <= version <= len(lifts) + KIND_VERSION:
            return entry, None
        return replace(entry, body=lifted(lifts, version, entry.body)), folds

    def dump(self, room: Room) -> bytes:
        """A projection: JSON of every state, to be read by ``load`` of the same version only."""
        return msgspec.json.encode({"size": room.size, "unknown": room.unknown, "states": room.states or {}})

    def load(self, room: str, data: bytes) -> Room:
        """The room in a projection that ``dump`` of this very version made."""
        raw = msgspec.json.decode(data, type=_Projection)
        states = {
            matter.name: msgspec.json.decode(raw.states[matter.name], type=type(matter.initial))
            for matter in self.all
            if matter.name in raw.states
        }
        return Room(room, raw.size, states, raw.unknown)


def lifted(lifts: Sequence[Lift], version: int, body: Body) -> Body:
    """A body of that version in the newest one."""
    for lift in lifts[version - KIND_VERSION :]:
        body = lift(body)
    return body


@dataclass(frozen=True)
class _Projection:
    size: int
    states: dict[str, msgspec.Raw]
    unknown: str | None = None
