"""The papers with conditions in one room, side by side by topic: what each side says, and how that changed.

Drawn from that room alone. Nothing is counted, weighed or called agreed: that two sides have conditions on one topic
says only that both speak of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from goodoffices.papers.set_out import SET_OUT, Paper, SetOut, SetOuts, Stated
from goodoffices.papers.topics import TOPICS
from goodoffices.readouts import codes
from goodoffices.readouts.changes import Change, Span, Text, changes
from goodoffices.readouts.names import Names, joined, names
from goodoffices.readouts.views import Translate, View, untranslated


@dataclass(frozen=True)
class Link:
    """A condition of the same paper: its code, and its anchor on the page; empty where it is not set out any more."""

    code: str
    anchor: str


@dataclass(frozen=True)
class Cell:
    """One condition of one paper. ``seq``: of the entry that sets it out. ``erased``: its words are gone.

    ``how``: what changed since the side's paper before, as ``changes`` has it; empty in its first paper. ``spans``: its
    wording where it was reworded. ``was``: where it stood under before, if it was moved or renamed.
    """

    anchor: str
    code: str
    topic: str
    wording: str
    explanation: str
    erased: bool
    depends_on: tuple[Link, ...]
    needed_by: tuple[Link, ...]
    ref: str
    seq: int
    how: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    was: str = ""


@dataclass(frozen=True)
class Sheet:
    """A paper whose conditions are set out. ``number``: of the side's papers, from 1. ``at``: RFC 3339 UTC.

    ``set_out``: refs and seqs of the entries that count; ``struck``: of those that were taken back.
    """

    ref: str
    seq: int
    at: str
    title: str
    side: str
    number: int
    set_out: tuple[tuple[str, int], ...]
    struck: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Step:
    """How a side's conditions on one topic stood in one of its papers, against its paper before."""

    paper: Sheet
    cells: tuple[Cell, ...]
    dropped: tuple[Cell, ...]


