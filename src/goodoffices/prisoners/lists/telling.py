"""What was found in a list, told to a person: once for each kind of thing, with all its rows. No cell is repeated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from goodoffices.prisoners.lists.fields import FIELDS
from goodoffices.prisoners.lists.tables import Finding, letters

_ROWS_SHOWN: Final = 40


def columns(headings: Sequence[str], understood: dict[int, str]) -> str:
    """One sentence on which column is taken for what."""
    said = [f"{letters(c + 1)} “{headings[c]}” is {FIELDS[k].label}" for c, k in sorted(understood.items())]
    rest = [f"{letters(c + 1)} “{h}”" for c, h in enumerate(headings) if h and c not in understood]
    return "; ".join(said) + "." + (f" Not understood: {', '.join(rest)}." if rest else "")


def findings(found: Iterable[Finding], headings: Sequence[str]) -> Iterator[str]:
    """A line for each thing found in each column, rows that cannot be used first."""
    grouped: dict[tuple[bool, int, str], list[int]] = {}
    for one in found:
        grouped.setdefault((not one.bad, one.column, one.why), []).append(one.row)
    for (usable, column, why), rows in sorted(grouped.items(), key=lambda g: (g[0][0], min(g[1]), g[0][1])):
        where = [_rows(rows)] if any(rows) else []
        if column:
            named = f" “{headings[column - 1]}”" if column <= len(headings) and headings[column - 1] else ""
            where.append(f"column {letters(column)}{named}")
        yield f"{', '.join(where) or 'the whole'}: {why}" + ("" if usable else " The row was kept aside.")


def _rows(rows: list[int]) -> str:
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][-1] + 1:
            runs[-1][1:] = [row]
        else:
            runs.append([row])
    said = [str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs]
    more = f" and {len(said) - _ROWS_SHOWN} more places" if len(said) > _ROWS_SHOWN else ""
    return f"row{'s' if len(rows) > 1 else ''} {', '.join(said[:_ROWS_SHOWN])}{more}"
