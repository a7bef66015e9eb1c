"""Rows understood as persons, with the original text kept beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Final

from goodoffices.prisoners.lists import dates
from goodoffices.prisoners.lists.dates import BadDate, Order, When
from goodoffices.prisoners.lists.fields import DATES, SAYS_WHO
from goodoffices.prisoners.lists.tables import BadList, Finding, Row, Table

_SAMPLE: Final = 2_000
"""Rows from which the order of dates is told."""
_DIRECTIONS: Final = dict.fromkeys(
    map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
)
"""Marks of direction and other invisible characters; two names that differ by one are one name."""


@dataclass(frozen=True, slots=True)
class Person:
    """One row: its number in the file, the text of each field as it stood, and the dates in it as understood."""

    row: int
    id: str
    said: dict[str, str]
    born: When | None = None
    captured: When | None = None


@dataclass
class Reading:
    """A list on its way to being understood: which column is what, and in which order dates are written."""

    table: Table
    columns: dict[int, str]
    orders: dict[str, Order] = field(default_factory=dict)

    @property
    def findings(self) -> list[Finding]:
        """What was found, by row and column."""
        return self.table.findings

    @property
    def aside(self) -> list[Row]:
        """Rows that cannot be used, as they stand."""
        return self.table.aside

    def column(self, key: str) -> int:
        """Number of the column of a field, from 1; 0 where there is none."""
        return next((column + 1 for column, k in self.columns.items() if k == key), 0)

    def persons(self) -> Iterator[Person]:
        """The persons of rows that can be used; what is found on the way goes to ``findings`` and ``aside``."""
        begun = list(islice(self.table.rows, _SAMPLE))
        self.orders = self.orders_of(begun)
        known: dict[tuple[str, str], When | str | None] = {}
        for row in chain(begun, self.table.rows):
            person = self._person(row, known)
            if person is not None:
                yield person

    def orders_of(self, rows: list[Row]) -> dict[str, Order]:
        """In which order the dates of each column of dates are written, by these rows."""
        found: dict[str, Order] = {}
        for key in DATES:
            column = self.column(key) - 1
            if column < 0:
                continue
            texts = [cells[column] for _, cells in rows[:_SAMPLE]]
            found[key], sure = dates.order(texts)
            unclear = any(len(t) >= 6 and not t[:4].isdigit() and t[:1].isdigit() for t in texts)
            if not sure and unclear:
                why = "Nothing shows whether day or month comes first; day was taken."
                self.findings.append(Finding(0, column + 1, why))
        return found

    def _person(self, row: Row, known: dict[tuple[str, str], When | str | None]) -> Person | None:
        number, cells = row
        said = {key: text for column, key in self.columns.items() if (text := clean(cells[column]))}
        if not any(key in said for key in SAYS_WHO):
            if said:
                self.findings.append(Finding(number, 0, "There is no name in this row.", bad=True))
                self.aside.append(row)
            return None
        for key in SAYS_WHO:
            if "\ufffd" in said.get(key, ""):
                why = "The name has characters that were lost before it came here."
                self.findings.append(Finding(number, self.column(key), why, bad=True))
                self.aside.append(row)
                return None
        born, captured = (self._when(number, key, said, known) for key in DATES)
        return Person(number, said.get("id") or str(number), said, born, captured)

    def _when(
        self, number: int, key: str, said: dict[str, str], known: dict[tuple[str, str], When | str | None]
    ) -> When | None:
        text = said.get(key)
        if text is None:
            return None
        if (key, text) not in known:
            try:
                known[key, text] = dates.read(text, self.orders.get(key, "dmy"))
            except BadDate as error:
                known[key, text] = str(error)
        when = known[key, text]
        if isinstance(when, str):
            why = f"The date cannot be understood: {when}. The row was kept without it."
            self.findings.append(Finding(number, self.column(key), why))
            return None
        return when


def reading(table: Table, columns: dict[int, str]) -> Reading:
    """A table to be understood. Raises ``BadList`` where no column says who somebody is."""
    if not any(key in columns.values() for key in SAYS_WHO):
        # What stands in that row is not repeated: where there are no headings it is somebody's name.
        raise BadList(
            f"No column is headed as a name: none of {len(table.headings)} headings is known here for one. "
            "Say which column is which with --map."
        )
    return Reading(table, columns)


def clean(text: str) -> str:
    """A cell without spaces around it and invisible characters in it."""
    text = text.strip()
    return text if text.isascii() else text.translate(_DIRECTIONS).strip()
