"""Meetings of a room: called, opened, adjourned, resumed, closed; agenda items raised and settled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from goodoffices.record.entries import Entry, Fact
from goodoffices.record.matter import Matter
from goodoffices.record.ordered import Ordered
from goodoffices.talks import fields
from goodoffices.talks.fields import Command
from goodoffices.talks.scene import Refusal, Rule, Scene, to_host

BOUNDS = ("exactly", "about", "under", "at-least")


@dataclass(frozen=True)
class Meeting:
    """``status``: called, open, adjourned or closed. Texts are citations; ``length`` is (bound, minutes)."""

    ref: str
    code: str
    status: str = "called"
    title: str | None = None
    venue: str | None = None
    zone: str | None = None
    day: str | None = None
    length: tuple[str, int] | None = None
    items: Ordered[str] = field(default_factory=Ordered)  # agenda item ref -> "raised" or "settled"


@dataclass(frozen=True)
class Meetings:
    """By the ref of ``meeting-called``, in order."""

    all: Ordered[Meeting] = field(default_factory=Ordered)

    def named(self, code: str) -> Meeting | None:
        return next((m for m in self.all.values() if m.code == code), None)

    def holding(self, item: str) -> Meeting | None:
        """The meeting on whose agenda this item (a ref) is."""
        return next((m for m in self.all.values() if item in m.items), None)

    def current(self) -> Meeting | None:
        return next((m for m in self.all.values() if m.status in {"open", "adjourned"}), None)


@dataclass(frozen=True, kw_only=True)
class CallMeeting(Command):
    """Call a meeting of this room."""

    code: str = fields.code("Short name", "Such as first-meeting.")
    title: str | None = fields.words("Title", required=False)
    venue: str | None = fields.words("Venue", required=False)
    zone: str | None = fields.zone("Time zone of the venue", required=False)
    day: str | None = fields.when("Day or time", required=False)


@dataclass(frozen=True, kw_only=True)
class OpenMeeting(Command):
    """Open a meeting that was called."""

    meeting: str = fields.ref("Meeting", "meeting-called")


@dataclass(frozen=True, kw_only=True)
class AdjournMeeting(Command):
    """Adjourn the open meeting."""

    meeting: str = fields.ref("Meeting", "meeting-called")
    until: str | None = fields.when("Until", required=False)
    reason: str | None = fields.words("Reason", required=False)


@dataclass(frozen=True, kw_only=True)
class ResumeMeeting(Command):
    """Resume an adjourned meeting."""

    meeting: str = fields.ref("Meeting", "meeting-called")


@dataclass(frozen=True, kw_only=True)
class CloseMeeting(Command):
    """Close a meeting; its length may be a bound where that is all that is known."""

    meeting: str = fields.ref("Meeting", "meeting-called")
    length_bound: str | None = fields.choice("Length is", BOUNDS, required=False)
    length_minutes: int | None = fields.number("Length in minutes", required=False)


@dataclass(frozen=True, kw_only=True)
class RaiseItem(Command):
    """Raise an agenda item."""

    meeting: str = fields.ref("Meeting", "meeting-called")
    item: str = fields.words("Item")


@dataclass(frozen=True, kw_only=True)
class SettleItem(Command):
    """Mark an agenda item as settled."""

    item: str = fields.ref("Item", "agenda-item-raised")
    outcome: str | None = fields.words("Outcome", required=False, long=True)


def call_meeting(scene: Scene, c: CallMeeting) -> list[Fact]:
    scene.refuse_unless(scene.is_host, "Only the host calls a meeting.")
    if scene.room[MEETINGS].named(c.code):
        raise Refusal(f"This room already has a meeting called “{c.code}”. Choose another short name.")
    body = {"code": c.code, "title": c.title, "venue": c.venue, "zone": c.zone, "day": c.day}
    return [Fact("meeting-called", body | c.as_told())]


def open_meeting(scene: Scene, c: OpenMeeting) -> list[Fact]:
    meeting = _meeting(scene, c.meeting, "called", "opened")
    other = scene.room[MEETINGS].current()
    if other is not None:
        raise Refusal(f"The meeting “{other.code}” is not closed yet; a room holds one meeting at a time.")
    return [Fact("meeting-opened", {"meeting": meeting.ref} | c.as_told())]


def adjourn_meeting(scene: Scene, c: AdjournMeeting) -> list[Fact]:
    meeting = _meeting(scene, c.meeting, "open", "adjourned")
    return [Fact("meeting-adjourned", {"meeting": meeting.ref, "until": c.until, "reason": c.reason} | c.as_told())]


def resume_meeting(scene: Scene, c: ResumeMeeting) -> list[Fact]:
    meeting = _meeting(scene, c.meeting, "adjourned", "resumed")
    return [Fact("meeting-resumed", {"meeting": meeting.ref} | c.as_told())]


def close_meeting(scene: Scene, c: CloseMeeting) -> list[Fact]:
    meeting = scene.room[MEETINGS].all[c.meeting]
    scene.refuse_unless(scene.is_host, "Only the host closes a meeting.")
    if meeting.status not in {"open", "adjourned"}:
        raise Refusal(f"The meeting “{meeting.code}” is {meeting.status}; only one that was opened can be closed.")
    if (c.length_bound is None) != (c.length_minutes is None) or c.length_minutes == 0:
        raise Refusal(
            "Give both the number of minutes, one or more, and whether it is exact, about, under or at least."
        )
    length = {"bound": c.length_bound, "minutes": c.length_minutes} if c.length_bound else None
    return [Fact("meeting-closed", {"meeting": meeting.ref, "length": length} | c.as_told())]


def raise_item(scene: Scene, c: RaiseItem) -> list[Fact]:
    meeting = scene.room[MEETINGS].all[c.meeting]
    if meeting.status == "closed":
        raise Refusal(f"The meeting “{meeting.code}” is closed; raise the item at the next one.")
    return [Fact("agenda-item-raised", {"meeting": meeting.ref, "item": c.item} | c.as_told())]


def settle_item(scene: Scene, c: SettleItem) -> list[Fact]:
    scene.refuse_unless(scene.is_host, "Only the host marks an agenda item as settled.")
    meeting = scene.room[MEETINGS].holding(c.item)
    if meeting is None or meeting.items[c.item] == "settled":
        raise Refusal("This agenda item is settled already.")
    return [Fact("agenda-item-settled", {"item": c.item, "outcome": c.outcome} | c.as_told())]


def _meeting(scene: Scene, ref: str, needed: str, verb: str) -> Meeting:
    scene.refuse_unless(scene.is_host, f"Only the host can have a meeting {verb}.")
    meeting = scene.room[MEETINGS].all[ref]
    if meeting.status != needed:
        raise Refusal(f"The meeting “{meeting.code}” is {meeting.status}; only one that is {needed} can be {verb}.")
    return meeting


def _called(state: Meetings, entry: Entry) -> Meetings:
    b = entry.body
    new = Meeting(entry.ref, b["code"], title=b["title"], venue=b["venue"], zone=b["zone"], day=b["day"])
    return Meetings(state.all.put(new.ref, new))


def _changed(state: Meetings, ref: str, change: Callable[[Meeting], Meeting]) -> Meetings:
    """The state with one meeting changed; as it was if no such meeting was called."""
    meeting = state.all.get(ref)
    return Meetings(state.all.put(ref, change(meeting))) if meeting else state


def _becomes(status: str) -> Callable[[Meetings, Entry], Meetings]:
    def fold(state: Meetings, entry: Entry) -> Meetings:
        return _changed(state, entry.body["meeting"], lambda m: replace(m, status=status))

    return fold


def _closed(state: Meetings, entry: Entry) -> Meetings:
    given = entry.body["length"]
    length = (given["bound"], given["minutes"]) if given else None
    return _changed(state, entry.body["meeting"], lambda m: replace(m, status="closed", length=length))


def _raised(state: Meetings, entry: Entry) -> Meetings:
    return _changed(state, entry.body["meeting"], lambda m: replace(m, items=m.items.put(entry.ref, "raised")))


def _settled(state: Meetings, entry: Entry) -> Meetings:
    item = entry.body["item"]
    meeting = state.holding(item)
    if meeting is None:
        return state
    return _changed(state, meeting.ref, lambda m: replace(m, items=m.items.put(item, "settled")))


def _to_host(*statuses: str) -> Callable[[Scene], Iterable[Mapping[str, str]]]:
    def offer(scene: Scene) -> Iterable[Mapping[str, str]]:
        if scene.is_host:
            yield from ({"meeting": m.ref} for m in scene.room[MEETINGS].all.values() if m.status in statuses)

    return offer


def _openable(scene: Scene) -> Iterable[Mapping[str, str]]:
    if scene.room[MEETINGS].current() is None:
        yield from _to_host("called")(scene)


def _open_to_all(scene: Scene) -> Iterable[Mapping[str, str]]:
    yield from ({"meeting": m.ref} for m in scene.room[MEETINGS].all.values() if m.status != "closed")


def _unsettled(scene: Scene) -> Iterable[Mapping[str, str]]:
    if scene.is_host:
        for meeting in scene.room[MEETINGS].all.values():
            yield from ({"item": item} for item, status in meeting.items.items() if status == "raised")


MEETINGS: Matter[Meetings] = Matter(
    name="meetings",
    version=2,
    initial=Meetings(),
    folds={
        "meeting-called": _called,
        "meeting-opened": _becomes("open"),
        "meeting-adjourned": _becomes("adjourned"),
        "meeting-resumed": _becomes("open"),
        "meeting-closed": _closed,
        "agenda-item-raised": _raised,
        "agenda-item-settled": _settled,
    },
)

RULES = (
    Rule(CallMeeting, "Call a meeting", call_meeting, to_host, minutable=False),
    Rule(OpenMeeting, "Open the meeting", open_meeting, _openable, minutable=False),
    Rule(AdjournMeeting, "Adjourn the meeting", adjourn_meeting, _to_host("open"), minutable=False),
    Rule(ResumeMeeting, "Resume the meeting", resume_meeting, _to_host("adjourned"), minutable=False),
    Rule(CloseMeeting, "Close the meeting", close_meeting, _to_host("open", "adjourned"), minutable=False),
    Rule(RaiseItem, "Raise an agenda item", raise_item, _open_to_all),
    Rule(SettleItem, "Settle an agenda item", settle_item, _unsettled, minutable=False),
)