@dataclass(frozen=True)
class Position:
    """What one side says on one topic in its newest paper, and the way there, its newest paper first.

    ``known``: whether any paper of the side is set out at all; if not, nothing can be said of what it holds.
    """

    side: str
    known: bool
    cells: tuple[Cell, ...]
    dropped: tuple[Cell, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Topic:
    """``said``: both, one or neither of the sides speak of it now (all, some or none, of more than two)."""

    code: str
    name: str
    meaning: str
    said: str
    positions: tuple[Position, ...]

    @property
    def spoken(self) -> bool:
        """Whether there is anything on it, if only what a side no longer says."""
        return any(p.cells or p.dropped or p.steps for p in self.positions)


@dataclass(frozen=True)
class Comparison:
    """``sides``: by name, parties first. ``later``: (side, title, seq) of newer papers not set out yet."""

    room: str
    talks: str
    sides: tuple[str, ...]
    papers: tuple[Sheet, ...]
    later: tuple[tuple[str, str, int], ...]
    topics: tuple[Topic, ...]


def any_set_out(view: View) -> bool:
    """Whether there is something to lay side by side."""
    return bool(view.state[SET_OUT].all)


def compare(view: View, others: Iterable[View] = (), translate: Translate = untranslated) -> Comparison:
    """The comparison of one room as far as its viewer may read it: one reading of entries and one of words.

    ``others``: more rooms of these talks that the viewer may read, for names of delegations that left.
    """
    state = view.state[SET_OUT]
    entries = {e.ref: e for e in view.found((*state.papers, *state.all))}
    who = names(view, (), others, translate, more=_words(state))
    drawing = _Drawing(view, state, who, {ref: (e.seq, e.header.at) for ref, e in entries.items()})
    return drawing.comparison()


def _words(state: SetOuts) -> Iterator[str | None]:
    yield from (paper.title for paper in state.papers.values())
    for entry in state.all.values():
        for stated in entry.conditions:
            yield from (stated.wording, stated.explanation)


class _Drawing:
    """One comparison being drawn. ``places``: seq and time of entries by ref."""

    def __init__(self, view: View, state: SetOuts, who: Names, places: Mapping[str, tuple[int, str]]) -> None:
        self.view, self.state, self.who, self.places = view, state, who, places

    def comparison(self) -> Comparison:
        papers = {side: self._papers(side) for side in self._sides()}
        steps = {side: tuple(self._steps(found)) for side, found in papers.items()}
        return Comparison(
            room=self.view.seats.name,
            talks=self.view.seats.talks_name,
            sides=tuple(map(self.who.delegation, papers)),
            papers=tuple(self._sheet(p, n) for found in papers.values() for n, p in enumerate(found, 1)),
            later=tuple(self._later(papers)),
            topics=tuple(self._topic(topic, steps) for topic in TOPICS),
        )

    def _sides(self) -> list[str]:
        """The parties in the room, then whoever else has set out conditions here."""
        others = (entry.by for entry in self.state.all.values())
        return list(dict.fromkeys((*self.view.seats.parties, *others)))

    def _papers(self, side: str) -> list[Paper]:
        """Its papers with conditions that count, in the order in which they came."""
        return [p for p in self.state.papers.values() if p.by == side and self.state.of(p.ref)]

    def _later(self, papers: Mapping[str, Sequence[Paper]]) -> Iterator[tuple[str, str, int]]:
        """Papers that came after the newest one that is set out: what is shown may be out of date."""
        for side, found in papers.items():
            known = list(self.state.papers)
            after = known.index(found[-1].ref) if found else -1
            for ref in known[after + 1 :]:
                paper = self.state.papers[ref]
                if paper.by == side:
                    yield self.who.delegation(side), self.who.text(paper.title), self._seq(ref)

    def _seq(self, ref: str) -> int:
        return self.places.get(ref, (-1, ""))[0]

    def _sheet(self, paper: Paper, number: int) -> Sheet:
        entries = [s for s in self.state.all.values() if s.paper == paper.ref]
        return Sheet(
            ref=paper.ref,
            seq=self._seq(paper.ref),
            at=self.places.get(paper.ref, (-1, ""))[1],
            title=self.who.text(paper.title),
            side=self.who.delegation(paper.by),
            number=number,
            set_out=tuple((s.ref, self._seq(s.ref)) for s in entries if s.struck is None),
            struck=tuple((s.ref, self._seq(s.ref)) for s in entries if s.struck is not None),
        )

    def _steps(self, papers: Sequence[Paper]) -> Iterator[Step]:
        """Each paper against the one before, over all topics."""
        before: tuple[Text, ...] = ()
        earlier: dict[str, Cell] = {}
        for number, paper in enumerate(papers, 1):
            entries = self.state.of(paper.ref)
            here = {cell.code: cell for entry in entries for cell in self._cells(entry)}
            now = tuple(self._text(stated) for entry in entries for stated in entry.conditions)
            changed = changes(before, now)
            shown = tuple(self._changed(c, here[c.now.code], number) for c in changed if c.now is not None)
            dropped = tuple(earlier[c.was.code] for c in changed if c.was is not None and c.now is None)
            yield Step(self._sheet(paper, number), shown, dropped)
            before, earlier = now, here

    def _text(self, s: Stated) -> Text:
        words = self.who.words
        explanation = words.get(s.explanation) if s.explanation else ""
        return Text(s.code, s.topic, words.get(s.wording), explanation, s.depends_on)

    def _changed(self, change: Change, cell: Cell, number: int) -> Cell:
        if number == 1:
            return cell
        was, before = change.was, ""
        if was is not None and {"moved", "renamed"} & set(change.how):
            before = f"{codes.topic(was.topic, self.who.translate)} ({was.code})"
        return replace(cell, how=change.how, spans=change.spans, was=before)

    def _cells(self, entry: SetOut) -> Iterator[Cell]:
        paper = [(e, s) for e in self.state.of(entry.paper) for s in e.conditions]
        anchors = {s.code: self._anchor(e, s.code) for e, s in paper}
        for s in entry.conditions:
            needed = (other.code for _, other in paper if s.code in other.depends_on)
            yield Cell(
                anchor=anchors[s.code],
                code=s.code,
                topic=s.topic,
                wording=self.who.text(s.wording),
                explanation=self.who.text(s.explanation),
                erased=s.wording not in self.who.words,
                depends_on=tuple(Link(code, anchors.get(code, "")) for code in s.depends_on),
                needed_by=tuple(Link(code, anchors[code]) for code in needed),
                ref=entry.ref,
                seq=self._seq(entry.ref),
            )

    def _anchor(self, entry: SetOut, code: str) -> str:
        return f"c{self._seq(entry.ref)}-{code}"

    def _topic(self, topic: str, steps: Mapping[str, Sequence[Step]]) -> Topic:
        _ = self.who.translate
        positions = tuple(self._position(side, topic, found) for side, found in steps.items())
        speak = [p.side for p in positions if p.cells]
        silent = [p.side for p in positions if not p.cells]
        return Topic(topic, codes.topic(topic, _), codes.topic_meaning(topic, _), _said(speak, silent, _), positions)

    def _position(self, side: str, topic: str, steps: Sequence[Step]) -> Position:
        here = [_on(step, topic) for step in steps]
        told = tuple(step for step in reversed(here) if step.cells or step.dropped)
        newest = here[-1] if here else None
        return Position(
            side=self.who.delegation(side),
            known=bool(steps),
            cells=newest.cells if newest else (),
            dropped=newest.dropped if newest else (),
            steps=told if len(steps) > 1 else (),
        )


def _on(step: Step, topic: str) -> Step:
    """Its part on one topic; a condition that moved to another topic is shown where it is now."""
    return Step(
        step.paper,
        tuple(c for c in step.cells if c.topic == topic),
        tuple(c for c in step.dropped if c.topic == topic),
    )


def _said(speak: list[str], silent: list[str], _: Translate) -> str:
    if not speak:
        return _("neither side") if len(silent) == 2 else _("no side")
    if not silent:
        return _("both sides") if len(speak) == 2 else _("every side")
    return _("only {who}").format(who=joined(speak, _))
