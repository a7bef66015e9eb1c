import json
import subprocess
from pathlib import Path

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.record import canonical, signatures, sshsig
from goodoffices.record.signatures import BadSignature, check, check_key
from tests.authenticator import Authenticator

PRIVATE = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
SSH = {"type": "ssh", "key": str(sshsig.public_key(PRIVATE))}
PASSKEY = Authenticator(b"delegate")
BASE: dict[str, object] = {"size": 7, "root": "ab" * 32}
TALKS, ROOM, ACT = "1" * 32, "2" * 32, "3" * 32
SIGNED = signatures.payload(TALKS, ROOM, ACT, "understanding-confirmed", {"entry": "e:" + "cd" * 32}, BASE)

BY_SSH = signatures.sign_ssh(PRIVATE, SIGNED)
BY_PASSKEY = signatures.store_assertion(PASSKEY.key["id"], PASSKEY.sign(signatures.challenge(SIGNED)))
BOTH = [pytest.param(SSH, BY_SSH, id="ssh"), pytest.param(PASSKEY.key, BY_PASSKEY, id="webauthn")]


def test_the_payload_is_canonical_and_names_everything() -> None:
    expected = {"talks": TALKS, "room": ROOM, "act": ACT, "kind": "understanding-confirmed", "base": BASE}
    expected["body"] = {"entry": "e:" + "cd" * 32}
    assert rfc8785.dumps(expected) == SIGNED  # type: ignore[arg-type]
    assert signatures.challenge(SIGNED).hex() == signatures.digest(SIGNED)


@pytest.mark.parametrize(("key", "stored"), BOTH)
def test_a_signature_fits_its_payload_and_no_other(key: dict[str, str], stored: bytes) -> None:
    check(key, stored, SIGNED)
    arguments = (TALKS, ROOM, ACT, "understanding-confirmed", {"entry": "e:" + "cd" * 32}, BASE)
    changes: list[object] = ["9" * 32, "9" * 32, "9" * 32, "understanding-objected", {}, BASE | {"size": 8}]
    for place, change in enumerate(changes):
        other = list(arguments)
        other[place] = change  # type: ignore[call-overload]
        with pytest.raises(BadSignature, match=r"signed something else|does not fit what was signed"):
            check(key, stored, signatures.payload(*other))  # type: ignore[arg-type]


@pytest.mark.parametrize(("key", "stored"), BOTH)
def test_any_truncated_signature_is_refused(key: dict[str, str], stored: bytes) -> None:
    for length in range(len(stored)):
        with pytest.raises(BadSignature):
            check(key, stored[:length], SIGNED)


@pytest.mark.parametrize(("key", "stored"), BOTH)
@given(data=st.data())
def test_any_changed_byte_is_refused(key: dict[str, str], stored: bytes, data: st.DataObject) -> None:
    raw = bytearray(stored)
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BadSignature):
        check(key, bytes(raw), SIGNED)


OTHER_SSH = {"type": "ssh", "key": str(sshsig.public_key(Ed25519PrivateKey.from_private_bytes(b"o" * 32)))}
FILE_SIGNATURE = canonical.encode({"type": "sshsig", "armored": sshsig.sign(PRIVATE, "file", SIGNED)})


@pytest.mark.parametrize(
    ("key", "stored", "says"),
    [
        (OTHER_SSH, BY_SSH, "the signature was made with another key"),
        (Authenticator(b"other").key, BY_PASSKEY, "the signature was made with another passkey"),
        (PASSKEY.key | {"cose": Authenticator(b"o").key["cose"]}, BY_PASSKEY, "does not fit what was signed"),
        (SSH, BY_PASSKEY, "the signature was made with another kind of key"),
        (PASSKEY.key, BY_SSH, "the signature was made with another kind of key"),
        (SSH, FILE_SIGNATURE, "the signature is for 'file' and not for 'act@goodoffices'"),
        (SSH, b"", "the stored signature is malformed: not JSON"),
        (SSH, BY_SSH + b"\n", "not in canonical form"),
        (SSH, json.dumps(json.loads(BY_SSH)).encode(), "not in canonical form"),
        (SSH, canonical.encode(json.loads(BY_SSH) | {"more": "x"}), "exactly the fields of that type"),
        (SSH, canonical.encode({"type": "sshsig"}), "exactly the fields of that type"),
        (SSH, canonical.encode({"type": "pgp", "armored": ""}), "has a type (sshsig or webauthn)"),
        (SSH, canonical.encode({"type": "sshsig", "armored": 7}), "an object of texts"),
        (SSH, b"[]", "an object of texts"),
        (SSH, b'"' + b"x" * 20_000 + b'"', "at most 16384 bytes"),
    ],
)
def test_what_does_not_fit_is_refused_in_plain_words(key: dict[str, str], stored: bytes, says: str) -> None:
    with pytest.raises(BadSignature) as refused:
        check(key, stored, SIGNED)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ({}, "has a type"),
        ({"type": "ssh"}, "exactly the fields"),
        (SSH | {"id": "x"}, "exactly the fields"),
        ({"type": "ssh", "key": SSH["key"] + " me@laptop"}, "without its comment"),
        ({"type": "ssh", "key": "ssh-rsa AAAA"}, "cut short"),
        ({"type": "webauthn", "id": "AA", "cose": "", "rp": "localhost"}, "public key is malformed"),
        ({"type": "ssh", "key": 7}, "an object of texts"),
    ],
)
def test_a_malformed_key_is_refused_in_plain_words(key: dict[str, str], says: str) -> None:
    with pytest.raises(BadSignature, match=says):
        check_key(key)


def test_good_keys_and_their_ids() -> None:
    check_key(SSH)
    check_key(PASSKEY.key)
    assert signatures.key_id(SSH) == signatures.digest(canonical.encode(SSH))
    assert len({signatures.key_id(k) for k in (SSH, OTHER_SSH, PASSKEY.key)}) == 3
    assert signatures.ssh_key(SSH["key"] + " me@laptop\n") == SSH
    with pytest.raises(BadSignature, match="one line"):
        signatures.ssh_key("")


def test_a_malformed_ssh_signature_is_not_stored() -> None:
    with pytest.raises(BadSignature, match="begins and ends"):
        signatures.store_ssh("hello")


def test_a_side_checks_an_act_with_ssh_keygen_alone(tmp_path: Path) -> None:
    (tmp_path / "sig").write_text(json.loads(BY_SSH)["armored"])
    (tmp_path / "allowed").write_text(f"delegate {SSH['key']}\n")
    arguments = [
        "-n",
        "act@goodoffices",
        "-f",
        str(tmp_path / "allowed"),
        "-I",
        "delegate",
        "-s",
        str(tmp_path / "sig"),
    ]
    made = subprocess.run(["ssh-keygen", "-Y", "verify", *arguments], input=SIGNED, capture_output=True, check=False)
    assert made.returncode == 0
