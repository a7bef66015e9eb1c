"""Key files: made together, read back, and refused without quoting a secret."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goodoffices.sealing import agekeys, keys
from goodoffices.sealing.keys import BadKeyFile, Made
from tests.unit.sealing.cast import derived, identity


def chance() -> Callable[[int], bytes]:
    count = iter(range(100))
    return lambda size: hashlib.shake_128(str(next(count)).encode()).digest(size)


@pytest.fixture(scope="module")
def made() -> Made:
    return keys.make("aldane", chance())


def never() -> str:
    raise AssertionError("no passphrase was to be asked for")


def test_keys_come_back_from_their_files(made: Made) -> None:
    assert keys.read_identity(keys.identity_file(made.online), never) == agekeys.identity(made.online)
    private = keys.read_signing(keys.signing_file(made.signing), never)
    assert private.private_bytes_raw() == made.signing.private_bytes_raw()
    assert keys.read_public(made.public.encoded()) == made.public
    assert len({made.online, made.recovery}) == 2
    assert made.recovery.encode() not in made.public.encoded()


def test_keys_under_a_passphrase_come_back_by_it_alone(made: Made) -> None:
    online, signing = keys.identity_file(made.online, "horse"), keys.signing_file(made.signing, "horse")
    assert keys.read_identity(online, lambda: "horse") == agekeys.identity(made.online)
    assert keys.read_signing(signing, lambda: "horse").public_key() == made.signing.public_key()
    for read, raw in ((keys.read_identity, online), (keys.read_signing, signing)):
        with pytest.raises(BadKeyFile, match="passphrase is another one"):
            read(raw, lambda: "cow")


def test_age_and_openssh_read_these_files(made: Made, tmp_path: Path) -> None:
    for name, raw in (("a.age", keys.identity_file(made.online)), ("a.ssh", keys.signing_file(made.signing))):
        (tmp_path / name).write_bytes(raw)
        (tmp_path / name).chmod(0o600)
    printed = subprocess.run(["age-keygen", "-y", tmp_path / "a.age"], capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == made.public.online
    shown = subprocess.run(["ssh-keygen", "-y", "-f", tmp_path / "a.ssh"], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == made.public.signers[0]["key"]


def test_the_recovery_key_is_tested_and_no_other_passes(made: Made) -> None:
    nonce = keys.test_recovery(made.public, agekeys.identity(made.recovery))
    assert hashlib.sha256(bytes.fromhex(nonce)).hexdigest() == made.public.check
    for other in (made.online, identity("x")):
        with pytest.raises(BadKeyFile, match="another one than the recovery key of aldane"):
            keys.test_recovery(made.public, agekeys.identity(other))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"check": "00" * 32}, "does not hold what it says"),
        ({"test": "no age file"}, "the test beside it is not"),
    ],
)
def test_a_test_that_is_none_is_told(made: Made, change: dict[str, str], why: str) -> None:
    public = keys.read_public(json.dumps(json.loads(made.public.encoded()) | change).encode())
    with pytest.raises(BadKeyFile, match=why):
        keys.test_recovery(public, agekeys.identity(made.recovery))


@pytest.mark.parametrize(
    "change",
    [
        {"online": identity("x")},
        {"online": "age1x"},
        {"signers": []},
        {"signers": "x"},
        {"signers": [{"type": "ssh", "key": "ssh-rsa AAAA"}]},
        {"name": "Not A Name"},
        {"check": 5},
        {"more": 1},
    ],
)
def test_public_keys_that_cannot_be_are_refused(made: Made, change: dict[str, Any]) -> None:
    with pytest.raises(BadKeyFile) as found:
        keys.read_public(json.dumps(json.loads(made.public.encoded()) | change).encode())
    assert identity("x")[20:] not in str(found.value)


def test_the_two_age_keys_of_a_side_differ(made: Made) -> None:
    with pytest.raises(BadKeyFile, match="given twice"):
        keys.read_public(json.dumps(json.loads(made.public.encoded()) | {"recovery": made.public.online}).encode())


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff",
        b"# nothing\n",
        f"{identity('x')}\n{identity('y')}\n".encode(),
        identity("x")[:-1].encode(),
        agekeys.recipient_of(derived("x")).encode(),
        bytes(100_000),
    ],
)
def test_what_is_no_identity_file_is_told_without_repeating_it(raw: bytes) -> None:
    with pytest.raises(BadKeyFile) as found:
        keys.read_identity(raw, never)
    assert identity("x")[20:40] not in str(found.value)
