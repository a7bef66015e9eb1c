"""Which facts of a record belong to one meeting, and which answer which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goodoffices.readouts import folding
from goodoffices.readouts.views import Told
from goodoffices.record.matter import Room

# The field in which each kind names the entry that it answers.
ANSWERS = {
    "agenda-item-settled": "item",
    "understanding-confirmed": "telling",
    "understanding-objected": "telling",
    "request-answered": "request",
    "request-withdrawn": "request",
    "presence-consented": "proposal",
    "presence-declined": "proposal",
    "presence-withdrawn": "proposal",
    "delegation-admitted": "proposal",
    "ground-rules-agreed": "rules",
    "paper-received": "presented",
    "precondition-met": "next",
    "minute-confirmed": "entry",
    "minute-objected": "entry",
    "entry-corrected": "entry",
    "particulars-erased": "entry",
    "conveyance-allowed": "asked",
    "conveyance-refused": "asked",
    "point-carried": "allowed",
    "conveyance-answered": "conveyed",
    "release-agreed": "proposal",
}


@dataclass(frozen=True)
class Meeting:
    """One meeting's facts. ``all``: the whole record, for who sits and what answers what."""

    called: Told | None
    facts: tuple[Told, ...]
    all: tuple[Told, ...]
    answers: dict[str, tuple[Told, ...]]
    state: Room  # after the whole record, of what ``folding`` folds

    @classmethod
    def of(cls, record: Sequence[Told], called: Told | None) -> Meeting:
        """The meeting that ``called`` calls, in a whole record; without one, all of it."""
        answers: dict[str, tuple[Told, ...]] = {}
        known = {t.source for t in record}
        for t in record:
            about = _answered(t)
            if about in known:
                answers[about] = (*answers.get(about, ()), t)
        inside = tuple(
            sorted((t for t in record if called is None or _within(t, called, record)), key=lambda t: t.place)
        )
        return cls(called, inside, tuple(record), answers, folding.after(record))

    def heads(self) -> tuple[Told, ...]:
        """The meeting's facts but for those that answer another: these are shown under what they answer."""
        under = {t.ref for answering in self.answers.values() for t in answering}
        return tuple(t for t in self.facts if t.ref not in under)


def _answered(t: Told) -> str:
    field = ANSWERS.get(t.kind)
    value = t.body.get(field) if field else None
    return value if isinstance(value, str) else ""


def _within(t: Told, called: Told, record: Iterable[Told]) -> bool:
    """From its call to the next one; what comes before the first call belongs to the first."""
    calls = sorted(c.place for c in record if c.kind == "meeting-called")
    later = [place for place in calls if place > called.place]
    return (called.place == calls[0] or t.place >= called.place) and (not later or t.place < later[0])
