from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.record import ordered as module
from goodoffices.record.ordered import WIDTH, Ordered, ordered

KEYS = st.sampled_from("abcdefghijkl")
STEPS = st.lists(st.tuples(KEYS, st.none() | st.integers()) | KEYS, max_size=60)


@given(STEPS)
def test_it_is_a_dict_of_which_every_version_stays(steps: list[tuple[str, int | None] | str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "WIDTH", 2)
        known: dict[str, int | None] = {}
        now: Ordered[int | None] = Ordered()
        versions = [(now, dict(known))]
        for step in steps:
            if isinstance(step, str):
                known.pop(step, None)
                now = now.drop(step)
            else:
                known[step[0]] = step[1]
                now = now.put(*step)
            versions.append((now, dict(known)))
    for version, expected in versions:
        assert list(version.items()) == list(expected.items())
        assert list(version) == list(expected) == list(version.keys())
        assert list(reversed(version)) == list(reversed(expected))
        assert (version, len(version), bool(version)) == (expected, len(expected), bool(expected))
        assert {key: version.get(key, "-") for key in "abcxyz"} == {key: expected.get(key, "-") for key in "abcxyz"}
        assert [key in version for key in "abcxyz"] == [key in expected for key in "abcxyz"]
        assert ordered(expected) == version


def test_it_is_stored_and_read_back_with_its_order() -> None:
    known: Ordered[tuple[str, int] | None] = Ordered()
    for number in range(3 * WIDTH):
        known = known.put(str(number), (str(number), number) if number % 3 else None)
    known = known.drop("7").drop("80")
    read = msgspec.json.decode(msgspec.json.encode(known), type=Ordered[tuple[str, int] | None])
    assert list(read.items()) == list(known.items())
    assert len(read) == len(known) == 3 * WIDTH - 2
    assert list(read.put("7", None)) == list(known.put("7", None)) == [*known, "7"]


def test_a_key_that_is_not_there_is_no_key() -> None:
    known = ordered({"a": 1}).drop("a")
    assert repr(known) == "ordered({})"
    assert known.drop("a") is known
    with pytest.raises(KeyError, match="a"):
        known["a"]
    assert 1 not in known


@pytest.mark.parametrize("size", [1_000, 32_000])
def test_what_a_change_copies_does_not_grow_with_the_size(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Items put into new levels, counted: each change makes one level, and those older ones it fills up."""
    copied = 0
    over = module._over

    def counted(levels: module._Levels[int], change: dict[str, tuple[int, ...]]) -> module._Levels[int]:
        nonlocal copied
        made = over(levels, change)
        known = {id(level) for level in levels}
        copied += sum(len(level) for level in made if id(level) not in known)
        return made

    monkeypatch.setattr(module, "_over", counted)
    known: Ordered[int] = Ordered()
    for number in range(size):
        known = known.put(str(number), number)
    for number in range(0, size, 2):
        known = known.drop(str(number))
    assert (len(known), list(known)[:2]) == (size // 2, ["1", "3"])
    assert copied / (1.5 * size) < WIDTH * len(known.levels)
