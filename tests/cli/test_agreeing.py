"""The list of who goes, from two sides' persons to a plan, without a server; and what is refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.cli.shell import Shell
from tests.golden import Golden

KALDRIA = "id,side,categories\n" + "".join(
    f"K-{n},kaldria,{said}\n" for n, said in enumerate(["severely wounded", "ill", "", "minor", "", "wounded"], 1)
)
SULMERE = "id,side,categories\n" + "".join(
    f"S-{n},sulmere,{said}\n" for n, said in enumerate(["", "wounded", "severely wounded", "", ""], 1)
)
INSTANCE = """
exchange: Exercise
sides: {kaldria: {name: Kaldria}, sulmere: {name: Sulmere}}
persons: agreed.csv
terms: {number: 3, all_for_all: [minor]}
stages: [{day: 2030-05-01}]
points: {bridge: {name: The bridge}}
convoys:
  - {side: kaldria, point: bridge, seats: 9}
  - {side: sulmere, point: bridge, seats: 9}
"""


def files(shell: Shell) -> tuple[Path, Path, Path]:
    kaldria, sulmere = shell.home / "kaldria.csv", shell.home / "sulmere.csv"
    kaldria.write_text(KALDRIA)
    sulmere.write_text(SULMERE)
    return kaldria, sulmere, shell.home / "agreed.csv"


def test_from_two_lists_to_a_plan(shell: Shell, golden: Golden) -> None:
    kaldria, sulmere, agreed = map(str, files(shell))
    free = ["--uncounted", "severely wounded", "--all-for-all", "minor"]
    flags = ["--number", "3", *free, "--priority", "ill", "--priority", "wounded"]
    assert shell.run("prisoners", "draw", kaldria, sulmere, *flags, "-o", agreed) == 0
    assert hashlib.sha256(Path(agreed).read_bytes()).hexdigest() in shell.printed[-1]
    assert shell.run("prisoners", "agreed", agreed) == 0
    again = str(shell.home / "again.csv")
    kept = ["--keep", agreed, "--instead", "K-2=K-5", "-o", again]
    assert shell.run("prisoners", "draw", kaldria, sulmere, *free, "--without", "S-4,S-5", *kept) == 1
    assert shell.run("prisoners", "draw", kaldria, sulmere, *free, "--without", "S-4", "--without", "S-5", *kept) == 1
    assert shell.run("prisoners", "draw", kaldria, sulmere, *free, "--without", "S-4", *kept) == 0
    assert shell.run("prisoners", "agreed", again, "--before", agreed) == 0
    (shell.home / "instance.yaml").write_text(INSTANCE)
    plan = str(shell.home / "plan.csv")
    assert shell.run("prisoners", "plan", str(shell.home / "instance.yaml"), "-o", plan) == 0
    golden("prisoners-agreed.txt", shell.transcript)


def test_what_is_refused(shell: Shell, golden: Golden) -> None:
    kaldria, sulmere, agreed = files(shell)
    both = ["prisoners", "draw", str(kaldria), str(sulmere), "-o", str(agreed)]
    assert shell.run(*both, "--number", "6") == 1
    assert shell.run(*both, "--number", "tarn=6") == 1
    assert shell.run(*both, "--number", "1", "--uncounted", "brave") == 1
    assert shell.run(*both, "--number", "1", "--without", "K-99") == 1
    assert shell.run(*both, "--number", "kaldria=2", "--number", "sulmere=1") == 1
    assert shell.run(*both, "--number", "1", "--instead", "K-1=K-2") == 1
    assert shell.run("prisoners", "draw", str(kaldria), "--number", "1", "-o", str(agreed)) == 1
    assert not agreed.exists()
    sulmere.write_text(SULMERE.replace("S-2", "K-2"))
    assert shell.run(*both, "--number", "1") == 1
    sulmere.write_text(SULMERE.replace("S-1,sulmere,", "S-1,sulmere,wounded;severely wounded"))
    assert shell.run(*both, "--number", "1") == 1
    agreed.write_bytes(b"id,side,flow,categories\r\nK-1,kaldria,counted,\r\nS-1,sulmere,counted,minor;minor\r\n")
    assert shell.run("prisoners", "agreed", str(agreed)) == 1
    agreed.write_text("id,side\nK-1,kaldria\n")
    assert shell.run("prisoners", "agreed", str(agreed)) == 1
    assert shell.run("prisoners", "agreed", str(shell.home / "nothing.csv")) == 1
    golden("prisoners-agreed-refused.txt", shell.transcript)
