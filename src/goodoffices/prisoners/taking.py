"""Taking a list as it comes into a roster: every row of its file is in it, whether it can be used or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from goodoffices.prisoners.lists import checking
from goodoffices.prisoners.lists.persons import Person, Reading
from goodoffices.prisoners.lists.persons import clean as cleaned
from goodoffices.prisoners.lists.tables import BadList, Finding, letters
from goodoffices.prisoners.lists.tables import Row as Cells
from goodoffices.prisoners.rosters import COLUMN, UNDERSTOOD, Roster, Row, numbered

MOST_ROWS: Final = 250_000
"""Rows of one list kept in a room; the engines on files take millions."""

Salts = Callable[[str], bytes]
"""16 bytes for a purpose, each time the same for the same."""


@dataclass(frozen=True)
class Taken:
    """A roster, what was found on the way (by row and column of the file), and how the file was understood.

    ``fields``: of each column, or nothing; as a person said it or its heading does.
    """

    roster: Roster
    findings: tuple[Finding, ...]
    headings: tuple[str, ...]
    fields: tuple[str, ...]
    read_as: str


def take(reading: Reading, today: date, salts: Salts, before: Roster | None = None, past: int = 0) -> Taken:
    """The roster of a list. ``before``, ``past``: see ``rosters.numbered``. Raises ``BadList``."""
    headings, raw = _named(reading.table.headings), dict[int, list[str]]()
    reading.table.rows = _remembered(reading.table.rows, raw)
    said = [_said(person, raw.pop(person.row), headings, reading) for person in checking.check(reading, today)]
    if not said:
        raise BadList("There is no row in it that can be used.")
    left = raw | {row: cells for row, cells in reading.aside if row not in raw}
    numbers = numbered(said, before, past)
    rows = tuple(Row(n, salts(f"row/{n}"), one) for n, one in zip(numbers, said, strict=True))
    aside = tuple(
        Row(str(row), salts(f"aside/{row}"), _as_it_stood(cells, headings))
        for row, cells in sorted(left.items())
        if any(map(cleaned, cells))
    )
    table = reading.table
    fields = tuple(reading.columns.get(column, "") for column in range(len(table.headings)))
    return Taken(Roster(rows, aside), tuple(reading.findings), tuple(table.headings), fields, table.read_as)


def _remembered(rows: Iterator[Cells], raw: dict[int, list[str]]) -> Iterator[Cells]:
    for count, (number, cells) in enumerate(rows, 1):
        if count > MOST_ROWS:
            raise BadList(
                f"It has more than {MOST_ROWS:,} rows, which is more than a room keeps in one list. File it in parts."
            )
        raw[number] = cells
        yield number, cells


def _named(headings: Sequence[str]) -> list[str]:
    """A name for each column, none twice."""
    names: list[str] = []
    for column, heading in enumerate(headings, 1):
        name = cleaned(heading) or letters(column)
        names.append(name if name not in names else f"{name} ({letters(column)})")
    return names


def _said(person: Person, cells: Sequence[str], headings: Sequence[str], reading: Reading) -> dict[str, str]:
    said = dict(person.said)
    for key, when in (("born", person.born), ("captured", person.captured)):
        if when is not None:
            said[UNDERSTOOD + key] = when.edtf
    for column, text in enumerate(cells):
        if column not in reading.columns and (stands := cleaned(text)):
            said[COLUMN + headings[column]] = stands
    return said


def _as_it_stood(cells: Sequence[str], headings: Sequence[str]) -> dict[str, str]:
    named = [*headings, *(letters(n) for n in range(len(headings) + 1, len(cells) + 1))]
    return {COLUMN + name: text for name, cell in zip(named, cells, strict=False) if (text := cleaned(cell))}
