"""The command line on a home of its own, with script time and derived randomness handed in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import Drawn, Shell
from tests.people import Clock, derived

ROOT = Path(__file__).parent.parent.parent
SEED = "0" * 63 + "1"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test's own, with a log key that every run has."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("GOODOFFICES_HOME", str(folder))
    key = folder / "log-key"
    key.write_text(SEED + "\n")
    key.chmod(0o600)
    return folder


@pytest.fixture
def shell(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], transactional_db: None
) -> Shell:
    """The command line at the top of the checkout, with nothing left to chance, the clock or the terminal."""
    from goodoffices.cli import exercise_keys
    from goodoffices.storage import office
    from goodoffices.web import randomness

    here = office.assemble(home)
    here.clock, here.random = Clock(), derived
    monkeypatch.setattr(office, "open_office", lambda: here)
    monkeypatch.setattr("goodoffices.cli.replay.token_hex", Drawn().hex_digits)
    monkeypatch.setattr(exercise_keys, "fresh", Drawn().ssh_key)
    monkeypatch.setattr(randomness, "source", Drawn().draw)
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    return Shell(home, capsys, monkeypatch)
