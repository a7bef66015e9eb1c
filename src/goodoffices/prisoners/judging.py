"""What comes of judgments: where a pair of rows stands, and what the rows of two lists are found to be. Pure.

A pair that the program finds nothing to doubt in needs one person, a doubtful one two different people. A verdict
stands once it has that many people and more than any other verdict; what others said stays beside it. Until then the
pair waits, or those who judged it disagree and a third person, or one of them anew, resolves it. Nothing here is
decided by the program: without a judgment every row is open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Verdict = Literal["same", "different", "cannot-tell"]
Standing = Literal["open", "waits", "disagreed", "same", "different", "cannot-tell"]
Side = Literal["left", "right"]

VERDICTS: Final = ("same", "different", "cannot-tell")
ALONE: Final = ("alone", "cannot-tell")
"""Of a row: nobody on the other list is this person; or that cannot be told."""
OF_DOUBTFUL: Final = 2
"""People who have to agree on a doubtful pair."""

Outcome = Literal[
    "held-and-claimed", "claimed-and-denied", "held-and-not-claimed", "held-by-both", "claimed-by-both",
    "on-both-lists", "on-one-list", "duplicate", "contradictory", "open",
]  # fmt: skip
OUTCOMES: Final[tuple[Outcome, ...]] = (
    "held-and-claimed", "claimed-and-denied", "held-and-not-claimed", "held-by-both", "claimed-by-both",
    "on-both-lists", "on-one-list", "duplicate", "contradictory", "open",
)  # fmt: skip


def needed(doubtful: bool) -> int:
    """How many people have to agree."""
    return OF_DOUBTFUL if doubtful else 1


def standing(verdicts: Mapping[str, str], doubtful: bool) -> str:
    """Where something judged stands: ``verdicts`` by person, the newest of each. Gives a ``Standing`` or the verdict.

    ``open``: nobody judged it. ``waits``: those who did agree, and are too few. ``disagreed``: they do not agree.
    """
    if not verdicts:
        return "open"
    (first, most), *rest = Counter(verdicts.values()).most_common()
    if rest and rest[0][1] == most:
        return "disagreed"
    if most >= needed(doubtful):
        return first
    return "disagreed" if rest else "waits"


@dataclass(frozen=True)
class Row:
    """A row of one of two lists, by the number it has there."""

    side: Side
    number: str


@dataclass(frozen=True)
class Found:
    """A row's outcome, and the rows of the other list (or its own, for duplicates) it was found to be."""

    row: Row
    outcome: Outcome
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lists:
    """Two lists, or one (``right`` None): what each says of its rows, ``we-hold`` or ``they-hold``; of one party?"""

    left: str
    right: str | None
    of_one_party: bool = False

    def pair(self) -> Outcome:
        """What two rows are that were found to be one person."""
        if self.right is None:
            return "duplicate"
        if self.of_one_party:
            return "on-both-lists"
        if self.left != self.right:
            return "held-and-claimed"
        return "held-by-both" if self.left == "we-hold" else "claimed-by-both"

    def alone(self, side: Side) -> Outcome:
        """What a row is of whom it was found that nobody on the other list is this person."""
        if self.right is None or self.of_one_party or self.left == self.right:
            return "on-one-list"
        return (
            "held-and-not-claimed"
            if (self.left if side == "left" else self.right) == "we-hold"
            else "claimed-and-denied"
        )


@dataclass
class Judged:
    """Where everything stands: pairs as (left, right) -> standing, rows found alone -> standing."""

    pairs: Mapping[tuple[str, str], str] = field(default_factory=dict)
    rows: Mapping[Row, str] = field(default_factory=dict)


def outcomes(lists: Lists, left: Iterable[str], right: Iterable[str], judged: Judged) -> list[Found]:
    """The outcome of every row, those of the left list first, each in its order. ``right`` is empty for one list.

    ``judged.pairs`` has every pair the program found and every one people put forward, also those still open.
    Between two lists a row that is the same as two others, or as one and alone, is contradictory: people see to it.
    """
    if lists.right is None:
        return _duplicates(left, judged)
    same, unsettled = _by_row(judged)
    found = [_row(Row("left", n), lists, same, unsettled, judged) for n in left]
    return found + [_row(Row("right", n), lists, same, unsettled, judged) for n in right]


def _by_row(judged: Judged) -> tuple[dict[Row, tuple[str, ...]], set[Row]]:
    """By row, the rows it was found to be; and the rows of which something is not settled."""
    same: dict[Row, tuple[str, ...]] = {}
    unsettled: set[Row] = set()
    for (left, right), stands in judged.pairs.items():
        ours, theirs = Row("left", left), Row("right", right)
        if stands == "same":
            same[ours] = (*same.get(ours, ()), right)
            same[theirs] = (*same.get(theirs, ()), left)
        elif stands != "different":
            unsettled |= {ours, theirs}
    return same, unsettled


def _row(row: Row, lists: Lists, same: Mapping[Row, tuple[str, ...]], unsettled: set[Row], judged: Judged) -> Found:
    others = same.get(row, ())
    alone = judged.rows.get(row) == "alone"
    if row in unsettled:
        return Found(row, "open", others)
    if others:
        other: Side = "right" if row.side == "left" else "left"
        back = [same.get(Row(other, number), ()) for number in others]
        clear = len(others) == 1 and len(back[0]) == 1 and not alone
        clear = clear and judged.rows.get(Row(other, others[0])) != "alone"
        return Found(row, lists.pair() if clear else "contradictory", others)
    return Found(row, lists.alone(row.side) if alone else "open")


def _duplicates(numbers: Iterable[str], judged: Judged) -> list[Found]:
    """Within one list: rows that are one person, as a group; a group whose pairs contradict each other is said to."""
    group: dict[str, set[str]] = {}
    unsettled: set[str] = set()
    for (a, b), stands in judged.pairs.items():
        if stands == "same":
            merged = group.get(a, {a}) | group.get(b, {b})
            group |= dict.fromkeys(merged, merged)
        elif stands != "different":
            unsettled |= {a, b}
    parted = {(a, b) for (a, b), stands in judged.pairs.items() if stands == "different"}
    return [_of_group(n, group.get(n), unsettled, parted, judged) for n in numbers]


def _of_group(
    number: str, group: set[str] | None, unsettled: set[str], parted: set[tuple[str, str]], judged: Judged
) -> Found:
    row = Row("left", number)
    if group is not None:
        torn = any(a in group and b in group for a, b in parted) or judged.rows.get(row) == "alone"
        others = tuple(sorted(group - {number}, key=lambda n: (len(n), n)))
        return Found(row, "contradictory" if torn else "duplicate", others)
    alone = judged.rows.get(row) == "alone" and number not in unsettled
    return Found(row, "on-one-list" if alone else "open")


def counted(found: Iterable[Found]) -> dict[Outcome, dict[Side, int]]:
    """How many rows of each list have each outcome; outcomes that no row has are left out."""
    counts = Counter((one.outcome, one.row.side) for one in found)
    sides: tuple[Side, Side] = ("left", "right")
    return {
        outcome: {side: counts[outcome, side] for side in sides}
        for outcome in OUTCOMES
        if any(counts[outcome, side] for side in sides)
    }
