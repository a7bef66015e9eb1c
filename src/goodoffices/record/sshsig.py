"""SSH signatures over acts: what ``ssh-keygen -Y sign`` makes and ``ssh-keygen -Y verify`` checks.

Source: OpenSSH's PROTOCOL.sshsig, PROTOCOL.u2f for keys held in a security key, RFC 8709 (Ed25519), RFC 5656 (ECDSA),
RFC 4253 section 6.6. Stricter than OpenSSH: SHA-512 only, an empty reserved field (OpenSSH ignores what stands there,
so it would not be signed), shortest numbers, and nothing after the last field.

Not checked here: whose key it is, and whether it may act. ``signatures`` compares it with the key named on the record.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

ACT_NAMESPACE = "act@goodoffices"

ED25519 = "ssh-ed25519"
ECDSA = "ecdsa-sha2-nistp256"
SK_ED25519 = "sk-ssh-ed25519@openssh.com"

_MAGIC = b"SSHSIG"
_VERSION = (1).to_bytes(4, "big")
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----\n", "-----END SSH SIGNATURE-----\n"
_LINE = 70  # characters of base64 a line, as ssh-keygen writes them
_CURVE = b"nistp256"
_USER_PRESENT = 0x01  # PROTOCOL.u2f: somebody touched the security key
_MAX_ARMORED = 8 * 1024  # the longest of these signatures is below 1 KiB


class BadSshSignature(ValueError):
    """A signature or key that is malformed, of an unknown type, or does not fit."""


@dataclass(frozen=True, slots=True)
class SshKey:
    """A public key: its type, and the bytes OpenSSH encodes in base64 after it."""

    type: str
    blob: bytes

    def __str__(self) -> str:
        """``type base64``, without a comment: the form in which a record names a key."""
        return f"{self.type} {base64.b64encode(self.blob).decode()}"


@dataclass(frozen=True, slots=True)
class SshSignature:
    """A parsed signature; ``type`` is the signature's algorithm, ``blob`` what follows it."""

    key: SshKey
    namespace: str
    type: str
    blob: bytes


def parse_public_key(line: str) -> SshKey:
    """The key in one line of a ``.pub`` file, with or without a comment. Raises ``BadSshSignature``."""
    parts = line.strip().split(None, 2)
    if len(parts) < 2 or "\n" in line.strip():
        raise BadSshSignature("an SSH public key is one line: its type and base64")
    key = _key(_from_base64(parts[1]))
    if key.type != parts[0]:
        raise BadSshSignature(f"the key says it is {parts[0][:40]} and holds {key.type}")
    return key


def public_key(private: Ed25519PrivateKey) -> SshKey:
    """The public half of a private key."""
    raw = private.public_key().public_bytes_raw()
    return SshKey(ED25519, _string(ED25519.encode()) + _string(raw))


def sign(private: Ed25519PrivateKey, namespace: str, message: bytes) -> str:
    """The armored signature of ``message``; the same each time, and the same as ``ssh-keygen -Y sign`` makes."""
    signature = private.sign(_signed(namespace, message))
    blob = b"".join(
        (
            _MAGIC,
            _VERSION,
            _string(public_key(private).blob),
            _string(namespace.encode()),
            _string(b""),
            _string(b"sha512"),
            _string(_string(ED25519.encode()) + _string(signature)),
        )
    )
    text = base64.b64encode(blob).decode()
    lines = [text[i : i + _LINE] + "\n" for i in range(0, len(text), _LINE)]
    return _BEGIN + "".join(lines) + _END


def parse(armored: str) -> SshSignature:
    """The signature in its armor, not yet checked. Raises ``BadSshSignature``."""
    if len(armored) > _MAX_ARMORED or not armored.startswith(_BEGIN) or not armored.endswith("\n" + _END):
        raise BadSshSignature("an SSH signature begins and ends with its own lines, as ssh-keygen -Y sign writes them")
    reader = _Reader(_from_base64(armored[len(_BEGIN) : -len(_END)].replace("\n", "")))
    if reader.take(6) != _MAGIC or reader.take(4) != _VERSION:
        raise BadSshSignature("this is not an SSH signature of version 1")
    key, namespace, reserved = _key(reader.string()), reader.text(), reader.string()
    algorithm, inner = reader.text(), _Reader(reader.string())
    reader.end()
    if reserved or algorithm != "sha512":
        raise BadSshSignature("an SSH signature here uses SHA-512 and leaves its reserved field empty")
    signature_type = inner.text()
    if signature_type != key.type:
        raise BadSshSignature(f"a key of type {key.type} does not make signatures of another type")
    return SshSignature(key, namespace, signature_type, inner.rest())


