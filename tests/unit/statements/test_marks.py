"""Marks find what a plain search over everything finds."""

from __future__ import annotations

from itertools import islice

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.statements.marks import PIECE, Marks

KEYS = ("a:1", "a:2", "b:1", "b:2")
NUMBERS = st.integers(0, 2 * PIECE + 50)
STEPS = st.lists(st.tuples(st.booleans(), NUMBERS, st.sampled_from(KEYS)), max_size=60)


def marked(steps: list[tuple[bool, int, str]]) -> tuple[Marks, dict[str, set[int]]]:
    marks, plain = Marks(), dict[str, set[int]]()
    for put, number, key in steps:
        carried = plain.setdefault(key, set())
        if put:
            marks = marks.put(number, [key])
            carried.add(number)
        else:
            marks = marks.drop(number, key)
            carried.discard(number)
    return marks, plain


@given(STEPS, st.lists(st.sampled_from(KEYS), min_size=1, max_size=3), NUMBERS)
def test_what_carries_all_keys_is_found_newest_first(
    steps: list[tuple[bool, int, str]], keys: list[str], below: int
) -> None:
    marks, plain = marked(steps)
    wanted = set.intersection(*(plain.get(key, set()) for key in keys))
    expected = sorted((n for n in wanted if n < below), reverse=True)
    assert list(marks.found(keys, below)) == expected
    assert marks.many(keys, below) == len(expected)
    assert {key: marks.count(key) for key in KEYS} == {key: len(plain.get(key, ())) for key in KEYS}


@given(STEPS)
def test_they_are_stored_and_read_back_alike(steps: list[tuple[bool, int, str]]) -> None:
    marks, _plain = marked(steps)
    assert msgspec.json.decode(msgspec.json.encode(marks), type=Marks) == marks


def test_keys_come_the_newest_first_by_what_they_begin_with() -> None:
    marks = Marks().put(0, ["a:x", "b:x"]).put(1, ["a:y", "a:x"])
    assert list(marks.keys("a")) == [("a:y", 1), ("a:x", 2)]
    assert list(marks.keys("c")) == []
    assert list(islice(marks.found(["a:x"], 0), 1)) == []
