"""Rows out again, as CSV that a spreadsheet shows and does not run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Protocol

_SUSPECT: Final = frozenset("=+@\t\r-")


class Sink(Protocol):
    """What text is written to."""

    def write(self, text: str, /) -> object:
        """Take text."""


def harmless(cell: str) -> str:
    """A cell that spreadsheets take for text: one that begins like a formula gets an apostrophe before it."""
    if cell[:1] in _SUSPECT and not (cell[:1] == "-" and cell[1:2].isdigit()):
        return "'" + cell
    return cell


def write(sink: Sink, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Headings and rows as CSV."""
    import csv

    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow([harmless(h) for h in headings])
    writer.writerows([harmless(cell) if cell[:1] in _SUSPECT else cell for cell in row] for row in rows)
