"""What a side was told about rows of its own lists: folded from its own list room, and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from goodoffices.record.entries import Entry
from goodoffices.record.matter import Matter
from goodoffices.record.ordered import Ordered


@dataclass(frozen=True)
class Result:
    """One result: of which list (ref), row number, what was told (``releasing.RESULTS``), in which entry."""

    list: str
    number: str
    result: str
    ref: str


@dataclass(frozen=True)
class Results:
    """By list and number, the newest told; in the order in which rows were first told of."""

    all: Ordered[Result] = field(default_factory=Ordered)

    def of(self, version: str) -> dict[str, Result]:
        """What was told of one version of a list (ref), by number."""
        return {one.number: one for one in self.all.values() if one.list == version}


def _told(state: Results, entry: Entry) -> Results:
    b = entry.body
    new = Result(b["list"], b["number"], b["result"], entry.ref)
    return replace(state, all=state.all.put(f"{new.list}/{new.number}", new))


RESULTS: Matter[Results] = Matter(name="results", version=1, initial=Results(), folds={"result-released": _told})
