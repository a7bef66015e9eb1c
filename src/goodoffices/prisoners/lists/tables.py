"""Rows and columns as they stand in a file, before anything is understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from goodoffices.prisoners.lists.fields import guessed

HEADINGS_WITHIN: Final = 20
"""Rows looked at for the headings: titles and addresses come before them."""
MOST_ROWS: Final = 2_000_000
LONGEST_CELL: Final = 10_000
"""Characters; more is not a cell of a list."""


@dataclass(frozen=True)
class Finding:
    """Something about a list that a person must know. Rows and columns count from 1, as spreadsheets do; 0 is the
    whole.

    ``bad``: the row cannot be used and is kept aside.
    """

    row: int
    column: int
    why: str
    bad: bool = False


class BadList(ValueError):
    """The file as a whole cannot be read as a list."""


Row = tuple[int, list[str]]
"""Number of the row in the file, and its cells."""


@dataclass
class Table:
    """Headings and the rows below them; ``rows`` is read once. The rest fills up while rows are read."""

    headings: list[str]
    rows: Iterator[Row]
    findings: list[Finding] = field(default_factory=list)
    read_as: str = ""
    aside: list[Row] = field(default_factory=list)
    """Rows that cannot be used, as they stand."""


def below_headings(rows: Iterator[Row]) -> tuple[list[str], Iterator[Row]]:
    """The headings, which are the first row with two known words or else the first that is not empty; and the rows
    after.
    """
    seen: list[Row] = []
    best, known = -1, 0
    for row in rows:
        seen.append(row)
        count = len(guessed(row[1]))
        if count > known:
            best, known = len(seen) - 1, count
        if count > 1 or len(seen) == HEADINGS_WITHIN:
            break
    if not any(any(cells) for _, cells in seen):
        raise BadList("It is empty.")
    if best < 0:
        best = next(n for n, (_, cells) in enumerate(seen) if any(cells))
    return seen[best][1], _chained(seen[best + 1 :], rows)


def _chained(first: Sequence[Row], then: Iterator[Row]) -> Iterator[Row]:
    yield from first
    yield from then


def of_width(rows: Iterator[Row], width: int, findings: list[Finding], aside: list[Row]) -> Iterator[Row]:
    """Rows with as many cells as there are headings; one with more has slipped and is kept aside."""
    for row in rows:
        number, cells = row
        if len(cells) == width:
            yield row
            continue
        if len(cells) > width and any(cells[width:]):
            why = f"It has {len(cells)} cells where the headings have {width}: something has slipped."
            findings.append(Finding(number, width + 1, why, bad=True))
            aside.append((number, cells))
            continue
        yield number, cells[:width] + [""] * (width - len(cells))


def letters(column: int) -> str:
    """A column as spreadsheets name it: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
