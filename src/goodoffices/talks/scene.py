"""What a rule may look at, and how it answers.

A rule is pure: ``decide(scene, command)`` gives facts or raises ``Refusal`` in words a delegate understands. It reads
the room in which the act is done, the entries the command names, and, through ``scene.rooms``, rooms the author sits
in; it never reads particulars.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from goodoffices.record.entries import Entry, Fact
from goodoffices.record.matter import Room
from goodoffices.record.seats import SEATS, Delegate, Seats
from goodoffices.talks.fields import Asked, command_name

AFTER_CLOSING = frozenset({"withdraw-delegate", "delegate-withdrawn", "erase-particulars", "particulars-erased"})
"""Commands, and the kinds they yield, that a closed room still takes: access and words can always be taken away."""


class Refusal(Exception):
    """Why something may not be done, as a sentence for the person who asked. Nothing was written."""


class Who(Struct, frozen=True):
    """The person acting, their delegation, and the delegation the host minutes for, if any."""

    person: str
    delegation: str
    on_behalf: str | None = None

    @property
    def acting(self) -> str:
        """The delegation whose act this is."""
        return self.on_behalf or self.delegation


@dataclass(frozen=True)
class Copy:
    """An entry of another room that holds the same words: its room, its ref, and its citations of those words."""

    room: str
    ref: str
    particulars: tuple[str, ...]


def _nowhere(*_: str) -> tuple[()]:
    return ()


def _no_log(_: str) -> Mapping[str, str]:
    return {}


class Scene(Struct, frozen=True):
    """One act, about to be decided. ``rooms``: rooms the author sits in, by id, loaded when looked at.

    ``log(room)``: the log of a room that this act opens, {"origin", "key"}.
    ``copies(ref)``: the copies of an entry of this room that its acts made in other rooms the author sits in.
    ``seated(person, delegation)``: every room of these talks in which the person sits for that delegation, *also rooms
    the author may not enter*: good for withdrawing that person and for nothing else, and never to be told.
    ``at``: the act's time by this office's clock (RFC 3339 UTC), no earlier than the room's newest entry.
    ``readers``: by name, what the secretariat reads of particulars for a rule that must know whether they are sound.
    What each takes and gives is said by the matter that asks for it (``sealing.reading``).
    """

    who: Who
    room: Room
    cited: Mapping[str, Entry] = {}
    rooms: Mapping[str, Room] = {}
    log: Callable[[str], Mapping[str, str]] = _no_log
    copies: Callable[[str], Iterable[Copy]] = _nowhere
    seated: Callable[[str, str], Iterable[str]] = _nowhere
    at: str = ""
    readers: Mapping[str, Callable[[Any], Any]] = {}

    @property
    def seats(self) -> Seats:
        return self.room[SEATS]

    @property
    def acting(self) -> str:
        return self.who.acting

    @property
    def is_host(self) -> bool:
        """Whether the host acts for itself (not minuting)."""
        return self.who.acting == self.seats.host

    @property
    def is_party(self) -> bool:
        return self.who.acting in self.seats.parties

    def seat(self) -> Delegate | None:
        return self.seats.seat(self.who.person)

    def refuse_unless(self, condition: bool, why: str) -> None:
        if not condition:
            raise Refusal(why)


@dataclass(frozen=True)
class Rule:
    """A command and its rule.

    ``offer`` yields, for each thing the author may now do with this command, the fields already known (raw values:
    refs and ids as text); nothing when it may not be done. ``label`` is what a button says, in the imperative.
    """

    command: type[Asked]
    label: str
    decide: Callable[[Scene, Any], list[Fact]]
    offer: Callable[[Scene], Iterable[Mapping[str, str]]]
    minutable: bool = True  # whether the host may enter it on another delegation's behalf
    binding: bool = False  # whether it yields a kind of ``record.seats.BINDING``: signed where its author has a key

    @property
    def name(self) -> str:
        return command_name(self.command)


@dataclass(frozen=True)
class Awaited:
    """Something that waits for a delegation: the rule it may answer with, the fields known, the entry it is about."""

    rule: str
    about: str
    fields: Mapping[str, str] = field(default_factory=dict)


def always(_: Scene) -> Iterable[Mapping[str, str]]:
    """Offered whenever the room may be written to."""
    yield {}


def to_host(scene: Scene) -> Iterable[Mapping[str, str]]:
    """Offered to the host."""
    if scene.is_host:
        yield {}
