"""Heads: the newest checkpoint of a room, whatever became of the last write."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.record.checkpoints import Checkpoint, LogKey, sign
from goodoffices.storage.heads import PLACE, FileHeads

ROOM = "ab" * 16
KEY = LogKey.from_seed(bytes(32))


def note(size: int) -> str:
    return sign(Checkpoint(f"host.test/{ROOM}", size, bytes([size % 256]) * 32), KEY)


def test_the_newest_is_kept(tmp_path: Path) -> None:
    heads = FileHeads(tmp_path / "heads")
    assert heads.newest(ROOM) is None
    for size in (1, 2, 5, 9, 99, 100):
        heads.write(ROOM, note(size))
        assert FileHeads(tmp_path / "heads").newest(ROOM) == note(size)
    assert heads.rooms() == [ROOM]


def test_it_never_goes_back(tmp_path: Path) -> None:
    heads = FileHeads(tmp_path)
    for size in (5, 7, 6, 1):
        heads.write(ROOM, note(size))
    assert heads.newest(ROOM) == note(7)


@pytest.mark.parametrize("cut", [0, 1, 100, PLACE - 2])
def test_a_write_that_was_cut_short_leaves_the_one_before(tmp_path: Path, cut: int) -> None:
    heads = FileHeads(tmp_path)
    heads.write(ROOM, note(1))
    heads.write(ROOM, note(2))
    whole = (tmp_path / ROOM).read_bytes()
    heads.write(ROOM, note(3))
    after = (tmp_path / ROOM).read_bytes()
    torn = next(start for start in (0, PLACE) if whole[start : start + PLACE] != after[start : start + PLACE])
    (tmp_path / ROOM).write_bytes(whole[:torn] + after[torn : torn + cut] + whole[torn + cut :])
    assert heads.newest(ROOM) == note(2)


def test_readable_by_its_owner_alone(tmp_path: Path) -> None:
    heads = FileHeads(tmp_path / "heads")
    heads.write(ROOM, note(1))
    assert (tmp_path / "heads").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "heads" / ROOM).stat().st_mode & 0o777 == 0o600
