"""What a room's record holds of statements: the state, and the fold of every kind.

Nothing is kept for a statement but marks at its place on the record: what it is, who speaks, how it is known, what it
is about. Only what is said of a statement later, and what it leaves open, is kept by itself. What is released here from
another room is found like what was entered here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeAlias

from goodoffices.record.entries import Body, Entry
from goodoffices.record.matter import Matter
from goodoffices.record.ordered import Ordered
from goodoffices.statements import places
from goodoffices.statements.marks import Marks
from goodoffices.statements.versions import LIFTS, NOTHING, STATEMENT, held_in, newest, speaker

NUMBERED = (
    *(STATEMENT, "understanding-told", "request-made", "commitment-made", "event-noted", "conditions-set-out"),
    *("paper-presented", "paper-described", "paper-tabled"),
)
"""Kinds that can be about an issue: on its timeline where they say so themselves, or where somebody says so."""

NOT_STATED = "not-stated"
ANY_OPEN = "open:any"


@dataclass(frozen=True)
class LeavesOpen:
    """A statement that leaves something open: its place, and for each item the refs of what resolves it."""

    seq: int
    items: tuple[tuple[str, ...], ...]

    @property
    def left(self) -> tuple[int, ...]:
        """The items that nobody has resolved."""
        return tuple(n for n, by in enumerate(self.items) if not by)


@dataclass(frozen=True)
class Identified:
    """``speaker-identified``: the place of the statement, and the speaker it is laid to."""

    seq: int
    speaker: str


@dataclass(frozen=True)
class Source:
    """What was released here: its ref here, and its place."""

    ref: str
    seq: int


@dataclass(frozen=True)
class Statements:
    """``marks``: by seq. ``open``: by the ref of a statement. ``later``: by entry, the refs of those that say something
    of it. ``resolutions``: by the ref of ``reference-resolved``, the statement. ``identified``: by ref.

    ``sources``: by what a released entry was called in its own room.
    """

    marks: Marks = field(default_factory=Marks)
    open: Ordered[LeavesOpen] = field(default_factory=Ordered)
    later: Ordered[tuple[str, ...]] = field(default_factory=Ordered)
    resolutions: Ordered[str] = field(default_factory=Ordered)
    identified: Ordered[Identified] = field(default_factory=Ordered)
    sources: Ordered[Source] = field(default_factory=Ordered)

    def here(self, ref: object) -> str:
        """What this room calls an entry that a body names."""
        known = self.sources.get(str(ref))
        return known.ref if known else str(ref)

    def count(self, *kinds: str) -> int:
        """How many entries of these kinds there are."""
        return sum(self.marks.count(f"kind:{kind}") for kind in kinds)


class _Held(NamedTuple):
    """What an entry holds: its ref and place here, and the body."""

    ref: str
    seq: int
    body: Body


_Fold: TypeAlias = Callable[[Statements, _Held], Statements]


def _recorded(state: Statements, held: _Held) -> Statements:
    b = {**NOTHING, **held.body}
    who = state.here(speaker(held.ref, b))
    keys = [
        f"kind:{STATEMENT}",
        f"verb:{b['verb']}",
        f"known:{b.get('known') or NOT_STATED}",
        f"channel:{b['channel'] or NOT_STATED}",
        *([f"delegation:{b['speaker_delegation']}"] if b["speaker_delegation"] else ()),
        *([f"speaker:{who}"] if who != held.ref else ()),
        *([ANY_OPEN] if b["open"] else ()),
        *_subjects(b),
    ]
    state = _marked(state, held.seq, keys)
    if b["open"]:
        state = replace(state, open=state.open.put(held.ref, LeavesOpen(held.seq, tuple(() for _ in b["open"]))))
    return _first_marked(state, b)


def _first_marked(state: Statements, b: Body) -> Statements:
    """With the statement that first names this speaker marked too: alone it needed no mark."""
    if not b["same_speaker"]:
        return state
    known = state.sources.get(str(b["same_speaker"]))
    first = known.seq if known else b["same_at"]
    return _marked(state, first, [f"speaker:{state.here(b['same_speaker'])}"]) if isinstance(first, int) else state


def _subjects(body: Body) -> Iterator[str]:
    """The keys of what something is about."""
    yield from (f"issue:{issue}" for issue in body.get("issues") or ())
    yield from (f"meeting:{meeting}" for meeting in body.get("describes") or ())
    codes = (str(place.get("code")) for place in body.get("places") or ())
    yield from (f"place:{around}" for code in codes for around in places.around(code))


def _marked(state: Statements, seq: int, keys: Iterable[str]) -> Statements:
    return replace(state, marks=state.marks.put(seq, keys))


def _of_kind(kind: str) -> _Fold:
    """Something that can be about an issue, and says so itself or not."""

    def fold(state: Statements, held: _Held) -> Statements:
        topics = (c.get("topic") for c in held.body.get("conditions") or ())
        return _marked(state, held.seq, [f"kind:{kind}", *(f"issue:{topic}" for topic in topics if topic)])

    return fold


def _noted(state: Statements, held: _Held) -> Statements:
    seq = held.body.get("seq")
    state = _marked(state, seq, _subjects(held.body)) if isinstance(seq, int) else state
    return _said_of(state, held.ref, state.here(held.body.get("entry")))


def _resolved(state: Statements, held: _Held) -> Statements:
    about, item = state.here(held.body.get("statement")), held.body.get("item")
    kept = state.open.get(about)
    if kept is None or item not in range(len(kept.items)):
        return state
    items = tuple((*by, held.ref) if n == item else by for n, by in enumerate(kept.items))
    state = replace(state, resolutions=state.resolutions.put(held.ref, about))
    return _said_of(_opened(state, about, replace(kept, items=items)), held.ref, about)


def _opened(state: Statements, ref: str, kept: LeavesOpen) -> Statements:
    """With what a statement leaves open now."""
    marks = state.marks
    marks = marks.put(kept.seq, [ANY_OPEN]) if kept.left else marks.drop(kept.seq, ANY_OPEN)
    return replace(state, open=state.open.put(ref, kept), marks=marks)


def _identified(state: Statements, held: _Held) -> Statements:
    b, about = held.body, state.here(held.body.get("statement"))
    if not isinstance(b.get("seq"), int):
        return state
    who = b.get("person") or b.get("delegation") or state.here(b.get("same_speaker") or held.ref)
    state = replace(state, identified=state.identified.put(held.ref, Identified(b["seq"], who)))
    if isinstance(b.get("same_at"), int):
        state = _marked(state, b["same_at"], [f"speaker:{who}"])
    return _said_of(_marked(state, b["seq"], [f"speaker:{who}"]), held.ref, about)


def _related(state: Statements, held: _Held) -> Statements:
    for end in dict.fromkeys(state.here(held.body.get(name)) for name in ("statement", "to")):
        state = _said_of(state, held.ref, end)
    return state


def _said_of(state: Statements, ref: str, about: str) -> Statements:
    return replace(state, later=state.later.put(about, (*state.later.get(about, ()), ref)))


def _taken_back(state: Statements, entry: Entry) -> Statements:
    """A resolution or identification that is corrected, or whose minute is objected to, no longer counts."""
    ref = str(entry.body.get("entry"))
    if ref in state.resolutions:
        about = state.resolutions[ref]
        left = tuple(tuple(r for r in by if r != ref) for by in state.open[about].items)
        state = replace(state, resolutions=state.resolutions.drop(ref))
        return _opened(state, about, replace(state.open[about], items=left))
    found = state.identified.get(ref)
    if found is None:
        return state
    marks = state.marks.drop(found.seq, f"speaker:{found.speaker}")
    return replace(state, marks=marks, identified=state.identified.drop(ref))


_FOLDS: Mapping[str, _Fold] = {
    STATEMENT: _recorded,
    "reference-resolved": _resolved,
    "speaker-identified": _identified,
    "statements-related": _related,
    "subject-noted": _noted,
    **{kind: _of_kind(kind) for kind in NUMBERED if kind != STATEMENT},
}


def _entered(fold: _Fold) -> Callable[[Statements, Entry], Statements]:
    return lambda state, entry: fold(state, _Held(entry.ref, entry.seq, entry.body))


_ELSEWHERE = frozenset({"seq", "same_at"})
"""Fields that name a place in the room something was released from."""


def _released(state: Statements, entry: Entry) -> Statements:
    kind, version, body = held_in(entry)
    fold = _FOLDS.get(kind)
    if fold is None:
        return state
    state = replace(state, sources=state.sources.put(str(entry.body.get("entry")), Source(entry.ref, entry.seq)))
    here: dict[str, Any] = {n: v for n, v in newest(kind, version, body).items() if n not in _ELSEWHERE}
    for name, at in (("statement", "seq"), ("entry", "seq"), ("same_speaker", "same_at")):
        known = state.sources.get(str(here.get(name)))
        here |= {at: known.seq} if known else {}
    return fold(state, _Held(entry.ref, entry.seq, here))


STATEMENTS: Matter[Statements] = Matter(
    name="statements",
    version=3,
    initial=Statements(),
    folds={
        **{kind: _entered(fold) for kind, fold in _FOLDS.items()},
        "entry-released": _released,
        "entry-corrected": _taken_back,
        "minute-objected": _taken_back,
    },
    lifts=LIFTS,
)
