"""``goodoffices log-key replace``: from the operator's side, and what members then verify."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from goodoffices.record.store import StoreFull
from goodoffices.secretariat import rekeying
from goodoffices.storage import logkeys
from tests.cli.shell import Shell
from tests.golden import Golden

ISTANBUL = "examples/istanbul-2025.yaml"


@pytest.fixture
def replayed(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    seeds = iter(f"{n:064x}\n".encode() for n in range(2, 9))
    monkeypatch.setattr(logkeys, "fresh_seed", lambda: next(seeds))
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=2**40))
    assert shell.run("replay", ISTANBUL) == 0
    return shell


def interrupt(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """The disk is full after so many rooms."""
    left, hand_over = iter(range(after)), rekeying.hand_over

    def full(*arguments: Any) -> None:
        if next(left, None) is None:
            raise StoreFull("The disk is full: nothing was written. Make space and do it again.")
        hand_over(*arguments)

    monkeypatch.setattr(rekeying, "hand_over", full)


def test_replacing_interrupted_and_gone_on_with(
    replayed: Shell, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, newest, bundle = (str(replayed.home / name) for name in ("first.key", "newest.key", "plenary.zip"))
    key(replayed, first)
    with monkeypatch.context() as patched:
        interrupt(patched, after=2)
        assert replayed.run("log-key", "replace") == 1
    assert replayed.run("doctor") == 0
    assert replayed.run("log-key", "replace") == 0
    assert replayed.run("doctor") == 0
    key(replayed, newest)
    assert replayed.run("record", "export", "istanbul-2025", "plenary", "-o", bundle) == 0
    assert replayed.run("record", "verify", bundle, "--key", first) == 0
    assert replayed.run("record", "verify", bundle, "--key", newest) == 0
    golden("log-key.txt", replayed.transcript)


def test_each_further_replacement_makes_a_new_key(replayed: Shell) -> None:
    for count in (1, 2):
        assert replayed.run("log-key", "replace") == 0
        assert len(list((replayed.home / "log-keys-retired").iterdir())) == count
    assert replayed.run("source-table", ISTANBUL) == 0


def key(shell: Shell, file: str) -> None:
    assert shell.run("record", "checkpoint", "istanbul-2025", "plenary", "--key") == 0
    Path(file).write_text(shell.printed[-1].splitlines()[1] + "\n", encoding="utf-8")
