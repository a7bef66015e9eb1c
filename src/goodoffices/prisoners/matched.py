"""Lists matched in the intermediary's own room, and what its people judged of the pairs: kinds, state and folds.

The room is of one delegation alone: the intermediary's delegation room, or the host's own where the host is the
intermediary. An entry cites two lists by their rooms and refs; pairs lie encrypted beside it, under a key of their own.
A judgment is of one person and names rows by the numbers they have on their lists. Nothing of this is ever read from
another room: what a side learns of it is told in an entry of that side's room (``prisoners.telling_results``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from goodoffices.prisoners.judging import Judged, Lists, Row, Side, standing
from goodoffices.record.entries import Entry
from goodoffices.record.matter import Matter
from goodoffices.record.ordered import Ordered

ROOMS: Final = ("delegation-room", "host-room")
"""Kinds of room in which lists are matched: one delegation alone."""


@dataclass(frozen=True)
class OfList:
    """One list of a run: its room (id), the ref of its ``list-filed`` there, and what that entry says of it.

    ``by``: the party whose list it is. ``rows``: that can be used.
    """

    room: str
    list: str
    by: str
    code: str
    version: int
    holds: str
    rows: int
    digest: str


@dataclass(frozen=True)
class Run:
    """One matching. ``right`` is None where duplicates were looked for within one list.

    ``key``, ``parts``: of the encrypted pairs; ``erased``: they are gone.
    """

    ref: str
    seq: int
    left: OfList
    right: OfList | None
    compared: int
    certain: int
    review: int
    key: str
    parts: tuple[str, ...]
    erased: bool = False

    def side(self, side: Side) -> OfList:
        """The list on that side; within one list both are it."""
        return self.left if side == "left" or self.right is None else self.right

    @property
    def lists(self) -> Lists:
        """What the lists say, for outcomes."""
        if self.right is None:
            return Lists(self.left.holds, None)
        return Lists(self.left.holds, self.right.holds, self.right.by == self.left.by)


@dataclass(frozen=True)
class Judgment:
    """What one person said, in which entry; ``taken_back``: a correction of that entry says otherwise."""

    ref: str
    person: str
    verdict: str
    taken_back: bool = False


@dataclass(frozen=True)
class About:
    """A pair of rows, or one row (``right`` empty: of the left list; ``left`` empty: of the right), and what was said.

    ``said``: every judgment, oldest first; a person's newest counts.
    """

    run: str
    left: str
    right: str
    doubtful: bool
    said: tuple[Judgment, ...] = ()

    @property
    def newest(self) -> dict[str, Judgment]:
        """The newest judgment of each person that stands."""
        return {one.person: one for one in self.said if not one.taken_back}

    @property
    def stands(self) -> str:
        """See ``judging.standing``."""
        return standing({person: one.verdict for person, one in self.newest.items()}, self.doubtful)


@dataclass(frozen=True)
class Told:
    """A result told to one filer, or a person named: ``what`` was done, in which entry, with whose leaves."""

    ref: str
    what: str


@dataclass(frozen=True)
class Matched:
    """``runs``: by ref. ``judged``: by run and rows. ``entries``: ref of a judgment -> what it is about.

    ``told``: by run, rows and side, what that side was told. ``named``: by run and rows, the manifest number.
    """

    runs: Ordered[Run] = field(default_factory=Ordered)
    judged: Ordered[About] = field(default_factory=Ordered)
    entries: Ordered[str] = field(default_factory=Ordered)
    told: Ordered[Told] = field(default_factory=Ordered)
    named: Ordered[str] = field(default_factory=Ordered)

    def about(self, run: str, left: str, right: str) -> About | None:
        """What was said of two rows, or of one where the other is empty."""
        return self.judged.get(place(run, left, right))

    def of_run(self, run: str) -> Iterator[About]:
        """Everything judged of one run, in the order in which it was first judged."""
        return (about for about in self.judged.values() if about.run == run)


def place(run: str, left: str, right: str) -> str:
    """Where what is said of these rows is kept."""
    return f"{run}/{left}/{right}"


def standings(state: Matched, run: str, pairs: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> Judged:
    """Where the pairs found by a run and everything people judged of it stand."""
    stands: dict[tuple[str, str], str] = dict.fromkeys(pairs, "open")
    rows: dict[Row, str] = {}
    for about in state.of_run(run):
        if about.left and about.right:
            stands[about.left, about.right] = about.stands
        else:
            rows[Row("left" if about.left else "right", about.left or about.right)] = about.stands
    return Judged(stands, rows)


def _of_list(b: Mapping[str, Any]) -> OfList:
    return OfList(**{name: b[name] for name in ("room", "list", "by", "code", "version", "holds", "rows", "digest")})


def _matched(state: Matched, entry: Entry) -> Matched:
    b = entry.body
    run = Run(
        entry.ref,
        entry.seq,
        _of_list(b["left"]),
        _of_list(b["right"]) if b["right"] is not None else None,
        b["compared"],
        b["certain"],
        b["review"],
        b["key"],
        tuple(part["paper"] for part in b["parts"]),
    )
    return replace(state, runs=state.runs.put(run.ref, run))


def _judged(state: Matched, entry: Entry) -> Matched:
    b = entry.body
    return _say(state, entry, b["run"], b["left"], b["right"], bool(b["doubtful"]))


def _row_judged(state: Matched, entry: Entry) -> Matched:
    b = entry.body
    left, right = (b["number"], "") if b["side"] == "left" else ("", b["number"])
    return _say(state, entry, b["run"], left, right, doubtful=False)


def _say(state: Matched, entry: Entry, run: str, left: str, right: str, doubtful: bool) -> Matched:
    key = place(run, left, right)
    known = state.judged.get(key) or About(run, left, right, doubtful)
    said = Judgment(entry.ref, entry.header.author.person, entry.body["verdict"])
    new = replace(known, said=(*known.said, said), doubtful=known.doubtful or doubtful)
    return replace(state, judged=state.judged.put(key, new), entries=state.entries.put(entry.ref, key))


def _corrected(state: Matched, entry: Entry) -> Matched:
    """A judgment that is corrected no longer counts; whoever made it may judge anew."""
    ref = entry.body["entry"]
    about = state.judged.get(state.entries.get(ref, ""))
    if about is None:
        return state
    said = tuple(replace(one, taken_back=True) if one.ref == ref else one for one in about.said)
    return replace(state, judged=state.judged.put(state.entries[ref], replace(about, said=said)))


def _release_noted(state: Matched, entry: Entry) -> Matched:
    b = entry.body
    key = f"{place(b['run'], b['left'], b['right'])}/{b['to']}"
    return replace(state, told=state.told.put(key, Told(entry.ref, b["result"])))


def _naming_noted(state: Matched, entry: Entry) -> Matched:
    b, named = entry.body, state.named
    for left, right, number in b["pairs"]:
        named = named.put(place(b["run"], left, right), number)
    return replace(state, named=named)


def _erased(state: Matched, entry: Entry) -> Matched:
    run = state.runs.get(entry.body["entry"])
    if run is None or set(run.parts).isdisjoint(entry.body["particulars"]):
        return state
    return replace(state, runs=state.runs.put(run.ref, replace(run, erased=True)))


MATCHED: Matter[Matched] = Matter(
    name="matched",
    version=1,
    initial=Matched(),
    folds={
        "lists-matched": _matched,
        "pair-judged": _judged,
        "row-judged": _row_judged,
        "release-noted": _release_noted,
        "naming-noted": _naming_noted,
        "entry-corrected": _corrected,
        "particulars-erased": _erased,
    },
)
