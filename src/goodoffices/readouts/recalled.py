"""What a page cites from earlier in the record: as the room's state still knows it, or, of statements, as entered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from goodoffices.papers.sources import SOURCES
from goodoffices.readouts.views import Told, View, unwrapped
from goodoffices.record.entries import cited
from goodoffices.record.matter import Room
from goodoffices.statements.kept import STATEMENTS
from goodoffices.talks.meetings import MEETINGS
from goodoffices.talks.presence import PRESENCE
from goodoffices.talks.requests import REQUESTS


def recalled(room: Room, facts: Iterable[Told]) -> Iterator[Told]:
    """Meetings, presences, requests and sources that ``facts`` cite from elsewhere in the room."""
    facts = list(facts)
    here = {t.ref for t in facts}
    for ref in dict.fromkeys(ref for t in facts if not t.released for ref in cited(t.body, "e:")):
        if ref not in here:
            yield from _one(room, ref)


def quoted(view: View, facts: Iterable[Told]) -> list[Told]:
    """What statements, or what is said of them, speak of: one reading of entries, where there is any."""
    facts = list(facts)
    here = {t.ref for t in facts}
    spoken = [ref for t in facts if t.kind in _SPEAKING for ref in cited({f: t.body.get(f) for f in _SPOKEN_OF}, "e:")]
    state = view.state[STATEMENTS]
    refs = [ref for one in dict.fromkeys(spoken) if (ref := state.here(one)) not in here]
    return [unwrapped(entry) for entry in view.found(refs)] if refs else []


_SPEAKING = frozenset({"statement-recorded", "speaker-identified", "reference-resolved", "statements-related"})
_SPOKEN_OF = ("same_speaker", "statement", "to")


def _one(room: Room, ref: str) -> Iterator[Told]:
    meeting, presence, request = room[MEETINGS].all.get(ref), room[PRESENCE].all.get(ref), room[REQUESTS].all.get(ref)
    if meeting is not None:
        yield _told(ref, "meeting-called", "", {"code": meeting.code, "title": meeting.title})
    elif presence is not None:
        yield _told(ref, "presence-proposed", presence.by, {"delegation": presence.delegation})
    elif request is not None:
        yield _told(ref, "request-made", request.by, {"to": request.to})
    elif (source := room[SOURCES].all.get(ref)) is not None:
        yield _told(ref, "source-entered", source.by, {"title": source.title})


def _told(ref: str, kind: str, by: str, body: Mapping[str, Any]) -> Told:
    return Told(ref, -1, "", kind, by, body, minuted=False, source=ref)
