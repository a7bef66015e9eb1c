"""``goodoffices prisoners plan``: the example planned, planned anew, and files that cannot be planned from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from goodoffices.prisoners.planning import making
from goodoffices.prisoners.planning.plan import Problem
from goodoffices.prisoners.planning.program import OutOfTime
from tests.cli.shell import Shell
from tests.golden import Golden

EXAMPLE = "examples/exchange/instance.yaml"


def test_the_example_planned_and_planned_anew(shell: Shell, golden: Golden) -> None:
    first, second, ties = (str(shell.home / name) for name in ("plan.csv", "again.csv", "ties.csv"))
    gone = shell.home / "refused.txt"
    gone.write_text("K-01\nS-02\n", encoding="utf-8")
    printed = shell.home / "printed"
    assert shell.run("prisoners", "plan", EXAMPLE, "-o", first, "--ties", ties, "--print", str(printed)) == 0
    shell.printed += [f"{file.name}\n" for file in sorted(printed.iterdir())]
    shell.printed += ["\n", (printed / "manifests-uk.txt").read_text(encoding="utf-8").partition("\f")[0], "\n"]
    shell.printed += [(printed / "flows-en.svg").read_text(encoding="utf-8"), "\n"]
    shell.printed += [Path(first).read_text(encoding="utf-8"), "\n", Path(ties).read_text(encoding="utf-8"), "\n"]
    assert shell.run("prisoners", "plan", EXAMPLE, "-o", second, "--after", first, "--refused", f"@{gone}") == 0
    assert shell.run("prisoners", "plan", EXAMPLE, "-o", second, "--after", first, "--done", "1", "--missed", "2") == 1
    golden("prisoners.txt", shell.transcript)


def test_as_many_as_can_go_and_what_stands_against_more(shell: Shell, golden: Golden) -> None:
    shutil.copytree("examples/exchange", shell.home / "exchange")
    changed = shell.home / "exchange" / "instance.yaml"
    text = Path(EXAMPLE).read_text(encoding="utf-8")
    changed.write_text(text.replace("number: 48", "as_many_as_can: yes\n  number: 54"), encoding="utf-8")
    assert shell.run("prisoners", "plan", str(changed), "-o", str(shell.home / "plan.csv")) == 0
    golden("prisoners-short.txt", shell.transcript)


CHANGES = {
    "too many": ("number: 48", "number: 55"),
    "no stretchers": ("stretchers: 2}", "stretchers: 0}"),
    "a word that is not known": ("equal: stage", "equals: stage"),
    "nowhere to go": ("{name: The east landing, stages: [2, 3]}", "{name: The east landing, stages: [4]}"),
    "no such table": ("persons.csv", "people.csv"),
    "elsewhere": ("persons.csv", "../../README.md"),
    "not yaml": ("priorities: [", "priorities: [["),
    "no buses of a side": ("side: sulmere", "side: kaldria"),
}


def test_what_cannot_be_planned_is_said_and_nothing_written(shell: Shell, golden: Golden) -> None:
    shutil.copytree("examples/exchange", shell.home / "exchange")
    example, output = Path(EXAMPLE).read_text(encoding="utf-8"), shell.home / "plan.csv"
    for name, (old, new) in CHANGES.items():
        changed = shell.home / "exchange" / "instance.yaml"
        assert old in example
        changed.write_text(example.replace(old, new), encoding="utf-8")
        shell.printed.append(f"# {name}\n")
        assert shell.run("prisoners", "plan", str(changed), "-o", str(output)) == 1
        assert not output.exists()
    golden("prisoners-refused.txt", shell.transcript)


@pytest.mark.parametrize(
    "options",
    [
        ("--done", "1"),
        ("--refused", "K-99"),
        ("--after", EXAMPLE),
        ("--after", "no-such.csv"),
        ("--refused", "@no-such.txt"),
        ("--ties", "no-such-folder/ties.csv"),
        ("--print", EXAMPLE),
        ("--after", EXAMPLE, "--missed", "9"),
    ],
)
def test_options_that_make_no_sense_write_nothing(shell: Shell, tmp_path: Path, options: tuple[str, ...]) -> None:
    output = tmp_path / "plan.csv"
    assert shell.run("prisoners", "plan", EXAMPLE, "-o", str(output), *options) == 1
    assert not output.exists()
    assert "fault" not in shell.transcript


def test_when_no_plan_is_found_in_time_it_is_said(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(problem: Problem, seconds: float) -> None:
        raise OutOfTime

    monkeypatch.setattr(making, "plan", slow)
    assert shell.run("prisoners", "plan", EXAMPLE, "-o", str(tmp_path / "plan.csv"), "--seconds", "5") == 1
    assert "No plan was found in 5 seconds. Allow more with --seconds. Nothing was written." in shell.transcript
    assert not (tmp_path / "plan.csv").exists()
