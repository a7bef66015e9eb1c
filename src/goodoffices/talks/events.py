"""Events outside the rooms: a call, a meeting elsewhere, a departure expected. They are read from the record itself."""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.record.entries import Entry, Fact
from goodoffices.record.matter import Matter
from goodoffices.talks import fields
from goodoffices.talks.fields import Command
from goodoffices.talks.scene import Rule, Scene, always

EVENTS_OUTSIDE = ("call", "meeting-elsewhere", "departure", "arrival", "publication", "other")


@dataclass(frozen=True)
class Events:
    """Nothing is kept of them: no rule asks."""


@dataclass(frozen=True, kw_only=True)
class NoteEvent(Command):
    """Note something that happened, or is expected to happen, outside the rooms."""

    what: str = fields.choice("What", EVENTS_OUTSIDE)
    expected: bool = fields.flag("Expected", "It has not happened yet.")
    words: str = fields.words("In words", long=True)


def note_event(_: Scene, c: NoteEvent) -> list[Fact]:
    return [Fact("event-noted", {"what": c.what, "expected": c.expected, "words": c.words} | c.as_told())]


def _noted(state: Events, _: Entry) -> Events:
    return state


EVENTS: Matter[Events] = Matter(name="events", version=1, initial=Events(), folds={"event-noted": _noted})

RULES = (Rule(NoteEvent, "Note an event outside the rooms", note_event, always),)
