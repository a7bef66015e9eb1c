"""The keys of lists in their folder: wrapped, private, and useless once one part of it is not what it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from goodoffices.secretariat.cabinet import CabinetUnusable, KeyMissing
from goodoffices.storage import home
from goodoffices.storage.listkeys import MASTER, FileCabinet

ID, OTHER = "1" * 32, "2" * 32


def test_keys_are_wrapped_and_readable_by_their_owner_alone(tmp_path: Path) -> None:
    cabinet = FileCabinet(tmp_path / "keys")
    key = cabinet.new(ID)
    files = list((tmp_path / "keys").iterdir())
    assert sorted(path.name for path in files) == [ID, MASTER]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert not any(key in path.read_bytes() for path in files)
    assert FileCabinet(tmp_path / "keys").key(ID) == key


@pytest.mark.parametrize("damage", ["moved", "cut", "other master", "no master", "short master"])
def test_what_was_tampered_with_opens_nothing_and_is_told(tmp_path: Path, damage: str) -> None:
    cabinet = FileCabinet(tmp_path)
    cabinet.new(ID)
    cabinet.new(OTHER)
    assert cabinet.unsound() == []
    wrapped, master = tmp_path / ID, tmp_path / MASTER
    if damage == "moved":
        wrapped.write_bytes((tmp_path / OTHER).read_bytes())
    elif damage == "cut":
        wrapped.write_bytes(wrapped.read_bytes()[:20])
    elif damage == "no master":
        master.unlink()
    else:
        master.write_bytes(b"x" * (32 if damage == "other master" else 5))
    with pytest.raises(KeyMissing):
        cabinet.key(ID)
    assert cabinet.unsound() == ([ID] if damage in {"moved", "cut"} else [ID, OTHER])


@pytest.mark.parametrize("damage", ["no master", "short master"])
def test_no_second_master_key_is_made_beside_keys_of_the_first(tmp_path: Path, damage: str) -> None:
    cabinet = FileCabinet(tmp_path)
    cabinet.new(ID)
    if damage == "no master":
        (tmp_path / MASTER).unlink()
    else:
        (tmp_path / MASTER).write_bytes(b"short")
    with pytest.raises(CabinetUnusable, match="list keys"):
        cabinet.new(OTHER)
    assert list(cabinet.ids()) == [ID]


def test_a_folder_that_cannot_be_used_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CabinetUnusable, match=r"Nothing was written. Run: goodoffices doctor"):
        FileCabinet(tmp_path / "file").new(ID)


def test_a_destroyed_key_is_overwritten_first(tmp_path: Path) -> None:
    cabinet = FileCabinet(tmp_path)
    cabinet.new(ID)
    content = (tmp_path / ID).read_bytes()
    (tmp_path / "same file").hardlink_to(tmp_path / ID)
    cabinet.destroy(ID)
    assert not (tmp_path / ID).exists()
    assert (tmp_path / "same file").read_bytes() != content


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    cabinet = FileCabinet(tmp_path)
    key = cabinet.new(ID)
    with pytest.raises(CabinetUnusable):
        cabinet.new(ID)
    assert cabinet.key(ID) == key


def test_what_a_killed_process_left_is_taken_away_and_nothing_else(tmp_path: Path) -> None:
    cabinet = FileCabinet(tmp_path)
    cabinet.tidy()
    cabinet.new(ID)
    old, new = tmp_path / f".{OTHER}.old", tmp_path / f".{OTHER}.new"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    cabinet.tidy()
    assert (old.exists(), new.exists(), list(cabinet.ids())) == (False, True, [ID])


def test_no_other_file_is_taken_for_a_key(tmp_path: Path) -> None:
    cabinet = FileCabinet(tmp_path)
    cabinet.new(ID)
    (tmp_path / f".{ID}.draft").write_bytes(b"")
    assert list(cabinet.ids()) == [ID]
    with pytest.raises(KeyMissing):
        cabinet.key("../log-key")


def test_the_folder_may_be_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert home.list_keys(tmp_path) == tmp_path / "list-keys"
    monkeypatch.setenv(home.LIST_KEYS, str(tmp_path / "elsewhere"))
    assert home.list_keys(Path("/somewhere")) == tmp_path / "elsewhere"
