"""What goes to Spark: rows that come back as they were, and hashes that bring the same pairs together."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from goodoffices.prisoners.matching import candidates
from goodoffices.prisoners.matching.candidates import shared
from goodoffices.prisoners.matching.columns import Columns
from goodoffices.prisoners.matching.keys import keys
from goodoffices.prisoners.matching.spark.rows import table, unpacked
from tests.unit.prisoners.matching.lists import prepared, synthetic

SCRIPTS = (["uk"], ["uk-passport", "ru-bgn"])
FIELDS = ("surname", "given", "patronymic", "place", "captured", "year", "month", "day", "number")


def test_rows_come_back_as_they_were() -> None:
    left, right, _ = synthetic(200, SCRIPTS)
    ours, theirs, lexicon = prepared(left, right)
    packed = table(ours, shared(ours, theirs, keys(lexicon))[0])
    back = unpacked(packed["said"].combine_chunks())
    assert {field: getattr(back, field).tolist() for field in FIELDS} == {
        field: getattr(ours, field).tolist() for field in FIELDS
    }
    assert packed["unique_id"].to_pylist() == list(range(len(ours)))


@pytest.mark.parametrize("many", [10**9, 0], ids=["few rows", "many rows"])
@pytest.mark.parametrize("each", [2, 0.2], ids=["all", "the rarer ones"])
def test_rows_that_share_a_number_are_the_candidates(many: int, each: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "_MANY", many)
    monkeypatch.setattr(candidates, "_LEAST", 0)
    monkeypatch.setattr(candidates, "_EACH", each)
    left, right, _ = synthetic(300, SCRIPTS)
    ours, theirs, lexicon = prepared(left, right)
    known = keys(lexicon)
    assert joined(ours, theirs, known) == candidates.candidates(ours, theirs, known).tolist()


def test_within_one_list_both_sides_share_the_same() -> None:
    left, _, _ = synthetic(300, SCRIPTS)
    ours, _, lexicon = prepared(left, left)
    known = keys(lexicon)
    one, other = shared(ours, ours, known)
    assert sorted(zip(*map(np.ndarray.tolist, one), strict=True)) == sorted(
        zip(*map(np.ndarray.tolist, other), strict=True)
    )
    pairs = [pair for pair in joined(ours, ours, known) if pair // len(ours) < pair % len(ours)]
    assert pairs == candidates.candidates(ours, ours, known, within=True).tolist()


def joined(ours: Columns, theirs: Columns, known: candidates.Keys) -> list[int]:
    """The pairs that a join of the two tables would bring, worked out one by one."""
    sides = shared(ours, theirs, known)
    left, right = (table(side, part)["shared"].to_pylist() for side, part in zip((ours, theirs), sides, strict=True))
    pairs = product(enumerate(map(set, left)), enumerate(map(set, right)))
    return [a * len(theirs) + b for (a, one), (b, other) in pairs if one & other]
