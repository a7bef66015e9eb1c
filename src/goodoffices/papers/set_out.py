"""Conditions set out on the record: from a paper presented here, by the delegation whose paper it is.

Nothing is entered by itself: what ``papers.conditions`` reads of a paper is a draft that a person checks and accepts.
Conditions of one paper may be set out in several entries, which add up; codes are the paper's own. An entry that its
delegation corrects, or whose minute it objects to, is struck: it still shows, and its conditions may be set out anew.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from goodoffices.papers.topics import TOPICS
from goodoffices.record import canonical
from goodoffices.record.entries import MAX_ENTRY_BYTES, Entry, Fact
from goodoffices.record.matter import Matter
from goodoffices.record.ordered import Ordered
from goodoffices.talks import fields
from goodoffices.talks.fields import Command
from goodoffices.talks.outcomes import PAPER_KINDS
from goodoffices.talks.scene import Refusal, Rule, Scene

ROOM_FOR_HEADER = 2 * 1024  # bytes of an entry that are not its conditions: header, paper, who told it


@dataclass(frozen=True, kw_only=True)
class ConditionRow:
    """One condition as it is entered. Without a code it gets its topic and a number. ``depends_on``: codes."""

    topic: str = fields.choice("Topic", TOPICS)
    code: str | None = fields.code(
        "Code", "Your name for it, such as ceasefire-1: keep it from paper to paper.", required=False
    )
    depends_on: tuple[str, ...] = fields.code(
        "Depends on", "Codes of other conditions of this paper.", required=False, many=True
    )
    wording: str = fields.words("Wording", long=True)
    explanation: str | None = fields.words("Explanation", required=False, long=True)


@dataclass(frozen=True)
class Paper:
    """A paper on this room's record: whose it is, and its title (a citation), if it has one."""

    ref: str
    by: str
    title: str | None


@dataclass(frozen=True)
class Stated:
    """A condition on the record; ``wording`` and ``explanation`` are citations."""

    code: str
    topic: str
    wording: str
    explanation: str | None
    depends_on: tuple[str, ...]


@dataclass(frozen=True)
class SetOut:
    """One entry that sets out conditions. ``struck``: why it counts no more (corrected or disowned), if so."""

    ref: str
    paper: str
    by: str
    minuted: bool
    conditions: tuple[Stated, ...]
    struck: str | None = None


@dataclass(frozen=True)
class SetOuts:
    """Papers and entries that set out their conditions, by ref, in order."""

    papers: Ordered[Paper] = field(default_factory=Ordered)
    all: Ordered[SetOut] = field(default_factory=Ordered)

    def of(self, paper: str) -> tuple[SetOut, ...]:
        """The entries that set out this paper's conditions and count."""
        return tuple(s for s in self.all.values() if s.paper == paper and s.struck is None)


@dataclass(frozen=True, kw_only=True)
class SetOutConditions(Command):
    """Set out the conditions of a paper on the record, by topic, in its own words."""

    paper: str = fields.ref("Paper", *PAPER_KINDS)
    conditions: tuple[ConditionRow, ...] = fields.rows(
        "Conditions",
        ConditionRow,
        "One entry holds about a hundred and fifty; set out more in further entries of the same paper.",
    )


def set_out_conditions(scene: Scene, c: SetOutConditions) -> list[Fact]:
    state = scene.room[SET_OUT]
    paper = state.papers.get(c.paper)
    if paper is None:
        raise Refusal("The delegation this paper was minuted for objected to it, so there is nothing to set out.")
    if scene.acting != paper.by:
        raise Refusal("Conditions are set out by the delegation whose paper it is, or by the host for it.")
    known = [stated.code for entry in state.of(paper.ref) for stated in entry.conditions]
    rows = _coded(c.conditions, known)
    _check_dependencies(rows, {*known, *rows})
    conditions = [_body(code, row) for code, row in rows.items()]
    body = {"paper": paper.ref, "by": paper.by, "conditions": conditions} | c.as_told()
    _check_size(body, len(conditions))
    return [Fact("conditions-set-out", body)]


