"""How fast a bundle is verified: 100,000 entries of 1 KB, from the file on disk to the report.

Three bundles, since what entries carry decides the figure:

- plain: no signatures, no particulars
- signed: 1 % of the entries signed by SSH keys (Ed25519), and checked
- full: as signed, and every tenth entry cites a particular of 400 bytes of words, which is there and checked

Every entry is an act of its own by one of 20 seated delegates; bodies hold ids, codes, references and citations, and
are padded with references so that the canonical bytes of an entry are 1,000 to 1,050. The file is in the page cache.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from goodoffices.record import bundles, checkpoints, entries, signatures, tree
from goodoffices.record.entries import Author, Base, Header, Signed
from goodoffices.record.particulars import Particular
from goodoffices.record.verify import verify

ENTRIES = 100_000
BYTES = 1000
PEOPLE = 20
SIGNED_EVERY, CITED_EVERY = 100, 10
WORDS = 400
GOAL = 100_000  # entries a second


def digest(*what: object) -> str:
    return hashlib.sha256("/".join(map(str, what)).encode()).hexdigest()


TALKS, ROOM, HOST, SIDE = (digest(name)[:32] for name in ("talks", "room", "host", "side"))
LOG_KEY = checkpoints.LogKey.from_seed(bytes(range(32)))


@dataclass
class Made:
    """A record under construction. Nothing here is quick or safe; it only has to be right."""

    signed: bool
    cited: bool
    frontier: tree.Frontier = field(default_factory=tree.Frontier)
    leaves: list[bytes] = field(default_factory=list)
    particulars: dict[str, Particular] = field(default_factory=dict)
    signatures: dict[str, bytes] = field(default_factory=dict)

    def lines(self, count: int) -> Iterator[bytes]:
        for seq in range(count):
            line = self._line(seq)
            leaf = tree.leaf_hash(line)
            self.frontier = self.frontier.append(leaf)
            self.leaves.append(leaf)
            yield line

    def _line(self, seq: int) -> bytes:
        person = digest("person", seq % PEOPLE)[:32]
        kind, body = ("room-opened", opened()) if seq == 0 else self._body(seq)
        header = Header(
            TALKS, ROOM, seq, time_of(seq), kind, digest("act", seq)[:32], Author(person, HOST if seq == 0 else SIDE)
        )
        if seq == 0:
            header = Header(TALKS, ROOM, 0, time_of(0), kind, header.act, Author(digest("host")[:32], HOST))
        if kind == "presence-consented":
            header = self._sign(header, body, pen(seq % PEOPLE))
        return entries.encode(header, body)

    def _body(self, seq: int) -> tuple[str, dict[str, object]]:
        sign = self.signed and seq % SIGNED_EVERY == 0
        body: dict[str, object] = {
            "proposal": "e:" + digest("proposal", seq),
            "delegation": SIDE,
            "degree": "in-principle",
        }
        if self.cited and seq % CITED_EVERY == 0:
            made = Particular(bytes.fromhex(digest("salt", seq)[:32]), (digest("words", seq) * 7)[:WORDS].encode())
            self.particulars[made.citation] = made
            body["reason"] = made.citation
        about: list[str] = []
        body["about"] = about
        while len(entries.encode(_sample(seq, sign), body)) < BYTES:
            about.append("e:" + digest("about", seq, len(about)))
        return ("presence-consented" if sign else "request-made"), body

    def _sign(self, header: Header, body: dict[str, object], private: Ed25519PrivateKey) -> Header:
        base = Base(header.seq, self.frontier.root().hex())
        payload = signatures.payload(TALKS, ROOM, header.act, header.kind, body, {"size": base.size, "root": base.root})
        stored = signatures.sign_ssh(private, payload)
        self.signatures[signatures.digest(stored)] = stored
        signed = Signed(base, signatures.digest(stored))
        return Header(TALKS, ROOM, header.seq, header.at, header.kind, header.act, header.author, signed=signed)


def _sample(seq: int, signed: bool) -> Header:
    stub = Signed(Base(seq, "0" * 64), "0" * 64) if signed else None
    return Header(TALKS, ROOM, seq, time_of(0), "request-made", TALKS, Author(TALKS, TALKS), signed=stub)


def time_of(seq: int) -> str:
    minutes, seconds = divmod(seq, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return f"2030-01-{days + 1:02}T{hours:02}:{minutes:02}:{seconds:02}.000Z"


def pen(number: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(digest("pen", number)))


def opened() -> dict[str, object]:
    from goodoffices.record import sshsig

    def delegate(person: str, delegation: str, keys: list[dict[str, str]]) -> dict[str, object]:
        return {"id": person, "delegation": delegation, "name": None, "keys": keys}

    people = [
        delegate(digest("person", n)[:32], SIDE, [{"type": "ssh", "key": str(sshsig.public_key(pen(n)))}])
        for n in range(PEOPLE)
    ]
    return {
        "kind": "format",
        "name": "room",
        "talks_name": "talks",
        "talks": TALKS,
        "title": None,
        "host": HOST,
        "delegations": [
            {"id": HOST, "role": "host", "code": "host", "name": "p:" + digest("name")},
            {"id": SIDE, "role": "party", "code": "side", "name": "p:" + digest("name")},
        ],
        "delegates": [delegate(digest("host")[:32], HOST, []), *people],
        "log": {"origin": f"host.test/{ROOM}", "key": _base64(LOG_KEY.public)},
    }


def _base64(raw: bytes) -> str:
    import base64

    return base64.b64encode(raw).decode()


def write(path: Path, count: int, signed: bool, cited: bool) -> Made:
    made = Made(signed, cited)
    lines = list(made.lines(count))
    checkpoint = checkpoints.Checkpoint(f"host.test/{ROOM}", count, made.frontier.root())
    contents = bundles.Contents(
        talks=TALKS,
        room=ROOM,
        origin=checkpoint.origin,
        size=count,
        checkpoint=checkpoints.sign(checkpoint, LOG_KEY),
        lines=lines,
        leaves=made.leaves,
        particulars=lambda wanted: {c: made.particulars[c] for c in wanted if c in made.particulars},
        signatures=lambda wanted: {d: made.signatures[d] for d in wanted},
    )
    with path.open("wb") as file:
        bundles.write(file, contents)
    return made


def measure(path: Path, processes: int | None, runs: int) -> tuple[float, float]:
    """Median seconds of wall clock, and of processor time of this process and its workers together."""
    walls, processor = [], []
    for _ in range(runs):
        began, used = time.perf_counter(), sum(os.times()[:4])
        verify(path, processes=processes)
        walls.append(time.perf_counter() - began)
        processor.append(sum(os.times()[:4]) - used)
    return statistics.median(walls), statistics.median(processor)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    print(f"{options.entries:,} entries of {BYTES:,} bytes; median of {options.runs}; load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        for name, signed, cited in (("plain", False, False), ("signed", True, False), ("full", True, True)):
            path = Path(folder, name + ".zip")
            made = write(path, options.entries, signed, cited)
            for processes, said in ((None, "all processors"), (1, "one process")):
                took, used = measure(path, processes, options.runs)
                print(
                    f"{name:7} {len(made.signatures):6,} signatures {len(made.particulars):7,} particulars  {said:15}"
                    f" {took:6.2f} s (processor {used:5.2f} s) {options.entries / took:9,.0f} entries/s"
                    f"  (goal {GOAL:,})"
                )


if __name__ == "__main__":
    main()