def verify(armored: str, namespace: str, message: bytes, key: SshKey) -> None:
    """Check that ``key`` signed ``message`` in this namespace. Returns None or raises ``BadSshSignature``."""
    signature = parse(armored)
    if signature.namespace != namespace:
        raise BadSshSignature(f"the signature is for {signature.namespace[:60]!r} and not for {namespace!r}")
    if signature.key != key:
        raise BadSshSignature("the signature was made with another key")
    try:
        _VERIFY[key.type](_Reader(key.blob), _Reader(signature.blob), _signed(namespace, message))
    except InvalidSignature:
        raise BadSshSignature("the signature does not fit what was signed") from None


def _signed(namespace: str, message: bytes) -> bytes:
    digest = hashlib.sha512(message).digest()
    return _MAGIC + _string(namespace.encode()) + _string(b"") + _string(b"sha512") + _string(digest)


def _verify_ed25519(key: _Reader, signature: _Reader, signed: bytes) -> None:
    key.string()
    blob = signature.string()
    signature.end()
    Ed25519PublicKey.from_public_bytes(key.string()).verify(blob, signed)


def _verify_sk_ed25519(key: _Reader, signature: _Reader, signed: bytes) -> None:
    key.string()
    public, application = key.string(), key.string()
    blob, flags, counter = signature.string(), signature.take(1), signature.take(4)
    signature.end()
    if not flags[0] & _USER_PRESENT:
        raise BadSshSignature("nobody touched the security key for this signature")
    hashed = hashlib.sha256(application).digest() + flags + counter + hashlib.sha256(signed).digest()
    Ed25519PublicKey.from_public_bytes(public).verify(blob, hashed)


def _verify_ecdsa(key: _Reader, signature: _Reader, signed: bytes) -> None:
    key.string(), key.string()
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key.string())
    numbers = _Reader(signature.string())
    signature.end()
    r, s = numbers.number(), numbers.number()
    numbers.end()
    public.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))


_VERIFY = {ED25519: _verify_ed25519, ECDSA: _verify_ecdsa, SK_ED25519: _verify_sk_ed25519}


def _key(blob: bytes) -> SshKey:
    """The key in ``blob``, its form checked to the last byte."""
    reader = _Reader(blob)
    key_type = reader.text()
    if key_type == ECDSA:
        _check_point(reader.string(), reader.string())
    elif key_type in (ED25519, SK_ED25519):
        if len(reader.string()) != 32:
            raise BadSshSignature("an Ed25519 key is 32 bytes")
        if key_type == SK_ED25519:
            reader.text()
    else:
        raise BadSshSignature(
            f"keys of type {key_type[:40]!r} cannot sign acts; use ssh-ed25519, {ECDSA} or {SK_ED25519}"
        )
    reader.end()
    return SshKey(key_type, blob)


def _check_point(curve: bytes, point: bytes) -> None:
    try:
        if curve != _CURVE or point[:1] != b"\x04":
            raise ValueError(curve)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        raise BadSshSignature("the ECDSA key is not a point of nistp256") from None


class _Reader:
    """Fields of SSH's binary form (RFC 4251 section 5), one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        part = self._data[self._at : self._at + count]
        if len(part) != count:
            raise BadSshSignature("the key or signature is cut short")
        self._at += count
        return part

    def string(self) -> bytes:
        return self.take(int.from_bytes(self.take(4), "big"))

    def text(self) -> str:
        try:
            return self.string().decode("ascii")
        except UnicodeDecodeError:
            raise BadSshSignature("a name in the key or signature is not ASCII") from None

    def number(self) -> int:
        raw = self.string()
        value = int.from_bytes(raw, "big", signed=True)
        if value <= 0 or len(raw) != value.bit_length() // 8 + 1:
            raise BadSshSignature("a number in the signature is not in its shortest form")
        return value

    def rest(self) -> bytes:
        return self.take(len(self._data) - self._at)

    def end(self) -> None:
        if self._at != len(self._data):
            raise BadSshSignature("something follows the end of the key or signature")


def _string(raw: bytes) -> bytes:
    return len(raw).to_bytes(4, "big") + raw


def _from_base64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if base64.b64encode(raw).decode() != text:
        raise BadSshSignature("the base64 of the key or signature is malformed")
    return raw
