import base64
import hashlib
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.record.sshsig import (
    ACT_NAMESPACE,
    SK_ED25519,
    BadSshSignature,
    SshKey,
    parse,
    parse_public_key,
    public_key,
    sign,
    verify,
)

PRIVATE = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
KEY = public_key(PRIVATE)
MESSAGE = b'{"act":"0123"}'
ARMORED = sign(PRIVATE, ACT_NAMESPACE, MESSAGE)


def keygen(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["ssh-keygen", *arguments], input=stdin, capture_output=True, check=False)


def write_private(path: Path, private: Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> None:
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH
    path.write_bytes(private.private_bytes(encoding, form, serialization.NoEncryption()))
    path.chmod(0o600)


def public_line(private: Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> str:
    encoding, form = serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
    return private.public_key().public_bytes(encoding, form).decode()


def test_ssh_keygen_makes_the_very_same_signature(tmp_path: Path) -> None:
    write_private(tmp_path / "key", PRIVATE)
    made = keygen("-Y", "sign", "-n", ACT_NAMESPACE, "-f", str(tmp_path / "key"), stdin=MESSAGE)
    assert made.stdout.decode() == ARMORED


def test_ssh_keygen_accepts_our_signature(tmp_path: Path) -> None:
    (tmp_path / "sig").write_text(ARMORED)
    (tmp_path / "allowed").write_text(f'delegate namespaces="{ACT_NAMESPACE}" {KEY}\n')
    check = ("-Y", "check-novalidate", "-n", ACT_NAMESPACE, "-s", str(tmp_path / "sig"))
    assert keygen(*check, stdin=MESSAGE).returncode == 0
    assert keygen(*check, stdin=MESSAGE + b" ").returncode != 0
    allowed = ("-f", str(tmp_path / "allowed"), "-I", "delegate", "-s", str(tmp_path / "sig"))
    assert keygen("-Y", "verify", "-n", ACT_NAMESPACE, *allowed, stdin=MESSAGE).returncode == 0


def test_an_ecdsa_signature_by_ssh_keygen(tmp_path: Path) -> None:
    private = ec.derive_private_key(7**90, ec.SECP256R1())
    write_private(tmp_path / "key", private)
    key = parse_public_key(public_line(private) + " a comment")
    for number in range(8):  # some have a high bit set in r or s, and so a longer encoding
        message = MESSAGE + bytes([number])
        made = keygen("-Y", "sign", "-n", ACT_NAMESPACE, "-f", str(tmp_path / "key"), stdin=message)
        verify(made.stdout.decode(), ACT_NAMESPACE, message, key)
        with pytest.raises(BadSshSignature, match="does not fit what was signed"):
            verify(made.stdout.decode(), ACT_NAMESPACE, MESSAGE, key)


def string(raw: bytes) -> bytes:
    return len(raw).to_bytes(4, "big") + raw


def armor(blob: bytes) -> str:
    text = base64.b64encode(blob).decode()
    return f"-----BEGIN SSH SIGNATURE-----\n{text}\n-----END SSH SIGNATURE-----\n"


def build(
    key: SshKey = KEY,
    inner: bytes | None = None,
    *,
    magic: bytes = b"SSHSIG\0\0\0\1",
    reserved: bytes = b"",
    algorithm: bytes = b"sha512",
    after: bytes = b"",
) -> str:
    signature = PRIVATE.sign(signed()) if inner is None else b""
    inner = string(b"ssh-ed25519") + string(signature) if inner is None else inner
    fields = (key.blob, ACT_NAMESPACE.encode(), reserved, algorithm, inner)
    return armor(magic + b"".join(map(string, fields)) + after)


def signed() -> bytes:
    digest = hashlib.sha512(MESSAGE).digest()
    return b"SSHSIG" + string(ACT_NAMESPACE.encode()) + string(b"") + string(b"sha512") + string(digest)


def security_key(flags: int, application: bytes = b"ssh:") -> tuple[SshKey, str]:
    """A security key in software, as PROTOCOL.u2f describes one."""
    raw = PRIVATE.public_key().public_bytes_raw()
    key = SshKey(SK_ED25519, string(SK_ED25519.encode()) + string(raw) + string(application))
    rest = bytes([flags]) + (7).to_bytes(4, "big")
    hashed = hashlib.sha256(application).digest() + rest + hashlib.sha256(signed()).digest()
    return key, build(key, string(SK_ED25519.encode()) + string(PRIVATE.sign(hashed)) + rest)


def test_a_security_key_must_have_been_touched(tmp_path: Path) -> None:
    key, armored = security_key(flags=1)
    assert parse_public_key(str(key)) == key
    verify(armored, ACT_NAMESPACE, MESSAGE, key)
    (tmp_path / "sig").write_text(armored)
    check = ("-Y", "check-novalidate", "-n", ACT_NAMESPACE, "-s", str(tmp_path / "sig"))
    assert keygen(*check, stdin=MESSAGE).returncode == 0
    key, armored = security_key(flags=4)
    with pytest.raises(BadSshSignature, match="nobody touched the security key"):
        verify(armored, ACT_NAMESPACE, MESSAGE, key)


@given(st.binary(min_size=32, max_size=32), st.binary())
def test_what_is_signed_verifies(seed: bytes, message: bytes) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    verify(sign(private, ACT_NAMESPACE, message), ACT_NAMESPACE, message, public_key(private))


@pytest.mark.parametrize("private", [PRIVATE, ec.derive_private_key(5, ec.SECP256R1())])
def test_public_keys_are_written_as_they_were_read(private: Ed25519PrivateKey) -> None:
    line = public_line(private)
    assert str(parse_public_key(line)) == str(parse_public_key(line + " me@laptop\n")) == line


@given(st.integers(0, len(ARMORED) - 1))
def test_any_truncated_signature_is_refused(length: int) -> None:
    with pytest.raises(BadSshSignature):
        verify(ARMORED[:length], ACT_NAMESPACE, MESSAGE, KEY)


@given(st.data())
def test_any_changed_byte_is_refused(data: st.DataObject) -> None:
    blob = bytearray(base64.b64decode("".join(ARMORED.split("\n")[1:-2])))
    blob[data.draw(st.integers(0, len(blob) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BadSshSignature):
        verify(armor(bytes(blob)), ACT_NAMESPACE, MESSAGE, KEY)


OTHER = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
P256 = string(b"ecdsa-sha2-nistp256") + string(b"nistp256")


@pytest.mark.parametrize(
    ("armored", "says"),
    [
        (sign(PRIVATE, "file", MESSAGE), "the signature is for 'file' and not for 'act@goodoffices'"),
        (sign(OTHER, ACT_NAMESPACE, MESSAGE), "made with another key"),
        (sign(PRIVATE, ACT_NAMESPACE, b"another act"), "does not fit what was signed"),
        (ARMORED.replace("\n", "\r\n"), "begins and ends"),
        (ARMORED + "\n", "begins and ends"),
        ("", "begins and ends"),
        (ARMORED.replace("U1NI", "U1N!"), "base64"),
        (build(magic=b"SSHSIH\0\0\0\1"), "not an SSH signature of version 1"),
        (build(magic=b"SSHSIG\0\0\0\2"), "not an SSH signature of version 1"),
        (build(reserved=b"x"), "leaves its reserved field empty"),
        (build(algorithm=b"sha256"), "uses SHA-512"),
        (build(after=b"x"), "something follows"),
        (build(inner=string(b"ssh-rsa") + string(b"x")), "of another type"),
        (build(inner=string(b"ssh-ed25519") + string(b"x" * 64) + b"x"), "something follows"),
        (build(inner=string(b"ssh-ed25519") + string(b"x" * 63)), "does not fit what was signed"),
        (build(key=SshKey("", string(b"ssh-rsa") + string(b"x"))), "keys of type 'ssh-rsa' cannot sign acts"),
        (build(key=SshKey("", string(b"\xff"))), "not ASCII"),
        (build(key=SshKey("", string(b"ssh-ed25519") + string(b"x"))), "an Ed25519 key is 32 bytes"),
        (build(key=SshKey("", P256 + string(b"\x04" + bytes(64)))), "not a point of nistp256"),
        (build(key=SshKey("", P256 + string(b"\x02" + bytes(32)))), "not a point of nistp256"),
    ],
)
def test_what_does_not_fit_is_refused_in_plain_words(armored: str, says: str) -> None:
    with pytest.raises(BadSshSignature, match=says):
        verify(armored, ACT_NAMESPACE, MESSAGE, KEY)


def test_our_builder_of_broken_signatures_makes_a_good_one() -> None:
    verify(build(), ACT_NAMESPACE, MESSAGE, KEY)
    assert parse(build()) == parse(ARMORED)


@pytest.mark.parametrize("numbers", [string(b"\x00\x01"), string(b"\xff"), string(b""), string(b"\x00")])
def test_ecdsa_numbers_have_one_form(numbers: bytes) -> None:
    private = ec.derive_private_key(5, ec.SECP256R1())
    key = parse_public_key(public_line(private))
    armored = build(key, string(b"ecdsa-sha2-nistp256") + string(numbers + string(b"\x01")))
    with pytest.raises(BadSshSignature, match="not in its shortest form"):
        verify(armored, ACT_NAMESPACE, MESSAGE, key)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "one line"),
        ("ssh-ed25519", "one line"),
        (f"{KEY}\n{KEY}", "one line"),
        (str(KEY).replace("ssh-ed25519", "ssh-rsa"), "the key says it is ssh-rsa and holds ssh-ed25519"),
        (str(KEY)[:-1], "base64"),
        ("ssh-ed25519 " + base64.b64encode(KEY.blob + b"x").decode(), "something follows"),
        ("ssh-ed25519 " + base64.b64encode(KEY.blob[:-1]).decode(), "cut short"),
    ],
)
def test_a_malformed_key_is_refused_in_plain_words(line: str, says: str) -> None:
    with pytest.raises(BadSshSignature, match=says):
        parse_public_key(line)
