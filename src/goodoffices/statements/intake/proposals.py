"""What entries each draft could become: commands by name and their fields, for a person to accept, edit or drop.

Nobody is identified here: speakers and parties stay the words by which the source names them, and a person says which
delegation they are. Hedges and attribution go along. What the source leaves open stays open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from goodoffices.statements.intake.drafts import (
    Deed,
    Drafts,
    Meeting,
    Participant,
    Statement,
)
from goodoffices.statements.intake.spans import Span

KNOWN = {"on the record": "on-record", "reported": "reported", "anonymous": "anonymous"}
DEGREES = {"in principle": "in-principle", "signed": "signed"}
CHOICES = (
    *("demanded", "threatened", "offered", "announced", "expected", "described", "asked", "proposed", "promised"),
    *("agreed", "refused", "denied", "confirmed", "warned"),
)
"""Verbs of ``record-statement`` that a verb as used may be: the same word in another form."""

ORDERS = ("before", "during", "after")
IN_THE_ROOM = ("during the negotiations", "during the talks", "in the room", "at the table")
SOCIAL = frozenset({"x", "twitter", "telegram", "facebook", "truth", "weibo", "instagram"})
VERBS = {
    "demands": "demanded",
    "offers": "offered",
    "threats": "threatened",
    "refusals": "refused",
    "agreements": "agreed",
    "requests": "asked",
    "commitments": "promised",
}
ANSWERS = {
    "note": "taken-note-of",
    "accept": "accepted",
    "agree": "accepted",
    "defer": "deferred",
    "declin": "declined",
    "reject": "declined",
    "refus": "declined",
}


class Way(Struct, frozen=True):
    """One way to enter a draft: a command and the fields that are known, as a form or a talks file gives them."""

    command: str
    fields: dict[str, Any]


class Note(Struct, frozen=True):
    """Something the source says of a draft that a person should see beside it: ``what`` is a code."""

    what: str
    text: str


class Proposal(Struct, frozen=True):
    """A draft to be decided on. It stands at ``start`` to ``end`` of the source; its first way is the likeliest.

    ``answers``: the number of the proposal (a request) whose entry this one needs, if any.
    """

    kind: str
    start: int
    end: int
    ways: tuple[Way, ...]
    notes: tuple[Note, ...] = ()
    answers: int | None = None


def proposals(drafts: Drafts, outlet: str = "") -> tuple[Proposal, ...]:
    """All of them in the order of the source. ``outlet``: who tells what nobody else is said to have told."""
    made = [*_statements(drafts, outlet), *_participants(drafts, outlet), *_meetings(drafts, outlet)]
    made += [*_delegations(drafts, outlet), *_accounts(drafts, outlet)]
    for kind, deeds in drafts.deeds.items():
        made += [_deed(drafts, kind, deed, outlet) for deed in deeds]
    made.sort(key=lambda p: (p.start, -p.end, p.kind))
    return tuple(_with_answers(drafts, made, outlet))


def _with_answers(drafts: Drafts, made: Iterable[Proposal], outlet: str) -> Iterator[Proposal]:
    """Each, and right after a request the answer it met with."""
    asked = {(d.text.start, d.text.end): d for d in drafts.deeds["requests"] if d.answer is not None}
    number = 0
    for proposal in made:
        yield proposal
        deed = asked.get((proposal.start, proposal.end)) if proposal.kind == "request" else None
        if deed is not None and deed.answer is not None:
            yield _answer(drafts, deed, deed.answer, number, outlet)
            number += 1
        number += 1


# Statements


def _statements(drafts: Drafts, outlet: str) -> Iterator[Proposal]:
    inside = {n: [d for deeds in drafts.deeds.values() for d in deeds if d.statement == n] for n in _held(drafts)}
    for number, statement in enumerate(drafts.statements):
        first, last = _extent(statement)
        deeds = inside.get(number, [])
        fields = {
            **_speaker(statement),
            **_verb(statement, drafts, number),
            "gist": _words(statement),
            "exact": bool(statement.quotes) and statement.gist is None,
            "language": drafts.language,
            **_setting(statement),
            **_channel(statement),
            "conditions": [{"words": c.text} for c in _once(c for d in deeds for c in d.conditions)],
            "open": [{"what": "reference", "words": u.text} for u in _once(u for d in deeds for u in d.unresolved)],
            "told_by": outlet,
            "known": KNOWN[statement.known],
        }
        yield Proposal("statement", first, last, (_way("record-statement", fields),), tuple(_of_statement(statement)))


def _held(drafts: Drafts) -> set[int]:
    """The numbers of the statements in which something is done."""
    return {d.statement for deeds in drafts.deeds.values() for d in deeds if d.statement is not None}


def _once(spans: Iterable[Span]) -> list[Span]:
    return list(dict.fromkeys(spans))


def _extent(statement: Statement) -> tuple[int, int]:
    spans = (*statement.quotes, *((statement.gist,) if statement.gist else ()))
    return min(s.start for s in spans), max(s.end for s in spans)


def _speaker(statement: Statement) -> dict[str, str]:
    """By name where the source has one, else the words that describe them."""
    if statement.speaker is None and statement.resolved is None:
        return {}
    return {"speaker" if statement.resolved else "described": _name(statement)}


def _name(statement: Statement) -> str:
    """The words of the source; where they only point at somebody named before (“he”), that name."""
    said = _text(statement.speaker)
    if statement.resolved and statement.resolved not in said:
        return statement.resolved
    return said


def _verb(statement: Statement, drafts: Drafts, number: int) -> dict[str, str]:
    """The verb as used, and the choice nearest to it: what is said to be done counts only where the verb says so."""
    used = _text(statement.attribution)
    stem = used.lower().removesuffix("ing").removesuffix("s")
    kinds = {VERBS[k] for k, deeds in drafts.deeds.items() if k in VERBS for d in deeds if d.statement == number}
    near = next((verb for verb in (*CHOICES, *sorted(kinds)) if stem and verb.startswith(stem[:6])), "said")
    return {"verb": near, "verb_used": used if used.lower() != near else ""}


def _words(statement: Statement) -> str:
    if statement.gist is not None:
        return statement.gist.text
    return " […] ".join(q.text for q in statement.quotes)


def _setting(statement: Statement) -> dict[str, str]:
    """Where, as far as it is said: “after a call with others” is an occasion and its order."""
    said = _text(statement.setting)
    low = said.lower()
    order, _, occasion = said.partition(" ")
    in_room = any(words in low for words in IN_THE_ROOM)
    public = statement.channel is not None or bool(statement.relays)
    found = {"setting": "in-room" if in_room else "public" if public else "not-stated"}
    if order.lower() in ORDERS and occasion:
        return found | {"order": order.lower(), "occasion": occasion}
    return found | {"place": said}


def _channel(statement: Statement) -> dict[str, Any]:
    channel = _text(statement.channel)
    social = channel.lower().removeprefix("the ").split(" ")[0] in SOCIAL
    relays = [{"by": span.text} for span in statement.relays]
    return {"channel": "social-media" if social else "", "channel_name": channel, "relays": relays}


def _of_statement(s: Statement) -> Iterator[Note]:
    if s.speaker is not None:
        yield Note("speaker", s.speaker.text)
    if s.resolved and s.resolved not in _text(s.speaker):
        yield Note("resolved", s.resolved)
    if s.attribution is not None:
        yield Note("attribution", s.attribution.text)
    if s.setting is not None:
        yield Note("setting", s.setting.text)
    yield from (Note("relay", span.text) for span in s.relays)
    yield from (Note("hedge", span.text) for span in s.hedges)


# People and meetings


def _participants(drafts: Drafts, outlet: str) -> Iterator[Proposal]:
    for p in drafts.participants:
        spans = [s for s in (p.name, p.function, p.delegation) if s is not None]
        first, last = _near(drafts.source, p.name, spans)
        told = {"told_by": outlet, "known": "reported" if outlet else ""}
        account = {"verb": "described", "gist": _described(p), "setting": "not-stated", **told}
        accredited = {"name": p.name.text, "function": _text(p.function), **told}
        ways = (_way("record-statement", account), _way("accredit-delegate", accredited))
        notes = [Note("function", _text(p.function)), Note("of", _text(p.delegation))]
        yield Proposal("participant", first, last, ways, tuple(n for n in notes if n.text))


def _near(source: str, name: Span, spans: Iterable[Span]) -> tuple[int, int]:
    """The stretch around a name with what stands beside it; the name alone where the rest is told elsewhere."""
    close = [s for s in spans if abs(s.start - name.start) < 200 and "\n" not in _between(source, s, name)]
    return min(s.start for s in close), max(s.end for s in close)


def _between(source: str, one: Span, other: Span) -> str:
    return source[min(one.end, other.end) : max(one.start, other.start)]


def _described(p: Participant) -> str:
    parts = [p.name.text, _text(p.function), _text(p.delegation)]
    return ", ".join(part for part in parts if part)


def _meetings(drafts: Drafts, outlet: str) -> Iterator[Proposal]:
    for m in drafts.meetings:
        told = {"told_by": outlet, "known": "reported" if outlet else ""}
        event = {"what": "meeting-elsewhere", "words": m.text.text, **told}
        account = {
            "verb": "described",
            "gist": m.text.text,
            "language": drafts.language,
            "setting": "not-stated",
            **told,
        }
        called = {"venue": _text(m.venue), **told}
        ways = (_way("note-event", event), _way("record-statement", account), _way("call-meeting", called))
        yield Proposal("meeting", m.text.start, m.text.end, ways, tuple(_of_meeting(m)))


def _of_meeting(m: Meeting) -> Iterator[Note]:
    yield from (Note("party", party.text) for party in m.parties)
    if m.separate is not None:
        yield Note("separate", m.separate.text)
    for what, span in (("venue", m.venue), ("host", m.host), ("time", m.time), ("length", m.length)):
        if span is not None:
            yield Note(what, span.text)


def _delegations(drafts: Drafts, outlet: str) -> Iterator[Proposal]:
    for d in drafts.delegations:
        notes = [
            *(
                Note(what, span.text)
                for what, span in (("of", d.name), ("sender", d.sender), ("level", d.level))
                if span
            ),
            *(Note("head", head.text) for head in d.heads),
        ]
        account = _account(drafts, d.text, outlet)
        yield Proposal("delegation", d.text.start, d.text.end, (_way("record-statement", account),), tuple(notes))


def _accounts(drafts: Drafts, outlet: str) -> Iterator[Proposal]:
    for a in drafts.accounts:
        way = _way("record-statement", _account(drafts, a.text, outlet))
        yield Proposal("account", a.text.start, a.text.end, (way,))


def _account(drafts: Drafts, text: Span, outlet: str) -> dict[str, Any]:
    """What the source itself tells, as its outlet's account."""
    told = {"told_by": outlet, "known": "reported" if outlet else ""}
    speaker = {"speaker": outlet} if outlet else {}
    return {**speaker, "verb": "described", "gist": text.text, "language": drafts.language,
            "setting": "public", "exact": True, **told}  # fmt: skip


