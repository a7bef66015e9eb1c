"""Matching lists as somebody of the intermediary: both are opened in memory, compared, and what is found is locked.

Nothing of it is written anywhere but encrypted, and nothing is handed to a process but the fields that are compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from goodoffices.prisoners.lists.fields import DATES
from goodoffices.prisoners.matched import MATCHED, Run
from goodoffices.prisoners.matching import beside
from goodoffices.prisoners.matching import found as kept
from goodoffices.prisoners.matching.engine import Step as Progress
from goodoffices.prisoners.matching.found import Found
from goodoffices.prisoners.matching.running import COMPARED, ENGINE, Rows
from goodoffices.prisoners.rosters import UNDERSTOOD, Roster
from goodoffices.secretariat import lists, locked
from goodoffices.secretariat.acts import NotFound, Request, Step
from goodoffices.secretariat.desk import Desk, Receipt, RoomView
from goodoffices.talks.scene import Refusal

MATCH: Final = "match-lists"


@dataclass(frozen=True)
class Chosen:
    """A list in a list room: the room (id) and the ref of its ``list-filed``."""

    room: str
    list: str


def match(
    desk: Desk,
    room: str,
    act: str,
    left: Chosen,
    right: Chosen | None = None,
    step: Progress = lambda _what, _share: None,
    large: int = beside.LARGE,
) -> list[Receipt]:
    """Match two lists, or find the duplicates of one, and enter it in ``room``. The same act again does nothing anew.

    Raises ``Refusal``, ``NotFound``, ``running.NothingToMatch``, ``beside.MatchingFailed``, ``locked.Gone``,
    ``cabinet.KeyMissing``, ``cabinet.CabinetUnusable``; nothing was written then.
    """
    done = lists.repeated(desk, act)
    if done is not None:
        return done
    view = desk.room(room)
    if not any(offer.rule.name == MATCH for offer in view.offers()):
        raise Refusal(
            "Lists are matched by the intermediary whom both sides accepted, in the room it has for itself alone, once "
            "a list is filed with it."
        )
    ours = _rows(_roster(desk, left))
    theirs = _rows(_roster(desk, right)) if right is not None else None
    found = beside.matched(ours, theirs, step, large=large)
    step("writing", 0)
    made = locked.lock(locked.place(view, act), "pairs", kept.encode(found))
    raw = {
        "left_room": left.room,
        "left": left.list,
        "right_room": right.room if right is not None else None,
        "right": right.list if right is not None else None,
        "engine": ENGINE,
        "compared": found.compared,
        "certain": found.certain,
        "review": len(found.pairs) - found.certain,
        "key": made.key,
        "parts": list(made.parts),
    }
    return lists.write(desk, Request(act, (Step(room, MATCH, raw),)), [made])


def run_of(view: RoomView, seq: int) -> Run:
    """The matching that the entry ``seq`` of this room entered. Raises ``NotFound``."""
    run = view.state[MATCHED].runs.get(view.entry(seq).ref)
    if run is None:
        raise NotFound
    return run


def found(view: RoomView, run: Run) -> Found:
    """What a matching found. Raises ``locked.Gone``, ``cabinet.KeyMissing``."""
    if run.erased:
        raise locked.Gone
    return kept.decode(b"".join(locked.unlock(view, run.key, run.parts)))


def roster(desk: Desk, run: Run, side: str) -> Roster:
    """The list on one side of a matching, as it stands now. Raises ``NotFound`` where this person may not read it."""
    of = run.left if side == "left" or run.right is None else run.right
    return _roster(desk, Chosen(of.room, of.list))


def _roster(desk: Desk, chosen: Chosen) -> Roster:
    return lists.read(desk.room(chosen.room), chosen.list)


def _rows(roster: Roster) -> Rows:
    """What is compared of a list: each row's number and those of its fields, dates as they were understood."""
    rows = []
    for row in roster.rows:
        said = {key: row.said[key] for key in COMPARED if key in row.said and key not in DATES}
        said |= {key: row.said[UNDERSTOOD + key] for key in DATES if UNDERSTOOD + key in row.said}
        rows.append((row.number, said))
    return rows
