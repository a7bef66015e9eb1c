"""``goodoffices lists file|show|export``: lists in rooms of this machine. Everybody in them is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.sealing import agefile, agekeys
from tests.cli.shell import Shell
from tests.golden import Golden
from tests.listing import HELD
from tests.unit.secretariat.test_exercising_lists import TALKS

SECRET = bytes(range(32))


@pytest.fixture
def folder(shell: Shell, tmp_path: Path) -> Path:
    shell.monkeypatch.chdir(tmp_path)
    (tmp_path / "talks.yaml").write_text(TALKS, encoding="utf-8")
    (tmp_path / "held.csv").write_bytes(HELD)
    (tmp_path / "again.csv").write_bytes(HELD.replace(b"1985", b"1986"))
    assert shell.run("replay", "talks.yaml") == 0
    return tmp_path


def test_lists_in_rooms(shell: Shell, folder: Path, golden: Golden) -> None:
    mine = ("small", "lists-a")
    as_anna = ("--as", "anna")
    assert shell.run("lists", "show", *mine, *as_anna) == 0
    assert shell.run("lists", "file", *mine, "held.csv", "--code", "north", "--holds", "we-hold", *as_anna) == 0
    assert shell.run("lists", "file", *mine, "again.csv", "--code", "north", *as_anna) == 1
    assert shell.run("lists", "file", *mine, "again.csv", "--code", "north", "--corrected", *as_anna) == 0
    assert shell.run("lists", "show", *mine, "north", "--rows", "--as", "nina") == 0
    to = ("--to", agekeys.recipient_of(SECRET), "--reason", "For the manifests")
    assert shell.run("lists", "export", *mine, "north", "-o", "north.age", *to, "--as", "nina") == 0
    assert shell.run("lists", "export", *mine, "north", "-o", "north.age", *to, "--as", "nina") == 1
    golden("list-rooms.txt", shell.transcript)
    assert (folder / "north.age").stat().st_mode & 0o777 == 0o600
    assert "Вигаданий" in agefile.decrypt((folder / "north.age").read_bytes(), [SECRET]).decode()


def test_what_is_refused_says_why(shell: Shell, folder: Path, golden: Golden) -> None:
    (folder / "empty.csv").write_text("Surname\n;\n")
    mine, as_anna = ("small", "lists-a"), ("--as", "anna")
    assert shell.run("lists", "file", *mine, "held.csv", "--code", "north", *as_anna) == 1
    assert shell.run("lists", "file", *mine, "none.csv", "--code", "x", "--holds", "we-hold", *as_anna) == 1
    assert shell.run("lists", "file", *mine, "empty.csv", "--code", "x", "--holds", "we-hold", *as_anna) == 1
    assert shell.run("lists", "file", *mine, "held.csv", "--code", "x", "--holds", "we-hold", "--as", "nina") == 1
    assert shell.run("lists", "file", *mine, "held.csv", "--code", "x", "--holds", "we-hold", "--as", "boris") == 1
    assert shell.run("lists", "file", *mine, "held.csv", "--code", "x", "--corrected", *as_anna) == 1
    assert shell.run("lists", "show", *mine) == 1
    assert shell.run("lists", "show", *mine, "none", *as_anna) == 1
    assert shell.run("lists", "show", "small", "plenary", *as_anna) == 0
    assert shell.run("lists", "export", *mine, "held", "-o", "x.age", "--to", "age1x", "--reason", "x", *as_anna) == 1
    assert not (folder / "x.age").exists()
    golden("list-rooms-refused.txt", shell.transcript)


def test_doctor_looks_at_the_keys(shell: Shell, folder: Path) -> None:
    keys = shell.home / "list-keys"
    assert shell.run("doctor") == 0
    assert f"ok    list keys: {'$HOME'}/list-keys" in shell.printed[-1]
    (keys / "master").chmod(0o644)
    assert shell.run("doctor") == 1
    assert "others on this machine can read" in shell.printed[-1]
    (keys / "master").chmod(0o600)
    (lost, *_rest) = sorted(path for path in keys.iterdir() if path.name != "master")
    content = lost.read_bytes()
    lost.unlink()
    assert shell.run("doctor") == 1
    assert "1 lists, matchings or plans on the record have no key here" in shell.printed[-1]
    lost.write_bytes(content[:-1])
    assert shell.run("doctor") == 1
    assert "1 of them cannot be opened" in shell.printed[-1]
