"""The next meeting: with or without a date, and what must come first.

What must come first is *shown* as met or not (``gate``); nothing is blocked by it. A later ``next-meeting-set``
replaces the earlier one, and a meeting of the room that is opened ends it: there is no next meeting until another is
set, and what was reported from other rooms counts no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from goodoffices.record.entries import Entry, Fact
from goodoffices.record.matter import Matter, Room
from goodoffices.record.seats import SEATS
from goodoffices.talks import fields
from goodoffices.talks.fields import Command
from goodoffices.talks.scene import Awaited, Refusal, Rule, Scene
from goodoffices.talks.understandings import UNDERSTANDINGS, Understandings

PAPERS_FIRST = "papers-presented-by-each-party"
PRECONDITIONS = (PAPERS_FIRST, "understanding-stands", "stated")


@dataclass(frozen=True, kw_only=True)
class Precondition:
    """Something that must come first.

    ``understanding``: any telling of it (a ref), for ``understanding-stands``. ``words``: needed for ``stated``,
    which only a report meets; elsewhere they add to it.
    """

    what: str = fields.choice("What", PRECONDITIONS)
    understanding: str | None = fields.ref("Understanding", "understanding-told", required=False)
    words: str | None = fields.words("In words", required=False)


@dataclass(frozen=True)
class Next:
    """``first``: what must come first. ``reported``: number in ``first`` -> the entry that reports it met."""

    ref: str
    day: str | None
    place: str | None
    first: tuple[Precondition, ...] = ()
    reported: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """That the papers of these delegations came together in another room, as ``by`` (delegation) reported here."""

    ref: str
    by: str
    way: str
    delegations: tuple[str, ...]


@dataclass(frozen=True)
class NextMeeting:
    """The next meeting as last set, or None; ``reports``: those made since a meeting was last opened, oldest first."""

    now: Next | None = None
    reports: tuple[Report, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SetNextMeeting(Command):
    """Set the next meeting, as far as it is known."""

    day: str | None = fields.when("Day or time", required=False)
    place: str | None = fields.words("Place", required=False)
    first: tuple[Precondition, ...] = fields.rows("What must come first", Precondition, required=False)


@dataclass(frozen=True, kw_only=True)
class ReportPrecondition(Command):
    """Report that something stated to come first has come about."""

    next: str = fields.ref("Next meeting", "next-meeting-set")
    number: int = fields.number("Which", "Counting from 0.")
    words: str | None = fields.words("In words", required=False)


def set_next_meeting(scene: Scene, c: SetNextMeeting) -> list[Fact]:
    scene.refuse_unless(_host_enters(scene), "The host sets the next meeting, also for a delegation it minutes.")
    for precondition in c.first:
        _check(scene.room[UNDERSTANDINGS], precondition)
    body = {"day": c.day, "place": c.place, "first": [_body(p) for p in c.first]}
    return [Fact("next-meeting-set", body | c.as_told())]


def report_precondition(scene: Scene, c: ReportPrecondition) -> list[Fact]:
    scene.refuse_unless(scene.is_host, "Only the host reports what has come about before the next meeting.")
    now = scene.room[NEXT_MEETING].now
    if now is None or now.ref != c.next:
        raise Refusal("This is not the next meeting any more: another was set, or it has been opened.")
    if c.number >= len(now.first):
        raise Refusal(f"There is nothing numbered {c.number} that must come first; counting starts at 0.")
    if now.first[c.number].what != "stated":
        raise Refusal("Whether this is met is read from the record; it is not reported.")
    if c.number in now.reported:
        raise Refusal("This has been reported as met already.")
    return [Fact("precondition-met", {"next": now.ref, "number": c.number, "words": c.words} | c.as_told())]


def _check(understandings: Understandings, p: Precondition) -> None:
    if (p.understanding is not None) != (p.what == "understanding-stands"):
        raise Refusal("Name the understanding where one must stand first, and only there.")
    if p.understanding is not None and p.understanding not in understandings.tellings:
        raise Refusal("What must stand first is not an understanding told in this room.")
    if p.what == "stated" and p.words is None:
        raise Refusal("Say in words what must come first.")


def _body(p: Precondition) -> dict[str, Any]:
    return {"what": p.what, "understanding": p.understanding, "words": p.words}


def _host_enters(scene: Scene) -> bool:
    """Whether the host does it, for itself or minuting."""
    return scene.who.delegation == scene.seats.host


def _set(state: NextMeeting, entry: Entry) -> NextMeeting:
    b = entry.body
    first = tuple(Precondition(what=p["what"], understanding=p["understanding"], words=p["words"]) for p in b["first"])
    return replace(state, now=Next(entry.ref, b["day"], b["place"], first))


def _reported(state: NextMeeting, entry: Entry) -> NextMeeting:
    now, number = state.now, entry.body["number"]
    if now is None or now.ref != entry.body["next"] or number in now.reported:
        return state
    return replace(state, now=replace(now, reported={**now.reported, number: entry.ref}))


def _papers_reported(state: NextMeeting, entry: Entry) -> NextMeeting:
    b = entry.body
    if b["what"] != PAPERS_FIRST:
        return state
    return replace(state, reports=(*state.reports, Report(entry.ref, entry.acting, b["way"], tuple(b["delegations"]))))


def _meeting_opened(_: NextMeeting, __: Entry) -> NextMeeting:
    return NextMeeting()


def _minute_objected(state: NextMeeting, entry: Entry) -> NextMeeting:
    """A next meeting minuted for a delegation that says otherwise is not set."""
    minute = entry.body["entry"]
    kept = tuple(r for r in state.reports if r.ref != minute)
    return NextMeeting(None if state.now and state.now.ref == minute else state.now, kept)


def _corrected(state: NextMeeting, entry: Entry) -> NextMeeting:
    """A report counts no more once the delegation that made it corrects it; nobody else takes it away."""
    mistaken = entry.body["entry"]
    kept = tuple(r for r in state.reports if r.ref != mistaken or r.by != entry.acting)
    return replace(state, reports=kept)


NEXT_MEETING: Matter[NextMeeting] = Matter(
    name="next-meeting",
    version=2,
    initial=NextMeeting(),
    folds={
        "next-meeting-set": _set,
        "precondition-met": _reported,
        "condition-reported": _papers_reported,
        "meeting-opened": _meeting_opened,
        "minute-objected": _minute_objected,
        "entry-corrected": _corrected,
    },
)


def awaiting(room: Room, delegation: str) -> Iterator[Awaited]:
    """For the host: what was stated to come first and is not reported yet."""
    now = room[NEXT_MEETING].now
    if now is None or delegation != room[SEATS].host:
        return
    for number, p in enumerate(now.first):
        if p.what == "stated" and number not in now.reported:
            yield Awaited("report-precondition", now.ref, {"next": now.ref, "number": str(number)})


def _to_set(scene: Scene) -> Iterable[Mapping[str, str]]:
    if _host_enters(scene):
        yield {}


def _to_report(scene: Scene) -> Iterable[Mapping[str, str]]:
    yield from (a.fields for a in awaiting(scene.room, scene.acting))


RULES = (
    Rule(SetNextMeeting, "Set the next meeting", set_next_meeting, _to_set),
    Rule(ReportPrecondition, "Report that this has come about", report_precondition, _to_report, minutable=False),
)
