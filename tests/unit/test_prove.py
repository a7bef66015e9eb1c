"""The model of the sealed exchange holds as it should, and the checking of it can fail."""

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("prove", ROOT / "tools" / "prove.py")
assert SPEC
assert SPEC.loader
prove = importlib.util.module_from_spec(SPEC)
sys.modules["prove"] = prove  # where dataclasses look for it
SPEC.loader.exec_module(prove)


def test_everything_holds_that_must_and_nothing_else_does(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["prove"])
    assert prove.main() == 0
    assert capsys.readouterr().out.endswith("Everything holds that must, and nothing else does.\n")


def test_what_is_not_as_expected_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    two_bad = next(run for run in prove.RUNS if run.switches == ("BAD=2",))
    monkeypatch.setattr(sys, "argv", ["prove"])
    monkeypatch.setattr(prove, "RUNS", (replace(two_bad, broken=frozenset({"fairness", "binding", "opens", "idle"})),))
    assert prove.main() == 1
    assert capsys.readouterr().out.splitlines()[2:] == [
        "Wrong: two bad holders: secrecy fails (0)",
        "Wrong: two bad holders: binding holds (0)",
    ]
