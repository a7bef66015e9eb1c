"""Exports encrypted to whoever is to have them, and two histories of one room set side by side."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pyrage
import pytest

from tests.cli.shell import Shell
from tests.people import HOST, SIDE_A, SIDE_B, Round, open_round

ISTANBUL = "examples/istanbul-2025.yaml"


@pytest.fixture
def replayed(shell: Shell) -> Shell:
    assert shell.run("replay", ISTANBUL) == 0
    return shell


def export(shell: Shell, output: Path, *more: str) -> bytes:
    assert shell.run("record", "export", "istanbul-2025", "plenary", "-o", str(output), *more) == 0
    return output.read_bytes()


def test_an_export_to_an_age_key_opens_with_that_key_alone(replayed: Shell, tmp_path: Path) -> None:
    ours, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    plain = export(replayed, tmp_path / "plain.zip")
    sealed = export(replayed, tmp_path / "sealed.age", "--to", str(ours.to_public()))
    assert pyrage.decrypt(sealed, [ours]) == plain
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [other])


def test_an_export_to_an_ssh_key_opens_with_debians_age(replayed: Shell, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    plain = export(replayed, tmp_path / "plain.zip")
    export(replayed, tmp_path / "sealed.age", "--to", key.with_suffix(".pub").read_text().strip())
    opened = subprocess.run(["age", "-d", "-i", key, tmp_path / "sealed.age"], capture_output=True, check=True)
    assert opened.stdout == plain


def test_a_recipient_that_is_none_is_refused_and_nothing_written(replayed: Shell, tmp_path: Path) -> None:
    output = tmp_path / "sealed.age"
    code = replayed.run("record", "export", "istanbul-2025", "plenary", "-o", str(output), "--to", "age1nobody")
    assert code in {1, 2}
    assert not output.exists()
    assert "Traceback" not in replayed.transcript


def bundle(talks: Round, path: Path) -> Path:
    with path.open("wb") as file:
        talks.view(SIDE_A, "plenary").export(file)
    return path


def test_two_histories_are_told_apart_where_they_part(shell: Shell, tmp_path: Path) -> None:
    worlds = [open_round(), open_round()]
    for talks in worlds:
        talks.do(HOST, "plenary", "call-meeting", code="first")
    early = bundle(worlds[0], tmp_path / "early.zip")
    parting = worlds[0].view(HOST, "plenary").size
    worlds[0].do(SIDE_A, "plenary", "make-request", to="side-b", words="Shown to side A")
    worlds[1].do(SIDE_B, "plenary", "make-request", to="side-a", words="Shown to side B")
    ours, theirs = (bundle(talks, tmp_path / f"{n}.zip") for n, talks in enumerate(worlds))
    assert shell.run("record", "compare", str(early), str(ours)) == 0
    assert shell.run("record", "compare", str(ours), str(theirs)) == 1
    assert f"entry {parting}" in shell.transcript.lower()
