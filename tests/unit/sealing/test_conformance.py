"""The age project's public test vectors through our own reading: npm `cctv-age`, as fetched for the page's module.

Two kinds are stricter with us than with age, both on purpose (docs/decisions/0006-sealing.md): keys and files of the
hybrid kind are refused by name, and a file that is sealed to nobody's X25519 key is malformed rather than unmatched.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from goodoffices.sealing import agefile, agekeys, armor, header
from goodoffices.sealing.agekeys import BadKey
from goodoffices.sealing.header import BadLayer

MODULE = Path(__file__).parents[3] / "browser" / "node_modules" / "cctv-age" / "index.js"
COUNT = 143  # of version 0.2.0, which the lock names

FAULTS = {
    "header failure": {"malformed"},
    "armor failure": {"malformed"},
    "HMAC failure": {"cannot-open"},
    "payload failure": {"cannot-open"},
    "no match": {"cannot-open"},
}
STRICTER = {"x25519_lowercase", "scrypt_uppercase"}


@dataclass(frozen=True)
class Vector:
    name: str
    said: list[tuple[str, str]]
    file: bytes

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.said if key == name]

    def one(self, name: str) -> str:
        return self.all(name)[0]

    @property
    def hybrid(self) -> bool:
        return any(identity.startswith("AGE-SECRET-KEY-PQ-") for identity in self.all("identity"))


def vectors() -> list[Vector]:
    if not MODULE.exists():
        return []
    found = re.findall(r'// \.\./testdata/(\S+)\nvar \w+ = __toBinary\("([^"]*)"\)', MODULE.read_text())
    return [vector(name, base64.b64decode(raw)) for name, raw in found]


def vector(name: str, raw: bytes) -> Vector:
    head, _, file = raw.partition(b"\n\n")
    said = [(key, value) for key, _, value in (line.partition(": ") for line in head.decode().split("\n"))]
    return Vector(name, said, zlib.decompress(file) if ("compressed", "zlib") in said else file)


VECTORS = vectors()


def opened(v: Vector) -> bytes:
    """By our own entry points, as every command opens files."""
    file = armor.removed(v.file) if v.all("armored") else v.file
    if v.all("passphrase") and not v.all("identity"):
        return agefile.decrypt_passphrase(file, v.one("passphrase"))
    plain = agefile.decrypt(file, [agekeys.identity(identity) for identity in v.all("identity")])
    assert agefile.decrypt_by(file, bytes.fromhex(v.one("file key"))) == plain
    return plain


@pytest.mark.skipif(not MODULE.exists() and "CI" not in os.environ, reason="make setup fetches cctv-age")
def test_the_vectors_are_there() -> None:
    assert len(VECTORS) == COUNT
    assert {result for v in VECTORS for result in v.all("expect")} == {"success", *FAULTS}


@pytest.mark.parametrize("v", [v for v in VECTORS if not v.hybrid], ids=lambda v: v.name)
def test_each_vector_gives_the_stated_result(v: Vector) -> None:
    if v.one("expect") == "success":
        assert hashlib.sha256(opened(v)).hexdigest() == v.one("payload")
        return
    with pytest.raises(BadLayer) as found:
        opened(v)
    assert found.value.fault in ({"malformed"} if v.name in STRICTER else FAULTS[v.one("expect")])


@pytest.mark.parametrize("v", [v for v in VECTORS if v.hybrid], ids=lambda v: v.name)
def test_hybrid_keys_are_refused_with_a_clear_message(v: Vector) -> None:
    with pytest.raises(BadKey, match=r"a hybrid \(post-quantum\) secret key; a sealed exchange uses plain age keys"):
        opened(v)


@pytest.mark.parametrize("v", [v for v in VECTORS if v.name in {"hybrid", "hybrid_and_x25519"}], ids=lambda v: v.name)
def test_files_sealed_to_a_hybrid_key_are_refused_with_a_clear_message(v: Vector) -> None:
    with pytest.raises(BadLayer, match=r"sealed to a hybrid \(post-quantum\) key"):
        header.read(v.file)
