"""The table filled for many pairs at once gives what a plain loop gives for one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.prisoners.names import sounds
from goodoffices.prisoners.names.distances import costs

row = st.lists(st.integers(1, sounds.COUNT - 1), max_size=5)


def plain(left: list[int], right: list[int]) -> int:
    above = [0]
    for b in right:
        above.append(above[-1] + int(sounds.DROPPED[b]))
    for a in left:
        here = [above[0] + int(sounds.DROPPED[a])]
        for j, b in enumerate(right):
            here.append(
                min(
                    above[j] + int(sounds.TAKEN[a, b]),
                    above[j + 1] + int(sounds.DROPPED[a]),
                    here[j] + int(sounds.DROPPED[b]),
                )
            )
        above = here
    return above[-1]


@given(st.lists(st.tuples(row, row), min_size=1, max_size=8))
def test_costs_are_those_of_the_plain_table(pairs: list[tuple[list[int], list[int]]]) -> None:
    rows = [r for pair in pairs for r in pair]
    table = np.array([r + [0] * (sounds.LONGEST - len(r)) for r in rows], np.uint8)
    lengths = np.array([len(r) for r in rows], np.uint8)
    left, right = np.arange(0, len(rows), 2), np.arange(1, len(rows), 2)
    found = costs(table, lengths, left, right, sounds.TAKEN, sounds.DROPPED)
    assert found.tolist() == [plain(a, b) for a, b in pairs]


def test_costs_are_the_same_whichever_side_a_sound_is_on() -> None:
    for table in (sounds.TAKEN, sounds.TAKEN_BESIDE_ARABIC):
        assert (table == table.T).all()
        assert (np.diag(table) == 0).all()