# Deeds


def _deed(drafts: Drafts, kind: str, deed: Deed, outlet: str) -> Proposal:
    one = kind[:-1] if kind != "refusals" else "refusal"
    ways = tuple(_way(name, fields) for name, fields in _ways(drafts, kind, deed, outlet))
    return Proposal(one, deed.text.start, deed.text.end, ways, tuple(_of_deed(deed)))


def _ways(drafts: Drafts, kind: str, deed: Deed, outlet: str) -> Iterator[tuple[str, dict[str, Any]]]:
    told = _told(drafts, deed, outlet)
    account = {
        ("speaker" if deed.resolved else "described"): deed.resolved or _text(deed.by),
        "verb": VERBS.get(kind, "said"),
        "verb_used": deed.trigger.text if deed.trigger.text.lower() != VERBS.get(kind, "said") else "",
        "gist": deed.text.text,
        "language": drafts.language,
        "setting": "not-stated",
        "conditions": [{"words": c.text} for c in deed.conditions],
        "open": [{"what": "reference", "words": u.text} for u in deed.unresolved],
        **told,
    }
    what = {"what": _text(deed.what) or deed.text.text, "by_name": deed.resolved or _text(deed.by), **told}
    if kind == "agreements":
        yield "tell-understanding", {"wording": deed.text.text, "degree": DEGREES.get(deed.degree or "", "not-stated"),
                                     **told}  # fmt: skip
    elif kind == "requests":
        yield "make-request", {"words": deed.text.text, **told}
    elif kind == "commitments":
        yield "make-commitment", {**what, "degree": "promised"}
    yield "record-statement", account
    if kind == "threats":
        yield "make-commitment", {**what, "degree": "announced"}
    if kind == "refusals":
        yield "decline-presence", {"reason": deed.text.text, **told}
        yield "propose-presence", {"role": "third-party", "reason": deed.text.text, **told}


