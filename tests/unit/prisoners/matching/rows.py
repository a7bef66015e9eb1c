"""Synthetic lists as rows by number, and who is who."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from goodoffices.prisoners.lists.fields import guessed
from goodoffices.prisoners.synthesizing.errors import rates
from goodoffices.prisoners.synthesizing.lists import HEADINGS, Wanted, make

Rows = list[tuple[str, dict[str, str]]]


def synthetic_rows(
    size: int, seed: int = 7, overlap: float = 0.8, **errors: float
) -> tuple[Rows, Rows, set[tuple[str, str]]]:
    """Two lists in Ukrainian and passport spelling; the numbers of their rows are those of the generator."""
    wanted = Wanted(size, size, overlap, (["uk"], ["uk-passport"]), rates({"twice": 0, **errors}))
    made = make(wanted, np.random.default_rng(seed))
    return _rows(made.left), _rows(made.right), set(made.truth)


def _rows(rows: Iterable[Sequence[str]]) -> Rows:
    keys = guessed(HEADINGS["latin"])
    said = [{key: row[column] for column, key in keys.items() if row[column]} for row in rows]
    return [(one.pop("id"), one) for one in said]
