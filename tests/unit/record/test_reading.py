"""Reading lines in blocks and reading them one by one come to the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.record import canonical
from goodoffices.record.entries import MAX_ENTRY_BYTES
from goodoffices.record.verify import block, reading
from goodoffices.record.verify.reading import Run, read
from tests.unit.record.specimen import ROOM, TALKS, lines

PLAIN = 15  # an entry of a kind that nobody knows


def chunk(changed: dict[int, bytes]) -> bytes:
    return b"".join(changed.get(seq, line) + b"\n" for seq, line in enumerate(lines()))


def one_by_one(text: bytes, first: int | None = 0) -> Run:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "headers", lambda *_: None)
        return read(text, first, 100, TALKS, ROOM)


def test_the_specimen_is_read_in_blocks_and_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    known = one_by_one(chunk({}))
    assert (known.count, known.fault) == (len(lines()), None)
    monkeypatch.setattr(reading._Reading, "_line", None)
    assert read(chunk({}), 0, 100, TALKS, ROOM) == known


def test_a_run_whose_place_is_not_known_is_where_its_first_line_says() -> None:
    text = b"".join(line + b"\n" for line in lines()[7:])
    assert read(text, None, 100, TALKS, ROOM) == read(text, 7, 100, TALKS, ROOM)
    assert read(b"no entry\n", None, 100, TALKS, ROOM).first == 0


BODIES: list[dict[str, Any]] = [
    {"text": "é"},
    {"é": 1},
    {"n": canonical.MAX_INT, "m": -canonical.MAX_INT},
    {"n": canonical.MAX_INT + 1},
    {"n": -(2**70)},
    {"p:" + "ab" * 32: "a key"},
    {"words": 'quoted: "p:' + "ab" * 32},
    {"words": 'quoted: "p:' + "ab" * 32 + '"'},
    {"words": ["a\\", "p:" + "ab" * 32, {"deep": ["p:" + "cd" * 32, "p:" + "AB" * 32]}]},
    {"none": None, "yes": True, "no": False, "empty": [{}, []]},
    {"long": "x" * MAX_ENTRY_BYTES},
    {"long": "x" * (MAX_ENTRY_BYTES - 700)},
]


def nested(depth: int) -> Any:
    return [nested(depth - 1)] if depth else 1


def encoded(body: dict[str, Any]) -> bytes:
    """The plain entry with another body, whether that is allowed or not."""
    entry: Any = canonical.decode(lines()[PLAIN])
    return canonical._encode({"body": body, "header": entry["header"]})


@pytest.mark.parametrize("body", [*BODIES, *({"deep": nested(depth)} for depth in (6, 7, 8, 9, 30))])
def test_bodies_of_every_form_are_read_alike(body: dict[str, Any]) -> None:
    text = chunk({PLAIN: encoded(body)})
    assert read(text, 0, 100, TALKS, ROOM) == one_by_one(text)


@pytest.mark.parametrize(
    ("body", "places"),
    [(BODIES[6], []), (BODIES[7], []), (BODIES[5], []), (BODIES[8], ["ab" * 32, "cd" * 32])],
)
def test_what_is_cited_is_neither_quoted_nor_a_key(body: dict[str, Any], places: list[str]) -> None:
    run = read(chunk({PLAIN: encoded(body)}), 0, 100, TALKS, ROOM)
    assert [digest.decode() for digest, seq in run.cited.items() if seq == PLAIN] == places


@given(
    seq=st.integers(0, len(lines()) - 1),
    start=st.integers(0, 2000),
    length=st.integers(0, 3),
    new=st.binary(max_size=3) | st.sampled_from([b'"', b"}", b",", b" ", b"\\u0061", b"1.0", b"-0", b"1e2", b"\x7f"]),
)
def test_changed_bytes_are_read_alike(seq: int, start: int, length: int, new: bytes) -> None:
    line = lines()[seq]
    text = chunk({seq: line[:start] + new + line[start + length :]})
    assert read(text, 0, 100, TALKS, ROOM) == one_by_one(text)


def test_blocks_are_whole_lines_and_leave_nothing_out() -> None:
    text = chunk({3: b"y" * (2 * MAX_ENTRY_BYTES), PLAIN: encoded(BODIES[11])}) + b"without its end"
    made = list(block.blocks(text))
    assert b"".join(made) == text
    assert all(len(part) <= MAX_ENTRY_BYTES + 1 or part.count(b"\n") == 1 for part in made)
    assert all(part.endswith(b"\n") for part in made[:-1])


def test_a_fault_keeps_what_was_read_before_it() -> None:
    run = read(chunk({PLAIN: b"{}"}), 0, 100, TALKS, ROOM)
    assert replace(run, fault=None, count=0) == replace(
        read(b"".join(line + b"\n" for line in lines()[:PLAIN]), 0, 100, TALKS, ROOM), count=0
    )
