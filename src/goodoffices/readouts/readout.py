"""A readout: what one record says of one meeting, for one audience.

For a room it is drawn from that room's record alone; for the public from the public room's, and so from what was
released there. It counts nothing, scores nobody and smooths nothing: every item is an entry's own sentence with its
ref, how it is known, and the entries that answer it.

Without a meeting the whole record is drawn on: for a public room to which no meeting was released.
A meeting reaches from its ``meeting-called`` to the next one's; what stands on the record before the first meeting
belongs to the first. Answers, corrections and confirmations that come later are shown with what they answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goodoffices.readouts import codes, sections
from goodoffices.readouts.items import Section
from goodoffices.readouts.labels import Label, legend, standing_of
from goodoffices.readouts.lines.meetings import meeting_name
from goodoffices.readouts.meeting import Meeting
from goodoffices.readouts.names import Names, names
from goodoffices.readouts.views import Told, Translate, View, untranslated, unwrapped


class NoSuchMeeting(Exception):
    """This record holds no such meeting: perhaps nothing of it was released here."""

    def __init__(self, meeting: str) -> None:
        super().__init__(f"This record holds no meeting called “{meeting}”.")


@dataclass(frozen=True)
class Readout:
    """``size`` entries of ``room`` were read. ``meeting`` is its short name, ``ref`` the entry that called it.

    Of a whole record ``meeting`` is empty and ``ref`` is the first entry's.
    """

    talks: str
    talks_title: str
    room: str
    room_kind: str
    size: int
    meeting: str
    title: str
    ref: str
    source: str
    sections: tuple[Section, ...]
    legend: tuple[Label, ...]


def readout(
    view: View, meeting: str | None, others: Iterable[View] = (), translate: Translate = untranslated
) -> Readout:
    """The readout of the meeting with this short name, or called by the entry with this ref; None: of the whole record.

    Reads the record of the room once, and its words once. Raises ``NoSuchMeeting``.
    """
    facts = [unwrapped(entry) for entry in view.entries()]
    called = _called(facts, meeting) if meeting is not None else None
    who = names(view, facts, others, translate)
    span = Meeting.of(facts, called)
    found = sections.sections(span, standing_of(facts), who)
    return Readout(
        talks=view.seats.talks_name,
        talks_title=who.text(view.seats.title) or view.seats.talks_name,
        room=view.seats.name,
        room_kind=view.seats.kind,
        size=view.size,
        meeting=str(called.body["code"]) if called else "",
        title=meeting_name(called.body, who) if called else translate("All that is on this record"),
        ref=(called or facts[0]).ref,
        source=_source(view, who),
        sections=found,
        legend=_used(found, legend(who)),
    )


def meetings(view: View) -> list[str]:
    """The short names of the meetings this record holds, in order."""
    facts = (unwrapped(entry) for entry in view.entries())
    return [str(t.body.get("code")) for t in facts if t.kind == "meeting-called"]


def _called(facts: list[Told], meeting: str) -> Told:
    for t in facts:
        if t.kind == "meeting-called" and meeting in {t.body.get("code"), t.ref, t.source}:
            return t
    raise NoSuchMeeting(meeting)


def _source(view: View, n: Names) -> str:
    _ = n.translate
    if view.seats.kind == "public":
        return _("Drawn from the public room alone: what was entered or released there, {size} entries.").format(
            size=view.size
        )
    return _("Drawn from the record of the room “{room}” ({kind}) alone, {size} entries.").format(
        room=view.seats.name, kind=codes.room_kind(view.seats.kind, _), size=view.size
    )


def _used(found: Iterable[Section], all_labels: Iterable[Label]) -> tuple[Label, ...]:
    used = {label.code for section in found for item in section.walk() for label in item.labels}
    return tuple(label for label in all_labels if label.code in used)
