"""Key files of a delegation: made together, kept apart.

- ``NAME.age``: the online age identity, in everyday use, as ``age-keygen`` writes it or that file under a passphrase.
- the recovery identity stands on the recovery sheet alone (``sheet``), and is tested once before it counts.
- ``NAME.ssh`` and ``NAME.ssh.pub``: an OpenSSH key to sign with.
- ``NAME.pub.json``: the public halves, which go into terms; ``check`` and ``test`` let others see that the sheet was
  used once: ``test`` holds a nonce sealed to the recovery key, ``check`` is the nonce's SHA-256.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
import pyrage
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_ssh_private_key,
)

from goodoffices.record import canonical, signatures, sshsig
from goodoffices.sealing import agefile, agekeys, armor, terms
from goodoffices.sealing.agekeys import BadKey
from goodoffices.sealing.header import BadLayer
from goodoffices.sealing.terms import BadTerms, Holder, Key, Side

MAX_KEY_FILE_BYTES = 64 * 1024
NONCE_BYTES = 32

_PUBLIC = {"check", "name", "online", "recovery", "signers", "test"}
_AGE = b"age-encryption.org/v1\n"

Passphrase = Callable[[], str]
"""Asks whoever sits there, once, and only where a file is under a passphrase."""


class BadKeyFile(ValueError):
    """A key file that cannot be used; the message is a sentence and never quotes a secret."""


@dataclass(frozen=True)
class Public:
    """What a delegation gives to others."""

    name: str
    online: str
    recovery: str
    check: str
    test: str
    signers: tuple[Key, ...]

    def encoded(self) -> bytes:
        """The content of ``NAME.pub.json``."""
        body = {
            "check": self.check,
            "name": self.name,
            "online": self.online,
            "recovery": self.recovery,
            "signers": list(self.signers),
            "test": self.test,
        }
        return canonical.encode(body) + b"\n"

    def side(self, code: str) -> Side:
        return Side(code, None, self.online, self.recovery, self.signers)

    def holder(self, code: str) -> Holder:
        return Holder(code, None, self.online, self.signers)


@dataclass(frozen=True)
class Made:
    """New keys. ``online`` and ``recovery``: secret keys as text; ``signing``: an OpenSSH private key."""

    online: str
    recovery: str
    signing: Ed25519PrivateKey
    public: Public


def make(name: str, chance: Callable[[int], bytes]) -> Made:
    """New keys for a delegation of this short name. ``chance`` gives so many bytes of a good source."""
    online, recovery = (agekeys.identity_text(chance(agekeys.KEY_BYTES)) for _ in range(2))
    signing, nonce = Ed25519PrivateKey.from_private_bytes(chance(32)), chance(NONCE_BYTES)
    recipient = _public_half(recovery)
    test = pyrage.encrypt(nonce.hex().encode(), [pyrage.x25519.Recipient.from_str(recipient)], armored=True)
    key = signatures.ssh_key(str(sshsig.public_key(signing)))
    check = hashlib.sha256(nonce).hexdigest()
    return Made(online, recovery, signing, Public(name, _public_half(online), recipient, check, test.decode(), (key,)))


def identity_file(secret: str, passphrase: str | None = None) -> bytes:
    """A secret key as ``age-keygen`` writes it, under a passphrase where one is given."""
    plain = f"# public key: {_public_half(secret)}\n{secret}\n".encode()
    return plain if passphrase is None else pyrage.passphrase.encrypt(plain, passphrase)


def signing_file(key: Ed25519PrivateKey, passphrase: str | None = None) -> bytes:
    """An OpenSSH private key file, under a passphrase where one is given."""
    how = NoEncryption() if passphrase is None else BestAvailableEncryption(passphrase.encode())
    return key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, how)


def read_identity(raw: bytes, passphrase: Passphrase) -> bytes:
    """The 32 secret bytes of an identity file. Raises ``BadKeyFile``."""
    if len(raw) > MAX_KEY_FILE_BYTES:
        raise BadKeyFile("This file is larger than any key file is.")
    try:
        plain = agefile.decrypt_passphrase(raw, passphrase()) if raw.startswith(_AGE) else raw
        lines = [line.strip() for line in plain.decode("ascii").splitlines()]
        secrets = [line for line in lines if line and not line.startswith("#")]
        if len(secrets) != 1:
            raise BadKeyFile(f"An identity file holds one secret key; this one holds {len(secrets)}.")
        return agekeys.identity(secrets[0])
    except UnicodeDecodeError:
        raise BadKeyFile("This is not an age identity file.") from None
    except (BadKey, BadLayer) as error:
        raise BadKeyFile(str(error)) from None


def read_signing(raw: bytes, passphrase: Passphrase) -> Ed25519PrivateKey:
    """The key in an OpenSSH private key file. Raises ``BadKeyFile``."""
    key = _loaded(raw, None)
    if key is None:
        key = _loaded(raw, passphrase().encode())
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKeyFile("This is not an OpenSSH private key of type ed25519, or its passphrase is another one.")
    return key


def read_public(raw: bytes) -> Public:
    """What is in a ``NAME.pub.json``. Raises ``BadKeyFile``."""
    try:
        value = msgspec.json.decode(raw[:MAX_KEY_FILE_BYTES])
    except msgspec.DecodeError:
        value = None
    if not isinstance(value, dict) or value.keys() != _PUBLIC or not isinstance(value["signers"], list):
        raise BadKeyFile("This is not a file of public keys (NAME.pub.json) as goodoffices keys new writes it.")
    texts = {name: value[name] for name in _PUBLIC - {"signers"}}
    if not all(isinstance(text, str) for text in texts.values()):
        raise BadKeyFile("Every field of a file of public keys but its signers is a text.")
    found = Public(**texts, signers=tuple(value["signers"]))
    try:
        terms.check_side(found.side(found.name))
    except BadTerms as error:
        raise BadKeyFile(str(error)) from None
    return found


def test_recovery(public: Public, secret: bytes) -> str:
    """The nonce (64 hex digits) that a recovery key brings out of its test. Raises ``BadKeyFile``."""
    if agekeys.recipient_of(secret) != public.recovery:
        raise BadKeyFile(f"This is a right key, and another one than the recovery key of {public.name}.")
    try:
        nonce = agefile.decrypt(armor.removed(public.test.encode()), [secret]).decode("ascii", "replace")
    except BadLayer as error:
        raise BadKeyFile(f"The recovery key is right, and the test beside it is not: {error}") from None
    if not _matches(nonce, public.check):
        raise BadKeyFile("The recovery key is right, and the test beside it does not hold what it says.")
    return nonce


def _matches(nonce: str, check: str) -> bool:
    try:
        raw = bytes.fromhex(nonce)
    except ValueError:
        return False
    return len(raw) == NONCE_BYTES and hashlib.sha256(raw).hexdigest() == check


def _loaded(raw: bytes, passphrase: bytes | None) -> Any:
    try:
        return load_ssh_private_key(raw, passphrase)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None


def _public_half(secret: str) -> str:
    return agekeys.recipient_of(agekeys.identity(secret))
