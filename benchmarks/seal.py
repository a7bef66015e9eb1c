"""Sealing and opening 10 MB through both layers with two of three holders, beside bare pyrage doing the same layers.

    PYTHONPATH=src:. .venv/bin/python benchmarks/seal.py

*Bare* is pyrage alone, on bytes already padded: two encryptions of the paper and twelve of a key, or the decryptions
that two holders and the counterpart do; no contexts, digests, signatures, header checks or proofs. Target: at most 1.5
times.
Medians of runs that take turns, so that other work on the machine meets both alike.
"""

from __future__ import annotations

import hashlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyrage

from goodoffices.record import signatures
from goodoffices.sealing import agekeys, escrow, layers, outers
from goodoffices.sealing.escrow import Given, Seal
from goodoffices.sealing.layers import Paper, Sealed
from goodoffices.sealing.terms import Terms
from tests.unit.sealing.cast import derived, identity, pen, recipient, terms

MEGABYTES = 10
RUNS = 9
TARGET = 1.5

CONTENT = hashlib.shake_128(b"paper").digest(MEGABYTES * 1024 * 1024)
TERMS: Terms = terms(bucket=16 * 1024 * 1024)
PADDED = CONTENT + bytes(TERMS.bucket - len(CONTENT))


def key(name: str) -> pyrage.x25519.Recipient:
    return pyrage.x25519.Recipient.from_str(recipient(name))


def secret(name: str) -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.from_str(identity(name))


def bare_seal() -> tuple[bytes, list[bytes]]:
    inner = pyrage.encrypt(PADDED, [key("brisko online"), key("brisko recovery")])
    e = pyrage.x25519.Identity.generate()
    outer = pyrage.encrypt(inner, [e.to_public()])
    chains = []
    for chain in escrow.chains(TERMS):
        content = f"{e}\n".encode()
        for code in reversed(chain.split(",")):
            content = pyrage.encrypt(content, [key(f"{code} online")])
        chains.append(content)
    return outer, chains


def bare_open(outer: bytes, chains: list[bytes]) -> bytes:
    """The chain h1,h2 by its two holders, who open all they can of the others and outer; then the counterpart."""
    first, second = pyrage.decrypt(chains[0], [secret("h1 online")]), pyrage.decrypt(chains[1], [secret("h1 online")])
    e = pyrage.x25519.Identity.from_str(pyrage.decrypt(first, [secret("h2 online")]).decode().strip())
    for chain in chains[2:4]:
        pyrage.decrypt(chain, [secret("h2 online")])
    assert second
    pyrage.decrypt(outer, [e])  # h2 opens it before it releases E
    inner = pyrage.decrypt(outer, [e])
    return pyrage.decrypt(inner, [secret("brisko online")])


def ours_seal() -> Sealed:
    paper = Paper(CONTENT, "conditions.pdf", "application/pdf")
    return layers.seal(TERMS, "aldane", paper, derived("salt")[:16], lambda m: signatures.sign_ssh(pen("aldane"), m))


def ours_open(made: Sealed) -> bytes:
    """Two holders peel, and the counterpart opens: every context, digest and signature checked."""
    seal = Seal("aldane", made.outer, made.escrow, outers.digest(made.outer))
    given: list[Given] = []
    for holder in ("h1", "h2"):
        own = agekeys.identity(identity(f"{holder} online"))
        given.append(Given(holder, {"aldane": escrow.peel(TERMS, holder, seal, given, own)}))
    e = escrow.secret(TERMS, "aldane", given)
    assert e is not None
    digest, inner = outers.open_outer(TERMS, "aldane", made.outer, e)
    own = agekeys.identity(identity("brisko online"))
    return layers.open_inner(TERMS, "aldane", digest, inner, [own]).content


def medians(*works: Callable[[], object]) -> list[float]:
    """Seconds of each, in turns."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(RUNS):
        for one, work in zip(taken, works, strict=True):
            start = time.perf_counter()
            work()
            one.append(time.perf_counter() - start)
    return [statistics.median(one) for one in taken]


def told(what: str, ours: float, bare: float) -> bool:
    ratio = ours / bare
    print(f"{what:<24} {ours * 1000:8.1f} ms   bare pyrage {bare * 1000:8.1f} ms   ratio {ratio:.2f}")
    return ratio <= TARGET


def main() -> int:
    made, (outer, chains) = ours_seal(), bare_seal()
    assert ours_open(made) == CONTENT
    assert bare_open(outer, chains) == PADDED
    seal, bare_s, opened, bare_o = medians(
        ours_seal, bare_seal, lambda: ours_open(made), lambda: bare_open(outer, chains)
    )
    print(f"{MEGABYTES} MB in a bucket of {TERMS.bucket // 1024 // 1024} MiB, 2 of 3 holders, medians of {RUNS}")
    held = [told("seal", seal, bare_s), told("open", opened, bare_o), told("both", seal + opened, bare_s + bare_o)]
    print(f"Target for both: at most {TARGET}")
    commands()
    return 0 if held[-1] else 1


def commands() -> None:
    """The same as whole commands, beside a bare program that reads, seals and writes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run = lambda *words: _run(folder, str(Path(sys.executable).with_name("goodoffices")), *words)  # noqa: E731
        for who in ("aldane", "brisko", "h1", "h2", "h3"):
            run("keys", "new", who, "-o", ".", "--no-passphrase")
        sides = [f"--side={who}.pub.json" for who in ("aldane", "brisko")]
        holders = [f"--holder={who}.pub.json" for who in ("h1", "h2", "h3")]
        run(
            "exchange",
            "new",
            *sides,
            *holders,
            "--deadline",
            "2099-01-01T00:00Z",
            "--bucket",
            str(TERMS.bucket),
            "-o",
            "0",
        )
        for number, who in enumerate(("aldane", "brisko", "h1", "h2", "h3")):
            run("exchange", "agree", str(number), "--as", who, "--key", f"{who}.ssh", "-o", str(number + 1))
        (folder / "paper.pdf").write_bytes(CONTENT)
        (folder / "bare.py").write_text(BARE)

        def ours() -> None:
            (folder / "a.sealed").unlink(missing_ok=True)
            run("seal", "paper.pdf", "--exchange", "5", "--side", "aldane", "--key", "aldane.ssh", "-o", "a.sealed")

        mine, bare = medians(ours, lambda: _run(folder, sys.executable, "bare.py", recipient("x"), recipient("y")))
    told("seal, whole command", mine, bare)


BARE = """
import pathlib, sys, pyrage
keys = [pyrage.x25519.Recipient.from_str(k) for k in sys.argv[1:]]
paper = pathlib.Path("paper.pdf").read_bytes()
inner = pyrage.encrypt(paper + bytes(16 * 1024 * 1024 - len(paper)), keys)
e = pyrage.x25519.Identity.generate()
pathlib.Path("bare.age").write_bytes(pyrage.encrypt(inner, [e.to_public()]))
for _ in range(12):
    pyrage.encrypt(str(e).encode(), keys[:1])
"""


def _run(folder: Path, *words: str) -> None:
    subprocess.run(words, cwd=folder, check=True, capture_output=True)


if __name__ == "__main__":
    sys.exit(main())
