"""The table: one talks as one viewer may know it, drawn from the rooms they may read.

Nothing is merged that tellers tell differently: every telling of an understanding stands in its own wording beside the
others. A former member sees each room as it stood when they left; the public sees the public room alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from goodoffices.readouts import sheets
from goodoffices.readouts.sheets import Meeting, Next, Presence, Request, Sheet, Understanding, Waiting
from goodoffices.readouts.views import Translate, View, untranslated
from goodoffices.record.seats import Delegate


class NoSuchTalks(Exception):
    """The viewer may read no room of talks with this name."""

    def __init__(self) -> None:
        super().__init__("There are no talks of this name that you may see.")


@dataclass(frozen=True)
class Person:
    """A delegate. ``credentials`` and ``mandate``: whether they are on record. ``former``: withdrawn or removed."""

    id: str
    name: str
    function: str
    level: str | None
    sender: str
    credentials: bool
    mandate: bool
    former: bool


@dataclass(frozen=True)
class Side:
    """A delegation; ``rooms``: short names of those of the viewer's rooms it sits in now."""

    id: str
    code: str
    name: str
    role: str
    rooms: tuple[str, ...]
    delegates: tuple[Person, ...]


@dataclass(frozen=True)
class RoomRow:
    """``size``: entries this viewer may read. ``former``: the viewer sat here once. ``seated``: sits here now.

    ``continued``: the room (id) this one goes on in after a recovery, if the viewer may read it; else empty.
    """

    id: str
    name: str
    title: str
    kind: str
    members: tuple[str, ...]
    size: int
    closed: bool
    seated: bool
    former: bool
    continued: str = ""


@dataclass(frozen=True)
class Table:
    """Rows in the order of the viewer's rooms: plenary first, public last."""

    id: str
    name: str
    title: str
    host: str
    delegations: tuple[Side, ...]
    rooms: tuple[RoomRow, ...]
    waiting: tuple[Waiting, ...]
    meetings: tuple[Meeting, ...]
    understandings: tuple[Understanding, ...]
    requests: tuple[Request, ...]
    presences: tuple[Presence, ...]
    next_meetings: tuple[Next, ...]

    def role(self, role: str) -> tuple[Side, ...]:
        """The delegations with this role."""
        return tuple(side for side in self.delegations if side.role == role)


ORDER = ("plenary", "format", "caucus", "delegation-room", "host-room", "public")
TITLED = frozenset({"plenary", "host-room", "public"})  # rooms opened with the talks, under the talks' own title


def table(views: Iterable[View], talks: str, person: str | None = None, translate: Translate = untranslated) -> Table:
    """The table of the talks with this short name or id, from ``Desk.rooms()``, for that desk's ``person``.

    Raises ``NoSuchTalks``.

    Readings a room: one of words, one an understanding or request or thing awaited of the newest ``sheets.NEWEST``
    of each; for the public room one of entries.
    """
    mine = sorted((v for v in views if talks in {v.seats.talks_name, v.seats.talks}), key=_order)
    if not mine:
        raise NoSuchTalks
    continued = _continued(mine)
    mine = sorted((v for v in mine if v.seats.talks == mine[0].seats.talks), key=lambda v: v.id in continued)
    released = all(v.seats.kind == "public" for v in mine)
    drawn = [sheets.draw(view, released=released, translate=translate) for view in mine]
    known: dict[str, str] = {}
    for sheet in drawn:
        known = {d.id: sheet.names.text(d.name) for d in sheet.seats.delegations.values()} | known
    full = [sheet.knowing(known) for sheet in drawn]
    first = full[0]
    return Table(
        id=first.seats.talks,
        name=first.seats.talks_name,
        title=_titled(full),
        host=known.get(first.seats.host, ""),
        delegations=_sides(full, continued),
        rooms=tuple(_row(sheet, person, continued) for sheet in full),
        waiting=tuple(w for sheet in full if sheet.view.id not in continued for w in sheet.waiting()),
        meetings=tuple(m for sheet in full for m in sheet.meetings()),
        understandings=tuple(u for sheet in full for u in sheet.understandings()),
        requests=tuple(r for sheet in full for r in sheet.requests()),
        presences=tuple(p for sheet in full for p in sheet.presences()),
        next_meetings=tuple(n for sheet in full for n in sheet.next_meeting()),
    )


