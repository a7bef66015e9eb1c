"""Acts: what is asked of a desk, what it is decided to be, and what its author signs.

An act is one batch of entries of one person, in one room or several, all or nothing. ``secretariat.deciding`` runs the
rules; this is what goes in and what comes out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from goodoffices.record import canonical
from goodoffices.record.entries import Base
from goodoffices.record.matter import Room
from goodoffices.record.store import Batch

_PLAIN = (str, int)


class NotFound(Exception):
    """There is no such thing for this person, whether it exists or not."""

    def __init__(self) -> None:
        super().__init__("There is nothing here under this name that you may see.")


@dataclass(frozen=True)
class Step:
    """One command in one room (id); ``on_behalf``: the delegation (id) the host minutes it for."""

    room: str
    command: str
    raw: Mapping[str, Any]
    on_behalf: str | None = None


@dataclass(frozen=True)
class Request:
    """What a person asks: a client-made act id (32 hex) and the steps, in order."""

    act: str
    steps: tuple[Step, ...]

    def content(self) -> str:
        """SHA-256 (hex) of what is asked, so that the same act id with other content is refused."""
        steps = [[s.room, s.command, _plain(s.raw), s.on_behalf] for s in self.steps]
        return hashlib.sha256(canonical.encode({"act": self.act, "steps": steps})).hexdigest()


def plenary_of(person: str, act: str) -> str:
    """The room (id) of the plenary that this person's act opens: it follows from the act, so that a repeat asks for the
    very same thing, and nobody can aim at a room that is there."""
    return hashlib.sha256(f"plenary/{person}/{act}".encode()).hexdigest()[:32]


def part_of(act: str, number: int) -> str:
    """The id of a further act of a step that is several acts: the same again for the same step."""
    return hashlib.sha256(f"part/{act}/{number}".encode()).hexdigest()[:32]


@dataclass(frozen=True)
class ToSign:
    """One binding entry: its room, its place in the act, and the payload the person signs."""

    room: str
    index: int
    kind: str
    payload: bytes


@dataclass
class Tape:
    """Salts by room and purpose: drawn once, the same again however often the act is decided."""

    salts: dict[str, bytes] = field(default_factory=dict)

    def salt(self, room: str, purpose: str, draw: Callable[[], bytes]) -> bytes:
        key = f"{room}/{purpose}"
        if key not in self.salts:
            self.salts[key] = draw()
        return self.salts[key]


class Decided(Struct, frozen=True):
    """A batch ready to be written, what still needs a signature, and the bases it was decided on."""

    batch: Batch
    unsigned: tuple[ToSign, ...]
    bases: Mapping[str, Base]
    after: Mapping[str, Room]  # the rooms written to, as they stand once it is


def _plain(value: Any) -> Any:
    """Raw input as canonical JSON can hold it: file contents by digest."""
    if value is None or isinstance(value, _PLAIN):
        return value
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return {str(k): _plain(v) for k, v in value.items()} if isinstance(value, Mapping) else value
