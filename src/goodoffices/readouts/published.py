"""What was published: the entries of talks' public rooms, but for who sits there.

Publishing is entering something in a public room or releasing it there, as the ground rules of the room it comes from
allow (``talks.release``); there is no other way. What is shown follows from public rooms alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from goodoffices.readouts.sections import KINDS
from goodoffices.readouts.timeline import Shown, shown
from goodoffices.readouts.views import Translate, View, untranslated, unwrapped
from goodoffices.record.entries import Entry
from goodoffices.record.seats import SEATS

AT_ONCE = 200  # entries looked through at a time
_SORTS = {kind: code for code, kinds in KINDS.items() for kind in kinds}


@dataclass(frozen=True)
class Published:
    """One entry of a public room. ``sort``: the section of a readout it belongs in, such as ``accounts``.

    ``updated``: RFC 3339 UTC, when it was last corrected, else when it was published.
    """

    view: View
    sort: str
    shown: Shown
    updated: str

    @property
    def leaf(self) -> str:
        """Its leaf hash (64 hex): no other entry of any room has it."""
        return self.shown.ref.removeprefix("e:")

    @property
    def title(self) -> str:
        """Its sentence, to stand alone: without the colon that leads to words."""
        return self.shown.sentence.removesuffix(":")


def said(entry: Entry) -> bool:
    """Whether an entry of a public room says something: that somebody sits there announces nothing."""
    return unwrapped(entry).kind not in SEATS.folds


def spoken(view: View) -> bool:
    """Whether anything was published in this public room; looks through the newest entries first."""
    return next(_newest(view, view.size), None) is not None


def newest(
    rooms: Sequence[View], count: int, translate: Translate = untranslated, before: tuple[str, int] | None = None
) -> list[Published]:
    """The ``count`` newest of what was published in these public rooms of one talks, newest first.

    ``rooms``: the one that goes on first, then those it continues. ``before``: the room (id) and seq to go on before.
    """
    found: list[Published] = []
    for view in _from(rooms, before):
        stop = before[1] if before is not None and before[0] == view.id else view.size
        entries = [entry for entry, _n in zip(_newest(view, stop), range(count - len(found)), strict=False)]
        found += drawn(view, entries, rooms, translate)
        if len(found) >= count:
            break
    return found


def drawn(view: View, entries: Iterable[Entry], rooms: Iterable[View], translate: Translate) -> list[Published]:
    """These entries of a public room, in the order given."""
    rows = shown(view, entries, [room for room in rooms if room.id != view.id], translate)
    at = {entry.ref: entry.header.at for entry in view.found(ref for row in rows for ref in row.corrected_by)}
    return [
        Published(view, _SORTS.get(row.kind, "other"), row, max([row.at, *(at[ref] for ref in row.corrected_by)]))
        for row in rows
    ]


def _from(rooms: Sequence[View], before: tuple[str, int] | None) -> Sequence[View]:
    places = [n for n, view in enumerate(rooms) if before is not None and view.id == before[0]]
    return rooms[places[0] :] if places else rooms


def _newest(view: View, stop: int) -> Iterator[Entry]:
    for end in range(stop, 0, -AT_ONCE):
        yield from filter(said, reversed(view.entries(max(0, end - AT_ONCE), end)))
