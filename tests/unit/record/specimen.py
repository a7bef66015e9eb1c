"""A small record with everything a verifier looks at, made by hand, and the means to tamper with its bundle.

``specimen()`` is honest. ``forged(lines)`` is what a host with the log key could make: hashed and signed anew.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace

from goodoffices.record import bundles, canonical, checkpoints, entries, logkeys, signatures, sshsig, tree
from goodoffices.record.checkpoints import LogKey
from goodoffices.record.entries import Author, Base, Header, Signed
from goodoffices.record.particulars import Particular
from tests.authenticator import Authenticator

HOST, SIDE_A, SIDE_B, THIRD = ("%032x" % (0xD0 + n) for n in range(4))
ENVOY, ANNA, BORIS, CLARA, LATE = ("%032x" % (0xAA0 + n) for n in range(5))
TALKS, ROOM = "71" * 16, "72" * 16
ORIGIN = f"host.test/{ROOM}"
OLD_LOG, NEW_LOG, OTHER_LOG = (LogKey.from_seed(bytes([n]) * 32) for n in (1, 2, 3))
PASSKEY = Authenticator(b"boris")


def pen(name: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())


def ssh(name: str) -> dict[str, str]:
    return {"type": "ssh", "key": str(sshsig.public_key(pen(name)))}


def by_pen(name: str) -> Callable[[bytes], bytes]:
    return lambda payload: signatures.sign_ssh(pen(name), payload)


def by_passkey(payload: bytes) -> bytes:
    return signatures.store_assertion(PASSKEY.key["id"], PASSKEY.sign(signatures.challenge(payload)))


@dataclass
class Maker:
    """Makes a record entry by entry, without any rule: what it makes is right only if its caller is."""

    log_key: LogKey = OLD_LOG
    lines: list[bytes] = field(default_factory=list)
    particulars: dict[str, bytes] = field(default_factory=dict)
    signatures: dict[str, bytes] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    acts: int = 0

    @property
    def leaves(self) -> list[bytes]:
        return [tree.leaf_hash(line) for line in self.lines]

    def root(self, size: int | None = None) -> bytes:
        return tree.Pyramid(self.leaves).root(size)

    def ref(self, seq: int) -> str:
        return "e:" + self.leaves[seq].hex()

    def words(self, text: str) -> str:
        made = Particular(hashlib.sha256(f"salt {len(self.lines)} {text}".encode()).digest()[:16], text.encode())
        self.particulars[made.citation[2:]] = made.salt + made.content
        return made.citation

    def enter(
        self,
        kind: str,
        body: Mapping[str, Any],
        author: tuple[str, str] = (ENVOY, HOST),
        behalf: str | None = None,
        sign: Callable[[bytes], bytes] | None = None,
        same_act: bool = False,
        **changes: Any,
    ) -> int:
        """Enter one entry and return its seq. ``sign`` takes the payload and gives the stored form."""
        seq = len(self.lines)
        self.acts += not same_act
        header = Header(
            TALKS, ROOM, seq, f"2030-01-15T09:{seq // 60:02}:{seq % 60:02}.000Z", kind, f"{self.acts:032x}",
            Author(*author), behalf,
        )  # fmt: skip
        header = replace(header, **changes)
        if sign is not None:
            base = Base(seq, self.root().hex())
            payload = signatures.payload(
                header.talks, header.room, header.act, kind, body, {"size": base.size, "root": base.root}
            )
            stored = sign(payload)
            self.signatures[signatures.digest(stored)] = stored
            header = replace(header, signed=Signed(base, signatures.digest(stored)))
        self.lines.append(entries.encode(header, body))
        return seq

    def note(self) -> str:
        return checkpoints.sign(checkpoints.Checkpoint(ORIGIN, len(self.lines), self.root()), self.log_key)

    def members(self) -> dict[str, bytes]:
        """The members of the bundle, in their order."""
        manifest = {
            "format": bundles.FORMAT, "talks": TALKS, "room": ROOM, "origin": ORIGIN, "size": len(self.lines),
            "absent": sorted(self.absent),
        }  # fmt: skip
        kept = {d: c for d, c in sorted(self.particulars.items()) if d not in self.absent}
        return {
            "checkpoint": self.note().encode(),
            "entries.jsonl": b"".join(line + b"\n" for line in self.lines),
            "leaves": b"".join(self.leaves),
            **{f"particulars/{digest}": content for digest, content in kept.items()},
            **{f"signatures/{digest}": stored for digest, stored in sorted(self.signatures.items())},
            "manifest.json": canonical.encode(manifest),
        }

    def bundle(self) -> bytes:
        return zipped(self.members())


def zipped(members: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    """Members in a zip file as ``bundles.write`` makes it."""
    file = io.BytesIO()
    pairs = members.items() if isinstance(members, Mapping) else members
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in pairs:
            archive.writestr(zipfile.ZipInfo(name), content)
    return file.getvalue()


def delegate(person: str, delegation: str, *keys: dict[str, str], name: str | None = None) -> dict[str, Any]:
    return {"id": person, "delegation": delegation, "name": name, "level": "minister", "keys": list(keys)}


def delegation(id: str, role: str, code: str, name: str) -> dict[str, str]:
    return {"id": id, "role": role, "code": code, "name": name}


def opened(maker: Maker) -> dict[str, Any]:
    return {
        "kind": "plenary",
        "name": "plenary",
        "talks_name": "specimen",
        "talks": TALKS,
        "title": maker.words("Specimen"),
        "host": HOST,
        "delegations": [
            delegation(HOST, "host", "host", maker.words("The host")),
            delegation(SIDE_A, "party", "side-a", maker.words("Side A")),
            delegation(SIDE_B, "party", "side-b", maker.words("Side B")),
        ],
        "delegates": [
            delegate(ENVOY, HOST, name=maker.words("The envoy")),
            delegate(ANNA, SIDE_A, ssh("anna"), name=maker.words("Anna")),
        ],
        "log": {"origin": ORIGIN, "key": checkpoints._base64(OLD_LOG.public)},
        "continues": {"origin": "host.test/" + "99" * 16, "size": 12, "root": "ab" * 32},
    }


A, B = (ANNA, SIDE_A), (BORIS, SIDE_B)


def make() -> Maker:
    """The specimen. Its seqs are named in the tests that use them."""
    m = Maker()
    m.enter("room-opened", opened(m))  # 0
    m.enter("delegate-accredited", {"delegate": delegate(BORIS, SIDE_B, PASSKEY.key, name=m.words("Boris"))})  # 1
    m.enter("ground-rules-proposed", {"rules": m.words("Nothing is quoted.")})  # 2
    m.enter("ground-rules-agreed", {"proposal": m.ref(2)}, A, sign=by_pen("anna"))  # 3
    m.enter("ground-rules-agreed", {"proposal": m.ref(2)}, B, sign=by_passkey)  # 4
    m.enter("request-made", {"words": m.words("Open the road.")}, behalf=SIDE_A)  # 5
    m.enter("minute-confirmed", {"entry": m.ref(5)}, A, sign=by_pen("anna"))  # 6
    m.enter("request-made", {"words": m.words("Close the road.")}, behalf=SIDE_B)  # 7
    m.enter("minute-objected", {"entry": m.ref(7), "reason": m.words("Never said.")}, B, sign=by_passkey)  # 8
    m.enter("request-made", {"words": m.words("Meet again.")}, behalf=SIDE_B)  # 9
    m.enter(
        "key-named", {"delegate": ANNA, "key": ssh("anna 2"), "replaces": ssh("anna")}, A, sign=by_pen("anna")
    )  # 10
    m.enter("delegation-admitted", {"delegation": delegation(THIRD, "third-party", "third", m.words("Third"))})  # 11
    m.enter("delegate-accredited", {"delegate": delegate(CLARA, THIRD)}, same_act=True)  # 12
    m.enter("statement-made", {"words": m.words("Good morning.")}, (CLARA, THIRD))  # 13
    m.enter("delegation-removed", {"delegation": THIRD, "reason": None})  # 14
    m.enter("something-new", {"unheard": ["of", 7, None, True], "words": m.words("“Новое”")}, A)  # 15
    m.enter("presence-consented", {"proposal": m.ref(13)}, A, sign=by_pen("anna 2"))  # 16
    erased = m.words("A private address")
    m.enter("statement-made", {"words": erased}, A)  # 17
    m.enter("particulars-erased", {"entry": m.ref(17), "particulars": [erased], "reason": "personal-data"})  # 18
    del m.particulars[erased[2:]]
    m.enter("log-key-replaced", logkeys.replaced(ORIGIN, OLD_LOG, NEW_LOG))  # 19
    m.log_key = NEW_LOG
    m.enter("statement-made", {"words": (gone := m.words("Erased later"))}, A)  # 20
    m.absent.append(gone[2:])
    m.enter("delegate-withdrawn", {"delegate": BORIS, "reason": None})  # 21
    m.enter("room-closed", {"reason": None})  # 22
    m.enter("delegate-withdrawn", {"delegate": ANNA, "reason": None})  # 23
    return m


@cache
def tiny() -> dict[str, bytes]:
    """The members of a record of three entries: a particular, and a signature on it."""
    m = Maker()
    body = opened(m) | {
        "title": None,
        "continues": None,
        "delegations": [],
        "delegates": [delegate(ENVOY, HOST, ssh("e"))],
    }
    m.particulars.clear()
    m.enter("room-opened", body)
    m.enter("statement-made", {"words": m.words("Good morning.")})
    m.enter("presence-consented", {"proposal": m.ref(1)}, sign=by_pen("e"))
    return m.members()


@cache
def members() -> dict[str, bytes]:
    return make().members()


def specimen() -> bytes:
    return zipped(members())


def lines() -> list[bytes]:
    return members()["entries.jsonl"].split(b"\n")[:-1]


def with_lines(changed: Iterable[bytes]) -> bytes:
    """The bundle with other lines: what somebody without the log key can make."""
    return zipped(members() | {"entries.jsonl": b"".join(line + b"\n" for line in changed)})


def forged(changed: Iterable[bytes], more: Mapping[str, bytes] | None = None, key: LogKey = NEW_LOG) -> bytes:
    """The bundle with other lines, hashed and signed anew by the log key: what a dishonest host can make."""
    m = make()
    m.lines = list(changed)
    m.log_key = key
    return zipped(m.members() | (more or {}))


def edited(seq: int, change: Callable[[dict[str, Any]], None]) -> list[bytes]:
    """The specimen's lines with one entry changed, in canonical form again."""
    changed = lines()
    value: Any = canonical.decode(changed[seq])
    change(value)
    changed[seq] = canonical.encode(value)
    return changed
