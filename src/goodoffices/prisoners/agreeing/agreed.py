"""Who goes, as an exchange room's record holds it: refusals, wishes, substitutions, lists drawn and confirmed.

A refusal, a person's wish not to be returned or a substitution that touches the newest list *upsets* it: nobody acts on
it any more, and a new one is drawn. Both stay on the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from goodoffices.record.entries import Entry
from goodoffices.record.matter import Matter
from goodoffices.record.ordered import Ordered
from goodoffices.talks.answers import Answer, answer, retracted

NOT_RETURNED, RETURNED = "not-to-be-returned", "to-be-returned"
WISHES = (NOT_RETURNED, RETURNED)


@dataclass(frozen=True)
class Refused:
    """A refusal that stands: of whom, by which delegation (id), in which entry."""

    number: str
    by: str
    ref: str


@dataclass(frozen=True)
class Wished:
    """A person's wish as last recorded."""

    wish: str
    ref: str


@dataclass(frozen=True)
class Substituted:
    out: str
    into: str
    by: str
    ref: str


@dataclass(frozen=True)
class Drawn:
    """A list as drawn: its entry, who drew it, its digest (64 hex), how many persons are on it.

    ``counted``: how many count one for one, by the delegation (id) that holds them. ``confirmed``: by party. ``upset``:
    entries that touch it since, with their kind.
    """

    ref: str
    seq: int
    by: str
    digest: str
    counted: dict[str, int]
    persons: int
    confirmed: dict[str, Answer] = field(default_factory=dict)
    upset: Ordered[str] = field(default_factory=Ordered)


@dataclass(frozen=True)
class Agreed:
    """Of one room. ``refusals`` by ref; ``refused``: by number, how many sides refuse it. ``going``: the numbers on the
    newest list."""

    refusals: Ordered[Refused] = field(default_factory=Ordered)
    refused: Ordered[int] = field(default_factory=Ordered)
    wishes: Ordered[Wished] = field(default_factory=Ordered)
    substitutions: Ordered[Substituted] = field(default_factory=Ordered)
    lists: Ordered[Drawn] = field(default_factory=Ordered)
    going: tuple[str, ...] = ()

    @property
    def newest(self) -> Drawn | None:
        return self.lists[next(reversed(self.lists))] if self.lists else None

    def stands(self, parties: tuple[str, ...]) -> Drawn | None:
        """The newest list, if every one of these parties (ids) has confirmed it and nothing has upset it since."""
        drawn = self.newest
        if drawn is None or drawn.upset or not parties or set(parties) - drawn.confirmed.keys():
            return None
        return drawn

    def stays(self, number: str) -> bool:
        """Whether this person is not to be put on a list: refused by a side, or not wishing to be returned."""
        wished = self.wishes.get(number)
        return number in self.refused or (wished is not None and wished.wish == NOT_RETURNED)


def numbers(flows: Mapping[str, Any]) -> Iterator[str]:
    """Every number in the flows of a list, as its entry has them, in their order."""
    yield from flows["counted"]
    for those in flows["all_for_all"].values():
        yield from those
    yield from flows["uncounted"]


def _upset(state: Agreed, entry: Entry, number: str) -> Agreed:
    drawn = state.newest
    if drawn is None or number not in state.going:
        return state
    upset = drawn.upset.put(entry.ref, entry.kind)
    return replace(state, lists=state.lists.put(drawn.ref, replace(drawn, upset=upset)))


def _refused(state: Agreed, entry: Entry) -> Agreed:
    number = str(entry.body["number"])
    refusals = state.refusals.put(entry.ref, Refused(number, entry.acting, entry.ref))
    refused = state.refused.put(number, state.refused.get(number, 0) + 1)
    return _upset(replace(state, refusals=refusals, refused=refused), entry, number)


def _withdrawn(state: Agreed, entry: Entry) -> Agreed:
    gone = state.refusals.get(entry.body["refusal"])
    if gone is None:
        return state
    left = state.refused.get(gone.number, 1) - 1
    refused = state.refused.put(gone.number, left) if left else state.refused.drop(gone.number)
    return replace(state, refusals=state.refusals.drop(gone.ref), refused=refused)


def _wished(state: Agreed, entry: Entry) -> Agreed:
    number, wish = str(entry.body["number"]), str(entry.body["wish"])
    new = replace(state, wishes=state.wishes.put(number, Wished(wish, entry.ref)))
    return _upset(new, entry, number) if wish == NOT_RETURNED else new


def _substituted(state: Agreed, entry: Entry) -> Agreed:
    b = entry.body
    made = Substituted(b["out"], b["in"], entry.acting, entry.ref)
    return _upset(replace(state, substitutions=state.substitutions.put(entry.ref, made)), entry, made.out)


def _drawn(state: Agreed, entry: Entry) -> Agreed:
    b = entry.body
    going = tuple(numbers(b["flows"]))
    counted = {held_by: int(count) for held_by, count in b["counts"].items()}
    drawn = Drawn(entry.ref, entry.seq, entry.acting, b["digest"], counted, len(going))
    return replace(state, lists=state.lists.put(entry.ref, drawn), going=going)


def _confirmed(state: Agreed, entry: Entry) -> Agreed:
    drawn = state.lists.get(entry.body["list"])
    if drawn is None:
        return state
    confirmed = {**drawn.confirmed, entry.acting: answer(entry, "confirmed")}
    return replace(state, lists=state.lists.put(drawn.ref, replace(drawn, confirmed=confirmed)))


def _taken_back(state: Agreed, entry: Entry) -> Agreed:
    """A confirmation corrected, or a minuted one objected to, no longer counts."""
    drawn = state.newest
    if drawn is None:
        return state
    left = retracted(drawn.confirmed, entry)
    if len(left) == len(drawn.confirmed):
        return state
    return replace(state, lists=state.lists.put(drawn.ref, replace(drawn, confirmed=left)))


_FOLDS: Mapping[str, Callable[[Agreed, Entry], Agreed]] = {
    "person-refused": _refused,
    "refusal-withdrawn": _withdrawn,
    "wish-recorded": _wished,
    "person-substituted": _substituted,
    "list-drawn": _drawn,
    "agreed-list-confirmed": _confirmed,
    "entry-corrected": _taken_back,
    "minute-objected": _taken_back,
}

AGREED: Matter[Agreed] = Matter(name="agreed", version=1, initial=Agreed(), folds=_FOLDS)
