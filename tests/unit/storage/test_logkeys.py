"""The log keys in a data folder: made, replaced, kept and found again, by other processes too."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from goodoffices.record.logkeys import LogKeyMissing
from goodoffices.storage.heads import FileHeads
from goodoffices.storage.logkeys import FileLogKeys, Unsound


def keys(home: Path) -> FileLogKeys:
    return FileLogKeys(home, FileHeads(home / "heads"))


def renew(held: FileLogKeys) -> None:
    with held.held():
        held.renew()


def named(public: bytes) -> str:
    return base64.b64encode(public).decode()


def test_a_key_is_made_once(tmp_path: Path) -> None:
    first = keys(tmp_path)
    assert keys(tmp_path).newest.public == first.newest.public
    assert first.only is not None
    assert (tmp_path / "log-key").stat().st_mode & 0o777 == 0o600


def test_a_replaced_key_is_kept_and_an_open_process_notices(tmp_path: Path) -> None:
    server, operator = keys(tmp_path), keys(tmp_path)
    old = server.newest.public
    renew(operator)
    assert server.newest.public == operator.newest.public != old
    assert server.only is None
    assert server.of(named(old)).public == old
    (retired,) = (tmp_path / "log-keys-retired").iterdir()
    assert retired.name == old.hex()[:16]
    assert retired.stat().st_mode & 0o777 == 0o600
    assert retired.parent.stat().st_mode & 0o777 == 0o700
    renew(server)
    assert keys(tmp_path).of(named(old)).public == old


def test_cut_short_before_the_new_key_took_its_place_nothing_has_changed(tmp_path: Path) -> None:
    held = keys(tmp_path)
    (tmp_path / "log-keys-retired").mkdir()
    copy = tmp_path / "log-keys-retired" / held.newest.public.hex()[:16]
    copy.write_bytes((tmp_path / "log-key").read_bytes())
    again = keys(tmp_path)
    assert again.only is not None
    assert again.newest.public == held.newest.public
    renew(again)
    assert again.of(named(held.newest.public)).public == held.newest.public


def test_a_key_that_is_not_here_is_named(tmp_path: Path) -> None:
    with pytest.raises(LogKeyMissing, match="log key 0000000000000000, which is not on this machine"):
        keys(tmp_path).of(named(bytes(32)))


def test_a_damaged_or_missing_key_is_not_made_anew(tmp_path: Path) -> None:
    FileHeads(tmp_path / "heads").write("a" * 32, "x/y\n1\nroot\n\n\N{EM DASH} sig\n")
    with pytest.raises(Unsound, match="is missing"):
        keys(tmp_path)
    (tmp_path / "log-key").write_text("what")
    with pytest.raises(Unsound, match="is damaged"):
        keys(tmp_path)
