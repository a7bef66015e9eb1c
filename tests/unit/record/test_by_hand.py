"""docs/verify-by-hand.md is followed to the letter, by a sceptic who has nothing of ours."""

import re
import subprocess
import sys
from pathlib import Path

import pyrage
import pytest

from tests.unit.record import specimen
from tests.unit.record.specimen import OTHER_LOG, forged, members, with_lines, zipped

GUIDE = (Path(__file__).parents[3] / "docs" / "verify-by-hand.md").read_text()
SHELL = "set -e\n" + "\n".join(re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL))
PROGRAM = re.search(r"```python\n(.*?)```", GUIDE, re.DOTALL)


def follow(folder: Path, bundle: bytes, encrypted: bool = False) -> subprocess.CompletedProcess[str]:
    """Everything in the guide, in order, in an empty folder."""
    assert PROGRAM is not None
    (folder / "check.py").write_text(PROGRAM[1])
    python = folder / "bin" / "python3"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\nexec {sys.executable} -W error "$@"\n')
    python.chmod(0o755)
    if encrypted:
        identity = pyrage.x25519.Identity.generate()
        (folder / "my.key").write_text(f"{identity}\n")
        (folder / "bundle.zip.age").write_bytes(pyrage.encrypt(bundle, [identity.to_public()]))
    else:
        (folder / "bundle.zip").write_bytes(bundle)
    return subprocess.run(
        ["bash", "-c", SHELL],
        cwd=folder,
        env={"PATH": f"{python.parent}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("encrypted", [False, True])
def test_the_steps_accept_an_honest_bundle_and_check_every_ssh_signature(tmp_path: Path, encrypted: bool) -> None:
    done = follow(tmp_path, specimen.specimen(), encrypted)
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[0] == f"24 entries, one history, signed by the log of {specimen.ORIGIN}"
    assert [line.partition(" signature for ")[2].split(" ")[0] for line in said[1:]] == [specimen.ANNA] * 4


def exchanged(folder: str) -> bytes:
    name = next(n for n in members() if n.startswith(folder))
    return zipped(members() | {name: members()[name] + b"x"})


FORGED_SIGNATURE = specimen.make()
FORGED_SIGNATURE.enter("presence-declined", {"why": None}, specimen.A, sign=specimen.by_pen("forger"))


@pytest.mark.parametrize(
    ("bundle", "says"),
    [
        (exchanged("particulars"), "exchanged: particulars/"),
        (exchanged("signatures"), "exchanged: signatures/"),
        (with_lines(specimen.lines()[:-1]), "the checkpoint is of another history"),
        (with_lines([*specimen.lines()[:3], *specimen.lines()[4:]]), "entry 3 is not canonical, or out of order"),
        (forged(specimen.edited(2, lambda e: e["body"].update(more=1))), "entry 3 was signed on another history"),
        (forged(specimen.lines(), key=OTHER_LOG), "InvalidSignature"),
        (FORGED_SIGNATURE.bundle(), "NoMatchingPrincipal|no principal matched|Could not verify|Signature verification"),
    ],
)
def test_the_steps_refuse_a_bundle_that_was_tampered_with(tmp_path: Path, bundle: bytes, says: str) -> None:
    done = follow(tmp_path, bundle)
    assert done.returncode != 0
    assert re.search(says, done.stdout + done.stderr)
