"""What a page cites from earlier in the record, as far as the room's state still knows it: no further reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from goodoffices.readouts.views import Told
from goodoffices.record.entries import cited
from goodoffices.record.matter import Room
from goodoffices.talks.meetings import MEETINGS
from goodoffices.talks.presence import PRESENCE
from goodoffices.talks.requests import REQUESTS


def recalled(room: Room, facts: Iterable[Told]) -> Iterator[Told]:
    """Meetings, presences and requests that ``facts`` cite from elsewhere in the room: what a line needs of each."""
    facts = list(facts)
    here = {t.ref for t in facts}
    for ref in dict.fromkeys(ref for t in facts if not t.released for ref in cited(t.body, "e:")):
        if ref not in here:
            yield from _one(room, ref)


def _one(room: Room, ref: str) -> Iterator[Told]:
    meeting, presence, request = room[MEETINGS].all.get(ref), room[PRESENCE].all.get(ref), room[REQUESTS].all.get(ref)
    if meeting is not None:
        yield _told(ref, "meeting-called", "", {"code": meeting.code, "title": meeting.title})
    elif presence is not None:
        yield _told(ref, "presence-proposed", presence.by, {"delegation": presence.delegation})
    elif request is not None:
        yield _told(ref, "request-made", request.by, {"to": request.to})


def _told(ref: str, kind: str, by: str, body: Mapping[str, Any]) -> Told:
    return Told(ref, -1, "", kind, by, body, minuted=False, source=ref)
