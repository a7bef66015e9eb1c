"""The next meeting: with or without a date, and what must come first.

What must come first is *shown* as met or not; nothing is blocked by it. A later ``next-meeting-set`` replaces the
earlier one, and a meeting of the room that is opened ends it: there is no next meeting until another is set.
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
from goodoffices.talks.outcomes import PAPER_PRESENTED, Outcome
from goodoffices.talks.scene import Awaited, Refusal, Rule, Scene
from goodoffices.talks.understandings import UNDERSTANDINGS, Understandings

PRECONDITIONS = ("papers-presented-by-each-party", "understanding-stands", "stated")


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
class NextMeeting:
    """The next meeting as last set, or None."""

    now: Next | None = None


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


def preconditions(room: Room, outcomes: Iterable[Outcome]) -> tuple[tuple[Precondition, bool, tuple[str, ...]], ...]:
    """Each thing that must come first, whether it is met, and the entries that count towards it.

    ``papers-presented-by-each-party``: each party now in the room (at least one) has presented a paper with its
    conditions or a proposal on this room's record, whenever it did; parties often bring them before a date is set.
    ``understanding-stands``: some telling of it stands. ``stated``: the host has reported it. ``outcomes``: those of
    this room.
    """
    now = room[NEXT_MEETING].now
    if now is None:
        return ()
    papers = [o for o in outcomes if o.name == PAPER_PRESENTED]
    return tuple((p, *_met(room, now, n, papers)) for n, p in enumerate(now.first))


def _met(room: Room, now: Next, number: int, papers: Iterable[Outcome]) -> tuple[bool, tuple[str, ...]]:
    precondition = now.first[number]
    if precondition.what == "papers-presented-by-each-party":
        parties = room[SEATS].parties
        theirs = [o for o in papers if o.delegation in parties]
        met = bool(parties) and {o.delegation for o in theirs} == set(parties)
        return met, tuple(ref for o in theirs for ref in o.refs)
    if precondition.what == "understanding-stands":
        standing = room[UNDERSTANDINGS].standing(precondition.understanding or "")
        return bool(standing), tuple(ref for t in standing for ref in (t.ref, *(r.ref for r in t.answers.values())))
    report = now.reported.get(number)
    return report is not None, (report,) if report is not None else ()


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


def _set(_: NextMeeting, entry: Entry) -> NextMeeting:
    b = entry.body
    first = tuple(Precondition(what=p["what"], understanding=p["understanding"], words=p["words"]) for p in b["first"])
    return NextMeeting(Next(entry.ref, b["day"], b["place"], first))


def _reported(state: NextMeeting, entry: Entry) -> NextMeeting:
    now, number = state.now, entry.body["number"]
    if now is None or now.ref != entry.body["next"] or number in now.reported:
        return state
    return NextMeeting(replace(now, reported={**now.reported, number: entry.ref}))


def _meeting_opened(_: NextMeeting, __: Entry) -> NextMeeting:
    return NextMeeting()


def _minute_objected(state: NextMeeting, entry: Entry) -> NextMeeting:
    """A next meeting minuted for a delegation that says otherwise is not set."""
    return NextMeeting() if state.now and state.now.ref == entry.body["entry"] else state


NEXT_MEETING: Matter[NextMeeting] = Matter(
    name="next-meeting",
    version=1,
    initial=NextMeeting(),
    folds={
        "next-meeting-set": _set,
        "precondition-met": _reported,
        "meeting-opened": _meeting_opened,
        "minute-objected": _minute_objected,
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
