"""The next meeting as the pages show it: what must come first, met or not, which way, with links to the entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from goodoffices.readouts import sheets
from goodoffices.secretariat.desk import RoomView

Source = tuple[str, int]
"""The address of an entry's page, and its seq."""


@dataclass(frozen=True)
class Came:
    """The paper of one party came, which way, as these entries show."""

    delegation: str
    way: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Condition:
    """What must come first; ``sources``: entries that count towards it, but for those under ``came``."""

    text: str
    met: bool
    sources: tuple[Source, ...]
    came: tuple[Came, ...]


@dataclass(frozen=True)
class Next:
    told: sheets.Next
    conditions: tuple[Condition, ...]


def shown(told: sheets.Next, view: RoomView) -> Next:
    """With links, in one reading of the entries. ``view``: the room it is the next meeting of."""
    entries = view.found(dict.fromkeys(ref for c in told.conditions for ref in c.refs))
    seqs = {entry.ref: entry.seq for entry in entries}

    def sources(refs: Iterable[str]) -> tuple[Source, ...]:
        return tuple((reverse("entry", args=[view.id, seqs[ref]]), seqs[ref]) for ref in refs if ref in seqs)

    def condition(c: sheets.Condition) -> Condition:
        came = tuple(Came(one.delegation, one.way, sources(one.refs)) for one in c.came)
        return Condition(c.text, c.met, () if came else sources(c.refs), came)

    return Next(told, tuple(map(condition, told.conditions)))
