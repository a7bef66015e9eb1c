"""What a person may choose from in a form: what they can see in their rooms of these talks, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TypeAlias

from django.utils.translation import gettext as _

from goodoffices.papers.sources import SOURCES
from goodoffices.readouts.names import Names, names
from goodoffices.readouts.timeline import Shown, shown
from goodoffices.secretariat.desk import RoomView

OFFERED = 100  # newest entries of a room a person may choose from where none is known yet
LOOKED_AT = 1000  # newest entries among which they are looked for
WIDTH = 160  # characters of a sentence shown in a menu

Choices: TypeAlias = list[tuple[str, str]]


class Nothing:
    """Where there is no room yet, there is nothing to choose from."""

    def delegations(self) -> Choices:
        return []

    def people(self) -> Choices:
        return []

    def other_rooms(self) -> Choices:
        return []

    def entries(self, kinds: tuple[str, ...]) -> Choices:  # noqa: ARG002 - none of any kind
        return []

    def cites(self) -> bool:
        """Whether there is a source on the record that an entry may cite."""
        return False


class Choosing(Nothing):
    """``rooms``: all that the person may read. Each list is drawn when a form asks for it."""

    def __init__(self, view: RoomView, rooms: Iterable[RoomView]) -> None:
        self.view = view
        self.others = [v for v in rooms if v.seats.talks == view.seats.talks and v.id != view.id]

    @cached_property
    def names(self) -> Names:
        return names(self.view, (), self.others, _)

    def delegations(self) -> Choices:
        """Those in this room; in a caucus then those of the person's other rooms, since points are carried to them."""
        here = [d.id for d in self.view.seats.delegations.values() if d.until is None]
        rooms = self._mine() if self.view.seats.kind == "caucus" else []
        known = [d.id for v in rooms for d in v.seats.delegations.values() if d.until is None]
        beyond = dict.fromkeys(id for id in known if id not in here)
        return [(id, self.names.delegation(id)) for id in (*here, *beyond)]

    def people(self) -> Choices:
        """Delegates who sit in this room."""
        who = self.names
        seated = [d for d in self.view.seats.delegates.values() if d.until is None]
        return [(d.id, f"{who.person(d.id)} ({who.delegation(d.delegation)})") for d in seated]

    def other_rooms(self) -> Choices:
        return [(v.id, v.seats.name) for v in self._mine()]

    def cites(self) -> bool:
        return bool(self.view.state[SOURCES].all)

    def entries(self, kinds: tuple[str, ...]) -> Choices:
        newest = self.view.entries(max(0, self.view.size - LOOKED_AT))
        fitting = [entry for entry in reversed(newest) if not kinds or entry.kind in kinds][:OFFERED]
        rows = shown(self.view, fitting, self.others, _)
        return [(row.ref, f"{row.seq}. {_cut(_told(row))}") for row in rows]

    def _mine(self) -> list[RoomView]:
        """This person's other rooms of these talks in which they sit, and that go on."""
        return [v for v in self.others if v.seat() is not None and v.goes_on]


def _told(row: Shown) -> str:
    """An entry on one line, with the words that tell it from others of its kind."""
    return " ".join((row.sentence, *(" ".join(text.split()) for _label, text in row.quotes)))


def _cut(text: str) -> str:
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"
