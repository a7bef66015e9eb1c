"""Comma-, semicolon- and tab-separated lists."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from typing import Final

from goodoffices.prisoners.lists.encodings import NotText, Text, decode
from goodoffices.prisoners.lists.tables import (
    LONGEST_CELL,
    MOST_ROWS,
    BadList,
    Finding,
    Row,
    Table,
    below_headings,
    of_width,
)

_BETWEEN: Final = (";", "\t", ",", "|")
_SAMPLE: Final = 20
_NAMES: Final = {";": "semicolons", "\t": "tabs", ",": "commas", "|": "bars"}


def read(content: bytes) -> Table:
    """A table of text, whatever stands between its cells. Raises ``BadList``."""
    try:
        text = decode(content)
    except NotText as error:
        raise BadList(str(error)) from None
    between = _between(text.beginning)
    findings: list[Finding] = []
    headings, rows = below_headings(_rows(text, between, findings))
    findings += _of_encoding(text)
    aside: list[Row] = []
    even = of_width(rows, len(headings), findings, aside)
    return Table(headings, even, findings, f"{text.encoding}, {_NAMES[between]}", aside)


def _between(text: str) -> str:
    """The mark that divides most of the first lines into the same number of cells."""
    lines = [line for line in text.splitlines()[:_SAMPLE] if line.strip()]

    def fits(mark: str) -> tuple[int, int]:
        counts = Counter(line.count(mark) for line in lines)
        common = max(counts, key=lambda n: (counts[n] if n else 0, n), default=0)
        return (counts[common] if common else 0, common)

    return max(_BETWEEN, key=fits)


def _of_encoding(text: Text) -> list[Finding]:
    if not text.guessed:
        return []
    return [Finding(0, 0, f"The file does not say its encoding; by its looks it was read as {text.encoding}.")]


def _rows(text: Text, between: str, findings: list[Finding]) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(text.lines(), delimiter=between)
    row = 0
    while True:
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            findings.append(Finding(row, 0, f"This row cannot be taken apart ({error}).", bad=True))
            continue
        if row > MOST_ROWS:
            raise BadList(f"It has more than {MOST_ROWS:,} rows.")
        if any(cells):
            yield row, cells
