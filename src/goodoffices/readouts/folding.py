"""The folds of the matters, over facts as a readout knows them: what a partly released record shows, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from goodoffices.papers.described import DESCRIBED
from goodoffices.papers.presented import PAPERS
from goodoffices.readouts.views import Told
from goodoffices.record.entries import Author, Base, Entry, Header, Signed
from goodoffices.record.matter import Matters, Room
from goodoffices.record.seats import SEATS
from goodoffices.talks.meetings import MEETINGS
from goodoffices.talks.minuting import MINUTES
from goodoffices.talks.next_meeting import NEXT_MEETING
from goodoffices.talks.presence import PRESENCE
from goodoffices.talks.requests import REQUESTS
from goodoffices.talks.understandings import UNDERSTANDINGS

_MATTERS = Matters([SEATS, MEETINGS, MINUTES, PRESENCE, REQUESTS, UNDERSTANDINGS, PAPERS, DESCRIBED, NEXT_MEETING])

# Who sits in the room that released something is not who sits here.
_SEATING = frozenset(SEATS.folds)


def after(facts: Iterable[Told], room: str = "") -> Room:
    """The state of meetings, presence, requests, understandings, papers and the next meeting after these facts.

    They are taken in their order. A released fact about one that was not released changes nothing.
    """
    state = Room(room)
    for t in sorted(facts, key=lambda t: t.place):
        if t.kind in _MATTERS.kinds and not (t.released and t.kind in _SEATING):
            with suppress(KeyError, TypeError, ValueError, StopIteration):
                state = _MATTERS.advance(state, [_entry(t)])
    return state


def _entry(t: Told) -> Entry:
    """The fact as the folds take it: an entry under the ref by which others cite it."""
    header = Header(
        talks="",
        room="",
        seq=t.order,
        at=t.at,
        kind=t.kind,
        act="",
        author=Author(t.author or "", t.acting),
        on_behalf=t.acting if t.minuted else None,
        signed=Signed(Base(0, ""), "") if t.signed else None,
    )
    return Entry(header, t.body, bytes.fromhex(t.source.removeprefix("e:")))
