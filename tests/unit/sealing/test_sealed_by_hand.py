"""docs/sealed-by-hand.md is followed to the letter, by a sceptic who has nothing of ours."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from goodoffices.sealing import bundle
from goodoffices.sealing.bundle import Dossier
from goodoffices.sealing.layers import Paper, Sealed
from goodoffices.sealing.terms import Terms
from tests.unit.sealing.cast import holder, identity, terms
from tests.unit.sealing.dossier import agreed, release, seal
from tests.unit.sealing.sealed import PAPER
from tests.unit.sealing.sealed import seal as seal_paper

GUIDE = (Path(__file__).parents[3] / "docs" / "sealed-by-hand.md").read_text(encoding="utf-8")
SHELL = "\n".join(re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL))

Files = dict[str, bytes]


@lru_cache
def exchange() -> Terms:
    return terms(holders=tuple(holder(name) for name in ("host", "corran", "rusk")))


def made(brisko: Sealed | None = None) -> Files:
    """The folder of the guide, as an honest exchange leaves it."""
    t = exchange()
    dossier = agreed(t)
    seal(dossier, "aldane", seal_paper("aldane", t=t))
    slip = seal(dossier, "brisko", brisko or seal_paper("brisko", t=t))
    first = release(dossier, "corran")
    second = release(dossier, "host", first)
    sealed, files = io.BytesIO(), dict[str, bytes]()
    bundle.write_sealed(sealed, slip, dossier.seals["brisko"].outer, dossier.seals["brisko"].escrow)
    files["EXCHANGE.json"] = exchange_file(dossier)
    files["brisko.sealed"] = sealed.getvalue()
    files["corran.json"], files["host.json"] = first[0].encoded(), second[0].encoded()
    return files | {f"{name}.age": f"{identity(f'{name} online')}\n".encode() for name in ("aldane", "corran")}


def exchange_file(dossier: Dossier) -> bytes:
    return bundle.write_exchange(dossier.terms, [s for s in dossier.slips.values() if s.kind == "exchange-agreed"])


@pytest.fixture(scope="module")
def honest() -> Files:
    return made()


def follow(folder: Path, files: Files) -> subprocess.CompletedProcess[str]:
    for name, content in files.items():
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o600)
    return subprocess.run(
        ["bash", "-c", SHELL],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_steps_open_a_paper_and_check_everything_about_it(tmp_path: Path, honest: Files) -> None:
    done = follow(tmp_path, honest)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "paper").read_bytes() == PAPER["brisko"].content
    said = [line for line in done.stdout.splitlines() if not line.startswith("Good ")]
    assert said == [
        f"exchange {exchange().id[:20]}",
        f"the paper of brisko, {len(PAPER['brisko'].content)} bytes",
        "the chain corran,host is as it should be",
        "the chain corran,rusk is as it should be",
    ]


def test_the_recovery_key_does_it_too(tmp_path: Path, honest: Files) -> None:
    done = follow(tmp_path, honest | {"aldane.age": f"{identity('aldane recovery')}\n".encode()})
    assert done.returncode == 0, done.stderr


def test_what_the_command_line_sealed_opens_by_hand(tmp_path: Path, honest: Files) -> None:
    """The largest bucket that is quick to run: the steps do not depend on a size."""
    paper = Paper(bytes(range(256)) * 250 + b"\n", "a.bin", "application/octet-stream")
    done = follow(tmp_path, made(seal_paper("brisko", paper, exchange())))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "paper").read_bytes() == paper.content


def in_tar(change: Callable[[bytes], bytes], name: str) -> Callable[[Files], Files]:
    """The files with one member of the sealed file changed."""
    import tarfile

    def tamper(files: Files) -> Files:
        file = io.BytesIO()
        with (
            tarfile.open(fileobj=io.BytesIO(files["brisko.sealed"])) as old,
            tarfile.open(fileobj=file, mode="w") as new,
        ):
            for member in old.getmembers():
                content = old.extractfile(member).read()  # type: ignore[union-attr]  # every member is a file
                content = change(content) if member.name == name else content
                info = tarfile.TarInfo(member.name)
                info.size = len(content)
                new.addfile(info, io.BytesIO(content))
        return files | {"brisko.sealed": file.getvalue()}

    return tamper


def lying_host(files: Files) -> Files:
    """A host that gives out another key than the one it found."""
    return files | {
        "host.json": re.sub(rb"corran,host \S+", b"corran,host QUdFLVNFQ1JFVC1LRVktMVEK", files["host.json"])
    }


def false_seal(files: Files) -> Files:
    return made(seal_paper("brisko", t=exchange(), pen_of="stranger"))


def other_exchange(files: Files) -> Files:
    return files | {"EXCHANGE.json": exchange_file(agreed(terms(nonce="00" * 16, holders=exchange().holders)))}


@pytest.mark.parametrize(
    ("tamper", "stops_at"),
    [
        (in_tar(lambda raw: raw[:5000] + b"x" + raw[5001:], "outer.age"), "peels"),
        (in_tar(lambda raw: raw.replace(b"host", b"rusk", 1), "escrow.txt"), "peels"),
        (in_tar(lambda raw: raw.replace(b"2030-01-15", b"2030-01-14"), "slip.json"), "peels"),
        (lying_host, "outer.plain"),
        (false_seal, "NOTHING"),
        (other_exchange, "peels"),
        (lambda files: files | {"aldane.age": f"{identity('host online')}\n".encode()}, "inner.plain"),
        (lambda files: files | {"corran.age": f"{identity('host online')}\n".encode()}, "NOTHING"),
    ],
)
def test_the_steps_refuse_what_was_tampered_with(
    tmp_path: Path, honest: Files, tamper: Callable[[Files], Files], stops_at: str
) -> None:
    """``stops_at``: the first file that is never written."""
    done = follow(tmp_path, tamper(honest))
    assert done.returncode != 0
    order = ["terms", "brisko.keys", "slip", "peels", "outer.key", "outer.plain", "inner.age", "inner.plain", "paper"]
    written = [name for name in order if (tmp_path / name).exists()]
    assert (order[len(written)] if len(written) < len(order) else "NOTHING") == stops_at