def talks_of(views: Iterable[View], translate: Translate = untranslated) -> list[tuple[str, str, str]]:
    """(id, short name, title) of each talks that these rooms belong to, by short name."""
    found: dict[str, tuple[str, str, str]] = {}
    for view in sorted(views, key=lambda view: (view.seats.kind not in TITLED, _order(view))):
        seats = view.seats
        if seats.talks and seats.talks not in found:
            own = seats.title if seats.kind in TITLED else None
            title = view.words([own]).get(own, translate("[erased]")) if own else ""
            found[seats.talks] = (seats.talks, seats.talks_name, title or seats.talks_name)
    return sorted(found.values(), key=lambda row: (row[1], row[0]))


def _titled(drawn: Sequence[Sheet]) -> str:
    """The talks' title from a room that bears it; their short name where the viewer reads no such room."""
    bearing = [sheet for sheet in drawn if sheet.seats.kind in TITLED]
    title = bearing[0].names.text(bearing[0].seats.title) if bearing else ""
    return title or drawn[0].seats.talks_name


def _order(view: View) -> tuple[int, str, str]:
    kind = view.seats.kind
    return (ORDER.index(kind) if kind in ORDER else len(ORDER), view.seats.name, view.id)


def _continued(views: Iterable[View]) -> dict[str, str]:
    """Rooms (ids) that go on in another of these, and in which."""
    return {str(c["origin"]).rpartition("/")[2]: view.id for view in views if (c := view.seats.continues)}


def _row(sheet: Sheet, person: str | None, continued: Mapping[str, str]) -> RoomRow:
    seats = sheet.seats
    return RoomRow(
        id=sheet.view.id,
        name=seats.name,
        title=sheet.names.text(seats.title),
        kind=seats.kind,
        members=tuple(sheet.names.delegation(d.id) for d in seats.delegations.values() if d.until is None),
        size=sheet.view.size,
        closed=seats.closed is not None,
        seated=sheet.view.seat() is not None,
        former=sheet.former(person),
        continued=continued.get(sheet.view.id, ""),
    )


def _sides(drawn: Sequence[Sheet], continued: Mapping[str, str]) -> tuple[Side, ...]:
    sides: dict[str, Side] = {}
    for sheet in drawn:
        for d in sheet.seats.delegations.values():
            if d.id not in sides:
                rooms = tuple(s.seats.name for s in drawn if s.seats.present(d.id) and s.view.id not in continued)
                people = _people(d.id, drawn, continued)
                sides[d.id] = Side(d.id, d.code, sheet.names.delegation(d.id), d.role, rooms, people)
    return tuple(sides.values())


def _people(delegation: str, drawn: Sequence[Sheet], continued: Mapping[str, str]) -> tuple[Person, ...]:
    people: dict[str, Person] = {}
    for sheet in drawn:
        for delegate in sheet.seats.delegates.values():
            if delegate.delegation == delegation:
                known = people.get(delegate.id)
                seated = delegate.until is None and sheet.view.id not in continued
                if known is None or (known.former and seated):
                    people[delegate.id] = _person(delegate, sheet, seated)
    return tuple(people.values())


def _person(d: Delegate, sheet: Sheet, seated: bool) -> Person:
    text = sheet.names.text
    return Person(
        id=d.id,
        name=text(d.name),
        function=text(d.function),
        level=d.level,
        sender=text(d.sender),
        credentials=d.credentials is not None,
        mandate=d.mandate is not None,
        former=not seated,
    )


def by_code(sides: Iterable[Side]) -> Mapping[str, Side]:
    """Delegations by their short names."""
    return {side.code: side for side in sides}
