"""A paper's conditions as a draft: read from the paper, without what is set out already, under the codes they had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from goodoffices.papers import conditions
from goodoffices.papers.conditions import Condition, NotReadable, Remark
from goodoffices.papers.set_out import SET_OUT, Paper, SetOuts
from goodoffices.secretariat.desk import RoomView
from goodoffices.web.acting.form import MAX_ROWS


@dataclass(frozen=True)
class Draft:
    """``rows``: as the form of ``set-out-conditions`` takes them. ``more``: conditions read that did not fit in.

    ``unreadable``: why nothing could be read. ``already``: conditions of this paper that are on the record.
    """

    rows: tuple[dict[str, Any], ...] = ()
    remarks: tuple[Remark, ...] = ()
    unreadable: str = ""
    already: int = 0
    more: int = 0


def drafted(view: RoomView, paper: Paper, content: bytes, name: str, media: str) -> Draft:
    """The draft of what ``content`` says, for conditions of ``paper``."""
    try:
        read = conditions.parse(content, name, media)
    except NotReadable as error:
        return Draft(unreadable=str(error))
    state = view.state[SET_OUT]
    done = [s for entry in state.of(paper.ref) for s in entry.conditions]
    earlier = _codes_before(view, state, paper)
    words = view.words(s.wording for s in done)
    held = {_plain(words.get(s.wording, "")) for s in done}
    left = [c for c in read.conditions if _plain(c.wording) not in held]
    renamed = _renamed(left, earlier, {s.code for s in done})
    rows = tuple(_row(c, renamed) for c in left[:MAX_ROWS])
    return Draft(rows, read.remarks, "", len(done), max(0, len(left) - MAX_ROWS))


def _codes_before(view: RoomView, state: SetOuts, paper: Paper) -> Mapping[str, str]:
    """Wording -> code in the delegation's earlier papers, the newest code last: a condition keeps its code."""
    entries = (entry for entry in state.all.values() if entry.by == paper.by and entry.paper != paper.ref)
    stated = [s for entry in entries if entry.struck is None for s in entry.conditions]
    words = view.words(s.wording for s in stated)
    return {_plain(words[s.wording]): s.code for s in stated if s.wording in words}


def _renamed(left: list[Condition], earlier: Mapping[str, str], taken: set[str]) -> dict[str, str]:
    """The code of each condition as read -> the code it gets: its earlier one where its words are the same."""
    used, renamed = set(taken), {}
    for c in left:
        before = earlier.get(_plain(c.wording))
        if before is not None and before not in used:
            renamed[c.code] = before
            used.add(before)
    for c in left:
        if c.code not in renamed:
            renamed[c.code] = _free(c, used)
            used.add(renamed[c.code])
    return renamed


def _free(c: Condition, used: set[str]) -> str:
    number, code = 1, c.code
    while code in used:
        code, number = f"{c.topic}-{number}", number + 1
    return code


def _row(c: Condition, renamed: Mapping[str, str]) -> dict[str, Any]:
    renamed_too = [renamed.get(code, code) for code in c.depends_on]
    c = replace(c, code=renamed[c.code], depends_on=tuple(renamed_too))
    row = {"topic": c.topic, "wording": c.wording, "explanation": c.explanation, "code": c.code}
    return row | {"depends_on": ", ".join(c.depends_on)}


def _plain(text: str) -> str:
    return " ".join(text.split())
