"""One to one, and how far ahead a pair is."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.prisoners.matching.distinct import distinct, with_places
from goodoffices.prisoners.matching.pairing import margins, one_to_one

some = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(-20, 20)), max_size=20, unique_by=lambda p: p[:2]
)


def greedy(pairs: list[tuple[int, int, int]]) -> set[tuple[int, int]]:
    stand: set[tuple[int, int]] = set()
    for a, b, _ in sorted(pairs, key=lambda p: (-p[2], p[0], p[1])):
        if all(a != x and b != y for x, y in stand):
            stand.add((a, b))
    return stand


@given(some)
def test_the_heaviest_pair_left_for_both_rows_stands(pairs: list[tuple[int, int, int]]) -> None:
    a, b, weight = (np.array([p[n] for p in pairs], np.int64) for n in range(3))
    stand = one_to_one(a, b, weight.astype(np.float32))
    assert {(int(a[n]), int(b[n])) for n in stand} == greedy(pairs)


def test_margins_are_to_the_next_pair_of_either_row() -> None:
    a, b = np.array([0, 0, 1]), np.array([0, 1, 1])
    weight = np.array([9, 7, 4], np.float32)
    stand = one_to_one(a, b, weight)
    assert dict(zip(stand.tolist(), margins(a, b, weight, stand).tolist(), strict=True)) == {0: 2, 2: -3}


@given(st.lists(st.integers(-9, 9)))
def test_distinct_numbers_are_those_of_a_set(numbers: list[int]) -> None:
    assert distinct(np.array(numbers, np.int64)).tolist() == sorted(set(numbers))


@given(st.lists(st.one_of(st.integers(0, 9), st.integers(2**58, 2**62))))
def test_distinct_numbers_and_where_each_is(numbers: list[int]) -> None:
    found, place = with_places(np.array(numbers, np.int64))
    assert found.tolist() == sorted(set(numbers))
    assert found[place].tolist() == numbers