def _coded(given: tuple[ConditionRow, ...], known: Iterable[str]) -> dict[str, ConditionRow]:
    """The rows by code; one that has none gets its topic and the first number that is free."""
    own = [row.code for row in given if row.code is not None]
    used = {*known, *own}
    for code in own:
        if code in known or own.count(code) > 1:
            raise Refusal(f"Two conditions of this paper have the code “{code}”; give each a code of its own.")
    rows: dict[str, ConditionRow] = {}
    for row in given:
        code = row.code or next(c for n in count(1) if (c := f"{row.topic}-{n}") not in used)
        used.add(code)
        rows[code] = row
    return rows


def _check_dependencies(rows: Mapping[str, ConditionRow], known: Container[str]) -> None:
    for code, row in rows.items():
        missing = [other for other in row.depends_on if other not in known]
        if missing:
            raise Refusal(f"“{code}” depends on “{missing[0]}”, and no condition of this paper has that code.")
        if code in row.depends_on:
            raise Refusal(f"“{code}” cannot depend on itself.")


def _body(code: str, row: ConditionRow) -> dict[str, Any]:
    return {
        "code": code,
        "topic": row.topic,
        "wording": row.wording,
        "explanation": row.explanation,
        "depends_on": list(dict.fromkeys(row.depends_on)),
    }


def _check_size(body: Mapping[str, Any], number: int) -> None:
    size, limit = len(canonical.encode(dict(body))), MAX_ENTRY_BYTES - ROOM_FOR_HEADER
    if size > limit:
        fit = max(1, number * limit // size)
        raise Refusal(
            f"These are {number} conditions, more than one entry holds: about {fit} of them fit. "
            "Set those out first, then the rest in a further entry of the same paper."
        )


def _paper(state: SetOuts, entry: Entry) -> SetOuts:
    """A paper tabled from a sealed exchange says whose it is; one presented is its presenter's."""
    paper = Paper(entry.ref, entry.body.get("of") or entry.acting, entry.body.get("title"))
    return replace(state, papers=state.papers.put(paper.ref, paper))


def _set_out(state: SetOuts, entry: Entry) -> SetOuts:
    b = entry.body
    rows = tuple(
        Stated(c["code"], c["topic"], c["wording"], c["explanation"], tuple(c["depends_on"])) for c in b["conditions"]
    )
    made = SetOut(entry.ref, b["paper"], b["by"], entry.header.on_behalf is not None, rows)
    return replace(state, all=state.all.put(made.ref, made))


def _corrected(state: SetOuts, entry: Entry) -> SetOuts:
    """Struck by the delegation whose conditions they are; by the host only what it minuted."""
    found = state.all.get(entry.body["entry"])
    if found is None or not (entry.acting == found.by or found.minuted):
        return state
    return _strike(state, found, "corrected")


def _minute_objected(state: SetOuts, entry: Entry) -> SetOuts:
    minute = entry.body["entry"]
    if minute not in state.papers and minute not in state.all:
        return state
    state = replace(state, papers=state.papers.drop(minute))
    for found in state.all.values():
        if found.ref == minute or (found.paper == minute and found.struck is None):
            state = _strike(state, found, "disowned")
    return state


def _strike(state: SetOuts, found: SetOut, why: str) -> SetOuts:
    return replace(state, all=state.all.put(found.ref, replace(found, struck=found.struck or why)))


SET_OUT: Matter[SetOuts] = Matter(
    name="set-out",
    version=1,
    initial=SetOuts(),
    folds={
        **dict.fromkeys(PAPER_KINDS, _paper),
        "conditions-set-out": _set_out,
        "entry-corrected": _corrected,
        "minute-objected": _minute_objected,
    },
)


def _to_set_out(scene: Scene) -> Iterable[Mapping[str, str]]:
    """Papers of the acting delegation, the newest first."""
    papers = reversed(list(scene.room[SET_OUT].papers.values()))
    yield from ({"paper": paper.ref} for paper in papers if paper.by == scene.acting)


RULES = (Rule(SetOutConditions, "Set out its conditions", set_out_conditions, _to_set_out),)
