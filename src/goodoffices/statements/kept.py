"""What a room's record holds of statements: the state, and the fold of every kind.

Everything that can be about an issue has a number, in the order entered; marks say what each is, and what it is about.
What is released here from another room is found like what was entered here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from goodoffices.record.entries import KIND_VERSION, Body, Entry
from goodoffices.record.matter import Matter
from goodoffices.record.ordered import Ordered
from goodoffices.statements import places
from goodoffices.statements.marks import Marks
from goodoffices.statements.versions import LIFTS, NOTHING, newest

STATEMENT = "statement-recorded"
NUMBERED = (
    *(STATEMENT, "understanding-told", "request-made", "commitment-made", "event-noted", "conditions-set-out"),
    *("paper-presented", "paper-described", "paper-tabled"),
)
"""Kinds that can be about an issue: on its timeline where they say so themselves, or where somebody says so."""

NOT_STATED = "not-stated"
ANY_OPEN = "open:any"


@dataclass(frozen=True)
class Kept:
    """A statement: its number, the key of its speaker, and for each item left open, the refs of what resolves it."""

    number: int
    speaker: str
    open: tuple[tuple[str, ...], ...] = ()

    @property
    def left(self) -> tuple[int, ...]:
        """The items that nobody has resolved."""
        return tuple(n for n, by in enumerate(self.open) if not by)


@dataclass(frozen=True)
class Identified:
    """``speaker-identified``: the statement and the key of the speaker it is laid to."""

    statement: str
    speaker: str


@dataclass(frozen=True)
class Statements:
    """``refs``: by number, the entry. ``numbers``: by entry. ``all``: by the ref of a statement.

    ``later``: by entry, the refs of those that say something of it. ``resolutions``: by the ref of
    ``reference-resolved``, the statement. ``sources``: by what a released entry was called in its own room, its ref.
    """

    refs: Ordered[str] = field(default_factory=Ordered)
    numbers: Ordered[int] = field(default_factory=Ordered)
    all: Ordered[Kept] = field(default_factory=Ordered)
    marks: Marks = field(default_factory=Marks)
    later: Ordered[tuple[str, ...]] = field(default_factory=Ordered)
    resolutions: Ordered[str] = field(default_factory=Ordered)
    identified: Ordered[Identified] = field(default_factory=Ordered)
    sources: Ordered[str] = field(default_factory=Ordered)

    def here(self, ref: object) -> str:
        """What this room calls an entry that a body names."""
        return self.sources.get(str(ref), str(ref))


_Fold: TypeAlias = Callable[[Statements, str, Body], Statements]
"""The state, the ref here, and the body."""


def speaker_key(state: Statements, ref: str, body: Body) -> str:
    """Under which what this speaker says is found: a delegate, a delegation that speaks as one, or the statement in
    which somebody first recorded them. Nobody is taken to be somebody else because of a name."""
    same = state.all.get(state.here(body.get("same_speaker")))
    if same is not None:
        return same.speaker
    named = any(body.get(name) for name in ("speaker", "described", "function"))
    whose = body.get("speaker_person") or (None if named else body.get("speaker_delegation"))
    return f"speaker:{whose or ref}"


def _recorded(state: Statements, ref: str, body: Body) -> Statements:
    b = {**NOTHING, **body}
    speaker = speaker_key(state, ref, b)
    kept = Kept(len(state.refs), speaker, tuple(() for _ in b["open"] or ()))
    keys = [
        speaker,
        f"verb:{b['verb']}",
        f"known:{b.get('known') or NOT_STATED}",
        f"channel:{b['channel'] or NOT_STATED}",
        *([f"delegation:{b['speaker_delegation']}"] if b["speaker_delegation"] else ()),
        *([ANY_OPEN] if kept.open else ()),
        *_subjects(b),
    ]
    state = _numbered(state, ref, STATEMENT, keys)
    return replace(state, all=state.all.put(ref, kept))


def _subjects(body: Body) -> Iterable[str]:
    """The keys of what something is about."""
    yield from (f"issue:{issue}" for issue in body.get("issues") or ())
    yield from (f"meeting:{meeting}" for meeting in body.get("describes") or ())
    codes = (str(place.get("code")) for place in body.get("places") or ())
    yield from (f"place:{around}" for code in codes for around in places.around(code))


def _numbered(state: Statements, ref: str, kind: str, keys: Iterable[str] = ()) -> Statements:
    if ref in state.numbers:
        return _marked(state, ref, keys)
    number = len(state.refs)
    return replace(
        state,
        refs=state.refs.put(str(number), ref),
        numbers=state.numbers.put(ref, number),
        marks=state.marks.put(number, (f"kind:{kind}", *keys)),
    )


def _marked(state: Statements, ref: str, keys: Iterable[str]) -> Statements:
    return replace(state, marks=state.marks.put(state.numbers[ref], keys))


def _of_kind(kind: str) -> _Fold:
    """Something that can be about an issue, and says so itself or not."""

    def fold(state: Statements, ref: str, body: Body) -> Statements:
        topics = (c.get("topic") for c in body.get("conditions") or ())
        return _numbered(state, ref, kind, [f"issue:{topic}" for topic in topics if topic])

    return fold


def _noted(state: Statements, ref: str, body: Body) -> Statements:
    about = state.here(body.get("entry"))
    return _said_of(_numbered(state, about, "other", _subjects(body)), ref, about)


def _resolved(state: Statements, ref: str, body: Body) -> Statements:
    about, item = state.here(body.get("statement")), body.get("item")
    kept = state.all.get(about)
    if kept is None or item not in range(len(kept.open)):
        return state
    now = replace(kept, open=tuple((*by, ref) if n == item else by for n, by in enumerate(kept.open)))
    state = replace(state, resolutions=state.resolutions.put(ref, about))
    return _said_of(_opened(state, about, now), ref, about)


def _opened(state: Statements, ref: str, kept: Kept) -> Statements:
    """With what a statement leaves open now."""
    marks = state.marks
    marks = marks.put(kept.number, [ANY_OPEN]) if kept.left else marks.drop(kept.number, ANY_OPEN)
    return replace(state, all=state.all.put(ref, kept), marks=marks)


def _identified(state: Statements, ref: str, body: Body) -> Statements:
    about, same = state.here(body.get("statement")), state.all.get(state.here(body.get("same_speaker")))
    if about not in state.all:
        return state
    speaker = same.speaker if same else f"speaker:{body.get('person') or body.get('delegation') or ref}"
    state = replace(state, identified=state.identified.put(ref, Identified(about, speaker)))
    return _said_of(_marked(state, about, [speaker]), ref, about)


def _related(state: Statements, ref: str, body: Body) -> Statements:
    for end in dict.fromkeys(state.here(body.get(name)) for name in ("statement", "to")):
        state = _said_of(state, ref, end)
    return state


def _said_of(state: Statements, ref: str, about: str) -> Statements:
    return replace(state, later=state.later.put(about, (*state.later.get(about, ()), ref)))


def _taken_back(state: Statements, entry: Entry) -> Statements:
    """A resolution or identification that is corrected, or whose minute is objected to, no longer counts."""
    ref = str(entry.body.get("entry"))
    if ref in state.resolutions:
        about = state.resolutions[ref]
        kept = state.all[about]
        left = tuple(tuple(r for r in by if r != ref) for by in kept.open)
        return _opened(replace(state, resolutions=state.resolutions.drop(ref)), about, replace(kept, open=left))
    found = state.identified.get(ref)
    if found is None:
        return state
    marks = state.marks.drop(state.all[found.statement].number, found.speaker)
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
    return lambda state, entry: fold(state, entry.ref, entry.body)


def _released(state: Statements, entry: Entry) -> Statements:
    kind, body = str(entry.body.get("kind")), entry.body.get("body")
    fold = _FOLDS.get(kind)
    if fold is None or not isinstance(body, Mapping):
        return state
    state = replace(state, sources=state.sources.put(str(entry.body.get("entry")), entry.ref))
    version: Any = entry.body.get("kv", KIND_VERSION)
    return fold(state, entry.ref, newest(kind, version, body))


STATEMENTS: Matter[Statements] = Matter(
    name="statements",
    version=2,
    initial=Statements(),
    folds={
        **{kind: _entered(fold) for kind, fold in _FOLDS.items()},
        "entry-released": _released,
        "entry-corrected": _taken_back,
        "minute-objected": _taken_back,
    },
    lifts=LIFTS,
)