def _told(drafts: Drafts, deed: Deed, outlet: str) -> dict[str, str]:
    """Who tells it: the speaker of the statement it stands in, through the outlet; else the outlet."""
    if deed.statement is None:
        return {"told_by": outlet, "known": "reported" if outlet else ""}
    statement = drafts.statements[deed.statement]
    tellers = (_name(statement), *(r.text for r in statement.relays), outlet)
    return {"told_by": "; ".join(t for t in tellers if t), "known": KNOWN[statement.known]}


def _answer(drafts: Drafts, deed: Deed, answer: Span, number: int, outlet: str) -> Proposal:
    low = answer.text.lower()
    found = next((code for stem, code in ANSWERS.items() if stem in low), "")
    fields = {"answer": found, "words": answer.text, **_told(drafts, deed, outlet)}
    account = {"verb": "said", "gist": answer.text, "setting": "not-stated", **_told(drafts, deed, outlet)}
    ways = (_way("answer-request", fields), _way("record-statement", account))
    return Proposal("answer", answer.start, answer.end, ways, (), number)


def _of_deed(deed: Deed) -> Iterator[Note]:
    if deed.by is not None:
        yield Note("by", deed.by.text)
    if deed.resolved and deed.resolved not in _text(deed.by):
        yield Note("resolved", deed.resolved)
    for what, spans in (
        ("condition", deed.conditions),
        ("duration", deed.durations),
        ("hedge", deed.hedges),
        ("unresolved", deed.unresolved),
    ):
        yield from (Note(what, span.text) for span in spans)


def _text(span: Span | None) -> str:
    return span.text if span is not None else ""


def _way(command: str, fields: dict[str, Any]) -> Way:
    return Way(command, {name: value for name, value in fields.items() if value not in ("", False, None, [])})
