"""``goodoffices prisoners handover``: stages from files, what opens one again, and a statement signed by hand."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.golden import Golden

PLAN = """person,side,stage,day,point,bus,place,group
K-1,kaldria,1,2030-05-01,bridge,1,seat,
K-2,kaldria,1,2030-05-01,bridge,1,stretcher,
S-1,sulmere,1,2030-05-01,bridge,1,seat,
S-2,sulmere,1,2030-05-01,bridge,1,seat,
K-3,kaldria,2,2030-05-02,ford,1,seat,
S-3,sulmere,2,2030-05-02,ford,1,seat,
"""
FIRST = """by,stage,number,what,device,counter,claimed
neutral,1,K-1,boarded,a1,1,2030-05-01T08:00:00Z
neutral,1,K-1,received,a1,2,2030-05-01T10:00:00Z
neutral,1,K-2,refused-at-point,a1,3,2030-05-01T10:02:00Z
neutral,1,S-1,received,a1,4,2030-05-01T10:05:00Z
neutral,1,S-1,received,a1,4,2030-05-01T10:05:00Z
sulmere,1,S-2,not-produced,,,
"""
LATE = """{"by": "sulmere", "stage": 1, "number": "K-2", "what": "received", "device": "b1", "counter": 1}
{"by": "neutral", "stage": 2, "number": "S-3", "what": "died", "device": "a1", "counter": 9}
{"by": "neutral", "stage": 2, "point": "bridge", "number": "K-3", "what": "boarded", "device": "a1", "counter": 10}
"""
BACK = '{"by":"sulmere","stage":1,"number":"K-2","what":"taken-back","device":"b1","counter":2,"corrects":"b1/1"}\n'


@pytest.fixture(name="files")
def in_files(shell: Shell) -> Shell:
    (shell.home / "plan.csv").write_text(PLAN)
    (shell.home / "seen.csv").write_text(FIRST)
    return shell


def run(shell: Shell, *options: str, seen: str = "seen.csv") -> int:
    return shell.run("prisoners", "handover", str(shell.home / "plan.csv"), str(shell.home / seen), *options)


def test_a_stage_is_signed_opened_again_and_signed_anew(files: Shell, golden: Golden) -> None:
    statements, signed = files.home / "to-sign", files.home / "signed.csv"
    assert run(files, "--statements", str(statements)) == 0
    digest = hashlib.sha256((statements / "stage-1.json").read_bytes()).hexdigest()
    files.printed.append((statements / "stage-1.json").read_text() + "\n\n")
    signed.write_text("by,stage,digest\n" + "".join(f"{by},1,{digest}\n" for by in ("kaldria", "sulmere", "neutral")))
    assert run(files, "--countersigned", str(signed)) == 0
    lines = FIRST.splitlines()
    rows = [dict(zip(lines[0].split(","), line.split(","), strict=True)) for line in lines[1:]]
    early = "".join(str(row).replace("'", '"') + "\n" for row in rows)
    (files.home / "late.jsonl").write_text(early + LATE)
    assert run(files, "--countersigned", str(signed), seen="late.jsonl") == 0
    (files.home / "back.jsonl").write_text(early + LATE + BACK)
    assert run(files, "--countersigned", str(signed), seen="back.jsonl") == 0
    golden("handover.txt", files.transcript)


def test_what_cannot_be_used_is_said_all_at_once(files: Shell, golden: Golden) -> None:
    bad = "by,stage,number,what,device,counter,claimed,point,corrects\n"
    bad += "neutral,1,K-9,received,,,,,\nneutral,7,K-1,received,,,,,\nneutral,1,K-1,gone,,,,,\n,1,K-1,received,,,,,\n"
    bad += "neutral,1,K-1,received,a1,,,,\nneutral,1,K-1,received,,,yesterday,,\nneutral,1,K-1,received,,,,moon,\n"
    bad += "neutral,1,K-1,taken-back,,,,,\nneutral,1,K-3,received,,,,,\nneutral,1,K-1,received,a1,1,,,\n"
    bad += "neutral,1,K-2,died,a1,1,,,\nneutral,1,K-2,died,a1,2,,,a1\n"
    (files.home / "bad.csv").write_text(bad)
    (files.home / "signed.csv").write_text("by,stage,digest\nnobody,1,0\nneutral,9,0\nneutral,1,0\n")
    assert run(files, "--countersigned", str(files.home / "signed.csv"), seen="bad.csv") == 1
    for name, text in (
        ("list.jsonl", "{}\n[1]\n"),
        ("torn.jsonl", '{"by": \n'),
        ("short.csv", "by,stage\nneutral,1\n"),
    ):
        (files.home / name).write_text(text)
        assert run(files, seen=name) == 1
    assert run(files, seen="no-such.csv") == 1
    assert run(files, "--done", "1") == 1
    assert files.run("prisoners", "handover", str(files.home / "seen.csv"), str(files.home / "seen.csv")) == 1
    golden("handover-refused.txt", files.transcript)


def test_a_stage_carried_out_under_the_plan_before_stays_as_it_was(files: Shell, golden: Golden) -> None:
    again = PLAN.replace("K-2,kaldria,1,2030-05-01,bridge", "K-2,kaldria,2,2030-05-02,ford")
    (files.home / "again.csv").write_text(again.replace("2030-05-02", "2030-05-04"))
    plan, before = str(files.home / "again.csv"), str(files.home / "plan.csv")
    seen = str(files.home / "seen.csv")
    assert files.run("prisoners", "handover", plan, seen, "--after", before, "--done", "1") == 0
    golden("handover-again.txt", files.transcript)


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
def test_a_statement_is_signed_and_checked_by_hand(files: Shell) -> None:
    """As docs/design/handover.md says, word for word."""
    assert run(files, "--statements", str(files.home / "to-sign")) == 0
    key, statement = files.home / "key", files.home / "to-sign" / "stage-1.json"
    by_hand("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(key))
    by_hand("ssh-keygen", "-q", "-Y", "sign", "-n", "handover@goodoffices", "-f", str(key), str(statement))
    allowed = files.home / "signers"
    allowed.write_text("kaldria " + Path(f"{key}.pub").read_text())
    check = ["ssh-keygen", "-Y", "verify", "-n", "handover@goodoffices", "-I", "kaldria", "-f", str(allowed)]
    done = by_hand(*check, "-s", f"{statement}.sig", given=statement.read_bytes())
    assert "Good" in done


def by_hand(*command: str, given: bytes | None = None) -> str:
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout.decode()
