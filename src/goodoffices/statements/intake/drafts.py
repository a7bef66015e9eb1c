"""What intake gives: drafts, each field a span of the source. Nothing of it is an entry until a person accepts it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from goodoffices.statements.intake.spans import Span, check


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What somebody is said to have said: quoted stretches, or the gist of it, or both.

    ``resolved`` is who the speaker is taken to be: the fullest name the source gives, or None where nothing tells.
    ``how`` names the rule that found the speaker; ``known`` is ``on the record``, ``reported`` or ``anonymous``.
    """

    quotes: tuple[Span, ...]
    gist: Span | None
    speaker: Span | None
    resolved: str | None
    attribution: Span | None
    relays: tuple[Span, ...]
    channel: Span | None
    setting: Span | None
    hedges: tuple[Span, ...]
    known: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody the source names, with the function and the delegation it gives."""

    name: Span
    function: Span | None
    delegation: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Where people met, at whose invitation, when and how long; ``parties`` where it was apart from the main one."""

    text: Span
    venue: Span | None
    host: Span | None
    time: Span | None
    length: Span | None
    separate: Span | None = None
    parties: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """Who was sent: whose delegation it is, by whom it was sent, what level it is said to have, and who leads it."""

    text: Span
    name: Span | None
    sender: Span | None
    level: Span | None
    heads: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The source's own word on a meeting: how it went, or what was expected of it."""

    text: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A demand, an offer, an agreement, a refusal, a request, a threat or a commitment.

    ``by`` is whose it is and ``resolved`` who that is taken to be; ``to`` whom it addresses; ``what`` its content;
    ``statement`` the number of the statement within which it stands; ``answer`` what a request met with.
    """

    text: Span
    trigger: Span
    by: Span | None
    resolved: str | None
    to: Span | None
    what: Span | None
    conditions: tuple[Span, ...]
    durations: tuple[Span, ...]
    hedges: tuple[Span, ...]
    unresolved: tuple[Span, ...]
    degree: str | None
    statement: int | None
    answer: Span | None = None


KINDS = ("demands", "offers", "agreements", "refusals", "requests", "threats", "commitments")


@dataclass(frozen=True, slots=True, kw_only=True)
class Boilerplate:
    """A line of the page that is not part of the report, and why."""

    span: Span
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts:
    """Everything intake found in ``source``; ``deeds`` has one tuple for each of ``KINDS``."""

    source: str
    language: str
    statements: tuple[Statement, ...]
    participants: tuple[Participant, ...]
    meetings: tuple[Meeting, ...]
    deeds: dict[str, tuple[Deed, ...]]
    boilerplate: tuple[Boilerplate, ...]
    delegations: tuple[Delegation, ...] = ()
    accounts: tuple[Account, ...] = ()

    def spans(self) -> Iterator[Span]:
        """Every span in it."""
        yield from _spans(self.statements, _OF_STATEMENT)
        yield from _spans(self.participants, _OF_PARTICIPANT)
        yield from _spans(self.meetings, _OF_MEETING)
        yield from _spans(self.delegations, _OF_DELEGATION)
        yield from (a.text for a in self.accounts)
        for deeds in self.deeds.values():
            yield from _spans(deeds, _OF_DEED)
        yield from (b.span for b in self.boilerplate)

    def checked(self) -> Drafts:
        """Itself, after looking at every span. Raises ``NotInSource``: then no draft is shown to anybody."""
        for span in self.spans():
            check(self.source, span)
        return self

    def as_json(self) -> dict[str, Any]:
        """As docs/design/intake.md describes it: every span is ``{start, end, text}``."""
        return {
            "language": self.language,
            "statements": [_plain(s) for s in self.statements],
            "drafts": {
                "participants": [_plain(p) for p in self.participants],
                "delegations": [_plain(d) for d in self.delegations],
                "meetings": [_plain(m) for m in self.meetings],
                "accounts": [_plain(a) for a in self.accounts],
                **{kind: [_plain(d) for d in self.deeds[kind]] for kind in KINDS},
            },
            "boilerplate": [{**b.span.as_json(), "why": b.why} for b in self.boilerplate],
        }


_OF_STATEMENT = ("gist", "speaker", "attribution", "channel", "setting", "quotes", "relays", "hedges")
_OF_PARTICIPANT = ("name", "function", "delegation")
_OF_MEETING = ("text", "venue", "host", "time", "length", "separate", "parties")
_OF_DELEGATION = ("text", "name", "sender", "level", "heads")
_OF_DEED = ("text", "trigger", "by", "to", "what", "answer", "conditions", "durations", "hedges", "unresolved")


def _spans(values: Iterable[Any], names: tuple[str, ...]) -> Iterator[Span]:
    for value in values:
        for name in names:
            held = getattr(value, name)
            if type(held) is tuple:
                yield from held
            elif held is not None:
                yield held


def _plain(value: Any) -> Any:
    if isinstance(value, Span):
        return value.as_json()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value
