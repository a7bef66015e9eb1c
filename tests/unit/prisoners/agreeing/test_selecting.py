"""A first draft of the counted: the agreed priorities, then the order of naming; and where only that order decided."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goodoffices.prisoners.agreeing.selecting import Candidate, Selected, rank, selected

SIDES = ("a", "b")
PRIORITIES = ("ill", "minor")


def some(side: str, *categories: str) -> list[Candidate]:
    return [Candidate(f"{side}{n}", side, (name,) if name else ()) for n, name in enumerate(categories, 1)]


def test_priorities_go_first_then_the_order() -> None:
    them = [*some("a", "", "minor", "", "ill"), *some("b", "ill", "", "")]
    found = selected(them, {"a": 3, "b": 1}, PRIORITIES)
    assert found == Selected(("a4", "a2", "a1", "b1"), {}, {"a": 1})


def test_some_are_taken_whatever_their_priority() -> None:
    them = some("a", "ill", "", "")
    assert selected(them, {"a": 2}, PRIORITIES, always=["a3"]).ids == ("a3", "a1")


def test_too_few_is_said() -> None:
    assert selected(some("a", ""), {"a": 3, "b": 2}) == Selected(("a1",), {"a": 2, "b": 2}, {})


@given(
    st.lists(st.tuples(st.sampled_from(SIDES), st.sampled_from(["", "ill", "minor", "woman"])), max_size=30),
    st.integers(0, 12),
)
def test_nobody_is_left_out_for_somebody_behind(given_: list[tuple[str, str]], number: int) -> None:
    them = [Candidate(str(n), side, (name,)) for n, (side, name) in enumerate(given_)]
    found = selected(them, dict.fromkeys(SIDES, number), PRIORITIES)
    for side in SIDES:
        place = {c.id: (rank(c, PRIORITIES), int(c.id)) for c in them if c.side == side}
        taken = [place[id] for id in found.ids if id in place]
        left = [at for id, at in place.items() if id not in found.ids]
        assert len(taken) + found.short.get(side, 0) == number
        assert taken == sorted(taken)
        assert not taken or not left or max(taken) < min(left)
