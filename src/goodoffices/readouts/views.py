"""What a readout reads: a room as one person may read it, and a fact as it stands on that room's record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from goodoffices.record.entries import KIND_VERSION, Body, Entry
from goodoffices.record.matter import Room
from goodoffices.record.seats import Delegate, Seats
from goodoffices.statements.versions import newest

Translate = Callable[[str], str]


def untranslated(text: str) -> str:
    """English as written here."""
    return text


class View(Protocol):
    """The secretariat's ``RoomView``: one person's readable prefix of one room."""

    id: str
    size: int
    state: Room

    @property
    def seats(self) -> Seats: ...

    def seat(self) -> Delegate | None: ...

    def entries(self, start: int = 0, stop: int | None = None) -> list[Entry]: ...

    def at(self, seqs: Iterable[int]) -> list[Entry]: ...

    def found(self, refs: Iterable[str]) -> list[Entry]: ...

    def words(self, citations: Iterable[str]) -> dict[str, str]: ...


@dataclass(frozen=True)
class Told:
    """One fact on a room's record, or as it was released there from another room.

    ``ref`` and ``seq`` name the entry of the room that is read. ``source`` is what other facts call it: its ref where
    it was first entered. ``at`` is when that was, and ``order`` its seq there. ``acting`` is empty where a released
    fact does not say whose it was; ``author`` (the person) is known only for a room's own entries.
    """

    ref: str
    seq: int
    at: str
    kind: str
    acting: str
    body: Body
    minuted: bool
    author: str | None = None
    signed: bool = False
    released: bool = False
    source: str = ""
    order: int = 0

    @property
    def place(self) -> tuple[str, int]:
        """Where it stands in time: facts of several rooms compare by it, those of one room in the room's own order."""
        return self.at, self.order

    @property
    def known(self) -> str | None:
        """``on-record``, ``reported`` or ``anonymous``, where the entry says so."""
        value = self.body.get("known")
        return value if isinstance(value, str) else None


def told(entry: Entry) -> Told:
    """The fact an entry holds, as entered in its own room."""
    header = entry.header
    return Told(
        ref=entry.ref,
        seq=entry.seq,
        at=header.at,
        kind=entry.kind,
        acting=entry.acting,
        body=newest(entry.kind, header.kind_version, entry.body),
        minuted=header.on_behalf is not None,
        author=header.author.person,
        signed=header.signed is not None,
        source=entry.ref,
        order=entry.seq,
    )


def unwrapped(entry: Entry) -> Told:
    """The same, but for ``entry-released`` the fact that was released."""
    body = entry.body
    if entry.kind != "entry-released" or not isinstance(body.get("body"), Mapping):
        return told(entry)
    kind = str(body.get("kind", ""))
    return Told(
        ref=entry.ref,
        seq=entry.seq,
        at=str(body.get("at", entry.header.at)),
        kind=kind,
        acting=str(body.get("delegation") or ""),
        body=newest(kind, _place(body.get("kv"), KIND_VERSION), body["body"]),
        minuted=body.get("minuted") is True,
        released=True,
        source=str(body.get("entry", entry.ref)),
        order=_place(body.get("seq"), entry.seq),
    )


def _place(value: Any, otherwise: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise
