"""One room's part of the table: its state in words, each row with the ref it stems from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from goodoffices.readouts import awaited, codes, dates, folding
from goodoffices.readouts.brought import outcomes
from goodoffices.readouts.lines import line
from goodoffices.readouts.lines.line import Pair
from goodoffices.readouts.lines.meetings import precondition
from goodoffices.readouts.names import Names, names
from goodoffices.readouts.views import Told, Translate, View, told, unwrapped
from goodoffices.record.matter import Room
from goodoffices.record.seats import Delegate, Seats
from goodoffices.talks import gate
from goodoffices.talks.answers import Answer
from goodoffices.talks.gate import First
from goodoffices.talks.meetings import MEETINGS
from goodoffices.talks.minuting import MINUTES
from goodoffices.talks.next_meeting import NEXT_MEETING
from goodoffices.talks.presence import PRESENCE
from goodoffices.talks.requests import REQUESTS, WAITING
from goodoffices.talks.scene import Awaited
from goodoffices.talks.understandings import UNDERSTANDINGS, Telling

R = TypeVar("R")

NEWEST = 20  # understandings, requests and things awaited shown of each room; its own page has them all


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the viewer's delegation: answer with ``rule`` and ``fields`` in ``room``."""

    room: str
    room_name: str
    rule: str
    fields: Mapping[str, str]
    about: str
    sentence: str
    subject: str
    quotes: tuple[Pair, ...]


@dataclass(frozen=True)
class Meeting:
    """``length`` in words, bound and all; ``status``: called, open, adjourned or closed."""

    room: str
    room_name: str
    ref: str
    code: str
    title: str
    status: str
    day: str
    venue: str
    zone: str
    length: str


@dataclass(frozen=True)
class Reply:
    """What one delegation said in entry ``ref``; all but ``delegation`` is empty while it has not.

    ``how``: signed, entered, minuted or minuted-confirmed; empty where a release does not show it.
    """

    delegation: str
    says: str = ""
    how: str = ""
    ref: str = ""


@dataclass(frozen=True)
class Wording:
    """One telling. ``barred``: corrected or disowned, if so. ``stands``: every party confirmed this very wording."""

    ref: str
    by: str
    told_by: str
    known: str | None
    degree: str
    wording: str
    replies: tuple[Reply, ...]
    stands: bool
    barred: str | None


@dataclass(frozen=True)
class Understanding:
    """All tellings of one understanding, side by side."""

    room: str
    room_name: str
    ref: str
    tellings: tuple[Wording, ...]


@dataclass(frozen=True)
class Request:
    """``status``: open, withdrawn, disowned, or the last answer."""

    room: str
    room_name: str
    ref: str
    by: str
    to: str
    words: str
    told_by: str
    known: str | None
    status: str
    open: bool


@dataclass(frozen=True)
class Presence:
    """``status``: proposed, withdrawn or admitted; ``replies`` has every party, also those that have not answered."""

    room: str
    room_name: str
    ref: str
    by: str
    name: str
    role: str
    status: str
    replies: tuple[Reply, ...]


@dataclass(frozen=True)
class Came:
    """The paper of one party came, which way (in words), and the entries that show it."""

    delegation: str
    way: str
    refs: tuple[str, ...]


@dataclass(frozen=True)
class Condition:
    """What must come first: whether it is met, the entries that count towards it, and which way papers came."""

    text: str
    met: bool
    refs: tuple[str, ...]
    came: tuple[Came, ...] = ()


@dataclass(frozen=True)
class Next:
    """``day`` is empty where none is set."""

    room: str
    room_name: str
    ref: str
    day: str
    place: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Sheet:
    """A room as this viewer may read it, and the words its rows need."""

    view: View
    state: Room
    names: Names
    awaits: tuple[Awaited, ...]
    released: bool

    @property
    def seats(self) -> Seats:
        return self.view.seats

    @property
    def shows(self) -> bool:
        """The public room repeats what the viewer's other rooms have at first hand; then it gives no rows."""
        return self.released or self.seats.kind != "public"

    def knowing(self, delegations: Mapping[str, str]) -> Sheet:
        """With names of delegations from the viewer's other rooms."""
        return replace(self, names=replace(self.names, elsewhere=delegations))

    def former(self, person: str | None) -> bool:
        """Whether this person sat here once and does not any more."""
        seat: Delegate | None = self.seats.delegates.get(person) if person is not None else None
        return seat is not None and seat.until is not None

    def waiting(self) -> Iterator[Waiting]:
        for one in self.awaits:
            fact = self.names.fact(one.about)
            said = line(fact, self.names) if fact else None
            yield Waiting(
                self.view.id,
                self.seats.name,
                one.rule,
                one.fields,
                one.about,
                awaited.sentence(one.rule, self.names.translate),
                said.sentence if said else "",
                said.quotes if said else (),
            )

    def meetings(self) -> Iterator[Meeting]:
        n, _ = self.names, self.names.translate
        for m in self.state[MEETINGS].all.values() if self.shows else ():
            yield Meeting(
                room=self.view.id,
                room_name=self.seats.name,
                ref=m.ref,
                code=m.code,
                title=n.text(m.title) or m.code,
                status=m.status,
                day=dates.when(m.day, _, m.zone) if m.day else "",
                venue=n.text(m.venue),
                zone=m.zone or "",
                length=codes.length(*m.length, _) if m.length else "",
            )

    def understandings(self) -> Iterator[Understanding]:
        roots: dict[str, list[Wording]] = {}
        for telling in _newest(self.state[UNDERSTANDINGS].tellings.values()) if self.shows else ():
            roots.setdefault(telling.root, []).append(self._wording(telling))
        for root, tellings in roots.items():
            yield Understanding(self.view.id, self.seats.name, root, tuple(tellings))

    def _wording(self, t: Telling) -> Wording:
        n, fact = self.names, self.names.fact(t.ref)
        body = fact.body if fact else {}
        replies = tuple(self._reply(party, t.answers.get(party)) for party in t.asked)
        return Wording(
            ref=t.ref,
            by=n.delegation(t.by),
            told_by=n.text(body.get("told_by")),
            known=fact.known if fact else None,
            degree=t.degree,
            wording=n.text(body.get("wording")),
            replies=replies,
            stands=t.stands,
            barred=t.barred,
        )

    def _reply(self, party: str, given: Answer | None) -> Reply:
        name = self.names.delegation(party)
        if given is None:
            return Reply(name)
        confirmed = given.how == "minuted" and self.state[MINUTES].answered.get(given.ref) == "confirmed"
        fact = self.names.fact(given.ref)
        if fact is not None and fact.released and given.how == "entered":
            return Reply(name, given.says, "", fact.ref)  # a signature is not released with what it signs
        return Reply(name, given.says, "minuted-confirmed" if confirmed else given.how, fact.ref if fact else given.ref)

    def requests(self) -> Iterator[Request]:
        n = self.names
        for asked in _newest(self.state[REQUESTS].all.values()) if self.shows else ():
            fact = n.fact(asked.ref)
            body = fact.body if fact else {}
            yield Request(
                room=self.view.id,
                room_name=self.seats.name,
                ref=asked.ref,
                by=n.delegation(asked.by),
                to=n.delegation(asked.to),
                words=n.text(body.get("words")),
                told_by=n.text(body.get("told_by")),
                known=fact.known if fact else None,
                status=asked.status,
                open=asked.status in WAITING,
            )

    def presences(self) -> Iterator[Presence]:
        n = self.names
        for p in self.state[PRESENCE].all.values() if self.shows else ():
            parties = dict.fromkeys((*self.seats.parties, *p.answers))
            replies = tuple(self._reply(party, p.answers.get(party)) for party in parties)
            yield Presence(
                room=self.view.id,
                room_name=self.seats.name,
                ref=p.ref,
                by=n.delegation(p.by),
                name=n.text(p.delegation["name"]),
                role=p.delegation["role"],
                status=p.status,
                replies=replies,
            )

    def next_meeting(self) -> Iterator[Next]:
        n, _ = self.names, self.names.translate
        now = self.state[NEXT_MEETING].now
        if now is None or not self.shows:
            return
        conditions = tuple(map(self._condition, gate.first(self.state, outcomes(self.state))))
        day = dates.when(now.day, _) if now.day else ""
        yield Next(self.view.id, self.seats.name, now.ref, day, n.text(now.place), conditions)

    def _condition(self, one: First) -> Condition:
        n, p = self.names, one.precondition
        text = precondition({"what": p.what, "words": p.words}, n, n.translate)
        came = tuple(Came(n.delegation(c.delegation), codes.way(c.way, n.translate), c.refs) for c in one.came)
        return Condition(text, one.met, one.refs, came)


def draw(view: View, *, released: bool, translate: Translate) -> Sheet:
    """A room's sheet. ``released``: read the public room for what was released there, not for its own state alone."""
    if released and view.seats.kind == "public":
        facts = [unwrapped(entry) for entry in view.entries()]
        return Sheet(view, folding.after(facts, view.id), names(view, facts, translate=translate), (), released)
    seat = view.seat()
    awaits = tuple(_newest(awaited.by(view.state, seat.delegation))) if seat is not None else ()
    facts = _cited(view, awaits)
    return Sheet(view, view.state, names(view, facts, translate=translate, more=_held(view.state)), awaits, released)


def next_meeting(view: View, who: Names) -> Next | None:
    """The next meeting of a room, for its own page. ``who`` knows the words of ``next_words``."""
    return next(Sheet(view, view.state, who, (), released=True).next_meeting(), None)


def next_words(state: Room) -> Iterator[str | None]:
    """The citations of words that the next meeting needs."""
    now = state[NEXT_MEETING].now
    if now is not None:
        yield now.place
        yield from (p.words for p in now.first)


def _cited(view: View, awaits: Iterable[Awaited]) -> list[Told]:
    """The entries whose words the state does not hold: the newest tellings and requests, and what is awaited."""
    refs = [
        *(t.ref for t in _newest(view.state[UNDERSTANDINGS].tellings.values())),
        *(r.ref for r in _newest(view.state[REQUESTS].all.values())),
        *(a.about for a in awaits),
    ]
    return [told(entry) for entry in view.found(refs)]


def _held(state: Room) -> Iterator[str | None]:
    """The citations of words that the state itself holds."""
    for m in state[MEETINGS].all.values():
        yield from (m.title, m.venue)
    for p in state[PRESENCE].all.values():
        yield p.delegation["name"]
    yield from next_words(state)


def _newest(rows: Iterable[R]) -> list[R]:
    return list(rows)[-NEWEST:]
