"""Judging on files: a table of matches and a table of what people decided give the outcomes, as in a room.

``lists match`` writes the matches; people fill in the decisions, a line each: who, on which pair or row, what and why.
The same rules hold (``judging``): two people on a doubtful pair, and disagreement stays. A later line of one
person on the same pair takes the place of an earlier one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from goodoffices.prisoners.judging import VERDICTS, Found, Judged, Lists, Row, Side, outcomes, standing

MATCHES: Final = ("left_id", "right_id", "probability", "decision")
DECISIONS: Final = ("left_id", "right_id", "verdict", "by", "reason")
OUTCOMES: Final = ("left_id", "right_id", "outcome", "judged_by", "said_otherwise")
SHEET: Final = ("left_id", "right_id", "decision", "stands", "people_needed", "verdict", "by", "reason")
ALONE: Final = ("alone", "cannot-tell")


class BadTable(ValueError):
    """A table as a whole is not what it must be."""


@dataclass(frozen=True)
class Fault:
    """A line (from 1) that cannot be used, and why. No cell is repeated."""

    line: int
    why: str


@dataclass(frozen=True)
class Matches:
    """Pairs as (left, right) with whether the program finds nothing to doubt, and every row, in order."""

    certain: Mapping[tuple[str, str], bool]
    left: tuple[str, ...]
    right: tuple[str, ...]
    within: bool = False

    @cached_property
    def known(self) -> tuple[frozenset[str], frozenset[str]]:
        """The rows there are on either side."""
        ours = frozenset(self.left)
        return ours, ours if self.within else frozenset(self.right)


@dataclass(frozen=True)
class Decided:
    """By what it is about (left, right; one empty for a row), what each person said last, in order."""

    said: Mapping[tuple[str, str], Mapping[str, str]]
    faults: tuple[Fault, ...] = ()


@dataclass
class _Sides:
    left: dict[str, None] = field(default_factory=dict)
    right: dict[str, None] = field(default_factory=dict)


def read_matches(text: str, within: bool = False) -> Matches:
    """What ``lists match`` wrote. Raises ``BadTable``."""
    certain: dict[tuple[str, str], bool] = {}
    rows = _Sides()
    for line, (left, right, _, decision) in _lines(text, MATCHES, "a table of matches"):
        if left:
            rows.left[left] = None
        if right:
            (rows.left if within else rows.right)[right] = None
        if left and right:
            if decision not in {"certain", "review"}:
                raise BadTable(f"line {line}: a pair is “certain” or for “review”.")
            certain[left, right] = decision == "certain"
    if not rows.left:
        raise BadTable("there is no row in it.")
    return Matches(certain, tuple(rows.left), tuple(rows.right), within)


def read_decisions(text: str, matches: Matches) -> Decided:
    """What people decided; every line that cannot be used is told. Raises ``BadTable``."""
    said: dict[tuple[str, str], dict[str, str]] = {}
    faults = []
    for line, cells in _lines(text, DECISIONS, "a table of decisions"):
        left, right, verdict, by, reason = (cell.strip() for cell in cells)
        left, right = _in_order(matches, left, right)
        why = _fault(matches, left, right, verdict, by, reason)
        if why is not None:
            faults.append(Fault(line, why))
        else:
            said.setdefault((left, right), {})[by] = verdict
    return Decided(said, tuple(faults))


def _in_order(matches: Matches, left: str, right: str) -> tuple[str, str]:
    return (right, left) if matches.within and (right, left) in matches.certain else (left, right)


def _fault(matches: Matches, left: str, right: str, verdict: str, by: str, reason: str) -> str | None:
    ours, theirs = matches.known
    if not left and not right:
        return "it names no row."
    if (left and left not in ours) or (right and right not in theirs):
        return "it names a row that is not among the matches."
    if left and left == right and matches.within:
        return "it names one row twice."
    allowed = VERDICTS if left and right else ALONE
    if verdict not in allowed:
        return f"the verdict on {'a pair' if left and right else 'one row'} is one of {', '.join(allowed)}."
    if not by:
        return "it does not say who decided."
    return None if reason else "it gives no reason."


def judged(matches: Matches, decided: Decided) -> Judged:
    """Where every pair and row stands."""
    stands = dict.fromkeys(matches.certain, "open")
    rows: dict[Row, str] = {}
    for (left, right), said in decided.said.items():
        if left and right:
            stands[left, right] = standing(said, doubtful(matches, left, right))
        else:
            rows[Row("left" if left else "right", left or right)] = standing(said, doubtful=False)
    return Judged(stands, rows)


def doubtful(matches: Matches, left: str, right: str) -> bool:
    """Whether two people have to agree: also on pairs that only people put forward."""
    return not matches.certain.get((left, right), False)


def found(matches: Matches, decided: Decided, lists: Lists) -> list[Found]:
    """The outcome of every row."""
    return outcomes(lists, matches.left, matches.right, judged(matches, decided))


def table(every: Sequence[Found], decided: Decided) -> Iterator[list[str]]:
    """``OUTCOMES``, a line for each pair found to be one person and for each other row."""
    for one in every:
        if not one.others:
            ids = (one.row.number, "") if one.row.side == "left" else ("", one.row.number)
            yield [*ids, one.outcome, *_people(decided, ids)]
        elif one.row.side == "left":
            for other in one.others:
                ids = (one.row.number, other)
                yield [*ids, one.outcome, *_people(decided, ids)]


def _people(decided: Decided, ids: tuple[str, str]) -> tuple[str, str]:
    """Who said what came of it, and who said otherwise."""
    said = decided.said.get(ids) or decided.said.get(ids[::-1]) or {}
    stands = standing(said, doubtful=False)
    agreed = [who for who, verdict in said.items() if verdict == stands]
    others = [f"{who}: {verdict}" for who, verdict in said.items() if verdict != stands]
    return "; ".join(agreed), "; ".join(others)


def waiting(matches: Matches, decided: Decided, every: Sequence[Found]) -> Iterator[list[str]]:
    """``SHEET``: what is not settled, a line each with the last cells left for people to fill in."""
    stands = judged(matches, decided)
    for (left, right), where in stands.pairs.items():
        if where in {"open", "waits", "disagreed"}:
            doubt = doubtful(matches, left, right)
            yield [left, right, "review" if doubt else "certain", where, "2" if doubt else "1", "", "", ""]
    possible = {row for pair, where in stands.pairs.items() if where != "different" for row in _rows(pair, matches)}
    for one in every:
        if one.outcome == "open" and one.row not in possible and one.row not in stands.rows:
            left, right = (one.row.number, "") if one.row.side == "left" else ("", one.row.number)
            yield [left, right, "unmatched", "open", "1", "", "", ""]


def _rows(pair: tuple[str, str], matches: Matches) -> tuple[Row, Row]:
    other: Side = "left" if matches.within else "right"
    return Row("left", pair[0]), Row(other, pair[1])


def _lines(text: str, columns: Sequence[str], what: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of these columns of a table, which may have them in any order and others besides."""
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        head = [name.strip() for name in next(lines, [])]
        missing = [name for name in columns if name not in head]
        if missing:
            raise BadTable(f"{what} has the columns {', '.join(columns)}; here {', '.join(missing)} is missing.")
        places = [head.index(name) for name in columns]
        for cells in lines:
            if any(cells):
                yield lines.line_num, [cells[place] if place < len(cells) else "" for place in places]
    except csv.Error as error:
        raise BadTable(f"line {lines.line_num}: this is not a table in CSV: {error}.") from error
