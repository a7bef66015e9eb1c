"""One suite for every cabinet: keys are there when it says so, and gone when it says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.secretariat.cabinet import KEY_BYTES, Cabinet, KeyMissing, MemoryCabinet
from goodoffices.secretariat.group import Waiting
from goodoffices.storage.listkeys import FileCabinet

ONE, OTHER = "1" * 32, "2" * 32


@pytest.fixture(params=["memory", "file", "waiting"])
def cabinet(request: pytest.FixtureRequest, tmp_path: Path) -> Cabinet:
    file = FileCabinet(tmp_path / "list-keys")
    return {"memory": MemoryCabinet(), "file": file, "waiting": Waiting(file)}[request.param]


def test_a_key_is_made_found_and_destroyed(cabinet: Cabinet) -> None:
    key, other = cabinet.new(ONE), cabinet.new(OTHER)
    assert (len(key), len(other), key != other) == (KEY_BYTES, KEY_BYTES, True)
    assert (cabinet.key(ONE), cabinet.key(OTHER)) == (key, other)
    assert list(cabinet.ids()) == [ONE, OTHER]
    cabinet.destroy(ONE)
    with pytest.raises(KeyMissing):
        cabinet.key(ONE)
    assert (list(cabinet.ids()), cabinet.key(OTHER)) == ([OTHER], other)


def test_an_empty_cabinet_has_nothing_and_destroys_nothing(cabinet: Cabinet) -> None:
    cabinet.destroy(ONE)
    assert list(cabinet.ids()) == []
    with pytest.raises(KeyMissing):
        cabinet.key(ONE)


def test_in_a_group_a_key_is_destroyed_when_the_group_is_written() -> None:
    real = MemoryCabinet()
    waiting = Waiting(real)
    waiting.new(ONE)
    waiting.destroy(ONE)
    assert (list(waiting.ids()), list(real.ids())) == ([], [ONE])
    waiting.finish()
    assert list(real.ids()) == []
